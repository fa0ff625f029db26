"""Calls that one of us places, by ear: to a colleague, to oneself, and to hear what others say without being heard."""

import asyncio

import pytest

from demo.phone.phone import Call
from demo.phone.sound import loudness_of, tone
from tests.asterisk.real_house import DID, Door, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
CUSTOMER, OPERATOR, SUPERVISOR = 440, 1000, 1700


async def served(real: RealHouse, anna: Door) -> tuple[Call, Call]:
    """A customer talks with Anna; both say their tones."""
    phone, carrier = await real.phone("anna"), await real.carrier()
    await anna.begin_work()
    call = await carrier.dial(DID)
    call.press("1")
    ring = await phone.next_ring(within=30)
    await ring.answer()
    call.repeat(tone(CUSTOMER))
    ring.repeat(tone(OPERATOR))
    assert await call.hears(OPERATOR)
    assert await ring.hears(CUSTOMER)
    return call, ring


def hears_only(call: Call, *tones: int) -> bool:
    """Each of these tones, and none of the others."""
    heard = {freq for freq in (CUSTOMER, OPERATOR, SUPERVISOR) if loudness_of(call.heard(), freq) > 0.01}
    return heard == set(tones)


@pytest.mark.feature("C8")
async def test_a_supervisor_hears_both_tones_and_nobody_hears_the_supervisors(real: RealHouse) -> None:
    anna, olga = await real.door("anna"), await real.door("olga")
    customer, operator = await served(real, anna)
    (talk,) = (await anna.get("desk"))["calls"]
    phone = await real.phone("olga")
    await olga.becomes("desk", lambda d: d["state"]["devices"] == ["olga-desk"])
    begun = await olga.do("POST", f"calls/{talk['id']}/listen", {})
    ear = await phone.next_ring()
    await ear.answer()
    ear.repeat(tone(SUPERVISOR))
    assert await ear.hears(CUSTOMER)
    assert await ear.hears(OPERATOR)
    mine = (await olga.get("desk"))["calls"][0]
    assert (mine["id"], mine["stage"], mine["other"]["user"]) == (begun["call"], "listening", "anna")
    await asyncio.sleep(1)  # whatever might leak has leaked by now
    assert hears_only(customer, OPERATOR)
    assert hears_only(operator, CUSTOMER)
    dead = real.serving_pid()
    real.kill_serving()
    await real.is_so(lambda: real.serving_pid() not in (None, dead))
    await real.ready()
    assert await ear.hears(CUSTOMER)
    assert await ear.hears(OPERATOR)
    assert hears_only(customer, OPERATOR)
    await customer.hang_up()
    await real.is_so(ear.over.is_set)
    story = await olga.becomes(f"calls/{talk['id']}", lambda told: "ListeningEnded" in kinds(told))
    assert kinds(story).count("ListeningBegan") == kinds(story).count("ListeningEnded") == 1
    admin = await real.door("admin")
    (noted,) = await admin.get(f"audit?kind=call&key={talk['id']}")
    assert (noted["by"], noted["what"]) == ("olga", "listened to")


def kinds(told: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [fact["fact"]["kind"] for fact in told["facts"]]


@pytest.mark.feature("P13")
async def test_a_page_calls_a_colleague_and_oneself_at_the_desk_phone(real: RealHouse) -> None:
    gleb, anna = await real.door("gleb"), await real.door("anna")
    mine, theirs = await real.phone("gleb"), await real.phone("anna")
    await gleb.becomes("desk", lambda d: bool(d["state"]["devices"]))
    begun = await gleb.do("POST", "calls", {"to": "101"})
    own = await mine.next_ring()
    assert theirs.rings.empty()
    await own.answer()
    colleague = await theirs.next_ring()
    await colleague.answer()
    own.repeat(tone(CUSTOMER))
    colleague.repeat(tone(OPERATOR))
    assert await own.hears(OPERATOR)
    assert await colleague.hears(CUSTOMER)
    (call,) = (await anna.get("desk"))["calls"]
    assert (call["id"], call["other"]["user"], call["why"]["code"]) == (begun["call"], "gleb", "called")
    await gleb.do("POST", f"calls/{begun['call']}/digits", {"digits": "5#"})
    await gleb.do("POST", f"calls/{begun['call']}/hang-up")
    await real.is_so(colleague.over.is_set)
    test = await gleb.do("POST", "phone/test-call", {})
    echo = await mine.next_ring()
    await echo.answer()
    echo.repeat(tone(SUPERVISOR))
    assert await echo.hears(SUPERVISOR, level=0.25), "as loud as it was said"
    await gleb.do("POST", f"calls/{test['call']}/hang-up")
    await real.is_so(echo.over.is_set)
    page = await gleb.becomes("calls", lambda found: found["items"] and found["items"][0]["ended"])
    assert [(line["id"], line["direction"], line["disposition"]) for line in page["items"]] == [
        (begun["call"], "internal", "served")
    ]
