"""302 of desk phones that ring, on the real Asterisk: who hears whom, what the next phone is told, and circles."""

import asyncio

import pytest

from demo.phone.phone import CallFailed
from tests.asterisk.real_house import RealHouse
from tests.asterisk.test_consulting import ASKER, THIRD, answered, over, talked, three

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]


@pytest.mark.feature("P7")
async def test_a_phone_sends_its_call_on_and_a_circle_of_two_phones_ends(house: RealHouse) -> None:
    phones = {user: await house.phone(user) for user in ("anna", "boris", "vera")}
    anna = await house.door("anna")
    await anna.becomes("desk", lambda d: "anna-desk" in d["state"]["devices"])
    dialling = asyncio.create_task(phones["anna"].dial("102"))
    (await phones["boris"].next_ring()).forward("103")
    ring = await phones["vera"].next_ring()
    assert ring.invite is not None
    assert ring.invite.header("diversion").startswith("<sip:102@")
    assert "101@" in ring.invite.header("from")
    await talked(dialling, await answered(ring, THIRD))
    dialling = asyncio.create_task(phones["anna"].dial("102"))
    (await phones["boris"].next_ring()).forward("103")
    (await phones["vera"].next_ring()).forward("102")
    with pytest.raises(CallFailed):
        await dialling


@pytest.mark.feature("P7")
async def test_who_is_asked_by_a_consultation_is_reached_where_their_phone_says(house: RealHouse) -> None:
    talk = await three(house, ("vera", "olga"))
    await talk.ask("consult", {"to": "103"})
    (await talk.rings()).forward("110")
    third = await answered(await talk.rings("olga"), THIRD)
    assert await third.hears(ASKER)
    assert await talk.asker.hears(THIRD)
    await talk.asker.hang_up()
    assert await talk.first.hears(THIRD)
    await third.hang_up()
    await over(talk.first)
