"""What is known of a customer: their earlier calls, and the cards that were filled in for them."""

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict

from switchroom.api.calls import EXAMPLE as CALL
from switchroom.api.calls import CallKey, CallOut, call_out, queues_of, seen
from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.api.people import masked
from switchroom.api.records import EXAMPLE as RECORD
from switchroom.api.records import RecordOut, cards_of, record_out
from switchroom.domain import numbers
from switchroom.domain.access import Right
from switchroom.domain.identity import PartyId, StoryId
from switchroom.domain.parts import serves_call
from switchroom.domain.people import Party
from switchroom.domain.refusals import NotFound
from switchroom.storage.calls import Found, OfNumber

router = APIRouter(tags=["customers"], responses=PROBLEMS)
Most = Annotated[int, Query(ge=1, le=100)]


class Contact(BaseModel):
    """One call of the customer, and the cards that were closed for it, the newest first."""

    call: CallOut
    records: list[RecordOut]


class CustomerOut(BaseModel):
    """`contacts` are the newest, without the call that was asked about; `total` counts all that you may see."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "number": "+79161234567", "name": "Иван Петров", "total": 1,
                "contacts": [{"call": CALL, "records": [{**RECORD, "closed": "2026-11-24T12:04:10Z"}]}],
            }
        }
    )  # fmt: skip

    number: str
    name: str
    total: int
    contacts: list[Contact]


@router.get("/api/calls/{key}/customer", operation_id="get_call_customer", summary="Earlier calls of the same customer")
async def get_call_customer(key: CallKey, house: House, me: Me, most: Most = 20) -> CustomerOut:
    """For whoever may see the call. While you serve it, or its card lies open before you, you see what others did for
    this customer, too; otherwise that needs `see_calls`. Nothing for a withheld number, or for one of us.
    """
    serves = any(serves_call(state, me.user, StoryId(key)) for state in house.engine.living())
    found = await _call(house, me, key, serves=serves)
    caller = found.caller
    if caller is None:
        return CustomerOut(number="", name="", total=0, contacts=[])
    whose = None if serves or me.scope.may(Right.SEE_CALLS) else me.user
    return await _customer(house, me, caller, OfNumber(caller.number, but=key, user=whose), most)


@router.get("/api/customers/{number}", operation_id="get_customer", summary="A customer by their number")
async def get_customer(
    number: Annotated[str, Path(pattern=r"^\+[1-9][0-9]{6,14}$", description="E.164", examples=["+79161234567"])],
    house: House,
    me: Me,
    most: Most = 20,
) -> CustomerOut:
    """Needs `see_calls` and `see_numbers`. Nobody known: 404."""
    me.scope.need(Right.SEE_CALLS)
    me.scope.need(Right.SEE_NUMBERS)
    known = await _customer(house, me, Party(id=PartyId(""), number=number), OfNumber(number), most)
    if known.total == 0:
        raise NotFound(kind="customer", key=number)
    return known


async def _call(house: Rooms, me: Visitor, key: str, *, serves: bool) -> Found:
    """A call that the visitor serves now, or may see anyway. Raises: NotFound."""
    found = await asyncio.to_thread(house.calls.find, key) if serves else await seen(house, me, key)
    if found is None:
        raise NotFound(kind="call", key=key)
    return found


async def _customer(house: Rooms, me: Visitor, party: Party, wanted: OfNumber, most: int) -> CustomerOut:
    if not numbers.is_e164(wanted.number):
        return CustomerOut(number=masked(me, party.number), name=party.name, total=0, contacts=[])
    wanted = replace(wanted, queues=queues_of(house, me))
    found, total = await asyncio.to_thread(house.calls.of_number, wanted, most)
    records = await asyncio.to_thread(house.records.of_calls, [f.call.id for f in found], cards_of(house, me))
    named = (f.caller.name for f in found if f.caller and f.caller.name)
    return CustomerOut(
        number=masked(me, party.number),
        name=party.name or next(named, ""),
        total=total,
        contacts=[
            Contact(call=call_out(me, f), records=[record_out(r) for r in records if r.call == f.call.id])
            for f in found
        ],
    )
