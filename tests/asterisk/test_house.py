"""The engine on the real Asterisk: a call from a trunk through a queue to an operator's phone, and back to ready."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from switchroom.domain.devices import Device
from switchroom.domain.events import CloseCardAsked, FieldsTyped
from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.facts.calls import OperatorConnected
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.routes import Route
from switchroom.engine.clock import Clock
from switchroom.engine.engine import Engine, Parts
from switchroom.storage.database import open_database
from switchroom.storage.ledger import Ledger
from switchroom.switch.asterisk.adapter import AsteriskSwitch
from switchroom.switch.asterisk.ari import AriClient
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.heard import StasisStart
from switchroom.switch.asterisk.keeper import access_of
from tests.asterisk.conftest import Phones, listening, until
from tests.company import a_company

pytestmark = pytest.mark.asterisk
ANNA = UserId("anna")
CARD = StoryId("call1-card2")


class House:
    """An engine on the shared Asterisk, with a database that outlives it."""

    def __init__(self, description: SwitchDescription, folder: Path) -> None:
        self._description = description
        self.database = open_database(f"sqlite:///{folder}/house.db")
        self.setup = a_company(operators=("anna",))
        to_queue = Route(id="main", title="Main", target=Target(kind=TargetKind.QUEUE, key="service"))
        object.__setattr__(self.setup, "routes", {"main": to_queue})
        object.__setattr__(self.setup, "devices", {"anna": Device(id="anna", user="anna")})
        self._numbers = count(1)

    async def start(self) -> None:
        self.ledger = Ledger(self.database, "test")
        self._switch = AsteriskSwitch(AriClient(access_of(self._description)), lambda _prompt, _language: "beep")
        clock = Clock(asyncio.get_running_loop())
        parts = Parts(switch=self._switch, ledger=self.ledger, clock=clock, new_story=self._new_story)
        self.engine = Engine(parts, self.setup)
        ready = asyncio.Event()
        self._running = asyncio.create_task(self.engine.run(ready))
        await ready.wait()

    async def kill(self) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await self._switch.close()
        await self.ledger.close()

    def _new_story(self) -> StoryId:
        return StoryId(f"call{next(self._numbers)}")

    def status(self) -> Status | None:
        """As people see it: what is decided and not yet saved can't be asked about."""
        found = self.engine.desk.shown.get(ANNA)
        return found.status if found else None

    def told(self, story: str) -> list[str]:
        return [type(kept.fact).__name__ for kept in self.ledger.facts_of(StoryId(story))]

    async def is_so(self, true: Callable[[], bool]) -> None:
        await until(true, within=30)


@asynccontextmanager
async def a_house(switch: SwitchDescription, folder: Path) -> AsyncIterator[House]:
    house = House(switch, folder)
    await house.start()
    try:
        yield house
    finally:
        await house.kill()
        house.database.dispose()


@pytest.mark.feature("P4")
@pytest.mark.feature("C2")
async def test_a_call_from_a_trunk_is_served_and_the_operator_is_ready_again(
    switch: SwitchDescription, phones: Phones, tmp_path: Path
) -> None:
    async with a_house(switch, tmp_path) as house:
        await phones.registered("anna")
        await house.engine.tell(OperatorSignedIn(operator=ANNA, by=ANNA))
        await house.is_so(lambda: house.status() is Status.READY)
        carrier = await phones.open("carrier-user")
        call = await carrier.call("74951234567")
        await house.is_so(lambda: house.status() is Status.TALKING)
        await house.engine.ask(CARD, FieldsTyped(by=ANNA, fields={"address": "Lenina 5"}, revision=0))
        await carrier.hang_up(call)
        await house.is_so(lambda: house.status() is Status.WRAP_UP)
        await house.engine.ask(CARD, CloseCardAsked(by=ANNA, disposition="solved"))
        await house.is_so(lambda: house.status() is Status.READY)
        assert "CallEnded" in house.told("call1")


@pytest.mark.feature("Z3")
async def test_a_talk_survives_the_death_of_the_engine_and_its_end_is_told_once(
    switch: SwitchDescription, phones: Phones, tmp_path: Path
) -> None:
    async with a_house(switch, tmp_path) as house:
        await phones.registered("anna")
        await house.engine.tell(OperatorSignedIn(operator=ANNA, by=ANNA))
        carrier = await phones.open("carrier-user")
        call = await carrier.call("74951234567")
        await house.is_so(lambda: house.status() is Status.TALKING)
        await house.kill()
        await house.start()
        await house.is_so(lambda: len(house.engine.living()) == 2)
        assert house.status() is Status.TALKING
        await carrier.hang_up(call)
        await house.is_so(lambda: "CallEnded" in house.told("call1"))
        connected = [k for k in house.ledger.facts_of(StoryId("call1")) if isinstance(k.fact, OperatorConnected)]
        assert len(connected) == 1
        assert house.told("call1").count("TalkEnded") == 1


@pytest.mark.feature("Z3")
async def test_a_call_that_came_in_and_was_not_heard_of_is_found_among_what_the_switch_holds(
    switch: SwitchDescription, phones: Phones, ari: AriClient
) -> None:
    carrier = await phones.open("carrier-user")
    async with listening(ari) as ears:
        calling = asyncio.create_task(carrier.call("74951234567"))
        arrived = await ears.first(StasisStart)
    held = await AsteriskSwitch(ari, lambda _prompt, _language: "beep").holdings()
    (found,) = held.arrivals
    assert (found.leg, found.via, found.by_trunk, found.dialled) == (arrived.channel.id, "carrier", True, "74951234567")
    assert found.number == "carrier-user"
    await ari.delete("channels", found.leg)
    await calling
