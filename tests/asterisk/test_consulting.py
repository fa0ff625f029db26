"""A consultation by ear on the real Asterisk: who hears whom, with each of the three hanging up at each stage."""

import asyncio
from dataclasses import dataclass

import pytest

from demo.phone.phone import Call, Phone
from demo.phone.sound import loudness_of, tone
from tests.asterisk.real_house import Door, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
ASKER, FIRST, THIRD, FOURTH = 440, 700, 1000, 1700
TONES = (ASKER, FIRST, THIRD, FOURTH)


@dataclass
class Three:
    """Anna (the asker) talks with Boris; Vera's phone is there to be asked, and Olga's."""

    house: RealHouse
    call: str
    asker: Call
    first: Call
    phones: dict[str, Phone]
    doors: dict[str, Door]

    async def ask(self, what: str, body: dict[str, object] | None = None, who: str = "anna") -> None:
        await self.doors[who].do("POST", f"calls/{self.call}/{what}", body)

    async def rings(self, who: str = "vera") -> Call:
        return await self.phones[who].next_ring(within=20)

    async def consulted(self) -> Call:
        """Vera has answered: she and Anna hear each other, and Boris hears neither."""
        await self.ask("consult", {"to": "103"})
        third = await answered(await self.rings(), THIRD)
        assert await third.hears(ASKER)
        assert await self.asker.hears(THIRD)
        assert await self.first.falls_silent(ASKER)
        return third


async def answered(ring: Call, own: int) -> Call:
    await ring.answer()
    ring.repeat(tone(own))
    return ring


async def talked(dialling: asyncio.Task[Call], ring: Call) -> None:
    """Whoever dialled and whoever answered hear each other, until the one who dialled hangs up."""
    caller = await dialling
    caller.repeat(tone(ASKER))
    assert await caller.hears(THIRD)
    assert await ring.hears(ASKER)
    await caller.hang_up()
    await over(ring)


async def over(call: Call) -> None:
    async with asyncio.timeout(20):
        await call.over.wait()


def heard(call: Call) -> set[int]:
    return {one for one in TONES if loudness_of(call.heard(), one) > 0.01}


async def three(house: RealHouse, extra: tuple[str, ...] = ("vera",)) -> Three:
    phones = {user: await house.phone(user) for user in ("anna", "boris", *extra)}
    doors = {user: await house.door(user) for user in ("anna", "boris")}
    await doors["anna"].becomes("desk", lambda d: "anna-desk" in d["state"]["devices"])
    dialling = asyncio.create_task(phones["anna"].dial("102"))
    first = await answered(await phones["boris"].next_ring(), FIRST)
    asker = await dialling
    asker.repeat(tone(ASKER))
    assert await asker.hears(FIRST)
    desk = await doors["anna"].becomes("desk", lambda d: d["calls"] and d["calls"][0]["stage"] == "talking")
    return Three(house, desk["calls"][0]["id"], asker, first, phones, doors)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("how", ["asked for", "hung up"])
async def test_the_two_are_brought_together_when_the_asker_leaves(house: RealHouse, how: str) -> None:
    all_three = await three(house)
    third = await all_three.consulted()
    if how == "hung up":
        await all_three.asker.hang_up()
    else:
        await all_three.ask("toggle")
        assert await all_three.asker.hears(FIRST)
        assert await third.falls_silent(ASKER)
        await all_three.ask("complete-transfer")
        await over(all_three.asker)
    assert await third.hears(FIRST)
    assert await all_three.first.hears(THIRD)
    await third.hang_up()
    await over(all_three.first)


@pytest.mark.feature("P7")
async def test_the_third_one_hanging_up_leads_back_and_the_first_one_leaves_a_talk_of_two(house: RealHouse) -> None:
    all_three = await three(house)
    third = await all_three.consulted()
    await third.hang_up()
    assert await all_three.asker.hears(FIRST)
    assert await all_three.first.hears(ASKER)
    third = await all_three.consulted()
    await all_three.first.hang_up()
    assert await third.hears(ASKER)
    assert await all_three.asker.hears(THIRD)
    await all_three.asker.hang_up()
    await over(third)


@pytest.mark.feature("P7")
async def test_while_it_rings_it_is_declined_cancelled_or_handed_over(house: RealHouse) -> None:
    all_three = await three(house)
    await all_three.ask("consult", {"to": "103"})
    (await all_three.rings()).refuse()
    assert await all_three.asker.hears(FIRST)
    await all_three.ask("consult", {"to": "103"})
    ring = await all_three.rings()
    await all_three.ask("cancel-consultation")
    await over(ring)
    assert await all_three.first.hears(ASKER)
    await all_three.ask("consult", {"to": "103"})
    ring = await all_three.rings()
    await all_three.asker.hang_up()
    third = await answered(ring, THIRD)
    assert await third.hears(FIRST)
    assert await all_three.first.hears(THIRD)
    await all_three.first.hang_up()
    await over(third)


@pytest.mark.feature("P7")
async def test_a_call_that_is_refused_there_comes_back_to_who_sent_it(house: RealHouse) -> None:
    all_three = await three(house)
    await all_three.ask("send-on", {"to": "103"})
    await over(all_three.asker)
    (await all_three.rings()).refuse()
    back = await answered(await all_three.rings("anna"), ASKER)
    assert await back.hears(FIRST)
    assert await all_three.first.hears(ASKER)
    await back.hang_up()
    await over(all_three.first)


@pytest.mark.feature("P7")
async def test_four_talk_one_is_muted_and_they_leave_one_by_one(house: RealHouse) -> None:
    all_three = await three(house, ("vera", "olga"))
    third = await all_three.consulted()
    await all_three.ask("join-all")
    assert await all_three.first.hears(THIRD)
    assert await third.hears(FIRST)
    await all_three.ask("invite", {"to": "110"}, "boris")
    fourth = await answered(await all_three.rings("olga"), FOURTH)
    for call, own in ((all_three.asker, ASKER), (all_three.first, FIRST), (third, THIRD), (fourth, FOURTH)):
        for other in set(TONES) - {own}:
            assert await call.hears(other), (own, other)
        assert own not in heard(call)
    anna = all_three.doors["anna"]
    desk = await anna.becomes("desk", lambda d: all(p["speaking"] for p in d["calls"][0]["together"]))
    leg = next(p["leg"] for p in desk["calls"][0]["together"] if p["other"]["user"] == "vera")
    await all_three.ask(f"parties/{leg}/mute", {"on": True})
    assert await all_three.first.falls_silent(THIRD)
    assert await third.hears(FIRST)
    await all_three.ask(f"parties/{leg}/mute", {"on": False})
    assert await fourth.hears(THIRD)
    await all_three.asker.hang_up()
    assert await fourth.hears(FIRST)
    await third.hang_up()
    assert await all_three.first.hears(FOURTH)
    await fourth.hang_up()
    await over(all_three.first)


# ---- by the phone itself


@pytest.mark.feature("P7")
async def test_a_phone_sends_on_by_refer_and_is_told_of_it(house: RealHouse) -> None:
    all_three = await three(house)
    all_three.asker.refer("999")
    await house.is_so(lambda: any("603" in told or "40" in told for told in all_three.asker.told))
    assert await all_three.first.hears(ASKER)
    all_three.asker.refer("103")
    third = await answered(await all_three.rings(), THIRD)
    assert await third.hears(FIRST)
    assert await all_three.first.hears(THIRD)
    await over(all_three.asker)
    assert any("200" in told for told in all_three.asker.told)
    await third.hang_up()
    await over(all_three.first)


@pytest.mark.feature("P7")
async def test_a_phone_that_talks_in_two_calls_brings_the_two_together_by_refer_with_replaces(house: RealHouse) -> None:
    all_three = await three(house)
    dialling = asyncio.create_task(all_three.phones["anna"].dial("103"))
    third = await answered(await all_three.rings(), THIRD)
    second = await dialling
    second.repeat(tone(FOURTH))
    assert await third.hears(FOURTH)
    all_three.asker.refer("103", with_whom=second)
    assert await third.hears(FIRST)
    assert await all_three.first.hears(THIRD)
    await over(all_three.asker)
    await over(second)
    await third.hang_up()
    await over(all_three.first)


# ---- whoever serves a queue


@pytest.mark.feature("P7")
@pytest.mark.feature("C2")
@pytest.mark.parametrize("how", ["in the browser", "by the phone"])
async def test_whoever_takes_it_from_a_queue_goes_on_with_the_customer_and_their_card(
    house: RealHouse, how: str
) -> None:
    """Boris serves the queue; Vera is the customer, and Anna asks."""
    phones = {user: await house.phone(user) for user in ("anna", "boris", "vera")}
    anna, boris = await house.door("anna"), await house.door("boris")
    await anna.becomes("desk", lambda d: "anna-desk" in d["state"]["devices"])
    await boris.begin_work()
    dialling = asyncio.create_task(phones["anna"].dial("103"))
    first = await answered(await phones["vera"].next_ring(), FIRST)
    asker = await dialling
    asker.repeat(tone(ASKER))
    assert await first.hears(ASKER)
    (talk,) = (await anna.becomes("desk", lambda d: d["calls"] and d["calls"][0]["stage"] == "talking"))["calls"]
    if how == "in the browser":
        await anna.do("POST", f"calls/{talk['id']}/consult", {"to": "400"})
        third = await answered(await phones["boris"].next_ring(within=20), THIRD)
        assert await asker.hears(THIRD)
        assert await first.falls_silent(ASKER)
        await anna.do("POST", f"calls/{talk['id']}/complete-transfer")
    else:
        second = asyncio.create_task(phones["anna"].dial("400"))
        third = await answered(await phones["boris"].next_ring(within=20), THIRD)
        asked = await second
        assert await asked.hears(THIRD)
        asker.refer("400", with_whom=asked)
    assert await third.hears(FIRST)
    assert await first.hears(THIRD)
    await over(asker)
    (card,) = (await boris.get("desk"))["cards"]
    assert card["closes_at"] is None, "the talk goes on"
    await first.hang_up()
    await over(third)
    await boris.is_now("wrap_up")
    await boris.go_home()
