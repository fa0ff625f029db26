"""Facts to whoever listens: encoded once, numbered, resumable; who is too slow must look at everything anew."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from switchroom.domain.facts.every import Kept
from switchroom.domain.shapes import dump

REMEMBERED = 10_000
_MOST_BEHIND = 1_000


class TooSlow(Exception):
    """The listener did not keep up, or was away for too long: it needs a fresh snapshot."""


@dataclass(frozen=True, slots=True)
class Told:
    """A kept fact, and its one encoding."""

    kept: Kept
    text: str


@dataclass(slots=True, eq=False)
class _Listener:
    wanted: Callable[[Kept], bool]
    queue: "asyncio.Queue[Told | None]" = field(default_factory=lambda: asyncio.Queue(_MOST_BEHIND))
    dropped: bool = False


class Feed:
    """One per house. Facts hold no personal values, so one encoding serves all."""

    def __init__(self) -> None:
        self._recent: deque[Told] = deque(maxlen=REMEMBERED)
        self._listeners: set[_Listener] = set()
        self._news = asyncio.Event()
        self.last = 0
        """The number of the newest fact that was told."""

    def tell(self, kept: Sequence[Kept]) -> None:
        """Facts that are on disk."""
        for one in kept:
            told = Told(one, dump(one).decode())
            self._recent.append(told)
            for listener in self._listeners:
                _hand(listener, told)
        if kept:
            self.last = kept[-1].seq
            self._news.set()
            self._news = asyncio.Event()

    async def beyond(self, seq: int) -> None:
        """Returns once a later fact was told."""
        if self.last <= seq:
            await self._news.wait()

    async def listen(self, after: int | None, wanted: Callable[[Kept], bool]) -> AsyncIterator[Told]:
        """What is told from now on; with `after`, also what was told since that number.

        Raises: TooSlow.
        """
        listener = _Listener(wanted)
        missed = self._missed(after, wanted)
        self._listeners.add(listener)
        try:
            for told in missed:
                yield told
            while (next_ := await listener.queue.get()) is not None:
                yield next_
            raise TooSlow
        finally:
            self._listeners.discard(listener)

    def _missed(self, after: int | None, wanted: Callable[[Kept], bool]) -> list[Told]:
        if after is None:
            return []
        if not self._recent or self._recent[0].kept.seq > after + 1:
            raise TooSlow
        return [told for told in self._recent if told.kept.seq > after and wanted(told.kept)]


def _hand(listener: _Listener, told: Told) -> None:
    if listener.dropped or not listener.wanted(told.kept):
        return
    if listener.queue.qsize() >= _MOST_BEHIND - 1:
        listener.dropped = True
        listener.queue.put_nowait(None)
        return
    listener.queue.put_nowait(told)
