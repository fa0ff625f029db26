"""What stories heard, for a while: personal values are in it, so it is kept apart from the facts and erased in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    LargeBinary,
    Select,
    String,
    Table,
    delete,
    insert,
    select,
)

from switchroom.domain.identity import StoryId
from switchroom.domain.shapes import dump, load
from switchroom.domain.traces import Heard
from switchroom.storage.ledger import Change, Together, Write
from switchroom.storage.prepared import Prepared
from switchroom.storage.tables import BIG, METADATA

HEARD = Table(
    "heard",
    METADATA,
    Column("seq", BIG, primary_key=True, autoincrement=True),
    Column("story", String(80), nullable=False),
    Column("at", Float, nullable=False, doc="UTC, seconds since 1970, by the wall clock"),
    Column("body", LargeBinary, nullable=False),
    Index(None, "story"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
_NEW = Prepared(insert(HEARD), ["story", "at", "body"])
_MOST_AT_ONCE = 2_000
"""Rows erased in one go, so that no call waits for it."""


def bookkeeper(change: Change) -> Sequence[Write]:
    """What was decided on, in its order."""
    return [_Line(change.at, one) for one in change.heard]


class Traces:
    """Reading and erasing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, story: StoryId) -> tuple[Heard, ...]:
        """All that a story heard, in order; nothing once it was erased."""
        chosen = select(HEARD.c.body).where(HEARD.c.story == story).order_by(HEARD.c.seq)
        with self._engine.connect() as connection:
            return tuple(load(body, Heard) for body in connection.execute(chosen).scalars())

    def has_older_than(self, moment: datetime) -> bool:
        """Whether anything is due to be erased."""
        with self._engine.connect() as connection:
            return connection.execute(_older(moment).limit(1)).first() is not None


def erased_before(moment: datetime) -> Write:
    """Erase some of what was heard before this moment: all of it, done often enough."""

    def write(connection: Connection) -> None:
        some = connection.execute(_older(moment).order_by(HEARD.c.seq).limit(_MOST_AT_ONCE)).scalars().all()
        connection.execute(delete(HEARD).where(HEARD.c.seq.in_(some)))

    return write


def _older(moment: datetime) -> Select[tuple[int]]:
    return select(HEARD.c.seq).where(HEARD.c.at < moment.timestamp())


@dataclass(frozen=True, slots=True)
class _Line(Together):
    """One event."""

    at: datetime
    heard: Heard

    @classmethod
    def write_all(cls, connection: Connection, ones: Sequence[Self]) -> None:
        rows = [{"story": one.heard.story, "at": one.at.timestamp(), "body": dump(one.heard)} for one in ones]
        _NEW.write(connection, rows)
