"""kill -9 of every process, at every stage of a real call: it goes on, told once, and nothing is left behind."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from demo.phone.phone import Call, CallFailed, Phone
from demo.phone.sound import tone
from tests.asterisk.leftovers import nothing_is_left
from tests.asterisk.real_house import DID, Door, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]
CUSTOMER, OPERATOR = 440, 1000
Kill = Callable[[RealHouse], Awaitable[None]]
"""Returns once calls are taken again; how soon that is says `bench.restarts`."""


async def serving(real: RealHouse) -> None:
    """The process that serves dies; `up` starts another."""
    dead = real.serving_pid()
    real.kill_serving()
    await real.is_so(lambda: real.serving_pid() not in (None, dead))
    await real.ready()


async def everything(real: RealHouse) -> None:
    """`up` dies, and what serves with it; somebody starts `up` again at once."""
    await real.kill_up()
    await real.start()


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("kill", [serving, everything], ids=["serving", "up"])
async def test_a_call_goes_on_through_a_death_at_every_stage(real: RealHouse, kill: Kill) -> None:
    phone, carrier, anna = await real.phone("anna"), await real.carrier(), await real.door("anna")
    call = await carrier.dial(DID)
    switch = real.switch_pid()
    await kill(real)  # in the menu: it is played again
    call.press("1")
    await waits(real, 1)
    entered = time.monotonic()
    await kill(real)  # while waiting: the place and its age stay
    await waits(real, 1)
    await anna.do("POST", "operators/anna/sign-in")
    ring = await phone.next_ring(within=30)
    await anna.is_now("ringing")
    await kill(real)  # while it rings: it rings on, and once
    assert not ring.over.is_set()
    await ring.answer()
    waited = time.monotonic() - entered
    call.repeat(tone(CUSTOMER))
    ring.repeat(tone(OPERATOR))
    assert await call.hears(OPERATOR)
    assert await ring.hears(CUSTOMER)
    await kill(real)  # while they talk: they don't notice
    assert await call.hears(OPERATOR)
    assert await ring.hears(CUSTOMER)
    await anna.is_now("talking")
    card = (await anna.get("records?open_only=true"))[0]
    await anna.do("PATCH", f"records/{card['id']}", {"fields": {"address": "Садовая, 5", "trouble": "leak"},
                                                      "revision": card["revision"]})  # fmt: skip
    await call.hang_up()
    await anna.is_now("wrap_up")
    await kill(real)  # in wrap-up: what was typed is there
    await anna.is_now("wrap_up")
    assert (await anna.get(f"records/{card['id']}"))["values"]["address"] == "Садовая, 5"
    await anna.do("POST", f"records/{card['id']}/close", {"disposition": "answered"})
    await anna.is_now("ready")
    assert phone.rings.empty()
    assert real.switch_pid() == switch
    assert await told_once(real) == pytest.approx(waited, abs=3)
    await nothing_is_left(real.settings)


async def waits(real: RealHouse, count: int) -> None:
    """So many wait in the queue."""
    olga = await real.door("olga")
    await olga.becomes(
        "figures/queues/now", lambda queues: [q["waiting"] for q in queues if q["queue"] == "service"] == [count]
    )


async def told_once(real: RealHouse) -> float:
    """The story has each thing once, and the recording is whole. Returns for how many seconds the caller waited."""
    olga = await real.door("olga")
    (line,) = (await olga.get("calls"))["items"]
    story = await olga.becomes(
        f"calls/{line['id']}", lambda told: any(f["fact"]["kind"] == "RecordingKept" for f in told["facts"])
    )
    kinds = [fact["fact"]["kind"] for fact in story["facts"]]
    for once in ("CallArrived", "CallAnswered", "QueueEntered", "OperatorOffered", "OperatorConnected", "TalkBegan",
                 "TalkEnded", "QueueLeft", "RecordingKept", "CallEnded"):  # fmt: skip
        assert kinds.count(once) == 1, once
    assert (line["disposition"], line["whose"]) == ("served", "customer")
    (queue,) = await olga.get("figures/queues")
    assert (queue["entered"], queue["served"], queue["abandoned"]) == (1, 1, 0)
    return float(line["waited"])


@pytest.mark.feature("Z3")
async def test_when_the_switch_dies_calls_of_every_stage_are_closed_honestly_and_new_ones_are_taken(
    real: RealHouse,
) -> None:
    phones = {user: await real.phone(user) for user in ("anna", "boris")}
    anna, boris, olga = await real.door("anna"), await real.door("boris"), await real.door("olga")
    await anna.begin_work()
    talks = await called(real, "79160000001", press="1")
    await (await phones["anna"].next_ring(within=30)).answer()
    await anna.is_now("talking")
    await boris.begin_work()
    rings = await called(real, "79160000002", press="1")
    await phones["boris"].next_ring(within=30)
    waiting = await called(real, "79160000003", press="1")
    await waits(real, 2)
    in_menu = await called(real, "79160000004")
    real.kill_switch()
    again = await called_once_it_is_back(real, "79160000005")
    await (await presses_until_it_rings(again, phones["boris"])).answer()
    await boris.is_now("talking")
    page = await olga.becomes("calls", lambda found: len(closed(found)) == 4)
    assert {(c["disposition"], c["whose"]) for c in closed(page)} == {("switch_lost", "us")}
    await anna.is_now("wrap_up")
    await closes_the_card(anna)
    await anna.is_now("ready")
    for call in (talks, rings, waiting, in_menu):
        call.sound.close()
    await again.hang_up()
    await boris.is_now("wrap_up")
    await closes_the_card(boris)
    await nothing_is_left(real.settings)


def closed(page: Any) -> list[Any]:
    """Those of the four that are over."""
    four = {f"+7916000000{n}" for n in (1, 2, 3, 4)}
    return [call for call in page["items"] if call["number"] in four and call["ended"] is not None]


async def called(real: RealHouse, number: str, press: str = "") -> Call:
    """A customer in the menu, or already beyond it."""
    call = await (await real.carrier(number)).dial(DID)
    if press:
        call.press(press)
    return call


async def called_once_it_is_back(real: RealHouse, number: str) -> Call:
    """Somebody who dials again and again."""
    async with asyncio.timeout(60):
        while True:
            carrier = await real.carrier(number)
            with contextlib.suppress(CallFailed, TimeoutError):
                async with asyncio.timeout(2):
                    return await carrier.dial(DID)
            await asyncio.sleep(0.1)


async def presses_until_it_rings(call: Call, phone: Phone) -> Call:
    """Whoever called before we were back is held with music, and presses in vain at first."""
    async with asyncio.timeout(40):
        while True:
            call.press("1")
            with contextlib.suppress(TimeoutError):
                return await phone.next_ring(within=1)


async def closes_the_card(door: Door) -> None:
    """Fills it in, and closes it."""
    card = (await door.get("records?open_only=true"))[0]
    typed = {"fields": {"address": "Садовая, 5", "trouble": "leak"}, "revision": card["revision"]}
    await door.do("PATCH", f"records/{card['id']}", typed)
    await door.do("POST", f"records/{card['id']}/close", {"disposition": "answered"})


@pytest.mark.feature("Z3")
async def test_while_the_program_is_down_people_still_reach_each_other_and_it_is_taken_in_afterwards(
    real: RealHouse,
) -> None:
    anna, boris = await real.phone("anna"), await real.phone("boris")
    outside = await real.carrier()
    await outside.stay_registered(60)
    await real.kill_up()
    await real.switch_has_noticed()
    colleagues = asyncio.create_task(boris.dial("101"))
    await (await anna.next_ring()).answer()
    await asyncio.sleep(1.2)  # a talk of a second
    await (await colleagues).hang_up()
    emergency = asyncio.create_task(anna.dial("112"))
    helper = await outside.next_ring()
    await helper.answer()
    await asyncio.sleep(1.2)
    await (await emergency).hang_up()
    customer = await outside.dial(DID)
    last_resort = await anna.next_ring(within=40)
    await last_resort.answer()
    await asyncio.sleep(1.2)
    await customer.hang_up()
    await real.is_so(last_resort.over.is_set)
    await real.start()
    olga = await real.door("olga")
    page = await olga.becomes("calls", lambda found: len(found["items"]) == 3)
    assert all(line["while_away"] and line["talked"] > 0.5 for line in page["items"])
    assert {line["dialled"] for line in page["items"]} == {"101", "112", DID}


@pytest.mark.feature("Z3")
async def test_a_caller_who_came_while_the_program_was_down_is_held_and_then_served(real: RealHouse) -> None:
    phone, carrier, anna = await real.phone("anna"), await real.carrier(), await real.door("anna")
    await anna.begin_work()
    await real.kill_up()
    await real.switch_has_noticed()
    call = await carrier.dial(DID)
    await real.start()
    await asyncio.sleep(1)
    call.press("1")
    ring = await phone.next_ring(within=30)
    await ring.answer()
    ring.repeat(tone(OPERATOR))
    call.repeat(tone(CUSTOMER))
    assert await call.hears(OPERATOR)
    assert await ring.hears(CUSTOMER)
    await anna.is_now("talking")
    await call.hang_up()
