"""What users and trunks spent on each day, and what the fraud guard has stopped: written with the facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Engine, Float, Integer, Row, String, Table, delete, select

from switchroom.domain.deeds import Deed
from switchroom.domain.facts.calls import LegGone
from switchroom.domain.facts.house import OutgoingAllowed, OutgoingBlocked
from switchroom.domain.fraud import Suspicion
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.limits import OfDay, first_of_month, of_charge
from switchroom.storage.audit import Entry, note
from switchroom.storage.ledger import Change, Write
from switchroom.storage.tables import BIG, METADATA
from switchroom.storage.upsert import upsert

_PARTS_OF_MONEY = 10_000
"""Money is kept in ten-thousandths."""

SPENDING = Table(
    "spending",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("seconds", Float, nullable=False),
    Column("cost", BIG, nullable=False, doc="ten-thousandths of the company's currency"),
    Column("calls", Integer, nullable=False),
)
BLOCKED = Table(
    "blocked",
    METADATA,
    Column("user", String(80), primary_key=True),
    Column("why", String(20), nullable=False),
    Column("calls", Integer, nullable=False),
    Column("at", Float, nullable=False),
)
BLOCKED_DEVICES = Table(
    "blocked_devices",
    METADATA,
    Column("device", String(80), primary_key=True),
    Column("user", String(80), nullable=False),
    Column("why", String(20), nullable=False),
    Column("calls", Integer, nullable=False),
    Column("at", Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody whom the fraud guard has stopped; or only that phone of theirs."""

    user: UserId
    device: DeviceId | None
    why: Suspicion
    calls: int
    at: datetime


class SpendingBook:
    """What a change makes of it; days are those of the zone."""

    def __init__(self, zone: Callable[[], tzinfo]) -> None:
        self._zone = zone

    def __call__(self, change: Change) -> Sequence[Write]:
        """The writes of a change."""
        day = change.at.astimezone(self._zone()).date()
        writes: list[Write] = []
        for fact in change.facts:
            if isinstance(fact, LegGone) and fact.charge is not None:
                writes += [_added(one) for one in of_charge(fact.charge, day)]
            elif isinstance(fact, OutgoingBlocked):
                writes.append(_blocked(fact, change.at))
            elif isinstance(fact, OutgoingAllowed):
                writes.append(_allowed(fact, change.at))
        return writes


def spent_since(engine: Engine, day: date) -> list[OfDay]:
    """All days from the first of the month of this one on."""
    first = first_of_month(day).isoformat()
    with engine.connect() as connection:
        return [_of_day(row) for row in connection.execute(select(SPENDING).where(SPENDING.c.day >= first)).all()]


def blocked_ones(engine: Engine) -> list[Blocked]:
    """Whom, and which phones, the fraud guard has stopped, the last first."""
    with engine.connect() as connection:
        people = [_of_blocked(row, None) for row in connection.execute(select(BLOCKED))]
        phones = [_of_blocked(row, DeviceId(row.device)) for row in connection.execute(select(BLOCKED_DEVICES))]
    return sorted((*people, *phones), key=lambda one: one.at, reverse=True)


def _of_blocked(row: Row[Any], device: DeviceId | None) -> Blocked:
    return Blocked(UserId(row.user), device, Suspicion(row.why), row.calls, datetime.fromtimestamp(row.at, UTC))


def _of_day(row: Row[Any]) -> OfDay:
    money = Decimal(row.cost) / _PARTS_OF_MONEY
    return OfDay(date.fromisoformat(row.day), row.kind, row.key, timedelta(seconds=row.seconds), money, row.calls)


def _added(one: OfDay) -> Write:
    def write(connection: Connection) -> None:
        key = {"day": one.day.isoformat(), "kind": one.kind, "key": one.key}
        place = [SPENDING.c[name] == value for name, value in key.items()]
        before = connection.execute(select(SPENDING).where(*place)).one_or_none()
        held = _of_day(before) if before is not None else None
        seconds = one.lasted + (held.lasted if held else timedelta(0))
        cost = one.cost + (held.cost if held else Decimal(0))
        row = {"seconds": seconds.total_seconds(), "cost": int(cost * _PARTS_OF_MONEY)}
        upsert(connection, SPENDING, [{**key, **row, "calls": one.calls + (held.calls if held else 0)}])

    return write


def _blocked(fact: OutgoingBlocked, at: datetime) -> Write:
    def write(connection: Connection) -> None:
        row = {"user": fact.user, "why": fact.why.value, "calls": fact.calls, "at": at.timestamp()}
        if fact.device is None:
            upsert(connection, BLOCKED, [row])
        else:
            upsert(connection, BLOCKED_DEVICES, [{**row, "device": fact.device}])
        after = {"why": fact.why.value, "calls": fact.calls}
        kind, key = _what(fact)
        note(connection, Entry(at=at, by="house", what=Deed.CALLS_STOPPED, kind=kind, key=key, after=after))

    return write


def _allowed(fact: OutgoingAllowed, at: datetime) -> Write:
    def write(connection: Connection) -> None:
        if fact.device is None:
            connection.execute(delete(BLOCKED).where(BLOCKED.c.user == fact.user))
        else:
            connection.execute(delete(BLOCKED_DEVICES).where(BLOCKED_DEVICES.c.device == fact.device))
        kind, key = _what(fact)
        note(connection, Entry(at=at, by=fact.by, what=Deed.CALLS_ALLOWED, kind=kind, key=key, door=fact.door))

    return write


def _what(fact: OutgoingBlocked | OutgoingAllowed) -> tuple[str, str]:
    return ("user", fact.user) if fact.device is None else ("device", fact.device)
