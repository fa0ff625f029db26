"""How each switch between day and night is thrown, and by whom: written with the fact, and noted in the audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, Engine, Float, String, Table, select

from switchroom.domain.deeds import Deed
from switchroom.domain.facts.house import ModeThrown
from switchroom.domain.modes import Thrown
from switchroom.storage.audit import Entry, note
from switchroom.storage.ledger import Change, Write
from switchroom.storage.tables import METADATA
from switchroom.storage.upsert import upsert

MODES = Table(
    "modes",
    METADATA,
    Column("mode", String(80), primary_key=True),
    Column("to", String(20), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class LastThrow:
    """How a mode is thrown, by whom and when."""

    to: Thrown
    by: str
    at: datetime


def bookkeeper(change: Change) -> Sequence[Write]:
    """What a change makes of the positions."""
    return [_thrown(fact, change.at) for fact in change.facts if isinstance(fact, ModeThrown)]


def last_throws(engine: Engine) -> Mapping[str, LastThrow]:
    """Of all modes that were ever thrown."""
    with engine.connect() as connection:
        rows = connection.execute(select(MODES.c.mode, MODES.c.to, MODES.c.by, MODES.c.at)).all()
    return {row.mode: LastThrow(Thrown(row.to), row.by, datetime.fromtimestamp(row.at, UTC)) for row in rows}


def _thrown(fact: ModeThrown, at: datetime) -> Write:
    def write(connection: Connection) -> None:
        before = connection.execute(select(MODES.c.to).where(MODES.c.mode == fact.mode)).scalar_one_or_none()
        row = {"mode": fact.mode, "to": fact.to.value, "by": fact.by, "at": at.timestamp()}
        upsert(connection, MODES, [row])
        door = fact.door or (f"call {fact.call}" if fact.call else "")
        entry = Entry(
            at=at, by=fact.by, what=Deed.MODE_THROWN, kind="mode", key=fact.mode, door=door,
            before={"position": before or Thrown.BY_ITSELF.value}, after={"position": fact.to.value},
        )  # fmt: skip
        note(connection, entry)

    return write
