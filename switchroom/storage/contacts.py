"""Contacts and their numbers: rows that can be corrected and erased; the audit tells who did, and no values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Float,
    Index,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    or_,
    select,
)

from switchroom.domain.contacts import Contact, ContactId, Known, NumberTaken
from switchroom.storage.audit import Entry, note
from switchroom.storage.tables import METADATA
from switchroom.storage.upsert import upsert

CONTACTS = Table(
    "contacts",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("list", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, doc="the name, for looking it up"),
    Column("body", LargeBinary, nullable=False, doc="numbers in their order, and what the fields say"),
    Column("changed", Float, nullable=False),
    Index(None, "list", "folded", "id"),
)
CONTACT_NUMBERS = Table(
    "contact_numbers",
    METADATA,
    Column("list", String(80), primary_key=True),
    Column("number", String(20), primary_key=True),
    Column("contact", String(36), nullable=False),
    Index(None, "contact"),
)
_BATCH = 500


class _Body(msgspec.Struct, frozen=True, omit_defaults=True):
    numbers: tuple[str, ...]
    values: dict[str, Known] = {}


@dataclass(frozen=True, slots=True)
class Page:
    """Some contacts of a list by their names, and how many there are in all."""

    contacts: tuple[Contact, ...]
    total: int


class Contacts:
    """All of a house."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def every(self, of: str | None = None) -> Iterator[Contact]:
        """All of them, or those of one list."""
        chosen = select(CONTACTS) if of is None else select(CONTACTS).where(CONTACTS.c.list == of)
        with self._engine.connect().execution_options(yield_per=_BATCH) as connection:
            for row in connection.execute(chosen):
                yield _contact(row)

    def find(self, of: str, key: str) -> Contact | None:
        """One of a list."""
        chosen = select(CONTACTS).where(CONTACTS.c.list == of, CONTACTS.c.id == key)
        with self._engine.connect() as connection:
            row = connection.execute(chosen).one_or_none()
        return _contact(row) if row is not None else None

    def page(self, of: str, search: str, first: int, most: int) -> Page:
        """From the `first` one on, in the order of their names; those that a name or a number has in it."""
        chosen = and_(CONTACTS.c.list == of, _fits(search))
        with self._engine.connect() as connection:
            total = connection.execute(select(func.count()).select_from(CONTACTS).where(chosen)).scalar_one()
            order = select(CONTACTS).where(chosen).order_by(CONTACTS.c.folded, CONTACTS.c.id)
            rows = connection.execute(order.offset(first).limit(most))
            return Page(tuple(_contact(row) for row in rows), total)

    def by_number(self, of: str) -> dict[str, Contact]:
        """A whole list."""
        return {number: one for one in self.every(of) for number in one.numbers}

    def count(self, of: str) -> int:
        """How many there are in a list."""
        with self._engine.connect() as connection:
            counted = select(func.count()).select_from(CONTACTS).where(CONTACTS.c.list == of)
            return connection.execute(counted).scalar_one()

    def put(self, contacts: Sequence[Contact], at: datetime, *audit: Entry) -> None:
        """Make or change them, all or none. Raises: NumberTaken."""
        with self._engine.begin() as connection:
            for batch in _batches(contacts):
                keys = [one.id for one in batch]
                connection.execute(delete(CONTACT_NUMBERS).where(CONTACT_NUMBERS.c.contact.in_(keys)))
                _none_is_taken(connection, batch)
                upsert(connection, CONTACTS, [_row(one, at) for one in batch])
                numbers = [
                    {"list": one.list, "number": number, "contact": one.id} for one in batch for number in one.numbers
                ]
                upsert(connection, CONTACT_NUMBERS, numbers)
            note(connection, *audit)

    def remove(self, of: str, key: str | None, *audit: Entry) -> int:
        """Erase one of a list, or all; returns how many there were."""
        chosen = CONTACTS.c.list == of if key is None else and_(CONTACTS.c.list == of, CONTACTS.c.id == key)
        with self._engine.begin() as connection:
            keys = select(CONTACTS.c.id).where(chosen)
            connection.execute(delete(CONTACT_NUMBERS).where(CONTACT_NUMBERS.c.contact.in_(keys)))
            gone = connection.execute(delete(CONTACTS).where(chosen)).rowcount
            if gone:
                note(connection, *audit)
            return int(gone)


def _batches(contacts: Sequence[Contact]) -> Iterator[Sequence[Contact]]:
    for at in range(0, len(contacts), _BATCH):
        yield contacts[at : at + _BATCH]


def _none_is_taken(connection: Connection, batch: Sequence[Contact]) -> None:
    wanted = or_(*(
        and_(CONTACT_NUMBERS.c.list == one.list, CONTACT_NUMBERS.c.number.in_(one.numbers)) for one in batch
    ))  # fmt: skip
    whose = select(CONTACT_NUMBERS.c.number, CONTACTS.c.name).join(CONTACTS, CONTACTS.c.id == CONTACT_NUMBERS.c.contact)
    taken = connection.execute(whose.where(wanted).limit(1)).one_or_none()
    if taken is not None:
        raise NumberTaken(number=taken.number, name=taken.name or taken.number)


def _fits(search: str) -> ColumnElement[bool]:
    words = search.casefold().split()
    digits = "".join(sign for sign in search if sign.isdigit())
    by_name = and_(*(CONTACTS.c.folded.contains(word, autoescape=True) for word in words), CONTACTS.c.id.is_not(None))
    if len(digits) < 3 or any(sign.isalpha() for sign in search):
        return by_name
    by_number = select(CONTACT_NUMBERS.c.contact).where(CONTACT_NUMBERS.c.number.contains(digits, autoescape=True))
    return or_(by_name, CONTACTS.c.id.in_(by_number))


def _row(one: Contact, at: datetime) -> dict[str, object]:
    body = msgspec.json.encode(_Body(numbers=one.numbers, values=one.values))
    return {
        "id": one.id, "list": one.list, "name": one.name, "folded": one.name.casefold(), "body": body,
        "changed": at.timestamp(),
    }  # fmt: skip


_decoder = msgspec.json.Decoder(_Body)


def _contact(row: Row[tuple[object, ...]]) -> Contact:
    body = _decoder.decode(row.body)
    return Contact(id=ContactId(row.id), list=row.list, name=row.name, numbers=body.numbers, values=body.values)
