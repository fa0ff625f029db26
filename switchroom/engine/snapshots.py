"""Answers that many ask for at once: made and encoded once for all of a class, and never older than the question."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

PAUSE, FRESH_FOR = 0.5, 5.0
"""Seconds between two makings; seconds for which one holds while nothing happens (loads and strips go on)."""


@dataclass(slots=True)
class _Kept:
    body: bytes = b""
    version: int = -1
    begun: float = float("-inf")
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)


class Snapshots:
    """`version` grows with whatever happens in the house."""

    def __init__(self, version: Callable[[], int], pause: float = PAUSE) -> None:
        self._version = version
        self._pause = pause
        self._kept: dict[str, _Kept] = {}

    async def of(self, class_: str, make: Callable[[], bytes]) -> bytes:
        """The answer for this class of people. `make` is called at most once a pause, however many ask."""
        kept = self._kept.setdefault(class_, _Kept())
        now = asyncio.get_running_loop().time
        asked = now()
        if self._holds(kept, asked):
            return kept.body
        async with kept.one_at_a_time:
            if kept.begun < asked:  # else it was made while we waited, and after we had asked
                await asyncio.sleep(kept.begun + self._pause - now())
                kept.begun, kept.version = now(), self._version()
                kept.body = make()
            return kept.body

    def _holds(self, kept: _Kept, now: float) -> bool:
        return kept.version == self._version() and now - kept.begun < FRESH_FOR
