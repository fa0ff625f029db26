"""A thief who has the password of one phone, on the real Asterisk: stopped at once, and nobody else notices."""

import asyncio

import pytest

from demo.phone.phone import Call, CallFailed, Phone
from demo.phone.sound import tone
from tests.asterisk.real_house import Door, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
INSIDE, OUTSIDE = 440, 1000
OUT = {"id": "out", "title": "Everything outside", "trunks": ["demo"], "form": "digits"}
ABROAD, MOBILE = "810537123456{}", "89031112233"
PREMIUM_CALLS = 8
"""What the thief is about to make; the guard lets through what a person might, five in ten minutes."""


async def password_of(admin: Door, device: str) -> str:
    """As whoever set the phone up knows it."""
    return str((await admin.do("POST", f"devices/{device}/password", {}))["password"])


async def outside(phone: Phone, stranger: Phone, number: str) -> tuple[Call, Call]:
    """A call that the stranger takes, with sound in both directions."""
    dialling = asyncio.create_task(phone.dial(number))
    ring = await stranger.next_ring(within=30)
    await ring.answer()
    call = await dialling
    call.repeat(tone(INSIDE))
    ring.repeat(tone(OUTSIDE))
    assert await call.hears(OUTSIDE)
    assert await ring.hears(INSIDE)
    return call, ring


async def steals(thief: Phone, stranger: Phone) -> tuple[list[Call], int]:
    """One dear call after the other, each left running or ended as it comes; returns them, and the last refusal."""
    made: list[Call] = []
    for n in range(PREMIUM_CALLS):
        dialling = asyncio.create_task(thief.dial(ABROAD.format(n)))
        ringing = asyncio.create_task(stranger.next_ring(within=30))
        await asyncio.wait({dialling, ringing}, return_when=asyncio.FIRST_COMPLETED)
        if not ringing.done():
            ringing.cancel()
            with pytest.raises(CallFailed) as refused:
                await dialling
            return made, refused.value.status
        ring = ringing.result()
        await ring.answer()
        try:
            made.append(await dialling)
        except CallFailed as ended:
            return made, ended.status
        if n:  # the first one runs on
            await made[-1].hang_up()
            await ring.over.wait()
    raise AssertionError(f"{len(made)} calls abroad, and nobody minded")


@pytest.mark.feature("P5")
async def test_a_stolen_phone_is_stopped_while_its_owner_s_other_phone_and_everybody_else_call_on(
    real: RealHouse,
) -> None:
    admin = await real.door("admin")
    await admin.do("PUT", "outbound-routes/out", OUT)
    await admin.do("PUT", "devices/anna-mobile", {"id": "anna-mobile", "user": "anna", "title": "Mobile"})
    stranger, boris = await real.carrier(), await real.phone("boris")
    await stranger.stay_registered(60)
    await admin.becomes("trunks/demo/reach", lambda now: now["reachable"])
    talk, heard = await outside(boris, stranger, MOBILE)
    thief = await Phone.open("anna-desk", await password_of(admin, "anna-desk"), real.server)
    mobile = await Phone.open("anna-mobile", await password_of(admin, "anna-mobile"), real.server)
    try:
        made, status = await steals(thief, stranger)
        assert len(made) <= 6  # who answers at the very moment hears nobody
        assert status in (403, 603)
        await real.is_so(lambda: all(call.over.is_set() for call in made))
        (stopped,) = await admin.becomes("spending/blocked", lambda found: len(found) == 1)
        assert (stopped["user"], stopped["device"], stopped["reason"]) == ("anna", "anna-desk", "abroad")
        with pytest.raises(CallFailed):
            await thief.dial(MOBILE)
        own, answered = await outside(mobile, stranger, MOBILE)
        assert not talk.over.is_set()
        assert await talk.hears(OUTSIDE)
        assert await heard.hears(INSIDE)
        for call in (own, talk):
            await call.hang_up()
        await real.is_so(lambda: answered.over.is_set() and heard.over.is_set())
        urgent, helper = await outside(thief, stranger, "112")  # emergencies always go through
        await urgent.hang_up()
        await real.is_so(helper.over.is_set)
        await it_is_told(admin)
    finally:
        await thief.close()
        await mobile.close()


async def it_is_told(admin: Door) -> None:
    """In the story of the call that was ended, of the one that was refused, and to the administrator."""
    calls = (await admin.get("calls?direction=outbound&most=50"))["items"]
    stories = [(await admin.get(f"calls/{call['id']}"))["facts"] for call in calls]
    facts = [told["fact"] for story in stories for told in story]
    ended = [fact for fact in facts if fact["kind"] == "FraudStopped"]
    assert ended
    assert {(fact["user"], fact["device"], fact["why"]) for fact in ended} == {("anna", "anna-desk", "abroad")}
    assert any("this phone were stopped" in fact["why"] for fact in facts if fact["kind"] == "Routed")
    audited = await admin.get("audit?kind=device&key=anna-desk")
    assert "calls stopped" in [line["what"] for line in audited]
