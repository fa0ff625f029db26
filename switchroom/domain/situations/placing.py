"""Ringing who wants the call at their own phones, before whom they call is rung."""

from datetime import datetime

import msgspec

from switchroom.domain.acts import Ring, Shown
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, HangUpAsked, LegAnswered, LegEnded, TimePassed
from switchroom.domain.facts.calls import CallerReached, LegTaken, Whose
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import LegId
from switchroom.domain.scenario.effects import CallerLeft, Done, RingCaller
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import Scene, Turn, gone, hang_up, ring, rung_once_more


class Placing(Kind, frozen=True, kw_only=True):
    """Their own phones ring. `tries` counts the legs made."""

    legs: tuple[LegId, ...]
    until: datetime
    tries: int = 0


def place(scene: Scene, want: RingCaller) -> Turn[Placing]:
    """Ring the phones; a page takes the call by itself. They show whom it is about to call."""
    rung = ring(scene, want.devices, want.user, want.ring_for, first=0, by_itself=True, shown=_shown(scene))
    legs = tuple(act.leg for act in rung.acts if isinstance(act, Ring))
    placing = Placing(legs=legs, until=scene.began + want.ring_for, tries=len(legs))
    return Turn(situation=placing, acts=rung.acts, facts=rung.facts, wake=placing.until)


def _shown(scene: Scene) -> Shown:
    return Shown(number=str(scene.variables.get("dialled") or ""))


def place_again(scene: Scene, want: RingCaller, situation: Placing) -> Turn[Placing]:
    """After a crash: what rings goes on ringing."""
    return Turn(situation=situation, wake=situation.until)


def while_placing(scene: Scene, want: RingCaller, situation: Placing, event: Event) -> Turn[Placing]:
    """The first phone that is taken is the caller's; if none is, the call is over."""
    match event:
        case LegAnswered(leg=leg) if leg in situation.legs:
            return _taken(scene, want, situation, leg)
        case LegEnded(leg=leg) if leg in situation.legs:
            return _one_less(scene, situation, event)
        case HangUpAsked(by=by) if by == want.user:
            return _given_up(scene, situation, Whose.CUSTOMER, EndCause.CANCELLED)
        case TimePassed() if scene.now >= situation.until:
            return _given_up(scene, situation, Whose.US, EndCause.NO_ANSWER)
        case _:
            return Turn(situation=situation, wake=situation.until)


def _taken(scene: Scene, want: RingCaller, situation: Placing, leg: LegId) -> Turn[Placing]:
    others = tuple(other for other in situation.legs if other != leg)
    ended = hang_up(scene, others, EndCause.ANSWERED_ELSEWHERE)
    facts: tuple[Fact, ...] = (
        *ended.facts,
        LegTaken(call=scene.story, leg=leg, user=want.user),
        CallerReached(call=scene.story, leg=leg, user=want.user),
    )
    return Turn(situation=situation, acts=ended.acts, facts=facts, outcome=Done())


def _one_less(scene: Scene, situation: Placing, event: LegEnded) -> Turn[Placing]:
    left = tuple(leg for leg in situation.legs if leg != event.leg)
    again = rung_once_more(scene, event, situation.until, situation.tries, _shown(scene), by_itself=True)
    if again is not None:
        situation = msgspec.structs.replace(situation, legs=(*left, again[0]), tries=situation.tries + 1)
        return Turn(situation=situation, acts=again[1].acts, facts=again[1].facts, wake=situation.until)
    situation, fact = msgspec.structs.replace(situation, legs=left), gone(scene, event)
    if left and event.cause is not EndCause.REJECTED:
        return Turn(situation=situation, facts=(fact,), wake=situation.until)
    ended = hang_up(scene, left, EndCause.CANCELLED)
    over = CallerLeft(by=Whose.US, cause=event.cause)
    return Turn(situation=situation, acts=ended.acts, facts=(fact, *ended.facts), outcome=over)


def _given_up(scene: Scene, situation: Placing, by: Whose, cause: EndCause) -> Turn[Placing]:
    ended = hang_up(scene, situation.legs, EndCause.CANCELLED)
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=CallerLeft(by=by, cause=cause))
