"""Many phones at once on the real Asterisk, holding by the phone, the operators of the demo: by its static rules."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import numpy as np
import pytest
import pytest_asyncio

from demo.people import Doing, OperatorAtPhone, operator
from demo.phone.phone import Call, Phone
from demo.phone.sound import loudness_of, tone
from switchroom.switch.asterisk.description import SwitchDescription

pytestmark = pytest.mark.asterisk
AT_ONCE = 20
STEP = 80
"""Hertz between the tones of two calls: each is told from its neighbours."""


class Opened:
    """Phones of the shared instance."""

    def __init__(self, switch: SwitchDescription, stack: AsyncExitStack) -> None:
        self.server = ("127.0.0.1", switch.ports.sip)
        self.passwords = {device.name: device.password for device in switch.devices}
        self._stack = stack

    async def phone(self, name: str) -> Phone:
        """One that has signed in, and signs out after the test."""
        phone = await Phone.open(name, self.passwords[name], self.server)
        self._stack.push_async_callback(phone.close)
        assert await phone.register() == 200
        self._stack.push_async_callback(phone.register, 0)
        return phone


@pytest_asyncio.fixture
async def opened(switch: SwitchDescription) -> AsyncIterator[Opened]:
    async with AsyncExitStack() as stack:
        yield Opened(switch, stack)


async def connected(caller: Phone, called: Phone, number: str) -> tuple[Call, Call]:
    """A call that was answered."""
    dialling = asyncio.create_task(caller.dial(number))
    ring = await called.next_ring()
    await ring.answer()
    return await dialling, ring


async def listened(*calls: Call, seconds: float = 1.0) -> None:
    """So much more came to each: what is heard now was said after this was asked."""
    wanted = {call: call.sound.received + seconds / 0.02 for call in calls}
    async with asyncio.timeout(20):
        while any(call.sound.received < least for call, least in wanted.items()):
            await asyncio.sleep(0.05)


async def paired(call: Call, frequency: float, rings: list[Call]) -> Call:
    """The ringing side that hears this tone."""
    async with asyncio.timeout(30):
        while True:
            for ring in rings:
                if loudness_of(ring.heard(), frequency) > 0.02:
                    return ring
            await asyncio.sleep(0.1)


async def test_twenty_calls_at_once_hear_their_own_other_side_and_nobody_else(opened: Opened) -> None:
    anna, boris = await opened.phone("anna"), await opened.phone("boris")
    dialling = [asyncio.create_task(anna.dial("102")) for _ in range(AT_ONCE)]
    rings = [await boris.next_ring(within=30) for _ in range(AT_ONCE)]
    await asyncio.gather(*[ring.answer() for ring in rings])
    calls = await asyncio.gather(*dialling)
    tones = [400 + STEP * n for n in range(AT_ONCE)]
    for call, frequency in zip(calls, tones, strict=True):
        call.repeat(tone(frequency, level=0.2))
    await listened(*rings)
    others = [await paired(call, frequency, rings) for call, frequency in zip(calls, tones, strict=True)]
    assert len(set(map(id, others))) == AT_ONCE
    for ring, own in zip(others, tones, strict=True):
        assert [f for f in tones if loudness_of(ring.heard(), f) > 0.02] == [own]
    cpu, wall = time.process_time(), time.monotonic()
    before = sum(ring.sound.received for ring in rings)
    while time.monotonic() - wall < 3:
        await asyncio.sleep(0.1)
    passed = time.monotonic() - wall
    assert sum(ring.sound.received for ring in rings) - before == pytest.approx(AT_ONCE * passed / 0.02, rel=0.1)
    assert (time.process_time() - cpu) / passed < 0.6
    await asyncio.gather(*[call.hang_up() for call in calls])
    async with asyncio.timeout(15):
        await asyncio.gather(*[ring.over.wait() for ring in rings])


async def test_a_phone_holds_by_itself_and_takes_up_the_talk_again(opened: Opened) -> None:
    anna, boris = await opened.phone("anna"), await opened.phone("boris")
    call, ring = await connected(anna, boris, "102")
    call.repeat(tone(440))
    ring.repeat(tone(1000))
    assert await ring.hears(440)
    await listened(ring)
    assert await call.hold(on=True) == 200
    assert await ring.falls_silent(440)
    await listened(ring)
    assert loudness_of(ring.heard(), 440) < 0.02  # music on hold has a little of everything; the tone came at 0.3
    assert await call.hold(on=False) == 200
    assert await ring.hears(440)
    assert await call.hears(1000)
    await ring.hang_up()
    async with asyncio.timeout(10):
        await call.over.wait()


async def test_an_operator_of_the_demo_answers_talks_and_hangs_up(opened: Opened) -> None:
    told: list[tuple[str, Doing]] = []
    finished: asyncio.Queue[str] = asyncio.Queue()
    who = OperatorAtPhone("anna", "anna", opened.passwords["anna"])
    working = asyncio.create_task(
        operator(who, opened.server, random.Random(3), lambda person, doing, _: told.append((person.name, doing)),
                 finished.put_nowait)
    )
    boris = await opened.phone("boris")
    async with asyncio.timeout(10):
        while ("anna", Doing.AT_PHONE) not in told:
            await asyncio.sleep(0.02)
    call = await boris.dial("101")
    async with asyncio.timeout(40):
        while np.abs(call.heard().astype(np.int32)).max(initial=0) < 2000:
            await asyncio.sleep(0.05)
        await call.over.wait()
        assert await finished.get() == "anna"
    assert told == [("anna", Doing.AT_PHONE), ("anna", Doing.ANSWERS), ("anna", Doing.HANGS_UP)]
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
