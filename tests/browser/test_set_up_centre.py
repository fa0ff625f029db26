"""The call centre is set up in the browser: cards, queues, prompts, calendars, roles, tokens, and who changed what."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import numpy as np
import pytest
import pytest_asyncio
import soundfile
from playwright.async_api import FilePayload, Page, Route, expect

from demo.phone.sound import RATE, loudness_of
from tests.asterisk.real_house import Door, RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.axe import barriers
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser
_PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData('text', text);
  const pasted = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(pasted);
}"""
MADE = ("queues/delivery", "cards/opros", "prompts/zapis", "calendars/sklad", "roles/stazher", "projects/dostavka")


@pytest_asyncio.fixture
async def admin(house: RealHouse) -> AsyncIterator[Door]:
    """The administrator's other hand; what the tests made is taken away after them."""
    door = await house.door("admin")
    yield door
    for place in MADE:
        await door.client.delete(f"/api/{place}")


async def set_up(people: Visitors, house: RealHouse, section: str) -> Page:
    """The administrator in this section, with a microphone that gives 700 Hz."""
    visitor = await people.come(voice=700, **RUSSIAN)
    await visitor.sign_in("admin", house.password("admin"))
    await visitor.page.goto(f"/set-up/{section}")
    return visitor.page


async def new(page: Page, what: str) -> None:
    await page.get_by_role("button", name=what).first.click()
    await expect(page.get_by_role("heading", name=what, level=1)).to_be_visible()


async def choose(page: Page, label: str, option: str) -> None:
    """In a list that opens below a field."""
    field = page.get_by_role("combobox", name=label)
    await field.click()
    await page.get_by_role("option", name=re.compile(f"^{option}")).click()
    await field.press("Escape")


async def is_created(page: Page, path: str) -> None:
    await page.get_by_role("button", name="Создать", exact=False).click()
    await expect(page).to_have_url(re.compile(f"/set-up/{path}$"))


@pytest.mark.feature("C5")
async def test_an_analyst_draws_a_card_and_publishes_its_draft(
    house: RealHouse, people: Visitors, admin: Door
) -> None:
    page = await set_up(people, house, "cards")
    await new(page, "Новая карточка")
    await page.get_by_label("Название", exact=True).fill("Опрос")
    await page.get_by_role("button", name="Изменить: Новое поле").click()
    await page.get_by_role("listitem").get_by_label("Название", exact=True).fill("Имя")
    await choose(page, "Заполнить заранее из", "caller_name")
    await is_created(page, "cards/opros")

    await page.get_by_role("button", name="Добавить поле").click()
    await page.get_by_role("menuitem", name="Список").click()
    await page.get_by_role("listitem").get_by_label("Название", exact=True).first.fill("Оценка")
    await expect(page.get_by_role("button", name="Опубликовать: мешает 1")).to_be_disabled()
    await page.get_by_role("button", name="Добавить вариант").click()
    await page.get_by_placeholder("Новый вариант").focus()
    await page.evaluate(_PASTE, "Хорошо\nПлохо")
    await page.get_by_label("Обязательно: без этого карточку не закрыть").check()
    await page.get_by_label("Скрипт").fill("Здравствуйте, ")
    await page.get_by_role("button", name="имя клиента").click()
    await page.get_by_role("button", name="Добавить результат").click()
    await page.get_by_role("listitem").get_by_label("Название", exact=True).last.fill("Опрошен")
    await page.get_by_label("Считается успехом").check()

    seen = page.get_by_label("Так видит оператор")
    await expect(seen).to_contain_text("Здравствуйте, Иван Петров")
    await seen.get_by_role("button", name="Закрыть карточку").click()
    await expect(seen).to_contain_text("Не заполнено: Оценка")
    await page.get_by_role("button", name="Изменить: Оценка").focus()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page.get_by_role("button", name="Изменить: Оценка")).to_be_focused()
    await expect(page.get_by_text(re.compile("^сохранено"))).to_be_visible()
    assert await barriers(page) == []
    assert len((await admin.get("cards/opros"))["thing"]["fields"]) == 1

    await page.reload()
    await expect(page.get_by_text(re.compile("^Черновик: операторы его пока не видят"))).to_be_visible()
    await page.get_by_role("button", name="Опубликовать…").click()
    question = page.get_by_role("dialog")
    await expect(question).to_contain_text("Поля: добавлено Оценка (список, обязательно, варианты: Хорошо, Плохо)")
    await question.get_by_role("button", name="Опубликовать").click()
    card = (await admin.becomes("cards/opros", lambda found: found["version"] == 2))["thing"]
    assert [field["title"]["ru"] for field in card["fields"]] == ["Оценка", "Имя"]
    assert card["fields"][1]["filled_from"] == "caller_name"
    assert (card["script"], card["dispositions"][0]["success"]) == ("Здравствуйте, {caller_name}", True)


@pytest.mark.feature("C2")
async def test_a_queue_says_what_will_happen_and_all_that_is_wrong_at_once(
    house: RealHouse, people: Visitors, admin: Door
) -> None:
    page = await set_up(people, house, "queues")
    await new(page, "Новая очередь")
    await expect(page.get_by_text("Очередь никто не обслуживает")).to_be_visible()
    await page.get_by_label("Звонить оператору").fill("1")
    await page.get_by_role("button", name="Создать").click()
    await expect(page.get_by_label("Название", exact=True)).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Звонить оператору")).to_have_attribute("aria-invalid", "true")

    await page.get_by_label("Название", exact=True).fill("Delivery")
    await page.get_by_label("Звонить оператору").fill("15")
    for name in ("Анна Соколова", "Глеб Орлов"):
        await choose(page, "Операторы", name)
    await expect(page.get_by_text("Глеб Орлов: нет права обслуживать звонки")).to_be_visible()
    await choose(page, "Стратегия", "По кругу")
    effect = page.get_by_role("status").filter(has_text="у следующего по кругу из 2 операторов, на 15")
    await expect(effect).to_be_visible()
    assert await barriers(page) == []
    created, told = asyncio.Event(), asyncio.Event()

    async def answers_late(route: Route) -> None:
        answer = await route.fetch()
        created.set()
        await told.wait()
        await route.fulfill(response=answer)

    await page.route("**/api/queues/delivery", answers_late, times=1)
    await page.get_by_role("button", name="Создать").click()
    await asyncio.wait_for(created.wait(), 20)
    await page.get_by_label("Ждущих не больше").fill("5")  # while it is still being created: nothing typed is lost
    told.set()
    await expect(page).to_have_url(re.compile("/set-up/queues/delivery$"))
    chosen = page.get_by_role("navigation", name="Очереди").get_by_role("button", name="Delivery")
    await expect(chosen).to_have_attribute("aria-current", "true")
    await expect(page.get_by_label("Ждущих не больше")).to_have_value("5")
    queue = (await admin.get("queues/delivery"))["thing"]
    assert (queue["operators"], queue["strategy"], queue["ring_for"]) == (["anna", "gleb"], "round_robin", 15)

    await admin.do("PUT", "queues/delivery", {**queue, "weight": 77})
    await page.get_by_role("button", name="Добавить к нему мои правки").click()
    await page.keyboard.press("Control+KeyS")
    both = await admin.becomes("queues/delivery", lambda found: found["thing"]["most_waiting"] == 5)
    assert both["thing"]["weight"] == 77


@pytest.mark.feature("S10")
async def test_a_prompt_is_dropped_refused_in_words_recorded_and_heard(
    house: RealHouse, people: Visitors, admin: Door
) -> None:
    page = await set_up(people, house, "prompts")
    await new(page, "Новая подсказка")
    box = page.get_by_role("region", name="Русская запись")
    await box.get_by_test_id("file Русская запись").set_input_files(
        {"name": "Запись.wav", "mimeType": "audio/wav", "buffer": _sound(440)}
    )
    await expect(page.get_by_label("Название", exact=True)).to_have_value("Запись")
    await is_created(page, "prompts/zapis")
    await expect(box.get_by_role("button", name="Слушать: Русская запись")).to_be_visible()
    assert await _loudness(admin, "ru", 440) > 0.1

    wrong = FilePayload(name="смета.xlsx", mimeType="application/zip", buffer=b"PK\x03\x04 no sound at all")
    await box.get_by_test_id("file Русская запись").set_input_files(wrong)
    await expect(box.get_by_role("alert")).to_contain_text("Файл смета.xlsx не похож на звук")
    assert await _loudness(admin, "ru", 440) > 0.1

    await page.get_by_label("Текст по-русски").fill("Спасибо за звонок")
    await box.get_by_role("button", name="Записать").click()
    await expect(box).to_contain_text("Читайте: Спасибо за звонок")
    await expect(box.get_by_text("0:02")).to_be_visible()
    await box.get_by_role("button", name="Стоп").click()
    await box.get_by_role("button", name="Оставить").click()
    await expect(box.get_by_role("status")).to_contain_text("уже звучит")
    assert await _loudness(admin, "ru", 700) > 0.1
    await page.get_by_role("button", name="Слушать: Русская запись").click()
    await page.wait_for_function("() => [...document.querySelectorAll('audio')].some((one) => one.currentTime > 0.2)")
    await expect(page.get_by_label("Текст по-русски")).to_have_value("Спасибо за звонок")
    await page.keyboard.press("Control+KeyS")
    await box.get_by_role("button", name="Прежние записи").click()
    await box.get_by_role("button", name="Вернуть эту").click()
    assert await barriers(page) == []
    await page.keyboard.press("Control+KeyS")
    await admin.becomes("prompts/zapis", lambda found: found["version"] == 5)
    assert await _loudness(admin, "ru", 440) > 0.1


def _sound(hertz: int) -> bytes:
    moments = np.arange(22050) / 22050
    out = io.BytesIO()
    soundfile.write(out, 0.4 * np.sin(2 * np.pi * hertz * moments), 22050, format="WAV")
    return out.getvalue()


async def _loudness(door: Door, language: str, hertz: int) -> float:
    """Of a tone in what callers hear."""
    answer: httpx.Response = await door.client.get(f"/api/prompts/zapis/{language}/sound")
    samples, rate = soundfile.read(io.BytesIO(answer.content), dtype="int16")
    assert rate == RATE
    return loudness_of(samples, hertz)


@pytest.mark.feature("P6")
async def test_a_calendar_shows_the_week_and_says_when_it_is_open(
    house: RealHouse, people: Visitors, admin: Door
) -> None:
    page = await set_up(people, house, "calendars")
    await new(page, "Новый календарь")
    await page.get_by_label("Название", exact=True).fill("Склад")
    await page.get_by_label("Понедельник, с").fill("830")
    await page.get_by_label("Понедельник, до").fill("8")
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Создать").click()
    await expect(page.get_by_text("Конец позже начала")).to_be_visible()
    await page.get_by_label("Понедельник, до").fill("20")
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Понедельник: скопировать эти часы").click()
    await page.get_by_role("menuitem", name="на все дни").click()
    await page.get_by_role("button", name="Добавить исключение").click()
    await page.get_by_label("С", exact=True).fill("28.12.2026")
    await page.get_by_label("Почему").fill("Учёт")
    await page.get_by_label("Открыто ли…").fill("28.12.2026")
    await page.keyboard.press("Tab")
    answer = page.get_by_test_id("calendar-answer")
    await expect(answer).to_contain_text("Закрыто: исключение: Учёт. Откроется вт, 29 декабря в 08:30.")
    await page.get_by_label("Открыто ли…").fill("29.12.2026")
    await page.get_by_label("Время по часам этого календаря").fill("1959")
    await page.keyboard.press("Tab")
    await expect(answer).to_contain_text("Открыто: часы недели, вторник. Закроется в 20:00.")
    await expect(page.get_by_role("img", name="понедельник: закрыто")).to_be_visible()
    assert await barriers(page) == []
    await is_created(page, "calendars/sklad")
    kept: dict[str, Any] = (await admin.get("calendars/sklad"))["thing"]
    assert {day: hours[0]["begin"] for day, hours in kept["week"].items()} == dict.fromkeys("0123456", "08:30:00")
    assert kept["exceptions"][0]["last"] == "2026-12-28"


@pytest.mark.feature("A2")
async def test_a_role_for_one_project_a_token_shown_once_and_who_did_it_all(
    house: RealHouse, people: Visitors, admin: Door
) -> None:
    page = await set_up(people, house, "projects")
    await new(page, "Новый проект")
    await page.get_by_label("Название", exact=True).fill("Доставка")
    await is_created(page, "projects/dostavka")
    await page.goto("/set-up/roles")
    await new(page, "Новая роль")
    await page.get_by_label("Название", exact=True).fill("Стажёр")
    await page.get_by_label("Обслуживать звонки").check()
    await page.get_by_text("Только эти").click()
    await choose(page, "Выберите проекты", "Доставка")
    assert await barriers(page) == []
    await is_created(page, "roles/stazher")
    role = (await admin.get("roles/stazher"))["thing"]
    assert (sorted(role["rights"]), role["projects"]) == (["call", "serve"], ["dostavka"])

    await page.goto("/set-up/tokens")
    await page.get_by_role("button", name="Новый токен").click()
    await page.get_by_role("button", name="Создать токен").click()
    await expect(page.get_by_text("Отметьте хотя бы одно право")).to_be_visible()
    await page.get_by_label("Для какой программы").fill("CRM")
    await page.get_by_label("Видеть все звонки").check()
    await page.get_by_text("30 дней").click()
    await page.get_by_role("button", name="Создать токен").click()
    secret = await page.get_by_test_id("secret").inner_text()
    async with httpx.AsyncClient(base_url=house.settings.address, headers={"Authorization": f"Bearer {secret}"}) as crm:
        assert (await crm.get("/api/calls")).status_code == 200
        assert (await crm.get("/api/audit")).status_code == 403
        await page.get_by_role("button", name="Готово").last.click()
        assert secret not in await page.content()
        await page.get_by_role("button", name="Отозвать: CRM").click()
        question = page.get_by_role("dialog", name="Отозвать «CRM»?")
        await expect(question).to_contain_text("Вернуть его нельзя")
        assert await barriers(page) == []
        await question.get_by_role("button", name="Отозвать").click()
        await expect(page.get_by_text("У вас нет токенов")).to_be_visible()
        assert (await crm.get("/api/calls")).status_code == 401

    await page.goto("/set-up/audit")
    await choose(page, "Кто", "Администратор")
    line = page.get_by_role("article").filter(has_text="Создано: роль Стажёр")
    await expect(line).to_contain_text("Проекты: добавлено Доставка")
    await expect(page.get_by_role("article").filter(has_text="Отозван токен: CRM")).to_be_visible()
    assert await barriers(page) == []
