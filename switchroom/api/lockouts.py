"""Addresses that guessed passwords of phones and are locked out; letting one in again."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right

router = APIRouter(prefix="/api/lockouts", tags=["lockouts"], responses=PROBLEMS)
Address = Annotated[
    str, Path(max_length=60, pattern=r"^[0-9A-Fa-f.:]+$", description="Address", examples=["198.51.100.7"])
]


class LockoutOut(BaseModel):
    """One address: it gave so many wrong passwords in a row, and is let in again then."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "address": "198.51.100.7", "tries": 21, "at": "2026-11-24T03:12:00Z", "until": "2026-11-24T04:12:00Z",
            }
        }
    )  # fmt: skip

    address: str
    tries: int
    at: datetime
    until: datetime


@router.get("", operation_id="list_lockouts", summary="Which addresses are locked out?")
async def lockouts(house: House, me: Me) -> list[LockoutOut]:
    """The last first. Needs the right `lift_blocks`."""
    me.scope.need(Right.LIFT_BLOCKS)
    return [
        LockoutOut(address=one.address, tries=one.tries, at=one.at, until=one.until) for one in house.lockouts.now()
    ]


@router.post("/{address}/release", operation_id="release_address", status_code=204, summary="Let an address in again")
async def release(address: Address, house: House, me: Me) -> None:
    """Before its time. Needs the right `lift_blocks`."""
    me.scope.need(Right.LIFT_BLOCKS)
    await house.lockouts.release(address, me.user, me.door)
