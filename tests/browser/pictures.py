"""Pictures of pages, as people see them. `python -m tests.browser.pictures` takes those of the docs anew."""

import asyncio
import base64
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.async_api import Page, expect

from demo.phone.phone import Call
from demo.phone.sound import tone
from tests.asterisk.real_house import DID, RealHouse
from tests.browser import test_recipes
from tests.browser.at_set_up import Plan, at_set_up
from tests.browser.office import an_office
from tests.browser.pages import Shown, a_served_call, main_pages, set_up_pages, settled
from tests.browser.visitor import Visitor, Visitors, visitors

DOCS = Path(__file__).parents[2] / "docs" / "pictures"
IN_DOCS = ("desk", "board", "calls", "story", "phone")
SET_UP_IN_DOCS = (
    "guide", "users-one", "devices-one", "groups-one", "trunks-one", "routes-one", "contact-lists-one", "number-map",
    "outbound-routes-one", "service-classes-one", "tariffs-one", "queues-one", "cards-one",
    "prompts-one", "recording-rules-one", "calendars-one", "audit",
)  # fmt: skip
RECIPES: dict[str, Callable[[Plan], Awaitable[None]]] = {
    "by-time": test_recipes.test_by_time, "ring-group": test_recipes.test_a_ring_group_with_overflow,
    "mobile": test_recipes.test_follow_to_a_mobile, "day-and-night": test_recipes.test_day_and_night,
    "two-offices": test_recipes.test_two_offices, "reception": test_recipes.test_a_reception_desk,
}  # fmt: skip
"""Each leaves the page at the proof that its dial plan works."""
_DRAWING = re.compile("Рисуем звук|wave form is being drawn")
SIZES = ((1280, 800), (1920, 1080))
_TO_WEBP = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({type: 'image/webp', quality: 0.82})).arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(text);
}"""
_CUT_OFF = """() => {
  const seen = (element) => element.checkVisibility() && element.clientWidth > 1;
  const words = (element) => `${element.tagName.toLowerCase()} «${element.textContent.trim().slice(0, 60)}»`;
  const whole = 'button, nav a, th, label, h1, h2, h3, [role=tab], [role=radiogroup], .mantine-Button-label';
  const cut = [...document.querySelectorAll(whole)]
    .filter((one) => seen(one) && one.textContent.trim() !== '' && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => getComputedStyle(one).overflowX !== 'visible')
    .map(words);
  const page = document.querySelector('main') ?? document.body;
  return page.scrollWidth > page.clientWidth + 1 ? [...cut, `the page is ${page.scrollWidth} px wide`] : cut;
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    language: str
    scheme: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """As part of a file's name."""
        return f"{self.language}-{self.scheme}-{self.size[0]}"


def looks() -> Iterator[Look]:
    """In both languages, light and dark, at a desk and on a big screen."""
    for language, scheme, size in product(("ru", "en"), ("light", "dark"), SIZES):
        yield Look(language, scheme, size)


async def look_at(visitor: Visitor, shown: Shown, look: Look, *, anew: bool) -> Page:
    """The page, looked at so; `anew`: it is loaded, as it must be for another language."""
    page = visitor.page
    await page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
    await page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two
    if anew:
        await page.add_init_script(f"localStorage.setItem('switchroom.language', '{look.language}')")
        await settled(page, shown.path)
    return page


async def cut_off(page: Page) -> list[str]:
    """Words of buttons, heads and labels that don't fit, and whether the page is wider than its window."""
    return list(await page.evaluate(_CUT_OFF))


@asynccontextmanager
async def busy(house: RealHouse) -> AsyncIterator[str]:
    """A day like any other: Anna talks, Boris is on a break, two wait; gives the key of a call that is over."""
    over = await a_served_call(house)
    anna, boris, phone = await house.door("anna"), await house.door("boris"), await house.phone("anna")
    await house.phone("boris")
    await anna.begin_work()
    await boris.begin_work()
    await boris.do("POST", "operators/boris/break", {"kind": "lunch"})
    callers = [await _waits(house, number) for number in ("79161234567", "79031112233", "79857654321")]
    ring = await phone.next_ring()
    await ring.answer()
    ring.repeat(tone(700))
    olga = await house.door("olga")
    await olga.becomes("board", lambda told: len(told["waiting"]) == len(callers) - 1)
    yield over
    for caller in callers:
        await caller.hang_up()


async def _waits(house: RealHouse, number: str) -> Call:
    call = await (await house.carrier(number)).dial(DID)
    call.repeat(tone(1300))
    call.press("1")
    return call


async def as_webp(page: Page) -> bytes:
    """A picture of what is seen, small."""
    png = base64.b64encode(await page.screenshot()).decode()
    return base64.b64decode(await page.evaluate(_TO_WEBP, png))


async def take_for_docs(house: RealHouse, people: Visitors) -> None:
    """The pages that the guides show."""
    DOCS.mkdir(exist_ok=True)
    async with busy(house) as over:
        await _take(house, people, [page for page in await main_pages(house, over) if page.name in IN_DOCS])
        async with an_office(house):
            wanted = {f"set-up-{name}" for name in SET_UP_IN_DOCS}
            await _take(house, people, [page for page in await set_up_pages(house) if page.name in wanted])


async def _take(house: RealHouse, people: Visitors, pages: list[Shown]) -> None:
    """Light, at a desk's size, in both languages."""
    for shown, language in product(pages, ("ru", "en")):
        visitor = await people.come(timezone_id="Europe/Moscow")
        await visitor.sign_in(shown.user or "", house.password(shown.user or ""))
        page = await look_at(visitor, shown, Look(language, "light", SIZES[0]), anew=True)
        await page.wait_for_load_state("networkidle")  # names of people and things are there then
        await expect(page.get_by_text(_DRAWING)).to_have_count(0)
        (DOCS / f"{shown.name}.{language}.webp").write_bytes(await as_webp(page))


async def take_recipes(house: RealHouse, people: Visitors) -> None:
    """The dial plans of the recipes, as the tests click them together, with their proof."""
    for name, build in RECIPES.items():
        async with at_set_up(house, people) as plan:
            page = plan.page
            await page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
            await page.emulate_media(color_scheme="light", reduced_motion="reduce")
            await build(plan)
            for language, words in (("ru", "Русский"), ("en", "English")):
                await _in(page, words)
                await page.wait_for_load_state("networkidle")
                (DOCS / f"recipe-{name}.{language}.webp").write_bytes(await as_webp(page))


async def _in(page: Page, language: str) -> None:
    """The page says everything in another language, and stays as it is."""
    me = page.get_by_role("button", name=re.compile("^(Меню|Menu): "))
    await me.click()
    await page.get_by_role("menu").get_by_text(language, exact=True).click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await page.evaluate("document.activeElement?.blur()")


async def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = RealHouse(Path(folder))
        await house.start()
        try:
            async with visitors(house.settings.address, Path(folder)) as people:
                await take_for_docs(house, people)
                await take_recipes(house, people)
        finally:
            await house.stop()


if __name__ == "__main__":
    asyncio.run(_main())
