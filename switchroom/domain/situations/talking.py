"""Two talk: until one of them leaves, is hung up, or is sent on; held and taken back meanwhile."""

from dataclasses import replace
from datetime import datetime

import msgspec

from switchroom.domain.acts import Act, Connect, Disconnect, MuteRecording, SendDigits, StartMusic, StopMusic
from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    DigitsAsked,
    Event,
    HangUpAsked,
    HoldAsked,
    LegEnded,
    LegHeld,
    LegUnheld,
    MuteRecordingAsked,
    SendOnAsked,
    TransferAsked,
)
from switchroom.domain.facts.calls import (
    DigitsSent,
    PutOnHold,
    RecordingMuted,
    RecordingUnmuted,
    SentOn,
    TakenBack,
    Whose,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.people import Secret
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import CallerLeft, SendOn, Talk, TalkFinished
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.interrupted import (
    Lost,
    given_up,
    is_back,
    is_too_late,
    lose,
    lost_by,
    resumed,
    while_lost,
)
from switchroom.domain.situations.scene import Parted, Scene, Turn, end_talk, gone, hang_up, whose
from switchroom.domain.titles import Title


class Talking(Kind, frozen=True, kw_only=True):
    """They talk; `held` is the party that waits with music."""

    held: LegId | None = None
    muted: bool = False
    lost: Lost | None = None
    returns: int = 0
    """How often a page was rung to come back."""


def talk(scene: Scene, want: Talk) -> Turn[Talking]:
    """They were connected just now."""
    return Turn(situation=Talking())


def talk_again(scene: Scene, want: Talk, situation: Talking) -> Turn[Talking]:
    """After a crash: the switch kept them connected; what was saved and not done is done now."""
    waits = situation.held or (scene.cast.other_than(situation.lost.leg) if situation.lost else None)
    acts = (StartMusic(leg=waits),) if waits is not None else _joined(scene)
    return Turn(situation=situation, acts=acts, wake=_wake(situation))


def while_talking(scene: Scene, want: Talk, situation: Talking, event: Event) -> Turn[Talking]:
    """Whatever two who talk may wish."""
    if situation.lost is not None:
        return _while_lost(scene, situation, situation.lost, event)
    losing = lost_by(scene, event)
    if losing is not None:
        return _lose(scene, situation, losing, event)
    if isinstance(event, LegEnded):
        return _ended(scene, situation, event)
    match event:
        case TransferAsked(leg=leg, to=to, consulted=None):
            return _send_on(scene, situation, _user_of(scene, leg), to)
        case LegHeld(leg=leg) | LegUnheld(leg=leg):
            return Turn(situation=situation, facts=_held_by_phone(scene, leg, isinstance(event, LegHeld)))
        case _:
            return _asked(scene, situation, event)


def _asked(scene: Scene, situation: Talking, event: Event) -> Turn[Talking]:
    """What people ask for."""
    match event:
        case HangUpAsked(by=by):
            return _hang_up(scene, situation, by)
        case HoldAsked(by=by, on=on):
            return _hold(scene, situation, by) if on else _take_back(scene, situation, by)
        case DigitsAsked():
            return _digits(scene, situation, event)
        case MuteRecordingAsked():
            return _mute(scene, situation, event)
        case SendOnAsked(by=by, to=to):
            return _send_on(scene, situation, by, to)
        case _:
            return Turn(situation=situation)


def _wake(situation: Talking) -> datetime | None:
    return situation.lost.until if situation.lost else None


def _lose(scene: Scene, situation: Talking, leg: LegId, event: Event) -> Turn[Talking]:
    lost, parted = lose(scene, leg, event, situation.returns)
    held = None if situation.held == leg else situation.held
    situation = msgspec.structs.replace(situation, held=held, lost=lost)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=lost.until)


def _while_lost(scene: Scene, situation: Talking, lost: Lost, event: Event) -> Turn[Talking]:
    """One party is away for a moment; the other one may leave meanwhile."""
    if is_back(lost, event):
        return _resume(scene, situation, lost)
    if is_too_late(scene, lost, event) or (isinstance(event, HangUpAsked) and event.by == lost.user):
        return _finish_without(scene, situation, lost)
    if isinstance(event, LegEnded) and event.leg == scene.cast.other_than(lost.leg):
        return _other_left(scene, situation, lost, event)
    changed = while_lost(scene, lost, event)
    if changed is None:
        return _meanwhile(scene, situation, event)
    lost, parted = changed
    situation = msgspec.structs.replace(situation, lost=lost, returns=lost.tries)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=lost.until)


def _meanwhile(scene: Scene, situation: Talking, event: Event) -> Turn[Talking]:
    if isinstance(event, HangUpAsked) and scene.cast.leg_of(event.by) is not None:
        turn = _hang_up(scene, situation, event.by)
        parted = given_up(scene, situation.lost)
        return replace(turn, acts=turn.acts + parted.acts, facts=turn.facts + parted.facts)
    if isinstance(event, HangUpAsked | HoldAsked | DigitsAsked | SendOnAsked | MuteRecordingAsked):
        raise NotNow(what=Title("one side of the talk is away for a moment", "одной из сторон сейчас нет на связи"))
    return Turn(situation=situation, wake=_wake(situation))


def _resume(scene: Scene, situation: Talking, lost: Lost) -> Turn[Talking]:
    parted = resumed(scene, lost, held=situation.held is not None)
    situation = msgspec.structs.replace(situation, lost=None)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts)


def _finish_without(scene: Scene, situation: Talking, lost: Lost) -> Turn[Talking]:
    """They did not come back: the other party goes on as if they had hung up."""
    is_caller, other = lost.leg == scene.cast.caller, scene.cast.other_than(lost.leg)
    waits = Parted((StopMusic(leg=other),)) if other is not None else Parted()
    ended = given_up(scene, lost) + end_talk(scene, Whose.US) + waits
    if not is_caller:
        return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=TalkFinished(by=Whose.US))
    ended += _release(scene, other)
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=CallerLeft(by=Whose.US))


def _other_left(scene: Scene, situation: Talking, lost: Lost, event: LegEnded) -> Turn[Talking]:
    parted = given_up(scene, lost)
    is_caller = event.leg == scene.cast.caller
    turn = _caller_left(scene, situation, event) if is_caller else _callee_left(scene, situation, event)
    facts = parted.facts + turn.facts
    if is_caller:
        return replace(turn, acts=parted.acts + turn.acts, facts=facts)
    # The caller is the one who was lost: there is nobody left to go on with.
    return replace(turn, acts=parted.acts + turn.acts, facts=facts, outcome=CallerLeft(by=Whose.CUSTOMER))


def _joined(scene: Scene) -> tuple[Act, ...]:
    cast = scene.cast
    if cast.bridge is None or cast.callee is None:
        return ()
    return (Connect(bridge=cast.bridge, legs=(scene.caller(), cast.callee)),)


def _user_of(scene: Scene, leg: LegId) -> UserId:
    held = scene.cast.legs.get(leg)
    if held is None or held.user is None:
        raise NotNow(what=Title("this phone takes no part in the talk", "этот телефон не участвует в разговоре"))
    return held.user


def _leg_of(scene: Scene, user: UserId) -> LegId:
    leg = scene.cast.leg_of(user)
    if leg is None:
        raise NotNow(what=Title("you take no part in this talk", "вы не участвуете в этом разговоре"))
    return leg.id


def _other(scene: Scene, leg: LegId) -> LegId:
    other = scene.cast.callee if leg == scene.cast.caller else scene.cast.caller
    if other is None:
        raise NotNow(what=Title("there is nobody on the other side", "на другой стороне никого нет"))
    return other


def _ended(scene: Scene, situation: Talking, event: LegEnded) -> Turn[Talking]:
    if event.leg == scene.cast.caller:
        return _caller_left(scene, situation, event)
    return _callee_left(scene, situation, event) if event.leg == scene.cast.callee else Turn(situation=situation)


def _caller_left(scene: Scene, situation: Talking, event: LegEnded) -> Turn[Talking]:
    by = whose(event.cause)
    ended = end_talk(scene, by) + _release(scene, scene.cast.callee)
    left = CallerLeft(by=by, cause=event.cause)
    return Turn(situation=situation, acts=ended.acts, facts=(gone(scene, event), *ended.facts), outcome=left)


def _callee_left(scene: Scene, situation: Talking, event: LegEnded) -> Turn[Talking]:
    ended = end_talk(scene, Whose.US) + _quiet(situation)
    facts = (*ended.facts, gone(scene, event))
    return Turn(situation=situation, acts=ended.acts, facts=facts, outcome=TalkFinished(by=Whose.US))


def _quiet(situation: Talking) -> Parted:
    return Parted((StopMusic(leg=situation.held),)) if situation.held else Parted()


def _release(scene: Scene, leg: LegId | None) -> Parted:
    return hang_up(scene, (leg,), EndCause.NORMAL) if leg else Parted()


def _hang_up(scene: Scene, situation: Talking, by: UserId) -> Turn[Talking]:
    leg = _leg_of(scene, by)
    is_caller = leg == scene.cast.caller
    ended = end_talk(scene, Whose.CUSTOMER if is_caller else Whose.US) + _quiet(situation) + _release(scene, leg)
    if not is_caller:
        return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=TalkFinished(by=Whose.US))
    ended = ended + _release(scene, scene.cast.callee)
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=CallerLeft(by=Whose.CUSTOMER))


def _hold(scene: Scene, situation: Talking, by: UserId) -> Turn[Talking]:
    if situation.held is not None or scene.cast.bridge is None:
        raise NotNow(what=Title("somebody is on hold already", "кто-то уже на удержании"))
    other = _other(scene, _leg_of(scene, by))
    acts = (Disconnect(bridge=scene.cast.bridge, leg=other), StartMusic(leg=other))
    fact = PutOnHold(call=scene.story, leg=other, by=by)
    return Turn(situation=msgspec.structs.replace(situation, held=other), acts=acts, facts=(fact,))


def _take_back(scene: Scene, situation: Talking, by: UserId) -> Turn[Talking]:
    if situation.held is None or situation.held != _other(scene, _leg_of(scene, by)):
        raise NotNow(what=Title("nobody waits for you on hold", "у вас никого нет на удержании"))
    acts = (StopMusic(leg=situation.held), *_joined(scene))
    fact = TakenBack(call=scene.story, leg=situation.held, by=by)
    return Turn(situation=msgspec.structs.replace(situation, held=None), acts=acts, facts=(fact,))


def _held_by_phone(scene: Scene, leg: LegId, on: bool) -> tuple[Fact, ...]:
    """A phone that holds by itself: the switch plays the music, we only tell of it."""
    if leg not in (scene.cast.caller, scene.cast.callee):
        return ()
    other, user = _other(scene, leg), scene.cast.legs[leg].user if leg in scene.cast.legs else None
    return ((PutOnHold if on else TakenBack)(call=scene.story, leg=other, by=user),)


def _digits(scene: Scene, situation: Talking, asked: DigitsAsked) -> Turn[Talking]:
    other = _other(scene, _leg_of(scene, asked.by))
    if situation.held is not None:
        raise NotNow(what=Title("one of the two is on hold", "один из двоих на удержании"))
    act = SendDigits(leg=other, digits=Secret(asked.digits))
    told = DigitsSent(call=scene.story, leg=other, by=asked.by, count=len(asked.digits))
    return Turn(situation=situation, acts=(act,), facts=(told,))


def _mute(scene: Scene, situation: Talking, asked: MuteRecordingAsked) -> Turn[Talking]:
    recording = scene.cast.recording
    if recording is None:
        raise NotNow(what=Title("this talk is not recorded", "этот разговор не записывается"))
    _leg_of(scene, asked.by)
    kind = RecordingMuted if asked.muted else RecordingUnmuted
    return Turn(
        situation=msgspec.structs.replace(situation, muted=asked.muted),
        acts=(MuteRecording(recording=recording, muted=asked.muted),),
        facts=(kind(call=scene.story, recording=recording, by=asked.by),),
    )


def _send_on(scene: Scene, situation: Talking, by: UserId, to: str) -> Turn[Talking]:
    leg = _leg_of(scene, by)
    if leg != scene.cast.callee:
        raise NotNow(what=Title("only whoever was called can send the caller on", "перевести может тот, кому звонят"))
    if scene.setup.target_of(to) is None:
        raise NotNow(what=Title(f"the extension {to} does not exist", f"нет внутреннего номера {to}"))
    ended = end_talk(scene, Whose.US) + _quiet(situation) + _release(scene, leg)
    told = SentOn(call=scene.story, to=to, by=by)
    return Turn(situation=situation, acts=ended.acts, facts=(*ended.facts, told), outcome=SendOn(to=to, by=by))
