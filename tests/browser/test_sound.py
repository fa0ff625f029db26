"""Operators talk in the browser: both sides hear each other, whatever codec the line takes."""

import asyncio

import pytest
from playwright.async_api import Response, expect

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.talks import talking
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser


@pytest.mark.feature("C5")
@pytest.mark.parametrize("codec", ["opus", "PCMA"])
async def test_operator_and_customer_hear_each_other(house: RealHouse, people: Visitors, codec: str) -> None:
    talk = await talking(house, people, codec=codec)
    assert await talk.operator.codecs() == {f"audio/{codec}"}
    await talk.customer.hang_up()
    await talk.door.is_now("wrap_up")


@pytest.mark.feature("P11")
async def test_the_page_tells_how_it_hears_and_the_story_keeps_it(house: RealHouse, people: Visitors) -> None:
    talk = await talking(house, people)
    async with talk.operator.page.expect_response(_tells_the_way, timeout=40_000) as told:
        pass
    assert (await (await told.value).json())["grade"] == "good"
    (call,) = (await talk.door.get("desk"))["calls"]
    await talk.customer.hang_up()
    olga = await people.come(**RUSSIAN)
    await olga.sign_in("olga", house.password("olga"))
    await olga.page.goto(f"/calls/{call['id']}")
    anna = olga.page.get_by_role("row").filter(has_text="Анна Соколова").filter(has_text="хорошая")
    await expect(anna).to_contain_text("туда и обратно")


def _tells_the_way(answer: Response) -> bool:
    """How long it takes there and back is known once the other side has reported."""
    told = answer.request.post_data_json if answer.url.endswith("/api/phone/quality") else None
    return told is not None and told["round_trip_ms"] is not None


@pytest.mark.feature("C5")
async def test_two_operators_talk_at_once_and_each_hears_only_their_own_customer(
    house: RealHouse, people: Visitors
) -> None:
    anna, boris = await asyncio.gather(
        talking(house, people, "anna", (700.0, 1300.0)), talking(house, people, "boris", (900.0, 1700.0))
    )
    assert not await anna.operator.hears(1700.0, within=1)
    assert not await boris.operator.hears(1300.0, within=1)
    assert not await anna.customer.hears(900.0, within=1)
    assert not await boris.customer.hears(700.0, within=1)
