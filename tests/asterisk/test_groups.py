"""A ring group on the real Asterisk: all together, and one after the other."""

import asyncio

import pytest

from tests.asterisk.real_house import RealHouse
from tests.asterisk.test_consulting import THIRD, answered, over, talked

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
GROUP = "601"


async def group(house: RealHouse, strategy: str) -> None:
    """Boris and Vera behind one number."""
    admin = await house.door("admin")
    body = {
        "id": "masters", "title": "Masters", "members": ["boris", "vera"], "strategy": strategy, "ring_each": 4,
        "ring_for": 30,
    }  # fmt: skip
    await admin.do("PUT", "groups/masters", body)
    target = {"kind": "group", "key": "masters"}
    await admin.do("PUT", f"extensions/{GROUP}", {"number": GROUP, "target": target})


async def taken_away(house: RealHouse) -> None:
    admin = await house.door("admin")
    await admin.do("DELETE", f"extensions/{GROUP}")
    await admin.do("DELETE", "groups/masters")


@pytest.mark.feature("P1")
@pytest.mark.parametrize("strategy", ["all", "in_order"])
async def test_a_group_rings_together_or_in_order_and_one_of_it_talks(house: RealHouse, strategy: str) -> None:
    await group(house, strategy)
    try:
        phones = {user: await house.phone(user) for user in ("anna", "boris", "vera")}
        for user in phones:
            door = await house.door(user)
            await door.becomes("desk", lambda d, user=user: f"{user}-desk" in d["state"]["devices"])  # type: ignore[misc]
        dialling = asyncio.create_task(phones["anna"].dial(GROUP))
        first = await phones["boris"].next_ring()
        if strategy == "all":
            second = await phones["vera"].next_ring()
            assert not first.over.is_set()
        else:
            assert phones["vera"].rings.empty()
            await over(first)  # it has rung long enough there
            second = await phones["vera"].next_ring()
        await answered(second, THIRD)
        await over(first)
        await talked(dialling, second)
    finally:
        await taken_away(house)
