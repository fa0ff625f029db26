"""Paging by ear on the real Asterisk: one is heard from two phones, nobody hears those, who talks is left out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from demo.phone.phone import Call
from demo.phone.sound import tone
from tests.asterisk.real_house import RealHouse
from tests.asterisk.test_consulting import ASKER, FIRST, THIRD, answered, heard, over

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
SHOP = "602"
BORIS, VERA = FIRST, 1700


@asynccontextmanager
async def the_shop(house: RealHouse, at_most: float) -> AsyncIterator[None]:
    """Boris, Vera and Olga hear what is said at this number."""
    admin = await house.door("admin")
    body = {"id": "shop", "title": "Shop", "members": ["boris", "vera", "olga"], "at_most": at_most}
    await admin.do("PUT", "pagings/shop", body)
    target = {"kind": "paging", "key": "shop"}
    await admin.do("PUT", f"extensions/{SHOP}", {"number": SHOP, "target": target})
    try:
        yield
    finally:
        await admin.do("DELETE", f"extensions/{SHOP}")
        await admin.do("DELETE", "pagings/shop")


async def takes_it_by_itself(ring: Call, own: int) -> Call:
    """As a desk phone does that is asked to by either header."""
    assert ring.invite is not None
    told = ring.invite.headers
    assert "answer-after=0" in str(told["call-info"])
    assert "info=alert-autoanswer" in str(told["alert-info"])
    return await answered(ring, own)


@pytest.mark.feature("P1")
@pytest.mark.feature("P8")
async def test_the_speaker_is_heard_from_two_phones_and_hears_none_and_who_talks_is_left_alone(
    house: RealHouse,
) -> None:
    async with the_shop(house, 60):
        phones = {user: await house.phone(user) for user in ("anna", "boris", "vera", "olga")}
        for user in phones:
            door = await house.door(user)
            await door.becomes("desk", lambda d, user=user: f"{user}-desk" in d["state"]["devices"])  # type: ignore[misc]
        door = await house.door("olga")
        await door.do("POST", "phone/test-call", {"device": "olga-desk"})
        olga = await answered(await phones["olga"].next_ring(), THIRD)
        assert await olga.hears(THIRD)  # herself, and nothing else
        dialling = asyncio.create_task(phones["anna"].dial(SHOP))
        boris = await takes_it_by_itself(await phones["boris"].next_ring(), BORIS)
        vera = await takes_it_by_itself(await phones["vera"].next_ring(), VERA)
        anna = await dialling
        anna.repeat(tone(ASKER))
        for member in (boris, vera):
            assert await member.hears(ASKER)
        await house.is_so(lambda: [heard(one) for one in (anna, boris, vera)] == [set(), {ASKER}, {ASKER}])
        assert phones["olga"].rings.empty()
        assert heard(olga) == {THIRD}
        await anna.hang_up()
        await over(boris)
        await over(vera)
        await olga.hang_up()
        await told(house)


async def told(house: RealHouse) -> None:
    """The story says who heard it, and who did not and why."""
    admin = await house.door("admin")
    calls = await admin.becomes("calls?most=20", lambda found: any(_is_it(call) for call in found["items"]))
    (call,) = [call for call in calls["items"] if _is_it(call)]
    story = await admin.get(f"calls/{call['id']}")
    facts = [kept["fact"] for kept in story["facts"] if kept["fact"]["kind"].startswith("Paging")]
    reached = {fact["user"] for fact in facts if fact["kind"] == "PagingReached"}
    missed = {fact["user"]: fact["why"] for fact in facts if fact["kind"] == "PagingNotReached"}
    assert (reached, missed) == ({"boris", "vera"}, {"olga": "busy"})
    assert (facts[-1]["kind"], facts[-1]["why"]) == ("PagingEnded", "speaker_left")


def _is_it(call: dict[str, object]) -> bool:
    return call["dialled"] == SHOP and call["ended"] is not None


@pytest.mark.feature("P1")
async def test_after_the_longest_time_the_phones_are_silent_again(house: RealHouse) -> None:
    async with the_shop(house, 5):
        phones = {user: await house.phone(user) for user in ("anna", "boris")}
        for user in phones:
            door = await house.door(user)
            await door.becomes("desk", lambda d, user=user: f"{user}-desk" in d["state"]["devices"])  # type: ignore[misc]
        dialling = asyncio.create_task(phones["anna"].dial(SHOP))
        boris = await takes_it_by_itself(await phones["boris"].next_ring(), THIRD)
        anna = await dialling
        anna.repeat(tone(ASKER))
        assert await boris.hears(ASKER)
        await over(boris)
        await over(anna)
