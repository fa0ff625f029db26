"""A consultation, with each of the three hanging up at each stage: who hears whom, and what the facts say."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from switchroom.domain.acts import Ring, TellTransfer
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import (
    CancelConsultationAsked,
    CompleteTransferAsked,
    ConsultAsked,
    DeviceReturned,
    HangUpAsked,
    HoldAsked,
    SendOnAsked,
    ToggleAsked,
)
from switchroom.domain.facts.calls import LegRung, SentOn, TalkBegan
from switchroom.domain.facts.talks import (
    ConsultationEnded,
    ConsultationOver,
    Transferred,
)
from switchroom.domain.identity import DeviceId, LegId, UserId
from switchroom.domain.refusals import NotNow
from switchroom.domain.situations.standing import Consulting, Talking
from switchroom.switch.simulated.switch import Habit
from tests.stories.office import ANNA, BORIS, CALL, GROUP, NEVER, OUTSIDE, REFUSES, ROOM, SOON, Office, in_the_office

Leaves = Callable[[Office, LegId], Awaitable[None]]


async def consulting(office: Office, to: str = "102") -> LegId:
    """Anna talks with Boris, and the customer hears music."""
    customer = await office.customer()
    await office.ask(ConsultAsked(by=ANNA, to=to))
    await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
    await office.later(1)
    return customer


def why_over(office: Office) -> ConsultationOver | None:
    """How the consultation ended."""
    return next((f.why for f in office.facts(CALL) if isinstance(f, ConsultationEnded)), None)


def rung_at(office: Office, user: str) -> list[Ring]:
    """How often a phone was rung."""
    return [
        act for act in office.switch.done if isinstance(act, Ring) and getattr(act.to, "device", "") == f"{user}-desk"
    ]


@pytest.mark.feature("P7")
def test_who_talks_asks_a_third_and_brings_the_two_together() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await consulting(office)
        anna, boris = office.leg(ANNA), office.leg(BORIS)
        assert office.switch.hears(anna) == {boris}
        assert office.switch.hears(customer) == set()
        assert [act.shown.number for act in rung_at(office, "boris")] == ["101"], "Boris sees who asks him"
        await office.ask(CompleteTransferAsked(by=ANNA))
        await office.until(lambda: office.switch.hears(customer) == {boris})
        assert anna not in office.switch.legs()
        assert why_over(office) is ConsultationOver.TRANSFERRED
        moved = next(f for f in office.facts(CALL) if isinstance(f, Transferred))
        assert (moved.by, moved.leg, moved.to, moved.user) == (ANNA, customer, boris, BORIS)
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("by_door", [True, False], ids=["in the browser", "at the phone"])
def test_hanging_up_in_the_consultation_brings_the_two_together(by_door: bool) -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await consulting(office)
        boris = office.leg(BORIS)
        if by_door:
            await office.ask(HangUpAsked(by=ANNA))
        else:
            office.switch.leave(office.leg(ANNA))
        await office.until(lambda: office.switch.hears(customer) == {boris})
        await office.ask(HangUpAsked(by=BORIS))
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("how", ["cancelled", "third_left"])
def test_the_third_one_gone_leads_back_to_the_first(how: str) -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await consulting(office)
        if how == "cancelled":
            await office.ask(CancelConsultationAsked(by=ANNA))
        else:
            office.switch.leave(office.leg(BORIS))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        assert why_over(office) == how
        assert isinstance(office.standing(), Talking)
        await office.ask(ConsultAsked(by=ANNA, to="103"))
        await office.until(lambda: office.told(CALL).count("ConsultationAnswered") == 2)
        office.switch.leave(customer)
        await office.ask(HangUpAsked(by=ANNA))
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_the_first_one_gone_leaves_a_talk_of_the_two_others_which_either_ends() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await consulting(office)
        office.switch.leave(customer)
        await office.until(lambda: why_over(office) is ConsultationOver.FIRST_LEFT)
        assert office.switch.hears(office.leg(ANNA)) == {office.leg(BORIS)}
        office.switch.leave(office.leg(BORIS))
        await office.over()
        assert office.told(CALL).count("TalkBegan") == office.told(CALL).count("TalkEnded") == 2

    in_the_office(play)


@pytest.mark.feature("P7")
def test_toggling_talks_with_one_while_the_other_hears_music() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await consulting(office)
        anna, boris = office.leg(ANNA), office.leg(BORIS)
        await office.ask(ToggleAsked(by=ANNA))
        assert office.switch.hears(anna) == {customer}
        assert not office.switch.hears(boris)
        with pytest.raises(NotNow):
            await office.ask(ToggleAsked(by=BORIS))
        await office.ask(ToggleAsked(by=ANNA))
        assert office.switch.hears(anna) == {boris}
        assert not office.switch.hears(customer)
        await office.ask(ToggleAsked(by=ANNA))
        await office.ask(CompleteTransferAsked(by=ANNA))
        assert office.switch.hears(customer) == {boris}
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


# ---- while the third one rings


async def third_rings(office: Office, to: str = "102") -> LegId:
    """Anna waits for Boris, the customer for Anna."""
    await office.phones(boris=NEVER)
    customer = await office.customer()
    await office.ask(ConsultAsked(by=ANNA, to=to))
    await office.later(3)
    return customer


@pytest.mark.feature("P7")
@pytest.mark.parametrize("habit", [REFUSES, NEVER], ids=["declines", "is silent"])
def test_a_third_one_who_does_not_take_it_leads_back_to_the_first(habit: Habit) -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=habit)
        customer = await office.customer()
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        assert why_over(office) is ConsultationOver.NOT_TAKEN
        await office.ask(HangUpAsked(by=ANNA))
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_cancelling_while_it_rings_leads_back_at_once() -> None:
    async def play(office: Office) -> None:
        customer = await third_rings(office)
        await office.ask(CancelConsultationAsked(by=ANNA))
        assert office.switch.hears(customer) == {office.leg(ANNA)}
        assert len(office.switch.legs()) == 2
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_who_hangs_up_while_it_rings_hands_over_and_the_answer_connects_the_two() -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=Habit(answers_after=timedelta(seconds=9)))
        customer = await office.customer()
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.later(3)
        await office.ask(HangUpAsked(by=ANNA))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(BORIS)})
        assert why_over(office) is ConsultationOver.HANDED_OVER
        sent = next(f for f in office.facts(CALL) if isinstance(f, SentOn))
        assert (sent.to, sent.by) == ("102", ANNA)
        office.switch.leave(office.leg(BORIS))
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("blind", [True, False], ids=["blind", "hung up while it rang"])
def test_a_call_that_nobody_takes_there_comes_back_to_who_sent_it(blind: bool) -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=NEVER)
        customer = await office.customer()
        if blind:
            await office.ask(SendOnAsked(by=ANNA, to="102"))
        else:
            await office.ask(ConsultAsked(by=ANNA, to="102"))
            await office.later(1)
            await office.ask(HangUpAsked(by=ANNA))
        await office.until(lambda: "CameBack" in office.told(CALL))
        assert not any(leg.up for leg in office.switch.legs().values() if leg.leg != customer)
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_a_call_that_nobody_takes_at_all_ends() -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=REFUSES)
        await office.customer()
        office.switch.habits[DeviceId("anna-desk")] = NEVER
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.ask(HangUpAsked(by=ANNA))
        await office.until(lambda: "CameBack" in office.told(CALL))
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_the_first_one_gone_while_it_rings_leaves_the_asker_waiting_for_the_third() -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=Habit(answers_after=timedelta(seconds=9)))
        customer = await office.customer()
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.later(1)
        office.switch.leave(customer)
        await office.until(lambda: office.told(CALL).count("TalkBegan") == 2)
        assert office.switch.hears(office.leg(ANNA)) == {office.leg(BORIS)}
        await office.ask(HangUpAsked(by=ANNA))
        await office.over()

    in_the_office(play)


# ---- whom one can ask


@pytest.mark.feature("P7")
def test_a_group_and_a_number_outside_are_asked_like_a_colleague() -> None:
    async def play(office: Office) -> None:
        await office.phones(clara=REFUSES)
        office.switch.habits[DeviceId("carrier")] = SOON
        customer = await consulting(office, GROUP)
        assert office.switch.hears(office.leg(ANNA)) == {office.leg(UserId("dima"))}
        await office.ask(CancelConsultationAsked(by=ANNA))
        await office.ask(ConsultAsked(by=ANNA, to=OUTSIDE))
        await office.until(lambda: office.told(CALL).count("ConsultationAnswered") == 2)
        await office.ask(CompleteTransferAsked(by=ANNA))
        (outside,) = office.switch.legs().keys() - {customer}
        assert office.switch.hears(customer) == {outside}
        assert OUTSIDE not in str(office.facts(CALL)), "facts hold no personal values"
        office.switch.leave(outside)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("to", ["999", "101", ROOM, "500"])
def test_who_cannot_be_asked_is_told_so_and_nothing_changes(to: str) -> None:
    async def play(office: Office) -> None:
        object.__setattr__(office.setup, "outbound_routes", {})
        await office.phones()
        customer = await office.customer()
        with pytest.raises(NotNow):
            await office.ask(ConsultAsked(by=ANNA, to=to))
        with pytest.raises(NotNow):
            await office.ask(ConsultAsked(by=BORIS, to="103"))
        assert office.switch.hears(customer) == {office.leg(ANNA)}

    in_the_office(play)


@pytest.mark.feature("P7")
def test_who_calls_outside_passes_the_customer_on_and_leaves() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        office.switch.habits[DeviceId("carrier")] = SOON
        anna = office.dial(ANNA, OUTSIDE, "a1")
        await office.until(lambda: bool(office.switch.hears(anna)))
        (customer,) = office.switch.hears(anna)
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        office.switch.leave(anna)
        await office.until(lambda: office.switch.hears(customer) == {office.leg(BORIS)})
        began = [f for f in office.facts(CALL) if isinstance(f, TalkBegan)][-1]
        assert (began.caller, began.user) == (customer, BORIS)
        await office.ask(SendOnAsked(by=BORIS, to="103"))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(UserId("clara"))})
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_who_called_sends_whom_they_called_on() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        anna = office.dial(ANNA, "102", "a1")
        await office.until(lambda: bool(office.switch.hears(anna)))
        boris = office.leg(BORIS)
        await office.ask(SendOnAsked(by=ANNA, to="103"))
        await office.until(lambda: office.switch.hears(boris) == {office.leg(UserId("clara"))})
        assert [act.shown.number for act in rung_at(office, "clara")] == ["102"], "Clara sees who is sent on to her"
        office.switch.leave(boris)
        await office.over()

    in_the_office(play)


# ---- a page that is away for a moment


@pytest.mark.feature("C6")
@pytest.mark.parametrize("talks", [True, False], ids=["in the consultation", "while it rings"])
def test_a_reloaded_page_completes_nothing_and_goes_on_where_it_was(talks: bool) -> None:
    async def play(office: Office) -> None:
        page = DeviceId(browser_device("anna").id)
        await office.phones(anna=NEVER, boris=SOON if talks else Habit(answers_after=timedelta(seconds=20)))
        office.switch.habits[page] = Habit(answers_after=timedelta(seconds=1))
        office.switch.plug(page)
        await office.later(1)
        customer = await office.customer()
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.later(5)
        office.switch.leave(office.leg(ANNA), EndCause.NORMAL)
        await office.until(lambda: "TalkInterrupted" in office.told(CALL))
        office.engine.phone_changed(DeviceReturned(device=page))
        await office.until(lambda: "TalkResumed" in office.told(CALL))
        assert isinstance(office.standing(), Consulting)
        await office.until(lambda: office.switch.hears(office.leg(ANNA)) == {office.leg(BORIS)})
        await office.ask(CompleteTransferAsked(by=ANNA))
        assert office.switch.hears(customer) == {office.leg(BORIS)}
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_holding_before_asking_and_a_hold_of_the_other_side() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        anna = office.dial(ANNA, "102", "a1")
        await office.until(lambda: bool(office.switch.hears(anna)))
        await office.ask(HoldAsked(by=BORIS, on=True))
        with pytest.raises(NotNow):
            await office.ask(ConsultAsked(by=ANNA, to="103"))
        await office.ask(ConsultAsked(by=BORIS, to="103"))
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        assert office.told(CALL).count("PutOnHold") == 1
        await office.ask(CompleteTransferAsked(by=BORIS))
        assert office.switch.hears(anna) == {office.leg(UserId("clara"))}
        office.switch.leave(anna)
        await office.over()

    in_the_office(play)


# ---- by the phone itself


@pytest.mark.feature("P7")
def test_a_phone_brings_the_two_together_that_it_talks_with_in_two_calls() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await office.customer()
        anna = office.leg(ANNA)
        second = office.dial(ANNA, "102", "a2")
        await office.until(lambda: bool(office.switch.hears(second)))
        (boris,) = office.switch.hears(second)
        office.switch.refer(anna, consulted=second)
        await office.until(lambda: office.switch.hears(customer) == {boris})
        assert office.switch.legs().keys() == {customer, boris}
        assert [act.granted for act in office.switch.done if isinstance(act, TellTransfer)] == [True]
        assert office.told("call2")[-1] == "CallEnded"
        await office.ask(HangUpAsked(by=BORIS))
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_a_phone_is_told_whether_its_transfer_was_granted() -> None:
    async def play(office: Office) -> None:
        object.__setattr__(office.setup, "outbound_routes", {})
        await office.phones(boris=NEVER)
        customer = await office.customer()
        anna = office.leg(ANNA)
        office.switch.refer(anna, "999")
        second = office.dial(ANNA, "102", "a2")
        await office.later(1)
        office.switch.refer(anna, consulted=second)
        await office.later(1)
        told = [act.granted for act in office.switch.done if isinstance(act, TellTransfer)]
        assert told == [False, False], "a number that leads nowhere, and a third one who has not answered"
        assert office.switch.hears(customer) == {anna}
        office.switch.leave(second)
        office.switch.refer(anna, "103")
        await office.until(lambda: bool(office.switch.hears(customer)) and anna not in office.switch.legs())
        office.switch.leave(customer)
        await office.until(lambda: not office.engine.living() and not office.switch.legs())

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.feature("P5")
def test_a_call_that_one_of_us_sends_outside_is_on_their_account() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        office.switch.habits[DeviceId("carrier")] = SOON
        caller = office.call()
        await office.until(lambda: bool(office.switch.hears(caller)), within=60)
        await office.ask(SendOnAsked(by=ANNA, to=OUTSIDE))
        assert [f.payer for f in office.facts(CALL) if isinstance(f, LegRung) and f.trunk is not None] == [ANNA]
        for leg in list(office.switch.legs()):
            office.switch.leave(leg)
        await office.over()

    in_the_office(play)
