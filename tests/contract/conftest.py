"""One switch after the other: the simulated and the real one, with people at their ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import TypeVar

import pytest
import pytest_asyncio

from demo.phone.phone import Call, Phone
from switchroom.domain.causes import EndCause
from switchroom.domain.events import LegArrived
from switchroom.domain.identity import DeviceId, LegId, TrunkId
from switchroom.switch.asterisk.adapter import AsteriskSwitch
from switchroom.switch.asterisk.ari import AriClient
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.keeper import access_of
from switchroom.switch.asterisk.looks import AsteriskLooks
from switchroom.switch.port import Looks, Report, Switch, SwitchFoundAgain
from switchroom.switch.simulated.switch import Habit, SimulatedSwitch
from tests.asterisk.conftest import asterisk_root, description
from tests.asterisk.conftest import switch as real_switch

__all__ = ["asterisk_root", "description", "real_switch"]
T = TypeVar("T")
ANNA = DeviceId("anna")


class Exchange:
    """A switch, what it reported so far, and people."""

    def __init__(self, switch: Switch, looks: Looks) -> None:
        self.switch = switch
        self.looks = looks
        self.heard: list[Report] = []
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Listen."""
        await self.switch.open()
        self._listening = asyncio.create_task(self._listen())
        await self.first(SwitchFoundAgain)

    async def close(self) -> None:
        """Stop."""
        assert self._listening is not None
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        await self.switch.close()

    async def _listen(self) -> None:
        async for report in self.switch.reports():
            self.heard.append(report)

    def all(self, kind: type[T]) -> list[T]:
        """What was reported of a kind."""
        return [report for report in self.heard if isinstance(report, kind)]

    async def first(self, kind: type[T], fits: Callable[[T], bool] = lambda _report: True) -> T:
        """The first of a kind that fits, waited for."""
        try:
            async with asyncio.timeout(30):
                while not (found := [report for report in self.all(kind) if fits(report)]):
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"No {kind.__name__} came, but {self.heard}") from None
        return found[0]

    async def arrive(self) -> LegId:
        """Somebody calls by the trunk `carrier`."""
        raise NotImplementedError

    async def leave(self) -> None:
        """They hang up."""
        raise NotImplementedError

    async def phone(self, *, answers: bool = False, busy: bool = False) -> None:
        """Anna's phone signs in."""
        raise NotImplementedError


class Simulated(Exchange):
    """In thought only."""

    def __init__(self) -> None:
        self.simulated = SimulatedSwitch()
        super().__init__(self.simulated, self.simulated)

    async def arrive(self) -> LegId:
        self.simulated.arrive(LegId("in1"), TrunkId("carrier"), "74951234567", number="+79161234567")
        return (await self.first(LegArrived)).leg

    async def leave(self) -> None:
        self.simulated.leave(LegId("in1"), EndCause.NORMAL)

    async def phone(self, *, answers: bool = False, busy: bool = False) -> None:
        after = timedelta(seconds=0.2) if answers else None
        self.simulated.habits[ANNA] = Habit(answers_after=after, refuses=busy)
        self.simulated.plug(ANNA)


class Real(Exchange):
    """Asterisk, with phones that have sound."""

    def __init__(self, description: SwitchDescription) -> None:
        ari = AriClient(access_of(description))
        super().__init__(AsteriskSwitch(ari, lambda _prompt, _language: "vm-goodbye"), AsteriskLooks(ari))
        self._server = ("127.0.0.1", description.ports.sip)
        self._phones: list[Phone] = []
        self._call: Call | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def close(self) -> None:
        for phone in self._phones:
            if phone.name == ANNA:
                await phone.register(0)
            await phone.close()
        for task in self._tasks:
            task.cancel()
        await super().close()

    async def arrive(self) -> LegId:
        carrier = await Phone.open("carrier-user", "pw-carrier", self._server)
        self._phones.append(carrier)
        self._call = await carrier.begin_call("74951234567")
        await carrier.ring_out(self._call)
        return (await self.first(LegArrived)).leg

    async def leave(self) -> None:
        assert self._call is not None
        await self._call.hang_up()

    async def phone(self, *, answers: bool = False, busy: bool = False) -> None:
        phone = await Phone.open(ANNA, "pw-anna", self._server)
        phone.busy = busy
        self._phones.append(phone)
        assert await phone.register() == 200
        if answers:
            self._tasks.append(asyncio.create_task(_answer(phone)))


async def _answer(phone: Phone) -> None:
    await (await phone.rings.get()).answer()


@pytest.fixture(params=["simulated", pytest.param("asterisk", marks=pytest.mark.asterisk)])
def running(request: pytest.FixtureRequest) -> SwitchDescription | None:
    """The real one, running; None stands for the simulated one."""
    return None if request.param == "simulated" else request.getfixturevalue("real_switch")


@pytest_asyncio.fixture
async def exchange(running: SwitchDescription | None) -> AsyncIterator[Exchange]:
    """Open and listened to."""
    made = Simulated() if running is None else Real(running)
    await made.open()
    yield made
    await made.close()
