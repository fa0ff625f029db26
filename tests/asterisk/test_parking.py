"""Parking places and picking up by ear on the real Asterisk, also by two people at the same moment."""

import asyncio

import pytest

from demo.phone.phone import Call, CallFailed, Phone
from demo.phone.sound import tone
from tests.asterisk.real_house import RealHouse
from tests.asterisk.test_consulting import ASKER, FIRST, FOURTH, THIRD, answered, over, three

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]


@pytest.mark.feature("P7")
async def test_a_parked_caller_hears_music_and_is_fetched_by_one_of_two_who_dial_at_once(house: RealHouse) -> None:
    all_three = await three(house, ("vera", "olga"))
    await all_three.ask("send-on", {"to": "701"})
    await over(all_three.asker)
    assert await all_three.first.falls_silent(ASKER)
    vera, olga = all_three.phones["vera"], all_three.phones["olga"]
    won = await _first_of(vera, olga, "701")
    won.repeat(tone(THIRD))
    assert await all_three.first.hears(THIRD)
    assert await won.hears(FIRST)
    await won.hang_up()
    await over(all_three.first)


async def _first_of(one: Phone, other: Phone, number: str) -> Call:
    """Both dial; one is answered, the other's call ends."""
    tries = await asyncio.gather(one.dial(number), other.dial(number), return_exceptions=True)
    refused = [tried for tried in tries if isinstance(tried, CallFailed)]
    calls = [tried for tried in tries if isinstance(tried, Call)]
    assert (len(calls), len(refused)) == (1, 1), tries
    return calls[0]


@pytest.mark.feature("P7")
async def test_a_caller_whom_nobody_fetches_comes_back_to_who_parked_them(house: RealHouse) -> None:
    admin = await house.door("admin")
    (company,) = (await admin.get("company"))["items"]
    await admin.do("PUT", "company/company", {**company["thing"], "park_for": 5})
    try:
        all_three = await three(house)
        await all_three.ask("send-on", {"to": "702"})
        await over(all_three.asker)
        back = await answered(await all_three.rings("anna"), ASKER)
        assert await back.hears(FIRST)
        assert await all_three.first.hears(ASKER)
        await back.hang_up()
        await over(all_three.first)
    finally:
        await admin.do("PUT", "company/company", company["thing"])


@pytest.mark.feature("P7")
async def test_what_rings_at_a_colleague_is_picked_up_by_one_of_two_who_try_at_once(house: RealHouse) -> None:
    phones = {user: await house.phone(user) for user in ("anna", "boris", "vera", "olga")}
    anna = await house.door("anna")
    await anna.becomes("desk", lambda d: "anna-desk" in d["state"]["devices"])
    dialling = asyncio.create_task(phones["olga"].dial("101"))
    ring = await phones["anna"].next_ring()
    won = await _first_of(phones["boris"], phones["vera"], "*8101")
    await over(ring)
    caller = await dialling
    caller.repeat(tone(FIRST))
    won.repeat(tone(FOURTH))
    assert await caller.hears(FOURTH)
    assert await won.hears(FIRST)
    await caller.hang_up()
    await over(won)
