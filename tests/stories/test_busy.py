"""A switch that is too busy to answer, and a disk that is slow: calls take longer, and none is left standing."""

import asyncio
from datetime import timedelta

import pytest

from switchroom.domain.acts import Act
from switchroom.domain.facts.every import Kept
from switchroom.domain.identity import DeviceId
from switchroom.domain.operators import Status
from switchroom.storage.ledger import Change, Ledger
from switchroom.switch.port import SwitchLost
from switchroom.switch.simulated.switch import Habit, SimulatedSwitch
from tests.stories.world import World, in_virtual_time


class Busy(SimulatedSwitch):
    """Does not answer one act in time, and goes on."""

    def __init__(self, nth: int) -> None:
        super().__init__()
        self._left = nth

    async def do(self, act: Act) -> None:
        self._left -= 1
        if self._left == 0:
            raise SwitchLost("No answer came in time.")
        await super().do(act)


@pytest.mark.parametrize("nth", range(1, 16))
def test_an_act_that_a_busy_switch_did_not_answer_is_done_all_the_same(nth: int) -> None:
    async def play(world: World) -> None:
        await world.kill()
        world.switch = Busy(nth)
        await world.start()
        await world.at_work("anna", Habit(answers_after=timedelta(seconds=6)))
        caller = world.call()
        await world.later(8)
        world.switch.press(caller, "1")
        await world.until(lambda: bool(world.switch.hears(caller)))
        await world.later(30)
        world.switch.leave(caller)
        await world.until(lambda: world.status("anna") is Status.READY)
        await world.until(lambda: not world.engine.living() and not world.switch.legs())
        told = world.told("call1")
        for once in ("CallArrived", "CallAnswered", "OperatorConnected", "TalkEnded", "CallEnded"):
            assert told.count(once) == 1

    in_virtual_time(play)


class SlowDisk(Ledger):
    """Takes a second for each save, and any number of them at once."""

    async def save(self, change: Change) -> tuple[Kept, ...]:
        kept = await super().save(change)
        await asyncio.sleep(1)
        return kept


def test_whoever_listens_to_the_switch_does_not_wait_for_the_disk_at_every_call_and_phone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def play(world: World) -> None:
        monkeypatch.setattr("tests.stories.world.Ledger", SlowDisk)
        await world.kill()
        await world.start()
        for n in range(40):
            world.switch.plug(DeviceId("anna-desk" if n % 2 else "boris-desk"))
            world.call(f"in{n}")
        await world.later(1.5)
        assert [world.told(f"call{n + 1}")[:1] for n in range(40)] == [["CallArrived"]] * 40
        await world.until(lambda: all(leg.up for leg in world.switch.legs().values()), within=5)

    in_virtual_time(play)
