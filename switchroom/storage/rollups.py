"""Figures per quarter of an hour, written in the transaction of the facts that they are folded from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, Connection, Engine, Float, LargeBinary, String, Table, insert, select, update

from switchroom.domain import metrics
from switchroom.domain.identity import QueueId, UserId
from switchroom.domain.metrics import Figures, OperatorFigures, QueueFigures, Subject, SubjectKind
from switchroom.domain.operators import Operator
from switchroom.domain.shapes import dump, load
from switchroom.storage.ledger import Change, Write
from switchroom.storage.tables import METADATA

ROLLUPS = Table(
    "rollups",
    METADATA,
    Column("start", Float, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
_SHAPES = {SubjectKind.QUEUE: QueueFigures, SubjectKind.OPERATOR: OperatorFigures}
_Row = tuple[datetime, Subject]


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
        gained: dict[_Row, Figures] = {}
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
        return [_added(row, figures) for row, figures in gained.items()]


class Rollups:
    """Reading."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def by_interval(self, kind: SubjectKind, since: datetime, until: datetime) -> dict[_Row, Figures]:
        """All intervals that begin in this time, of all subjects of a kind."""
        chosen = select(ROLLUPS).where(
            ROLLUPS.c.start >= since.timestamp(), ROLLUPS.c.start < until.timestamp(), ROLLUPS.c.kind == kind.value
        )
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(ROLLUPS.c.start, ROLLUPS.c.key)).all()
        return {
            (datetime.fromtimestamp(row.start, UTC), Subject(kind=kind, key=row.key)): load(row.body, _SHAPES[kind])
            for row in rows
        }

    def together(self, kind: SubjectKind, since: datetime, until: datetime) -> dict[str, Figures]:
        """The same, merged over the time, by key."""
        found: dict[str, Figures] = defaultdict(lambda: metrics.EMPTY[kind])
        for (_, subject), figures in self.by_interval(kind, since, until).items():
            found[subject.key] = metrics.merged(found[subject.key], figures)
        return dict(found)


def _gain(gained: dict[_Row, Figures], row: _Row, figures: Figures) -> None:
    gained[row] = metrics.merged(gained[row], figures) if row in gained else figures


def _added(row: _Row, figures: Figures) -> Write:
    start, subject = row
    key = (ROLLUPS.c.start == start.timestamp(), ROLLUPS.c.kind == subject.kind.value, ROLLUPS.c.key == subject.key)

    def write(connection: Connection) -> None:
        body = connection.execute(select(ROLLUPS.c.body).where(*key)).scalar_one_or_none()
        if body is None:
            values = {"start": start.timestamp(), "kind": subject.kind.value, "key": subject.key}
            connection.execute(insert(ROLLUPS).values(**values, body=dump(figures)))
        else:
            both = metrics.merged(load(body, _SHAPES[subject.kind]), figures)
            connection.execute(update(ROLLUPS).where(*key).values(body=dump(both)))

    return write
