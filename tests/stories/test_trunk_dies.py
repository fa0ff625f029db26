"""A trunk dies while a call rings over it: the next one is tried at once, and nobody is called twice."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest

from switchroom.domain.facts.calls import LegRung, TalkBegan
from switchroom.domain.identity import DeviceId, LegId
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import World, in_virtual_time

FIRST, SECOND = DeviceId("first"), DeviceId("second")


def trunk(key: str) -> Trunk:
    return Trunk(id=key, title=key, kind=TrunkKind.BY_ADDRESS, host="203.0.113.7")


async def with_two_trunks(world: World) -> None:
    """Both are up, and a route takes the first before the second."""
    trunks = {str(key): trunk(key) for key in (FIRST, SECOND)}
    out = OutboundRoute(id="out", title="Out", trunks=(FIRST, SECOND))
    routes = MappingProxyType({"out": out})
    await world.engine.take_setup(replace(world.setup, trunks=MappingProxyType(trunks), outbound_routes=routes))
    for key in (FIRST, SECOND):
        world.switch.plug(key)
    await world.later(1)


def by(world: World, story: str) -> list[str]:
    """The trunks that a call was rung by, in order."""
    return [fact.trunk for fact in world.facts(story) if isinstance(fact, LegRung) and fact.trunk is not None]


@pytest.mark.feature("P3")
def test_a_call_that_rings_over_a_trunk_that_dies_goes_on_by_the_next() -> None:
    async def play(world: World) -> tuple[list[str], float]:
        await with_two_trunks(world)
        world.switch.dial(LegId("pbx-7"), DeviceId("anna-desk"), "+79161234567")
        await world.later(3)
        assert by(world, "call1") == [FIRST]
        died = world.loop.time()
        world.switch.plug(FIRST, reachable=False)
        await world.until(lambda: len(by(world, "call1")) == 2, within=5)
        return by(world, "call1"), world.loop.time() - died

    rung, took = in_virtual_time(play)
    assert rung == [FIRST, SECOND]
    assert took < 1  # virtual seconds: the clock is ours


@pytest.mark.feature("P3")
def test_a_trunk_that_is_known_to_be_dead_is_not_waited_for() -> None:
    async def play(world: World) -> list[str]:
        await with_two_trunks(world)
        world.switch.plug(FIRST, reachable=False)
        await world.later(1)
        world.switch.dial(LegId("pbx-7"), DeviceId("anna-desk"), "+79161234567")
        await world.later(1)
        return by(world, "call1")

    assert in_virtual_time(play) == [SECOND]


def silent(seconds: float) -> Habit:
    """A carrier that takes note of a call only after so long, and whose person answers then."""
    return Habit(answers_after=timedelta(seconds=2), notices_after=timedelta(seconds=seconds))


@pytest.mark.feature("P3")
def test_a_carrier_that_takes_no_note_of_a_call_is_left_in_less_than_a_second_and_the_next_calls_avoid_it() -> None:
    async def play(world: World) -> tuple[float, list[list[str]]]:
        await with_two_trunks(world)
        world.switch.habits |= {FIRST: silent(3600), SECOND: silent(0.3)}
        began = world.loop.time()
        world.switch.dial(LegId("pbx-7"), DeviceId("anna-desk"), "+79161234567")
        await world.until(lambda: len(by(world, "call1")) == 2, within=5)
        took = world.loop.time() - began
        await world.until(lambda: any(isinstance(fact, TalkBegan) for fact in world.facts("call1")), within=5)
        world.switch.dial(LegId("pbx-8"), DeviceId("boris-desk"), "+79161234568")
        await world.later(5)
        world.switch.habits[FIRST] = silent(0.3)  # it lives again, and is tried first again after a while
        await world.later(20)
        world.switch.leave(LegId("pbx-8"))
        await world.later(1)
        world.switch.dial(LegId("pbx-9"), DeviceId("boris-desk"), "+79161234569")
        await world.later(1)
        return took, [by(world, f"call{n}") for n in (1, 2, 3)]

    took, rung = in_virtual_time(play)
    assert took < 1  # virtual seconds: the clock is ours
    assert rung == [[FIRST, SECOND], [SECOND], [FIRST]]


@pytest.mark.feature("P3")
@pytest.mark.parametrize(
    ("first", "second", "rung"),
    [(0.5, 3600, [FIRST]), (2, 3600, [FIRST, SECOND, FIRST]), (3600, 2, [FIRST, SECOND, FIRST, SECOND])],
)
def test_a_slow_carrier_that_lives_still_carries_the_call(first: float, second: float, rung: list[str]) -> None:
    async def play(world: World) -> tuple[list[str], bool]:
        await with_two_trunks(world)
        world.switch.habits |= {FIRST: silent(first), SECOND: silent(second)}
        world.switch.dial(LegId("pbx-7"), DeviceId("anna-desk"), "+79161234567")
        await world.later(20)
        return by(world, "call1"), any(isinstance(fact, TalkBegan) for fact in world.facts("call1"))

    assert in_virtual_time(play) == (rung, True)
