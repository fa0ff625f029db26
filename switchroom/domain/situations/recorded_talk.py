"""A talk and its recording: what is announced before, and what the two ask of it."""

from msgspec.structs import replace

from switchroom.domain.acts import Act, Connect, StopPlaying, StopRecording
from switchroom.domain.events import (
    DigitsAsked,
    Event,
    HangUpAsked,
    MuteRecordingAsked,
    PlaybackEnded,
    RecordAsked,
    Request,
    TransferAsked,
)
from switchroom.domain.facts.calls import DecidedBy, RecordingDecided, RecordingEnded
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import Talk
from switchroom.domain.situations.recording import forbidding, start
from switchroom.domain.situations.scene import Parted, Scene, Turn
from switchroom.domain.situations.standing import Consulting, InTalk, Talking, Together, wake_of
from switchroom.domain.situations.talk import in_talk_again, while_in_talk
from switchroom.domain.titles import Title


def while_in_recorded_talk(scene: Scene, want: Talk, situation: InTalk, event: Event) -> Turn[InTalk]:
    """Whatever those who talk may wish, and what two of them ask of the recording."""
    match event:
        case PlaybackEnded(playback=playback) if scene.cast.announcing and playback == scene.cast.announcing[0]:
            return _announced(scene, situation)
        case HangUpAsked() | DigitsAsked() | MuteRecordingAsked() if scene.cast.announcing:
            return while_in_talk(scene, want, situation, event)
        case _ if scene.cast.announcing and isinstance(event, Request | TransferAsked):
            raise NotNow(what=Title("the announcement is being played", "сейчас звучит предупреждение о записи"))
        case RecordAsked() if not situation.lost:
            return _asked(scene, situation, event)
        case _:
            return while_in_talk(scene, want, situation, event)


def recorded_talk_again(scene: Scene, want: Talk, situation: InTalk) -> Turn[InTalk]:
    """After a crash the announcement may have come to its end while we were away: the talk begins."""
    turn = in_talk_again(scene, want, situation)
    if not scene.cast.announcing or not isinstance(situation, Talking):
        return turn
    begun = _announced(scene, situation)
    return replace(turn, acts=turn.acts + begun.acts, facts=turn.facts + begun.facts)


def _announced(scene: Scene, situation: InTalk) -> Turn[InTalk]:
    """Only two who talk are waited for: while it is announced nobody can be called in."""
    assert isinstance(situation, Talking)
    cast = scene.cast
    acts: list[Act] = [StopPlaying(playback=playback) for playback in cast.announcing[1:]]
    apart = situation.held is not None or situation.lost is not None
    if not apart and cast.bridge is not None and cast.callee is not None:
        acts.append(Connect(bridge=cast.bridge, legs=(scene.caller(), cast.callee)))
    begun = Parted(tuple(acts)) + start(scene, cast.queue)
    return _turn(situation, begun)


def _asked(scene: Scene, situation: InTalk, asked: RecordAsked) -> Turn[InTalk]:
    leg = scene.cast.leg_of(asked.by)
    if leg is None or leg.id not in _who_talk(scene, situation):
        raise NotNow(what=Title("you take no part in this talk", "вы не участвуете в этом разговоре"))
    changed = _begin(scene, situation, asked.by) if asked.on else _end(scene)
    return _turn(_noted(situation, on=asked.on), changed)


def _who_talk(scene: Scene, situation: InTalk) -> frozenset[LegId | None]:
    """Whose talk it is: who waits with music has no say in a consultation."""
    match situation:
        case Consulting(asker=asker, partner=partner, rung=None):
            return frozenset((asker, partner))
        case Consulting(asker=asker):
            return frozenset((asker,))
        case Together(members=members):
            return frozenset(member.leg for member in members)
        case _:
            return frozenset((scene.cast.caller, scene.cast.callee))


def _noted(situation: InTalk, *, on: bool) -> InTalk:
    """Whether it is recorded, for whatever talk comes of this one."""
    match situation:
        case Consulting():
            return replace(situation, muted=False, recorded=on, wished=on)
        case Together():
            return replace(situation, muted=False, recorded=on)
        case _:
            return replace(situation, muted=False)


def _begin(scene: Scene, situation: InTalk, by: UserId) -> Parted:
    if isinstance(situation, Together) and scene.cast.bridge is None:
        raise NotNow(what=Title("nobody else is here", "здесь больше никого нет"))
    if scene.cast.recording is not None or scene.cast.announcing:
        raise NotNow(what=Title("this talk is recorded already", "этот разговор уже записывается"))
    rule = forbidding(scene)
    if rule is not None:
        raise NotNow(what=Title(f"the rule “{rule.title}” forbids it", f"это запрещает правило «{rule.title}»"))
    decided = RecordingDecided(call=scene.story, record=True, by=DecidedBy.ON_DEMAND, user=by)
    asker = situation.asker if isinstance(situation, Consulting) else None
    return Parted((), (decided,)) + start(scene, scene.cast.queue, asker)


def _end(scene: Scene) -> Parted:
    recording = scene.cast.recording
    if recording is None:
        raise NotNow(what=Title("this talk is not recorded", "этот разговор не записывается"))
    if not scene.cast.on_demand:
        raise NotNow(what=Title("it is recorded by a rule: pause it", "её требует правило: поставьте запись на паузу"))
    return Parted((StopRecording(recording=recording),), (RecordingEnded(call=scene.story, recording=recording),))


def _turn(situation: InTalk, parted: Parted) -> Turn[InTalk]:
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=wake_of(situation))
