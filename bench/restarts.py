"""How soon we act again after a death: `python -m bench.restarts [times]`.

kill -9 of the process that serves, of `up` with all that hangs on it, and of Asterisk, in a house as a user starts it,
until it says that calls can be taken; beside it what a bare interpreter needs to load the program. Aims: 5 s, and 10 s
for Asterisk.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from switchroom.cli.processes import Patience
from tests.asterisk.real_house import RealHouse
from tests.asterisk.test_killed import everything, serving

TIMES = 5
QUIET = Patience().grown_up + 2
"""Seconds between two deaths: `up` waits longer each time with a child that dies young."""


async def the_switch(real: RealHouse) -> None:
    """Asterisk dies; `up` starts another, and it is found."""
    dead = real.switch_pid()
    real.kill_switch()
    await real.is_so(lambda: real.switch_pid() not in (None, dead))
    await real.ready()


DEATHS: dict[str, tuple[Callable[[RealHouse], Awaitable[None]], float]] = {
    "what serves": (serving, 5.0), "up": (everything, 5.0), "Asterisk": (the_switch, 10.0),
}  # fmt: skip


def loading() -> float:
    """Seconds in which a bare interpreter loads the whole program."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import switchroom.house, switchroom.api.app"], check=True)
    return time.monotonic() - began


async def main(times: int) -> None:
    """Print, for each death, the median and the slowest, beside the aim and beside bare loading."""
    bare = median(loading() for _ in range(3))
    sys.stdout.write(f"a bare interpreter loads the program in {bare:.1f} s\n")
    with tempfile.TemporaryDirectory() as folder:
        real = RealHouse(Path(folder))
        await real.start()
        try:
            for name, (dies, aim) in DEATHS.items():
                took = [await _timed(real, dies) for _ in range(times)]
                middle = median(took)
                sys.stdout.write(
                    f"{name}: median {middle:.1f} s, slowest {max(took):.1f} s; {middle / aim:.2f} of the aim "
                    f"({aim:.0f} s), {middle / bare:.1f} times bare loading\n"
                )
        finally:
            await real.stop()


async def _timed(real: RealHouse, dies: Callable[[RealHouse], Awaitable[None]]) -> float:
    await asyncio.sleep(QUIET)
    began = time.monotonic()
    await dies(real)
    return time.monotonic() - began


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES))
