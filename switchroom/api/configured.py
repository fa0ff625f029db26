"""What all configured things have in common at the door: list, look, put, remove, versions, drafts."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Body, Header, Path
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS, problem_of
from switchroom.api.faults import FieldFault
from switchroom.domain.access import Right
from switchroom.domain.configured import Configured, ThingKind
from switchroom.domain.publishing import NotPublishable, Put, Remove, faults_of, key_of, shelf, with_thing
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.domain.setup import Setup
from switchroom.storage.setup import Draft, DraftMisfit

C = TypeVar("C", bound=Configured)
Check = Callable[[Rooms, str], Awaitable[None]]
"""Of whether a thing of this key may go. Raises: Refusal if it may not."""

Key = Annotated[
    str, Path(max_length=80, pattern=r"^[A-Za-z0-9*#][A-Za-z0-9*#_-]{0,79}$", description="Key of the thing")
]
IfMatch = Annotated[
    int | None,
    Header(alias="If-Match", ge=0, description="Version that you looked at; 0: only if there is none. Left out: any."),
]
Number = Annotated[int, Path(ge=1, le=10**9, description="Version")]


class KeyMismatch(Refusal):
    """The address names one thing, the body another."""

    code = "thing.key_mismatch"
    status = 422
    en = "The address names {key}, the body {other}. They must be the same."
    ru = "В адресе {key}, а в теле {other}. Они должны совпадать."


class Versioned(BaseModel, Generic[C]):
    """A thing and the version in which it is published."""

    version: int
    thing: C


class Listed(BaseModel, Generic[C]):
    """All things of a kind that you may see. `revision` counts the publications of the house."""

    revision: int
    items: list[Versioned[C]]


class Published(BaseModel):
    """It holds from now on. `switch_is_behind`: the switch could not take it yet, and will as soon as it can."""

    model_config = ConfigDict(json_schema_extra={"example": {"revision": 7, "version": 3, "switch_is_behind": False}})

    revision: int
    version: int
    switch_is_behind: bool


class OneVersion(BaseModel):
    """One version of a thing; `thing` is null where it was removed."""

    version: int
    at: str
    by: str
    thing: dict[str, Any] | None


class DraftOut(BaseModel):
    """What is being drawn. Send `edit` back with your change, so that two people don't overwrite each other."""

    body: dict[str, Any]
    based_on: int
    edit: int
    at: str
    by: str


class Checked(BaseModel):
    """Everything that keeps it from being published; nothing if it can be."""

    faults: list[FieldFault]


class DraftIn(BaseModel):
    """What you have drawn, right or not."""

    model_config = ConfigDict(extra="forbid")

    body: dict[str, Any]
    edit: int | None = None




def draft_out(found: Draft) -> DraftOut:
    """A draft, answered."""
    return DraftOut(body=found.body, based_on=found.based_on, edit=found.edit, at=found.at.isoformat(), by=found.by)


def resource(
    kind: ThingKind, shape: type[C], path: str, *, needs: Right | None = Right.ADMINISTER, drafted: bool = False,
    before_removal: Check | None = None,
) -> APIRouter:
    """The doors of a kind of thing. `needs` is the right for looking; changing always needs `administer`."""
    router = APIRouter(prefix=f"/api/{path}", tags=[path], responses=PROBLEMS)
    _looking(router, kind, shape, needs)
    _changing(router, kind, shape, before_removal)
    if drafted:
        _drafting(router, kind)
    return router




async def put(house: Rooms, me: Visitor, kind: ThingKind, body: Configured, based_on: int | None) -> Published:
    """Publish one thing."""
    picture = await house.administration.publish(me.scope, [Put(kind, body, based_on)], me.door)
    return published(house, picture, kind, key_of(kind, body))


def published(house: Rooms, picture: Setup, kind: ThingKind, key: str) -> Published:
    """What the door says after a publication."""
    return Published(
        revision=picture.revision,
        version=picture.version(kind, key),
        switch_is_behind=house.administration.switch_is_behind,
    )


def _visible(me: Visitor, thing: Configured) -> bool:
    project = getattr(thing, "project", None)
    return project is None or me.scope.sees(project)


def _looking(router: APIRouter, kind: ThingKind, shape: type[C], needs: Right | None) -> None:
    @router.get("", operation_id=f"list_{kind}", response_model=Listed[shape], summary=f"All of kind {kind}")  # type: ignore[valid-type]
    async def list_(house: House, me: Me) -> Any:
        if needs is not None:
            me.scope.need(needs)
        setup = house.engine.setup
        things = [(key, thing) for key, thing in sorted(shelf(setup, kind).items()) if _visible(me, thing)]
        items = [{"version": setup.version(kind, key), "thing": thing} for key, thing in things]
        return {"revision": setup.revision, "items": items}

    @router.get("/{key}", operation_id=f"get_{kind}", response_model=Versioned[shape], summary=f"One {kind}")  # type: ignore[valid-type]
    async def get(key: Key, house: House, me: Me) -> Any:
        if needs is not None:
            me.scope.need(needs)
        thing = shelf(house.engine.setup, kind).get(key)
        if thing is None or not _visible(me, thing):
            raise NotFound(kind=kind.value, key=key)
        return {"version": house.engine.setup.version(kind, key), "thing": thing}

    @router.get("/{key}/versions", operation_id=f"list_{kind}_versions", summary=f"All versions of a {kind}")
    async def versions(key: Key, house: House, me: Me) -> list[OneVersion]:
        me.scope.need(Right.ADMINISTER)
        found = await asyncio.to_thread(house.administration.store.history, kind, key)
        return [OneVersion(version=v.version, at=v.at.isoformat(), by=v.by, thing=v.body) for v in found]


def _changing(router: APIRouter, kind: ThingKind, shape: type[C], before_removal: Check | None) -> None:
    @router.put("/{key}", operation_id=f"put_{kind}", summary=f"Make or change a {kind}")
    async def put_(
        key: Key, body: Annotated[shape, Body()], house: House, me: Me, based_on: IfMatch = None  # type: ignore[valid-type]
    ) -> Published:
        if key_of(kind, body) != key:
            raise KeyMismatch(key=key, other=key_of(kind, body))
        return await put(house, me, kind, body, based_on)

    @router.delete("/{key}", operation_id=f"delete_{kind}", summary=f"Remove a {kind} that nothing names")
    async def delete(key: Key, house: House, me: Me, based_on: IfMatch = None) -> Published:
        if before_removal is not None:
            me.scope.need(Right.ADMINISTER)
            await before_removal(house, key)
        picture = await house.administration.publish(me.scope, [Remove(kind, key, based_on)], me.door)
        return published(house, picture, kind, key)

    @router.post("/{key}/versions/{version}/restore", operation_id=f"restore_{kind}", summary="Publish it anew")
    async def restore(key: Key, version: Number, house: House, me: Me) -> Published:
        me.scope.need(Right.ADMINISTER)
        body = await asyncio.to_thread(house.administration.store.version_of, kind, key, version)
        return await put(house, me, kind, body, None)


def _drafting(router: APIRouter, kind: ThingKind) -> None:
    @router.get("/{key}/draft", operation_id=f"get_{kind}_draft", summary="What is being drawn")
    async def draft(key: Key, house: House, me: Me) -> DraftOut | None:
        """Null where nothing is being drawn."""
        me.scope.need(Right.ADMINISTER)
        with suppress(NotFound):
            return draft_out(await asyncio.to_thread(house.administration.store.draft, kind, key))
        return None

    @router.put("/{key}/draft", operation_id=f"put_{kind}_draft", summary="Keep what was drawn, right or not")
    async def save(key: Key, body: DraftIn, house: House, me: Me) -> DraftOut:
        me.scope.need(Right.ADMINISTER)
        store = house.administration.store
        await asyncio.to_thread(store.save_draft, kind, key, body.body, me.user, house.wall(), body.edit)
        return draft_out(await asyncio.to_thread(store.draft, kind, key))

    @router.delete("/{key}/draft", operation_id=f"delete_{kind}_draft", status_code=204, summary="Throw it away")
    async def discard(key: Key, house: House, me: Me) -> None:
        me.scope.need(Right.ADMINISTER)
        await asyncio.to_thread(house.administration.store.discard_draft, kind, key)

    @router.post("/{key}/draft/check", operation_id=f"check_{kind}_draft", summary="May it be published?")
    async def check(key: Key, house: House, me: Me) -> Checked:
        me.scope.need(Right.ADMINISTER)
        try:
            wish = await asyncio.to_thread(house.administration.store.wish_of_draft, kind, key)
        except DraftMisfit as refusal:
            return Checked(faults=problem_of(refusal).fields)
        setup = house.engine.setup
        found = faults_of(with_thing(setup, kind, key, wish.body), setup)
        return Checked(faults=problem_of(NotPublishable(f for f in found if (f.kind, f.key) == (kind, key))).fields)

    @router.post("/{key}/draft/publish", operation_id=f"publish_{kind}_draft", summary="Let it hold from now on")
    async def publish(key: Key, house: House, me: Me) -> Published:
        me.scope.need(Right.ADMINISTER)
        wish = await asyncio.to_thread(house.administration.store.wish_of_draft, kind, key)
        done = await put(house, me, kind, wish.body, wish.based_on)
        await asyncio.to_thread(house.administration.store.discard_draft, kind, key)
        return done
