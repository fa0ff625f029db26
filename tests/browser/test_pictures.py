"""Every page of the day is photographed in both languages, light and dark, small and big: nothing is cut off."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Error, Page

from tests.asterisk.real_house import RealHouse
from tests.browser.office import an_office
from tests.browser.pages import main_pages, set_up_pages
from tests.browser.pictures import SIZES, Look, busy, cut_off, look_at, looks
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser
_TAKE_BACK = re.compile("Отменить изменения|Discard changes")


@pytest.mark.timeout(400)
async def test_no_page_cuts_words_off_in_any_language_appearance_or_size(
    house: RealHouse, people: Visitors, tmp_path: Path
) -> None:
    found: list[str] = []

    def failed(error: Error) -> None:
        found.append(f"a page failed: {error}")

    async with busy(house) as over:
        for shown in await main_pages(house, over):
            visitor = await people.come(timezone_id="Europe/Moscow")
            visitor.page.on("pageerror", failed)
            if shown.user is not None:
                await visitor.sign_in(shown.user, house.password(shown.user))
            language = ""
            for look in looks():
                page = await look_at(visitor, shown, look, anew=look.language != language)
                language = look.language
                await page.screenshot(path=tmp_path / f"{shown.name}-{look.name}.png")
                found += [f"{shown.name} {look.name}: {words}" for words in await cut_off(page)]
    assert found == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_no_page_of_the_set_up_cuts_words_off(house: RealHouse, people: Visitors, language: str) -> None:
    found: list[str] = []
    visitor = await people.come(timezone_id="Europe/Moscow")
    visitor.page.on("pageerror", lambda error: found.append(f"a page failed: {error}"))
    await visitor.sign_in("admin", house.password("admin"))
    async with an_office(house):
        for shown in await set_up_pages(house):
            page = await look_at(visitor, shown, Look(language, "light", SIZES[0]), anew=True)
            found += [f"{shown.name}: {words}" for words in await cut_off(page)]
            if await _changed(page):
                found += [f"{shown.name}, changed: {words}" for words in await cut_off(page)]
    assert found == []


async def _changed(page: Page) -> bool:
    """Something is typed into the form, so that it can be saved or taken back; False where there is none."""
    text = page.locator("form input[type=text]:not([role=combobox]):not([aria-haspopup]):not([readonly])").first
    if await text.count() == 0 or not await text.is_visible():
        return False
    await text.press_sequentially("1")
    return await page.get_by_role("button", name=_TAKE_BACK).count() > 0
