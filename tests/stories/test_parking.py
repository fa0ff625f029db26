"""Parking places and picking up: who waits where, who fetches whom, and of two who try at once the first one wins."""

import asyncio
from datetime import timedelta

import pytest

from switchroom.domain.events import ConsultAsked, HangUpAsked, SendOnAsked
from switchroom.domain.facts.talks import CallRetrieved, JoinedInto, NotJoined, ParkingEnded, PickedUp
from switchroom.domain.identity import DeviceId, LegId, StoryId
from switchroom.domain.refusals import NotNow
from switchroom.switch.simulated.switch import Habit
from tests.stories.office import ANNA, BORIS, CALL, CLARA, DIMA, GROUP, NEVER, Office, in_the_office

SECOND = StoryId("call2")


async def parked(office: Office, place: str = "701") -> LegId:
    """Anna has parked the customer."""
    customer = await office.customer()
    await office.ask(SendOnAsked(by=ANNA, to=place))
    await office.until(lambda: "CallParked" in office.told(CALL))
    return customer


@pytest.mark.feature("P7")
@pytest.mark.feature("P1")
def test_a_parked_caller_is_fetched_by_whoever_dials_the_place() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await parked(office)
        boris = office.dial(BORIS, "701", "b1")
        await office.until(lambda: office.switch.hears(customer) == {boris})
        fetched = next(f for f in office.facts(CALL) if isinstance(f, CallRetrieved))
        assert (fetched.place, fetched.by) == ("701", BORIS)
        joined = next(f for f in office.facts(SECOND) if isinstance(f, JoinedInto))
        assert (joined.into, joined.leg) == (CALL, boris)
        assert office.told(SECOND)[-1] == "CallEnded"
        await office.ask(ConsultAsked(by=BORIS, to="103"))
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        await office.ask(HangUpAsked(by=BORIS))
        assert office.switch.hears(customer) == {office.leg(CLARA)}
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_of_two_who_fetch_at_the_same_moment_the_first_one_gets_the_caller() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await parked(office)
        boris, clara = office.dial(BORIS, "701", "b1"), office.dial(CLARA, "701", "c1")
        await office.until(lambda: clara not in office.switch.legs())
        assert office.switch.hears(customer) == {boris}
        assert any(isinstance(f, NotJoined) for f in office.facts("call3"))
        office.switch.leave(boris)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("back", [True, False], ids=["takes it back", "does not"])
def test_who_is_not_fetched_in_time_goes_back_to_who_parked_them(back: bool) -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await parked(office)
        if not back:
            office.switch.habits[DeviceId("anna-desk")] = NEVER
        await office.later(119)
        assert not office.switch.hears(customer)
        await office.until(lambda: "CameBack" in office.told(CALL))
        (over,) = [f for f in office.facts(CALL) if isinstance(f, ParkingEnded)]
        assert over.waited == timedelta(minutes=2)
        if back:
            await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
            office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_a_taken_place_is_refused_an_empty_one_has_nobody_and_a_caller_who_leaves_frees_it() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await parked(office)
        office.call("c2")
        await office.until(lambda: "TalkBegan" in office.told(SECOND))
        with pytest.raises(NotNow):
            await office.ask(SendOnAsked(by=ANNA, to="701"), SECOND)
        await office.ask(SendOnAsked(by=ANNA, to="702"), SECOND)
        office.switch.leave(customer)
        await office.until(lambda: office.engine.state_of(CALL) is None)
        empty = office.dial(BORIS, "701", "b1")
        await office.until(lambda: empty not in office.switch.legs())
        office.switch.leave(LegId("c2"))
        await office.over(SECOND)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("code", ["*8101", "*8"], ids=["directed", "of the department"])
def test_what_rings_at_a_colleague_is_picked_up(code: str) -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=NEVER)
        customer = office.call()
        await office.until(lambda: "LegRung" in office.told(CALL))
        await office.later(2)
        boris = office.dial(BORIS, code, "b1")
        await office.until(lambda: office.switch.hears(customer) == {boris})
        assert office.switch.legs().keys() == {customer, boris}
        picked = next(f for f in office.facts(CALL) if isinstance(f, PickedUp))
        assert (picked.by, picked.leg) == (BORIS, boris)
        await office.ask(HangUpAsked(by=BORIS))
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_of_two_who_pick_up_at_the_same_moment_one_wins_and_the_other_is_told() -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=NEVER)
        customer = office.call()
        await office.until(lambda: "LegRung" in office.told(CALL))
        await office.later(2)
        boris, clara = office.dial(BORIS, "*8101", "b1"), office.dial(CLARA, "*8101", "c1")
        await office.until(lambda: office.switch.legs().keys() == {customer, boris})
        assert office.switch.hears(customer) == {boris}
        (lost,) = [fact for fact in office.facts("call3") if isinstance(fact, NotJoined)]
        assert (lost.by, lost.taken_by) == (CLARA, BORIS)
        late = office.dial(DIMA, "*8101", "d1")
        await office.until(lambda: late not in office.switch.legs())
        assert clara not in office.switch.legs()
        assert [(f.by, f.taken_by) for f in office.facts("call4") if isinstance(f, NotJoined)] == [(DIMA, None)]
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("moment", range(25))
def test_who_hangs_up_at_any_moment_of_picking_up_leaves_no_customer_with_nobody(moment: int) -> None:
    """The word that their phone hung up may lie with their own call, just when the customer's takes it in."""

    async def play(office: Office) -> None:
        await office.phones(anna=NEVER)
        customer = office.call()
        await office.until(lambda: "LegRung" in office.told(CALL))
        await office.later(2)
        boris = office.dial(BORIS, "*8101", "b1")
        for _ in range(moment):
            await asyncio.sleep(0)
        office.switch.leave(boris)
        await office.later(1)
        assert boris not in {leg for state in office.engine.living() for leg in state.cast.legs}
        assert customer not in office.switch.legs() or office.standing() is not None
        await office.later(120)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
def test_what_rings_at_a_group_is_picked_up_and_the_answer_a_moment_before_wins() -> None:
    async def play(office: Office) -> None:
        await office.phones(clara=Habit(answers_after=timedelta(seconds=4)), dima=NEVER)
        anna = office.dial(ANNA, GROUP, "a1")
        await office.later(3)
        boris = office.dial(BORIS, f"*8{GROUP}", "b1")
        await office.until(lambda: office.switch.hears(anna) == {boris})
        assert office.told(CALL).count("GroupLeft") == 1
        office.switch.leave(anna)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("Z3")
def test_an_engine_that_dies_while_somebody_fetches_goes_on() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await parked(office)
        boris = office.dial(BORIS, "701", "b1")
        await office.kill()
        await office.start()
        await office.until(lambda: office.switch.hears(customer) == {boris})
        office.switch.leave(customer)
        await office.until(lambda: not office.engine.living() and not office.switch.legs())

    in_the_office(play)
