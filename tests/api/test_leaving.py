"""Who signs out, or may no longer, loses what is open as well: at once, not when the page is next loaded."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import websockets
from websockets.asyncio.client import ClientConnection

from switchroom.api import feed
from tests.api.conftest import Doors
from tests.api.test_feed import served, token_of


@asynccontextmanager
async def listening(address: str, person: httpx.AsyncClient, path: str) -> AsyncIterator[ClientConnection]:
    """With the person's own cookie, from our own page."""
    there = address.replace("/api/feed", path)
    cookie = {"Cookie": f"switchroom={person.cookies['switchroom']}"}
    origin = address.removesuffix("/api/feed").replace("ws", "http")
    async with websockets.connect(there, additional_headers=cookie, origin=origin) as socket:  # type: ignore[arg-type]
        yield socket


async def closed_within(socket: ClientConnection, seconds: float = 5.0) -> int:
    async with asyncio.timeout(seconds):
        await socket.wait_closed()
    return socket.close_code or 0


@pytest.mark.feature("A2")
@pytest.mark.parametrize("path", ["/api/feed", "/api/board/live"])
async def test_who_signs_out_hears_nothing_more(doors: Doors, path: str) -> None:
    olga, another = await doors.person("olga"), await doors.person("olga")
    async with (
        served(doors) as address,
        listening(address, olga, path) as socket,
        listening(address, another, path) as elsewhere,
    ):
        await olga.delete("/api/session")
        assert await closed_within(socket) == feed.NOT_ALLOWED
        assert elsewhere.close_code is None


@pytest.mark.feature("A2")
async def test_a_new_password_ends_what_was_open_elsewhere_and_a_revoked_token_what_it_opened(doors: Doors) -> None:
    olga, admin = await doors.person("olga"), await doors.person("admin")
    token = await token_of(doors, "olga", "supervise")
    async with (
        served(doors) as address,
        listening(address, olga, "/api/feed") as socket,
        websockets.connect(address, additional_headers=token) as program,
    ):
        (made,) = (await olga.get("/api/tokens")).json()
        await olga.delete(f"/api/tokens/{made['id']}")
        assert await closed_within(program) == feed.NOT_ALLOWED
        assert socket.close_code is None
        answer = await admin.post("/api/users/olga/password", json={"password": "another-password-1"})
        assert answer.status_code == 200, answer.text
        assert await closed_within(socket) == feed.NOT_ALLOWED


@pytest.mark.feature("A2")
async def test_who_may_sign_in_no_more_is_seen_soon(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "LOOK_EVERY", 0.05)
    olga, admin = await doors.person("olga"), await doors.person("admin")
    async with served(doors) as address, listening(address, olga, "/api/feed") as socket:
        body = (await admin.get("/api/users/olga")).json()["thing"]
        answer = await admin.put("/api/users/olga", json={**body, "active": False})
        assert answer.status_code == 200, answer.text
        assert await closed_within(socket) == feed.NOT_ALLOWED
