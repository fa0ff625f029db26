"""What an operator waits for: `python -m bench.first_paint [runs]`.

A browser that has never been here opens the desk of somebody who is signed in. Counted is every byte that comes over
the wire until the desk can take its first call, and when Chromium painted: first something, then the largest thing.
Aims: 350 KB, 1 s.
"""

import asyncio
import statistics
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.asterisk.real_house import RealHouse
from tests.browser.visitor import Visitor, Visitors, visitors
from tests.browser.wire import MOST_OCTETS, load_desk

RUNS, PAINTED_WITHIN = 9, 1.0
_PAINTS = """() => new Promise((told) => {
  const first = performance.getEntriesByName('first-contentful-paint')[0].startTime;
  new PerformanceObserver((list) => told([first, list.getEntries().at(-1).startTime]))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening of the desk: bytes by kind of file, seconds from the start of the navigation."""

    octets: Counter[str]
    first_paint: float
    largest_paint: float


async def opened(visitor: Visitor) -> Opened:
    """The desk, in a browser that keeps nothing."""
    octets = await load_desk(visitor.page)
    first, largest = await visitor.page.evaluate(_PAINTS)
    return Opened(octets, first / 1000, largest / 1000)


async def measure(runs: int) -> list[Opened]:
    """Each time somebody new, at a browser of their own."""
    with tempfile.TemporaryDirectory() as folder:
        house = RealHouse(Path(folder))
        await house.start()
        try:
            async with visitors(house.settings.address, Path(folder)) as people:
                return [await opened(await _anna(house, people)) for _ in range(runs)]
        finally:
            await house.stop()


async def _anna(house: RealHouse, people: Visitors) -> Visitor:
    visitor = await people.come(locale="ru-RU", viewport={"width": 1280, "height": 800})
    await visitor.sign_in("anna", house.password("anna"))
    return visitor


def main() -> None:
    """Measure and print."""
    runs = asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
    kinds = sorted(runs[-1].octets.items(), key=lambda one: -one[1])
    together = sum(runs[-1].octets.values())
    first = statistics.median(run.first_paint for run in runs)
    largest = statistics.median(run.largest_paint for run in runs)
    lines = [f"{kind:16}{octets / 1000:9.1f} KB" for kind, octets in kinds]
    lines.append(f"{'together':16}{together / 1000:9.1f} KB   aim: at most {MOST_OCTETS / 1000:.0f} KB")
    lines.append(f"{'first paint':16}{first:9.2f} s    slowest {max(run.first_paint for run in runs):.2f} s")
    lines.append(f"{'largest paint':16}{largest:9.2f} s    slowest {max(run.largest_paint for run in runs):.2f} s")
    lines.append(f"{len(runs)} runs, medians; aim: first paint within {PAINTED_WITHIN:.0f} s")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(together > MOST_OCTETS or first > PAINTED_WITHIN)


if __name__ == "__main__":
    main()
