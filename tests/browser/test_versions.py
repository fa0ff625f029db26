"""What holds can be looked at before, and gone back on after: the test box step by step, versions, undo."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.at_set_up import Plan
from tests.browser.axe import barriers

pytestmark = pytest.mark.browser
NUMBER = "74950000006"


@pytest.mark.feature("P4")
async def test_a_route_is_tested_step_by_step_before_it_holds(plan: Plan) -> None:
    page = plan.page
    await plan.route("Только Москва", NUMBER)
    await plan.fill("Кто звонит", "+7495*")
    await plan.leads_to("Пользователь", "Кто", "Глеб Орлов")
    await plan.create()
    await plan.route("Всем прочим", NUMBER)
    await plan.leads_to("Пользователь", "Кто", "Анна Соколова")
    box = page.get_by_role("status").filter(has_text="Рассмотрены по порядку")
    caller = page.get_by_role("textbox", name="Кто звонит", exact=True).last
    await page.locator("input").and_(page.get_by_label("Набранный номер", exact=True)).last.fill(NUMBER)
    await caller.fill("8 916 123-45-67")
    await expect(box).to_contain_text("Пойдёт сюда: Анна Соколова.")
    looked_at = box.get_by_role("listitem")
    moscow = re.compile("Только Москва.*только для звонящего ")
    await expect(looked_at).to_have_text([moscow, re.compile(f"Всем прочим · этот.*подходит: .*номер {NUMBER}")])
    await caller.fill("+74957654321")
    await expect(box).to_contain_text("Пойдёт сюда: Глеб Орлов.")
    await expect(looked_at).to_have_text([re.compile("Только Москва.*подходит: .*звонит ")])
    assert await barriers(page) == []
    await plan.create()


@pytest.mark.feature("P4")
async def test_a_change_can_be_gone_back_on(plan: Plan) -> None:
    page, save = plan.page, plan.page.get_by_role("button", name="Сохранить")
    await plan.route("Проба", NUMBER)
    await plan.leads_to("Пользователь", "Кто", "Глеб Орлов")
    await plan.create()
    await expect(save).to_be_disabled()
    await plan.fill("Название", "Проба вторая")
    await plan.leads_to("Пользователь", "Кто", "Анна Соколова")
    await save.click()
    await page.get_by_role("button", name="Версия 2").click()
    versions = page.get_by_role("dialog", name="Версии: Проба вторая")
    await expect(versions).to_contain_text("Название: Проба → Проба вторая")
    await expect(versions).to_contain_text("пользователь Глеб Орлов → пользователь Анна Соколова")
    assert await barriers(page) == []
    await versions.get_by_role("button", name="Вернуть эту").first.click()
    await expect(page.get_by_text("Снова действует версия 1.")).to_be_visible()
    await expect(page.get_by_label("Название", exact=True)).to_have_value("Проба")
    await expect(page.get_by_role("button", name="Версия 3")).to_be_visible()
    await plan.call_goes_to("Глеб Орлов", NUMBER)


@pytest.mark.feature("P4")
async def test_what_was_deleted_comes_back(plan: Plan) -> None:
    page = plan.page
    await plan.route("Нужный", NUMBER)
    await plan.leads_to("Пользователь", "Кто", "Глеб Орлов")
    await plan.create()
    await page.get_by_role("button", name="Удалить").click()
    await expect(page.get_by_text("Удалено: Нужный.")).to_be_visible()
    await page.get_by_role("button", name="Вернуть", exact=True).click()
    await expect(page.get_by_text("Возвращено: Нужный.")).to_be_visible()
    await plan.call_goes_to("Глеб Орлов", NUMBER)


@pytest.mark.feature("I4")
async def test_a_role_that_is_built_in_is_saved_only_once_it_is_changed(plan: Plan) -> None:
    page, save = plan.page, plan.page.get_by_role("button", name="Сохранить")
    await plan.open("Роли")
    await page.get_by_role("button", name=re.compile("^Супервизор")).click()
    await expect(save).to_be_disabled()
    await page.get_by_label("Название", exact=True).fill("Старший")
    await expect(save).to_be_enabled()
    await page.get_by_role("button", name="Отменить изменения").click()
    await expect(save).to_be_disabled()


@pytest.mark.feature("P10")
async def test_changes_are_told_in_words(plan: Plan) -> None:
    await plan.new("Внутренние номера", "Новый номер", "")
    await plan.fill("Номер", "*77")
    await plan.side("Ведёт на", "Услуга")
    await plan.side("Какая услуга", "Перехват")
    await plan.create()
    await plan.open("Изменения")
    newest = plan.page.get_by_role("article").first
    await expect(newest).to_contain_text("Создано: внутренний номер *77")
    await expect(newest).to_contain_text("Ведёт на: Перехват звонка")
