"""Ringing a user, or a number outside, for a caller who hears the ringing tone."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from switchroom.domain.acts import (
    Act,
    Answer,
    AtTrunk,
    HangUp,
    Ring,
    Shown,
    StartRingback,
    StopRingback,
)
from switchroom.domain.capacity import lets_out
from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    DeviceReturned,
    Event,
    HangUpAsked,
    LegAnswered,
    LegEnded,
    LegUnnoticed,
    TakeInAsked,
    TimePassed,
)
from switchroom.domain.facts.calls import (
    CallAnswered,
    CalleeNotReached,
    LegRung,
    LegTaken,
    TalkBegan,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import CameBack, PickedUp
from switchroom.domain.identity import BridgeId, LegId, QueueId, TrunkId, UserId
from switchroom.domain.regions import UNKNOWN, country_of
from switchroom.domain.scenario.effects import CallerLeft, Connected, Forwarded, NotReached, RingOutside, RingUser
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.guests import taken_in
from switchroom.domain.situations.recording import Talkers, begin_talk
from switchroom.domain.situations.returning import Away, away_by, rung_anew
from switchroom.domain.situations.scene import (
    NOWHERE,
    Parted,
    Scene,
    Taking,
    Turn,
    devices_to_ring,
    diverted,
    gone,
    hang_up,
    ring,
    rung_once_more,
    whose,
)
from switchroom.domain.trunks import Trunk

_TRUNK_FAILED = (EndCause.CONGESTION, EndCause.FAILED, EndCause.UNREACHABLE, EndCause.LOST)
_NOTICED_WITHIN, _NOTICED_AT_LEAST_WITHIN = timedelta(seconds=0.9), timedelta(seconds=4)
"""A carrier that lives says `100 Trying` at once, or when it is asked again after half a second. If none of a route's
trunks does, they are slow rather than dead: each is tried once more, with more patience.
"""


class Ringing(Kind, frozen=True, kw_only=True):
    """Legs that ring for the caller; `trunk_no` counts the trunks tried for a number outside.

    `tries` counts the legs made; `away` is a page that was reloaded, and is rung once it is back.
    """

    legs: tuple[LegId, ...] = ()
    until: datetime
    trunk_no: int = 0
    once_more: bool = False
    """No trunk took note of the call, so each of them gets more time."""
    tries: int = 0
    away: Away | None = None


def ring_user(scene: Scene, want: RingUser) -> Turn[Ringing]:
    """Ring all devices of the user together."""
    turn = _ring_user(scene, want)
    told: tuple[Fact, ...] = (CameBack(call=scene.story, to=want.user),) if want.returned else ()
    return replace(turn, facts=(*told, *turn.facts))


def _ring_user(scene: Scene, want: RingUser) -> Turn[Ringing]:
    devices = devices_to_ring(scene, want.user)
    until = scene.began + want.ring_for
    if not devices:
        missed = _missed(scene, want, EndCause.UNREACHABLE)
        return Turn(situation=Ringing(until=until), facts=missed, outcome=NotReached(cause=EndCause.UNREACHABLE))
    rung = ring(scene, devices, want.user, want.ring_for, first=0, more=diverted(want.diverted_by))
    legs = tuple(act.leg for act in rung.acts if isinstance(act, Ring))
    acts: tuple[Act, ...] = (StartRingback(leg=scene.caller()), *rung.acts)
    ringing = Ringing(legs=legs, until=until, tries=len(legs))
    return Turn(situation=ringing, acts=acts, facts=rung.facts, wake=until)


def ring_outside(scene: Scene, want: RingOutside) -> Turn[Ringing]:
    """Ring the number by the first trunk."""
    situation = Ringing(until=scene.began + want.ring_for)
    first = _free_trunk(scene, want, 0)
    if first is None:
        missed = _missed(scene, want, EndCause.CONGESTION)
        return Turn(situation=situation, facts=missed, outcome=NotReached(cause=EndCause.CONGESTION))
    turn = _by_trunk(scene, want, situation, first)
    return replace(turn, acts=(StartRingback(leg=scene.caller()), *turn.acts))


def ring_again(scene: Scene, want: RingUser | RingOutside, situation: Ringing) -> Turn[Ringing]:
    """After a crash: legs that ring go on; the differences come as events."""
    return Turn(situation=situation, wake=_wake(situation))


def while_ringing(scene: Scene, want: RingUser | RingOutside, situation: Ringing, event: Event) -> Turn[Ringing]:
    """The first to answer talks, the others are told that it was taken elsewhere."""
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            return _caller_left(scene, situation, event)
        case HangUpAsked(by=by) if isinstance(want, RingUser) and by == want.user:
            return _not_reached(scene, want, situation, EndCause.REJECTED, EndCause.CANCELLED)
        case LegAnswered(leg=leg) if leg in situation.legs:
            return _taken(scene, want, situation, leg)
        case TakeInAsked() if isinstance(want, RingUser) and event.user is not None:
            return _picked_up(scene, want, situation, event, event.user)
        case LegUnnoticed(leg=leg) if leg in situation.legs and isinstance(want, RingOutside):
            return _unnoticed(scene, want, situation, leg)
        case LegEnded(leg=leg) if leg in situation.legs:
            return _one_less(scene, want, situation, event)
        case TimePassed() if scene.now >= situation.until:
            return _not_reached(scene, want, situation, EndCause.NO_ANSWER, EndCause.CANCELLED)
        case TimePassed() if situation.away and not situation.legs and scene.now >= situation.away.until:
            return _not_reached(scene, want, situation, EndCause.UNREACHABLE, EndCause.CANCELLED)
        case DeviceReturned() if isinstance(want, RingUser):
            return _anew(scene, want, situation, event)
        case _:
            return Turn(situation=situation, wake=_wake(situation))


def _wake(situation: Ringing) -> datetime:
    """A page is waited for only while nothing else rings; its moment, once past, must not wake us for ever."""
    waited = situation.away is not None and not situation.legs
    return min(situation.until, situation.away.until) if waited and situation.away else situation.until


def _anew(scene: Scene, want: RingUser, situation: Ringing, event: DeviceReturned) -> Turn[Ringing]:
    changed = rung_anew(
        scene, event, want.user, situation.legs, situation.away, until=situation.until, tries=situation.tries
    )
    if changed is None:
        return Turn(situation=situation, wake=_wake(situation))
    legs, parted = changed
    situation = replace(situation, legs=legs, away=None, tries=situation.tries + 1)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=situation.until)


def _caller_left(scene: Scene, situation: Ringing, event: LegEnded) -> Turn[Ringing]:
    ended = hang_up(scene, situation.legs, EndCause.CANCELLED)
    left = CallerLeft(by=whose(event.cause), cause=event.cause)
    return Turn(situation=situation, acts=ended.acts, facts=(gone(scene, event), *ended.facts), outcome=left)


def _one_less(scene: Scene, want: RingUser | RingOutside, situation: Ringing, event: LegEnded) -> Turn[Ringing]:
    left = tuple(leg for leg in situation.legs if leg != event.leg)
    fact, again = gone(scene, event), rung_once_more(scene, event, situation.until, situation.tries)
    if again is not None:
        situation = replace(situation, legs=(*left, again[0]), tries=situation.tries + 1)
        return Turn(situation=situation, acts=again[1].acts, facts=again[1].facts, wake=_wake(situation))
    away = away_by(scene, event) or situation.away
    remaining = replace(situation, legs=left, away=away)
    says_so = event.cause in (EndCause.REJECTED, EndCause.MOVED)
    if not says_so and (left or (away and scene.now < situation.until)):
        return Turn(situation=remaining, facts=(fact,), wake=_wake(remaining))
    moved = isinstance(want, RingUser) and event.cause is EndCause.MOVED and bool(event.moved_to)
    turn = _forwarded(scene, want, remaining, event.moved_to) if moved else _next(scene, want, remaining, event.cause)
    return replace(turn, facts=(fact, *turn.facts))


def _forwarded(scene: Scene, want: RingUser | RingOutside, situation: Ringing, to: str) -> Turn[Ringing]:
    """One of their phones says where the call is to go: as if they had said it at all of them."""
    assert isinstance(want, RingUser)
    ended = hang_up(scene, situation.legs, EndCause.ANSWERED_ELSEWHERE)
    acts = (*ended.acts, StopRingback(leg=scene.caller()))
    wish = Forwarded(by=want.user, to=to, ring_for=want.ring_for, record=want.record)
    return Turn(situation=situation, acts=acts, facts=ended.facts, outcome=wish)


def _next(scene: Scene, want: RingUser | RingOutside, situation: Ringing, cause: EndCause) -> Turn[Ringing]:
    if cause is EndCause.UNHEARD and scene.now >= situation.until:
        cause = EndCause.NO_ANSWER
    if not isinstance(want, RingOutside):
        return _not_reached(scene, want, situation, cause, EndCause.ANSWERED_ELSEWHERE)
    if cause is EndCause.UNHEARD:
        return _by_trunk(scene, want, situation, situation.trunk_no)
    following = _free_trunk(scene, want, situation.trunk_no + 1) if cause in _TRUNK_FAILED else None
    if following is not None:
        return _by_trunk(scene, want, situation, following)
    return _not_reached(scene, want, situation, cause, EndCause.ANSWERED_ELSEWHERE)


def _unnoticed(scene: Scene, want: RingOutside, situation: Ringing, leg: LegId) -> Turn[Ringing]:
    """The next trunk, as if this one had failed; where there is no other, it rings on."""
    following = _free_trunk(scene, want, situation.trunk_no + 1)
    if following is None and not situation.once_more:
        following = _free_trunk(scene, want, 0)
        situation = replace(situation, once_more=True)
    if following is None or following == situation.trunk_no:
        return Turn(situation=situation, wake=_wake(situation))
    turn = _by_trunk(scene, want, situation, following)
    fact = gone(scene, LegEnded(leg=leg, cause=EndCause.UNREACHABLE))
    return replace(turn, acts=(HangUp(leg=leg), *turn.acts), facts=(fact, *turn.facts))


def _patience(want: RingOutside, situation: Ringing, trunk_no: int) -> timedelta | None:
    """How soon the trunk must have taken note of the call; None where there is no other to turn to."""
    if not situation.once_more:
        return _NOTICED_WITHIN if len(want.trunks) > 1 else None
    return _NOTICED_AT_LEAST_WITHIN if trunk_no + 1 < len(want.trunks) else None


def _free_trunk(scene: Scene, want: RingOutside, first: int) -> int | None:
    """The place of the next trunk in the list that takes one more call."""
    for place, key in enumerate(want.trunks[first:], start=first):
        trunk = scene.setup.trunks.get(key)
        if trunk is not None and (want.always or lets_out(trunk, scene.around.lines, scene.around.outgoing)):
            return place
    return None


def _by_trunk(scene: Scene, want: RingOutside, situation: Ringing, trunk_no: int) -> Turn[Ringing]:
    trunk = scene.setup.trunks[want.trunks[trunk_no]]
    leg = LegId(scene.named("outside", situation.tries))
    shown = _shown_outside(scene, want, trunk)
    act = Ring(
        leg=leg, to=AtTrunk(trunk=TrunkId(trunk.id), number=want.number), shown=shown, at_most=want.ring_for,
        headers=_diverted(scene, want, trunk), noticed_within=_patience(want, situation, trunk_no),
    )  # fmt: skip
    meant, caller = want.destination or want.number, scene.cast.legs[scene.caller()]
    fact = LegRung(
        call=scene.story,
        leg=leg,
        trunk=TrunkId(trunk.id),
        payer=want.payer or caller.user,
        by_device=caller.device if want.payer in (None, caller.user) else None,
        country=None if want.always else country_of(meant) or UNKNOWN,
        price=None if want.always else scene.setup.price_of(trunk.id, meant),
    )
    situation = replace(situation, legs=(leg,), trunk_no=trunk_no, tries=situation.tries + 1)
    return Turn(situation=situation, acts=(act,), facts=(fact,), wake=situation.until)


def _shown_outside(scene: Scene, want: RingOutside, trunk: Trunk) -> Shown:
    """What a stranger sees: a number of ours where there is one; extensions and names of our people stay inside."""
    if not scene.cast.ours and trunk.keeps_caller:
        return scene.shown
    wanted = want.caller_id if want.caller_id and trunk.may_show(want.caller_id) else None
    ours = wanted or trunk.caller_id
    return Shown(number=ours) if ours else scene.shown


def _diverted(scene: Scene, want: RingOutside, trunk: Trunk) -> dict[str, str]:
    """A call that goes out again says by which number of ours it came: carriers want to know."""
    dialled = "" if scene.cast.ours else str(scene.variables.get("dialled") or "")
    return diverted(want.diverted_by or dialled, trunk.host or NOWHERE)


def _not_reached(
    scene: Scene, want: RingUser | RingOutside, situation: Ringing, cause: EndCause, told: EndCause
) -> Turn[Ringing]:
    ended = hang_up(scene, situation.legs, told)
    acts: tuple[Act, ...] = (*ended.acts, StopRingback(leg=scene.caller()))
    facts = (*ended.facts, *_missed(scene, want, cause))
    return Turn(situation=situation, acts=acts, facts=facts, outcome=NotReached(cause=cause))


def _missed(scene: Scene, want: RingUser | RingOutside, cause: EndCause) -> tuple[Fact, ...]:
    """Of a call of our own it is told whom it did not reach; one that came to us goes on by its scenario."""
    user = want.user if isinstance(want, RingUser) else None
    return (CalleeNotReached(call=scene.story, cause=cause, user=user),) if scene.cast.ours else ()


def _taken(scene: Scene, want: RingUser | RingOutside, situation: Ringing, leg: LegId) -> Turn[Ringing]:
    others = tuple(other for other in situation.legs if other != leg)
    ended = hang_up(scene, others, EndCause.ANSWERED_ELSEWHERE)
    user = want.user if isinstance(want, RingUser) else None
    record = isinstance(want, RingUser) and want.record
    joined = connect(scene, leg, user, None, record=record)
    acts = (*ended.acts, StopRingback(leg=scene.caller()), *joined.acts)
    return Turn(
        situation=situation, acts=acts, facts=(*ended.facts, *joined.facts), outcome=Connected(leg=leg, user=user)
    )


def _picked_up(
    scene: Scene, want: RingUser, situation: Ringing, asked: TakeInAsked, by: UserId
) -> Turn[Ringing]:
    ended = hang_up(scene, situation.legs, EndCause.ANSWERED_ELSEWHERE)
    told = PickedUp(call=scene.story, by=by, leg=asked.leg)
    quiet = ended + Parted((StopRingback(leg=scene.caller()),), (told,))
    talk = taken_in(scene, asked, quiet + connect(scene, asked.leg, by, None, record=want.record))
    return Turn(
        situation=situation, acts=talk.acts, facts=talk.facts, outcome=Connected(leg=asked.leg, user=by),
        takes=(Taking(giver=asked.giver, leg=asked.leg),),
    )  # fmt: skip


def connect(scene: Scene, leg: LegId, user: UserId | None, queue: QueueId | None, *, record: bool) -> Parted:
    """Let the caller and this leg hear each other; `record` is what the place wishes where no rule says otherwise."""
    bridge, caller = BridgeId(scene.named("talk")), scene.caller()
    acts: list[Act] = []
    facts: list[Fact] = [LegTaken(call=scene.story, leg=leg, user=user)]
    if not scene.cast.caller_is_up():
        acts.append(Answer(leg=caller))
        facts.append(CallAnswered(call=scene.story, leg=caller))
    facts.append(TalkBegan(call=scene.story, bridge=bridge, caller=caller, callee=leg, user=user, queue=queue))
    talkers = Talkers(bridge=bridge, callee=leg, user=user, queue=queue)
    return Parted(tuple(acts), tuple(facts)) + begin_talk(scene, talkers, own_wish=record)
