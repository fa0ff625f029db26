"""Ringing a group for a caller who hears the ringing tone: together, or one member after the other."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from switchroom.domain.acts import StartRingback, StopRingback
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, HangUpAsked, LegAnswered, LegEnded, TakeInAsked, TimePassed
from switchroom.domain.facts.calls import GroupLeft, GroupRung, LeftGroupWhy
from switchroom.domain.facts.talks import PickedUp
from switchroom.domain.groups import Group, GroupStrategy, order_of
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.scenario.effects import CallerLeft, Connected, NotReached, RingGroup
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.guests import taken_in
from switchroom.domain.situations.ringing import connect
from switchroom.domain.situations.scene import (
    Parted,
    Scene,
    Taking,
    Turn,
    devices_to_ring,
    gone,
    hang_up,
    ring,
    rung_once_more,
    whose,
)


class InGroup(Kind, frozen=True, kw_only=True):
    """Members in their order; `place` is the next one to be rung, `rounds` how often all were tried."""

    order: tuple[UserId, ...]
    over: datetime
    """When the group gives up."""
    until: datetime
    """When those who ring now have rung long enough."""
    legs: tuple[LegId, ...] = ()
    place: int = 0
    rung: int = 0
    """How many legs were made: the next one is named by it."""
    reached: bool = False
    """Whether anybody could be rung in this round."""


def ring_group(scene: Scene, want: RingGroup) -> Turn[InGroup]:
    """Put the members in their order, and ring the first, or all."""
    group = scene.setup.groups.get(want.group)
    if group is None:
        nobody = InGroup(order=(), over=scene.now, until=scene.now)
        return Turn(situation=nobody, outcome=NotReached(cause=EndCause.UNREACHABLE))
    over = scene.began + group.ring_for
    order = order_of(group, scene.story, scene.around.operators, scene.now)
    turn = _next(scene, want, group, InGroup(order=order, over=over, until=over))
    began = GroupRung(call=scene.story, group=want.group, order=order)
    return replace(turn, acts=(StartRingback(leg=scene.caller()), *turn.acts), facts=(began, *turn.facts))


def ring_group_again(scene: Scene, want: RingGroup, situation: InGroup) -> Turn[InGroup]:
    """After a crash: legs that ring go on; the differences come as events."""
    return Turn(situation=situation, wake=situation.until)


def while_in_group(scene: Scene, want: RingGroup, situation: InGroup, event: Event) -> Turn[InGroup]:
    """The first to answer talks; who declines, is silent or gone is passed over."""
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            return _caller_left(scene, want, situation, event)
        case HangUpAsked(by=by) if _legs_of(scene, situation, by):
            return _without(scene, want, situation, by, Parted())
        case LegAnswered(leg=leg) if leg in situation.legs:
            return _taken(scene, want, situation, leg)
        case TakeInAsked() if event.user is not None:
            return _picked_up(scene, want, situation, event, event.user)
        case LegEnded(leg=leg) if leg in situation.legs:
            return _one_less(scene, want, situation, event)
        case TimePassed() if scene.now >= situation.until:
            return _silent(scene, want, situation)
        case _:
            return Turn(situation=situation, wake=situation.until)


def _group(scene: Scene, want: RingGroup) -> Group | None:
    return scene.setup.groups.get(want.group)


def _legs_of(scene: Scene, situation: InGroup, user: UserId) -> tuple[LegId, ...]:
    return tuple(leg for leg in situation.legs if leg in scene.cast.legs and scene.cast.legs[leg].user == user)


def _next(scene: Scene, want: RingGroup, group: Group | None, situation: InGroup) -> Turn[InGroup]:
    """Ring whoever is next: all, or the next member who can be rung; another round while there is time."""
    if group is None or scene.now >= situation.over:
        return _nobody(scene, want, situation, LeftGroupWhy.NO_ANSWER)
    if group.strategy is GroupStrategy.ALL:
        return _ring_all(scene, want, group, situation)
    for place in range(situation.place, len(situation.order)):
        turn = _ring_one(scene, group, situation, place)
        if turn is not None:
            return turn
    if not situation.reached:
        return _nobody(scene, want, situation, LeftGroupWhy.UNREACHABLE)
    return _next(scene, want, group, replace(situation, place=0, reached=False))


def _ring_all(scene: Scene, want: RingGroup, group: Group, situation: InGroup) -> Turn[InGroup]:
    if situation.place:
        return _nobody(scene, want, situation, LeftGroupWhy.NO_ANSWER)
    rung, legs = Parted(), situation.rung
    for member in situation.order:
        more = _rung(scene, group, member, situation.over - scene.now, legs)
        legs += len(more.facts)
        rung += more
    if not rung.facts:
        return _nobody(scene, want, situation, LeftGroupWhy.UNREACHABLE)
    place = len(situation.order)
    return _ringing(situation, rung, replace(situation, place=place, until=situation.over))


def _ring_one(scene: Scene, group: Group, situation: InGroup, place: int) -> Turn[InGroup] | None:
    until = min(scene.now + group.ring_each, situation.over)
    rung = _rung(scene, group, situation.order[place], until - scene.now, situation.rung)
    if not rung.facts:
        return None
    return _ringing(situation, rung, replace(situation, place=place + 1, until=until))


def _rung(scene: Scene, group: Group, member: UserId, at_most: timedelta, first: int) -> Parted:
    operator = scene.around.operators.get(member)
    if group.skip_busy and operator is not None and operator.up:
        return Parted()
    devices = tuple(device for device in devices_to_ring(scene, member) if device in scene.around.reachable)
    return ring(scene, devices, member, at_most, first) if devices else Parted()


def _ringing(before: InGroup, rung: Parted, situation: InGroup) -> Turn[InGroup]:
    legs = tuple(fact.leg for fact in rung.facts if hasattr(fact, "leg"))
    situation = replace(situation, legs=legs, rung=before.rung + len(legs), reached=True)
    return Turn(situation=situation, acts=rung.acts, facts=rung.facts, wake=situation.until)


def _without(scene: Scene, want: RingGroup, situation: InGroup, user: UserId, so_far: Parted) -> Turn[InGroup]:
    """Whoever declines rings no longer; the others do, or the next one."""
    declined = _legs_of(scene, situation, user)
    parted = so_far + hang_up(scene, declined, EndCause.CANCELLED)
    left = tuple(leg for leg in situation.legs if leg not in declined)
    return _after(scene, want, replace(situation, legs=left), parted)


def _one_less(scene: Scene, want: RingGroup, situation: InGroup, event: LegEnded) -> Turn[InGroup]:
    fact = Parted(facts=(gone(scene, event),))
    left = tuple(leg for leg in situation.legs if leg != event.leg)
    again = rung_once_more(scene, event, situation.until, situation.rung)
    if again is not None:
        situation = replace(situation, legs=(*left, again[0]), rung=situation.rung + 1)
        return Turn(situation=situation, acts=again[1].acts, facts=again[1].facts, wake=situation.until)
    smaller = replace(situation, legs=left)
    user = scene.cast.legs[event.leg].user if event.leg in scene.cast.legs else None
    if event.cause is EndCause.REJECTED and user is not None:
        return _without(scene, want, smaller, user, fact)
    return _after(scene, want, smaller, fact)


def _after(scene: Scene, want: RingGroup, situation: InGroup, parted: Parted) -> Turn[InGroup]:
    if situation.legs:
        return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=situation.until)
    turn = _next(scene, want, _group(scene, want), situation)
    return replace(turn, acts=(*parted.acts, *turn.acts), facts=(*parted.facts, *turn.facts))


def _silent(scene: Scene, want: RingGroup, situation: InGroup) -> Turn[InGroup]:
    ended = hang_up(scene, situation.legs, EndCause.CANCELLED)
    return _after(scene, want, replace(situation, legs=()), ended)


def _nobody(scene: Scene, want: RingGroup, situation: InGroup, why: LeftGroupWhy) -> Turn[InGroup]:
    left = GroupLeft(call=scene.story, group=want.group, why=why, rang=scene.now - scene.began)
    cause = EndCause.UNREACHABLE if why is LeftGroupWhy.UNREACHABLE else EndCause.NO_ANSWER
    stop = StopRingback(leg=scene.caller())
    return Turn(situation=situation, acts=(stop,), facts=(left,), outcome=NotReached(cause=cause))


def _caller_left(scene: Scene, want: RingGroup, situation: InGroup, event: LegEnded) -> Turn[InGroup]:
    ended = hang_up(scene, situation.legs, EndCause.CANCELLED)
    told = GroupLeft(
        call=scene.story, group=want.group, why=LeftGroupWhy.CALLER_LEFT, rang=scene.now - scene.began
    )
    left = CallerLeft(by=whose(event.cause), cause=event.cause)
    return Turn(situation=situation, acts=ended.acts, facts=(gone(scene, event), *ended.facts, told), outcome=left)


def _taken(scene: Scene, want: RingGroup, situation: InGroup, leg: LegId) -> Turn[InGroup]:
    others = hang_up(scene, tuple(other for other in situation.legs if other != leg), EndCause.ANSWERED_ELSEWHERE)
    user = scene.cast.legs[leg].user if leg in scene.cast.legs else None
    group = _group(scene, want)
    joined = connect(scene, leg, user, None, record=group is not None and group.record)
    told = GroupLeft(
        call=scene.story, group=want.group, why=LeftGroupWhy.TAKEN, rang=scene.now - scene.began, by=user
    )
    return Turn(
        situation=situation,
        acts=(*others.acts, StopRingback(leg=scene.caller()), *joined.acts),
        facts=(*others.facts, told, *joined.facts),
        outcome=Connected(leg=leg, user=user),
    )


def _picked_up(
    scene: Scene, want: RingGroup, situation: InGroup, asked: TakeInAsked, by: UserId
) -> Turn[InGroup]:
    ended = hang_up(scene, situation.legs, EndCause.ANSWERED_ELSEWHERE)
    rang = scene.now - scene.began
    told = (
        GroupLeft(call=scene.story, group=want.group, why=LeftGroupWhy.TAKEN, rang=rang, by=by),
        PickedUp(call=scene.story, by=by, leg=asked.leg),
    )
    quiet = ended + Parted((StopRingback(leg=scene.caller()),), told)
    group = _group(scene, want)
    record = group is not None and group.record
    talk = taken_in(scene, asked, quiet + connect(scene, asked.leg, by, None, record=record))
    return Turn(
        situation=situation, acts=talk.acts, facts=talk.facts, outcome=Connected(leg=asked.leg, user=by),
        takes=(Taking(giver=asked.giver, leg=asked.leg),),
    )  # fmt: skip
