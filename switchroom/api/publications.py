"""Several changes at once: all of them hold, or none."""

import json
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, model_validator

from switchroom.api.configured import Checked, KeyMismatch
from switchroom.api.contacts import must_be_empty
from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS, problem_of
from switchroom.api.faults import fields_of
from switchroom.domain.access import Right
from switchroom.domain.configured import Configured, Misfit, ThingKind
from switchroom.domain.people import Secret
from switchroom.domain.publishing import (
    SHAPES,
    NotPublishable,
    Put,
    Remove,
    SetPassword,
    Wish,
    faults_of,
    key_of,
    with_things,
)
from switchroom.domain.rooms import must_be_pin

router = APIRouter(prefix="/api/publications", tags=["publications"], responses=PROBLEMS)
_MOST_AT_ONCE = 500
_SIGNING_IN = frozenset({ThingKind.DEVICE, ThingKind.TRUNK, ThingKind.ROOM})
_EXAMPLE: dict[str, Any] = {
    "changes": [
        {"kind": "user", "key": "vera", "thing": {"id": "vera", "name": "Вера"}, "based_on": 0},
        {"kind": "extension", "key": "105", "thing": None, "based_on": 2},
    ]
}


class Change(BaseModel):
    """One thing made, changed or (`thing` is null) removed. `based_on`: the version looked at; null: any; 0: none.

    `password`: what a phone or a trunk signs in with from now on, or the PIN of a room; left out, it stays.
    """

    model_config = ConfigDict(extra="forbid")

    kind: ThingKind
    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9*#][A-Za-z0-9*#_-]{0,79}$")]
    thing: dict[str, Any] | None
    based_on: Annotated[int | None, Field(ge=0)] = None
    password: SecretStr | None = None

    @model_validator(mode="after")
    def _has_a_password(self) -> "Change":
        if self.password is not None and (self.thing is None or self.kind not in _SIGNING_IN):
            en = "Only phones, trunks and conference rooms have a password here"
            raise Misfit(en, "Пароль здесь бывает только у телефонов, линий и комнат конференций", field="password")
        if self.password is not None and self.kind is ThingKind.ROOM:
            must_be_pin(self.password.get_secret_value())
        return self


class Changes(BaseModel):
    """What is to hold from now on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _EXAMPLE})

    changes: Annotated[list[Change], Field(min_length=1, max_length=_MOST_AT_ONCE)]


class PublishedTogether(BaseModel):
    """All of it holds from now on; `versions` by `kind/key`. `switch_is_behind`: the switch takes it later."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"revision": 8, "versions": {"user/vera": 1, "extension/105": 3}, "switch_is_behind": False}
        }
    )

    revision: int
    versions: dict[str, int]
    switch_is_behind: bool


@router.post("", operation_id="publish", summary="Several changes at once")
async def publish(body: Changes, house: House, me: Me) -> PublishedTogether:
    """Everything that is wrong with any of them is told at once, at `kind/key/field`."""
    me.scope.need(Right.ADMINISTER)
    for change in body.changes:
        if change.kind is ThingKind.CONTACT_LIST and change.thing is None:
            await must_be_empty(house, change.key)
    picture = await house.administration.publish(me.scope, _wishes(body.changes), me.door)
    return PublishedTogether(
        revision=picture.revision,
        versions={f"{change.kind}/{change.key}": picture.version(change.kind, change.key) for change in body.changes},
        switch_is_behind=house.administration.switch_is_behind,
    )


@router.post("/check", operation_id="check_changes", summary="May they be published?")
async def check(body: Changes, house: House, me: Me) -> Checked:
    """All that would keep these changes back, at `kind/key/field`; nothing is kept."""
    me.scope.need(Right.ADMINISTER)
    faults: list[Any] = []
    bodies = [(change, _body(change, faults)) for change in body.changes]
    if faults:
        return Checked(faults=fields_of(faults))
    setup = house.engine.setup
    after = with_things(setup, [(change.kind, change.key, thing) for change, thing in bodies])
    named = {(change.kind, change.key) for change in body.changes}
    found = [fault for fault in faults_of(after, setup) if (fault.kind, fault.key) in named]
    return Checked(faults=problem_of(NotPublishable(found)).fields)


def _wishes(changes: Sequence[Change]) -> list[Wish]:
    """Raises: RequestValidationError, with the faults of all things; KeyMismatch."""
    faults: list[Any] = []
    bodies = [_body(change, faults) for change in changes]
    if faults:
        raise RequestValidationError(faults)
    return [wish for change, body in zip(changes, bodies, strict=True) for wish in _wishes_of(change, body)]


def _body(change: Change, faults: list[Any]) -> Configured | None:
    """Read as JSON, which takes text where Python would want a date or a number."""
    if change.thing is None:
        return None
    try:
        return SHAPES[change.kind].model_validate_json(json.dumps(change.thing))
    except ValidationError as wrong:
        faults.extend(_placed(change, wrong))
    return None


def _placed(change: Change, wrong: ValidationError) -> Iterator[dict[str, Any]]:
    for error in wrong.errors(include_input=False):
        field = ".".join(map(str, error["loc"]))
        yield {**error, "loc": (f"{change.kind}/{change.key}/{field}",)}


def _wishes_of(change: Change, body: Configured | None) -> Iterator[Wish]:
    if body is None:
        yield Remove(change.kind, change.key, change.based_on)
        return
    if key_of(change.kind, body) != change.key:
        raise KeyMismatch(key=change.key, other=key_of(change.kind, body))
    yield Put(change.kind, body, change.based_on)
    if change.password is not None:
        yield SetPassword(change.kind, change.key, Secret(change.password.get_secret_value()))
