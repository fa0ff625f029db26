"""The audit: who changed or looked at what, when."""

import asyncio
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import Engine

from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.deeds import DEEDS, Deed
from switchroom.storage import audit

router = APIRouter(prefix="/api/audit", tags=["audit"], responses=PROBLEMS)


class AuditedCall(BaseModel):
    """The call that a line tells of."""

    id: str
    began: datetime


class AuditLine(BaseModel):
    """One line; `number` of the last one is where the next page begins.

    `did` is `what` in words; `call` is given where the line tells of a call, its recording, or a message left in it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "number": 812, "at": "2026-11-26T09:12:05Z", "by": "olga", "what": "recording heard",
                "did": {"en": "Recording listened to", "ru": "Прослушана запись"}, "kind": "recording",
                "key": "c-42.1.record.1", "call": {"id": "c-42", "began": "2026-11-26T08:55:40Z"},
                "before": None, "after": None, "door": "192.0.2.7",
            }
        }
    )  # fmt: skip

    number: int
    at: datetime
    by: str
    what: Deed
    did: Words
    kind: str
    key: str
    call: AuditedCall | None
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
    return await asyncio.to_thread(_lines, house.database, sought)


def _lines(database: Engine, sought: audit.Sought) -> list[AuditLine]:
    found = audit.entries(database, sought)
    calls = audit.calls_of(database, [entry for _, entry in found])
    return [_line(number, entry, calls.get(entry.key)) for number, entry in found]


def _line(number: int, entry: audit.Entry, call: audit.CallOf | None) -> AuditLine:
    return AuditLine(
        number=number, at=entry.at, by=entry.by, what=entry.what, did=words(DEEDS[entry.what]), kind=entry.kind,
        key=entry.key, call=AuditedCall(id=call.id, began=call.began) if call else None, before=entry.before,
        after=entry.after, door=entry.door,
    )  # fmt: skip
