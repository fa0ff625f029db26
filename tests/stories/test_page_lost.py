"""A page in the browser that is reloaded, crashes or is replaced by another in the middle of a talk."""

from datetime import timedelta

import pytest

from switchroom.domain.acts import Ring, StartMusic, StopRecording
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import DeviceReturned, HangUpAsked, HoldAsked, PhoneTakenOver
from switchroom.domain.facts.calls import (
    CallEnded,
    NotTakenWhy,
    OfferNotTaken,
    TalkEnded,
    TalkInterrupted,
    TalkResumed,
)
from switchroom.domain.facts.operators import BreakWished, ReadyWished
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.refusals import NotNow
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import World, in_virtual_time

ANNA, CALL = UserId("anna"), StoryId("call1")
PAGE = DeviceId(browser_device("anna").id)
SOON, NEVER = Habit(answers_after=timedelta(seconds=0.3)), Habit()


async def talking(world: World) -> LegId:
    """A customer talks to Anna, who sits at her browser."""
    await world.at_work("anna", SOON, PAGE)
    caller = world.call()
    await world.later(4)
    world.switch.press(caller, "1")
    await world.until(lambda: bool(world.switch.hears(caller)))
    return caller


def page_leg(world: World) -> LegId:
    (leg,) = [leg for leg in world.switch.legs() if leg.startswith("call1.")]
    return leg


def goes(world: World, cause: EndCause = EndCause.NORMAL) -> None:
    """The page is no more: neither its phone nor its leg."""
    world.switch.plug(PAGE, reachable=False)
    world.switch.leave(page_leg(world), cause)


def comes_back(world: World) -> None:
    world.switch.plug(PAGE)
    world.engine.phone_changed(DeviceReturned(device=PAGE))


@pytest.mark.feature("C5")
def test_a_reload_costs_the_customer_a_moment_of_music_and_nothing_else() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        since = world.engine.desk.operators[ANNA].status_since
        goes(world)
        await world.later(0.2)
        assert world.switch.hears(caller) == frozenset()
        assert isinstance(world.switch.done[-1], StartMusic)
        assert world.status("anna") is Status.TALKING
        comes_back(world)
        await world.until(lambda: bool(world.switch.hears(caller)), within=2)
        rung = [act for act in world.switch.done if isinstance(act, Ring)]
        assert rung[-1].headers["X-Switchroom"] == "call=call1;answer=auto"
        assert world.engine.desk.operators[ANNA].status_since == since
        assert not [act for act in world.switch.done if isinstance(act, StopRecording)]
        await world.later(60)
        world.switch.leave(caller)
        await world.until(lambda: "CallEnded" in world.told("call1"))
        talked = [f for f in world.facts("call1") if isinstance(f, TalkEnded)]
        assert len(talked) == 1
        assert timedelta(seconds=60) < talked[0].talked < timedelta(seconds=62)
        assert world.switch.legs() == {}

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_second_page_takes_the_talk_over_and_the_first_ones_leg_is_released() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        first = page_leg(world)
        world.engine.phone_changed(PhoneTakenOver(device=PAGE))
        await world.later(0.1)
        assert first not in world.switch.legs()
        comes_back(world)
        await world.until(lambda: bool(world.switch.hears(caller)), within=2)
        assert page_leg(world) != first

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_page_that_does_not_come_back_ends_the_talk_after_half_a_minute() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        goes(world)
        await world.until(lambda: "TalkEnded" in world.told("call1"))
        lost = next(f for f in world.facts("call1") if isinstance(f, TalkInterrupted))
        assert (lost.user, lost.device) == (ANNA, PAGE)
        assert world.status("anna") is Status.WRAP_UP
        await world.until(lambda: caller not in world.switch.legs())
        assert world.switch.legs() == {}

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_customer_who_leaves_while_the_page_is_away_is_let_go() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        goes(world)
        await world.later(1)
        world.switch.habits[PAGE] = Habit()
        comes_back(world)
        await world.later(1)
        world.switch.leave(caller)
        await world.until(lambda: "CallEnded" in world.told("call1"))
        assert next(f for f in world.facts("call1") if isinstance(f, CallEnded)).disposition == "served"
        assert world.status("anna") is Status.WRAP_UP
        assert world.switch.legs() == {}

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_page_reloaded_twice_is_rung_anew_each_time() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        goes(world)
        await world.later(0.1)
        comes_back(world)
        await world.later(0.1)
        goes(world, EndCause.UNREACHABLE)
        comes_back(world)
        await world.later(0.1)
        comes_back(world)
        await world.until(lambda: bool(world.switch.hears(caller)), within=2)
        assert len(world.switch.legs()) == 2
        assert world.told("call1").count("TalkResumed") == 1

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_customer_on_hold_stays_on_hold_over_a_reload() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        await world.engine.ask(CALL, HoldAsked(by=ANNA, on=True))
        goes(world)
        await world.later(1)
        with pytest.raises(NotNow):
            await world.engine.ask(CALL, HoldAsked(by=ANNA, on=False))
        comes_back(world)
        await world.until(lambda: "TalkResumed" in world.told("call1"))
        assert world.switch.hears(caller) == frozenset()
        await world.engine.ask(CALL, HoldAsked(by=ANNA, on=False))
        await world.until(lambda: bool(world.switch.hears(caller)), within=2)

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_an_operator_whose_page_is_away_can_hang_up_all_the_same() -> None:
    async def play(world: World) -> None:
        await talking(world)
        goes(world)
        await world.later(1)
        await world.engine.ask(CALL, HangUpAsked(by=ANNA))
        await world.until(lambda: "CallEnded" in world.told("call1"))
        assert world.switch.legs() == {}

    in_virtual_time(play)


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("dies_after", [0.05, 0.15, 0.25, 0.35, 0.45])
def test_an_engine_that_dies_while_a_page_is_away_brings_them_together_all_the_same(dies_after: float) -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        goes(world)
        await world.later(0.1)
        comes_back(world)
        await world.later(dies_after)
        await world.kill()
        await world.later(2)
        await world.start()
        await world.until(lambda: bool(world.switch.hears(caller)), within=5)
        resumed = [f for f in world.facts("call1") if isinstance(f, TalkResumed)]
        assert len(resumed) == 1
        world.switch.leave(caller)
        await world.until(lambda: not world.switch.legs())

    in_virtual_time(play)


# ---- while it rings


async def ringing(world: World, habit: Habit = NEVER) -> LegId:
    """It rings at Anna's page, for a customer in the queue."""
    await world.at_work("anna", habit, PAGE)
    caller = world.call()
    await world.later(4)
    world.switch.press(caller, "1")
    await world.until(lambda: world.status("anna") is Status.RINGING)
    return caller


@pytest.mark.feature("C6")
@pytest.mark.parametrize("told", [True, False], ids=["it said goodbye", "it just went"])
def test_a_page_that_is_reloaded_while_it_rings_rings_again_and_nothing_is_missed(told: bool) -> None:
    async def play(world: World) -> None:
        caller = await ringing(world)
        first = page_leg(world)
        if told:
            world.switch.leave(first, EndCause.NO_ANSWER)
        await world.later(1)
        assert world.status("anna") in (Status.RINGING, Status.RESERVED)
        world.switch.habits[PAGE] = SOON
        comes_back(world)
        await world.until(lambda: bool(world.switch.hears(caller)), within=2)
        assert world.status("anna") is Status.TALKING
        assert first not in world.switch.legs()
        assert "OfferNotTaken" not in world.told("call1")
        assert world.told("call1").count("OperatorOffered") == 1

    in_virtual_time(play)


@pytest.mark.feature("C6")
def test_a_page_that_is_closed_while_it_rings_holds_the_caller_up_for_a_moment_only() -> None:
    async def play(world: World) -> None:
        await world.at_work("boris", SOON)
        caller = await ringing_first_at_anna(world)
        went = world.loop.time()
        goes(world, EndCause.UNREACHABLE)
        await world.until(lambda: bool(world.switch.hears(caller)))
        assert 4 < world.loop.time() - went < 6
        (missed,) = [f for f in world.facts("call1") if isinstance(f, OfferNotTaken)]
        assert (missed.operator, missed.why) == (ANNA, NotTakenWhy.UNREACHABLE)

    in_virtual_time(play)


async def ringing_first_at_anna(world: World) -> LegId:
    """Boris is on a break until it rings at Anna."""
    await world.engine.tell(BreakWished(operator=UserId("boris"), break_kind="break", by=UserId("boris")))
    caller = await ringing(world)
    await world.engine.tell(ReadyWished(operator=UserId("boris"), by=UserId("boris")))
    return caller


@pytest.mark.feature("P13")
def test_a_colleagues_call_survives_a_reload_while_it_rings() -> None:
    async def play(world: World) -> None:
        await world.at_work("anna", NEVER, PAGE)
        caller = world.call()
        await world.later(4)
        world.switch.press(caller, "2")
        await world.until(lambda: world.status("anna") is Status.RINGING)
        goes(world, EndCause.UNREACHABLE)
        await world.later(1)
        world.switch.habits[PAGE] = SOON
        comes_back(world)
        await world.until(lambda: bool(world.switch.hears(caller)), within=2)

    in_virtual_time(play)


@pytest.mark.feature("C6")
def test_a_page_that_lets_it_ring_has_missed_the_call_as_any_phone_would() -> None:
    async def play(world: World) -> None:
        await ringing(world)
        began = world.loop.time()
        await world.until(lambda: world.status("anna") is Status.BREAK)
        assert 19 < world.loop.time() - began < 21
        (missed,) = [f for f in world.facts("call1") if isinstance(f, OfferNotTaken)]
        assert missed.why is NotTakenWhy.NO_ANSWER

    in_virtual_time(play)


@pytest.mark.feature("Z3")
def test_a_page_rings_on_and_once_over_the_death_of_the_engine() -> None:
    async def play(world: World) -> None:
        await ringing(world)
        leg = page_leg(world)
        await world.kill()
        await world.later(2)
        await world.start()
        await world.later(2)
        assert page_leg(world) == leg
        assert len([act for act in world.switch.done if isinstance(act, Ring)]) == 1

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_page_that_stood_still_is_rung_at_once_and_takes_the_call_when_it_wakes() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        world.switch.habits[PAGE] = Habit(answers_after=timedelta(seconds=20))
        world.switch.leave(page_leg(world))
        await world.later(1)
        assert any(isinstance(act, StartMusic) for act in world.switch.done[-4:])
        await world.until(lambda: bool(world.switch.hears(caller)), within=25)
        (resumed,) = [f for f in world.facts("call1") if isinstance(f, TalkResumed)]
        assert timedelta(seconds=20) <= resumed.after < timedelta(seconds=21)

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_page_whose_phone_is_missed_only_after_its_leg_is_rung_again_when_it_is_back() -> None:
    async def play(world: World) -> None:
        caller = await talking(world)
        world.switch.habits[PAGE] = Habit()
        world.switch.leave(page_leg(world))
        await world.later(0.1)
        world.switch.plug(PAGE, reachable=False)
        world.switch.leave(page_leg(world), EndCause.UNREACHABLE)
        await world.later(1)
        world.switch.habits[PAGE] = SOON
        comes_back(world)
        await world.until(lambda: bool(world.switch.hears(caller)), within=2)
        assert world.told("call1").count("TalkInterrupted") == world.told("call1").count("TalkResumed") == 1

    in_virtual_time(play)
