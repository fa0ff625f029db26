"""Many talks at once with sound, ours beside Asterisk's own app_queue: `python -m bench.media_load [calls] [seconds]`.

The same SIPp, the same switch, the same sound on both sides, one after the other; by default 200 calls that talk for
five minutes. Packets are counted where customers and operators are: what one end sent, the other should have heard.
"""

import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.served_calls import CACHE, AppQueue, Folder, Ours, Side, processor_time
from bench.sipp import CUSTOMERS, OPERATORS, SOUND_PORT, Placed, Sipp
from switchroom.cli.processes import collect_garbage_seldom

CALLS, SECONDS = 200, 300.0
_RATE, _SETTLE, _MARGIN = 10.0, 3.0, 20.0
_PHONES = 5070
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Carried:
    """What went through one side while all talked; processor time in shares of one core."""

    side: str
    talks: int
    placed: Placed
    sent: int
    came: int
    asterisk: float
    python: float

    @property
    def lost(self) -> float:
        """The share of the packets that did not come to the other end."""
        return max(0.0, 1 - self.came / self.sent) if self.sent else 1.0

    def __str__(self) -> str:
        return (f"{self.side:10}{self.talks} talks, {self.placed.served}/{self.placed.called} served; packets sent "
                f"{self.sent}, came {self.came}, lost {self.lost:.4%}; Asterisk {self.asterisk:4.0%}, "
                f"Python {self.python:4.0%} of a core")


class Pump:
    """The process that sends and counts the sound."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def counts(self) -> Counts:
        """Of each address, so far."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"\n")
        counts: Counts = json.loads(await self._process.stdout.readline())
        return counts

    async def all_talk(self, calls: int) -> None:
        """Returns once both ends of all calls hear something. Raises: TimeoutError."""
        async with asyncio.timeout(calls / _RATE + 30):
            while min(count["hear"] for count in (await self.counts()).values()) < calls:  # noqa: ASYNC110  # no event
                await asyncio.sleep(0.2)


@asynccontextmanager
async def pumping(calls: int) -> AsyncIterator[Pump]:
    """Sound for so many calls."""
    words = ["-m", "bench.pump", str(calls), str(SOUND_PORT), CUSTOMERS, OPERATORS]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=Path(__file__).parents[1], stdin=pipe, stdout=pipe
    )
    try:
        yield Pump(process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def carry(side: Side, folder: Folder, sipp: Sipp, calls: int, seconds: float) -> Carried:
    """So many talks at once for so long, on a fresh switch."""
    talk = calls / _RATE + seconds + _MARGIN
    async with (
        folder.switch() as switch, sipp.operators(_PHONES, int(talk * 1000)), side.serving(folder),
        pumping(calls) as pump, asyncio.TaskGroup() as group,
    ):  # fmt: skip
        placing = group.create_task(sipp.customers(folder.server, side.number, _RATE, calls, talk))
        await pump.all_talk(calls)
        await asyncio.sleep(_SETTLE)
        spent, before = _spending(switch), await pump.counts()
        await asyncio.sleep(seconds)
        after, (asterisk, python) = await pump.counts(), spent()
        placed = await placing
    sent, came = _between(before, after)
    return Carried(side.name, after[CUSTOMERS]["hear"], placed, sent, came, asterisk, python)


def _spending(switch: int) -> Callable[[], tuple[float, float]]:
    """Begin to count processor time; the answer is the shares since then of the switch and of ourselves."""
    began, theirs, ours = time.monotonic(), processor_time(switch), time.process_time()

    def shares() -> tuple[float, float]:
        lasted = time.monotonic() - began
        return (processor_time(switch) - theirs) / lasted, (time.process_time() - ours) / lasted

    return shares


def _between(before: Counts, after: Counts) -> tuple[int, int]:
    """How many packets were sent and came, both ways together."""
    change = {what: sum(after[end][what] - before[end][what] for end in after) for what in ("sent", "came")}
    return change["sent"], change["came"]


async def side_by_side(calls: int, seconds: float) -> tuple[Carried, Carried]:
    """Ours and app_queue's."""
    sipp, carried = Sipp(CACHE / "sipp"), []
    for side in (Ours(), AppQueue()):
        with tempfile.TemporaryDirectory() as made:
            carried.append(await carry(side, Folder(Path(made)), sipp, calls, seconds))
    return carried[0], carried[1]


def run(calls: int, seconds: float) -> tuple[Carried, Carried]:
    """The same, in a loop as `serve` has it."""
    collect_garbage_seldom()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(side_by_side(calls, seconds))


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else CALLS
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    ours, bare = run(calls, seconds)
    times = (ours.asterisk + ours.python) / bare.asterisk
    sys.stdout.write(f"{ours}\n{bare}\nprocessor time, all of ours to all of bare: {times:.2f}\n")


if __name__ == "__main__":
    main()
