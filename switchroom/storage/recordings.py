"""Recordings: whose, how long, where they lie sealed, and until when they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    select,
    update,
)

from switchroom.domain.identity import QueueId, RecordingId, StoryId, UserId
from switchroom.domain.recording_rules import SoundFormat
from switchroom.storage.ledger import Write
from switchroom.storage.tables import METADATA
from switchroom.storage.upsert import insert_new

RECORDINGS = Table(
    "recordings",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("call", String(80), nullable=False),
    Column("queue", String(80)),
    Column("operator", String(80)),
    Column("kept", Float, nullable=False, doc="when it was sealed"),
    Column("lasts", Float, nullable=False, doc="seconds"),
    Column("octets", Integer, nullable=False),
    Column("wrapped_key", LargeBinary, doc="null: erased, and with it the sound in every backup"),
    Column("until", Float, nullable=False),
    Column("format", String(10), nullable=False, server_default="ogg"),
    Column("peaks", LargeBinary, doc="the wave form, sealed with the recording's own key; null: not asked for yet"),
    Index(None, "call"),
    Index(None, "until"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recording; `wrapped_key` is None once it was erased."""

    id: RecordingId
    call: StoryId
    queue: QueueId | None
    operator: UserId | None
    kept: datetime
    lasts: timedelta
    octets: int
    wrapped_key: bytes | None
    until: datetime
    format: SoundFormat = SoundFormat.OGG


def kept(recording: Recording) -> Write:
    """Write the row; the same again changes nothing."""

    def write(connection: Connection) -> None:
        insert_new(connection, RECORDINGS, _row(recording))

    return write


def erased(recording: RecordingId) -> Write:
    """Destroy the key; that there was a recording stays."""

    def write(connection: Connection) -> None:
        gone = {"wrapped_key": None, "peaks": None}
        connection.execute(update(RECORDINGS).where(RECORDINGS.c.id == recording).values(gone))

    return write


class Recordings:
    """Reading."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, recording: str) -> Recording | None:
        """One of them."""
        with self._engine.connect() as connection:
            row = connection.execute(select(RECORDINGS).where(RECORDINGS.c.id == recording)).one_or_none()
            return None if row is None else _recording(row)

    def peaks(self, recording: str) -> bytes | None:
        """The sealed wave form, if it was made."""
        chosen = select(RECORDINGS.c.peaks).where(RECORDINGS.c.id == recording)
        with self._engine.connect() as connection:
            return connection.execute(chosen).scalar_one_or_none()

    def keep_peaks(self, recording: str, sealed: bytes) -> None:
        """Keep it, unless the recording was erased meanwhile."""
        chosen = (RECORDINGS.c.id == recording) & RECORDINGS.c.wrapped_key.is_not(None)
        with self._engine.begin() as connection:
            connection.execute(update(RECORDINGS).where(chosen).values(peaks=sealed))

    def of(self, call: str) -> list[Recording]:
        """Those of a call, in their order."""
        chosen = select(RECORDINGS).where(RECORDINGS.c.call == call).order_by(RECORDINGS.c.kept)
        with self._engine.connect() as connection:
            return [_recording(row) for row in connection.execute(chosen)]

    def of_calls(self, calls: Sequence[str]) -> list[Recording]:
        """Those of these calls that can be heard, in the order of their keeping."""
        there = RECORDINGS.c.call.in_(calls) & RECORDINGS.c.wrapped_key.is_not(None)
        with self._engine.connect() as connection:
            found = connection.execute(select(RECORDINGS).where(there).order_by(RECORDINGS.c.kept, RECORDINGS.c.id))
            return [_recording(row) for row in found]

    def overdue(self, now: datetime, most: int = 100) -> Sequence[Recording]:
        """Whose time is over and who still have a key."""
        over = (RECORDINGS.c.until < now.timestamp()) & RECORDINGS.c.wrapped_key.is_not(None)
        with self._engine.connect() as connection:
            return [_recording(row) for row in connection.execute(select(RECORDINGS).where(over).limit(most))]


def _row(recording: Recording) -> dict[str, Any]:
    return {
        "id": recording.id, "call": recording.call, "queue": recording.queue, "operator": recording.operator,
        "kept": recording.kept.timestamp(), "lasts": recording.lasts.total_seconds(), "octets": recording.octets,
        "wrapped_key": recording.wrapped_key, "until": recording.until.timestamp(),
        "format": recording.format.value,
    }  # fmt: skip


def _recording(row: Row[Any]) -> Recording:
    return Recording(
        id=RecordingId(row.id),
        call=StoryId(row.call),
        queue=QueueId(row.queue) if row.queue else None,
        operator=UserId(row.operator) if row.operator else None,
        kept=datetime.fromtimestamp(row.kept, UTC),
        lasts=timedelta(seconds=row.lasts),
        octets=row.octets,
        wrapped_key=row.wrapped_key,
        until=datetime.fromtimestamp(row.until, UTC),
        format=SoundFormat(row.format),
    )
