"""Calls: the history, each one's story, and what can be asked of one that lives."""

import asyncio
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.api.people import masked
from switchroom.api.quality import QualityOut, quality_out
from switchroom.domain.access import Right
from switchroom.domain.deeds import Deed
from switchroom.domain.dispositions import SystemDisposition
from switchroom.domain.events import (
    DigitsAsked,
    HangUpAsked,
    HoldAsked,
    MuteRecordingAsked,
    RecordAsked,
    Request,
    SendOnAsked,
)
from switchroom.domain.facts.calls import QualityMeasured, Whose
from switchroom.domain.facts.every import Kept
from switchroom.domain.history import CallSummary, Direction
from switchroom.domain.identity import StoryId
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.domain.search import Wanted
from switchroom.domain.shapes import to_plain
from switchroom.engine.placed import Caller
from switchroom.storage.audit import Entry, noted
from switchroom.storage.calls import LONGEST_PAGE, Found

router = APIRouter(prefix="/api/calls", tags=["calls"], responses=PROBLEMS)
CallKey = Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9_-]+$", description="Key of the call")]
_DIALLED = frozenset("0123456789*#+")
EXAMPLE: JsonDict = {
    "id": "20261124T120000-7f3kq2", "began": "2026-11-24T12:00:00Z", "ended": "2026-11-24T12:03:10Z",
    "direction": "inbound", "number": "+79161234567", "name": "Иван Петров", "dialled": "74951234567",
    "trunk": "carrier", "user": None, "queue": "service", "operator": "anna", "rung": "anna",
    "missed_by": [], "joined_into": None, "waited": 12.0, "talked": 140.0, "cost": None, "disposition": "served",
    "whose": "customer", "dialogs": [], "recordings": [], "while_away": False,
}  # fmt: skip


class BadPage(Refusal):
    """What was given as the beginning of the next page is none."""

    code = "page.unknown"
    status = 422
    en = "This is no beginning of a page: {before}. Give `next` of the page before."
    ru = "Это не начало страницы: {before}. Передайте `next` предыдущей страницы."


class CallOut(BaseModel):
    """A line of the history; durations in seconds. `number` is masked without the right to see numbers."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: str
    began: datetime
    ended: datetime | None
    direction: Direction
    number: str
    name: str
    dialled: str
    trunk: str | None
    user: str | None
    queue: str | None
    operator: str | None
    rung: str | None
    """The last of us at whom it rang, whether they took it or not."""
    missed_by: list[str]
    """At whom it rang, who did not take it, and nobody else took it at that moment."""
    joined_into: str | None
    """The call in which it goes on: who called fetched somebody who was there, or was brought together with them."""
    waited: float
    talked: float
    cost: Decimal | None
    """In the company's currency, as text; null where no tariff says it."""
    disposition: SystemDisposition | None
    whose: Whose | None
    dialogs: list[str]
    recordings: list[str]
    while_away: bool


class CallPage(BaseModel):
    """`next` is where the next page begins, even if this one is short: much was looked through for it. Null: these were
    all.
    """

    items: list[CallOut]
    next: str | None


class FactOut(BaseModel):
    """One fact; `fact.kind` says which."""

    seq: int
    at: datetime
    fact: dict[str, Any]


class StoryOut(BaseModel):
    """A call with all its facts and those of its cards, in order, and how well it was heard."""

    call: CallOut
    facts: list[FactOut]
    quality: list[QualityOut]


class SendOnIn(BaseModel):
    """To which extension, or number outside as people write it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"to": "102"}})

    to: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\+?[0-9*# ().-]+$")]


class CallIn(BaseModel):
    """Whom to call: an extension, or a number outside as people write it. `device`: at which phone of yours; left out:
    at the page, else at all of yours that can be rung."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"to": "102"}})

    to: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\+?[0-9*# ().-]+$")]
    device: Annotated[str | None, Field(max_length=80)] = None


class AtPhone(BaseModel):
    """At which phone of yours; left out: at the page, else at all of yours that can be rung."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {}})

    device: Annotated[str | None, Field(max_length=80)] = None


class CallBegun(BaseModel):
    """The call that begins: your phone is about to be rung."""

    model_config = ConfigDict(json_schema_extra={"example": {"call": "20261124T120000-7f3kq2"}})

    call: str


class DigitsIn(BaseModel):
    """Keys."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"digits": "12#"}})

    digits: Annotated[str, Field(pattern=r"^[0-9*#A-D]{1,32}$")]


class OnOff(BaseModel):
    """On, or off again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"on": True}})

    on: bool


class Sought(BaseModel):
    """What is looked for; all that is given holds at once."""

    model_config = ConfigDict(extra="forbid")

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    number: Annotated[str | None, Field(max_length=40, description="Any part; fast from 3 digits on")] = None
    name: Annotated[str | None, Field(max_length=80, description="Parts of a customer's or caller's name")] = None
    trunk: Annotated[str | None, Field(max_length=48)] = None
    recorded: Annotated[bool | None, Field(description="Whether a recording was begun")] = None
    queue: Annotated[str | None, Field(max_length=48)] = None
    user: Annotated[str | None, Field(max_length=48, description="Who of us called or was called")] = None
    disposition: Annotated[str | None, Field(max_length=40)] = None
    direction: Direction | None = None
    living: bool | None = None


class CallQuery(Sought):
    """What is looked for, and how many at a time; `before` is `next` of the page before."""

    before: Annotated[str | None, Field(max_length=15, pattern=r"^[A-Za-z0-9]+$")] = None
    most: Annotated[int, Field(ge=1, le=LONGEST_PAGE)] = 50


@router.get("", operation_id="list_calls", summary="The history, the newest first")
async def list_calls(asked: Annotated[CallQuery, Query()], house: House, me: Me) -> CallPage:
    """Needs `see_calls`; without it you see your own. All that is given holds at once. `number` needs `see_numbers`."""
    before = _page(asked.before) if asked.before else None
    page = await asyncio.to_thread(house.calls.search, wanted_of(asked, house, me), before, asked.most)
    return CallPage(items=[call_out(me, f) for f in page.found], next=None if page.next is None else f"{page.next:x}")


def wanted_of(asked: Sought, house: Rooms, me: Visitor) -> Wanted:
    """What the visitor looks for, of what they may see. Raises: NotAllowed."""
    if asked.number:
        me.scope.need(Right.SEE_NUMBERS)  # who can't see numbers must not guess them digit by digit
    own = None if me.scope.may(Right.SEE_CALLS) else me.user
    return Wanted(
        since=asked.since, until=asked.until, number=asked.number, name=asked.name, queue=asked.queue,
        user=own or asked.user, trunk=asked.trunk, disposition=asked.disposition,
        direction=asked.direction.value if asked.direction else None, recorded=asked.recorded, living=asked.living,
        queues=queues_of(house, me),
    )  # fmt: skip


@router.get("/{key}", operation_id="get_call", summary="A call and its story")
async def get_call(key: CallKey, house: House, me: Me) -> StoryOut:
    """Every fact of the call and of the cards that were filled in for it, in the order in which they were kept."""
    found = await seen(house, me, key)
    told = await asyncio.to_thread(_told, house, found.call)
    return StoryOut(
        call=call_out(me, found),
        facts=[FactOut(seq=k.seq, at=k.at, fact=to_plain(k.fact)) for k in told],
        quality=[quality_out(k.at, k.fact) for k in told if isinstance(k.fact, QualityMeasured)],
    )


def _told(house: Rooms, call: CallSummary) -> list[Kept]:
    stories = (call.id, *call.dialogs)
    return sorted((kept for story in stories for kept in house.ledger.facts_of(story)), key=lambda kept: kept.seq)


@router.post("", operation_id="place_call", status_code=201, summary="Call an extension or a number outside")
async def place_call(body: CallIn, house: House, me: Me) -> CallBegun:
    """Needs `call`. Your own phone is rung first (a page takes the call by itself), then whom you call."""
    me.scope.need(Right.CALL)
    return CallBegun(call=await Caller(house.engine, me.user).call(dialled_of(body.to), body.device))


def dialled_of(written: str) -> str:
    """The keys that are pressed for a number as people write it."""
    return "".join(character for character in written if character in _DIALLED)


@router.post("/{key}/listen", operation_id="listen", status_code=201, summary="Listen to a talk")
async def listen(key: CallKey, body: Annotated[AtPhone, Body()], house: House, me: Me) -> CallBegun:
    """Needs `listen`, for a call that you may see. Your own phone is rung (a page takes it by itself); you hear both
    sides, and nobody hears you. It ends with the call, or when you hang up the call that is answered here. That you
    listened is told in the call's facts, and noted in the audit.
    """
    me.scope.need(Right.LISTEN)
    await seen(house, me, key)
    begun = await Caller(house.engine, me.user).listen(StoryId(key), body.device)
    entry = Entry(at=house.wall(), by=me.user, what=Deed.LISTENED, kind="call", key=key, door=me.door)
    await asyncio.to_thread(noted, house.database, entry)
    return CallBegun(call=begun)


@router.post("/{key}/digits", operation_id="send_digits", status_code=204, summary="Press keys")
async def send_digits(key: CallKey, body: DigitsIn, house: House, me: Me) -> None:
    """The other side hears them; a menu that you have called takes them. They are kept nowhere."""
    await _ask(house, key, DigitsAsked(by=me.user, digits=body.digits))


@router.post("/{key}/hang-up", operation_id="hang_up", status_code=204, summary="End your part in the call")
async def hang_up(key: CallKey, house: House, me: Me) -> None:
    """If the customer is to go on by the scenario, they do."""
    await _ask(house, key, HangUpAsked(by=me.user))


@router.post("/{key}/hold", operation_id="hold", status_code=204, summary="Put the other party on hold")
async def hold(key: CallKey, body: OnOff, house: House, me: Me) -> None:
    """They hear music; `on` false takes them back."""
    await _ask(house, key, HoldAsked(by=me.user, on=body.on))


@router.post("/{key}/send-on", operation_id="send_on", status_code=204, summary="Transfer at once")
async def send_on(key: CallKey, body: SendOnIn, house: House, me: Me) -> None:
    """Blind: you are free at once. If nobody takes the call there, it comes back to you."""
    await _ask(house, key, SendOnAsked(by=me.user, to=dialled_of(body.to)))


@router.post("/{key}/mute-recording", operation_id="mute_recording", status_code=204, summary="Pause the recording")
async def mute_recording(key: CallKey, body: OnOff, house: House, me: Me) -> None:
    """What is said meanwhile is not in it."""
    await _ask(house, key, MuteRecordingAsked(by=me.user, muted=body.on))


@router.post("/{key}/record", operation_id="record_on_demand", status_code=204, summary="Record on demand")
async def record(key: CallKey, body: OnOff, house: House, me: Me) -> None:
    """Your own talk, from now on; refused where a rule forbids it. `on` false ends what was begun so; what a rule wants
    can only be paused.
    """
    await _ask(house, key, RecordAsked(by=me.user, on=body.on))


async def _ask(house: Rooms, key: str, request: Request) -> None:
    await house.engine.ask(StoryId(key), request)


async def seen(house: Rooms, me: Visitor, key: str) -> Found:
    """A call that the visitor may see. Raises: NotFound."""
    found = await asyncio.to_thread(house.calls.find, key)
    if found is None or not _may_see(house, me, found.call):
        raise NotFound(kind="call", key=key)
    return found


def _may_see(house: Rooms, me: Visitor, call: CallSummary) -> bool:
    if me.user in call.ours:
        return True
    queues = queues_of(house, me)
    return me.scope.may(Right.SEE_CALLS) and (queues is None or call.queue is None or call.queue in queues)


def queues_of(house: Rooms, me: Visitor) -> frozenset[str] | None:
    """Keys of the queues of the visitor's projects; None is all."""
    if me.scope.projects is None:
        return None
    return frozenset(key for key, queue in house.engine.setup.queues.items() if me.scope.sees(queue.project))


def _page(before: str) -> int:
    try:
        return int(before, 16)
    except ValueError:
        raise BadPage(before=before) from None


def _seconds(lasting: timedelta) -> float:
    return round(lasting.total_seconds(), 3)


def _missed_by(call: CallSummary) -> list[str]:
    """Of calls of earlier versions the last one is known."""
    if call.rung is None or call.rung_at or call.ended is None:
        return list(call.missed_by)
    return [] if call.talked and call.operator == call.rung else [call.rung]


def call_out(me: Visitor, found: Found) -> CallOut:
    """A line of the history, as this visitor may see it."""
    call, caller = found.call, found.caller
    return CallOut(
        id=call.id, began=call.began, ended=call.ended, direction=call.direction,
        number=masked(me, caller.number) if caller else "", name=caller.name if caller else "",
        dialled=masked(me, call.dialled) if call.direction is Direction.OUTBOUND else call.dialled,
        trunk=call.trunk, user=call.user, queue=call.queue, operator=call.operator, rung=call.rung,
        missed_by=_missed_by(call), joined_into=call.joined_into,
        waited=_seconds(call.waited), talked=_seconds(call.talked), whose=call.whose, cost=call.cost,
        disposition=SystemDisposition(call.disposition) if call.disposition else None,
        dialogs=list(call.dialogs), recordings=list(call.recordings), while_away=call.while_away,
    )  # fmt: skip
