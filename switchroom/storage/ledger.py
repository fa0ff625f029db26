"""The ledger: facts and states, written in order by one thread, many changes in one commit.

Whoever takes the house over raises the epoch; from then on the one before can save nothing more.
"""

import asyncio
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from typing import Self

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from switchroom.domain.facts.every import Fact, Kept, story_of_fact
from switchroom.domain.identity import StoryId
from switchroom.domain.lifting import read_story
from switchroom.domain.operators import Operator
from switchroom.domain.people import Party
from switchroom.domain.shapes import Value, dump, load
from switchroom.domain.stories import StoryState
from switchroom.domain.traces import Heard
from switchroom.storage.prepared import Prepared
from switchroom.storage.tables import FACTS, LEASE, OPERATORS, PARTIES, STORIES
from switchroom.storage.upsert import upsert

MOST_IN_ONE_COMMIT = 500
_FEW, _GATHERING = 20, 0.002
"""In a busy house whoever comes in these seconds shares a commit: each costs as much as several changes."""
_ONLY = 1

_HELD = Prepared(update(LEASE).values(seen=LEASE.c.seen).where(LEASE.c.epoch == bindparam("ours")))
"""A write, so that from here to the end of the transaction nobody can take the house over."""
_NEW_FACTS = Prepared(insert(FACTS), [column.name for column in FACTS.columns])
_STORY_OVER = Prepared(STORIES.delete().where(STORIES.c.id == bindparam("over")))

_ALIVE = Prepared(update(LEASE).values(seen=bindparam("now"), steady_behind=bindparam("behind")))

Write = Callable[[Connection], None]
"""What another room of the storage writes in the same transaction; called in the writer's thread, once per try."""


class Together(ABC):
    """A `Write` that is cheaper done at once for all changes of a commit. Done before the writes that stand alone."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def write_all(cls, connection: Connection, ones: Sequence[Self]) -> None:
        """Write them all, in their order."""

    def __call__(self, connection: Connection) -> None:
        """Write this one alone."""
        self.write_all(connection, [self])


class TakenOver(Exception):
    """Another engine has taken the house over: this one must stop."""


class Change(Value, frozen=True, kw_only=True):
    """What is saved together, or not at all.

    A state that is `over` takes its row away, unless acts of it are still to be done: then its story is to be among
    `forget` later. Facts stay.
    """

    at: datetime
    facts: tuple[Fact, ...] = ()
    states: tuple[StoryState, ...] = ()
    operators: tuple[Operator, ...] = ()
    parties: tuple[Party, ...] = ()
    heard: tuple[Heard, ...] = ()
    """What the states decided on; whoever keeps traces writes it."""
    forget: tuple[StoryId, ...] = ()
    also: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class _Waiting:
    change: Change
    saved: "asyncio.Future[tuple[Kept, ...]]"


@dataclass(slots=True)
class _Batch:
    """Rows of many changes; of two states of one thing only the later is written."""

    facts: list[dict[str, object]]
    stories: dict[str, dict[str, object] | None]
    operators: dict[str, dict[str, object]]
    parties: dict[str, dict[str, object]]


class Ledger:
    """The ledger of one house. `open` takes the house over; `close` ends the writer."""

    def __init__(self, engine: Engine, owner: str, *, inline: bool = False) -> None:
        """`inline` writes at once and without a thread: for virtual time, which must not jump over a save."""
        self._engine = engine
        self._owner = owner
        self._inline = inline
        driver = engine.dialect.loaded_dbapi
        self._everybodys_trouble = (
            TakenOver, OperationalError, InterfaceError, driver.OperationalError, driver.InterfaceError
        )
        """What no change is to blame for: the next one would fail alike."""
        self._asked: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._pen: Connection | None = None
        """Of whoever writes, kept open: taking one from the pool costs a quarter of a save."""
        self._seq = 0
        self.epoch = 0
        self.found_behind = timedelta(0)
        """How far the wall clock was ahead of the steady time of whoever had the house before."""
        self.last_seen: datetime | None = None
        """When they were last heard of."""

    async def open(self, now: datetime) -> None:
        """Take the house over: from now on only we can save."""
        if self._inline:
            self._take_over(now)
            return
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self._take_over, now)
        self._writer = threading.Thread(target=self._write, args=(loop,), name="ledger", daemon=True)
        self._writer.start()

    async def renew(self, now: datetime, behind: timedelta, forget: tuple[StoryId, ...] = ()) -> None:
        """Say that we are alive, and how far the wall clock is ahead of our steady time. Raises: TakenOver."""
        await self.save(Change(at=now, forget=forget, also=(_seen(now, behind),)))

    async def close(self) -> None:
        """Write what was asked for, and end."""
        if self._writer is not None:
            self._asked.put(None)
            await asyncio.get_running_loop().run_in_executor(None, self._writer.join)
            self._writer = None
        else:
            self._put_down()

    async def save(self, change: Change) -> tuple[Kept, ...]:
        """Return once the change is on disk, with its facts as they were kept.

        Raises: TakenOver; the database's own error if it cannot write.
        """
        if self._inline:
            return self._commit([change])[0]
        saved: asyncio.Future[tuple[Kept, ...]] = asyncio.get_running_loop().create_future()
        self._asked.put(_Waiting(change, saved))
        return await saved

    def living(self) -> list[StoryState]:
        """All stories that are not over, or whose last acts may not have been done; oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(STORIES.c.body).order_by(STORIES.c.id)).scalars()
            return [read_story(body) for body in rows]

    def operators(self) -> list[Operator]:
        """Everybody's derived state as it was last saved."""
        with self._engine.connect() as connection:
            return [load(body, Operator) for body in connection.execute(select(OPERATORS.c.body)).scalars()]

    def facts_of(self, story: StoryId) -> list[Kept]:
        """A story, told."""
        with self._engine.connect() as connection:
            chosen = select(FACTS).where(FACTS.c.story == story).order_by(FACTS.c.seq)
            return [_kept(*row) for row in connection.execute(chosen)]

    def facts_since(self, seq: int, most: int = 1000) -> list[Kept]:
        """Facts of the whole house after this number."""
        with self._engine.connect() as connection:
            chosen = select(FACTS).where(FACTS.c.seq > seq).order_by(FACTS.c.seq).limit(most)
            return [_kept(*row) for row in connection.execute(chosen)]

    def facts_from(self, moment: datetime, most: int = 20_000) -> list[Kept]:
        """Facts of the whole house kept from this moment on, in their order; of too many only the latest."""
        found: list[Kept] = []
        with self._engine.connect() as connection:
            for row in connection.execute(select(FACTS).order_by(FACTS.c.seq.desc()).limit(most)).yield_per(500):
                if row.at < moment.timestamp():
                    break
                found.append(_kept(*row))
        return found[::-1]

    def party(self, party: str) -> Party | None:
        """The personal values that a fact points to, unless they were erased."""
        with self._engine.connect() as connection:
            row = connection.execute(select(PARTIES).where(PARTIES.c.id == party)).one_or_none()
            return None if row is None else Party(id=row.id, number=row.number, name=row.name)

    # ---- in the writer's thread

    def _take_over(self, now: datetime) -> None:
        with self._engine.begin() as connection:
            held = connection.execute(select(LEASE).with_for_update()).one_or_none()
            if held is None:
                values = {"owner": self._owner, "seen": now.timestamp(), "steady_behind": 0.0}
                connection.execute(insert(LEASE).values(id=_ONLY, epoch=1, **values))
            else:
                connection.execute(update(LEASE).values(epoch=held.epoch + 1, owner=self._owner, seen=now.timestamp()))
                self.found_behind = timedelta(seconds=held.steady_behind)
                self.last_seen = datetime.fromtimestamp(held.seen, UTC)
            self.epoch = 1 if held is None else held.epoch + 1
            self._seq = connection.execute(select(func.max(FACTS.c.seq))).scalar_one() or 0

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while batch := list(self._together()):
                self._write_batch(batch, loop)
                if 1 < len(batch) < _FEW:
                    time.sleep(_GATHERING)
        finally:  # here, as whoever closes us may not be there to wait for our end
            self._put_down()

    def _write_batch(self, batch: Sequence[_Waiting], loop: asyncio.AbstractEventLoop) -> None:
        try:
            kept = self._commit([waiting.change for waiting in batch])
        except Exception as trouble:  # noqa: BLE001  # handed to those who wait
            if len(batch) == 1 or isinstance(trouble, self._everybodys_trouble):
                loop.call_soon_threadsafe(_fail, batch, trouble)
                return
            for waiting in batch:  # one change that can't be written must not take the others with it
                self._write_batch([waiting], loop)
        else:
            loop.call_soon_threadsafe(_tell, batch, kept)

    def _together(self) -> Iterator[_Waiting]:
        """Wait for one change, and take what has gathered behind it; nothing once we are to end."""
        waiting = self._asked.get()
        taken = 0
        while waiting is not None:
            yield waiting
            taken += 1
            if taken == MOST_IN_ONE_COMMIT or self._asked.empty():
                return
            waiting = self._asked.get()
            if waiting is None:
                self._asked.put(None)
                return

    def _commit(self, changes: Sequence[Change]) -> list[tuple[Kept, ...]]:
        seq, kept = self._numbered(changes)
        batch = _batch_of(changes, kept)
        connection = self._taken_up()
        with connection.begin():
            self._still_ours(connection)
            _put(connection, batch)
            _write_also(connection, [write for change in changes for write in change.also])
        self._seq = seq
        return kept

    def _taken_up(self) -> Connection:
        """To write with. One that was lost opens itself anew."""
        if self._pen is None:
            self._pen = self._engine.connect()
        return self._pen

    def _put_down(self) -> None:
        if self._pen is not None:
            self._pen.close()
            self._pen = None

    def _numbered(self, changes: Sequence[Change]) -> tuple[int, list[tuple[Kept, ...]]]:
        seq, kept = self._seq, []
        for change in changes:
            numbered = enumerate(change.facts, start=seq + 1)
            kept.append(tuple(Kept(seq=n, at=change.at, story=story_of_fact(fact), fact=fact) for n, fact in numbered))
            seq += len(change.facts)
        return seq, kept

    def _still_ours(self, connection: Connection) -> None:
        if not _HELD.write(connection, [{"ours": self.epoch}]):
            raise TakenOver(f"The house belongs to another engine; this one is of epoch {self.epoch}.")


def _seen(now: datetime, behind: timedelta) -> Write:
    def write(connection: Connection) -> None:
        _ALIVE.write(connection, [{"now": now.timestamp(), "behind": behind.total_seconds()}])

    return write


def _kept(seq: int, at: float, story: str | None, body: bytes) -> Kept:
    fact: Fact = load(body, Fact)
    return Kept(seq=seq, at=datetime.fromtimestamp(at, UTC), story=StoryId(story) if story else None, fact=fact)


def _batch_of(changes: Sequence[Change], kept: Sequence[tuple[Kept, ...]]) -> _Batch:
    batch = _Batch([], {}, {}, {})
    for change, facts in zip(changes, kept, strict=True):
        batch.facts += [{"seq": k.seq, "at": k.at.timestamp(), "story": k.story, "body": dump(k.fact)} for k in facts]
        for state in change.states:
            done = state.over and not state.acts
            row = None if done else {"id": state.id, "over": state.over, "body": dump(state)}
            batch.stories[state.id] = row
        batch.stories |= dict.fromkeys(change.forget)
        batch.operators |= {o.id: {"id": o.id, "body": dump(o)} for o in change.operators}
        batch.parties |= {p.id: {"id": p.id, "number": p.number, "name": p.name} for p in change.parties}
    return batch


def _put(connection: Connection, batch: _Batch) -> None:
    if batch.facts:
        _NEW_FACTS.write(connection, batch.facts)
    upsert(connection, STORIES, [row for row in batch.stories.values() if row is not None])
    upsert(connection, OPERATORS, list(batch.operators.values()))
    upsert(connection, PARTIES, list(batch.parties.values()))
    over = [{"over": key} for key, row in batch.stories.items() if row is None]
    if over:
        _STORY_OVER.write(connection, over)


def _write_also(connection: Connection, writes: Iterable[Write]) -> None:
    together: dict[type[Together], list[Together]] = {}
    alone: list[Write] = []
    for write in writes:
        if isinstance(write, Together):
            together.setdefault(type(write), []).append(write)
        else:
            alone.append(write)
    for kind, ones in together.items():
        kind.write_all(connection, ones)
    for write in alone:
        write(connection)


def _tell(batch: Sequence[_Waiting], kept: Sequence[tuple[Kept, ...]]) -> None:
    for waiting, facts in zip(batch, kept, strict=True):
        if not waiting.saved.done():
            waiting.saved.set_result(facts)


def _fail(batch: Sequence[_Waiting], trouble: Exception) -> None:
    for waiting in batch:
        if not waiting.saved.done():
            waiting.saved.set_exception(trouble)
