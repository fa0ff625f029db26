"""What fifty open desks cost while nobody calls: `python -m bench.idle_desks [desks] [seconds]`.

Each desk is what a page is to us: a phone that registers over our WebSocket, the feed, and a look at the desk every
15 s. Our process and Asterisk are measured beside the same house with nobody in it. Aim: 10 % of a core for all.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil
from websockets.asyncio.client import connect

from switchroom import house
from switchroom.domain.identity import UserId
from switchroom.storage.sessions import Sessions
from tests.asterisk.page import Page, page_of
from tests.asterisk.real_house import Door, RealHouse

DESKS, SECONDS, AIM = 50, 60.0, 0.10
_LOOKS_EVERY, _REGISTERS_EVERY = 15.0, 55.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Shares of a core, and megabytes."""

    ours: float
    switch: float
    memory: float


async def cost_over(real: RealHouse, seconds: float) -> Cost:
    """Of what serves and of Asterisk, while so much time passes."""
    pids = real.serving_pid(), real.switch_pid()
    assert all(pids)
    ours, switch = (psutil.Process(pid) for pid in pids)
    before, began = [_worked(ours), _worked(switch)], time.monotonic()
    await asyncio.sleep(seconds)
    passed = time.monotonic() - began
    shares = [(now - then) / passed for now, then in zip((_worked(ours), _worked(switch)), before, strict=True)]
    memory = (ours.memory_info().rss + switch.memory_info().rss) / 1e6
    return Cost(shares[0], shares[1], memory)


def _worked(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def hire(real: RealHouse, desks: int) -> list[str]:
    """So many operators of one queue."""
    admin = await real.door("admin")
    keys = [f"op{n:03d}" for n in range(desks)]
    queue = await admin.get("queues/service")
    changes = [
        *({"kind": "user", "key": key, "thing": {"id": key, "name": key, "roles": ["operator"]}} for key in keys),
        {"kind": "queue", "key": "service", "thing": {**queue["thing"], "operators": keys},
         "based_on": queue["version"]},
    ]  # fmt: skip
    await admin.do("POST", "publications", {"changes": changes})
    return keys


def admit(real: RealHouse, user: str) -> Door:
    """Signed in without the tenth of a second that checking a password takes on purpose."""
    with house.open_ground(real.settings) as ground:
        cookie, session = Sessions(ground.database).begin(UserId(user), datetime.now(UTC))
    client = httpx.AsyncClient(base_url=real.settings.address, timeout=20, cookies={"switchroom": cookie})
    client.headers["X-CSRF-Token"] = session.csrf
    return Door(client, user)


@asynccontextmanager
async def a_desk(real: RealHouse, user: str, number: int) -> AsyncIterator[None]:
    """One operator at work, with nothing to do."""
    door = admit(real, user)
    base = real.settings.address
    headers = {"Cookie": f"switchroom={door.client.cookies['switchroom']}", "Origin": base}
    async with (
        door.client,
        page_of(door, f"desk-of-{user}") as page,
        connect(base.replace("http", "ws") + "/api/feed", additional_headers=headers),
        asyncio.TaskGroup() as habits,
    ):
        await page.ask("REGISTER", f"web.{user}", expires="60")
        await door.do("POST", f"operators/{user}/sign-in")
        started = [habits.create_task(_registers(page, user, number)), habits.create_task(_looks(door, number))]
        yield
        for task in started:
            task.cancel()


async def _registers(page: Page, user: str, number: int) -> None:
    await asyncio.sleep(number % _REGISTERS_EVERY)
    while True:
        await page.ask("REGISTER", f"web.{user}", expires="60")
        await asyncio.sleep(_REGISTERS_EVERY)


async def _looks(door: Door, number: int) -> None:
    await asyncio.sleep(number % _LOOKS_EVERY)
    while True:
        await door.get("desk")
        await asyncio.sleep(_LOOKS_EVERY)


async def measure(desks: int, seconds: float) -> tuple[Cost, Cost]:
    """The empty house, and the same house with everybody at their desks."""
    with tempfile.TemporaryDirectory() as folder:
        real = RealHouse(Path(folder))
        await real.start()
        try:
            keys = await hire(real, desks)
            await asyncio.sleep(5)
            empty = await cost_over(real, seconds)
            async with AsyncExitStack() as stack:
                for number, key in enumerate(keys):
                    await stack.enter_async_context(a_desk(real, key, number))
                await asyncio.sleep(5)
                return empty, await cost_over(real, seconds)
        finally:
            await real.stop()


def main() -> None:
    """Measure and print."""
    desks = int(sys.argv[1]) if len(sys.argv) > 1 else DESKS
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    empty, full = asyncio.run(measure(desks, seconds))
    rows = (("our process", empty.ours, full.ours), ("Asterisk", empty.switch, full.switch))
    lines = [f"{'% of a core':16}{'nobody':>9}{f'{desks} desks':>10}{'ratio':>8}"]
    lines += [f"{name:16}{a:9.1%}{b:10.1%}{b / a if a else float('nan'):8.1f}" for name, a, b in rows]
    together = full.ours + full.switch
    lines.append(f"{'together':16}{empty.ours + empty.switch:9.1%}{together:10.1%}   aim: at most {AIM:.0%}")
    lines.append(f"{'memory, MB':16}{empty.memory:9.0f}{full.memory:10.0f}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(together > AIM)


if __name__ == "__main__":
    main()
