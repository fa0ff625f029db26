"""Does what is due: at least once, so that each job must be one that may be done twice."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from switchroom.storage.agenda import AgendaRows, Due, again, done
from switchroom.storage.ledger import Change, Ledger

log = structlog.get_logger()

T = TypeVar("T")
Job = Callable[[Due], Awaitable[None]]
LOOK_AT_LEAST_EVERY = timedelta(minutes=1)
"""Due moments are the wall clock's, which may jump."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=1), timedelta(hours=1)


class NotYet(Exception):
    """The job can't be done now and is to be tried again."""


class Agenda:
    """The jobs of one house."""

    def __init__(
        self, rows: AgendaRows, ledger: Ledger, wall: Callable[[], datetime], jobs: Mapping[str, Job], *,
        inline: bool = False,
    ) -> None:  # fmt: skip
        """`inline` reads without a thread: for virtual time."""
        self._rows, self._ledger, self._wall, self._jobs = rows, ledger, wall, jobs
        self._inline = inline
        self._added = asyncio.Event()

    def wake(self) -> None:
        """Something was put on the agenda."""
        self._added.set()

    async def run(self) -> None:
        """Do what is due, for ever."""
        while True:
            self._added.clear()
            while jobs := await self._read(self._rows.due, self._wall()):
                for job in jobs:
                    await self._do(job)
            await self._rest()

    async def _rest(self) -> None:
        soonest = await self._read(self._rows.next_due)
        pause = LOOK_AT_LEAST_EVERY
        if soonest is not None:
            pause = min(pause, max(timedelta(milliseconds=10), soonest - self._wall()))
        try:
            async with asyncio.timeout(pause.total_seconds()):
                await self._added.wait()
        except TimeoutError:
            return

    async def _read(self, read: Callable[..., T], *given: object) -> T:
        return read(*given) if self._inline else await asyncio.to_thread(read, *given)

    async def _do(self, job: Due) -> None:
        now = self._wall()
        try:
            await self._jobs[job.kind](job)
        except Exception as why:  # noqa: BLE001  # whatever it is, the other jobs go on and this one is tried again
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(job.tries, 20))
            if not isinstance(why, NotYet):
                log.warning("a job failed", job=job.id, tries=job.tries + 1, why=repr(why))
            await self._ledger.save(Change(at=now, also=(again(job, now + pause, repr(why)),)))
        else:
            await self._ledger.save(Change(at=now, also=(done(job.id),)))
