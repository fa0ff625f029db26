"""How well a leg was heard, as the real Asterisk measures it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from demo.phone.phone import Call, Phone
from demo.phone.sound import tone
from switchroom.domain.acts import Answer, Connect, HangUp
from switchroom.domain.events import LegArrived
from switchroom.domain.identity import BridgeId
from switchroom.domain.quality import Grade, grade_of, mos_of
from switchroom.switch.asterisk.adapter import AsteriskSwitch
from switchroom.switch.asterisk.ari import AriClient
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.keeper import access_of
from switchroom.switch.port import LegMeasured, Report

pytestmark = pytest.mark.asterisk


class Listener:
    """A switch, and all that it reported."""

    def __init__(self, description: SwitchDescription) -> None:
        self.switch = AsteriskSwitch(AriClient(access_of(description)), lambda _prompt, _language: "beep")
        self.heard: list[Report] = []

    async def listen(self) -> None:
        async for report in self.switch.reports():
            self.heard.append(report)

    async def becomes(self, kind: type[Report], number: int) -> list[Report]:
        async with asyncio.timeout(15):
            while len(found := [report for report in self.heard if isinstance(report, kind)]) < number:
                await asyncio.sleep(0.05)
        return found


@pytest_asyncio.fixture
async def listener(switch: SwitchDescription) -> AsyncIterator[Listener]:
    made = Listener(switch)
    await made.switch.open()
    listening = asyncio.create_task(made.listen())
    yield made
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await made.switch.close()


async def come(carrier: Phone, listener: Listener, number: int) -> tuple[LegArrived, Call]:
    """Somebody calls, and is answered."""
    call = await carrier.begin_call("74951234567")
    await carrier.ring_out(call)
    arrived = (await listener.becomes(LegArrived, number))[-1]
    assert isinstance(arrived, LegArrived)
    await listener.switch.do(Answer(leg=arrived.leg))
    async with asyncio.timeout(10):
        await call.up.wait()
    call.repeat(tone(440))
    return arrived, call


@pytest.mark.feature("P11")
async def test_what_was_lost_is_measured_whoever_hangs_up_and_told_once(
    switch: SwitchDescription, listener: Listener
) -> None:
    carrier = await Phone.open("carrier-user", "pw-carrier", ("127.0.0.1", switch.ports.sip))
    bridge = BridgeId("call1.1.talk.0")
    clear, _ = await come(carrier, listener, 1)
    lossy, lossy_call = await come(carrier, listener, 2)
    lossy_call.sound.loses_every = 5
    await listener.switch.do(Connect(bridge=bridge, legs=(clear.leg, lossy.leg)))
    await asyncio.sleep(11)  # losses are counted every five seconds
    await lossy_call.hang_up()
    await listener.becomes(LegMeasured, 1)
    await listener.switch.do(HangUp(leg=clear.leg))
    told = await listener.becomes(LegMeasured, 2)
    await asyncio.sleep(0.5)  # whatever might still be told
    measured = {report.leg: report.quality for report in told if isinstance(report, LegMeasured)}
    assert len([report for report in listener.heard if isinstance(report, LegMeasured)]) == 2
    await carrier.close()
    one, other = measured[clear.leg], measured[lossy.leg]
    assert one.heard is not None
    assert other.heard is not None
    assert one.heard.loss == 0
    assert grade_of(mos_of(one)) is Grade.GOOD
    assert 0.1 < other.heard.loss < 0.22
    assert grade_of(mos_of(other)) is Grade.POOR
    assert other.packets is not None
    assert 350 < other.packets < 500
