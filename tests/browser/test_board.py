"""The supervisor's board: who waits, whom to call back when a norm breaks, and a talk that is listened to."""

import asyncio
import re
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from demo.phone.sound import tone
from switchroom.domain.devices import browser_device
from tests.asterisk.real_house import Door, RealHouse
from tests.browser.at_desk import RUSSIAN, customer
from tests.browser.axe import barriers
from tests.browser.visitor import Visitor, Visitors

pytestmark = pytest.mark.browser
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest_asyncio.fixture
async def impatient(house: RealHouse) -> AsyncIterator[Door]:
    """The demo's queue promises an answer within three seconds, as long as this test runs."""
    admin = await house.door("admin")
    before = (await admin.get("queues/service"))["thing"]
    await admin.do("PUT", "queues/service", {**before, "norm": {"within": 3, "share": 0.8}})
    yield admin
    await (await house.door("admin")).do("PUT", "queues/service", before)


async def olga_at_board(people: Visitors, house: RealHouse) -> Visitor:
    """The supervisor; her page is a phone too."""
    olga = await people.come(voice=440, **RUSSIAN)
    await olga.sign_in("olga", house.password("olga"))
    await olga.page.goto("/board")
    return olga


def row_of(page: Page, operator: str) -> Locator:
    return page.get_by_role("region", name="Операторы").get_by_role("row").filter(has_text=operator)


@pytest.mark.feature("C7")
async def test_on_a_low_screen_each_list_that_scrolls_is_reached_and_moved_by_keys(
    house: RealHouse, people: Visitors
) -> None:
    page = (await olga_at_board(people, house)).page
    await expect(row_of(page, "Анна Соколова")).to_be_visible()
    lists = page.locator("section > [tabindex='0']:visible")
    for height in range(560, 300, -20):
        await page.set_viewport_size({"width": 1280, "height": height})
        await page.evaluate(DRAWN)
        if await lists.count():
            break
    await expect(lists.first).to_be_visible()
    assert await barriers(page) == []
    await lists.first.focus()
    await page.keyboard.press("End")
    async with asyncio.timeout(10):
        while await lists.first.evaluate("box => box.scrollTop") == 0:
            await asyncio.sleep(0.05)


@pytest.mark.feature("C7")
@pytest.mark.feature("C9")
async def test_a_broken_norm_comes_first_says_since_when_and_calls_back_who_is_on_a_break(
    house: RealHouse, people: Visitors, impatient: Door
) -> None:
    anna, phone = await house.door("anna"), await house.phone("anna")
    await anna.begin_work()
    await anna.do("POST", "operators/anna/break", {"kind": "lunch"})
    page = (await olga_at_board(people, house)).page
    await expect(row_of(page, "Анна Соколова")).to_contain_text("перерыв")
    caller = await customer(house)
    waits = page.get_by_role("region", name="Кто ждёт")
    await expect(waits).to_contain_text("+7 916 123-45-67")
    norms = page.get_by_role("region", name="Нормы")
    await expect(norms.locator("> div").first).to_contain_text(
        re.compile(r"Вызов мастера: ждут дольше нормы\s*с \d\d:\d\d")
    )
    await expect(norms).to_contain_text("на перерыве: 1")
    assert await barriers(page) == []
    await norms.get_by_role("button", name="Вернуть: Анна Соколова").click()
    ring = await phone.next_ring()
    await expect(row_of(page, "Анна Соколова")).to_contain_text("звонит")
    await ring.answer()
    answered = time.monotonic()
    await row_of(page, "Анна Соколова").get_by_text("говорит").wait_for()
    assert time.monotonic() - answered < 1.0
    await expect(waits).to_contain_text("Никто не ждёт.")
    await expect(norms).not_to_contain_text("ждут дольше нормы")
    await expect(page.get_by_role("region", name="Что произошло")).to_contain_text("Снова на линии: Анна Соколова")
    await caller.hang_up()


@pytest.mark.feature("C7")
@pytest.mark.feature("C8")
async def test_a_talk_is_listened_to_from_the_board_and_nobody_hears_it(house: RealHouse, people: Visitors) -> None:
    anna, phone = await house.door("anna"), await house.phone("anna")
    await anna.begin_work()
    caller = await customer(house, voice=1300)
    ring = await phone.next_ring()
    await ring.answer()
    ring.repeat(tone(700))
    olga = await olga_at_board(people, house)
    admin, page = await house.door("admin"), browser_device("olga").id
    await admin.becomes("operators/olga", lambda told: page in told["devices"])  # before, nobody can call her there
    await expect(row_of(olga.page, "Анна Соколова")).to_contain_text("Вызов мастера")
    await row_of(olga.page, "Анна Соколова").get_by_role("button", name="Слушать: Анна Соколова").click()
    assert await olga.hears(1300)
    assert await olga.hears(700)
    assert not await caller.hears(440, within=1.5)
    await olga.page.get_by_role("button", name="Действия: Анна Соколова").click()
    await olga.page.get_by_role("menuitem", name="История звонка").click()
    await expect(olga.page.get_by_text("Звонок слушает Ольга Лебедева")).to_be_visible()
    await caller.hang_up()
    await expect(olga.page.get_by_text("обслужен", exact=True)).to_be_visible()
