"""Messages that callers left: whose, how long, whether they were heard, and until when they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    func,
    select,
    update,
)

from switchroom.domain.facts.messages import MessageDeleted, MessageErased, MessageHeard, MessageTakenBack
from switchroom.domain.identity import RecordingId, StoryId, UserId
from switchroom.storage.ledger import Change, Write
from switchroom.storage.tables import METADATA
from switchroom.storage.upsert import insert_new

MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("user", String(80), nullable=False, doc="whose box it lies in"),
    Column("call", String(80), nullable=False),
    Column("kept", Float, nullable=False, doc="when it was sealed"),
    Column("lasts", Float, nullable=False, doc="seconds"),
    Column("octets", Integer, nullable=False),
    Column("wrapped_key", LargeBinary, doc="null: erased, and with it the sound in every backup"),
    Column("until", Float, nullable=False),
    Column("heard", Float, doc="when it was; null: it is new"),
    Column("deleted", Float, doc="when it was thrown away; null: it was not"),
    Index(None, "user", "kept"),
    Index(None, "until"),
)
DELETED_KEPT_FOR = timedelta(hours=1)
"""So long a message that was thrown away can be taken back."""
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `wrapped_key` is None once it was erased."""

    id: RecordingId
    user: UserId
    call: StoryId
    kept: datetime
    lasts: timedelta
    octets: int
    wrapped_key: bytes | None
    until: datetime
    heard: datetime | None = None
    deleted: datetime | None = None


def bookkeeper(change: Change) -> Sequence[Write]:
    """What a change makes of messages that lie in their boxes."""
    at = change.at.timestamp()
    found: list[Write] = []
    for fact in change.facts:
        match fact:
            case MessageHeard(message=message, heard=heard):
                found.append(_changed(message, heard=at if heard else None))
            case MessageDeleted(message=message):
                found.append(_changed(message, deleted=at))
            case MessageTakenBack(message=message):
                found.append(_changed(message, deleted=None))
            case MessageErased(message=message):
                found.append(_changed(message, wrapped_key=None))
    return found


def kept(message: Message) -> Write:
    """Write the row; the same again changes nothing."""

    def write(connection: Connection) -> None:
        insert_new(connection, MESSAGES, _row(message))

    return write


def _changed(message: RecordingId, **values: object) -> Write:
    def write(connection: Connection) -> None:
        connection.execute(update(MESSAGES).where(MESSAGES.c.id == message).values(**values))

    return write


class Messages:
    """Reading."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, message: str) -> Message | None:
        """One of them, thrown away or not."""
        with self._engine.connect() as connection:
            row = connection.execute(select(MESSAGES).where(MESSAGES.c.id == message)).one_or_none()
            return None if row is None else _message(row)

    def of(self, user: str, most: int = LONGEST_LIST) -> list[Message]:
        """Those in a user's box, the newest first."""
        chosen = select(MESSAGES).where(_in_box(user)).order_by(MESSAGES.c.kept.desc(), MESSAGES.c.id).limit(most)
        with self._engine.connect() as connection:
            return [_message(row) for row in connection.execute(chosen)]

    def unheard(self, user: str) -> int:
        """How many in the box are new."""
        chosen = select(func.count()).where(_in_box(user), MESSAGES.c.heard.is_(None))
        with self._engine.connect() as connection:
            return connection.execute(chosen).scalar_one()

    def overdue(self, now: datetime, most: int = 100) -> list[Message]:
        """Whose time is over and who still have a key; for those thrown away it is over sooner."""
        over = MESSAGES.c.until < now.timestamp()
        thrown = MESSAGES.c.deleted < (now - DELETED_KEPT_FOR).timestamp()
        chosen = select(MESSAGES).where(over | thrown, MESSAGES.c.wrapped_key.is_not(None)).limit(most)
        with self._engine.connect() as connection:
            return [_message(row) for row in connection.execute(chosen)]


def _in_box(user: str) -> ColumnElement[bool]:
    there = MESSAGES.c.deleted.is_(None) & MESSAGES.c.wrapped_key.is_not(None)
    return (MESSAGES.c.user == user) & there


def _row(message: Message) -> dict[str, Any]:
    return {
        "id": message.id, "user": message.user, "call": message.call, "kept": message.kept.timestamp(),
        "lasts": message.lasts.total_seconds(), "octets": message.octets, "wrapped_key": message.wrapped_key,
        "until": message.until.timestamp(),
    }  # fmt: skip


def _message(row: Row[Any]) -> Message:
    return Message(
        id=RecordingId(row.id),
        user=UserId(row.user),
        call=StoryId(row.call),
        kept=datetime.fromtimestamp(row.kept, UTC),
        lasts=timedelta(seconds=row.lasts),
        octets=row.octets,
        wrapped_key=row.wrapped_key,
        until=datetime.fromtimestamp(row.until, UTC),
        heard=_moment(row.heard),
        deleted=_moment(row.deleted),
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
