"""Speaking to many: their phones take the call by themselves, hear a beep and then the speaker, and are not heard."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from switchroom.domain.acts import (
    Act,
    Answer,
    Connect,
    Dissolve,
    MuteLeg,
    Play,
    Ring,
    StartRingback,
    StopPlaying,
    StopRingback,
)
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import Event, HangUpAsked, LegAnswered, LegEnded, PlaybackEnded, TimePassed
from switchroom.domain.facts.calls import CallAnswered, LegTaken
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import PagingBegan, PagingEnded, PagingNotReached, PagingReached
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PlaybackId, UserId
from switchroom.domain.media import Piece
from switchroom.domain.operators import Status
from switchroom.domain.paging import NotPagedWhy, PagingOver
from switchroom.domain.scenario.effects import CallerLeft, Done, NotReached, Outcome, SpeakToAll
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import (
    ALOUD,
    Parted,
    Scene,
    Turn,
    devices_to_ring,
    gone,
    hang_up,
    ring,
    rung_once_more,
    whose,
)

RINGS_FOR = timedelta(seconds=8)
"""A phone that takes such calls by itself does so in a second or two; one that does not may be picked up."""
_BEEP = Piece(name="beep")


class Paged(Kind, frozen=True, kw_only=True):
    """`ringing` and `there` are legs of members; each hears a beep before it comes into the bridge, the speaker too."""

    until: datetime
    """When ringing phones are given up; once the speaker is heard, when the longest time is over."""
    rings_until: datetime
    ringing: tuple[LegId, ...] = ()
    there: tuple[LegId, ...] = ()
    beeping: dict[PlaybackId, LegId] = {}
    heard_since: datetime | None = None
    reached: tuple[UserId, ...] = ()
    rung: int = 0
    """How many legs were made: the next one is named by it."""
    beeps: int = 0


def speak_to_all(scene: Scene, want: SpeakToAll) -> Turn[Paged]:
    """Ring everybody who is free, and tell who is not."""
    paging = scene.setup.pagings.get(want.paging)
    until = scene.began + RINGS_FOR
    if paging is None:
        nobody = Paged(until=until, rings_until=until)
        return Turn(situation=nobody, outcome=NotReached(cause=EndCause.UNREACHABLE))
    members = [UserId(member) for member in paging.members if not scene.is_caller(UserId(member))]
    rung, made, called, left_out = Parted(), 0, list[UserId](), list[Fact]()
    for member in members:
        found = _phones_of(scene, member)
        if isinstance(found, NotPagedWhy):
            left_out.append(_not_reached(scene, want, member, found))
        else:
            rung += ring(scene, found, member, RINGS_FOR, made, by_itself=True, more=ALOUD)
            made += len(found)
            called.append(member)
    ringing = tuple(act.leg for act in rung.acts if isinstance(act, Ring))
    began = PagingBegan(call=scene.story, paging=want.paging, called=tuple(called))
    situation = Paged(until=until, rings_until=until, ringing=ringing, rung=made)
    started = Parted((StartRingback(leg=scene.caller()), *rung.acts), (began, *left_out, *rung.facts))
    return _going_on(scene, want, situation, started)


def speak_again(scene: Scene, want: SpeakToAll, situation: Paged) -> Turn[Paged]:
    """After a crash: whoever heard the beep comes in; the differences of legs come as events."""
    came = tuple(situation.beeping.values())
    acts: tuple[Act, ...] = tuple(StopPlaying(playback=playback) for playback in situation.beeping)
    for leg in came:
        acts += _let_in(scene, leg)
    now = replace(situation, beeping={}, there=situation.there + came)
    return Turn(situation=now, acts=acts, wake=_wake(now))


def while_speaking(scene: Scene, want: SpeakToAll, situation: Paged, event: Event) -> Turn[Paged]:
    """Until the speaker hangs up, has spoken long enough, or nobody is there any more."""
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            so_far = Parted((), (gone(scene, event),))
            return _over(scene, want, situation, so_far, PagingOver.SPEAKER_LEFT, left)
        case LegAnswered(leg=leg) if leg in situation.ringing:
            return _taken(scene, want, situation, leg)
        case PlaybackEnded(playback=playback) if playback in situation.beeping:
            return _comes_in(scene, situation, playback)
        case LegEnded(leg=leg) if leg in _members_legs(scene, situation):
            return _one_less(scene, want, situation, event)
        case HangUpAsked(by=by) if not scene.is_caller(by) and (legs := _legs_of(scene, situation, by)):
            parted = hang_up(scene, legs, EndCause.CANCELLED)
            return _without(scene, want, situation, legs, parted, NotPagedWhy.DECLINED)
        case TimePassed() if scene.now >= situation.until and situation.heard_since is not None:
            return _over(scene, want, situation, Parted(), PagingOver.TIME_IS_UP, Done())
        case TimePassed() if scene.now >= situation.rings_until and situation.ringing:
            ended = hang_up(scene, situation.ringing, EndCause.CANCELLED)
            return _without(scene, want, situation, situation.ringing, ended, NotPagedWhy.NO_ANSWER)
        case _:
            return Turn(situation=situation, wake=_wake(situation))


def _phones_of(scene: Scene, member: UserId) -> tuple[DeviceId, ...] | NotPagedWhy:
    """All desk phones of one member; without any, the page in the browser."""
    operator = scene.around.operators.get(member)
    if operator is not None and operator.status in (Status.TALKING, Status.RINGING):
        return NotPagedWhy.BUSY
    page = DeviceId(browser_device(member).id)
    there = [device for device in devices_to_ring(scene, member) if device in scene.around.reachable]
    desk = tuple(device for device in there if device != page)
    return desk or tuple(there) or NotPagedWhy.UNREACHABLE


def _bridge(scene: Scene) -> BridgeId:
    return BridgeId(scene.named("paging"))


def _wake(situation: Paged) -> datetime:
    return min(situation.until, situation.rings_until) if situation.ringing else situation.until


def _members_legs(scene: Scene, situation: Paged) -> tuple[LegId, ...]:
    legs = (*situation.ringing, *situation.beeping.values(), *situation.there)
    return tuple(leg for leg in legs if leg != scene.cast.caller)


def _legs_of(scene: Scene, situation: Paged, user: UserId) -> tuple[LegId, ...]:
    return tuple(leg for leg in _members_legs(scene, situation) if _user_at(scene, leg) == user)


def _user_at(scene: Scene, leg: LegId) -> UserId | None:
    return scene.cast.legs[leg].user if leg in scene.cast.legs else None


def _not_reached(scene: Scene, want: SpeakToAll, user: UserId, why: NotPagedWhy) -> PagingNotReached:
    return PagingNotReached(call=scene.story, paging=want.paging, user=user, why=why)


# ---- somebody is reached


def _taken(scene: Scene, want: SpeakToAll, situation: Paged, leg: LegId) -> Turn[Paged]:
    """They hear a beep; with the first of them the speaker is let in."""
    user = _user_at(scene, leg)
    assert user is not None
    facts: tuple[Fact, ...] = (LegTaken(call=scene.story, leg=leg, user=user),)
    if user not in situation.reached:
        facts += (PagingReached(call=scene.story, paging=want.paging, leg=leg, user=user),)
    ringing = tuple(other for other in situation.ringing if other != leg)
    now = replace(situation, ringing=ringing, reached=tuple(dict.fromkeys((*situation.reached, user))))
    parted = Parted((), facts)
    if situation.heard_since is None:
        now, let_in = _speaker_let_in(scene, want, now)
        parted += let_in
    now, beep = _beep(scene, now, leg)
    parted += beep
    return Turn(situation=now, acts=parted.acts, facts=parted.facts, wake=_wake(now))


def _speaker_let_in(scene: Scene, want: SpeakToAll, situation: Paged) -> tuple[Paged, Parted]:
    caller, paging = scene.caller(), scene.setup.pagings.get(want.paging)
    at_most = paging.at_most if paging else RINGS_FOR
    now = replace(situation, heard_since=scene.now, until=scene.now + at_most)
    acts: tuple[Act, ...] = (StopRingback(leg=caller),)
    facts: tuple[Fact, ...] = ()
    if not scene.cast.caller_is_up():
        acts, facts = (*acts, Answer(leg=caller)), (CallAnswered(call=scene.story, leg=caller),)
    now, beep = _beep(scene, now, caller)
    return now, Parted(acts, facts) + beep


def _beep(scene: Scene, situation: Paged, leg: LegId) -> tuple[Paged, Parted]:
    playback = PlaybackId(scene.named("beep", situation.beeps))
    play = Play(playback=playback, leg=leg, media=(_BEEP,), language=scene.language)
    now = replace(situation, beeping={**situation.beeping, playback: leg}, beeps=situation.beeps + 1)
    return now, Parted((play,))


def _comes_in(scene: Scene, situation: Paged, playback: PlaybackId) -> Turn[Paged]:
    leg = situation.beeping[playback]
    left = {other: at for other, at in situation.beeping.items() if other != playback}
    now = replace(situation, beeping=left, there=(*situation.there, leg))
    return Turn(situation=now, acts=_let_in(scene, leg), wake=_wake(now))


def _let_in(scene: Scene, leg: LegId) -> tuple[Act, ...]:
    """Nobody hears a member from the first moment."""
    muted = () if leg == scene.cast.caller else (MuteLeg(leg=leg, on=True),)
    return (*muted, Connect(bridge=_bridge(scene), legs=(leg,)))


# ---- somebody is not, or goes


def _one_less(scene: Scene, want: SpeakToAll, situation: Paged, event: LegEnded) -> Turn[Paged]:
    if event.leg in situation.ringing:
        again = rung_once_more(scene, event, situation.rings_until, situation.rung, by_itself=True, more=ALOUD)
        if again is not None:
            ringing = tuple(again[0] if leg == event.leg else leg for leg in situation.ringing)
            now = replace(situation, ringing=ringing, rung=situation.rung + 1)
            return Turn(situation=now, acts=again[1].acts, facts=again[1].facts, wake=_wake(now))
    why = NotPagedWhy.DECLINED if event.cause is EndCause.REJECTED else NotPagedWhy.NO_ANSWER
    return _without(scene, want, situation, (event.leg,), Parted((), (gone(scene, event),)), why)


def _without(
    scene: Scene, want: SpeakToAll, situation: Paged, legs: tuple[LegId, ...], so_far: Parted, why: NotPagedWhy
) -> Turn[Paged]:
    """Whoever has no phone left that rings or hears, and has heard nothing, was not reached."""
    users = dict.fromkeys(user for leg in legs if (user := _user_at(scene, leg)) is not None)
    now = replace(
        situation,
        ringing=tuple(leg for leg in situation.ringing if leg not in legs),
        there=tuple(leg for leg in situation.there if leg not in legs),
        beeping={playback: leg for playback, leg in situation.beeping.items() if leg not in legs},
    )
    missed = [user for user in users if user not in now.reached and not _legs_of(scene, now, user)]
    told = tuple(_not_reached(scene, want, user, why) for user in missed)
    return _going_on(scene, want, now, so_far + Parted((), told))


def _going_on(scene: Scene, want: SpeakToAll, situation: Paged, so_far: Parted) -> Turn[Paged]:
    if _members_legs(scene, situation):
        return Turn(situation=situation, acts=so_far.acts, facts=so_far.facts, wake=_wake(situation))
    heard = situation.heard_since is not None
    outcome = Done() if heard else NotReached(cause=EndCause.NO_ANSWER if situation.rung else EndCause.UNREACHABLE)
    return _over(scene, want, situation, so_far, PagingOver.NOBODY_THERE, outcome)


def _over(
    scene: Scene, want: SpeakToAll, situation: Paged, so_far: Parted, why: PagingOver, outcome: Outcome
) -> Turn[Paged]:
    caller = scene.caller()
    rang = dict.fromkeys(user for leg in situation.ringing if (user := _user_at(scene, leg)) is not None)
    missed = tuple(
        _not_reached(scene, want, user, NotPagedWhy.NO_ANSWER) for user in rang if user not in situation.reached
    )
    quiet: tuple[Act, ...] = tuple(StopPlaying(playback=p) for p, leg in situation.beeping.items() if leg == caller)
    quiet += (StopRingback(leg=caller),) if situation.heard_since is None else (Dissolve(bridge=_bridge(scene)),)
    lasted = scene.now - situation.heard_since if situation.heard_since is not None else timedelta(0)
    ended = PagingEnded(
        call=scene.story, paging=want.paging, why=why, lasted=lasted, reached=len(situation.reached)
    )
    withdrawn = hang_up(scene, situation.ringing, EndCause.CANCELLED)
    others = tuple(leg for leg in _members_legs(scene, situation) if leg not in situation.ringing)
    parted = so_far + withdrawn + hang_up(scene, others, EndCause.NORMAL) + Parted(quiet, (*missed, ended))
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, outcome=outcome)
