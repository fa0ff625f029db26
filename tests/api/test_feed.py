"""The feed over a real WebSocket: who hears what, and going on after a break."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
import websockets
from websockets.asyncio.client import ClientConnection

from switchroom.domain.facts.operators import OperatorSignedIn, OperatorSignedOut
from switchroom.domain.identity import UserId
from tests.api.conftest import Doors

ANNA, BORIS = UserId("anna"), UserId("boris")


@asynccontextmanager
async def served(doors: Doors) -> AsyncIterator[str]:
    """The doors at a real address of this loop."""
    server = uvicorn.Server(uvicorn.Config(doors.app, port=0, log_config=None, ws="websockets-sansio"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"ws://127.0.0.1:{port}/api/feed"
    server.should_exit = True
    await running


async def token_of(doors: Doors, user: str, *rights: str) -> dict[str, str]:
    person = await doors.person(user)
    made = await person.post("/api/tokens", json={"title": "feed", "rights": list(rights)})
    return {"Authorization": f"Bearer {made.json()['text']}"}


async def next_of(socket: ClientConnection, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while (told := json.loads(await socket.recv()))["fact"]["kind"] != kind:
            pass
    found: dict[str, Any] = told
    return found


async def at_work(doors: Doors, user: UserId) -> None:
    await doors.rooms.engine.tell(OperatorSignedIn(operator=user, by=user))


async def test_a_listener_that_was_away_goes_on_where_it_stopped(doors: Doors) -> None:
    token = await token_of(doors, "olga", "supervise")
    async with served(doors) as address:
        async with websockets.connect(address, additional_headers=token) as socket:
            await at_work(doors, ANNA)
            first = await next_of(socket, "OperatorSignedIn")
        await doors.rooms.engine.tell(OperatorSignedOut(operator=ANNA, by=ANNA))
        await at_work(doors, BORIS)
        async with websockets.connect(f"{address}?after={first['seq']}", additional_headers=token) as socket:
            assert (await next_of(socket, "OperatorSignedOut"))["fact"]["operator"] == "anna"
            assert (await next_of(socket, "OperatorSignedIn"))["fact"]["operator"] == "boris"


async def test_an_operator_hears_what_concerns_them_and_not_the_others(doors: Doors) -> None:
    token = await token_of(doors, "anna", "serve")
    async with served(doors) as address, websockets.connect(address, additional_headers=token) as socket:
        await at_work(doors, BORIS)
        await at_work(doors, ANNA)
        assert (await next_of(socket, "OperatorSignedIn"))["fact"]["operator"] == "anna"


async def test_strangers_and_foreign_pages_hear_nothing_and_too_much_missed_is_told_so(doors: Doors) -> None:
    anna = await doors.person("anna")
    cookie = {"Cookie": f"switchroom={anna.cookies['switchroom']}"}
    supervisor = await token_of(doors, "olga", "supervise")
    async with served(doors) as address:
        for headers in ({}, {**cookie, "Origin": "https://evil.example"}, {"Authorization": "Bearer swr_guessed"}):
            with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
                await websockets.connect(address, additional_headers=headers)
            assert refused.value.response.status_code == 403
        async with websockets.connect(f"{address}?after=-5", additional_headers=supervisor) as socket:
            with pytest.raises(websockets.exceptions.ConnectionClosed) as closed:
                await next_of(socket, "OperatorSignedIn")
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4409
