"""The phone in the browser: what a page signs in with, and the guarded way of its SIP to the switch."""

import asyncio
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Body, Query, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field

from switchroom.api.calls import AtPhone, CallBegun
from switchroom.api.deps import House, Me, Rooms
from switchroom.api.errors import PROBLEMS
from switchroom.api.feed import LOOK_EVERY, NOT_ALLOWED, visitor_of
from switchroom.domain.access import Right
from switchroom.domain.identity import StoryId, UserId, story_of
from switchroom.domain.quality import Grade, Quality, Stream, grade_of, mos_of
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.engine.phones import Line, NoPhoneHere, OtherPageIsPhone, SipNotAllowed
from switchroom.engine.placed import Caller
from switchroom.switch.port import SwitchLost

router = APIRouter(tags=["phone"], responses=PROBLEMS)
NO_SWITCH, OTHER_PAGE, AS_SOMEBODY_ELSE = 4503, 4409, 4403
PATH = "/phone/ws"
DOMAIN = "switchroom"


class PhoneOut(BaseModel):
    """What the page's phone needs; the password is good until the program starts again."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "device": "web.anna", "uri": "sip:web.anna@switchroom", "password": "…", "path": "/phone/ws",
                "number": "101",
            }
        }
    )  # fmt: skip

    device: str
    uri: str
    password: str
    path: str
    number: str


@router.get("/api/phone", operation_id="get_phone", summary="What the phone in your browser signs in with")
async def get_phone(house: House, me: Me) -> PhoneOut:
    """Needs `call`. The page opens a WebSocket at `path` with `?page=` and a name of its own, sub-protocol `sip`."""
    me.scope.need(Right.CALL)
    account = house.phones.account(me.user)
    return PhoneOut(
        device=account.device, uri=f"sip:{account.device}@{DOMAIN}", password=account.password, path=PATH,
        number=account.number,
    )  # fmt: skip


@router.post("/api/phone/test-call", operation_id="test_call", status_code=201, summary="Hear yourself")
async def test_call(body: Annotated[AtPhone, Body()], house: House, me: Me) -> CallBegun:
    """Needs `call`. Your phone is rung (a page takes the call by itself), and gives back what you say, for a minute."""
    me.scope.need(Right.CALL)
    return CallBegun(call=await Caller(house.engine, me.user).test_call(body.device))


class QualityIn(BaseModel):
    """What the page measures of its call (getStats): what it hears, and how long the way there and back takes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"call": "20261124T115750-7f3kq2", "loss": 0.012, "jitter_ms": 8.5, "round_trip_ms": 64.0}
        },
    )

    call: Annotated[str, Field(max_length=80)]
    loss: Annotated[float, Field(ge=0, le=1)]
    jitter_ms: Annotated[float, Field(ge=0, le=60_000)]
    round_trip_ms: Annotated[float | None, Field(ge=0, le=60_000)] = None


class QualityHeard(BaseModel):
    """What it comes to for an ear: the opinion that people would have of it, from 1 to 5, and what that means."""

    model_config = ConfigDict(json_schema_extra={"example": {"mos": 4.21, "grade": "good"}})

    mos: float
    grade: Grade


@router.post("/api/phone/quality", operation_id="tell_quality", summary="How well you hear your call")
async def tell_quality(body: QualityIn, house: House, me: Me) -> QualityHeard:
    """Needs `call`, and to be in that call. As often as you like, every few seconds is enough: it is kept with the call
    when it becomes better or worse, and the supervisor sees it.
    """
    me.scope.need(Right.CALL)
    call = _where_it_goes_on(house, me.user, StoryId(body.call))
    state = house.engine.state_of(call)
    leg = state.cast.leg_of(me.user) if state else None
    if leg is None:
        raise NotFound(kind="call", key=body.call)
    stream = Stream(loss=round(body.loss, 4), jitter=_milliseconds(body.jitter_ms))
    round_trip = _milliseconds(body.round_trip_ms) if body.round_trip_ms is not None else None
    quality = Quality(told=stream, round_trip=round_trip)
    engine = house.engine
    told = engine.heard_by_pages.say(call, leg.id, me.user, quality, engine.clock.now())
    if told is not None:
        await engine.tell(told)
    mos = mos_of(quality)
    return QualityHeard(mos=mos, grade=grade_of(mos))


def _where_it_goes_on(house: Rooms, user: UserId, call: StoryId) -> StoryId:
    """The page knows its call by the name by which it rang; its leg may have gone over to another one."""
    for state in house.engine.living():
        leg = state.cast.leg_of(user)
        if leg is not None and story_of(leg.id) == call:
            return state.id
    return call


def _milliseconds(value: float) -> timedelta:
    return timedelta(milliseconds=round(value, 1))


@router.websocket(PATH)
async def line(socket: WebSocket, page: Annotated[str, Query(min_length=8, max_length=64)]) -> None:
    """SIP of one page, both ways.

    Closed with 4401 for strangers, foreign pages and whoever is signed out meanwhile, 4409 once another page of the
    same user is the phone, 4403 after SIP in another's name, 4503 without the switch.
    """
    house: Rooms = socket.app.state.rooms
    gone = asyncio.Event()
    try:
        opened = await house.phones.open(_caller(house, socket), page, gone.set)
    except SwitchLost:
        await _refuse(socket, NO_SWITCH)
    except OtherPageIsPhone:
        await _refuse(socket, OTHER_PAGE)
    except (Refusal, NoPhoneHere):
        await _refuse(socket, NOT_ALLOWED)
    else:
        await _serve(socket, opened, gone)


def _caller(house: Rooms, socket: WebSocket) -> UserId:
    """Raises: NotSignedIn; NotAllowed; NoPhoneHere."""
    me = visitor_of(house, socket)
    me.scope.need(Right.CALL)
    house.phones.account(me.user)
    return me.user


async def _refuse(socket: WebSocket, code: int) -> None:
    """Accepted first: a browser shows its page no code of a connection that never was."""
    await socket.accept(subprotocol="sip" if "sip" in socket.scope["subprotocols"] else None)
    await socket.close(code)


async def _serve(socket: WebSocket, opened: Line, gone: asyncio.Event) -> None:
    await socket.accept(subprotocol="sip")
    every_way = (_up(socket, opened), _down(socket, opened), _taken_over(gone), _until_not_allowed(socket))
    ways = [asyncio.create_task(way) for way in every_way]
    try:
        done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        await opened.close()
    code = done.pop().result()
    if code is not None:
        await socket.close(code)


async def _up(socket: WebSocket, opened: Line) -> int | None:
    try:
        while True:
            await opened.up(await socket.receive_text())
    except SipNotAllowed:
        return AS_SOMEBODY_ELSE
    except SwitchLost:
        return NO_SWITCH
    except (WebSocketDisconnect, RuntimeError, KeyError):
        return None  # the page went, or sent what is no text


async def _down(socket: WebSocket, opened: Line) -> int | None:
    try:
        async for message in opened.down():
            await socket.send_text(message)
    except (WebSocketDisconnect, RuntimeError):
        return None
    return NO_SWITCH


async def _until_not_allowed(socket: WebSocket) -> int:
    house: Rooms = socket.app.state.rooms
    try:
        while True:
            await house.look_again.asked(LOOK_EVERY)
            _caller(house, socket)
    except Refusal:
        return NOT_ALLOWED


async def _taken_over(gone: asyncio.Event) -> int | None:
    await gone.wait()
    return OTHER_PAGE
