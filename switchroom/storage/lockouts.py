"""Addresses that are locked out: written with the facts, and noted in the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, Engine, Float, Integer, String, Table, delete, select

from switchroom.domain.deeds import Deed
from switchroom.domain.facts.house import AddressLocked, AddressReleased
from switchroom.storage.audit import Entry, note
from switchroom.storage.ledger import Change, Write
from switchroom.storage.tables import METADATA
from switchroom.storage.upsert import upsert

LOCKOUTS = Table(
    "lockouts",
    METADATA,
    Column("address", String(80), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("until", Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class LockedRow:
    """One address that is locked out."""

    address: str
    tries: int
    at: datetime
    until: datetime


def bookkeeper(change: Change) -> Sequence[Write]:
    """What a change makes of them."""
    locked = [_locked(fact, change.at) for fact in change.facts if isinstance(fact, AddressLocked)]
    return locked + [_released(fact, change.at) for fact in change.facts if isinstance(fact, AddressReleased)]


def locked_ones(engine: Engine) -> list[LockedRow]:
    """All that are locked out."""
    with engine.connect() as connection:
        rows = connection.execute(select(LOCKOUTS.c.address, LOCKOUTS.c.tries, LOCKOUTS.c.at, LOCKOUTS.c.until)).all()
    return [LockedRow(row.address, row.tries, _moment(row.at), _moment(row.until)) for row in rows]


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _locked(fact: AddressLocked, at: datetime) -> Write:
    def write(connection: Connection) -> None:
        row = {"address": fact.address, "tries": fact.tries, "at": at.timestamp(), "until": fact.until.timestamp()}
        upsert(connection, LOCKOUTS, [row])
        note(connection, Entry(at=at, by="house", what=Deed.ADDRESS_LOCKED, kind="address", key=fact.address))

    return write


def _released(fact: AddressReleased, at: datetime) -> Write:
    def write(connection: Connection) -> None:
        connection.execute(delete(LOCKOUTS).where(LOCKOUTS.c.address == fact.address))
        entry = Entry(at=at, by=fact.by, what=Deed.ADDRESS_RELEASED, kind="address", key=fact.address, door=fact.door)
        note(connection, entry)

    return write
