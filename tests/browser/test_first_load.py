"""The first minute with the page: little is loaded, and it can be kept as a program of its own."""

import json

import pytest

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.visitor import Visitor, Visitors
from tests.browser.wire import MOST_OCTETS, load_desk

pytestmark = pytest.mark.browser


async def anna_at(house: RealHouse, people: Visitors) -> Visitor:
    """Signed in, with nothing loaded."""
    visitor = await people.come(**RUSSIAN)
    await visitor.sign_in("anna", house.password("anna"))
    return visitor


async def test_what_is_loaded_before_the_first_call_is_small(house: RealHouse, people: Visitors) -> None:
    octets = await load_desk((await anna_at(house, people)).page)
    assert octets["Font"] > 0
    assert octets["Script"] > 100_000
    assert sum(octets.values()) < MOST_OCTETS, octets


async def test_the_page_can_be_installed_as_a_program(house: RealHouse, people: Visitors) -> None:
    anna = await anna_at(house, people)
    await anna.page.goto("/desk")
    wire = await anna.page.context.new_cdp_session(anna.page)
    manifest = await wire.send("Page.getAppManifest")
    assert manifest["errors"] == []
    icons = json.loads(manifest["data"])["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        assert (await anna.page.request.get(icon["src"])).headers["content-type"] == icon["type"]
    told = await wire.send("Page.getInstallabilityErrors")
    # A browser of a test keeps nothing, so nothing is ever installed in it; all else would hold.
    assert {one["errorId"] for one in told["installabilityErrors"]} <= {"in-incognito"}
