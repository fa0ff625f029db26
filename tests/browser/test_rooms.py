"""A conference room is set up in the browser with its number and PIN, and called from a page and a desk phone."""

import pytest
from playwright.async_api import expect

from demo.phone.sound import tone
from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.at_set_up import Plan
from tests.browser.axe import barriers
from tests.browser.test_phone_page import at_the_phone, dials
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser
GLEB, BORIS = 700, 1000
NUMBER, PIN = "820", "2580"


@pytest.mark.feature("P1")
@pytest.mark.feature("P9")
@pytest.mark.feature("P13")
async def test_a_room_with_a_pin_is_set_up_and_two_who_call_it_talk(
    house: RealHouse, people: Visitors, plan: Plan
) -> None:
    page = plan.page
    await plan.new("Комнаты конференций", "Новая комната", "Планёрка")
    await plan.fill("Номер", NUMBER)
    await page.get_by_role("switch", name="Спрашивать ПИН-код").click()
    await page.get_by_role("button", name="Создать").click()
    await expect(page.get_by_text("Задайте ПИН-код комнаты.")).to_be_visible()
    await page.get_by_label("ПИН-код", exact=True).fill(PIN)
    await plan.create()
    await expect(page.get_by_text("Никого нет")).to_be_visible()
    await expect(page.get_by_text("Задан. Если оставить пустым, он не изменится.")).to_be_visible()
    assert await barriers(page) == []

    boris = await house.phone("boris")
    first = await boris.dial(NUMBER)
    first.press(f"{PIN}#")
    first.repeat(tone(BORIS))
    await expect(page.get_by_text("В комнате 1 человек")).to_be_visible()
    gleb = await at_the_phone(people, house, "gleb", GLEB, **RUSSIAN)
    await dials(gleb.page, NUMBER)
    keys = gleb.page.get_by_role("region", name="Цифры")
    for digit in f"{PIN}#":
        await keys.get_by_role("button", name=digit, exact=True).click()
    assert await gleb.hears(BORIS)
    assert await first.hears(GLEB)
    await expect(gleb.page.get_by_role("heading", name="Конференция, участников: 2")).to_be_visible()
    await expect(gleb.page.get_by_text("Планёрка").first).to_be_visible()
    assert await barriers(gleb.page) == []
    await gleb.page.get_by_role("button", name="Микрофон Alt M").click()
    assert await first.falls_silent(GLEB)
    await expect(page.get_by_text("В комнате 2 человека")).to_be_visible()
    await expect(page.get_by_text("Борис Волков")).to_be_visible()
    await plan.open("Куда ведут номера")
    await expect(page.get_by_role("link", name="комната конференций, Планёрка")).to_be_visible()
    await first.hang_up()
    await expect(gleb.page.get_by_role("heading", name="Конференция, участников: 1")).to_be_visible()
    await gleb.page.keyboard.press("Alt+End")
    await plan.open("Комнаты конференций")
    await page.get_by_role("button", name=f"Планёрка {NUMBER}").click()
    await expect(page.get_by_text("Никого нет")).to_be_visible()
