"""For minutes: hundreds of calls, deaths at random moments, and hostile packets. Nothing is lost, nothing is left."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.asterisk.floor import Floor, the_books_close
from tests.asterisk.leftovers import nothing_is_left
from tests.asterisk.real_house import RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.long, pytest.mark.timeout(900)]
WARM, MANY = 60, 180
MEGABYTE = 1024
MOST_GROWTH = {"serving": 30 * MEGABYTE, "switch": 60 * MEGABYTE}
"""Kilobytes that may be kept after so many calls more: pools that grow to the peak; a leak of a call each is more."""
MORE_HANDLES = 8
BETWEEN_DEATHS = 4


@asynccontextmanager
async def a_floor(folder: Path, seed: int) -> AsyncIterator[tuple[RealHouse, Floor]]:
    """A house as a user starts it, with everybody at work."""
    real = RealHouse(folder)
    await real.start()
    floor = Floor(real, random.Random(seed))
    try:
        await floor.open()
        yield real, floor
    finally:
        await floor.close()
        await real.stop()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process holds of the machine."""

    kilobytes: int
    handles: int

    @classmethod
    def by(cls, pid: int | None) -> "Taken":
        """By this process, now."""
        assert pid is not None
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        return cls(int(status["VmRSS"].split()[0]), len(list(Path(f"/proc/{pid}/fd").iterdir())))


def taken(real: RealHouse) -> dict[str, Taken]:
    """By the process that serves, and by the switch."""
    return {"serving": Taken.by(real.serving_pid()), "switch": Taken.by(real.switch_pid())}


@pytest.mark.feature("Z3")
async def test_hundreds_of_calls_leave_nothing_behind_and_take_no_more_of_the_machine(tmp_path: Path) -> None:
    async with a_floor(tmp_path, seed=1) as (real, floor):
        olga = await real.door("olga")
        await floor.customers(WARM)
        await nothing_is_left(real.settings)
        warm = taken(real)
        await floor.customers(MANY)
        await nothing_is_left(real.settings)
        after = taken(real)
        for process, most in MOST_GROWTH.items():
            assert after[process].kilobytes - warm[process].kilobytes < most, (process, warm, after)
            assert after[process].handles - warm[process].handles < MORE_HANDLES, (process, warm, after)
        calls = await the_books_close(olga)
        assert len(calls) == WARM + MANY
        assert floor.outcomes["refused"] == floor.outcomes["was not served"] == 0
        served = sum(call["disposition"] == "served" for call in calls)
        assert served > (WARM + MANY) / 2
        assert floor.talks <= served <= floor.talks + floor.outcomes["left while waiting"]


@pytest.mark.feature("Z3")
async def test_calls_go_on_however_often_everything_but_the_switch_is_killed(tmp_path: Path) -> None:
    async with a_floor(tmp_path, seed=2) as (real, floor):
        enough = asyncio.Event()
        killing = asyncio.create_task(kills(real, floor, random.Random(3), enough))
        await floor.customers(70)
        enough.set()
        deaths = await killing
        await nothing_is_left(real.settings, within=90)
        calls = await the_books_close(await real.door("olga"))
        assert len(deaths) >= 8
        assert {"serving", "up"} == set(deaths)
        assert len(calls) == 70 - floor.outcomes["refused"]
        assert floor.outcomes["refused"] <= 2
        served = sum(call["disposition"] == "served" for call in calls)
        assert served > 35
        assert floor.talks <= served <= floor.talks + floor.outcomes["left while waiting"]


async def kills(real: RealHouse, floor: Floor, chance: random.Random, enough: asyncio.Event) -> list[str]:
    """kill -9 at random moments of a house that is up, until it is enough; returns who died, in order.

    A few customers get through between two deaths, however slow the machine is.
    """
    deaths: list[str] = []
    while not enough.is_set():
        await real.ready()
        done = floor.outcomes.total()
        while not enough.is_set() and floor.outcomes.total() < done + BETWEEN_DEATHS:
            await asyncio.sleep(0.1)
        with suppress(TimeoutError):
            async with asyncio.timeout(chance.uniform(0, 5)):
                await enough.wait()
        if chance.random() < 0.3:
            await real.kill_up()
            await real.start()
            deaths.append("up")
        elif real.serving_pid() is not None:
            real.kill_serving()
            deaths.append("serving")
    await real.ready()
    return deaths
