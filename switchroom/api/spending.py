"""What has been called outside, against the limits; and what the fraud guard has stopped."""

import asyncio
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from switchroom.api.configured import Key
from switchroom.api.deps import House, Me, Rooms
from switchroom.api.errors import PROBLEMS
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.facts.house import OutgoingAllowed
from switchroom.domain.fraud import SUSPICIONS, Suspicion
from switchroom.domain.refusals import NotFound
from switchroom.storage.spending import blocked_ones

router = APIRouter(prefix="/api/spending", tags=["spending"], responses=PROBLEMS)


class SpentOut(BaseModel):
    """Of one user or trunk; minutes, and money as text in the company's currency. Talks that go on are counted."""

    key: str
    calls: int
    minutes_today: float
    minutes_this_month: float
    cost_today: Decimal
    cost_this_month: Decimal


class SpendingOut(BaseModel):
    """All who have called outside in this month."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "currency": "RUB", "trunks": [],
                "users": [
                    {
                        "key": "anna", "calls": 1, "minutes_today": 12.5, "minutes_this_month": 340.0,
                        "cost_today": "18.75", "cost_this_month": "510.00",
                    }
                ],
            }
        }
    )  # fmt: skip

    currency: str
    users: list[SpentOut]
    trunks: list[SpentOut]


class BlockedOut(BaseModel):
    """Somebody whose calls outside were stopped: since when, and what gave it away. Emergencies always go through.

    `device`: only that phone of theirs; null: all.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "anna", "device": "anna-desk", "at": "2026-11-24T03:12:00Z", "reason": "abroad", "calls": 6,
                "why": {
                    "en": "many calls abroad in a short time", "ru": "много звонков за границу за короткое время",
                },
            }
        }
    )  # fmt: skip

    user: str
    device: str | None
    at: datetime
    reason: Suspicion
    why: Words
    calls: int


@router.get("", operation_id="get_spending", summary="What has been called outside?")
async def spending(house: House, me: Me) -> SpendingOut:
    """Today and this month, by the company's clock."""
    me.scope.need(Right.ADMINISTER)
    return SpendingOut(
        currency=house.engine.setup.company.currency, users=_spent(house, "user"), trunks=_spent(house, "trunk")
    )


@router.get("/blocked", operation_id="list_blocked", summary="Whose calls outside were stopped?")
async def blocked(house: House, me: Me) -> list[BlockedOut]:
    """The last first."""
    me.scope.need(Right.LIFT_BLOCKS)
    found = await asyncio.to_thread(blocked_ones, house.database)
    return [
        BlockedOut(
            user=one.user, device=one.device, at=one.at, reason=one.why, why=words(SUSPICIONS[one.why]), calls=one.calls
        )
        for one in found
    ]


@router.post("/blocked/{key}/allow", operation_id="allow_outgoing", status_code=204, summary="Let them call again")
async def allow(
    key: Key, house: House, me: Me,
    device: Annotated[str | None, Query(max_length=80, description="If only that phone was stopped")] = None,
) -> None:  # fmt: skip
    """From now on; what they called before is not held against them. Needs the right `lift_blocks`."""
    me.scope.need(Right.LIFT_BLOCKS)
    found = await asyncio.to_thread(blocked_ones, house.database)
    stopped = next((one for one in found if (one.user, one.device) == (key, device)), None)
    if stopped is None:
        raise NotFound(kind="block", key=device or key)
    allowed = OutgoingAllowed(user=stopped.user, device=stopped.device, by=me.user, door=me.door)
    await house.engine.tell(allowed)


def _spent(house: Rooms, kind: str) -> list[SpentOut]:
    book, lines = house.engine.outside.spending, house.engine.lines
    running = lines.outside() if kind == "user" else lines.outgoing()
    return [
        SpentOut(
            key=key,
            calls=running.get(key, 0),  # type: ignore[call-overload]  # a user or a trunk
            minutes_today=round(spent.today.total_seconds() / 60, 1),
            minutes_this_month=round(spent.month.total_seconds() / 60, 1),
            cost_today=spent.cost_today,
            cost_this_month=spent.cost_month,
        )
        for key in book.known(kind)
        for spent in [book.spent(kind, key)]
    ]
