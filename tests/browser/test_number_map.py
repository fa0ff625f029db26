"""The picture of where every number leads: what is seen, found and opened there."""

import re

import pytest
from playwright.async_api import expect

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.axe import barriers
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser


@pytest.mark.feature("P4")
async def test_one_picture_shows_where_every_number_leads(house: RealHouse, people: Visitors) -> None:
    visitor = await people.come(**RUSSIAN)
    await visitor.sign_in("admin", house.password("admin"))
    page = visitor.page
    await page.goto("/set-up/number-map")
    queue = page.get_by_role("link", name=re.compile("^очередь, Вызов мастера"))
    await expect(queue).to_be_visible()
    scenario = page.get_by_role("link", name=re.compile("^сценарий"))
    await expect(scenario.first).to_have_attribute("aria-label", re.compile("ведёт на .*Вызов мастера"))
    await expect(page.get_by_text(re.compile("^Кнопка 1")).first).to_be_attached()
    await expect(page.get_by_role("link", name="номер, *8, Перехват звонка")).to_be_visible()
    assert await barriers(page) == []

    anna = page.get_by_role("link", name=re.compile("^пользователь, Анна Соколова"))
    await page.get_by_label("Найти номер, название или человека").fill("Глеб")
    await expect(page.get_by_role("link", name=re.compile("^пользователь, Глеб Орлов"))).to_be_visible()
    await expect(anna).to_have_count(0)
    await page.get_by_label("Найти номер, название или человека").fill("нет такого")
    await expect(page.get_by_text("Ничего с «нет такого» нет")).to_be_visible()
    await page.get_by_label("Найти номер, название или человека").fill("")
    await queue.click()
    await expect(page).to_have_url(re.compile("/set-up/queues/service$"))
