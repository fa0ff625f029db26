"""Everything due later: a row with a due time, written in the transaction of the fact that causes it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from switchroom.storage.ledger import Write
from switchroom.storage.tables import METADATA

AGENDA = Table(
    "agenda",
    METADATA,
    Column("id", String(160), primary_key=True, doc="names the job, so that it is never there twice"),
    Column("kind", String(40), nullable=False),
    Column("due", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("why", Text, nullable=False, doc="of the last failure"),
    Index(None, "due"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to be done; `due` is the wall clock's."""

    id: str
    kind: str
    due: datetime
    body: dict[str, Any]
    tries: int = 0
    why: str = ""


def later(job: Due) -> Write:
    """Put a job on the agenda; one that is there already stays as it is."""

    def write(connection: Connection) -> None:
        there = connection.execute(select(AGENDA.c.id).where(AGENDA.c.id == job.id)).scalar_one_or_none()
        if there is None:
            row = {"id": job.id, "kind": job.kind, "due": job.due.timestamp(), "tries": job.tries}
            connection.execute(insert(AGENDA).values(**row, body=job.body, why=job.why))

    return write


def done(job: str) -> Write:
    """Take a job off."""

    def write(connection: Connection) -> None:
        connection.execute(delete(AGENDA).where(AGENDA.c.id == job))

    return write


def again(job: Due, due: datetime, why: str) -> Write:
    """It failed: once more then."""

    def write(connection: Connection) -> None:
        values = {"due": due.timestamp(), "tries": job.tries + 1, "why": why[:1000]}
        connection.execute(update(AGENDA).where(AGENDA.c.id == job.id).values(values))

    return write


class AgendaRows:
    """Reading."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, now: datetime, most: int = 20) -> list[Due]:
        """What is due, the oldest first."""
        chosen = select(AGENDA).where(AGENDA.c.due <= now.timestamp()).order_by(AGENDA.c.due).limit(most)
        with self._engine.connect() as connection:
            return [
                Due(
                    id=row.id, kind=row.kind, due=datetime.fromtimestamp(row.due, UTC), tries=row.tries,
                    body=row.body, why=row.why,
                )
                for row in connection.execute(chosen)
            ]  # fmt: skip

    def next_due(self) -> datetime | None:
        """When the next is due."""
        with self._engine.connect() as connection:
            soonest = connection.execute(select(func.min(AGENDA.c.due))).scalar_one()
            return None if soonest is None else datetime.fromtimestamp(soonest, UTC)
