"""Somebody at the operator's desk, and customers who call: what a test says in one word."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from demo.phone.phone import Call
from demo.phone.sound import tone
from tests.asterisk.real_house import DID, RealHouse
from tests.browser.visitor import Visitor, Visitors

RUSSIAN: dict[str, Any] = {"locale": "ru-RU", "viewport": {"width": 1280, "height": 800}}
SOON = 40_000
expect.set_options(timeout=SOON)


class AtDesk:
    """An operator's page. `page` may be replaced by another one of the same browser."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page

    @property
    def column(self) -> Locator:
        """What to do now."""
        return self.page.locator("main section").first

    async def open(self) -> None:
        """Go to the desk; returns once the page is a phone."""
        await self.page.goto("/desk")
        await self.is_phone()

    async def is_phone(self) -> None:
        """Returns once calls ring here."""
        await self.page.wait_for_function("() => document.querySelector('#remote-audio') !== null")
        await expect(self.page.get_by_role("button", name=re.compile("^линия"))).to_be_visible()

    async def begin_work(self) -> None:
        """From now on calls come; at once if somebody waits."""
        await self.page.get_by_role("button", name="Начать работу").click()

    async def shows(self, caption: str) -> None:
        """Returns once the call column is at this state."""
        await expect(self.column.get_by_role("heading", name=caption, exact=True)).to_be_visible()

    async def answers(self) -> None:
        """By the key, once it rings; returns when they talk."""
        await expect(self.page.get_by_role("button", name="Ответить")).to_be_enabled()
        await self.page.keyboard.press("Space")
        await self.shows("Разговор")

    def field(self, label: str) -> Locator:
        """A field of the card."""
        return self.page.get_by_label(label, exact=False)

    async def types(self, label: str, text: str) -> None:
        """Letter by letter, as a person does."""
        await self.field(label).press_sequentially(text, delay=15)

    async def all_is_saved(self) -> None:
        """Returns once what was typed is on disk."""
        await expect(self.page.get_by_text(re.compile(r"сохранено \d+:\d\d назад"))).to_be_visible()

    async def closes_card(self, result: str = "Вопрос решён") -> None:
        """With all that the demo's card asks for."""
        if not await self.field("Адрес").input_value():
            await self.types("Адрес", "Ленина 5")
        await self.page.get_by_role("radio", name="Протечка").click()
        await self.page.get_by_role("button", name=result).click()
        await self.page.keyboard.press("Control+Enter")


async def operator(people: Visitors, house: RealHouse, user: str, voice: float = 700) -> AtDesk:
    """At work, at a browser of their own; rung at once if somebody waits."""
    visitor = await people.come(voice=voice, **RUSSIAN)
    await visitor.sign_in(user, house.password(user))
    desk = AtDesk(visitor)
    await desk.open()
    await desk.begin_work()
    return desk


async def customer(house: RealHouse, voice: float = 1300, number: str = "79161234567") -> Call:
    """Calls the demo company, chooses 1 in the menu, and hums."""
    carrier = await house.carrier(number)
    call = await carrier.dial(DID)
    call.repeat(tone(voice))
    call.press("1")
    return call
