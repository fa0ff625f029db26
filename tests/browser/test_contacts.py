"""Contacts in the browser: a list with a field of its own, a table read into it, and a route that looks at it."""

import pytest
from playwright.async_api import expect

from tests.asterisk.real_house import RealHouse
from tests.browser.at_set_up import Plan, at_set_up
from tests.browser.visitor import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
TABLE = "ФИО;Телефон;Статус\nИрина Волкова;8 916 123-45-67;Важный\nОлег;84951234567;\nНикто;12;\n"


@pytest.mark.feature("P4")
@pytest.mark.feature("O1")
async def test_contacts_come_from_a_table_and_a_route_looks_at_them(house: RealHouse, people: Visitors) -> None:
    async with at_set_up(house, people) as plan:
        await _a_list(plan)
        page = plan.page
        chosen = {"name": "clients.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp1251")}
        await page.locator("input[type=file]").set_input_files(files=chosen)  # type: ignore[arg-type]  # one file
        dialog = page.get_by_role("dialog")
        await expect(dialog.get_by_role("status").first).to_contain_text("2 новых")
        await expect(dialog.get_by_text("12 — не телефонный номер")).to_be_visible()
        await expect(dialog.get_by_role("combobox", name="Статус")).to_have_value("Статус")
        await dialog.get_by_role("button", name="Загрузить", exact=True).click()
        await expect(page.get_by_text("2 контакта")).to_be_visible()
        await expect(page.get_by_role("row", name="Ирина Волкова")).to_contain_text("Важный")

        await page.get_by_role("button", name="Олег", exact=True).click()
        await page.get_by_role("dialog").get_by_label("Имя").fill("Олег Ким")
        await page.get_by_role("button", name="Сохранить", exact=True).last.click()
        await page.get_by_label("Найти по имени или номеру").fill("495")
        await expect(page.get_by_text("1 контакт")).to_be_visible()
        await expect(page.get_by_role("button", name="Олег Ким")).to_be_visible()

        await plan.route("Важные", "1234567")
        await plan.choose("Звонит контакт", "Клиенты")
        await plan.choose("У кого в поле", "Статус")
        await plan.choose("Стоит одно из", "Важный")
        await plan.leads_to("Пользователь", "Кто", "Анна Соколова")
        await plan.create()
        await plan.call_goes_to("Анна Соколова", "1234567", caller="89161234567")
        await plan.open("Изменения")
        changed = page.get_by_role("article").filter(has_text="Изменено: контакт в списке Клиенты")
        await expect(changed.first).to_be_visible()
        read = page.get_by_role("article").filter(has_text="Загружены контакты")
        await expect(read.first).to_contain_text("добавлено: 2, изменено: 0, не подошло строк: 1")
        await _erased(plan)


async def _a_list(plan: Plan) -> None:
    await plan.new("Контакты", "Новый список", "Клиенты")
    page = plan.page
    await page.get_by_role("button", name="Добавить поле").click()
    await page.get_by_role("menuitem", name="Список", exact=True).click()
    await page.get_by_label("Название", exact=True).nth(1).fill("Статус")
    await page.get_by_role("button", name="Добавить вариант").click()
    await page.get_by_label("Название", exact=True).nth(2).fill("Важный")
    await plan.create()


async def _erased(plan: Plan) -> None:
    """What the test has made can go."""
    await plan.open("Контакты")
    page = plan.page
    await page.get_by_role("button", name="Клиенты").click()
    await page.get_by_role("button", name="Стереть все").click()
    await page.get_by_role("dialog").get_by_role("button", name="Стереть", exact=True).click()
    await expect(page.get_by_text("В этом списке пока никого.")).to_be_visible()
