"""An administrator sets a house up in the browser: from the printed link to a colleague and a line."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from switchroom.house import FirstStartCode
from tests.asterisk.real_house import RealHouse
from tests.browser.axe import barriers
from tests.browser.visitor import Visitor, visitors

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
expect.set_options(timeout=40_000)


@pytest.fixture(scope="module")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    """Nobody and nothing is in it yet."""
    house = RealHouse(tmp_path_factory.mktemp("new"), demo=False)
    asyncio.run(house.start())
    yield house
    asyncio.run(house.stop())


@pytest_asyncio.fixture
async def newcomer(new_house: RealHouse, tmp_path: Path) -> AsyncIterator[Visitor]:
    """A browser before its door."""
    async with visitors(new_house.settings.address, tmp_path) as opened:
        yield await opened.come(locale="en-GB", timezone_id="Europe/Berlin")


@pytest.mark.feature("P1")
@pytest.mark.feature("P3")
async def test_an_empty_house_is_set_up_from_the_printed_link_to_a_line(
    new_house: RealHouse, newcomer: Visitor
) -> None:
    page = newcomer.page
    code = FirstStartCode(new_house.settings.data)
    await new_house.is_so(lambda: code.known() is not None)
    await begin(page, code.known() or "")
    await set_company(page)
    await add_a_colleague(page)
    await add_a_trunk(page)


async def begin(page: Page, code: str) -> None:
    """The first administrator: everything that is wrong stands beside its field."""
    await page.goto(f"/first-start?code={code}")
    await page.get_by_role("button", name="Begin").click()
    await expect(page.get_by_text("Fill this in")).to_have_count(2)
    await page.get_by_label("Your name").fill("Лев Баранов")
    await expect(page.get_by_label("Name for sign-in")).to_have_value("lev-baranov")
    await page.get_by_role("textbox", name="Password").fill("short")
    await page.get_by_role("button", name="Begin").click()
    await expect(page.get_by_text("A password has 10 to 200 characters.")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.get_by_role("button", name="Begin").click()
    await expect(page.get_by_role("heading", name="First steps")).to_be_visible()


async def set_company(page: Page) -> None:
    """It begins with the clock of whoever sets it."""
    await page.get_by_role("link", name="Set up: Company, language, time zone").click()
    await expect(page.get_by_role("combobox", name="Time zone").first).to_have_value("Europe/Berlin, UTC+1")
    await page.get_by_label("Company", exact=True).fill("North")
    await page.keyboard.press("Control+s")
    await expect(page.get_by_role("button", name="Version 1")).to_be_visible()


async def add_a_colleague(page: Page) -> None:
    """With a free number, and a password that is shown once and really opens the door."""
    await go_to(page, "Users", "New user")
    await save(page)
    await expect(page.get_by_text("Fill this in")).to_be_visible()
    await page.get_by_label("Name", exact=True).fill("Анна Петрова")
    await expect(page.get_by_label("Number", exact=True)).to_have_value("101")
    await expect(page.get_by_text("101 rings: the browser.")).to_be_visible()
    assert await barriers(page) == []
    await save(page)
    shown = page.get_by_role("dialog", name="Password for Анна Петрова")
    password = await shown.get_by_test_id("secret").inner_text()
    await expect(shown.get_by_text("“anna-petrova”")).to_be_visible()
    await shown.get_by_role("button", name="Done").click()
    await signs_in(page, "anna-petrova", password)
    await go_to(page, "Users", "New user")
    await page.get_by_label("Number", exact=True).fill("101")
    await expect(page.get_by_text("101 is taken: Анна Петрова.")).to_be_visible()
    await leave_without_saving(page, "Trunks")


async def add_a_trunk(page: Page) -> None:
    """All errors at once: the title, and what this kind needs."""
    await page.get_by_role("button", name="New line").first.click()
    await expect(page.get_by_role("heading", name="New line")).to_be_visible()
    await save(page)
    for fault in ("Fill this in", "This kind of trunk needs a host", "This kind of trunk needs a name for sign-in"):
        await expect(page.get_by_text(fault)).to_be_visible()
    await expect(page.get_by_text("Without a password this line can’t sign in.")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_label("Title").fill("Carrier")
    await page.get_by_label("Host").fill("sip.example.com")
    await page.get_by_label("Name for sign-in").fill("74951234567")
    await page.get_by_role("textbox", name="Password").fill("from the carrier")
    await expect(page.get_by_text("We sign in at sip.example.com:5060 as 74951234567.")).to_be_visible()
    await save(page)
    await expect(page.get_by_role("button", name="Version 1")).to_be_visible()


async def go_to(page: Page, section: str, add: str) -> None:
    """A section of the set-up, and its form for a new thing."""
    await open_section(page, section)
    await page.get_by_role("button", name=add).first.click()
    await expect(page.get_by_role("heading", name=add)).to_be_visible()


async def open_section(page: Page, section: str) -> None:
    sections = page.get_by_role("navigation", name="Sections of the set-up")
    await sections.get_by_role("link", name=section, exact=True).click()


async def save(page: Page) -> None:
    await page.keyboard.press("Control+s")


async def leave_without_saving(page: Page, section: str) -> None:
    """A person is warned first."""
    await open_section(page, section)
    await page.get_by_role("dialog").get_by_role("button", name="Leave without them").click()


async def signs_in(page: Page, user: str, password: str) -> None:
    """Elsewhere, so that this page stays signed in as it is."""
    other = await page.context.browser.new_context()  # type: ignore[union-attr]  # it was opened by a browser
    origin = await page.evaluate("location.origin")
    answer = await other.request.post(f"{origin}/api/session", data={"name": user, "password": password})
    assert answer.status == 201, await answer.text()
    await other.close()
