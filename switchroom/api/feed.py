"""The feed: facts over WebSocket, numbered, so that a listener that was away goes on where it stopped."""

import asyncio
from collections.abc import Callable, Coroutine

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from switchroom.api.deps import COOKIE, Rooms, Visitor, by_cookie, by_token
from switchroom.domain.access import Right
from switchroom.domain.facts.calls import CallFact
from switchroom.domain.facts.cards import CardFact
from switchroom.domain.facts.every import Kept
from switchroom.domain.facts.operators import OperatorFact
from switchroom.domain.identity import StoryId
from switchroom.domain.operators import users_of
from switchroom.domain.refusals import Refusal
from switchroom.engine.feed import TooSlow

router = APIRouter()
NOT_ALLOWED, SNAPSHOT_NEEDED = 4401, 4409
LOOK_EVERY = 20.0
"""Seconds after which it is looked again whether a listener is still signed in."""


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
    await until_gone(socket, _send(house, socket, after, _wanted(house, me)))


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
    try:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            visitor_of(socket.app.state.rooms, socket)
    except Refusal:
        await socket.close(NOT_ALLOWED)


async def _send(house: Rooms, socket: WebSocket, after: int | None, wanted: Callable[[Kept], bool]) -> None:
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
    return by_cookie(house, socket.cookies.get(COOKIE), address)


def _wanted(house: Rooms, me: Visitor) -> Callable[[Kept], bool]:
    """Supervisors hear everything of their projects; others what concerns themselves."""
    if me.scope.may(Right.SUPERVISE):
        return lambda kept: _in_scope(house, me, kept)
    mine: set[StoryId] = set()

    def own(kept: Kept) -> bool:
        if me.user in users_of(kept.fact) or getattr(kept.fact, "holder", None) == me.user:
            if kept.story is not None:
                mine.add(kept.story)
            return True
        return kept.story in mine

    return own


def _in_scope(house: Rooms, me: Visitor, kept: Kept) -> bool:
    if me.scope.projects is None or isinstance(kept.fact, OperatorFact):
        return True
    queue = house.engine.setup.queues.get(getattr(kept.fact, "queue", None) or "")
    if queue is not None:
        return me.scope.sees(queue.project)
    return isinstance(kept.fact, CallFact | CardFact)
