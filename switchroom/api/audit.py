"""The audit: who changed or looked at what, when."""

import asyncio
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.storage import audit

router = APIRouter(prefix="/api/audit", tags=["audit"], responses=PROBLEMS)


class AuditLine(BaseModel):
    """One line; `number` of the last one is where the next page begins."""

    number: int
    at: datetime
    by: str
    what: str
    kind: str
    key: str
    before: Any
    after: Any
    door: str


@router.get("", operation_id="list_audit", summary="The newest first")
async def list_audit(
    house: House,
    me: Me,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    key: Annotated[str | None, Query(max_length=120)] = None,
    most: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[AuditLine]:
    """Needs `administer`. Passwords are never in it."""
    me.scope.need(Right.ADMINISTER)
    found = await asyncio.to_thread(audit.entries, house.database, before=before, kind=kind, key=key, most=most)
    return [
        AuditLine(
            number=number, at=e.at, by=e.by, what=e.what, kind=e.kind, key=e.key, before=e.before, after=e.after,
            door=e.door,
        )
        for number, e in found
    ]  # fmt: skip
