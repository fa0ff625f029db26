"""Phones with sound on the real Asterisk, by its static rules: who hears whom."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from demo.phone.phone import CallFailed, Phone
from demo.phone.sound import loudness_of, tone
from switchroom.switch.asterisk.description import SwitchDescription

pytestmark = pytest.mark.asterisk
ANNAS, BORIS = 440, 700


class Pair:
    """Two phones that are signed in."""

    def __init__(self, anna: Phone, boris: Phone) -> None:
        self.anna, self.boris = anna, boris


@pytest_asyncio.fixture
async def pair(switch: SwitchDescription) -> AsyncIterator[Pair]:
    server = ("127.0.0.1", switch.ports.sip)
    passwords = {device.name: device.password for device in switch.devices}
    two = Pair(*[await Phone.open(name, passwords[name], server) for name in ("anna", "boris")])
    for phone in (two.anna, two.boris):
        assert await phone.register() == 200
    yield two
    for phone in (two.anna, two.boris):
        await phone.close()


@pytest.mark.feature("P4")
async def test_both_sides_hear_each_other_and_not_themselves(pair: Pair) -> None:
    dialling = asyncio.create_task(pair.anna.dial("102"))
    ring = await pair.boris.next_ring()
    await ring.answer()
    call = await dialling
    call.repeat(tone(ANNAS))
    ring.repeat(tone(BORIS))
    assert await call.hears(BORIS)
    assert await ring.hears(ANNAS)
    assert loudness_of(call.heard(), ANNAS) < 0.01
    assert loudness_of(ring.heard(), BORIS) < 0.01
    call.press("19#")
    async with asyncio.timeout(10):
        while ring.sound.keys != ["1", "9", "#"]:
            await asyncio.sleep(0.05)
    await call.hang_up()
    async with asyncio.timeout(10):
        await ring.over.wait()


async def test_a_refused_call_and_an_abandoned_one_end_on_both_sides(pair: Pair) -> None:
    dialling = asyncio.create_task(pair.anna.dial("102"))
    (await pair.boris.next_ring()).refuse()
    with pytest.raises(CallFailed) as busy:
        await dialling
    assert busy.value.status == 486
    call = await pair.anna.begin_call("102")
    await pair.anna.ring_out(call)
    ring = await pair.boris.next_ring()
    await call.hang_up()
    async with asyncio.timeout(10):
        await ring.over.wait()


async def test_a_wrong_password_does_not_sign_in(switch: SwitchDescription) -> None:
    stranger = await Phone.open("anna", "guessed", ("127.0.0.1", switch.ports.sip))
    assert await stranger.register() in (401, 403)
    await stranger.close()
