"""Whatever happens to the operator's page or to our process in the middle of a talk, the customer is not lost."""

import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Error, expect

from tests.asterisk.real_house import RealHouse
from tests.browser.talks import OPERATOR, Talk, talking
from tests.browser.visitor import Visitor, Visitors

pytestmark = pytest.mark.browser
_ADDRESS = "ул. Садовая, 5"


async def typed(talk: Talk) -> None:
    """The address is in the card, and on disk."""
    await talk.operator.page.get_by_label("Адрес").first.fill(_ADDRESS)
    (record,) = await talk.door.get(f"records?open_only=true&holder={talk.door.user}")
    await talk.door.becomes(f"records/{record['id']}", lambda told: told["values"].get("address") == _ADDRESS)


@pytest.mark.feature("Z3")
async def test_a_reload_costs_a_moment_of_music_and_no_field(house: RealHouse, people: Visitors) -> None:
    talk = await talking(house, people)
    await typed(talk)
    await talk.operator.page.reload()
    await talk.is_heard()
    await expect(talk.operator.page.get_by_label("Адрес").first).to_have_value(_ADDRESS)
    assert await talk.door.status() == "talking"


@pytest.mark.feature("Z3")
async def test_after_a_crash_the_next_page_goes_on_with_the_customer(house: RealHouse, people: Visitors) -> None:
    talk = await talking(house, people)
    await typed(talk)
    with pytest.raises(Error):
        await talk.operator.page.goto("chrome://crash")
    assert await talk.customer.falls_silent(OPERATOR)
    talk.operator.page = await talk.operator.context.new_page()
    await talk.operator.page.goto("/")
    await talk.is_heard()
    await expect(talk.operator.page.get_by_label("Адрес").first).to_have_value(_ADDRESS)


@pytest.mark.feature("Z3")
async def test_a_second_tab_takes_the_talk_over_only_when_told(house: RealHouse, people: Visitors) -> None:
    talk = await talking(house, people)
    second = await talk.operator.context.new_page()
    await second.goto("/")
    await expect(second.get_by_label("Адрес").first).to_be_visible()
    await talk.is_heard(within=5)
    await second.get_by_role("button", name="линия").click()
    await second.get_by_role("button", name="Забрать телефон сюда").first.click()
    talk.operator.page = second
    await talk.is_heard()


@pytest.mark.feature("Z3")
async def test_the_engine_killed_from_the_desk_costs_the_talk_nothing(house: RealHouse, people: Visitors) -> None:
    talk, before = await talking(house, people), house.serving_pid()
    page, kill = talk.operator.page, "Завершить движок сейчас"
    await page.get_by_role("button", name=kill).click()
    await page.get_by_role("dialog").get_by_role("button", name=kill).click()  # not the same button once more
    await house.is_so(lambda: house.serving_pid() not in (None, before))
    assert await talk.customer.hears(OPERATOR, within=1)
    await house.ready()
    await talk.is_heard()
    (call,) = (await talk.door.get("calls?living=true"))["items"]
    told = await talk.door.becomes(
        f"calls/{call['id']}", lambda story: any(f["fact"]["kind"] == "CallAdopted" for f in story["facts"])
    )
    (adopted,) = [f["fact"] for f in told["facts"] if f["fact"]["kind"] == "CallAdopted"]
    assert (adopted["legs"], adopted.get("legs_lost", 0)) == (2, 0)
    await talk.operator.page.keyboard.press("Alt+End")
    await talk.door.is_now("wrap_up")


@asynccontextmanager
async def away(house: RealHouse) -> AsyncIterator[None]:
    """The whole program is killed, and started again afterwards."""
    await house.kill_up()
    try:
        yield
    finally:
        await house.start()


@pytest.mark.feature("Z3")
async def test_a_restart_of_the_whole_program_costs_no_sound_and_no_field(house: RealHouse, people: Visitors) -> None:
    talk = await talking(house, people)
    await typed(talk)
    page = talk.operator.page
    said = page.get_by_role("status").filter(has_text="Нет связи с сервером")
    async with away(house):
        await expect(said).to_be_visible()
        await page.get_by_label("Адрес").first.fill(f"{_ADDRESS}, кв. 7")
        await talk.is_heard(within=1)
    await expect(said).to_have_count(0)
    await talk.is_heard()
    (record,) = await talk.door.get(f"records?open_only=true&holder={talk.door.user}")
    await talk.door.becomes(f"records/{record['id']}", lambda told: told["values"]["address"] == f"{_ADDRESS}, кв. 7")
    await expect(page.get_by_role("button", name=re.compile("^линия"))).to_be_visible()
    await page.keyboard.press("Alt+End")
    await talk.door.is_now("wrap_up")


@asynccontextmanager
async def frozen(visitor: Visitor) -> AsyncIterator[None]:
    """The page stands still: no script, no sound, and it says goodbye to nobody."""
    told = await (await visitor.browser.new_browser_cdp_session()).send("SystemInfo.getProcessInfo")
    pages = [process["id"] for process in told["processInfo"] if process["type"] == "renderer"]
    for pid in pages:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pages:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.feature("Z3")
async def test_a_page_that_stands_still_keeps_its_customer_and_goes_on_with_them(
    house: RealHouse, people: Visitors
) -> None:
    talk = await talking(house, people)
    await typed(talk)
    async with frozen(talk.operator):
        assert await talk.customer.falls_silent(OPERATOR)
        await talk.door.becomes("desk", lambda desk: desk["calls"][0]["interrupted"])
        assert not talk.customer.over.is_set()
    await talk.is_heard()
    await expect(talk.operator.page.get_by_label("Адрес").first).to_have_value(_ADDRESS)
    assert await talk.door.status() == "talking"
