"""One's own voicemail: what callers left, to be heard, called back, and thrown away."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Path, Response
from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from switchroom.api.calls import AtPhone, CallBegun, dialled_of
from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.api.people import OtherOut, masked, name_of, seconds
from switchroom.api.sounds import AskedRange, answer, part_of
from switchroom.domain.access import Right
from switchroom.domain.recording_rules import SoundFormat
from switchroom.domain.refusals import Refusal
from switchroom.domain.setup import number_of
from switchroom.engine.placed import Caller
from switchroom.media.stereo import MEDIA_TYPES
from switchroom.storage.calls import Found
from switchroom.storage.messages import Message

router = APIRouter(prefix="/api/voicemail", tags=["voicemail"], responses=PROBLEMS)
MessageKey = Annotated[str, Path(max_length=120, pattern=r"^[A-Za-z0-9_.-]+$", description="Key of the message")]
_SOUND = MEDIA_TYPES[SoundFormat.OGG]
_EXAMPLE: JsonDict = {
    "id": "20261124T120000-7f3kq2.2.message.0", "call": "20261124T120000-7f3kq2", "at": "2026-11-24T12:00:41Z",
    "seconds": 14.2, "heard": False, "until": "2027-05-23T12:00:41Z",
    "caller": {"user": None, "name": "Иван Петров", "number": "+79161234567"},
}  # fmt: skip


class NumberHidden(Refusal):
    """Nobody knows whom to call back."""

    code = "message.number_hidden"
    status = 409
    en = "Whoever left this message has hidden their number, and can't be called back."
    ru = "Номер того, кто оставил сообщение, скрыт: перезвонить нельзя."


class MessageOut(BaseModel):
    """One message. `caller.number` is masked without the right to see numbers; empty if it is not known."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: str
    call: str
    at: datetime
    seconds: float
    heard: bool
    until: datetime
    caller: OtherOut


class BoxOut(BaseModel):
    """What lies in one's own box, the newest first, two hundred at most; `unheard` counts all that are new."""

    model_config = ConfigDict(json_schema_extra={"example": {"unheard": 1, "items": [_EXAMPLE]}})

    unheard: int
    items: list[MessageOut]


class HeardIn(BaseModel):
    """Known, or new again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"heard": True}})

    heard: bool


@router.get("", operation_id="list_messages", summary="Your own voicemail")
async def list_messages(house: House, me: Me) -> BoxOut:
    """Messages are told by the fact `MessageLeft` as soon as they are kept."""
    return await asyncio.to_thread(_box, house, me)


def _box(house: Rooms, me: Visitor) -> BoxOut:
    messages, unheard = house.mail_room.of(me.scope)
    return BoxOut(unheard=unheard, items=[_message(house, me, message) for message in messages])


def _message(house: Rooms, me: Visitor, message: Message) -> MessageOut:
    return MessageOut(
        id=message.id, call=message.call, at=message.kept, seconds=seconds(message.lasts) or 0.0,
        heard=message.heard is not None, until=message.until, caller=_caller(house, me, house.calls.find(message.call)),
    )  # fmt: skip


def _caller(house: Rooms, me: Visitor, found: Found | None) -> OtherOut:
    user, number = found.call.user if found else None, _number(house, found)
    if user is not None:
        return OtherOut(user=user, name=name_of(house, user), number=number)
    name = found.caller.name if found and found.caller else ""
    return OtherOut(user=None, name=name, number=masked(me, number))


def _number(house: Rooms, found: Found | None) -> str:
    """What to dial to call back: one of us by their own extension, others by the number that called."""
    if found is not None and found.call.user is not None:
        return number_of(house.engine.setup, found.call.user)
    return found.caller.number if found and found.caller else ""


@router.get(
    "/{key}/sound",
    operation_id="hear_message",
    summary="Listen to a message of yours",
    response_class=Response,
    responses={code: {"content": {_SOUND: {}}} for code in (200, 206)},
)
async def hear_message(key: MessageKey, house: House, me: Me, wanted: AskedRange = None) -> Response:
    """Parts by `Range`. It is no longer new then; who listened when stands in the audit."""
    part = part_of(wanted)
    message, read = await house.mail_room.hear(me.scope, key, first=part is None or part.begins, door=me.door)
    return await answer(part, message.octets, _SOUND, read)


@router.post("/{key}/call-back", operation_id="call_back", status_code=201, summary="Call whoever left it")
async def call_back(key: MessageKey, body: Annotated[AtPhone, Body()], house: House, me: Me) -> CallBegun:
    """Needs `call`. Your own phone is rung first, as by `place_call`; you need not see the number."""
    me.scope.need(Right.CALL)
    message = await asyncio.to_thread(house.mail_room.find, me.scope, key)
    number = _number(house, await asyncio.to_thread(house.calls.find, message.call))
    if not number:
        raise NumberHidden
    begun = await Caller(house.engine, me.user).call(dialled_of(number), body.device, known_as=masked(me, number))
    return CallBegun(call=begun)


@router.put("/{key}/heard", operation_id="mark_message", status_code=204, summary="Mark as known, or as new again")
async def mark_message(key: MessageKey, body: HeardIn, house: House, me: Me) -> None:
    """Without listening to it."""
    await house.mail_room.mark(me.scope, key, heard=body.heard)


@router.delete("/{key}", operation_id="delete_message", status_code=204, summary="Throw a message of yours away")
async def delete_message(key: MessageKey, house: House, me: Me) -> None:
    """For an hour it can be taken back; then its key is destroyed, and it is gone from every backup, too."""
    await house.mail_room.delete(me.scope, key, me.door)


@router.post("/{key}/take-back", operation_id="take_message_back", status_code=204, summary="Take it back")
async def take_back(key: MessageKey, house: House, me: Me) -> None:
    """It lies in your box again. `message.erased` if it is too late."""
    await house.mail_room.take_back(me.scope, key, me.door)
