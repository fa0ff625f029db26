"""Every page of the client, with who sees it: for tests that look at all of them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from demo.phone.sound import tone
from tests.asterisk.real_house import DID, Door, RealHouse

_TALK = timedelta(seconds=4)
"""Long enough for a wave form that can be seen."""
_SECTIONS = Path(__file__).parents[2] / "web" / "src" / "administrator" / "sections.ts"


@dataclass(frozen=True, slots=True)
class Shown:
    """One page; `user` is None where nobody has signed in."""

    name: str
    path: str
    user: str | None


async def main_pages(house: RealHouse, call: str) -> list[Shown]:
    """What people look at all day; `call` is one whose story is to be shown."""
    return [
        Shown("sign-in", "/", None),
        Shown("kit", "/kit", None),
        Shown("desk", "/desk", "anna"),
        Shown("board", "/board", "olga"),
        Shown("calls", "/calls", "olga"),
        Shown("story", f"/calls/{call}", "olga"),
        Shown("own-calls", "/calls", "gleb"),
        Shown("phone", "/phone", "gleb"),
        Shown("no-page", "/nowhere", "olga"),
    ]


async def set_up_pages(house: RealHouse) -> list[Shown]:
    """Each section of the set-up, and in it the first thing that is there or a new one; as the client declares them."""
    admin, found = await house.door("admin"), []
    for section in re.findall(r"section\('([\w-]+)'", _SECTIONS.read_text()):
        found.append(Shown(f"set-up-{section}", f"/set-up/{section}", "admin"))
        key = await _first_key(admin, section)
        if key is not None:
            found.append(Shown(f"set-up-{section}-one", f"/set-up/{section}/{key}", "admin"))
    return found


async def _first_key(admin: Door, section: str) -> str | None:
    """That of a new one where there is none yet, None where there are no things."""
    answer = await admin.client.get(f"/api/{section}")
    listed: Any = answer.json() if answer.status_code == 200 else None
    if not isinstance(listed, dict) or "items" not in listed or section == "company":
        return None
    if not listed["items"]:
        return "+"
    thing = listed["items"][0].get("thing")
    return str(thing.get("id") or thing["number"]) if thing else None


async def settled(page: Page, path: str) -> None:
    """Go there; returns once the page has said what it is and asks for nothing more."""
    await page.goto(path)
    try:
        await page.wait_for_function(
            "() => document.querySelector('main')?.innerText && ![...document.querySelectorAll('.mantine-Loader-root')]"
            ".some((loader) => !loader.closest('button'))"
        )
    except PlaywrightTimeout:
        raise AssertionError(f"{path} did not settle: {await page.locator('body').inner_text()}") from None
    await page.evaluate("document.fonts.ready")


async def a_served_call(house: RealHouse) -> str:
    """A customer talks with Anna at her desk phone, and it is over; returns the call's key."""
    desk, phone = await house.door("anna"), await house.phone("anna")
    await desk.begin_work()
    customer = await (await house.carrier()).dial(DID)
    customer.repeat(tone(1300))
    customer.press("1")
    ring = await phone.next_ring()
    await ring.answer()
    ring.repeat(tone(700))
    assert await customer.hears(700)
    await desk.becomes("operators/anna", lambda told: _gone_since(told["since"]) > _TALK)
    await ring.hang_up()
    await desk.go_home()
    (line, *_) = (await desk.get("calls"))["items"]
    await (await house.door("olga")).becomes(f"calls/{line['id']}", _is_over)
    return str(line["id"])


def _gone_since(moment: str) -> timedelta:
    return datetime.now(UTC) - datetime.fromisoformat(moment)


def _is_over(story: Any) -> bool:
    kinds = {told["fact"]["kind"] for told in story["facts"]}
    return story["call"]["ended"] is not None and "RecordingKept" in kinds
