"""Calls outside on the real Asterisk: by routes, with the next trunk where one fails, heard by tones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from demo.phone.phone import Call, Phone
from demo.phone.sound import tone
from tests.asterisk.real_house import Door, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
INSIDE, OUTSIDE = 440, 1000
OUT = {"id": "out", "title": "Everything outside", "trunks": ["dead", "demo"], "form": "digits"}
DEAD = {"id": "dead", "title": "A carrier that is not there", "kind": "peer", "username": "dead-carrier"}


@pytest.mark.feature("P5")
@pytest.mark.feature("P3")
async def test_a_call_outside_goes_by_the_next_trunk_and_a_stranger_sees_our_number(real: RealHouse) -> None:
    admin = await real.door("admin")
    await admin.do("PUT", "trunks/dead", DEAD)
    await admin.do("PUT", "outbound-routes/out", OUT)
    stranger, anna = await real.carrier(), await real.phone("anna")
    await stranger.stay_registered(60)
    call = await anna.begin_call("89031112233", shown="Anna")
    await anna.ring_out(call)
    ring = await stranger.next_ring(within=30)
    assert ring.invite is not None
    assert "74951234567" in ring.invite.header("from")
    assert "Anna" not in ring.invite.header("from")
    assert ring.invite.first.startswith("INVITE sip:79031112233@")
    await hear_each_other(real, call, ring)
    await real.is_so(lambda: min(call.sound.received, ring.sound.received) > 75)  # less is not told
    await call.hang_up()
    await real.is_so(ring.over.is_set)
    (told,) = (await admin.becomes("calls?direction=outbound", lambda page: page["items"][0]["ended"]))["items"]
    assert (told["number"], told["user"], told["disposition"]) == ("+79031112233", "anna", "served")
    story = await admin.becomes(f"calls/{told['id']}", lambda call: len(call["quality"]) == 2)
    assert {measured["user"] for measured in story["quality"]} == {"anna", None}
    assert all(measured["grade"] == "good" and measured["packets"] > 50 for measured in story["quality"])


@asynccontextmanager
async def two_carriers(real: RealHouse) -> AsyncIterator[tuple[Phone, Phone]]:
    """Both can be called; a route takes the first before the second."""
    admin = await real.door("admin")
    spare = {"id": "spare", "title": "Spare", "kind": "peer", "username": "spare-carrier"}
    await admin.do("PUT", "trunks/spare", spare)
    password = (await admin.do("POST", "trunks/spare/password", {}))["password"]
    await admin.do("PUT", "outbound-routes/out", {**OUT, "trunks": ["demo", "spare"]})
    first = await real.carrier()
    second = await Phone.open("spare-carrier", password, real.server)
    try:
        for trunk, phone in (("demo", first), ("spare", second)):
            await phone.stay_registered(60)
            await admin.becomes(f"trunks/{trunk}/reach", lambda now: now["reachable"])
        yield first, second
    finally:
        await second.close()


async def calls_outside(real: RealHouse, anna: Phone) -> Call:
    """Somebody of us dials a number outside."""
    call = await anna.begin_call("89031112233")
    await anna.ring_out(call)
    return call


async def hear_each_other(real: RealHouse, call: Call, ring: Call) -> None:
    """The one outside answers."""
    await ring.answer()
    await real.is_so(call.up.is_set)
    call.repeat(tone(INSIDE))
    ring.repeat(tone(OUTSIDE))
    assert await call.hears(OUTSIDE)
    assert await ring.hears(INSIDE)


async def rung_by(admin: Door, nth: int = 0) -> tuple[list[str], float]:
    """The trunks that the last call but so many was rung by, and the seconds from the first try to the last."""
    line = (await admin.get("calls?direction=outbound"))["items"][nth]
    story = await admin.get(f"calls/{line['id']}")
    rung = [told for told in story["facts"] if told["fact"]["kind"] == "LegRung" and told["fact"].get("trunk")]
    moments = [datetime.fromisoformat(told["at"]) for told in rung]
    return [told["fact"]["trunk"] for told in rung], (moments[-1] - moments[0]).total_seconds()


@pytest.mark.feature("P3")
async def test_a_trunk_that_dies_in_the_middle_of_a_ring_is_left_for_the_next(real: RealHouse) -> None:
    async with two_carriers(real) as (dying, second):
        call = await calls_outside(real, await real.phone("anna"))
        first = await dying.next_ring(within=30)
        first.over.set()  # the line dies without a word: the call is not refused
        await dying.close()
        await hear_each_other(real, call, await second.next_ring(within=60))
        await call.hang_up()


@pytest.mark.feature("P3")
async def test_a_carrier_that_takes_no_note_of_a_call_is_left_at_once_and_avoided_by_the_next_calls(
    real: RealHouse,
) -> None:
    admin = await real.door("admin")
    async with two_carriers(real) as (silent, second):
        silent.deaf = True
        anna = await real.phone("anna")
        for tried in (["demo", "spare"], ["spare"]):
            call = await calls_outside(real, anna)
            await hear_each_other(real, call, await second.next_ring(within=30))
            rung, took = await rung_by(admin)
            assert rung == tried
            assert took < 5  # a second; the switch itself would wait for half a minute, and its health check for 13 s
            await call.hang_up()


@pytest.mark.feature("P3")
async def test_a_carrier_that_takes_note_of_a_call_may_take_its_time_to_ring(real: RealHouse) -> None:
    admin = await real.door("admin")
    async with two_carriers(real) as (slow, second):
        slow.thinks_for = 4.0
        call = await calls_outside(real, await real.phone("anna"))
        await hear_each_other(real, call, await slow.next_ring(within=30))
        assert (await rung_by(admin))[0] == ["demo"]
        assert second.rings.empty()
        await call.hang_up()


async def test_a_trunk_that_would_let_any_program_of_this_machine_call_in_is_refused_in_words(real: RealHouse) -> None:
    admin = await real.door("admin")
    open_to_all = {"id": "open", "title": "Open", "kind": "by_address", "host": "127.0.0.9"}
    refused = await admin.client.put("/api/trunks/open", json=open_to_all)
    assert refused.status_code == 422
    assert "every program on this machine" in refused.json()["en"]
    assert "127.0.0.9" in refused.json()["ru"]
    assert "любая программа этой машины" in refused.json()["ru"]


@pytest.mark.feature("P2")
async def test_a_phone_signs_in_with_what_its_link_told_and_is_seen(real: RealHouse) -> None:
    admin = await real.door("admin")
    await admin.do("PUT", "devices/mobile", {"id": "mobile", "user": "gleb", "title": "Mobile"})
    made = await admin.do("POST", "devices/mobile/provisioning")
    settings = (await admin.client.get(made["link"])).content
    told = {entry.attrib["name"]: entry.text or "" for section in Xml.fromstring(settings) for entry in section}
    host, port = told["reg_proxy"].strip("<>").removeprefix("sip:").split(";")[0].split(":")
    phone = await Phone.open(told["username"], told["passwd"], (host, int(port)))
    try:
        assert await phone.register() == 200
        live = await admin.becomes("devices/live", lambda live: _of(live, "mobile")["reachable"])
        (contact,) = _of(live, "mobile")["contacts"]
        assert contact["address"] == f"127.0.0.1:{phone.port}"
        assert contact["agent"] == "Switchroom demo phone"
        await admin.becomes("devices/live", lambda live: _of(live, "mobile")["contacts"][0]["latency_ms"] is not None)
        await phone.register(0)
        await admin.becomes("devices/live", lambda live: not _of(live, "mobile")["reachable"])
    finally:
        await phone.close()


def _of(live: Any, device: str) -> Any:
    return next(one for one in live["devices"] if one["device"] == device)
