"""Codes on the keys of a desk phone during a talk, by ear on the real Asterisk: who hears whom, and which tones."""

import pytest

from demo.phone.sound import tone
from tests.asterisk.real_house import RealHouse
from tests.asterisk.test_consulting import ASKER, FIRST, THIRD, answered, over, three

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
DIAL_TONE = 425


@pytest.mark.feature("P7")
async def test_a_desk_phone_holds_asks_switches_over_and_brings_together_by_keys(house: RealHouse) -> None:
    talk = await three(house)
    talk.asker.press("*3")
    assert await talk.first.falls_silent(ASKER)
    talk.asker.press("*3")
    assert await talk.first.hears(ASKER)
    talk.asker.press("*2")
    assert await talk.asker.hears(DIAL_TONE)
    assert await talk.asker.falls_silent(FIRST)
    talk.asker.press("103#")
    assert await talk.asker.falls_silent(DIAL_TONE)
    third = await answered(await talk.rings(), THIRD)
    assert await third.hears(ASKER)
    assert await talk.asker.hears(THIRD)
    assert await talk.first.falls_silent(ASKER)
    talk.asker.press("*3")
    assert await talk.first.hears(ASKER)
    assert await third.falls_silent(ASKER)
    talk.asker.press("*4")
    await over(talk.asker)
    assert await third.hears(FIRST)
    assert await talk.first.hears(THIRD)
    await third.hang_up()
    await over(talk.first)


@pytest.mark.feature("P7")
async def test_a_desk_phone_asks_in_vain_comes_back_and_sends_on_by_keys(house: RealHouse) -> None:
    talk = await three(house)
    talk.asker.press("*2103#")
    ring = await talk.rings()
    talk.asker.press("*2")
    await over(ring)
    assert await talk.first.hears(ASKER)
    talk.asker.press("*6")
    assert await talk.asker.hears(FIRST)
    talk.asker.press("*4103#")
    third = await answered(await talk.rings(), THIRD)
    await over(talk.asker)
    assert await third.hears(FIRST)
    assert await talk.first.hears(THIRD)
    talk.first.press("*4101#")
    back = await answered(await talk.rings("anna"), ASKER)
    await over(talk.first)
    assert await back.hears(THIRD)
    await back.hang_up()
    await over(third)


@pytest.mark.feature("P7")
async def test_a_desk_phone_parks_by_keys_hears_where_and_the_call_is_fetched_there(house: RealHouse) -> None:
    talk = await three(house, ("vera",))
    talk.asker.press("*5")
    assert await talk.first.falls_silent(ASKER)
    await over(talk.asker)
    fetched = await talk.phones["vera"].dial("701")
    fetched.repeat(tone(THIRD))
    assert await talk.first.hears(THIRD)
    assert await fetched.hears(FIRST)
    await fetched.hang_up()
    await over(talk.first)
