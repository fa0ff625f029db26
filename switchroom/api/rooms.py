"""Conference rooms, their PINs, and who is in them now."""

from datetime import datetime
from typing import Annotated

from fastapi import Body, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr, WithJsonSchema

from switchroom.api.configured import Key, resource
from switchroom.api.deps import House, Me
from switchroom.api.people import OtherOut, by_wall, other_out
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.parts import in_room
from switchroom.domain.people import Secret
from switchroom.domain.publishing import SetPassword
from switchroom.domain.refusals import NotFound
from switchroom.domain.rooms import Room, must_be_pin, pin_of
from switchroom.domain.situations.standing import Together

router = resource(ThingKind.ROOM, Room, "rooms", needs=None)


def _digits(pin: SecretStr) -> SecretStr:
    must_be_pin(pin.get_secret_value())
    return pin


Pin = Annotated[
    SecretStr, AfterValidator(_digits),
    WithJsonSchema({"type": "string", "format": "password", "pattern": "^[0-9]{4,12}$", "writeOnly": True}),
]  # fmt: skip


class PinIn(BaseModel):
    """Digits."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"pin": "2580"}})

    pin: Pin


class InRoom(BaseModel):
    """One who is there, or is just being called (`ringing`). `away`: their page is waited for."""

    other: OtherOut
    ringing: bool
    muted: bool
    speaking: bool
    away: bool


class RoomNow(BaseModel):
    """`call`: in which call the room lives, and since when; null while nobody is there."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "has_pin": True, "call": "20261124T120000-7f3kq2", "since": "2026-11-24T12:00:00Z",
                "people": [
                    {
                        "other": {"user": "anna", "name": "Анна Соколова", "number": ""}, "ringing": False,
                        "muted": False, "speaking": True, "away": False,
                    }
                ],
            }
        }
    )  # fmt: skip

    has_pin: bool
    call: str | None
    since: datetime | None
    people: list[InRoom]


@router.post("/{key}/pin", operation_id="set_room_pin", status_code=204, summary="Another PIN for a room")
async def set_room_pin(key: Key, body: Annotated[PinIn, Body()], house: House, me: Me) -> Response:
    """It is asked for if the room says so (`asks_pin`), from the next caller on. It is shown nowhere."""
    wish = SetPassword(ThingKind.ROOM, key, Secret(body.pin.get_secret_value()))
    await house.administration.publish(me.scope, [wish], me.door)
    return Response(status_code=204)


@router.get("/{key}/now", operation_id="get_room_now", summary="Who is in the room now?")
async def room_now(key: Key, house: House, me: Me) -> RoomNow:
    """Needs `administer` or `supervise`."""
    if not me.scope.may(Right.SUPERVISE):
        me.scope.need(Right.ADMINISTER)
    setup, call = house.engine.setup, house.engine.places.rooms().get(key)
    if key not in setup.rooms:
        raise NotFound(kind="room", key=key)
    state = house.engine.state_of(call) if call else None
    found = state.situation if state else None
    return RoomNow(
        has_pin=pin_of(setup.passwords, key) is not None, call=call if state else None,
        since=by_wall(house, found.since) if isinstance(found, Together) else None,
        people=[
            InRoom(
                other=other_out(house, me, one.other), ringing=one.ringing, muted=one.muted, speaking=one.speaking,
                away=one.away,
            )
            for one in (in_room(state) if state else ())
        ],
    )  # fmt: skip
