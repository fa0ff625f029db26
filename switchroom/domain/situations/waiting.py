"""Waiting in a queue: with music, offered to one operator after the other, the place and its age kept."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from switchroom.domain.acts import Act, Ring, StartMusic, StopMusic
from switchroom.domain.causes import EndCause
from switchroom.domain.events import DeviceReturned, Event, HangUpAsked, LegAnswered, LegEnded, OfferMade, TimePassed
from switchroom.domain.facts.calls import (
    CardShown,
    LeftQueueWhy,
    NotTakenWhy,
    OfferNotTaken,
    OperatorConnected,
    OperatorOffered,
    QueueEntered,
    QueueLeft,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import CardId, LegId, UserId
from switchroom.domain.queues import Queue
from switchroom.domain.scenario.effects import CallerLeft, Connected, QueueRefused, WaitedTooLong, WaitForOperator
from switchroom.domain.shapes import Kind, Shape
from switchroom.domain.situations.returning import Away, away_by, rung_anew
from switchroom.domain.situations.ringing import connect
from switchroom.domain.situations.scene import (
    NewDialog,
    Parted,
    Scene,
    Turn,
    gone,
    hang_up,
    ring,
    rung_once_more,
    whose,
)

_WHY_NOT = {
    EndCause.BUSY: NotTakenWhy.BUSY,
    EndCause.REJECTED: NotTakenWhy.DECLINED,
    EndCause.MOVED: NotTakenWhy.DECLINED,
    EndCause.UNREACHABLE: NotTakenWhy.UNREACHABLE,
    EndCause.FAILED: NotTakenWhy.UNREACHABLE,
    EndCause.CONGESTION: NotTakenWhy.UNREACHABLE,
    EndCause.LOST: NotTakenWhy.WE_WERE_AWAY,
}
_TAKES_OUT = {NotTakenWhy.NO_ANSWER, NotTakenWhy.DECLINED, NotTakenWhy.UNREACHABLE}


class Offer(Shape, frozen=True, kw_only=True):
    """An operator is rung. `away`: their page was reloaded while it rang, and is rung once it is back."""

    operator: UserId
    legs: tuple[LegId, ...]
    since: datetime
    until: datetime
    away: Away | None = None


class Waiting(Kind, frozen=True, kw_only=True):
    """A place in a queue. `tries` counts the legs made so far."""

    until: datetime
    tries: int = 0
    offer: Offer | None = None
    unwanted: frozenset[UserId] = frozenset()
    """Operators who did not take it: offered to again only when nobody else is there."""

    @property
    def legs(self) -> tuple[LegId, ...]:
        """What rings at the operator to whom it is offered."""
        return self.offer.legs if self.offer else ()

    @property
    def wake(self) -> datetime:
        """When something has to be decided, if nothing happens until then."""
        offer = self.offer
        if offer is None:
            return self.until
        waited = offer.away.until if offer.away and not offer.legs else offer.until
        return min(self.until, offer.until, waited)


def wait(scene: Scene, want: WaitForOperator) -> Turn[Waiting]:
    """Enter the queue."""
    queue = scene.setup.queues.get(want.queue)
    if queue is None:
        return _refused(scene, f"There is no queue {want.queue}.")
    entered = QueueEntered(call=scene.story, queue=want.queue, priority=want.priority)
    if scene.around.waiting.get(want.queue, 0) >= queue.most_waiting:
        return _full(scene, want, entered)
    situation = Waiting(until=scene.began + (want.give_up_after or queue.give_up_after))
    return Turn(situation=situation, acts=(StartMusic(leg=scene.caller()),), facts=(entered,), wake=situation.until)


def _refused(scene: Scene, why: str, facts: tuple[Fact, ...] = ()) -> Turn[Waiting]:
    return Turn(situation=Waiting(until=scene.now), facts=facts, outcome=QueueRefused(why=why))


def _full(scene: Scene, want: WaitForOperator, entered: QueueEntered) -> Turn[Waiting]:
    left = QueueLeft(call=scene.story, queue=want.queue, why=LeftQueueWhy.REFUSED, waited=timedelta(0))
    return _refused(scene, f"The queue {want.queue} is full.", (entered, left))


def wait_again(scene: Scene, want: WaitForOperator, situation: Waiting) -> Turn[Waiting]:
    """After a crash: the place and its age stay, the music goes on, what rings may go on ringing."""
    return Turn(situation=situation, acts=(StartMusic(leg=scene.caller()),), wake=situation.wake)


def while_waiting(scene: Scene, want: WaitForOperator, situation: Waiting, event: Event) -> Turn[Waiting]:
    """One operator rings at a time; answered at the last second is answered."""
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            return _caller_left(scene, want, situation, event)
        case OfferMade() if situation.offer is None:
            return _offer(scene, want, situation, event)
        case LegAnswered(leg=leg) if situation.offer and leg in situation.offer.legs:
            return _taken(scene, want, situation, situation.offer, leg)
        case LegEnded(leg=leg) if situation.offer and leg in situation.offer.legs:
            return _one_less(scene, want, situation, situation.offer, event)
        case DeviceReturned() if situation.offer:
            return _anew(scene, situation, situation.offer, event)
        case HangUpAsked(by=by) if situation.offer and by == situation.offer.operator:
            return _next_one(scene, want, situation, NotTakenWhy.DECLINED)
        case TimePassed():
            return _time(scene, want, situation)
        case _:
            return Turn(situation=situation, wake=situation.wake)


def _queue(scene: Scene, want: WaitForOperator) -> Queue:
    """The queue's rules now; those it would have by default if it was removed meanwhile."""
    return scene.setup.queues.get(want.queue) or Queue(id=want.queue, title=want.queue)


def _offer(scene: Scene, want: WaitForOperator, situation: Waiting, made: OfferMade) -> Turn[Waiting]:
    lasts = _queue(scene, want).ring_for
    rung = ring(scene, made.devices, made.operator, lasts, first=situation.tries)
    legs = tuple(act.leg for act in rung.acts if isinstance(act, Ring))
    offer = Offer(operator=made.operator, legs=legs, since=scene.now, until=scene.now + lasts)
    offered = OperatorOffered(
        call=scene.story,
        queue=want.queue,
        operator=made.operator,
        waited=scene.now - scene.began,
        considered=made.considered,
        passed_over=made.passed_over,
        why=made.why,
    )
    situation = replace(situation, tries=situation.tries + len(legs), offer=offer)
    return Turn(situation=situation, acts=rung.acts, facts=(offered, *rung.facts), wake=situation.wake)


def _not_taken(scene: Scene, want: WaitForOperator, offer: Offer, why: NotTakenWhy) -> OfferNotTaken:
    out = why in _TAKES_OUT and _queue(scene, want).missed_call_takes_out
    rang: timedelta = scene.now - offer.since
    return OfferNotTaken(
        call=scene.story, queue=want.queue, operator=offer.operator, why=why, rang=rang, takes_out_of_ready=out
    )


def _passed_on(situation: Waiting, offer: Offer) -> Waiting:
    return replace(situation, offer=None, unwanted=situation.unwanted | {offer.operator})


def _withdraw(scene: Scene, want: WaitForOperator, situation: Waiting, why: NotTakenWhy) -> Parted:
    """Stop ringing the operator, if one rings."""
    offer = situation.offer
    if offer is None:
        return Parted()
    return hang_up(scene, offer.legs, EndCause.CANCELLED) + Parted((), (_not_taken(scene, want, offer, why),))


def _left_queue(scene: Scene, want: WaitForOperator, why: LeftQueueWhy, operator: UserId | None = None) -> QueueLeft:
    waited = scene.now - scene.began
    return QueueLeft(call=scene.story, queue=want.queue, why=why, waited=waited, operator=operator)


def leave_queue(scene: Scene, want: WaitForOperator, situation: Waiting) -> Parted:
    """Whoever waits wants nobody of it any more."""
    ended = _withdraw(scene, want, situation, NotTakenWhy.CALLER_LEFT)
    return ended + Parted((), (_left_queue(scene, want, LeftQueueWhy.ABANDONED),))


def _caller_left(scene: Scene, want: WaitForOperator, situation: Waiting, event: LegEnded) -> Turn[Waiting]:
    ended = _withdraw(scene, want, situation, NotTakenWhy.CALLER_LEFT)
    why = LeftQueueWhy.SWITCH_LOST if event.cause is EndCause.LOST else LeftQueueWhy.ABANDONED
    facts = (*ended.facts, _left_queue(scene, want, why), gone(scene, event))
    left = CallerLeft(by=whose(event.cause), cause=event.cause)
    return Turn(situation=situation, acts=ended.acts, facts=facts, outcome=left)


def _one_less(scene: Scene, want: WaitForOperator, situation: Waiting, offer: Offer, event: LegEnded) -> Turn[Waiting]:
    legs = tuple(leg for leg in offer.legs if leg != event.leg)
    again = rung_once_more(scene, event, offer.until, situation.tries)
    if again is not None:
        offer = replace(offer, legs=(*legs, again[0]))
        situation = replace(situation, tries=situation.tries + 1, offer=offer)
        return Turn(situation=situation, acts=again[1].acts, facts=again[1].facts, wake=situation.wake)
    away = away_by(scene, event) or offer.away
    if event.cause is not EndCause.REJECTED and (legs or (away and scene.now < offer.until)):
        situation = replace(situation, offer=replace(offer, legs=legs, away=away))
        return Turn(situation=situation, facts=(gone(scene, event),), wake=situation.wake)
    ended = hang_up(scene, legs, EndCause.CANCELLED)
    why = _WHY_NOT.get(event.cause, NotTakenWhy.NO_ANSWER)
    facts = (gone(scene, event), *ended.facts, _not_taken(scene, want, offer, why))
    situation = _passed_on(situation, offer)
    return Turn(situation=situation, acts=ended.acts, facts=facts, wake=situation.wake)


def _time(scene: Scene, want: WaitForOperator, situation: Waiting) -> Turn[Waiting]:
    if scene.now >= situation.until:
        ended = _withdraw(scene, want, situation, NotTakenWhy.OUT_OF_TIME)
        acts: tuple[Act, ...] = (*ended.acts, StopMusic(leg=scene.caller()))
        facts = (*ended.facts, _left_queue(scene, want, LeftQueueWhy.WAITED_TOO_LONG))
        return Turn(situation=situation, acts=acts, facts=facts, outcome=WaitedTooLong())
    offer = situation.offer
    if offer and offer.away and not offer.legs and scene.now >= offer.away.until:
        return _next_one(scene, want, situation, NotTakenWhy.UNREACHABLE)
    if offer and scene.now >= offer.until:
        return _next_one(scene, want, situation, NotTakenWhy.NO_ANSWER)
    return Turn(situation=situation, wake=situation.wake)


def _anew(scene: Scene, situation: Waiting, offer: Offer, event: DeviceReturned) -> Turn[Waiting]:
    changed = rung_anew(scene, event, offer.operator, offer.legs, offer.away, until=offer.until, tries=situation.tries)
    if changed is None:
        return Turn(situation=situation, wake=situation.wake)
    legs, parted = changed
    offer = replace(offer, legs=legs, away=None)
    situation = replace(situation, tries=situation.tries + 1, offer=offer)
    return Turn(situation=situation, acts=parted.acts, facts=parted.facts, wake=situation.wake)


def _next_one(scene: Scene, want: WaitForOperator, situation: Waiting, why: NotTakenWhy) -> Turn[Waiting]:
    """The operator who rings does not take it: somebody else's turn."""
    ended = _withdraw(scene, want, situation, why)
    if situation.offer is not None:
        situation = _passed_on(situation, situation.offer)
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, wake=situation.wake)


def _taken(scene: Scene, want: WaitForOperator, situation: Waiting, offer: Offer, leg: LegId) -> Turn[Waiting]:
    queue = _queue(scene, want)
    others = hang_up(scene, tuple(o for o in offer.legs if o != leg), EndCause.ANSWERED_ELSEWHERE)
    joined = connect(scene, leg, offer.operator, want.queue, record=queue.record)
    served = OperatorConnected(
        call=scene.story, queue=want.queue, operator=offer.operator, leg=leg, waited=scene.now - scene.began
    )
    left = _left_queue(scene, want, LeftQueueWhy.SERVED, offer.operator)
    turn: Turn[Waiting] = Turn(
        situation=situation,
        acts=(*others.acts, StopMusic(leg=scene.caller()), *joined.acts),
        facts=(*others.facts, served, left, *joined.facts),
        outcome=Connected(leg=leg, user=offer.operator, queue=want.queue),
    )
    card = want.card or (CardId(queue.card) if queue.card else None)
    return _with_card(scene, want, turn, card, offer.operator) if card and card in scene.setup.cards else turn


def _with_card(
    scene: Scene, want: WaitForOperator, turn: Turn[Waiting], card: CardId, operator: UserId
) -> Turn[Waiting]:
    dialog = scene.dialog()
    opened = NewDialog(story=dialog, card=card, holder=operator, queue=want.queue)
    shown = CardShown(call=scene.story, dialog=dialog, card=card, holder=operator)
    return replace(turn, facts=(*turn.facts, shown), opens=(opened,))
