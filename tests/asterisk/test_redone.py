"""A ring is asked for again after a crash, or when an answer was lost: what has been dialled is not dialled twice."""

from datetime import timedelta

import pytest

from switchroom.domain.acts import AtDevice, HangUp, Ring, Shown
from switchroom.domain.events import LegAnswered, LegEnded, LegRinging
from switchroom.domain.identity import DeviceId, LegId
from switchroom.switch.asterisk.description import SwitchDescription
from tests.asterisk.conftest import until
from tests.asterisk.signaller import Address, Message, Signaller
from tests.contract.conftest import Real

pytestmark = pytest.mark.asterisk
LEG = LegId("call9.1.ring.0")
RING = Ring(
    leg=LEG, to=AtDevice(device=DeviceId("boris")), shown=Shown(number="+79161234567"), at_most=timedelta(seconds=20)
)


class FarAway(Signaller):
    """A phone behind slow lines: the call is under way to it, and it does not ring yet."""

    waiting: tuple[Message, Address] | None = None

    def _rings(self, message: Message, addr: Address) -> None:
        if self.waiting is None:
            self._reply(message, addr, "100 Trying")
            self.waiting = (message, addr)

    def ring(self) -> None:
        """Now it does."""
        assert self.waiting is not None
        super()._rings(*self.waiting)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_call_on_its_way_to_a_slow_phone_survives_being_asked_for_again(
    switch: SwitchDescription, restarted: bool
) -> None:
    phone, exchange = FarAway("boris", "pw-boris", switch.ports.sip), Real(switch)
    await phone.open()
    assert await phone.register() == 200
    await exchange.open()
    await exchange.switch.do(RING)
    await until(lambda: phone.waiting is not None)
    if restarted:
        await exchange.close()
        exchange = Real(switch)
        await exchange.open()
        await exchange.switch.holdings()
    await exchange.switch.do(RING)
    phone.ring()
    await exchange.first(LegRinging)
    await exchange.first(LegAnswered)
    assert exchange.all(LegEnded) == []
    await exchange.switch.do(HangUp(leg=LEG))
    assert (await exchange.first(LegEnded)).ordered
    await phone.register(expires=0)
    await exchange.close()
    phone.close()
