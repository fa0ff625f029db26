"""The browser's phone through our own WebSocket, on the real Asterisk: who may be whom."""

import asyncio
import secrets

import pytest
import websockets.exceptions
from sqlalchemy import update
from websockets import Subprotocol
from websockets.asyncio.client import connect

from switchroom.storage.sessions import SESSIONS
from tests.asterisk.page import closed_with, page_of
from tests.asterisk.real_house import Door, RealHouse

pytestmark = pytest.mark.asterisk


async def calls_of(door: Door) -> set[str]:
    """Keys of the newest calls."""
    return {call["id"] for call in (await door.get("calls"))["items"]}


@pytest.mark.feature("C5")
async def test_an_operator_who_opens_a_page_is_ready_without_any_other_phone(house: RealHouse) -> None:
    anna = await house.door("anna")
    await anna.do("POST", "operators/anna/sign-in")
    assert await anna.status() == "not_connected"
    async with page_of(anna) as page:
        assert (await page.ask("REGISTER", "web.anna", expires="60")).status == 200
        await anna.is_now("ready")
        mine = await anna.get("operators/anna")
        assert mine["devices"] == ["web.anna"]
    await anna.is_now("not_connected")


async def test_a_second_page_becomes_the_phone_and_the_first_one_is_told(house: RealHouse) -> None:
    anna = await house.door("anna")
    one = secrets.token_hex(8)
    await anna.do("POST", "operators/anna/sign-in")
    async with page_of(anna, one) as first:
        assert (await first.ask("REGISTER", "web.anna", expires="60")).status == 200
        await anna.is_now("ready")
        async with page_of(anna) as second:
            assert await closed_with(first.socket) == 4409
            assert (await second.ask("REGISTER", "web.anna", expires="60")).status == 200
            async with page_of(anna, one) as again:
                assert await closed_with(again.socket) == 4409
        await anna.becomes("operators/anna", lambda told: told["devices"] == [])


@pytest.mark.parametrize("method", ["INVITE", "REGISTER"])
async def test_a_page_that_names_itself_a_trunk_or_somebody_else_is_cut_off(house: RealHouse, method: str) -> None:
    anna, olga = await house.door("anna"), await house.door("olga")
    before = await calls_of(olga)
    for other in ("demo", "web.boris", "boris-desk"):
        async with page_of(anna) as page:
            with pytest.raises(websockets.exceptions.ConnectionClosed):
                await page.ask(method, other)
            assert page.socket.close_code == 4403
    assert await calls_of(olga) == before


async def test_strangers_and_foreign_pages_get_no_line(house: RealHouse) -> None:
    anna = await house.door("anna")
    async with page_of(anna, origin="http://evil.example") as page:
        assert await closed_with(page.socket) == 4401
    account = await anna.get("phone")
    await anna.do("DELETE", "session")
    address = str(anna.client.base_url).replace("http", "ws") + account["path"] + "?page=page-one"
    async with connect(address, subprotocols=[Subprotocol("sip")], origin=str(anna.client.base_url).rstrip("/")) as s:  # type: ignore[arg-type]
        assert await closed_with(s) == 4401


async def test_the_line_of_a_page_ends_with_its_session_and_not_with_anothers(house: RealHouse) -> None:
    anna, boris = await house.door("anna"), await house.door("boris")
    async with page_of(anna) as page, page_of(boris) as other:
        assert (await page.ask("REGISTER", "web.anna", expires="60")).status == 200
        await anna.do("DELETE", "session")
        assert await closed_with(page.socket) == 4401
        assert (await other.ask("REGISTER", "web.boris", expires="60")).status == 200


async def test_a_session_whose_time_is_over_has_no_line_and_loses_the_one_that_it_has(house: RealHouse) -> None:
    anna, boris = await house.door("anna"), await house.door("boris")
    async with page_of(anna) as page:
        assert (await page.ask("REGISTER", "web.anna", expires="60")).status == 200
        make_old(house, "anna")
        await boris.do("DELETE", "session")  # whoever leaves makes it look again at once
        assert await closed_with(page.socket) == 4401
    assert (await anna.client.get("/api/session")).status_code == 401


def make_old(house: RealHouse, user: str) -> None:
    """As if the user had signed in long ago."""
    with house.database() as database:
        database.execute(update(SESSIONS).where(SESSIONS.c.user == user).values(began=0.0))


async def test_a_page_registers_nobody_but_itself_whatever_it_writes_into_the_message(house: RealHouse) -> None:
    anna, boris, olga = await house.door("anna"), await house.door("boris"), await house.door("olga")
    await boris.do("POST", "operators/boris/sign-in")
    await anna.do("POST", "operators/anna/sign-in")
    await olga.becomes("operators/anna", lambda told: told["devices"] == [])
    stolen = await boris.get("phone")
    async with page_of(anna) as page:
        to_boris = await page.ask("REGISTER", "web.anna", to="<sip:web.boris@switchroom>", expires="60")
        assert to_boris.status >= 400
        page.account = {**stolen, "device": "web.boris"}
        by_his_password = await page.ask("REGISTER", "web.anna", expires="60")
        assert by_his_password.status in (401, 403)
    assert (await olga.get("operators/boris"))["devices"] == []
    assert (await olga.get("operators/anna"))["devices"] == []


async def test_inside_a_call_that_there_is_not_nobody_is_a_trunk_and_no_story_begins(house: RealHouse) -> None:
    anna, olga = await house.door("anna"), await house.door("olga")
    before = await calls_of(olga)
    for sender in ("demo", "demo-carrier", "boris-desk", "web.boris"):
        async with page_of(anna) as page:
            answer = await page.ask(
                "INVITE", sender, target="sip:500@switchroom", to="<sip:500@switchroom>;tag=made-up"
            )
            assert answer.status in (401, 403, 481)
    assert await calls_of(olga) == before


async def test_who_calls_by_sip_is_told_by_the_account_and_by_no_header(house: RealHouse) -> None:
    anna, olga = await house.door("anna"), await house.door("olga")
    before = await calls_of(olga)
    lies = {
        "p-asserted-identity": '"Boss" <sip:+79990000000@switchroom>', "remote-party-id": "<sip:112@switchroom>",
        "x-switchroom": "call;id=somebody-elses;answer=auto", "content-type": "application/sdp",
    }  # fmt: skip
    async with page_of(anna) as page:
        there = {"target": "sip:999@switchroom", "to": "<sip:999@switchroom>"}
        asked = asyncio.create_task(page.ask("INVITE", "web.anna", **there, **lies))
        found = await olga.becomes("calls", lambda told: told["items"] and told["items"][0]["id"] not in before)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    call = found["items"][0]
    assert (call["user"], call["trunk"]) == ("anna", None)
    told = await olga.client.get(f"/api/calls/{call['id']}")
    assert told.json()["facts"][0]["fact"]["device"] == "web.anna"
    assert all(lie not in told.text for lie in ("79990000000", "Boss", '"112"', "somebody-elses"))
