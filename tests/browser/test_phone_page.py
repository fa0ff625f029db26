"""A user's own telephone: numbers, names, missed calls, on a small screen too."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.axe import barriers
from tests.browser.visitor import Visitor, Visitors

pytestmark = pytest.mark.browser
IN_THE_HAND: dict[str, Any] = {"locale": "ru-RU", "viewport": {"width": 390, "height": 844}, "has_touch": True}


async def at_the_phone(people: Visitors, house: RealHouse, user: str, voice: float, **look: Any) -> Visitor:
    visitor = await people.come(voice=voice, **look)
    await visitor.sign_in(user, house.password(user))
    await visitor.page.goto("/phone")
    door = await house.door(user)
    await door.becomes("desk", lambda desk: f"web.{user}" in desk["state"]["devices"])
    return visitor


async def dials(page: Page, whom: str) -> None:
    await page.get_by_placeholder("Имя или номер").fill(whom)
    await page.get_by_role("button", name="Позвонить", exact=True).click()


@pytest.mark.feature("P13")
@pytest.mark.feature("P12")
async def test_a_call_by_name_is_missed_called_back_and_talked_in(house: RealHouse, people: Visitors) -> None:
    gleb = await at_the_phone(people, house, "gleb", 700, **RUSSIAN)
    vera = await at_the_phone(people, house, "vera", 900, **IN_THE_HAND)
    await dials(gleb.page, "Вера")
    await expect(vera.page.get_by_role("button", name="Ответить")).to_be_visible()
    assert await barriers(vera.page) == []
    await gleb.page.keyboard.press("Alt+End")
    await vera.page.get_by_role("navigation", name="Что показать").get_by_text("Звонки").click()
    await vera.page.get_by_text("Пропущенные").click()
    await vera.page.get_by_role("button", name="Позвонить: Глеб Орлов").click()
    await gleb.page.get_by_role("button", name="Ответить").click()
    assert await gleb.hears(900)
    assert await vera.hears(700)
    assert await barriers(vera.page) == []
    await vera.page.get_by_role("button", name="Микрофон").click()
    assert await gleb.falls_silent(900)
    await vera.page.get_by_role("button", name="Завершить").click()
    await expect(gleb.page.get_by_role("button", name="Позвонить: Вера Зайцева").first).to_be_visible()


@pytest.mark.feature("P13")
async def test_anybody_is_called_from_anywhere_by_ctrl_k_and_hung_up_there(house: RealHouse, people: Visitors) -> None:
    gleb = await at_the_phone(people, house, "gleb", 700, **RUSSIAN)
    olga = await at_the_phone(people, house, "olga", 900, **RUSSIAN)
    await olga.page.goto("/calls")
    await gleb.page.keyboard.press("Control+KeyK")
    await expect(gleb.page.get_by_role("textbox", name="Люди, номера, звонки, команды")).to_be_focused()
    await gleb.page.keyboard.type("Лебедева")
    await expect(gleb.page.locator(".mantine-Spotlight-action")).to_have_text("Ольга Лебедева110 · Колл-центр")
    await gleb.page.keyboard.press("Enter")
    await olga.page.get_by_role("button", name="Ответить").click()
    assert await gleb.hears(900)
    await expect(olga.page.get_by_text("Глеб Орлов").first).to_be_visible()
    assert await barriers(olga.page) == []
    await olga.page.keyboard.press("Alt+End")
    assert await gleb.falls_silent(900)


@pytest.mark.feature("P13")
async def test_a_test_call_gives_back_what_is_said(house: RealHouse, people: Visitors) -> None:
    gleb = await at_the_phone(people, house, "gleb", 700, **RUSSIAN)
    await gleb.page.get_by_text("Звук", exact=True).first.click()
    await gleb.page.get_by_role("button", name="Проверочный звонок").click()
    assert await gleb.hears(700)
    assert await barriers(gleb.page) == []
    await gleb.page.get_by_role("button", name="Завершить").first.click()
    assert await gleb.falls_silent(700)
