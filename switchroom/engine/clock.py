"""Two times: the wall's, which people read and which may jump; and the steady one, by which deadlines run."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _utc() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Steady time goes on from `began` by the loop's monotonic clock; the wall is asked each time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, began: datetime, wall: Callable[[], datetime] = _utc) -> None:
        self._loop = loop
        self._began = began
        self._zero = loop.time()
        self.wall = wall

    def now(self) -> datetime:
        """Steady time, as a moment in UTC."""
        return self._began + timedelta(seconds=self._loop.time() - self._zero)

    def seconds_until(self, moment: datetime) -> float:
        """How long to wait; 0 if it has come."""
        return max(0.0, (moment - self.now()).total_seconds())
