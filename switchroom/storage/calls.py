"""The history of calls: a row for each, written in the transaction of the facts that it is folded from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    LargeBinary,
    Row,
    Select,
    String,
    Table,
    func,
    or_,
    select,
)

from switchroom.domain import metrics
from switchroom.domain.facts.every import story_of_fact
from switchroom.domain.history import CallSummary, after
from switchroom.domain.identity import StoryId
from switchroom.domain.people import Party
from switchroom.domain.shapes import dump, load
from switchroom.storage.ledger import Change, Together, Write
from switchroom.storage.rollups import gained
from switchroom.storage.tables import METADATA, PARTIES
from switchroom.storage.upsert import upsert

CALLS = Table(
    "calls",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("began", Float, nullable=False),
    Column("ended", Float),
    Column("direction", String(10), nullable=False),
    Column("caller", String(120), nullable=False),
    Column("dialled", String(80), nullable=False),
    Column("user", String(80)),
    Column("queue", String(80)),
    Column("operator", String(80)),
    Column("rung", String(80)),
    Column("disposition", String(40)),
    Column("body", LargeBinary, nullable=False),
    Index(None, "began"),
    Index(None, "queue", "began"),
    Index(None, "operator", "began"),
    Index(None, "ended"),
    Index(None, "caller"),
)
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is looked for; None does not care. `number` is any part of the caller's number or of what was dialled."""

    since: datetime | None = None
    until: datetime | None = None
    number: str | None = None
    queue: str | None = None
    user: str | None = None
    disposition: str | None = None
    direction: str | None = None
    living: bool | None = None
    queues: frozenset[str] | None = None
    """Only calls of these queues, and of no queue: what a scope sees."""


@dataclass(frozen=True, slots=True)
class OfNumber:
    """Calls of somebody outside, but for one; `user` and `queues` as in a Filter."""

    number: str
    but: str = ""
    user: str | None = None
    queues: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A call and the personal values of its party, unless they were erased."""

    call: CallSummary
    caller: Party | None


class CallBook:
    """Keeps the rows of calls that live; one per engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._living: dict[StoryId, CallSummary] = {}

    def open(self) -> None:
        """Take up the rows of calls that live."""
        with self._engine.connect() as connection:
            bodies = connection.execute(select(CALLS.c.body).where(CALLS.c.ended.is_(None))).scalars()
            found: list[CallSummary] = [load(body, CallSummary) for body in bodies]
        self._living = {summary.id: summary for summary in found}

    def __call__(self, change: Change) -> Sequence[Write]:
        """What a change makes of the rows, and of the figures of calls that are over."""
        changed: dict[StoryId, CallSummary] = {}
        for fact in change.facts:
            story = story_of_fact(fact)
            before = self._living.get(story) if story else None
            summary = after(before, fact, change.at)
            if summary is not None and summary is not before and story is not None:
                self._living[story] = changed[story] = summary
        over = [summary for summary in changed.values() if summary.ended is not None]
        for summary in over:
            self._living.pop(summary.id, None)
        counted = [write for summary in over for write in gained(summary.ended or change.at, metrics.ended(summary))]
        return [*(_Line(summary) for summary in changed.values()), *counted]


class Calls:
    """Reading."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, call: str) -> Found | None:
        """One call."""
        with self._engine.connect() as connection:
            row = connection.execute(_joined().where(CALLS.c.id == call)).one_or_none()
            return None if row is None else _found(row)

    def of_number(self, wanted: OfNumber, most: int) -> tuple[list[Found], int]:
        """The newest of them, and how many there are."""
        chosen = _joined().where(PARTIES.c.number == wanted.number, CALLS.c.id != wanted.but)
        for condition in _conditions(Filter(user=wanted.user, queues=wanted.queues)):
            chosen = chosen.where(condition)  # type: ignore[arg-type]  # conditions of columns
        newest = chosen.order_by(CALLS.c.began.desc(), CALLS.c.id.desc()).limit(min(most, LONGEST_PAGE))
        counted = select(func.count()).select_from(chosen.with_only_columns(CALLS.c.id).subquery())
        with self._engine.connect() as connection:
            return [_found(row) for row in connection.execute(newest)], connection.execute(counted).scalar_one()

    def search(self, wanted: Filter, before: tuple[datetime, str] | None = None, most: int = 50) -> list[Found]:
        """The newest first, from below the call `before` (its beginning and id)."""
        chosen = _joined().order_by(CALLS.c.began.desc(), CALLS.c.id.desc()).limit(min(most, LONGEST_PAGE))
        for condition in _conditions(wanted):
            chosen = chosen.where(condition)  # type: ignore[arg-type]  # conditions of columns
        if before is not None:
            moment, last = before[0].timestamp(), before[1]
            chosen = chosen.where(or_(CALLS.c.began < moment, (CALLS.c.began == moment) & (CALLS.c.id < last)))
        with self._engine.connect() as connection:
            return [_found(row) for row in connection.execute(chosen)]


def _joined() -> Select[Any]:
    return select(CALLS.c.body, PARTIES.c.id, PARTIES.c.number, PARTIES.c.name).join_from(
        CALLS, PARTIES, CALLS.c.caller == PARTIES.c.id, isouter=True
    )


def _conditions(wanted: Filter) -> Iterable[object]:
    equal = (
        (CALLS.c.queue, wanted.queue), (CALLS.c.disposition, wanted.disposition), (CALLS.c.direction, wanted.direction)
    )  # fmt: skip
    yield from (column == value for column, value in equal if value is not None)
    if wanted.since is not None:
        yield CALLS.c.began >= wanted.since.timestamp()
    if wanted.until is not None:
        yield CALLS.c.began < wanted.until.timestamp()
    if wanted.user is not None:
        yield or_(*(column == wanted.user for column in (CALLS.c.user, CALLS.c.operator, CALLS.c.rung)))
    if wanted.living is not None:
        yield CALLS.c.ended.is_(None) if wanted.living else CALLS.c.ended.is_not(None)
    if wanted.number:
        yield or_(PARTIES.c.number.contains(wanted.number, autoescape=True),
                  CALLS.c.dialled.contains(wanted.number, autoescape=True))  # fmt: skip
    if wanted.queues is not None:
        yield or_(CALLS.c.queue.is_(None), CALLS.c.queue.in_(wanted.queues))


def _found(row: Row[Any]) -> Found:
    summary: CallSummary = load(row.body, CallSummary)
    known = row.id is not None
    return Found(summary, Party(id=summary.party, number=row.number or "", name=row.name or "") if known else None)


@dataclass(frozen=True, slots=True)
class _Line(Together):
    """The row of a call as it is now."""

    call: CallSummary

    @classmethod
    def write_all(cls, connection: Connection, ones: Sequence[Self]) -> None:
        newest = {one.call.id: one.call for one in ones}
        upsert(connection, CALLS, [_row(call) for call in newest.values()])


def _row(summary: CallSummary) -> dict[str, object]:
    return {
        "id": summary.id, "began": summary.began.timestamp(),
        "ended": summary.ended.timestamp() if summary.ended else None, "direction": summary.direction.value,
        "caller": summary.party, "dialled": summary.dialled[:80], "user": summary.user, "queue": summary.queue,
        "operator": summary.operator, "rung": summary.rung, "disposition": summary.disposition, "body": dump(summary),
    }  # fmt: skip
