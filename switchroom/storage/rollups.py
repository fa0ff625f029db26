"""Figures per quarter of an hour, written in the transaction of the facts that they are folded from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from sqlalchemy import Column, Connection, Engine, Float, LargeBinary, String, Table, bindparam, select

from switchroom.domain import metrics
from switchroom.domain.identity import QueueId, UserId
from switchroom.domain.metrics import Figures, Subject, SubjectKind
from switchroom.domain.operators import Operator
from switchroom.domain.shapes import dump, load
from switchroom.storage.ledger import Change, Together, Write
from switchroom.storage.prepared import Prepared
from switchroom.storage.tables import METADATA
from switchroom.storage.upsert import upsert

ROLLUPS = Table(
    "rollups",
    METADATA,
    Column("start", Float, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
Row = tuple[datetime, Subject]
"""The beginning of an interval, and whose figures they are."""


class RollupBook:
    """Adds what each change tells. `norms` are the queues' norms of now."""

    def __init__(self, norms: Callable[[], dict[QueueId, timedelta]]) -> None:
        self._norms = norms
        self._before: dict[UserId, Operator] = {}

    def open(self, operators: Iterable[Operator]) -> None:
        """Take up where everybody stands."""
        self._before = {operator.id: operator for operator in operators}

    def __call__(self, change: Change) -> Sequence[Write]:
        """What a change adds to the roll-ups."""
        gained: dict[Row, Figures] = {}
        start = metrics.interval_of(change.at)
        norms = self._norms()
        for subject, figures in (told for fact in change.facts for told in metrics.told(fact, norms)):
            _gain(gained, (start, subject), figures)
        for operator in change.operators:
            before = self._before.get(operator.id, operator)
            subject = Subject(kind=SubjectKind.OPERATOR, key=operator.id)
            for when, figures in metrics.spent(before, operator, change.at):
                _gain(gained, (when, subject), figures)
            self._before[operator.id] = operator
        return [Gain(row, figures) for row, figures in gained.items()]


def gained(at: datetime, told: Iterable[tuple[Subject, Figures]]) -> Sequence[Write]:
    """Figures that count in the quarter of an hour of this moment."""
    return [Gain((metrics.interval_of(at), subject), figures) for subject, figures in told]


class Rollups:
    """Reading."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def by_interval(self, kind: SubjectKind, since: datetime, until: datetime) -> dict[Row, Figures]:
        """All intervals that begin in this time, of all subjects of a kind."""
        chosen = select(ROLLUPS).where(
            ROLLUPS.c.start >= since.timestamp(), ROLLUPS.c.start < until.timestamp(), ROLLUPS.c.kind == kind.value
        )
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(ROLLUPS.c.start, ROLLUPS.c.key)).all()
        return {_row_of(row.start, kind, row.key): load(row.body, metrics.SHAPES[kind]) for row in rows}

    def together(self, kind: SubjectKind, since: datetime, until: datetime) -> dict[str, Figures]:
        """The same, merged over the time, by key."""
        found: dict[str, Figures] = defaultdict(lambda: metrics.EMPTY[kind])
        for (_, subject), figures in self.by_interval(kind, since, until).items():
            found[subject.key] = metrics.merged(found[subject.key], figures)
        return dict(found)


def _row_of(start: float, kind: SubjectKind, key: str) -> Row:
    return datetime.fromtimestamp(start, UTC), Subject(kind=kind, key=key)


def _gain(gained: dict[Row, Figures], row: Row, figures: Figures) -> None:
    gained[row] = metrics.merged(gained[row], figures) if row in gained else figures


@dataclass(frozen=True, slots=True)
class Gain(Together):
    """Figures that are added to the row of an interval and a subject."""

    row: Row
    figures: Figures

    @classmethod
    def write_all(cls, connection: Connection, ones: Sequence[Self]) -> None:
        gained: dict[Row, Figures] = {}
        for one in ones:
            _gain(gained, one.row, one.figures)
        for row, body in _there(connection, list(gained)):
            gained[row] = metrics.merged(load(body, metrics.SHAPES[row[1].kind]), gained[row])
        upsert(connection, ROLLUPS, [_written(row, figures) for row, figures in gained.items()])


_ONE = Prepared(
    select(ROLLUPS.c.body).where(
        ROLLUPS.c.start == bindparam("start"), ROLLUPS.c.kind == bindparam("kind"), ROLLUPS.c.key == bindparam("key")
    )
)


def _there(connection: Connection, wanted: Iterable[Row]) -> Iterator[tuple[Row, bytes]]:
    """Those of the wanted rows that exist already."""
    for row in wanted:
        start, subject = row
        for (body,) in _ONE.read(connection, start=start.timestamp(), kind=subject.kind.value, key=subject.key):
            yield row, body


def _written(row: Row, figures: Figures) -> dict[str, object]:
    start, subject = row
    return {"start": start.timestamp(), "kind": subject.kind.value, "key": subject.key, "body": dump(figures)}
