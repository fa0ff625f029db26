"""A real Asterisk for the tests: fetched once into `.cache`, one running instance for all tests of a session."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio

from switchroom.switch.asterisk.ari import AriClient, AriRefused, Connected, Lost
from switchroom.switch.asterisk.description import (
    Device,
    Emergency,
    LastResort,
    StaticExtension,
    SwitchDescription,
    Trunk,
    TrunkKind,
    Way,
)
from switchroom.switch.asterisk.fetch import fetch_asterisk
from switchroom.switch.asterisk.heard import Channel, Event
from switchroom.switch.asterisk.keeper import Keeper, access_of
from switchroom.switch.asterisk.loader import Unpacked
from switchroom.switch.asterisk.ports import ports_for
from switchroom.switch.asterisk.writer import write
from tests.asterisk.signaller import Signaller

CACHE = Path(__file__).parents[2] / ".cache"
PASSWORD = "of-the-tests"
T = TypeVar("T")


@pytest.fixture(scope="session")
def asterisk_root() -> Unpacked:
    """Asterisk's packages, unpacked; fetched by the first test run on this machine."""
    return fetch_asterisk(CACHE / "asterisk")


def a_description(root: Unpacked, folder: Path) -> SwitchDescription:
    """Three phones, a trunk whose other side signs in, static rules."""
    return SwitchDescription(
        root=root, folder=folder, ports=ports_for(folder), ari_password=PASSWORD,
        devices=(
            Device(name="anna", password="pw-anna"), Device(name="boris", password="pw-boris"),
            Device(name="vera", password="pw-vera", max_contacts=2),
        ),
        trunks=(Trunk(name="carrier", kind=TrunkKind.PEER, username="carrier-user", password="pw-carrier"),),
        extensions=(
            StaticExtension(number="101", devices=("anna",)), StaticExtension(number="102", devices=("boris", "vera")),
        ),
        emergencies=(Emergency(number="112", ways=(Way("carrier", "0112"),)),),
        last_resort=LastResort(target="vera", after_seconds=2),
    )


@pytest.fixture(scope="session")
def description(asterisk_root: Unpacked, tmp_path_factory: pytest.TempPathFactory) -> SwitchDescription:
    """What the shared instance is."""
    return a_description(asterisk_root, tmp_path_factory.mktemp("switch") / "one")


@pytest.fixture(scope="session")
def switch(description: SwitchDescription) -> Iterator[SwitchDescription]:
    """The shared instance, running. Tests must leave it running, with this description applied."""
    write(description)
    asyncio.run(_start_and_leave(description))
    yield description
    asyncio.run(_stop(description))


async def _start_and_leave(description: SwitchDescription) -> None:
    keeper = Keeper(description)
    await keeper.up()
    keeper.let_go()


async def _stop(description: SwitchDescription) -> None:
    keeper = Keeper(description)
    await keeper.up()
    await keeper.stop()


@pytest_asyncio.fixture
async def ari(switch: SwitchDescription) -> AsyncIterator[AriClient]:
    """The wire to the shared instance."""
    client = AriClient(access_of(switch))
    yield client
    client.close()


@pytest_asyncio.fixture
async def phones(switch: SwitchDescription, ari: AriClient) -> AsyncIterator["Phones"]:
    """Phones without sound, of the shared instance; closed after the test, with the calls that it left."""
    async with AsyncExitStack() as stack:
        yield Phones(switch, stack)
    async with asyncio.timeout(15):
        while left := await ari.read(list[Channel], "channels"):
            for channel in left:
                with suppress(AriRefused):  # gone meanwhile
                    await ari.delete("channels", channel.id)
            await asyncio.sleep(0.02)


class Phones:
    """Opens phones."""

    def __init__(self, description: SwitchDescription, stack: AsyncExitStack) -> None:
        self._passwords = {device.name: device.password for device in description.devices}
        self._passwords["carrier-user"] = "pw-carrier"
        self._port, self._stack = description.ports.sip, stack

    async def open(self, name: str, *, answers: bool = True, password: str | None = None) -> Signaller:
        """A phone that has not signed in."""
        given = self._passwords.get(name, "") if password is None else password
        phone = await Signaller(name, given, self._port, answers=answers).open()
        self._stack.callback(phone.close)
        return phone

    async def registered(self, name: str, *, answers: bool = True) -> Signaller:
        """A phone that has signed in, and signs out after the test."""
        phone = await self.open(name, answers=answers)
        assert await phone.register() == 200
        self._stack.push_async_callback(phone.register, expires=0)
        return phone


class Ears:
    """Everything heard so far on the wire."""

    def __init__(self) -> None:
        self.heard: list[Event | Connected | Lost] = []

    def all(self, kind: type[T]) -> list[T]:
        """What was heard of this kind, in its order."""
        return [event for event in self.heard if isinstance(event, kind)]

    async def first(self, kind: type[T], number: int = 1) -> T:
        """The first (or so-many-th) of this kind, waited for."""
        await until(lambda: len(self.all(kind)) >= number)
        return self.all(kind)[number - 1]


@asynccontextmanager
async def listening(ari: AriClient) -> AsyncIterator[Ears]:
    """Be the application's listener; entered once it is connected."""
    ears = Ears()

    async def listen() -> None:
        async for event in ari.events():
            ears.heard.append(event)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(listen())
        await ears.first(Connected)
        try:
            yield ears
        finally:
            task.cancel()


async def until(true: Callable[[], bool], *, within: float = 15.0) -> None:
    """Poll until it is so; fails after `within` seconds."""
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.02)
