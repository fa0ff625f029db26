"""A server that takes its time: a page says that it waits, and never stands blank."""

import asyncio
import re

import pytest
from playwright.async_api import Page, Route
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.pages import set_up_pages
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser
_THINGS = re.compile(r"/api/(?!session|desk|phone)")
"""All that is asked for, but who one is."""
_SAYS_SOMETHING = """() => [...document.querySelectorAll('main h1, main .mantine-Loader-root')]
  .some((one) => one.checkVisibility())"""


async def _blank(page: Page, path: str) -> bool:
    """Whether the page shows nothing while all that it asks for is on its way."""
    async with page.expect_request(_THINGS):
        await page.goto(path)
    try:
        await page.wait_for_function(_SAYS_SOMETHING, timeout=3000)
    except PlaywrightTimeout:
        return True
    return False


async def _hold(route: Route) -> None:
    await asyncio.Event().wait()


@pytest.mark.timeout(300)
async def test_no_page_of_the_set_up_is_blank_while_it_waits(house: RealHouse, people: Visitors) -> None:
    visitor = await people.come(**RUSSIAN)
    await visitor.sign_in("admin", house.password("admin"))
    shown = await set_up_pages(house)
    await visitor.page.route(_THINGS, _hold)
    blank = [one.path for one in shown if await _blank(visitor.page, one.path)]
    await visitor.page.unroute_all(behavior="ignoreErrors")
    assert blank == []
