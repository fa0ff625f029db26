"""An operator's state follows from what they are busy with, whatever kind of call it is."""

from datetime import timedelta

import pytest

from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import (
    CallArrived,
    LegGone,
    LegRung,
    LegTaken,
    NotTakenWhy,
    OfferNotTaken,
    OperatorConnected,
    OperatorOffered,
)
from switchroom.domain.facts.cards import CardClosed, CardOpened, ClosedBy
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.operators import BreakWished, DeviceConnected, OperatorSignedIn, ReadyWished
from switchroom.domain.identity import CardId, DeviceId, LegId, PartyId, QueueId, StoryId, UserId
from switchroom.domain.operators import Operator, Status, after
from tests.company import NOON

ANNA, CALL, LEG, DIALOG, QUEUE = UserId("anna"), StoryId("c"), LegId("l"), StoryId("d"), QueueId("service")
NONE = timedelta(0)

OFFERED = OperatorOffered(call=CALL, queue=QUEUE, operator=ANNA, waited=NONE, considered=1)
RUNG = LegRung(call=CALL, leg=LEG, user=ANNA)
TAKEN = LegTaken(call=CALL, leg=LEG, user=ANNA)
CONNECTED = OperatorConnected(call=CALL, queue=QUEUE, operator=ANNA, leg=LEG, waited=NONE)
OPENED = CardOpened(dialog=DIALOG, card=CardId("repair"), version=1, holder=ANNA)
GONE = LegGone(call=CALL, leg=LEG, cause=EndCause.NORMAL, user=ANNA)
CLOSED = CardClosed(dialog=DIALOG, holder=ANNA, by=ClosedBy.HOLDER, wrapped_up=NONE)


def at_work() -> Operator:
    """Anna, signed in at a phone that is connected."""
    facts: tuple[Fact, ...] = (
        OperatorSignedIn(operator=ANNA, by=ANNA),
        DeviceConnected(operator=ANNA, device=DeviceId("desk")),
    )
    anna = Operator(id=ANNA)
    for fact in facts:
        anna = after(anna, fact, NOON)
    return anna


@pytest.mark.feature("C4")
def test_a_served_call_leads_through_every_state_and_back_to_ready() -> None:
    anna, seen = at_work(), []
    for fact in (OFFERED, RUNG, TAKEN, CONNECTED, OPENED, GONE, CLOSED):
        anna = after(anna, fact, NOON + timedelta(minutes=1))
        seen.append(anna.status)
    assert seen == [
        Status.RESERVED,
        Status.RINGING,
        Status.TALKING,
        Status.TALKING,
        Status.TALKING,
        Status.WRAP_UP,
        Status.READY,
    ]
    assert anna.idle_since == NOON + timedelta(minutes=1)


@pytest.mark.feature("C4")
def test_a_break_wished_during_a_talk_begins_when_the_card_is_closed() -> None:
    anna = at_work()
    for fact in (RUNG, TAKEN, OPENED, BreakWished(operator=ANNA, break_kind="lunch", by=ANNA)):
        anna = after(anna, fact, NOON)
    assert anna.status is Status.TALKING
    anna = after(after(anna, GONE, NOON), CLOSED, NOON)
    assert (anna.status, anna.break_kind) == (Status.BREAK, "lunch")
    assert after(anna, ReadyWished(operator=ANNA, by=ANNA), NOON).status is Status.READY


@pytest.mark.feature("C4")
def test_a_missed_call_takes_out_of_ready_where_the_queue_says_so() -> None:
    anna = after(after(at_work(), OFFERED, NOON), RUNG, NOON)
    gone = LegGone(call=CALL, leg=LEG, cause=EndCause.CANCELLED, user=ANNA, ordered=True)
    missed = OfferNotTaken(
        call=CALL, queue=QUEUE, operator=ANNA, why=NotTakenWhy.NO_ANSWER, rang=NONE, takes_out_of_ready=True
    )
    anna = after(after(anna, gone, NOON), missed, NOON)
    assert (anna.status, anna.break_kind) == (Status.BREAK, "missed_call")


def test_a_call_of_their_own_keeps_an_operator_from_the_queue() -> None:
    own = CallArrived(call=CALL, leg=LEG, caller=PartyId("p"), dialled="102", user=ANNA)
    assert after(at_work(), own, NOON).status is Status.TALKING
