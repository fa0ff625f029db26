"""Card records: written in the transaction of each change, found by card, holder and time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    Row,
    String,
    Table,
    case,
    select,
    update,
)

from switchroom.domain.access import Scope
from switchroom.domain.facts.cards import CardClosed, ClosedBy
from switchroom.domain.identity import CardId, QueueId, StoryId, UserId
from switchroom.domain.records import CardRecord, record_of
from switchroom.storage.ledger import Change, Together, Write
from switchroom.storage.tables import METADATA
from switchroom.storage.upsert import upsert

RECORDS = Table(
    "records",
    METADATA,
    Column("dialog", String(80), primary_key=True),
    Column("card", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("holder", String(80), nullable=False),
    Column("call", String(80)),
    Column("queue", String(80)),
    Column("values", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("opened", Float, nullable=False),
    Column("closed", Float),
    Column("closed_by", String(20)),
    Column("disposition", String(80)),
    Index(None, "card", "opened"),
    Index(None, "holder", "opened"),
    Index(None, "call"),
)


def bookkeeper(change: Change) -> Sequence[Write]:
    """What a change makes of the records."""
    open_ones = [record for record in map(record_of, change.states) if record is not None]
    closings = [fact for fact in change.facts if isinstance(fact, CardClosed)]
    return [*(_Typed(record, change.at) for record in open_ones), *(_closed(fact, change.at) for fact in closings)]


class Records:
    """Reading; by a scope."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, dialog: str) -> CardRecord | None:
        """One record."""
        with self._engine.connect() as connection:
            row = connection.execute(select(RECORDS).where(RECORDS.c.dialog == dialog)).one_or_none()
            return None if row is None else _record(row)

    def search(
        self,
        scope: Scope,
        *,
        cards: Sequence[str] | None = None,
        holder: str | None = None,
        call: str | None = None,
        open_only: bool = False,
        before: datetime | None = None,
        most: int = 50,
    ) -> list[CardRecord]:
        """The newest first. `cards` are those whose project the scope sees."""
        wanted = select(RECORDS).order_by(RECORDS.c.opened.desc(), RECORDS.c.dialog).limit(most)
        if cards is not None:
            wanted = wanted.where(RECORDS.c.card.in_(cards))
        for column, value in ((RECORDS.c.holder, holder), (RECORDS.c.call, call)):
            if value is not None:
                wanted = wanted.where(column == value)
        if open_only:
            wanted = wanted.where(RECORDS.c.closed.is_(None))
        if before is not None:
            wanted = wanted.where(RECORDS.c.opened < before.timestamp())
        with self._engine.connect() as connection:
            return [_record(row) for row in connection.execute(wanted)]

    def of_calls(self, calls: Sequence[str], cards: Sequence[str] | None = None) -> list[CardRecord]:
        """Closed records of these calls, the newest first. `cards` are those whose project the scope sees."""
        wanted = select(RECORDS).where(RECORDS.c.call.in_(calls), RECORDS.c.closed.is_not(None))
        if cards is not None:
            wanted = wanted.where(RECORDS.c.card.in_(cards))
        with self._engine.connect() as connection:
            return [_record(row) for row in connection.execute(wanted.order_by(RECORDS.c.opened.desc()))]

    def erase(self, dialog: str) -> bool:
        """Forget what was typed; that there was a card stays. Whether there was one."""
        with self._engine.begin() as connection:
            erased = connection.execute(update(RECORDS).where(RECORDS.c.dialog == dialog).values({"values": {}}))
            return erased.rowcount > 0


@dataclass(frozen=True, slots=True)
class _Typed(Together):
    """What lies in an open record; whose it is and when it was opened is written once."""

    record: CardRecord
    at: datetime

    @classmethod
    def write_all(cls, connection: Connection, ones: Sequence[Self]) -> None:
        upsert(connection, RECORDS, [_row(one.record, one.at) for one in ones], only_new=_ONLY_NEW)


_ONLY_NEW = frozenset({"card", "version", "holder", "call", "queue", "opened"})


def _row(record: CardRecord, at: datetime) -> dict[str, object]:
    known = {name: getattr(record, name) for name in ("dialog", "card", "version", "holder", "call", "queue")}
    typed = {"values": record.values, "revision": record.revision, "disposition": record.disposition}
    return {**known, **typed, "opened": at.timestamp()}


def _closed(fact: CardClosed, at: datetime) -> Write:
    """Never before it was opened, even if the wall clock was set back meanwhile."""

    def write(connection: Connection) -> None:
        closed = case((RECORDS.c.opened > at.timestamp(), RECORDS.c.opened), else_=at.timestamp())
        values = {"closed": closed, "closed_by": fact.by.value, "disposition": fact.disposition}
        connection.execute(update(RECORDS).where(RECORDS.c.dialog == fact.dialog).values(values))

    return write


def _record(row: Row[Any]) -> CardRecord:
    told = dict(row._mapping)
    return CardRecord(
        dialog=StoryId(told["dialog"]),
        card=CardId(told["card"]),
        version=told["version"],
        holder=UserId(told["holder"]),
        call=StoryId(told["call"]) if told["call"] else None,
        queue=QueueId(told["queue"]) if told["queue"] else None,
        values=told["values"],
        revision=told["revision"],
        opened=datetime.fromtimestamp(told["opened"], UTC),
        closed=datetime.fromtimestamp(told["closed"], UTC) if told["closed"] else None,
        closed_by=ClosedBy(told["closed_by"]) if told["closed_by"] else None,
        disposition=told["disposition"],
    )
