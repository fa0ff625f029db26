"""Lists of contacts: what is known of people outside; kept by hand or read from a table, and found by their numbers."""

import asyncio
import json
from typing import Annotated, Any
from uuid import uuid4

from fastapi import File, Form, Path, Query, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from switchroom.api.configured import Key, resource
from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.sheets import BadLineOut, bad_lines
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.contact_import import MOST_OCTETS, Imported, read_contacts
from switchroom.domain.contacts import LONGEST_NAME, MOST_NUMBERS, Contact, ContactId, ContactList, checked
from switchroom.domain.deeds import Deed
from switchroom.domain.numbers import to_e164
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.storage.audit import Entry

_CONTACT: dict[str, Any] = {
    "name": "Ирина Волкова", "numbers": ["+79161234567"], "values": {"status": "vip", "manager": "101"},
}  # fmt: skip
_IMPORT: dict[str, Any] = {
    "columns": [{"head": "Телефон", "samples": ["8 916 123-45-67"], "means": "number"}], "encoding": "cp1251",
    "added": 1, "changed": 0, "same": 0, "bad_lines": 1,
    "bad": [{"line": 3, "text": "Олег;12", "why": {"en": "12 is no telephone number", "ru": "12 — не номер"}}],
}  # fmt: skip
_AT_ONCE = 1000
_MOST_SHOWN = 200
"""So many of the lines that became nothing are told one by one."""


class ListNotEmpty(Refusal):
    """The list has contacts still."""

    code = "contact_list.not_empty"
    en = "{count} contacts are in this list. Erase them first."
    ru = "В списке есть контакты: {count}. Сначала сотрите их."


class TableTooLong(Refusal):
    """The file is longer than any list of contacts."""

    code = "contacts.table_too_long"
    status = 413
    en = "The file is longer than {most} MB. Send it in parts, as CSV."
    ru = "Файл больше {most} МБ. Отправьте его частями, в формате CSV."


class WrongColumns(Refusal):
    """What the columns are can't be read."""

    code = "contacts.wrong_columns"
    status = 422
    en = "`columns` is a JSON list of what each column is: `name`, `number`, `field:KEY`, or nothing."
    ru = "`columns` — список JSON: чем служит каждый столбец: `name`, `number`, `field:КЛЮЧ` или пусто."


async def must_be_empty(house: Rooms, key: str) -> None:
    """Before a list goes. Raises: ListNotEmpty."""
    count = await asyncio.to_thread(house.contacts.count, key)
    if count:
        raise ListNotEmpty(count=count)


router = resource(ThingKind.CONTACT_LIST, ContactList, "contact-lists", before_removal=must_be_empty)
ContactKey = Annotated[str, Path(max_length=36, description="Identifier of the contact")]


class ContactIn(BaseModel):
    """A contact. Numbers are taken as people of the company's country write them."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _CONTACT})

    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    numbers: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=MOST_NUMBERS)]
    values: Annotated[dict[str, str | float | bool], Field(max_length=50)] = {}


class ListedContact(BaseModel):
    """A contact as it is kept."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"id": "0d9c0b62-7c9b-4b4e-9f1f-6f2f0c9a1d11", **_CONTACT}}
    )

    id: str
    name: str
    numbers: list[str]
    values: dict[str, str | float | bool]


class ContactsOut(BaseModel):
    """Some contacts by their names; `total`: how many fit in all."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [{"id": "0d9c0b62", **_CONTACT}], "total": 1}})

    items: list[ListedContact]
    total: int


class ColumnOut(BaseModel):
    """A column of the table: its head, what stands in the first lines, and what it is taken for."""

    head: str
    samples: list[str]
    means: str


class ImportOut(BaseModel):
    """What the table makes of the list. `same`: they were there so already. `bad_lines`: how many became nothing."""

    model_config = ConfigDict(json_schema_extra={"example": _IMPORT})

    columns: list[ColumnOut]
    encoding: str
    added: int
    changed: int
    same: int
    bad_lines: int
    bad: list[BadLineOut]


class ContactsErased(BaseModel):
    """How many there were."""

    model_config = ConfigDict(json_schema_extra={"example": {"count": 120}})

    count: int


Table = Annotated[UploadFile, File(description="A table as CSV, in any usual encoding and with any usual separator")]
Columns = Annotated[
    str | None, Form(max_length=10_000, description="JSON list of what each column is; left out: as guessed")
]


@router.get("/{key}/contacts", operation_id="list_contacts", summary="Contacts of a list")
async def list_contacts(
    key: Key, house: House, me: Me,
    search: Annotated[str, Query(max_length=120, description="Part of the name, or of a number")] = "",
    first: Annotated[int, Query(ge=0, le=10_000_000, description="From this one on, counted from 0")] = 0,
    most: Annotated[int, Query(ge=1, le=200, description="So many at most")] = 50,
) -> ContactsOut:
    """In the order of their names."""
    _list(house, me, key)
    page = await asyncio.to_thread(house.contacts.page, key, search, first, most)
    return ContactsOut(items=[_out(one) for one in page.contacts], total=page.total)


@router.post("/{key}/contacts", operation_id="make_contact", status_code=201, summary="Add a contact")
async def make_contact(key: Key, body: ContactIn, house: House, me: Me) -> ListedContact:
    """A number belongs to one contact of a list."""
    return await _put(house, me, _list(house, me, key), _new_id(), body, Deed.MADE)


@router.get("/{key}/contacts/{contact}", operation_id="get_contact", summary="One contact")
async def get_contact(key: Key, contact: ContactKey, house: House, me: Me) -> ListedContact:
    """Of this list."""
    _list(house, me, key)
    return _out(await _found(house, key, contact))


@router.put("/{key}/contacts/{contact}", operation_id="put_contact", summary="Change a contact")
async def put_contact(key: Key, contact: ContactKey, body: ContactIn, house: House, me: Me) -> ListedContact:
    """Whole: what is left out is gone."""
    of = _list(house, me, key)
    found = await _found(house, key, contact)
    return await _put(house, me, of, found.id, body, Deed.CHANGED)


@router.delete("/{key}/contacts/{contact}", operation_id="delete_contact", status_code=204, summary="Erase a contact")
async def delete_contact(key: Key, contact: ContactKey, house: House, me: Me) -> None:
    """For ever; the audit tells who did, and not what was known."""
    _list(house, me, key)
    entry = _of_contact(house, me, Deed.REMOVED, contact, key)
    if not await asyncio.to_thread(house.contacts.remove, key, contact, entry):
        raise NotFound(kind="contact", key=contact)
    house.engine.contacts.remove(key, contact)


@router.delete("/{key}/contacts", operation_id="erase_contacts", summary="Erase all contacts of a list")
async def erase_contacts(key: Key, house: House, me: Me) -> ContactsErased:
    """For ever."""
    _list(house, me, key)
    entry = _of_list(house, me, Deed.CONTACTS_ERASED, key)
    count = await asyncio.to_thread(house.contacts.remove, key, None, entry)
    house.engine.contacts.remove(key)
    return ContactsErased(count=count)


@router.post("/{key}/contacts/-/read", operation_id="read_contacts", summary="What would this table make?")
async def read_table(key: Key, table: Table, house: House, me: Me, columns: Columns = None) -> ImportOut:
    """Nothing is kept: look at the columns and at the lines that became nothing, then import."""
    return _import_out(await _read(house, _list(house, me, key), table, columns))


@router.post("/{key}/contacts/-/import", operation_id="import_contacts", summary="Import a table")
async def import_table(key: Key, table: Table, house: House, me: Me, columns: Columns = None) -> ImportOut:
    """Who is there by one of the numbers is changed; everybody else is added. All lines that fit, in one go."""
    found = await _read(house, _list(house, me, key), table, columns)
    made = [*found.added.values(), *found.changed.values()]
    counts = {"added": len(found.added), "changed": len(found.changed), "bad": len(found.bad)}
    entry = _of_list(house, me, Deed.CONTACTS_IMPORTED, key, counts)
    await asyncio.to_thread(house.contacts.put, made, house.wall(), entry)
    for at in range(0, len(made), _AT_ONCE):
        house.engine.contacts.put(made[at : at + _AT_ONCE])
        await asyncio.sleep(0)  # no call waits until all of a long table are known
    return _import_out(found)


# ---- what they have in common


def _list(house: Rooms, me: Visitor, key: str) -> ContactList:
    """The list, for who may set it up. Raises: NotAllowed, NotFound."""
    me.scope.need(Right.ADMINISTER)
    found = house.engine.setup.contact_lists.get(key)
    if found is None or not me.scope.sees(found.project):
        raise NotFound(kind=ThingKind.CONTACT_LIST.value, key=key)
    return found


async def _found(house: Rooms, key: str, contact: str) -> Contact:
    found = await asyncio.to_thread(house.contacts.find, key, contact)
    if found is None:
        raise NotFound(kind="contact", key=contact)
    return found


async def _put(
    house: Rooms, me: Visitor, of: ContactList, contact: ContactId, body: ContactIn, what: Deed
) -> ListedContact:
    country = house.engine.setup.company.country
    numbers = tuple(dict.fromkeys(to_e164(one, country) or one.strip() for one in body.numbers))
    name = " ".join(body.name.split())
    made = checked(of, Contact(id=contact, list=of.id, name=name, numbers=numbers, values=body.values))
    await asyncio.to_thread(house.contacts.put, [made], house.wall(), _of_contact(house, me, what, contact, of.id))
    house.engine.contacts.put([made])
    return _out(made)


async def _read(house: Rooms, of: ContactList, table: UploadFile, columns: str | None) -> Imported:
    means = _means(columns)
    octets = await table.read(MOST_OCTETS + 1)
    if len(octets) > MOST_OCTETS:
        raise TableTooLong(most=MOST_OCTETS // 1_000_000)
    country = house.engine.setup.company.country

    def read() -> Imported:
        return read_contacts(octets, of, country, house.contacts.by_number(of.id), _new_id, means)

    return await asyncio.to_thread(read)


def _means(columns: str | None) -> list[str] | None:
    if columns is None:
        return None
    try:
        found = json.loads(columns)
    except ValueError:
        raise WrongColumns from None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise WrongColumns
    return found


def _of_contact(house: Rooms, me: Visitor, what: Deed, contact: str, of: str) -> Entry:
    """Of a person only the list is told."""
    where, gone = {"list": of}, what is Deed.REMOVED
    return Entry(
        at=house.wall(), by=me.user, what=what, kind="contact", key=contact, door=me.door,
        before=where if gone else None, after=None if gone else where,
    )  # fmt: skip


def _of_list(house: Rooms, me: Visitor, what: Deed, key: str, after: Any = None) -> Entry:
    kind = ThingKind.CONTACT_LIST.value
    return Entry(at=house.wall(), by=me.user, what=what, kind=kind, key=key, after=after, door=me.door)


def _new_id() -> ContactId:
    return ContactId(str(uuid4()))


def _out(one: Contact) -> ListedContact:
    return ListedContact(id=one.id, name=one.name, numbers=list(one.numbers), values=one.values)


def _import_out(found: Imported) -> ImportOut:
    columns = [ColumnOut(head=one.head, samples=list(one.samples), means=one.means) for one in found.columns]
    return ImportOut(
        columns=columns, encoding=found.encoding, added=len(found.added), changed=len(found.changed),
        same=len(found.same), bad_lines=len(found.bad), bad=bad_lines(found.bad[:_MOST_SHOWN]),
    )  # fmt: skip
