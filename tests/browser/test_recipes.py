"""Dial plans as small offices have them: each is clicked together as the recipes of the guide say, and proved there."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.at_set_up import Plan

pytestmark = pytest.mark.browser
NOON, EVENING, NEW_YEAR = "2026-11-24T12:00", "2026-11-24T20:00", "2027-01-01T12:00"
VIP, SOMEBODY = "+79161234567", "+79031112233"


@pytest.mark.feature("P4")
@pytest.mark.feature("P6")
async def test_by_time(plan: Plan) -> None:
    await plan.new("Календари", "Новый календарь", "Часы мастерской")
    await plan.create()
    for title, when, who in (("Днём", "В рабочие часы", "Глеб Орлов"), ("Ночью", "В нерабочие часы", "Анна Соколова")):
        await plan.route(title, "74950000001")
        await plan.side("Когда", when)
        await plan.leads_to("Пользователь", "Кто", who)
        await plan.create()
    await plan.call_goes_to("Глеб Орлов", "74950000001", NOON)
    await plan.call_goes_to("Анна Соколова", "74950000001", EVENING)
    await plan.call_goes_to("Анна Соколова", "74950000001", NEW_YEAR)


@pytest.mark.feature("P1")
async def test_a_ring_group_with_overflow(plan: Plan) -> None:
    await plan.new("Группы", "Новая группа", "Мастера")
    await plan.fill("Номер", "350")
    await plan.choose("Участники", "Глеб Орлов", "Вера Зайцева")
    await plan.choose("Никто не ответил: дальше на", "110 · Ольга Лебедева")
    await expect(plan.page.get_by_text("Потом звонок идёт на 110 (Ольга Лебедева).")).to_be_visible()
    await plan.create()
    await plan.route("Звонки мастерам", "74950000002")
    await plan.leads_to("Группа", "Какая группа", "Мастера")
    await plan.create()
    await plan.call_goes_to("группа «Мастера»", "74950000002")
    await expect(plan.page.get_by_role("status")).to_contain_text("звонит 2 людям")
    await plan.open("Куда ведут номера")
    group = plan.page.get_by_role("link", name=re.compile("^группа, Мастера, .*ведёт на 110"))
    await expect(group).to_be_visible()


@pytest.mark.feature("P1")
async def test_follow_to_a_mobile(plan: Plan) -> None:
    await plan.new("Исходящие маршруты", "Новый исходящий маршрут", "Мобильные")
    await plan.create()
    await plan.new("Внутренние номера", "Новый номер", "")
    await plan.fill("Номер", "951")
    await plan.side("Ведёт на", "Внешний номер")
    await plan.fill("Какой внешний номер", "+7 903 111-22-33")
    await expect(plan.page.get_by_text("951 → внешний номер +7 903 111-22-33: звонит туда")).to_be_visible()
    await plan.create()
    await plan.new("Группы", "Новая группа", "Глеб, потом мобильный")
    await plan.choose("Участники", "Глеб Орлов")
    await plan.choose("Никто не ответил: дальше на", "951 · внешний номер +7 903 111-22-33")
    await plan.create()
    await plan.route("Глебу", "74950000004")
    await plan.leads_to("Группа", "Какая группа", "Глеб, потом мобильный")
    await plan.create()
    await plan.call_goes_to("группа «Глеб, потом мобильный»", "74950000004")
    await plan.open("Куда ведут номера")
    group = plan.page.get_by_role("link", name=re.compile("^группа, Глеб, потом мобильный, .*ведёт на 951"))
    await expect(group).to_be_visible()
    await expect(plan.page.get_by_role("link", name="номер, 951, +79031112233")).to_be_visible()


@pytest.mark.feature("P4")
async def test_day_and_night(plan: Plan) -> None:
    await plan.new("День и ночь", "Новый переключатель", "Офис")
    await plan.create()
    await plan.page.get_by_role("link", name="Создать номер, который переключает").click()
    await plan.fill("Номер", "*28")
    await plan.create()
    for title, says, who in (("Офис днём", "День", "Глеб Орлов"), ("Офис ночью", "Ночь", "Анна Соколова")):
        await plan.route(title, "74950000003")
        await plan.choose("День и ночь", "Офис")
        await plan.side("Положение", says)
        await plan.leads_to("Пользователь", "Кто", who)
        await plan.create()
    await plan.call_goes_to("Глеб Орлов", "74950000003")
    await plan.open("День и ночь")
    await plan.page.get_by_role("navigation", name="День и ночь").get_by_role("button", name="Офис").click()
    await plan.side("Офис", "Ночь")
    await expect(plan.page.get_by_text("«Офис»: вручную ночь")).to_be_visible()
    await plan.call_goes_to("Анна Соколова", "74950000003")


@pytest.mark.feature("P3")
@pytest.mark.feature("P5")
async def test_two_offices(plan: Plan) -> None:
    page = plan.page
    await plan.new("Внешние линии", "Новая линия", "Северный офис")
    await page.get_by_label("Другая сторона регистрируется у нас").check()
    await plan.fill("Имя для входа", "north-office")
    await page.get_by_role("button", name="Создать").click()
    await page.get_by_role("dialog").get_by_role("button", name="Готово").click()
    await plan.new("Исходящие маршруты", "Новый исходящий маршрут", "На север")
    await page.get_by_role("combobox", name="Номера", exact=True).fill("2*")
    await page.keyboard.press("Enter")
    await plan.choose("Линии", "Северный офис")
    await plan.choose("Передавать как", "Как набрали")
    await plan.create()
    await plan.route("С севера", "101")
    await plan.choose("Линия", "Северный офис")
    await plan.leads_to("Пользователь", "Кто", "Анна Соколова")
    await plan.create()
    await plan.call_goes_to("Анна Соколова", "101", line="Северный офис")
    await plan.open("Исходящие маршруты")
    await page.get_by_role("button", name="Проверить номер").click()
    await plan.fill("Набранный номер", "2101")
    await expect(page.get_by_role("status")).to_contain_text("Уйдёт по линии «Северный офис» как 2101.")
    await expect(page.get_by_role("status")).to_contain_text("подходит: номер 2*")
    await plan.fill("Набранный номер", "89161234567")
    await expect(page.get_by_role("status")).to_contain_text("Наружу не уйдёт")
    await plan.fill("Набранный номер", "2101")
    await expect(page.get_by_role("status")).to_contain_text("Уйдёт по линии")


@pytest.mark.feature("P4")
async def test_a_reception_desk(plan: Plan) -> None:
    await plan.new("Группы", "Новая группа", "Ресепшен")
    await plan.choose("Участники", "Глеб Орлов", "Вера Зайцева")
    await plan.choose("Порядок", "Сначала кто дольше без звонка")
    await plan.create()
    await plan.new("Списки звонящих", "Новый список", "Важные")
    await plan.fill("Номера", VIP)
    await plan.create()
    await plan.route("Важные клиенты", "74950000005")
    await plan.choose("Звонящий в списке", "Важные")
    await plan.leads_to("Пользователь", "Кто", "Анна Соколова")
    await plan.create()
    await plan.route("Остальные", "74950000005")
    await plan.leads_to("Группа", "Какая группа", "Ресепшен")
    await plan.create()
    await plan.call_goes_to("Анна Соколова", "74950000005", caller=VIP)
    await plan.call_goes_to("группа «Ресепшен»", "74950000005", caller=SOMEBODY)
