"""The engine is killed at any moment of a call; the call goes on, and its story reads the same."""

import asyncio
from collections.abc import Awaitable, Iterator
from datetime import timedelta

import pytest

from switchroom.domain.acts import Act, Ring
from switchroom.domain.events import CloseCardAsked, FieldsTyped
from switchroom.domain.facts.calls import CallAdopted, OperatorConnected, QueueLeft, TalkEnded
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.operators import Status
from switchroom.switch.simulated.switch import Habit, SimulatedSwitch
from tests.stories.world import World, in_virtual_time

ANNA = UserId("anna")
DEAD_FOR = 1.0
CUSTOMER_LEAVES = 60.0


async def one_call(world: World, dies_at: float | None) -> dict[str, list[str]]:
    """One served call by a fixed timetable; the engine dies once, at this second, and comes back."""
    await world.at_work("anna", Habit(answers_after=timedelta(seconds=6)))
    start = world.loop.time()
    caller = world.call()
    for second, step in timetable(world, caller, start):
        if dies_at is not None and dies_at < second:
            await world.later(max(0.0, start + dies_at - world.loop.time()))
            await world.kill()
            await world.later(DEAD_FOR)
            await world.start()
            dies_at = None
        await world.later(max(0.0, start + second - world.loop.time()))
        await step
    await world.until(lambda: world.status("anna") is Status.READY)
    await world.until(lambda: not world.engine.living())
    assert world.switch.legs() == {}
    return {"call": world.told("call1"), "card": world.told("call1-card4")}


def timetable(world: World, caller: LegId, start: float) -> Iterator[tuple[float, Awaitable[None]]]:
    """What people do, and when."""

    async def key() -> None:
        world.switch.press(caller, "1")

    async def types() -> None:
        (card,) = [s.id for s in world.engine.living() if "-card" in s.id]
        await world.engine.ask(card, FieldsTyped(by=ANNA, fields={"address": "x"}, revision=0))

    async def hang_up() -> None:
        world.switch.leave(caller)

    async def close() -> None:
        (card,) = [s.id for s in world.engine.living() if "-card" in s.id]
        await world.engine.ask(card, CloseCardAsked(by=ANNA, disposition="solved"))

    yield 6.0, key()
    yield 30.0, types()
    yield CUSTOMER_LEAVES, hang_up()
    yield 80.0, close()


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, list[str]]:
    """How the story reads when nobody dies."""
    return in_virtual_time(lambda world: one_call(world, None))


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("dies_at", [n / 4 for n in range(1, 320, 3)])
def test_whenever_the_engine_dies_the_story_reads_the_same_but_for_the_gap(
    undisturbed: dict[str, list[str]], dies_at: float
) -> None:
    told = in_virtual_time(lambda world: one_call(world, dies_at))
    assert told["card"] == undisturbed["card"]
    assert [fact for fact in told["call"] if fact != "CallAdopted"] == undisturbed["call"]
    assert told["call"].count("CallAdopted") == (dies_at < CUSTOMER_LEAVES)


@pytest.mark.feature("Z3")
def test_a_call_that_is_taken_up_tells_how_long_we_were_away_and_which_legs_are_left() -> None:
    async def play(world: World) -> None:
        await world.at_work("anna", Habit(answers_after=timedelta(seconds=2)))
        caller = world.call()
        await world.later(4)
        world.switch.press(caller, "1")
        await world.until(lambda: bool(world.switch.hears(caller)))
        await world.engine.say_alive()
        await world.kill()
        await world.later(7)
        await world.start()
        await world.until(lambda: "CallAdopted" in world.told("call1"))
        (adopted,) = [fact for fact in world.facts("call1") if isinstance(fact, CallAdopted)]
        assert (adopted.legs, adopted.legs_lost) == (2, 0)
        assert timedelta(seconds=7) <= adopted.away < timedelta(seconds=7.1)
        await world.kill()
        (operator,) = set(world.switch.legs()) - {caller}
        world.switch.leave(operator)
        await world.start()
        await world.until(lambda: world.told("call1").count("CallAdopted") == 2)
        adopted = [fact for fact in world.facts("call1") if isinstance(fact, CallAdopted)][-1]
        assert (adopted.legs, adopted.legs_lost) == (1, 1)

    in_virtual_time(play)


@pytest.mark.feature("Z3")
def test_a_caller_keeps_the_place_and_the_age_when_the_engine_dies_while_they_wait() -> None:
    async def play(world: World) -> None:
        caller = world.call()
        await world.later(4)
        world.switch.press(caller, "1")
        await world.later(30)
        await world.kill()
        await world.later(5)
        await world.start()
        await world.later(5)
        await world.at_work("anna", Habit(answers_after=timedelta(seconds=2)))
        await world.until(lambda: bool(world.switch.hears(caller)))
        (connected,) = [f for f in world.facts("call1") if isinstance(f, OperatorConnected)]
        assert timedelta(seconds=42) <= connected.waited < timedelta(seconds=43)
        assert len([act for act in world.switch.done if isinstance(act, Ring)]) == 1

    in_virtual_time(play)


@pytest.mark.feature("Z3")
def test_a_caller_who_hung_up_while_the_engine_was_dead_is_closed_in_the_books() -> None:
    async def play(world: World) -> None:
        await world.at_work("anna", Habit(answers_after=timedelta(seconds=2)))
        caller = world.call()
        await world.later(4)
        world.switch.press(caller, "1")
        await world.until(lambda: bool(world.switch.hears(caller)))
        await world.kill()
        world.switch.leave(caller)
        await world.later(3)
        await world.start()
        await world.until(lambda: "CallEnded" in world.told("call1"))
        assert len([f for f in world.facts("call1") if isinstance(f, TalkEnded)]) == 1
        assert len([f for f in world.facts("call1") if isinstance(f, QueueLeft)]) == 1
        await world.until(lambda: world.status("anna") is Status.WRAP_UP)
        assert world.switch.legs() == {}

    in_virtual_time(play)


@pytest.mark.feature("Z3")
def test_a_caller_who_came_in_while_nobody_listened_is_greeted_after_the_start() -> None:
    async def play(world: World) -> None:
        await world.kill()
        caller = world.call()
        await world.later(3)
        await world.start()
        await world.until(lambda: "CallAnswered" in world.told("call1"))
        world.switch.leave(caller)
        await world.until(lambda: "CallEnded" in world.told("call1"))
        assert world.told("call2") == []

    in_virtual_time(play)


@pytest.mark.feature("Z3")
def test_a_call_whose_last_act_was_saved_and_not_done_is_ended_and_not_begun_anew() -> None:
    async def play(world: World) -> None:
        object.__setattr__(world.setup, "routes", {})
        await world.kill()
        switch = world.switch = Stalling(1)
        await world.start()
        dying = asyncio.create_task(die_and_come_back(world, switch))
        caller = world.call()
        await world.until(lambda: caller not in world.switch.legs())
        dying.cancel()
        await world.until(lambda: world.ledger.living() == [])
        assert world.told("call1").count("CallEnded") == 1
        assert world.told("call2") == []

    in_virtual_time(play)


class Stalling(SimulatedSwitch):
    """Hangs in the middle of one act: there the engine dies, after the save and before the act."""

    def __init__(self, nth: int) -> None:
        super().__init__()
        self._left = nth
        self.stalled = asyncio.Event()

    async def do(self, act: Act) -> None:
        self._left -= 1
        if self._left == 0:
            self.stalled.set()
            await asyncio.Event().wait()
        await super().do(act)


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("nth", range(1, 16))
def test_what_was_saved_and_not_done_is_done_after_the_death(nth: int) -> None:
    async def play(world: World) -> None:
        await world.kill()
        switch = world.switch = Stalling(nth)
        await world.start()
        await world.at_work("anna", Habit(answers_after=timedelta(seconds=6)))
        dying = asyncio.create_task(die_and_come_back(world, switch))
        caller = world.call()
        await world.later(6)
        world.switch.press(caller, "1")
        await world.until(lambda: bool(world.switch.hears(caller)))
        await world.later(30)
        world.switch.leave(caller)
        await world.until(lambda: world.status("anna") is Status.READY)
        await world.until(lambda: not world.engine.living() and not world.switch.legs())
        dying.cancel()
        told = world.told("call1")
        for once in ("CallArrived", "CallAnswered", "OperatorConnected", "TalkEnded", "CallEnded"):
            assert told.count(once) == 1

    in_virtual_time(play)


async def die_and_come_back(world: World, switch: Stalling) -> None:
    """Die as soon as an act hangs."""
    await switch.stalled.wait()
    await world.kill()
    await world.later(DEAD_FOR)
    await world.start()
