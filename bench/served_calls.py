"""The highest rate of served calls against Asterisk's own app_queue: `python -m bench.served_calls [rounds]`.

Answer, play, queue, ring, bridge, hang up: on one private Asterisk, with the same SIPp, the same trunk, the same
operators. Our side is the whole house with everything saved; the other one is three lines of dialplan. A rate is held
if nearly everybody is served without delay for a quarter of a minute. Each rate is tried on a switch just started.
Aim: 1.2 times the rate of app_queue.
"""

import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import uvloop

from bench.sipp import CUSTOMERS, OPERATORS, Placed, Sipp
from switchroom import house
from switchroom.cli.processes import collect_garbage_seldom
from switchroom.domain.configured import Configured, ThingKind
from switchroom.domain.devices import Device
from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.identity import UserId
from switchroom.domain.operators import Status
from switchroom.domain.people import Secret
from switchroom.domain.prompts import Prompt
from switchroom.domain.publishing import Put, SetPassword
from switchroom.domain.queues import Queue
from switchroom.domain.routes import Route
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.domain.users import User
from switchroom.settings import Settings
from tests.company import NOON

CACHE = Path(__file__).parents[1] / ".cache"
AIM, SHARE, LATE = 1.2, 0.99, 1.0
"""A rate is held if this share of the customers is through at most so many seconds later than on an idle switch."""
SECONDS, TALK, STAFF = 15, 1.0, 250
LEAST, MOST, STEP = 20.0, 320.0, 1.05
OURS, THEIRS = "100", "200"
"""What the customers dial."""
_PHONES = 5070
_NOWHERE = "192.0.2.1"
"""Of nobody (RFC 5737): a trunk on the loop-back is refused, so the customers' address is added by hand."""
_TICKS = os.sysconf("SC_CLK_TCK")
_STAFF = tuple(f"op{n:03d}" for n in range(STAFF))


def furniture() -> Iterator[tuple[ThingKind, Configured]]:
    """One queue with everybody in it; without recording, as app_queue does without."""
    for key in _STAFF:
        yield ThingKind.USER, User(id=key, name=key)
        yield ThingKind.DEVICE, Device(id=key, user=key)
    yield ThingKind.TRUNK, Trunk(
        id="carrier", title="Carrier", kind=TrunkKind.BY_ADDRESS, host=_NOWHERE, most_channels=10_000
    )
    yield ThingKind.PROMPT, Prompt(id="beep", title="Beep", builtin="beep")
    yield ThingKind.QUEUE, Queue(
        id="service", title="Service", operators=_STAFF, record=False, most_waiting=10_000,
        ring_for=timedelta(seconds=15),
    )  # fmt: skip
    nodes = {
        "answer": Node(kind="answer", exits={"done": "play"}),
        "play": Node(kind="play", params={"prompts": ["beep"]}, exits={"done": "queue"}),
        "queue": Node(kind="queue", params={"queue": "service"}, exits=dict.fromkeys(
            ("served", "waited_too_long", "refused"), "end")),
        "end": Node(kind="hang_up"),
    }  # fmt: skip
    yield ThingKind.SCENARIO, ScenarioVersion(id="main", title="Main", graph=Graph(start="answer", nodes=nodes))
    yield ThingKind.ROUTE, Route(id="main", title="Main", target=Target(kind=TargetKind.SCENARIO, key="main"))


def local_files() -> dict[str, str]:
    """What the same Asterisk needs besides: the phones' fixed address, and the queue of its own."""
    members = "".join(f"member => PJSIP/{key},0,{key}\n" for key in _STAFF)
    return {
        "local-pjsip.conf": f"[carrier](+type=identify)\nmatch = {CUSTOMERS}\n"
        "[carrier](+type=aor)\nqualify_frequency = 0\n" + "".join(
            f"[{key}](+type=aor)\ncontact = sip:{key}@{OPERATORS}:{_PHONES}\nqualify_frequency = 0\n" for key in _STAFF
        ),
        "local-extensions.conf": f"[from-trunk](+)\nexten => {THEIRS},1,Answer()\n same => n,Playback(beep)\n"
        " same => n,Queue(bench)\n same => n,Hangup()\n",
        "queues.conf": "[general]\npersistentmembers = no\nautofill = yes\n[bench]\nstrategy = leastrecent\n"
        f"ringinuse = no\ntimeout = 15\nretry = 1\nwrapuptime = 0\nmusicclass = default\n{members}",
    }


class Folder:
    """A furnished house on the disk, and its switch."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data=folder, cache=CACHE, listen="127.0.0.1:0")
        with house.open_ground(self.settings) as ground:
            wishes = [Put(kind, body) for kind, body in furniture()]
            passwords = [SetPassword(ThingKind.DEVICE, key, Secret(f"of-{key}")) for key in _STAFF]
            ground.store.publish([*wishes, *passwords], "bench", NOON)

    @asynccontextmanager
    async def switch(self) -> AsyncIterator[int]:
        """The switch, running; gives its process."""
        keeper = house.keeper_of(self.settings, house.fetch_switch(self.settings))
        for name, text in local_files().items():
            (self.settings.data / "switch" / "etc" / name).write_text(text)
        await keeper.up()
        try:
            yield keeper.pid or 0
        finally:
            await keeper.stop()

    @property
    def server(self) -> str:
        """Where customers call."""
        return f"127.0.0.1:{house.sip_port(self.settings)}"


class Side(Protocol):
    """Who serves the calls."""

    name: str
    number: str

    def serving(self, folder: Folder) -> AbstractAsyncContextManager[None]:
        """At work, on a switch that runs."""


class Ours:
    """The whole house, with everybody signed in."""

    name, number = "ours", OURS

    @asynccontextmanager
    async def serving(self, folder: Folder) -> AsyncIterator[None]:
        """In this process."""
        built = house.build(folder.settings)
        engine = built.rooms.engine
        try:
            async with asyncio.TaskGroup() as tasks:
                running = tasks.create_task(built.run())
                await _until(lambda: all(built.rooms.ready().values()))
                await engine.tell(*(OperatorSignedIn(operator=UserId(k), by=UserId(k)) for k in _STAFF))
                await _until(lambda: all(o.status is Status.READY for o in engine.desk.operators.values()))
                yield
                await _until(lambda: not engine.living())
                running.cancel()
        finally:
            await built.close()


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110  # what is watched has no event
            await asyncio.sleep(0.05)


class AppQueue:
    """Asterisk alone."""

    name, number = "app_queue", THEIRS

    @asynccontextmanager
    async def serving(self, folder: Folder) -> AsyncIterator[None]:
        """Nothing is to be started."""
        yield


@dataclass(frozen=True, slots=True)
class Tried:
    """How a rate went; processor time in shares of one core."""

    rate: float
    placed: Placed
    asterisk: float
    python: float

    @property
    def late(self) -> float:
        """How long it took beyond what is said and played, at the border of those who count."""
        return self.placed.lasted_at(SHARE) - TALK

    def __str__(self) -> str:
        return (f"{self.rate:6.1f}/s  served {self.placed.served}/{self.placed.called}  {SHARE:.0%} within "
                f"{self.late:.2f} s + talk  Asterisk {self.asterisk:4.0%}  Python {self.python:4.0%} of a core")


def processor_time(pid: int) -> float:
    """Of a process, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


async def attempt(side: Side, folder: Folder, sipp: Sipp, rate: float, seconds: float = SECONDS) -> Tried:
    """One rate on a fresh switch."""
    async with folder.switch() as switch, sipp.operators(_PHONES, int(TALK * 1000)), side.serving(folder):
        began, spent, ours = time.monotonic(), processor_time(switch), time.process_time()
        placed = await sipp.customers(folder.server, side.number, rate, round(rate * seconds))
        lasted = time.monotonic() - began
        return Tried(rate, placed, (processor_time(switch) - spent) / lasted, (time.process_time() - ours) / lasted)


async def highest(side: Side, folder: Folder, sipp: Sipp) -> float:
    """The highest rate that is held, within a twentieth."""
    idle = await attempt(side, folder, sipp, 2.0)
    low, high = LEAST, MOST
    while high / low > STEP:
        rate = (low * high) ** 0.5
        tried = await attempt(side, folder, sipp, rate)
        held = tried.late <= idle.late + LATE and tried.placed.served >= SHARE * tried.placed.called
        sys.stdout.write(f"  {side.name:10}{tried}{'' if held else '  not held'}\n")
        low, high = (rate, high) if held else (low, rate)
    return low


async def side_by_side(rounds: int) -> None:
    """Print both sides of each round, and the ratio of the medians."""
    collect_garbage_seldom()
    sipp = Sipp(CACHE / "sipp")
    sides: tuple[Side, ...] = (AppQueue(), Ours())
    rates: dict[str, list[float]] = {side.name: [] for side in sides}
    for _ in range(rounds):
        for side in sides:
            with tempfile.TemporaryDirectory() as made:
                rates[side.name].append(await highest(side, Folder(Path(made)), sipp))
    ours, theirs = (statistics.median(rates[side.name]) for side in reversed(sides))
    sys.stdout.write(f"ours {ours:.0f}/s, app_queue {theirs:.0f}/s, ratio {ours / theirs:.2f} (aim {AIM})\n")


def main() -> None:
    """Measure and print."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, contextlib.suppress(KeyboardInterrupt):
        runner.run(side_by_side(int(sys.argv[1]) if len(sys.argv) > 1 else 1))


if __name__ == "__main__":
    main()
