"""Card records: what lies open before an operator, what was typed, and closing it."""

import asyncio
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.deeds import Deed
from switchroom.domain.events import CloseCardAsked, FieldsTyped
from switchroom.domain.identity import StoryId
from switchroom.domain.records import CardRecord
from switchroom.domain.refusals import NotFound, NotNow
from switchroom.domain.titles import Title
from switchroom.storage.audit import Entry, noted

router = APIRouter(prefix="/api/records", tags=["records"], responses=PROBLEMS)
RecordKey = Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9_-]+$", description="Key of the record")]
FieldValue = str | int | float | bool | None
EXAMPLE: JsonDict = {
    "id": "20261124T120000-7f3kq2-card2", "card": "request", "version": 1, "holder": "anna",
    "call": "20261124T120000-7f3kq2", "queue": "service", "values": {"address": "Lenina 5"}, "revision": 3,
    "opened": "2026-11-24T12:00:12Z", "closed": None, "closed_by": None, "disposition": None,
}  # fmt: skip


class RecordOut(BaseModel):
    """One filling of a card. `closed` is null while it lies open."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: str
    card: str
    version: int
    holder: str
    call: str | None
    queue: str | None
    values: dict[str, Any]
    revision: int
    opened: datetime | None
    closed: datetime | None
    closed_by: str | None
    disposition: str | None


class TypedIn(BaseModel):
    """Fields that were typed, the result as far as it is chosen (empty: none any more), and the revision you saw."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"fields": {"address": "Lenina 5"}, "revision": 2}}
    )

    fields: Annotated[dict[str, FieldValue], Field(max_length=500)] = {}
    disposition: Annotated[str | None, Field(max_length=48)] = None
    revision: Annotated[int, Field(ge=0, le=10**9)]


class ClosedIn(BaseModel):
    """The result, if the card has results; left out: the one that was chosen while typing."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"disposition": "solved"}})

    disposition: Annotated[str | None, Field(max_length=48)] = None


@router.get("", operation_id="list_records", summary="Records, the newest first")
async def list_records(
    house: House,
    me: Me,
    call: Annotated[str | None, Query(max_length=80)] = None,
    holder: Annotated[str | None, Query(max_length=48)] = None,
    open_only: bool = False,
    before: datetime | None = None,
    most: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[RecordOut]:
    """Needs `see_calls`; without it you see your own. `before`: opened before this moment, for the next page."""
    whose = holder if me.scope.may(Right.SEE_CALLS) else me.user
    found = await asyncio.to_thread(
        lambda: house.records.search(
            me.scope, cards=cards_of(house, me), holder=whose, call=call, open_only=open_only, before=before, most=most
        )
    )
    return [record_out(record) for record in found]


@router.get("/{key}", operation_id="get_record", summary="One record")
async def get_record(key: RecordKey, house: House, me: Me) -> RecordOut:
    """As it is on disk."""
    return record_out(await _seen(house, me, key))


@router.patch("/{key}", operation_id="type_fields", summary="Keep what was typed")
async def type_fields(key: RecordKey, body: TypedIn, house: House, me: Me) -> RecordOut:
    """Each field is checked by its card; it is on disk when this answers."""
    record = await _seen(house, me, key)
    if record.closed is None and record.holder != me.user:
        me.scope.need(Right.SUPERVISE)
    await _open(house, record)
    typed = FieldsTyped(
        by=me.user, fields=dict(body.fields), revision=body.revision, disposition=body.disposition
    )
    await house.engine.ask(StoryId(key), typed)
    return await get_record(key, house, me)


@router.post("/{key}/close", operation_id="close_record", summary="Close the card")
async def close_record(key: RecordKey, body: ClosedIn, house: House, me: Me) -> RecordOut:
    """Refused with all that is missing. You are ready again once no card lies open."""
    record = await _seen(house, me, key)
    await _open(house, record)
    await house.engine.ask(StoryId(key), CloseCardAsked(by=me.user, disposition=body.disposition))
    return await get_record(key, house, me)


@router.delete("/{key}/values", operation_id="erase_record", status_code=204, summary="Erase what was typed")
async def erase_record(key: RecordKey, house: House, me: Me) -> None:
    """For good; that there was a card stays."""
    me.scope.need(Right.ADMINISTER)
    record = await _seen(house, me, key)
    if record.closed is None:
        raise NotNow(what=Title("the card is still open", "карточка ещё открыта"))
    await asyncio.to_thread(house.records.erase, key)
    entry = Entry(at=house.wall(), by=me.user, what=Deed.RECORD_ERASED, kind="record", key=key, door=me.door)
    await asyncio.to_thread(noted, house.database, entry)


async def _open(house: Rooms, record: CardRecord) -> None:
    if record.closed is not None:
        raise NotNow(what=Title("the card is closed", "карточка закрыта"))


async def _seen(house: Rooms, me: Visitor, key: str) -> CardRecord:
    found = await asyncio.to_thread(house.records.find, key)
    if found is None or not _may_see(house, me, found):
        raise NotFound(kind="record", key=key)
    return found


def _may_see(house: Rooms, me: Visitor, record: CardRecord) -> bool:
    if record.holder == me.user:
        return True
    cards = cards_of(house, me)
    return me.scope.may(Right.SEE_CALLS) and (cards is None or record.card in cards)


def cards_of(house: Rooms, me: Visitor) -> list[str] | None:
    """Keys of the cards of the visitor's projects; None is all."""
    if me.scope.projects is None:
        return None
    return [key for key, card in house.engine.setup.cards.items() if me.scope.sees(card.project)]


def record_out(record: CardRecord) -> RecordOut:
    """A record, answered."""
    return RecordOut(
        id=record.dialog, card=record.card, version=record.version, holder=record.holder, call=record.call,
        queue=record.queue, values=record.values, revision=record.revision, opened=record.opened,
        closed=record.closed, closed_by=record.closed_by.value if record.closed_by else None,
        disposition=record.disposition,
    )  # fmt: skip
