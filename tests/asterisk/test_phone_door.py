"""The browser's phone through our own WebSocket, on the real Asterisk: who may be whom."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import websockets.exceptions
from sqlalchemy import update
from websockets import Subprotocol
from websockets.asyncio.client import connect

from switchroom.storage.sessions import SESSIONS
from tests.asterisk.page import closed_with, page_of
from tests.asterisk.real_house import RealHouse

pytestmark = pytest.mark.asterisk


@pytest_asyncio.fixture
async def real(tmp_path: Path) -> AsyncIterator[RealHouse]:
    house = RealHouse(tmp_path)
    await house.start()
    yield house
    await house.stop()


@pytest.mark.feature("C5")
async def test_an_operator_who_opens_a_page_is_ready_without_any_other_phone(real: RealHouse) -> None:
    anna = await real.door("anna")
    await anna.do("POST", "operators/anna/sign-in")
    assert await anna.status() == "not_connected"
    async with page_of(anna, "page-one") as page:
        assert (await page.ask("REGISTER", "web.anna", expires="60")).status == 200
        await anna.is_now("ready")
        mine = await anna.get("operators/anna")
        assert mine["devices"] == ["web.anna"]
    await anna.is_now("not_connected")


async def test_a_second_page_becomes_the_phone_and_the_first_one_is_told(real: RealHouse) -> None:
    anna = await real.door("anna")
    async with page_of(anna, "page-one") as first:
        assert (await first.ask("REGISTER", "web.anna", expires="60")).status == 200
        async with page_of(anna, "page-two") as second:
            assert await closed_with(first.socket) == 4409
            assert (await second.ask("REGISTER", "web.anna", expires="60")).status == 200
            async with page_of(anna, "page-one") as again:
                assert await closed_with(again.socket) == 4409


@pytest.mark.parametrize("method", ["INVITE", "REGISTER"])
async def test_a_page_that_names_itself_a_trunk_or_somebody_else_is_cut_off(real: RealHouse, method: str) -> None:
    anna = await real.door("anna")
    for other in ("demo", "web.boris", "boris-desk"):
        async with page_of(anna, "page-one") as page:
            with pytest.raises(websockets.exceptions.ConnectionClosed):
                await page.ask(method, other)
            assert page.socket.close_code == 4403
    olga = await real.door("olga")
    assert (await olga.get("calls"))["items"] == []


async def test_strangers_and_foreign_pages_get_no_line(real: RealHouse) -> None:
    anna = await real.door("anna")
    async with page_of(anna, "page-one", origin="http://evil.example") as page:
        assert await closed_with(page.socket) == 4401
    account = await anna.get("phone")
    await anna.do("DELETE", "session")
    address = str(anna.client.base_url).replace("http", "ws") + account["path"] + "?page=page-one"
    async with connect(address, subprotocols=[Subprotocol("sip")], origin=str(anna.client.base_url).rstrip("/")) as s:  # type: ignore[arg-type]
        assert await closed_with(s) == 4401


async def test_the_line_of_a_page_ends_with_its_session_and_not_with_anothers(real: RealHouse) -> None:
    anna, boris = await real.door("anna"), await real.door("boris")
    async with page_of(anna, "page-anna") as page, page_of(boris, "page-boris") as other:
        assert (await page.ask("REGISTER", "web.anna", expires="60")).status == 200
        await anna.do("DELETE", "session")
        assert await closed_with(page.socket) == 4401
        assert (await other.ask("REGISTER", "web.boris", expires="60")).status == 200


async def test_a_session_whose_time_is_over_has_no_line_and_loses_the_one_that_it_has(real: RealHouse) -> None:
    anna, boris = await real.door("anna"), await real.door("boris")
    async with page_of(anna, "page-anna") as page:
        assert (await page.ask("REGISTER", "web.anna", expires="60")).status == 200
        make_old(real, "anna")
        await boris.do("DELETE", "session")  # whoever leaves makes it look again at once
        assert await closed_with(page.socket) == 4401
    assert (await anna.client.get("/api/session")).status_code == 401


def make_old(real: RealHouse, user: str) -> None:
    """As if the user had signed in long ago."""
    with real.database() as database:
        database.execute(update(SESSIONS).where(SESSIONS.c.user == user).values(began=0.0))


async def test_a_page_registers_nobody_but_itself_whatever_it_writes_into_the_message(real: RealHouse) -> None:
    anna, boris, olga = await real.door("anna"), await real.door("boris"), await real.door("olga")
    await boris.do("POST", "operators/boris/sign-in")
    stolen = await boris.get("phone")
    async with page_of(anna, "page-anna") as page:
        to_boris = await page.ask("REGISTER", "web.anna", to="<sip:web.boris@switchroom>", expires="60")
        assert to_boris.status >= 400
        page.account = {**stolen, "device": "web.boris"}
        by_his_password = await page.ask("REGISTER", "web.anna", expires="60")
        assert by_his_password.status in (401, 403)
    assert (await olga.get("operators/boris"))["devices"] == []
    assert (await olga.get("operators/anna"))["devices"] == []


async def test_inside_a_call_that_there_is_not_nobody_is_a_trunk_and_no_story_begins(real: RealHouse) -> None:
    anna, olga = await real.door("anna"), await real.door("olga")
    for sender in ("demo", "demo-carrier", "boris-desk", "web.boris"):
        async with page_of(anna, f"page-{sender}") as page:
            answer = await page.ask(
                "INVITE", sender, target="sip:500@switchroom", to="<sip:500@switchroom>;tag=made-up"
            )
            assert answer.status in (401, 403, 481)
    assert (await olga.get("calls"))["items"] == []


async def test_who_calls_by_sip_is_told_by_the_account_and_by_no_header(real: RealHouse) -> None:
    anna, olga = await real.door("anna"), await real.door("olga")
    lies = {
        "p-asserted-identity": '"Boss" <sip:+79990000000@switchroom>', "remote-party-id": "<sip:112@switchroom>",
        "x-switchroom": "call;id=somebody-elses;answer=auto", "content-type": "application/sdp",
    }  # fmt: skip
    async with page_of(anna, "page-anna") as page:
        there = {"target": "sip:999@switchroom", "to": "<sip:999@switchroom>"}
        asked = asyncio.create_task(page.ask("INVITE", "web.anna", **there, **lies))
        found = await olga.becomes("calls", lambda told: bool(told["items"]))
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    (call,) = found["items"]
    assert (call["user"], call["trunk"]) == ("anna", None)
    told = await olga.client.get(f"/api/calls/{call['id']}")
    assert told.json()["facts"][0]["fact"]["device"] == "web.anna"
    assert all(lie not in told.text for lie in ("79990000000", "Boss", '"112"', "somebody-elses"))
