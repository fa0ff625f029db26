"""Two talk: until one of them leaves, is hung up, or is sent on; held and taken back meanwhile."""


from msgspec.structs import replace

from switchroom.domain.acts import Act, Connect, Disconnect, SendDigits, StartMusic, StopMusic, TellTransfer
from switchroom.domain.events import (
    ConsultAsked,
    DigitsAsked,
    Event,
    HangUpAsked,
    HoldAsked,
    InviteAsked,
    LegEnded,
    LegHeld,
    LegUnheld,
    MuteRecordingAsked,
    ParkAsked,
    Request,
    SendOnAsked,
    TransferAsked,
)
from switchroom.domain.extensions import TargetKind
from switchroom.domain.facts.calls import (
    DigitsSent,
    PutOnHold,
    SentOn,
    TakenBack,
    Whose,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import (
    CallerChanged,
)
from switchroom.domain.identity import LegId, PartyId, UserId
from switchroom.domain.people import Party, Secret
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import CallerLeft, Outcome, SendOn, TalkFinished
from switchroom.domain.situations.asking import leg_of, mute_recording, released, user_at
from switchroom.domain.situations.bringing import bring_in
from switchroom.domain.situations.consulting import consult
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
from switchroom.domain.situations.parking import free_place
from switchroom.domain.situations.scene import Parted, Scene, Turn, device_of, end_talk, gone, traffic_around, whose
from switchroom.domain.situations.standing import InTalk, Talking, wake_of
from switchroom.domain.situations.third import shown_of
from switchroom.domain.situations.together import invite_to_talk
from switchroom.domain.titles import Title
from switchroom.domain.ways import way_of_dialled


def talk_again(scene: Scene, situation: Talking) -> Turn[InTalk]:
    """After a crash: the switch kept them connected; what was saved and not done is done now."""
    waits = situation.held or (scene.cast.other_than(situation.lost.leg) if situation.lost else None)
    acts = (StartMusic(leg=waits),) if waits is not None else _joined(scene)
    return Turn(situation=situation, acts=acts, wake=wake_of(situation))


def while_talking(scene: Scene, situation: Talking, event: Event) -> Turn[InTalk]:
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
            turn = _send_on(scene, situation, _user_of(scene, leg), to)
            return replace(turn, acts=(TellTransfer(leg=leg, granted=True), *turn.acts))
        case TransferAsked(leg=leg, third=third) if third is not None:
            return bring_in(scene, situation, _user_of(scene, leg), third)
        case LegHeld(leg=leg) | LegUnheld(leg=leg):
            return Turn(situation=situation, facts=_held_by_phone(scene, leg, isinstance(event, LegHeld)))
        case _:
            return _asked(scene, situation, event)


def _asked(scene: Scene, situation: Talking, event: Event) -> Turn[InTalk]:
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
        case ParkAsked(by=by):
            return _send_on(scene, situation, by, free_place(scene))
        case ConsultAsked():
            return consult(scene, situation, event)
        case InviteAsked():
            return invite_to_talk(scene, situation, event)
        case _:
            return Turn(situation=situation)


def _lose(scene: Scene, situation: Talking, leg: LegId, event: Event) -> Turn[InTalk]:
    lost, parted = lose(scene, leg, event, situation.returns)
    held = None if situation.held == leg else situation.held
    situation = replace(situation, held=held, lost=lost, returns=lost.tries)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=lost.until)


def _while_lost(scene: Scene, situation: Talking, lost: Lost, event: Event) -> Turn[InTalk]:
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
    situation = replace(situation, lost=lost, returns=lost.tries)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=lost.until)


def _meanwhile(scene: Scene, situation: Talking, event: Event) -> Turn[InTalk]:
    if isinstance(event, HangUpAsked) and scene.cast.leg_of(event.by) is not None:
        turn = _hang_up(scene, situation, event.by)
        parted = given_up(scene, situation.lost)
        return replace(turn, acts=turn.acts + parted.acts, facts=turn.facts + parted.facts)
    if isinstance(event, Request):
        raise NotNow(what=Title("one side of the talk is away for a moment", "одной из сторон сейчас нет на связи"))
    return Turn(situation=situation, wake=wake_of(situation))


def _resume(scene: Scene, situation: Talking, lost: Lost) -> Turn[InTalk]:
    parted = resumed(scene, lost, held=situation.held is not None)
    situation = replace(situation, lost=None)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts)


def _finish_without(scene: Scene, situation: Talking, lost: Lost) -> Turn[InTalk]:
    """They did not come back: the other party goes on as if they had hung up."""
    is_caller, other = lost.leg == scene.cast.caller, scene.cast.other_than(lost.leg)
    waits = Parted((StopMusic(leg=other),)) if other is not None else Parted()
    ended = given_up(scene, lost) + end_talk(scene, Whose.US) + waits
    if not is_caller:
        return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=_then(situation))
    ended += released(scene, other)
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=CallerLeft(by=Whose.US))


def _other_left(scene: Scene, situation: Talking, lost: Lost, event: LegEnded) -> Turn[InTalk]:
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


def _other(scene: Scene, leg: LegId) -> LegId:
    other = scene.cast.callee if leg == scene.cast.caller else scene.cast.caller
    if other is None:
        raise NotNow(what=Title("there is nobody on the other side", "на другой стороне никого нет"))
    return other


def _ended(scene: Scene, situation: Talking, event: LegEnded) -> Turn[InTalk]:
    if event.leg == scene.cast.caller:
        return _caller_left(scene, situation, event)
    return _callee_left(scene, situation, event) if event.leg == scene.cast.callee else Turn(situation=situation)


def _caller_left(scene: Scene, situation: Talking, event: LegEnded) -> Turn[InTalk]:
    by = whose(event.cause)
    ended = end_talk(scene, by) + released(scene, scene.cast.callee)
    left = CallerLeft(by=by, cause=event.cause)
    return Turn(situation=situation, acts=ended.acts, facts=(gone(scene, event), *ended.facts), outcome=left)


def _callee_left(scene: Scene, situation: Talking, event: LegEnded) -> Turn[InTalk]:
    ended = end_talk(scene, Whose.US) + _quiet(situation)
    facts = (*ended.facts, gone(scene, event))
    return Turn(situation=situation, acts=ended.acts, facts=facts, outcome=_then(situation))


def _then(situation: Talking) -> Outcome:
    """What follows for who is the caller now: the scenario, if it was theirs."""
    return CallerLeft(by=Whose.US) if situation.ends_with_either else TalkFinished(by=Whose.US)


def _quiet(situation: Talking) -> Parted:
    return Parted((StopMusic(leg=situation.held),)) if situation.held else Parted()


def _hang_up(scene: Scene, situation: Talking, by: UserId) -> Turn[InTalk]:
    leg = leg_of(scene, by)
    is_caller = leg == scene.cast.caller
    ended = end_talk(scene, Whose.CUSTOMER if is_caller else Whose.US) + _quiet(situation) + released(scene, leg)
    if not is_caller:
        return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=_then(situation))
    ended = ended + released(scene, scene.cast.callee)
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=CallerLeft(by=Whose.CUSTOMER))


def _hold(scene: Scene, situation: Talking, by: UserId) -> Turn[InTalk]:
    if situation.held is not None or scene.cast.bridge is None:
        raise NotNow(what=Title("somebody is on hold already", "кто-то уже на удержании"))
    other = _other(scene, leg_of(scene, by))
    acts = (Disconnect(bridge=scene.cast.bridge, leg=other), StartMusic(leg=other))
    fact = PutOnHold(call=scene.story, leg=other, by=by)
    return Turn(situation=replace(situation, held=other), acts=acts, facts=(fact,))


def _take_back(scene: Scene, situation: Talking, by: UserId) -> Turn[InTalk]:
    if situation.held is None or situation.held != _other(scene, leg_of(scene, by)):
        raise NotNow(what=Title("nobody waits for you on hold", "у вас никого нет на удержании"))
    acts = (StopMusic(leg=situation.held), *_joined(scene))
    fact = TakenBack(call=scene.story, leg=situation.held, by=by)
    return Turn(situation=replace(situation, held=None), acts=acts, facts=(fact,))


def _held_by_phone(scene: Scene, leg: LegId, on: bool) -> tuple[Fact, ...]:
    """A phone that holds by itself: the switch plays the music, we only tell of it."""
    if leg not in (scene.cast.caller, scene.cast.callee):
        return ()
    other, user = _other(scene, leg), scene.cast.legs[leg].user if leg in scene.cast.legs else None
    return ((PutOnHold if on else TakenBack)(call=scene.story, leg=other, by=user),)


def _digits(scene: Scene, situation: Talking, asked: DigitsAsked) -> Turn[InTalk]:
    other = _other(scene, leg_of(scene, asked.by))
    if situation.held is not None:
        raise NotNow(what=Title("one of the two is on hold", "один из двоих на удержании"))
    act = SendDigits(leg=other, digits=Secret(asked.digits))
    told = DigitsSent(call=scene.story, leg=other, by=asked.by, count=len(asked.digits))
    return Turn(situation=situation, acts=(act,), facts=(told,))


def _mute(scene: Scene, situation: Talking, asked: MuteRecordingAsked) -> Turn[InTalk]:
    parted = mute_recording(scene, asked)
    changed = replace(situation, muted=asked.muted)
    return Turn(situation=changed, acts=parted.acts, facts=parted.facts)


def _send_on(scene: Scene, situation: Talking, by: UserId, to: str) -> Turn[InTalk]:
    """Blind: who asks is free at once; if nobody takes the call there, it comes back to them."""
    leg = leg_of(scene, by)
    other = _other(scene, leg)
    outside = _way_on(scene, by, to)
    party = Party(id=PartyId(f"{scene.story}-sent{scene.effect_no}"), number=outside) if outside else None
    ended = end_talk(scene, Whose.US) + _quiet(situation) + released(scene, leg)
    told: tuple[Fact, ...] = (SentOn(
        call=scene.story, to="" if party else to, by=by, outside=party.id if party else None,
    ),)  # fmt: skip
    if other != scene.cast.caller:
        told = (CallerChanged(call=scene.story, leg=other, user=user_at(scene, other)), *told)
    return Turn(
        situation=situation, acts=ended.acts, facts=(*ended.facts, *told), outcome=SendOn(to=to, by=by),
        shown=shown_of(scene, other), parties=(party,) if party else (),
    )  # fmt: skip


def _way_on(scene: Scene, by: UserId, to: str) -> str | None:
    """The number outside, if it is none of ours. Raises: NotNow."""
    target = scene.setup.target_of(to)
    if target is not None and target.kind is TargetKind.SERVICE and to in scene.around.parked:
        raise NotNow(what=Title(f"somebody waits at {to} already", f"на месте {to} уже кто-то ждёт"))
    if target is not None:
        return None
    way = way_of_dialled(scene.setup, by, to, traffic_around(scene.around), device_of(scene, by))
    if way.refused is not None:
        raise NotNow(what=Title(f"{to}: {way.refused.en}", f"{to}: {way.refused.ru}"))
    return way.outside
