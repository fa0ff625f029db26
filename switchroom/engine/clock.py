"""Two times: the wall's, which people read and which may jump; and the steady one, by which deadlines run."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _utc() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Steady time goes on by the loop's monotonic clock; the wall is asked each time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, wall: Callable[[], datetime] = _utc) -> None:
        self._loop = loop
        self.wall = wall
        self.go_on_from(wall())

    def go_on_from(self, moment: datetime) -> None:
        """From now on it is this moment: a house that had jumps of the wall clock behind it keeps its own time."""
        self._began = moment
        self._zero = self._loop.time()

    def now(self) -> datetime:
        """Steady time, as a moment in UTC."""
        return self._began + timedelta(seconds=self._loop.time() - self._zero)

    def behind(self) -> timedelta:
        """How far the wall clock has jumped ahead of steady time; negative if back."""
        return self.wall() - self.now()

    def seconds_until(self, moment: datetime) -> float:
        """How long to wait; 0 if it has come."""
        return max(0.0, (moment - self.now()).total_seconds())
