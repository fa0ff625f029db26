"""Personal tokens for programs."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.deeds import Deed
from switchroom.domain.refusals import NotFound
from switchroom.storage.audit import Entry, noted
from switchroom.storage.tokens import Token

router = APIRouter(prefix="/api/tokens", tags=["tokens"], responses=PROBLEMS)


class TokenIn(BaseModel):
    """What the program may do: no more than you may. `days` it lasts; null: until it is revoked."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"title": "CRM", "rights": ["see_calls"], "days": 365}}
    )

    title: Annotated[str, Field(min_length=1, max_length=120)]
    rights: Annotated[frozenset[Right], Field(min_length=1)]
    projects: frozenset[str] | None = None
    days: Annotated[int | None, Field(ge=1, le=3650)] = 365


class TokenOut(BaseModel):
    """A token, without its text."""

    id: str
    title: str
    rights: list[Right]
    projects: list[str] | None
    made: datetime
    until: datetime | None
    used: datetime | None


class TokenMade(BaseModel):
    """`text` is shown this once: Authorization: Bearer TEXT."""

    text: str
    token: TokenOut


@router.get("", operation_id="list_tokens", summary="Your tokens")
async def list_tokens(house: House, me: Me) -> list[TokenOut]:
    """Never their texts."""
    return [_out(token) for token in await asyncio.to_thread(house.tokens.of, me.user)]


@router.post("", operation_id="make_token", status_code=201, summary="Make a token for a program")
async def make_token(body: TokenIn, house: House, me: Me) -> TokenMade:
    """A token never does more than its owner may."""
    until = house.wall() + timedelta(days=body.days) if body.days else None
    text, token = await asyncio.to_thread(
        house.tokens.make, me.user, body.title, body.rights, body.projects, house.wall(), until
    )
    await _noted(house, me, Deed.TOKEN_MADE, token, after=_kept(token))
    return TokenMade(text=text, token=_out(token))


@router.delete("/{token}", operation_id="revoke_token", status_code=204, summary="Revoke a token")
async def revoke_token(token: Annotated[str, Path(pattern="^[0-9a-f]{16}$")], house: House, me: Me) -> None:
    """At once."""
    found = next((t for t in await asyncio.to_thread(house.tokens.of, me.user) if t.id == token), None)
    if found is None or not await asyncio.to_thread(house.tokens.revoke, me.user, token):
        raise NotFound(kind="token", key=token)
    house.look_again.now()
    await _noted(house, me, Deed.TOKEN_REVOKED, found, before=_kept(found))


async def _noted(house: Rooms, me: Visitor, what: Deed, token: Token, *, before: Any = None, after: Any = None) -> None:
    entry = Entry(
        at=house.wall(), by=me.user, what=what, kind="token", key=token.id, before=before, after=after, door=me.door
    )
    await asyncio.to_thread(noted, house.database, entry)


def _kept(token: Token) -> dict[str, Any]:
    """What the audit says of a token: all but its text."""
    return _out(token).model_dump(mode="json", include={"title", "rights", "projects", "until"})


def _out(token: Token) -> TokenOut:
    return TokenOut(
        id=token.id,
        title=token.title,
        rights=sorted(token.rights),
        projects=None if token.projects is None else sorted(token.projects),
        made=token.made,
        until=token.until,
        used=token.used,
    )
