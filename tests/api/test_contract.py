"""The OpenAPI description is true: whatever is sent, the answers are as described, and nothing fails inside."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance

from demo import load
from tests.api.conftest import Doors, open_doors
from tests.asterisk.real_house import a_free_port

WOULD_SIGN_US_OUT = ("sign_out", "sign_in", "set_own_password", "set_user_password", "first_start", "put_user",
                     "delete_user", "put_role", "delete_role", "restore_user", "restore_role")  # fmt: skip


async def test_every_door_has_a_name_words_and_described_errors(doors: Doors) -> None:
    names: list[str] = []
    for path, methods in doors.app.openapi()["paths"].items():
        for method, door in methods.items():
            names.append(door["operationId"])
            assert door["summary"], (path, method)
            assert door["tags"], (path, method)
            if path != "/api/health":
                assert {"401", "403", "409", "422"} <= door["responses"].keys(), (path, method)
    assert len(names) == len(set(names))


class Served:
    """The made-up company at a real address, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, a_free_port()
        self._server: uvicorn.Server | None = None
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    async def _run(self) -> None:
        async with AsyncExitStack() as stack:
            doors = await open_doors(self.folder, stack)
            self._server = uvicorn.Server(uvicorn.Config(doors.app, port=self.port, log_config=None, ws="none"))
            serving = asyncio.create_task(self._server.serve())
            while not self._server.started:
                await asyncio.sleep(0.01)
            self._up.set()
            await serving

    def __enter__(self) -> "Served":
        self._thread.start()
        assert self._up.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served")) as running:
        yield running


def signed_in(served: Served, user: str) -> dict[str, str]:
    """Headers of somebody who has signed in."""
    password = next(a.password for a in load.accounts(served.folder / "data") if a.user == user)
    address = f"http://127.0.0.1:{served.port}/api/session"
    answer = httpx.post(address, json={"name": user, "password": password})
    return {"Cookie": f"switchroom={answer.cookies['switchroom']}", "X-CSRF-Token": answer.json()["csrf"]}


@pytest.fixture(scope="module")
def api(served: Served) -> schemathesis.schemas.BaseSchema:
    found = schemathesis.openapi.from_url(f"http://127.0.0.1:{served.port}/api/openapi.json")
    return found.exclude(operation_id=list(WOULD_SIGN_US_OUT))


def wrong_answers(
    api: schemathesis.schemas.BaseSchema, headers: dict[str, str], examples: int, first: int
) -> list[str]:
    """Ask at every door so many times; what failed inside, or was not as described."""
    wrong: list[str] = []
    for found in api.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @seed(first)
        @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(headers=headers, checks=[not_a_server_error, response_schema_conformance])

        try:
            ask()
        except (AssertionError, BaseExceptionGroup) as why:
            wrong.append(f"{operation.label}: {why}")
    return wrong


def test_whatever_is_sent_nothing_fails_inside_and_the_answer_is_as_described(
    api: schemathesis.schemas.BaseSchema, served: Served
) -> None:
    wrong = wrong_answers(api, signed_in(served, "admin"), examples=8, first=1)
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("user", "first"), [("admin", 2), ("olga", 3), ("anna", 4)])
def test_whatever_is_sent_for_minutes_nothing_fails_inside(
    api: schemathesis.schemas.BaseSchema, served: Served, user: str, first: int
) -> None:
    wrong = wrong_answers(api, signed_in(served, user), examples=60, first=first)
    assert not wrong, "\n\n".join(wrong)
