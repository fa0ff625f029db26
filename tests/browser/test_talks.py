"""A question to a third one, a conference, and parking, in the browser and by ear."""

import asyncio

import pytest
from playwright.async_api import expect

from demo.phone.sound import tone
from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.axe import barriers
from tests.browser.test_phone_page import at_the_phone, dials
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser
GLEB, BORIS, VERA = 700, 1000, 1300


@pytest.mark.feature("P7")
@pytest.mark.feature("P13")
async def test_a_colleague_is_asked_first_then_three_talk_then_the_call_is_parked(
    house: RealHouse, people: Visitors
) -> None:
    gleb = await at_the_phone(people, house, "gleb", GLEB, **RUSSIAN)
    boris, vera = await house.phone("boris"), await house.phone("vera")
    await dials(gleb.page, "102")
    first = await boris.next_ring()
    await first.answer()
    first.repeat(tone(BORIS))
    assert await gleb.hears(BORIS)
    await gleb.page.keyboard.press("Alt+KeyT")
    await gleb.page.get_by_text("Сначала спросить").click()
    await gleb.page.get_by_label("Кому").fill("Вера")
    await gleb.page.keyboard.press("Enter")
    third = await vera.next_ring()
    await expect(gleb.page.get_by_role("heading", name="Звоним: Вера Зайцева")).to_be_visible()
    await third.answer()
    third.repeat(tone(VERA))
    assert await gleb.hears(VERA)
    await expect(gleb.page.get_by_role("heading", name="Консультация: Вера Зайцева")).to_be_visible()
    assert await barriers(gleb.page) == []
    await gleb.page.keyboard.press("Alt+KeyW")
    assert await gleb.hears(BORIS)
    assert await gleb.falls_silent(VERA)
    await gleb.page.get_by_role("button", name="Втроём").click()
    assert await gleb.hears(VERA)
    assert await first.hears(VERA)
    await expect(gleb.page.get_by_role("heading", name="Конференция, участников: 3")).to_be_visible()
    assert await barriers(gleb.page) == []
    await gleb.page.get_by_role("button", name="Выключить микрофон: Вера Зайцева").click()
    assert await gleb.falls_silent(VERA)
    await gleb.page.get_by_role("button", name="Исключить: Вера Зайцева").click()
    async with asyncio.timeout(20):
        await third.over.wait()
    await expect(gleb.page.get_by_role("heading", name="Разговор")).to_be_visible()
    await gleb.page.keyboard.press("Alt+KeyT")
    await gleb.page.get_by_label("Кому").fill("702")
    await gleb.page.keyboard.press("Enter")
    place = gleb.page.get_by_role("button", name="Забрать с парковки: Борис Волков")
    await place.first.click()
    assert await gleb.hears(BORIS)
    assert await first.hears(GLEB)
    await first.hang_up()
