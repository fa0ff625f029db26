"""The history of calls: a row for each, written in the transaction of the facts that it is folded from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import msgspec
from sqlalchemy import (
    BigInteger,
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
    bindparam,
    func,
    or_,
    select,
)

from switchroom.domain import metrics
from switchroom.domain.facts.every import story_of_fact
from switchroom.domain.history import CallSummary, after
from switchroom.domain.identity import StoryId
from switchroom.domain.people import Party
from switchroom.domain.search import Wanted, Words, fits, words_of, words_wanted
from switchroom.domain.shapes import dump, load
from switchroom.storage.ledger import Change, Together, Write
from switchroom.storage.prepared import Prepared
from switchroom.storage.rollups import gained
from switchroom.storage.search import Span, having, listed
from switchroom.storage.tables import METADATA, PARTIES
from switchroom.storage.upsert import upsert

CALLS = Table(
    "calls",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("no", BigInteger, nullable=False, doc="when it began, in milliseconds since 1970, or the next free number"),
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
    Index(None, "no"),
    Index(None, "caller"),
)
LIVING = Index(
    "ix_calls_living", CALLS.c.no, sqlite_where=CALLS.c.ended.is_(None), postgresql_where=CALLS.c.ended.is_(None)
)
LONGEST_PAGE = 200
MOST_LOOKED_AT = 3000
"""Of calls that an index gave, or that came by their time alone; who wants more goes on from there."""
_ENDLESS = 1 << 62
_NUMBERS_TAKEN = Prepared(select(CALLS.c.no).where(CALLS.c.no >= bindparam("low"), CALLS.c.no < bindparam("below")))
_NUMBER_OF = Prepared(select(CALLS.c.no).where(CALLS.c.id == bindparam("call")))
_PARTY = Prepared(select(PARTIES.c.number, PARTIES.c.name).where(PARTIES.c.id == bindparam("party")))
_AT_ONCE = 500
_WITH_ONE_BEGINNING = 1000
"""No more calls begin in one millisecond."""


@dataclass(frozen=True, slots=True)
class OfNumber:
    """Calls of somebody outside, but for one; `user` and `queues` as in `Wanted`."""

    number: str
    but: str = ""
    user: str | None = None
    queues: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A call and the personal values of its party, unless they were erased."""

    call: CallSummary
    caller: Party | None


@dataclass(frozen=True, slots=True)
class Page:
    """Calls, the newest first. There may be more from `next` on, though this page be short; None: these were all."""

    found: list[Found]
    next: int | None


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
        begun: set[StoryId] = set()
        for fact in change.facts:
            story = story_of_fact(fact)
            before = self._living.get(story) if story else None
            summary = after(before, fact, change.at)
            if summary is not None and summary is not before and story is not None:
                self._living[story] = changed[story] = summary
                begun |= set() if before else {story}
        over = [summary for summary in changed.values() if summary.ended is not None]
        for summary in over:
            self._living.pop(summary.id, None)
        counted = [write for summary in over for write in gained(summary.ended or change.at, metrics.ended(summary))]
        return [*(_Line(summary, summary.id in begun) for summary in changed.values()), *counted]


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
        if wanted.user is not None:
            chosen = chosen.where(or_(*(c == wanted.user for c in (CALLS.c.user, CALLS.c.operator, CALLS.c.rung))))
        if wanted.queues is not None:
            chosen = chosen.where(or_(CALLS.c.queue.is_(None), CALLS.c.queue.in_(wanted.queues)))
        newest = chosen.order_by(CALLS.c.no.desc()).limit(min(most, LONGEST_PAGE))
        counted = select(func.count()).select_from(chosen.with_only_columns(CALLS.c.id).subquery())
        with self._engine.connect() as connection:
            return [_found(row) for row in connection.execute(newest)], connection.execute(counted).scalar_one()

    def search(self, wanted: Wanted, before: int | None = None, most: int = 50) -> Page:
        """The newest first, from below where the page before ended."""
        most, span = min(most, LONGEST_PAGE), _span(wanted, before)
        with self._engine.connect() as connection:
            living = [] if wanted.living is False else _living(connection, wanted, span)
            over, goes_on = ([], None) if wanted.living else _over(connection, wanted, span, most)
        known = [line for line in living if goes_on is None or line.no >= goes_on]
        page = sorted([*known, *over], key=lambda line: line.no, reverse=True)[:most]
        return Page([line.found for line in page], page[-1].no if len(page) == most else goes_on)


@dataclass(frozen=True, slots=True)
class _Numbered:
    no: int
    found: Found


def _span(wanted: Wanted, before: int | None) -> Span:
    low = int(wanted.since.timestamp() * 1000) if wanted.since else 0
    below = int(wanted.until.timestamp() * 1000) + _WITH_ONE_BEGINNING if wanted.until else _ENDLESS
    return Span(low, min(below, _ENDLESS if before is None else before))


def _living(connection: Connection, wanted: Wanted, span: Span) -> list[_Numbered]:
    """They are few, and none is in the index."""
    chosen = _joined().where(CALLS.c.ended.is_(None), CALLS.c.no < span.below).order_by(CALLS.c.no.desc())
    return _fitting(connection, wanted, chosen)


def _over(connection: Connection, wanted: Wanted, span: Span, most: int) -> tuple[list[_Numbered], int | None]:
    """Those that are over, and from where to go on; an index is asked for more only where what it gave did not fit."""
    groups, below, size, looked_at = words_wanted(wanted), span.below, most, 0
    found: list[_Numbered] = []
    while looked_at < MOST_LOOKED_AT and len(found) < most:
        part = Span(span.low, below)
        numbers = having(connection, groups, part, size) if groups else _by_time(connection, part, size)
        chosen = _joined().where(CALLS.c.no.in_(numbers), CALLS.c.ended.is_not(None)).order_by(CALLS.c.no.desc())
        found += _fitting(connection, wanted, chosen)
        if len(numbers) < size:
            return found, None
        below, looked_at, size = numbers[-1], looked_at + size, min(4 * size, 2000)
    return found, below


def _by_time(connection: Connection, span: Span, most: int) -> list[int]:
    within = (CALLS.c.no >= span.low, CALLS.c.no < span.below, CALLS.c.ended.is_not(None))
    return list(connection.execute(select(CALLS.c.no).where(*within).order_by(CALLS.c.no.desc()).limit(most)).scalars())


def _fitting(connection: Connection, wanted: Wanted, chosen: Select[Any]) -> list[_Numbered]:
    lines = (_Numbered(row.no, _found(row)) for row in connection.execute(chosen))
    return [line for line in lines if fits(wanted, line.found.call, line.found.caller)]


def _joined() -> Select[Any]:
    return select(CALLS.c.no, CALLS.c.body, PARTIES.c.id, PARTIES.c.number, PARTIES.c.name).join_from(
        CALLS, PARTIES, CALLS.c.caller == PARTIES.c.id, isouter=True
    )


def _found(row: Row[Any]) -> Found:
    summary: CallSummary = load(row.body, CallSummary)
    known = row.id is not None
    return Found(summary, Party(id=summary.party, number=row.number or "", name=row.name or "") if known else None)


@dataclass(frozen=True, slots=True)
class _Line(Together):
    """The row of a call as it is now; of one that is over also what it is found by."""

    call: CallSummary
    begins: bool

    @classmethod
    def write_all(cls, connection: Connection, ones: Sequence[Self]) -> None:
        begin = {one.call.id for one in ones if one.begins}
        rows, taken = [], set[int]()
        for call in {one.call.id: one.call for one in ones}.values():
            no = _moment(call)
            if call.id in begin:
                no = _free(connection, no, taken)
            rows.append(row_of(call, no))
        upsert(connection, CALLS, rows, frozenset({"no"}))
        over = {one.call.id: one.call for one in ones if one.call.ended is not None}
        listed(connection, {_number_of(connection, call): _words(connection, call) for call in over.values()})


def _moment(call: CallSummary) -> int:
    return int(call.began.timestamp() * 1000)


def _free(connection: Connection, wanted: int, taken: set[int]) -> int:
    """The number of a call that begins then, or the next that no call has."""
    used = {no for (no,) in _NUMBERS_TAKEN.read(connection, low=wanted, below=wanted + _WITH_ONE_BEGINNING)} | taken
    free = next(no for no in range(wanted, wanted + _WITH_ONE_BEGINNING) if no not in used)
    taken.add(free)
    return free


def _number_of(connection: Connection, call: CallSummary) -> int:
    ((no,),) = _NUMBER_OF.read(connection, call=call.id)
    return int(no)


def _words(connection: Connection, call: CallSummary) -> Words:
    known = _PARTY.read(connection, party=call.party)
    return words_of(call, Party(id=call.party, number=known[0][0], name=known[0][1]) if known else None)


def row_of(summary: CallSummary, no: int) -> dict[str, object]:
    """The row of a call that has this number."""
    return {
        "id": summary.id, "no": no, "began": summary.began.timestamp(),
        "ended": summary.ended.timestamp() if summary.ended else None, "direction": summary.direction.value,
        "caller": summary.party, "dialled": summary.dialled[:80], "user": summary.user, "queue": summary.queue,
        "operator": summary.operator, "rung": summary.rung, "disposition": summary.disposition, "body": dump(summary),
    }  # fmt: skip


def list_all(connection: Connection) -> None:
    """List calls that ended while there was no index; what can't be read is not found by words."""
    chosen = _joined().where(CALLS.c.ended.is_not(None)).execution_options(yield_per=_AT_ONCE)
    for rows in connection.execute(chosen).partitions():
        listed(connection, {row.no: words_of(found.call, found.caller) for row in rows if (found := _readable(row))})


def _readable(row: Row[Any]) -> Found | None:
    try:
        return _found(row)
    except msgspec.ValidationError:
        return None
