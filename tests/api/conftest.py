"""A house with its doors, on a simulated switch; asked in-process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from fastapi import FastAPI

from demo import load
from switchroom import house
from switchroom.api.app import make_app
from switchroom.settings import Settings, SwitchKind
from switchroom.storage.credentials import Credentials
from switchroom.switch.simulated.switch import SimulatedSwitch
from tests.storage.conftest import emptied_postgres, postgres_url

__all__ = ["emptied_postgres", "postgres_url"]

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Doors:
    """The application of a house that runs, and people before its doors."""

    def __init__(self, built: house.House, settings: Settings, stack: AsyncExitStack) -> None:
        self.app: FastAPI = make_app(built.rooms)
        self.rooms = built.rooms
        assert isinstance(built.switch, SimulatedSwitch)
        self.switch = built.switch
        self.settings = settings
        self._stack = stack

    def first_start_code(self) -> str:
        """What is printed at the start."""
        return house.FirstStartCode(self.settings.data).made()

    async def stranger(self, **more: Any) -> httpx.AsyncClient:
        """Somebody who has not signed in."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://localhost", **more)
        return await self._stack.enter_async_context(client)

    async def person(self, user: str) -> httpx.AsyncClient:
        """Somebody of the demo company, signed in."""
        client = await self.stranger()
        password = next(a.password for a in load.accounts(self.settings.data) if a.user == user)
        answer = await client.post("/api/session", json={"name": user, "password": password})
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client


async def open_doors(
    folder: Path, stack: AsyncExitStack, *, furnished: bool = True, database: str | None = None
) -> Doors:
    """Build and run a house; on another database than its own SQLite if that is named."""
    settings = Settings(data=folder / "data", switch=SwitchKind.SIMULATED, database=database)
    with house.open_ground(settings) as ground:
        if furnished:
            load.load(ground.store, Credentials(ground.database, CHEAP), house.library_of(settings), settings.data)
    built = house.build(settings)
    running = asyncio.create_task(built.run())
    stack.push_async_callback(built.close)
    stack.push_async_callback(_end, running)
    async with asyncio.timeout(15):
        while not all(built.rooms.ready().values()):
            await asyncio.sleep(0.01)
    return Doors(built, settings, stack)


async def _end(running: "asyncio.Task[None]") -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def chosen_database(request: pytest.FixtureRequest) -> str | None:
    """None is the house's own SQLite; `--postgres` asks everything here of PostgreSQL."""
    if not request.config.getoption("--postgres"):
        return None
    return str(request.getfixturevalue("emptied_postgres"))


@pytest_asyncio.fixture
async def doors(tmp_path: Path, chosen_database: str | None) -> AsyncIterator[Doors]:
    """The made-up company."""
    async with AsyncExitStack() as stack:
        yield await open_doors(tmp_path, stack, database=chosen_database)


@pytest_asyncio.fixture
async def empty(tmp_path: Path, chosen_database: str | None) -> AsyncIterator[Doors]:
    """A house that nobody has set up."""
    async with AsyncExitStack() as stack:
        yield await open_doors(tmp_path, stack, furnished=False, database=chosen_database)
