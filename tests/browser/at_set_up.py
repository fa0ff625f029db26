"""An administrator at the set-up: what a test says in one word, and what is taken away after it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, expect

from tests.asterisk.real_house import Door, RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.visitor import Visitors

KINDS = {
    "route": "routes", "outbound_route": "outbound-routes", "extension": "extensions", "group": "groups",
    "paging": "pagings", "mode": "modes", "calendar": "calendars", "caller_list": "caller-lists", "trunk": "trunks",
    "room": "rooms", "contact_list": "contact-lists",
}  # fmt: skip
"""What tests make here, and where its doors are."""


@asynccontextmanager
async def at_set_up(house: RealHouse, people: Visitors) -> AsyncIterator["Plan"]:
    """The administrator's page; what is made meanwhile goes again."""
    admin = await house.door("admin")
    before = await _things(admin)
    visitor = await people.come(**RUSSIAN)
    await visitor.sign_in("admin", house.password("admin"))
    await visitor.page.goto("/set-up/routes")
    try:
        yield Plan(visitor.page)
    finally:
        await visitor.page.close()
        gone = [{"kind": kind, "key": key, "thing": None} for kind, key in await _things(admin) - before]
        if gone:
            await admin.do("POST", "publications", {"changes": gone})


async def _things(admin: Door) -> set[tuple[str, str]]:
    """Everything that is there, by its kind and key."""
    listed = {kind: (await admin.get(path))["items"] for kind, path in KINDS.items()}
    return {(kind, one["thing"].get("id") or one["thing"]["number"]) for kind, items in listed.items() for one in items}


class Plan:
    """What an administrator clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def open(self, section: str) -> None:
        """A section of the set-up."""
        sections = self.page.get_by_role("navigation", name="Разделы настройки")
        await sections.get_by_role("link", name=section, exact=True).click()

    async def new(self, section: str, add: str, title: str) -> None:
        """An empty form, with this title typed in where it has one."""
        await self.open(section)
        await self.page.get_by_role("button", name=add).first.click()
        await expect(self.page.get_by_role("heading", name=add, level=1)).to_be_visible()
        if title:
            await self.fill("Название", title)

    async def fill(self, label: str, value: str) -> None:
        """A field of the form, which stands before those of the test box below it."""
        await self.page.get_by_label(label, exact=True).first.fill(value)

    async def choose(self, label: str, *options: str) -> None:
        """In a list that opens below a field."""
        field = self.page.get_by_role("combobox", name=label, exact=True).first
        for option in options:
            await field.click()
            await self.page.get_by_role("option", name=option, exact=True).click()
        await field.press("Escape")

    async def side(self, name: str, words: str) -> None:
        """One of a few that stand beside each other."""
        await self.page.get_by_role("radiogroup", name=name, exact=True).get_by_text(words, exact=True).click()

    async def leads_to(self, kind: str, which: str, thing: str) -> None:
        """Where it leads."""
        await self.side("Ведёт на", kind)
        await self.choose(which, thing)

    async def create(self) -> None:
        """And it holds."""
        await self.page.get_by_role("button", name="Создать").click()
        await expect(self.page.get_by_role("button", name="Версия 1")).to_be_visible()

    async def route(self, title: str, number: str) -> None:
        """An inbound route for this number, not yet created."""
        await self.new("Входящие маршруты", "Новый маршрут", title)
        await self.fill("Набранный номер", number)

    async def call_goes_to(self, words: str, number: str, moment: str = "", caller: str = "", line: str = "") -> None:
        """The test box says so."""
        await self.open("Входящие маршруты")
        await self.page.get_by_role("button", name="Проверить звонок").click()
        await expect(self.page.get_by_role("heading", name="Куда пойдёт звонок?")).to_be_visible()
        if line:
            await self.choose("Приходит по линии", line)
        await self.fill("Набранный номер", number)
        await self.fill("Кто звонит", caller)
        await self.fill("Когда", moment)
        await expect(self.page.get_by_role("status")).to_contain_text(f"Пойдёт сюда: {words}.")
