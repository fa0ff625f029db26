"""Devices: phones and softphones, what they sign in with, and whether they can be rung now."""

import secrets
from typing import Annotated

from fastapi import Body
from pydantic import BaseModel, ConfigDict, SecretStr

from switchroom.api.configured import Key, resource
from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.words import Why
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.devices import Device
from switchroom.domain.people import Secret
from switchroom.domain.publishing import SetPassword

router = resource(ThingKind.DEVICE, Device, "devices")


class SignInPassword(BaseModel):
    """What a phone or a carrier proves. Left out, a random one is made."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {}})

    password: SecretStr | None = None


class ShownPassword(BaseModel):
    """The password, shown this once."""

    model_config = ConfigDict(json_schema_extra={"example": {"password": "kX3-..."}})

    password: str


class Reach(BaseModel):
    """Whether it can be rung, or reached, now; null: not known. `why` says why not, where we know."""

    key: str
    reachable: bool | None
    why: Why | None = None


@router.post("/{key}/password", operation_id="set_device_password", summary="Another password for a phone")
async def set_device_password(key: Key, body: Annotated[SignInPassword, Body()], house: House, me: Me) -> ShownPassword:
    """The phone must be told; until then it can't sign in."""
    return await set_sign_in_password(house, me, ThingKind.DEVICE, key, body)


@router.get("/{key}/reach", operation_id="get_device_reach", summary="Can the phone be rung now?")
async def device_reach(key: Key, house: House, me: Me) -> Reach:
    """As the switch sees its registration."""
    me.scope.need(Right.ADMINISTER)
    reachable = any(key in operator.devices for operator in house.engine.desk.shown.values())
    return Reach(key=key, reachable=reachable)


async def set_sign_in_password(
    house: Rooms, me: Visitor, kind: ThingKind, key: str, body: SignInPassword
) -> ShownPassword:
    """Publish the password that was given, or a random one."""
    given = body.password.get_secret_value() if body.password else secrets.token_urlsafe(18)
    await house.administration.publish(me.scope, [SetPassword(kind, key, Secret(given))], me.door)
    return ShownPassword(password=given)
