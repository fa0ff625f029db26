"""Calls that one of us places, in the whole house: between pages, to oneself, and to hear others; over a death too."""

from datetime import timedelta

import pytest

from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import DigitsAsked, HangUpAsked, SendOnAsked
from switchroom.domain.facts.calls import CallEnded, ListeningBegan, ListeningEnded
from switchroom.domain.facts.house import OutgoingBlocked
from switchroom.domain.fraud import Suspicion
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.refusals import NotFound, NotNow
from switchroom.engine.placed import Caller, NoPhoneReady, NoWayThere
from switchroom.switch.simulated.switch import Habit
from tests.stories.test_trunk_dies import by, with_two_trunks
from tests.stories.world import World, in_virtual_time

ANNA, BORIS, CALL = UserId("anna"), UserId("boris"), StoryId("call1")
SOON = Habit(answers_after=timedelta(seconds=0.5))
PAGE, DESK = DeviceId(browser_device("boris").id), DeviceId("boris-desk")


def legs_of(world: World, story: StoryId) -> list[LegId]:
    return [leg for leg in world.switch.legs() if leg.startswith(f"{story}.")]


def caller(world: World, story: StoryId) -> LegId:
    """Of one of us, once their own phone was taken."""
    state = world.engine.state_of(story)
    assert state is not None
    assert state.cast.caller is not None
    return state.cast.caller


@pytest.mark.feature("P13")
def test_a_page_calls_a_colleague_and_both_are_busy_until_one_hangs_up() -> None:
    async def play(world: World) -> None:
        await world.at_work("anna", SOON)
        await world.at_work("boris", SOON, PAGE)
        call = await Caller(world.engine, BORIS).call("101", None)
        assert world.status("boris") is Status.RINGING
        await world.until(lambda: world.status("anna") is Status.TALKING)
        assert len(world.switch.hears(caller(world, call))) == 1
        assert world.status("boris") is Status.TALKING
        with pytest.raises(NotNow):
            await Caller(world.engine, BORIS).test_call(None)
        await world.engine.ask(call, HangUpAsked(by=ANNA))
        await world.until(lambda: not world.engine.living())
        assert (world.status("anna"), world.status("boris")) == (Status.READY, Status.READY)
        assert next(f for f in world.facts(call) if isinstance(f, CallEnded)).disposition == "served"
        assert world.switch.legs() == {}

    in_virtual_time(play)


def test_who_has_no_phone_or_dials_nowhere_is_told_so_at_once() -> None:
    async def play(world: World) -> None:
        boris = Caller(world.engine, BORIS)
        await world.later(1)
        with pytest.raises(NoPhoneReady):
            await boris.call("101", None)
        await world.at_work("boris", SOON)
        for wrong in ("999", "+79161234567"):
            with pytest.raises(NoWayThere) as refused:
                await boris.call(wrong, None)
            assert "туда нет маршрута" in refused.value.sentence("ru")
        for device in ("anna-desk", "web.boris"):
            with pytest.raises(NotFound if device == "anna-desk" else NoPhoneReady):
                await boris.call("101", device)
        assert world.engine.living() == []
        assert world.switch.done == []

    in_virtual_time(play)


@pytest.mark.feature("P13")
def test_a_page_calls_a_menu_chooses_by_its_keys_and_waits_in_the_queue() -> None:
    async def play(world: World) -> None:
        await world.at_work("boris", SOON, PAGE)
        await world.at_work("anna", SOON)
        call = await Caller(world.engine, BORIS).call("500", None)
        await world.until(lambda: "NodeEntered" in world.told(call) and world.status("boris") is Status.TALKING)
        await world.later(4)
        await world.engine.ask(call, DigitsAsked(by=BORIS, digits="1"))
        await world.until(lambda: world.status("anna") is Status.TALKING)
        await world.engine.ask(call, SendOnAsked(by=ANNA, to="400"))
        await world.until(lambda: world.engine.waiting.lengths()["service"] == 1)
        await world.engine.ask(call, HangUpAsked(by=BORIS))
        await world.until(lambda: not legs_of(world, call))

    in_virtual_time(play)


@pytest.mark.feature("P13")
def test_a_test_call_lasts_a_minute_and_leaves_nothing() -> None:
    async def play(world: World) -> None:
        await world.at_work("boris", SOON, PAGE)
        began = world.loop.time()
        call = await Caller(world.engine, BORIS).test_call(None)
        await world.until(lambda: len(legs_of(world, call)) == 2)
        await world.later(1)
        assert world.switch.hears(caller(world, call)) == {LegId(f"{call}.2.echo.0")}
        await world.until(lambda: not world.engine.living())
        assert 60 < world.loop.time() - began < 62
        assert (world.switch.legs(), world.status("boris")) == ({}, Status.READY)

    in_virtual_time(play)


@pytest.mark.feature("P5")
def test_a_phone_that_the_guard_stopped_is_not_rung_for_a_call_outside_and_refused_if_it_is_the_only_one() -> None:
    async def play(world: World) -> None:
        await with_two_trunks(world)
        await world.at_work("boris", SOON, PAGE)
        boris = Caller(world.engine, BORIS)
        await world.engine.tell(OutgoingBlocked(user=BORIS, device=PAGE, why=Suspicion.SHORT, calls=30))
        with pytest.raises(NoWayThere) as refused:
            await boris.call("+79161234567", None)
        assert "этого телефона" in refused.value.sentence("ru")
        world.switch.habits[DESK] = SOON
        world.switch.plug(DESK)
        await world.until(lambda: DESK in world.engine.desk.shown[BORIS].devices)
        with pytest.raises(NoWayThere):
            await boris.call("+79161234567", PAGE)
        call = await boris.call("+79161234567", DESK)
        await world.until(lambda: by(world, call) != [])

    in_virtual_time(play)


# ---- listening


async def a_served_customer(world: World) -> LegId:
    """A customer talks to Anna; Boris sits at his page."""
    await world.at_work("anna", SOON)
    customer = world.call()
    await world.later(4)
    world.switch.press(customer, "1")
    await world.until(lambda: bool(world.switch.hears(customer)))
    await world.at_work("boris", SOON, PAGE)
    return customer


async def listens(world: World) -> StoryId:
    story = await Caller(world.engine, BORIS).listen(CALL, None)
    await world.until(lambda: "ListeningBegan" in world.told(CALL))
    await world.later(0.1)
    return story


@pytest.mark.feature("C8")
def test_a_supervisor_hears_both_sides_and_nobody_hears_the_supervisor() -> None:
    async def play(world: World) -> None:
        customer = await a_served_customer(world)
        (operator,) = world.switch.hears(customer)
        story = await listens(world)
        boris = caller(world, story)
        assert world.switch.hears(boris) == {customer, operator}
        assert world.switch.hears(customer) == {operator}
        assert world.switch.hears(operator) == {customer}
        await world.later(20)
        world.switch.leave(customer)
        await world.until(lambda: boris not in world.switch.legs())
        ended = next(f for f in world.facts(CALL) if isinstance(f, ListeningEnded))
        assert (ended.by, ended.through) == (BORIS, story)
        assert timedelta(seconds=20) <= ended.lasted < timedelta(seconds=21)
        await world.until(lambda: world.status("boris") is Status.READY)
        assert world.switch.legs() == {}

    in_virtual_time(play)


@pytest.mark.feature("C8")
@pytest.mark.parametrize("way", ["phone", "door"])
def test_who_listens_goes_and_the_talk_goes_on(way: str) -> None:
    async def play(world: World) -> None:
        customer = await a_served_customer(world)
        story = await listens(world)
        if way == "phone":
            world.switch.leave(caller(world, story), EndCause.NORMAL)
        else:
            await world.engine.ask(story, HangUpAsked(by=BORIS))
        await world.until(lambda: not legs_of(world, story))
        assert world.switch.hears(customer)
        assert world.told(CALL).count("ListeningEnded") == 1
        assert "TalkEnded" not in world.told(CALL)

    in_virtual_time(play)


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("dies_after", [0.0, 0.2, 0.45, 0.5, 0.55, 0.8, 3.0])
def test_listening_goes_on_over_a_death_and_ends_with_the_call(dies_after: float) -> None:
    async def play(world: World) -> None:
        customer = await a_served_customer(world)
        (operator,) = world.switch.hears(customer)
        story = await Caller(world.engine, BORIS).listen(CALL, None)
        await world.later(dies_after)
        await world.kill()
        await world.later(2)
        await world.start()
        await world.until(lambda: "ListeningBegan" in world.told(CALL), within=10)
        await world.until(lambda: world.switch.hears(caller(world, story)) == {customer, operator}, within=5)
        assert world.told(CALL).count("ListeningBegan") == 1
        world.switch.leave(customer)
        await world.until(lambda: not world.switch.legs())
        assert world.told(CALL).count("ListeningEnded") == 1

    in_virtual_time(play)


@pytest.mark.feature("Z3")
def test_a_call_that_ends_while_the_engine_is_dead_ends_the_listening_honestly() -> None:
    async def play(world: World) -> None:
        customer = await a_served_customer(world)
        await listens(world)
        await world.kill()
        world.switch.leave(customer)
        await world.later(2)
        await world.start()
        await world.until(lambda: "ListeningEnded" in world.told(CALL))
        await world.until(lambda: not world.switch.legs())
        began = [f for f in world.facts(CALL) if isinstance(f, ListeningBegan)]
        assert len(began) == 1

    in_virtual_time(play)


def test_there_is_nothing_to_hear_in_a_call_that_waits() -> None:
    async def play(world: World) -> None:
        world.call()
        await world.at_work("boris", SOON, PAGE)
        boris = Caller(world.engine, BORIS)
        with pytest.raises(NotNow):
            await boris.listen(CALL, None)
        with pytest.raises(NotFound):
            await boris.listen(StoryId("none"), None)

    in_virtual_time(play)
