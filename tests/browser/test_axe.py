"""Whoever can't see well, or uses no mouse, finds no barrier on any page, light or dark."""

import pytest

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.axe import barriers
from tests.browser.office import an_office
from tests.browser.pages import Shown, a_served_call, main_pages, set_up_pages, settled
from tests.browser.visitor import Visitor, Visitors

pytestmark = pytest.mark.browser


class Rooms:
    """A browser for each person who looks."""

    def __init__(self, house: RealHouse, people: Visitors) -> None:
        self._house, self._people = house, people
        self._there: dict[str | None, Visitor] = {}

    async def of(self, user: str | None) -> Visitor:
        """Signed in as this person."""
        if user not in self._there:
            visitor = self._there[user] = await self._people.come(**RUSSIAN)
            if user is not None:
                await visitor.sign_in(user, self._house.password(user))
        return self._there[user]


async def found_on(shown: Shown, visitor: Visitor) -> list[str]:
    """What axe finds, in both appearances."""
    await visitor.page.emulate_media(reduced_motion="reduce")  # a colour on its way to another is none of the two
    await settled(visitor.page, shown.path)
    found = []
    for scheme in ("light", "dark"):
        await visitor.page.emulate_media(color_scheme=scheme)
        found += [f"{shown.name}, {scheme}: {barrier}" for barrier in await barriers(visitor.page)]
    return found


@pytest.mark.timeout(300)
async def test_the_pages_of_the_day_have_no_barriers(house: RealHouse, people: Visitors) -> None:
    rooms, found = Rooms(house, people), []
    for shown in await main_pages(house, await a_served_call(house)):
        found += await found_on(shown, await rooms.of(shown.user))
    assert found == []


@pytest.mark.timeout(400)
async def test_the_set_up_has_no_barriers(house: RealHouse, people: Visitors) -> None:
    rooms, found = Rooms(house, people), []
    async with an_office(house):
        for shown in await set_up_pages(house):
            found += await found_on(shown, await rooms.of(shown.user))
    assert found == []
