"""Operators talk in the browser: both sides hear each other, whatever codec the line takes."""

import asyncio

import pytest

from tests.asterisk.real_house import RealHouse
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
