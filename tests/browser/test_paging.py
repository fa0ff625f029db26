"""Paging in the browser: an administrator sets it up, and pages take the call by themselves where there is no phone."""

import pytest
from playwright.async_api import expect

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.at_set_up import at_set_up
from tests.browser.axe import barriers
from tests.browser.test_phone_page import at_the_phone, dials
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser


@pytest.mark.feature("P1")
@pytest.mark.feature("P13")
async def test_what_one_says_is_heard_from_pages_that_take_the_call_by_themselves(
    house: RealHouse, people: Visitors
) -> None:
    async with at_set_up(house, people) as plan:
        await plan.new("Громкая связь", "Новая громкая связь", "Торговый зал")
        await plan.fill("Номер", "330")
        await plan.choose("Кто слышит", "Глеб Орлов", "Вера Зайцева")
        await expect(plan.page.get_by_text("того после сигнала")).to_contain_text("Глеб Орлов, Вера Зайцева")
        assert await barriers(plan.page) == []
        await plan.page.keyboard.press("Control+s")
        await expect(plan.page.get_by_role("button", name="Версия 1")).to_be_visible()

        gleb = await at_the_phone(people, house, "gleb", 700, **RUSSIAN)
        vera = await at_the_phone(people, house, "vera", 900, **RUSSIAN)
        boris = await at_the_phone(people, house, "boris", 1300, **RUSSIAN)
        await dials(boris.page, "330")
        for member in (gleb, vera):
            await expect(member.page.get_by_text("Вы слушаете")).to_be_visible()
            assert await member.hears(1300)
        assert await gleb.falls_silent(900)
        assert await boris.falls_silent(700)
        assert await barriers(gleb.page) == []
        await boris.page.get_by_role("button", name="Завершить").click()
        await expect(gleb.page.get_by_text("Вы слушаете")).to_be_hidden()
