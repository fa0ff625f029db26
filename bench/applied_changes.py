"""How soon a change of a big configuration holds in the switch: `python -m bench.applied_changes [changes]`.

A real house with 2,000 users, 50 groups, 30 routes each way and 10 trunks. An administrator changes one thing of it
again and again through the API, which answers once the switch has taken the change. Aim: 1 s.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from tests.asterisk.big_company import move_in
from tests.asterisk.real_house import Door, RealHouse

CHANGES, AIM = 10, 1.0
Change = Callable[[Door, int], Coroutine[Any, Any, None]]


async def renames_a_user(admin: Door, n: int) -> None:
    """Of which the switch need not know."""
    await _put(admin, f"users/user{n}", name=f"Renamed {n}")


async def gives_a_phone_another_password(admin: Door, n: int) -> None:
    """The switch reads all phones again."""
    await admin.do("POST", f"devices/user{n}-desk/password", {})


async def changes_a_group(admin: Door, n: int) -> None:
    """The switch reads its static rules again."""
    await _put(admin, f"groups/group{n}", members=[f"user{n}", f"user{n + 1}"])


async def moves_a_trunk(admin: Door, n: int) -> None:
    """The switch reads phones and trunks again."""
    await _put(admin, f"trunks/trunk{n % 10}", host=f"203.0.113.{100 + n}")


async def _put(admin: Door, path: str, **new: Any) -> None:
    thing = (await admin.get(path))["thing"]
    told = await admin.do("PUT", path, {**thing, **new})
    assert told["switch_is_behind"] is False


KINDS: tuple[Change, ...] = (renames_a_user, gives_a_phone_another_password, changes_a_group, moves_a_trunk)


async def measured(changes: int) -> AsyncIterator[tuple[str, list[float]]]:
    """Seconds of each change, kind by kind."""
    with tempfile.TemporaryDirectory() as folder:
        house = RealHouse(Path(folder))
        await house.start()
        try:
            admin = await house.door("admin")
            await move_in(admin)
            for change in KINDS:
                yield change.__name__.replace("_", " "), [await _timed(change, admin, n) for n in range(changes)]
        finally:
            await house.stop()


async def _timed(change: Change, admin: Door, n: int) -> float:
    began = time.perf_counter()
    await change(admin, n)
    return time.perf_counter() - began


async def main() -> None:
    """Measure and print."""
    missed = False
    async for kind, took in measured(int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES):
        median = statistics.median(took)
        missed = missed or median > AIM
        sys.stdout.write(f"{kind:32} median {median * 1000:5.0f} ms   slowest {max(took) * 1000:5.0f} ms\n")
    sys.stdout.write(f"aim: {AIM:.0f} s\n")
    sys.exit(missed)


if __name__ == "__main__":
    asyncio.run(main())
