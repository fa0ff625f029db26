"""The operator's desk: a call from its ring to its closed card, and what no accident takes away."""

import asyncio
import re

import numpy as np
import pytest
from playwright.async_api import Page, expect

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN, AtDesk, customer, operator
from tests.browser.axe import barriers
from tests.browser.visitor import Visitor, Visitors

pytestmark = pytest.mark.browser


async def signs_in_by_the_form(visitor: Visitor, house: RealHouse, user: str) -> None:
    page = visitor.page
    await page.goto("/")
    await page.locator("input[name=name]").fill(user)
    await page.locator("input[name=password]").fill(house.password(user))
    await page.locator("button[type=submit]").click()


async def speech_is_heard(visitor: Visitor) -> bool:
    """Somebody speaks: sound that comes and goes, not a tone."""
    async with asyncio.timeout(25):
        while True:
            heard = (await visitor.listen(1.0)).astype(float) / 32768
            if np.sqrt(np.mean(heard**2)) > 0.01:
                return True


@pytest.mark.feature("C6")
@pytest.mark.feature("C5")
async def test_a_visitor_serves_a_customer_and_a_supervisor_watches(house: RealHouse, people: Visitors) -> None:
    """The first paragraph of the browser's issue, as it stands."""
    anna, olga = await people.come(**RUSSIAN), await people.come(**RUSSIAN)
    await signs_in_by_the_form(olga, house, "olga")
    await expect(olga.page).to_have_url(re.compile("/board$"))
    await signs_in_by_the_form(anna, house, "anna")
    await expect(anna.page).to_have_url(re.compile("/desk$"))
    desk = AtDesk(anna)
    await desk.begin_work()
    await desk.shows("Ждём звонка")
    assert await barriers(anna.page) == []
    await anna.page.get_by_role("button", name="Пусть позвонит клиент").click()
    await desk.answers()
    assert await speech_is_heard(anna)
    await expect(olga.page.get_by_role("row", name=re.compile("Анна Соколова.*говорит", re.DOTALL))).to_be_visible()
    await desk.types("Адрес", "Тула, Ленина 5")
    await desk.all_is_saved()
    assert await barriers(anna.page) == []
    await anna.page.keyboard.press("Alt+End")
    await desk.shows("Обработка, осталось")
    assert await barriers(anna.page) == []
    await desk.closes_card()
    await desk.shows("Ждём звонка")
    (record,) = await (await house.door("anna")).get("records?holder=anna&most=1")
    assert (record["values"]["address"], record["values"]["trouble"]) == ("Тула, Ленина 5", "leak")
    assert (record["disposition"], record["closed_by"]) == ("answered", "holder")
    await olga.page.goto("/calls")
    await expect(olga.page.get_by_text("Анна Соколова").first).to_be_visible()


@pytest.mark.feature("C5")
@pytest.mark.feature("Z3")
async def test_not_a_letter_is_lost_by_a_crash_in_the_middle_of_a_word(house: RealHouse, people: Visitors) -> None:
    anna = await operator(people, house, "anna", voice=700)
    call = await customer(house, voice=1300)
    await anna.answers()
    await anna.types("Адрес", "Тула, Ленина 5, кв. 18")
    await crash(anna.page)
    anna.page = await anna.visitor.context.new_page()
    await anna.open()
    await anna.shows("Разговор")
    await expect(anna.field("Адрес")).to_have_value("Тула, Ленина 5, кв. 18")
    await anna.all_is_saved()
    assert await call.hears(700)
    await anna.page.get_by_role("button", name="Визит назначен").click()
    await anna.page.reload()
    await anna.shows("Разговор")
    await expect(anna.page.get_by_role("button", name="Визит назначен")).to_have_attribute("aria-pressed", "true")
    await expect(anna.field("Адрес")).to_have_value("Тула, Ленина 5, кв. 18")
    await call.hang_up()


async def crash(page: Page) -> None:
    """As if the browser's process died: nothing runs any more, not even what runs when a page is left."""
    session = await page.context.new_cdp_session(page)
    async with page.expect_event("crash"):
        ordered = asyncio.ensure_future(session.send("Page.crash"))
    ordered.cancel()  # whoever is dead does not answer


@pytest.mark.feature("C5")
async def test_what_is_typed_without_a_network_is_kept_and_sent_once_it_is_back(
    house: RealHouse, people: Visitors
) -> None:
    anna = await operator(people, house, "anna")
    call = await customer(house)
    await anna.answers()
    await anna.visitor.context.set_offline(True)
    await anna.types("Адрес", "Садовая 7")
    await expect(anna.page.get_by_text("ещё не сохранено")).to_be_visible()
    await anna.visitor.context.set_offline(False)
    await anna.all_is_saved()
    door = await house.door("anna")
    await door.becomes("records?open_only=true&holder=anna", lambda r: r[0]["values"].get("address") == "Садовая 7")
    await call.hang_up()


@pytest.mark.feature("C5")
async def test_a_field_that_somebody_else_changed_stands_beside_what_is_typed_here(
    house: RealHouse, people: Visitors
) -> None:
    anna = await operator(people, house, "anna")
    call = await customer(house)
    await anna.answers()
    await anna.visitor.context.set_offline(True)
    await anna.types("Адрес", "Садовая 7")
    door = await house.door("anna")
    (record,) = await door.get("records?open_only=true&holder=anna")
    await door.do("PATCH", f"records/{record['id']}", {"fields": {"address": "Мира 1"}, "revision": record["revision"]})
    await anna.visitor.context.set_offline(False)
    await expect(anna.page.get_by_text("За это время поле изменили: «Мира 1».")).to_be_visible()
    await expect(anna.field("Адрес")).to_have_value("Садовая 7")
    await anna.page.get_by_role("button", name="Взять то").click()
    await expect(anna.field("Адрес")).to_have_value("Мира 1")
    await door.becomes("records?open_only=true&holder=anna", lambda r: r[0]["values"]["address"] == "Мира 1")
    await call.hang_up()


@pytest.mark.feature("C6")
@pytest.mark.feature("P7")
async def test_everything_is_done_from_the_keyboard(house: RealHouse, people: Visitors) -> None:
    anna = await operator(people, house, "anna", voice=700)
    boris = await house.phone("boris")
    call = await customer(house, voice=1300)
    await anna.answers()
    keyboard = anna.page.keyboard
    assert await call.hears(700)
    await keyboard.press("Alt+KeyM")
    assert await call.falls_silent(700)
    await keyboard.press("Alt+KeyM")
    assert await call.hears(700)
    await keyboard.press("Alt+KeyH")
    await anna.shows("Удержание")
    assert await call.falls_silent(700)
    await keyboard.press("Alt+KeyH")
    await anna.shows("Разговор")
    assert await anna.visitor.hears(1300)
    await keyboard.press("Alt+Digit0")
    await keyboard.type("12#")
    await expect(anna.page.get_by_text("Отправлено: 12#")).to_be_visible()
    await keyboard.press("Control+Enter")
    await expect(anna.field("Адрес")).to_be_focused()
    await keyboard.type("Мира 1")
    await keyboard.press("Alt+Digit3")
    await keyboard.press("Alt+KeyT")
    await keyboard.type("Волков")
    await keyboard.press("Enter")
    ringing = await boris.next_ring()
    await anna.shows("Обработка, осталось")
    await ringing.hang_up()
    await keyboard.press("Control+Enter")
    await expect(anna.page.get_by_role("radio", name="Нет отопления")).to_be_focused()
    await keyboard.press("Space")
    await keyboard.press("Control+Enter")
    await anna.shows("Ждём звонка")
    await keyboard.press("F2")
    await anna.shows("Перерыв")
    await keyboard.press("F2")
    await anna.shows("Ждём звонка")
    await call.hang_up()


@pytest.mark.feature("C4")
@pytest.mark.feature("C12")
async def test_a_declined_call_goes_to_a_colleague_who_is_told_why(house: RealHouse, people: Visitors) -> None:
    anna = await operator(people, house, "anna", voice=700)
    call = await customer(house)
    await anna.page.get_by_role("button", name="Не могу взять").click()
    await anna.shows("Звонок пропущен")
    boris = await operator(people, house, "boris", voice=900)
    await boris.answers()
    assert await call.hears(900)
    await boris.column.get_by_role("button", name="Как посчитано").first.click()
    await expect(boris.page.get_by_text("Анна Соколова: перерыв")).to_be_visible()
    await anna.page.get_by_role("button", name="Принимать звонки").click()
    await anna.shows("Ждём звонка")
    await call.hang_up()


@pytest.mark.feature("C6")
@pytest.mark.feature("P2")
async def test_a_desk_phone_and_the_page_ring_together_and_the_first_to_answer_talks(
    house: RealHouse, people: Visitors
) -> None:
    boris = await operator(people, house, "boris")
    phone = await house.phone("boris")
    call = await customer(house)
    ringing = await phone.next_ring()
    await expect(boris.page.get_by_role("button", name="Ответить")).to_be_visible()
    await ringing.answer()
    await boris.shows("Разговор")
    await expect(boris.page.get_by_text("Разговор на другом вашем телефоне")).to_be_visible()
    await boris.types("Адрес", "Мира 2")
    await boris.page.keyboard.press("Alt+End")
    await boris.shows("Обработка, осталось")
    async with asyncio.timeout(15):
        await ringing.over.wait()
    await call.hang_up()


@pytest.mark.feature("C6")
@pytest.mark.feature("C7")
async def test_two_operators_talk_each_with_their_own_customer_while_a_supervisor_looks(
    house: RealHouse, people: Visitors
) -> None:
    anna = await operator(people, house, "anna", voice=700)
    first = await customer(house, voice=1300, number="79161111111")
    await anna.answers()
    boris = await operator(people, house, "boris", voice=900)
    second = await customer(house, voice=1700, number="79162222222")
    await boris.answers()
    olga = await people.come(**RUSSIAN)
    await olga.sign_in("olga", house.password("olga"))
    await olga.page.goto("/board")
    for name in ("Анна Соколова", "Борис Волков"):
        row = olga.page.get_by_role("row", name=re.compile(f"{name}.*говорит", re.DOTALL))
        await expect(row).to_be_visible()
    assert await anna.visitor.hears(1300)
    assert await boris.visitor.hears(1700)
    assert not await anna.visitor.hears(1700, within=1)
    assert await first.hears(700)
    assert await second.hears(900)
    await first.hang_up()
    await second.hang_up()
    for desk in (anna, boris):
        await desk.shows("Обработка, осталось")
