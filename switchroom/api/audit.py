"""The audit: who changed or looked at what, when."""

import asyncio
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

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


class AuditQuery(BaseModel):
    """Which lines. `before`: below this number, for the next page; `until` itself is not in it.

    `but_kind`: none of this kind.
    """

    model_config = ConfigDict(extra="forbid")

    before: Annotated[int | None, Field(ge=1, le=2**62)] = None
    kind: Annotated[str | None, Field(max_length=40)] = None
    but_kind: Annotated[str | None, Field(max_length=40)] = None
    key: Annotated[str | None, Field(max_length=120)] = None
    by: Annotated[str | None, Field(max_length=80)] = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    most: Annotated[int, Field(ge=1, le=500)] = 100


@router.get("", operation_id="list_audit", summary="The newest first")
async def list_audit(house: House, me: Me, query: Annotated[AuditQuery, Query()]) -> list[AuditLine]:
    """Needs `administer`. Passwords are never in it."""
    me.scope.need(Right.ADMINISTER)
    sought = audit.Sought(**query.model_dump())
    found = await asyncio.to_thread(audit.entries, house.database, sought)
    return [
        AuditLine(
            number=number, at=e.at, by=e.by, what=e.what, kind=e.kind, key=e.key, before=e.before, after=e.after,
            door=e.door,
        )
        for number, e in found
    ]  # fmt: skip
