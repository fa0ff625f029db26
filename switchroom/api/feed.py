"""The feed: facts over WebSocket, numbered, so that a listener that was away goes on where it stopped."""

import asyncio
from collections.abc import Coroutine

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from switchroom.api.deps import COOKIE, Rooms, Visitor, by_cookie, by_token
from switchroom.domain.refusals import Refusal
from switchroom.engine.audience import Wanted, audience
from switchroom.engine.feed import TooSlow

router = APIRouter()
NOT_ALLOWED, SNAPSHOT_NEEDED = 4401, 4409
LOOK_EVERY = 20.0
"""Seconds after which it is looked again whether a listener is still signed in; a sign-out is seen at once."""


@router.websocket("/api/feed")
async def feed(socket: WebSocket, after: int | None = None) -> None:
    """Each message is a kept fact: `{"seq": …, "at": …, "story": …, "fact": {"kind": …}}`.

    `after` is the last number that was seen. Closed with 4409 where too much was missed: look at everything anew,
    then listen without `after`. Closed with 4401 for those who are not signed in.
    """
    house: Rooms = socket.app.state.rooms
    try:
        me = visitor_of(house, socket)
    except Refusal:
        await socket.close(NOT_ALLOWED)
        return
    await socket.accept()
    await until_gone(socket, _send(house, socket, after, audience(house.engine, me.scope)))


async def until_gone(socket: WebSocket, telling: Coroutine[None, None, None]) -> None:
    """Tell a listener until they are gone, or may listen no more."""
    tasks = [asyncio.create_task(telling), asyncio.create_task(_until_signed_out(socket))]
    try:
        while True:
            await socket.receive()
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until_signed_out(socket: WebSocket) -> None:
    house: Rooms = socket.app.state.rooms
    try:
        while True:
            await house.look_again.asked(LOOK_EVERY)
            visitor_of(house, socket)
    except Refusal:
        await socket.close(NOT_ALLOWED)


async def _send(house: Rooms, socket: WebSocket, after: int | None, wanted: Wanted) -> None:
    try:
        async for told in house.feed.listen(after, wanted):
            await socket.send_text(told.text)
    except TooSlow:
        await socket.close(SNAPSHOT_NEEDED)


def visitor_of(house: Rooms, socket: WebSocket) -> Visitor:
    """Who listens; a browser only from our own page. Raises: NotSignedIn."""
    address = socket.client.host if socket.client else ""
    bearer = socket.headers.get("Authorization", "").removeprefix("Bearer ")
    if bearer:
        return by_token(house, bearer, address)
    origin = socket.headers.get("Origin", "")
    if origin.partition("://")[2] != socket.headers.get("Host", ""):
        return by_cookie(house, None, address)  # a foreign page must not listen with the visitor's cookie
    return by_cookie(house, socket.cookies.get(COOKIE), address, touched=False)
