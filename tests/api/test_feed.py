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

from switchroom.api import feed
from switchroom.domain.access import Right, Scope
from switchroom.domain.facts.operators import OperatorSignedIn, OperatorSignedOut
from switchroom.domain.identity import ProjectId, TrunkId, UserId
from switchroom.engine.audience import Wanted, audience
from tests.api.conftest import Doors
from tests.api.test_live import LEG, a_talk, becomes

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


def heard_by(doors: Doors, user: UserId, *rights: Right, projects: frozenset[ProjectId] | None = None) -> Wanted:
    return audience(doors.rooms.engine, Scope(user, frozenset(rights), projects))


def kinds(doors: Doors, wanted: Wanted) -> list[str]:
    """What of all that was told so far somebody would have heard."""
    return [type(kept.fact).__name__ for kept in doors.rooms.ledger.facts_since(0) if wanted(kept)]


@pytest.mark.feature("C6")
async def test_after_a_reload_an_operator_still_hears_of_the_call_that_goes_on(doors: Doors) -> None:
    anna = await a_talk(doors)
    (call,) = (await anna.get("/api/desk")).json()["calls"]
    token = await token_of(doors, "anna", "serve", "call")
    async with served(doors) as address, websockets.connect(address, additional_headers=token) as socket:
        doors.switch.leave(LEG)
        assert (await next_of(socket, "CallEnded"))["fact"]["call"] == call["id"]
        await next_of(socket, "WrapUpBegan")


@pytest.mark.feature("C6")
async def test_an_operator_hears_how_many_wait_in_their_queues_and_nothing_more_of_foreign_calls(doors: Doors) -> None:
    anna, gleb = heard_by(doors, ANNA, Right.SERVE), heard_by(doors, UserId("gleb"), Right.CALL)
    doors.switch.arrive(LEG, TrunkId("demo"), "74951234567")
    await asyncio.sleep(0.1)
    doors.switch.press(LEG, "1")
    olga = await doors.person("olga")
    await becomes(olga, "board", lambda b: len(b["waiting"]) == 1)
    doors.switch.leave(LEG)
    await becomes(olga, "board", lambda b: not b["waiting"])
    heard = kinds(doors, anna)
    assert heard.count("QueueEntered") == heard.count("QueueLeft") == 1
    assert not {"CallArrived", "Routed", "NodeEntered", "LegGone", "CallEnded"} & set(heard)
    assert set(kinds(doors, gleb)) <= {"EngineStarted", "SwitchFound", "SetupPublished"}


@pytest.mark.feature("A2")
async def test_a_supervisor_of_another_project_hears_nothing_of_a_call_once_its_queue_is_known(doors: Doors) -> None:
    north = frozenset({ProjectId("north")})
    theirs = heard_by(doors, UserId("olga"), Right.SUPERVISE, projects=north)
    ours = heard_by(doors, UserId("olga"), Right.SUPERVISE, projects=frozenset({ProjectId("main")}))
    await a_talk(doors)
    doors.switch.leave(LEG)
    await becomes(await doors.person("olga"), "calls?living=false", lambda found: len(found["items"]) == 1)
    heard = kinds(doors, theirs)
    assert not {"QueueEntered", "OperatorOffered", "TalkBegan", "TalkEnded", "CardOpened", "CallEnded"} & set(heard)
    assert {"QueueEntered", "TalkBegan", "TalkEnded", "LegGone", "CardOpened", "CallEnded"} <= set(kinds(doors, ours))
    assert kinds(doors, heard_by(doors, UserId("olga"), Right.SUPERVISE)) == [
        type(kept.fact).__name__ for kept in doors.rooms.ledger.facts_since(0)
    ]


async def test_who_is_signed_out_meanwhile_hears_no_more(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "LOOK_EVERY", 0.05)
    anna = await doors.person("anna")
    async with served(doors) as address:
        origin = address.replace("ws", "http", 1).removesuffix("/api/feed")
        cookie = {"Cookie": f"switchroom={anna.cookies['switchroom']}", "Origin": origin}
        async with websockets.connect(address, additional_headers=cookie) as socket:
            await anna.delete("/api/session")
            async with asyncio.timeout(10):
                await socket.wait_closed()
            assert socket.close_code == 4401
