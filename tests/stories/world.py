"""A whole house in virtual time: the real engine and ledger on the simulated switch."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.identity import DeviceId, LegId, StoryId, TrunkId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.routes import Route
from switchroom.domain.setup import Setup
from switchroom.engine.clock import Clock
from switchroom.engine.engine import Engine, Parts
from switchroom.engine.modes import Modes
from switchroom.storage import modes, traces
from switchroom.storage.database import open_database
from switchroom.storage.ledger import Ledger
from switchroom.switch.simulated.clock import VirtualLoop
from switchroom.switch.simulated.switch import Habit, SimulatedSwitch
from tests.company import NOON, a_company

T = TypeVar("T")
W = TypeVar("W", bound="World")
CARRIER = TrunkId("carrier")
DID = "74951234567"


def in_virtual_time(play: Callable[["World"], Awaitable[T]]) -> T:
    """Run a play from its beginning to its end, in a world of its own."""
    return in_a_world(World, play)


def in_a_world(made: Callable[[], W], play: Callable[[W], Awaitable[T]]) -> T:
    """The same in a world that is made so."""

    async def run() -> T:
        world = made()
        await world.start()
        try:
            return await play(world)
        finally:
            await world.kill()
            world.database.dispose()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(run())


class World:
    """One switch that lives on, and an engine that may die and come back."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.switch = SimulatedSwitch()
        self.database = open_database("sqlite://")
        to_menu = Route(id="main", title="Main", target=Target(kind=TargetKind.EXTENSION, key="500"))
        self.setup: Setup = a_company()
        object.__setattr__(self.setup, "routes", {"main": to_menu})
        self._numbers = count(1)
        self.jumped = timedelta(0)
        """How far somebody has set the wall clock."""
        self.ledger = self.new_ledger()

    # ---- the engine's life

    def new_ledger(self) -> Ledger:
        """One for each engine."""
        return Ledger(self.database, "world", inline=True)

    async def start(self) -> None:
        """Start an engine; it takes up whatever lives."""
        self.ledger = self.new_ledger()
        clock = Clock(self.loop, self.wall)
        parts = Parts(
            switch=self.switch,
            ledger=self.ledger,
            clock=clock,
            new_story=self._new_story,
            bookkeepers=(traces.bookkeeper, modes.bookkeeper),
            modes=Modes({key: last.to for key, last in modes.last_throws(self.database).items()}),
            renew_every=timedelta(minutes=1),
        )
        self.engine = Engine(parts, self.setup)
        ready = asyncio.Event()
        self._running = asyncio.create_task(self.engine.run(ready))
        await ready.wait()

    async def kill(self) -> None:
        """End the engine without a word; the switch goes on."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await self.switch.close()

    @property
    def engine_is_dead(self) -> bool:
        """Whether nobody has started another one yet."""
        return self._running.done()

    def wall(self) -> datetime:
        """The wall clock of this world."""
        return NOON + timedelta(seconds=self.loop.time()) + self.jumped

    def _new_story(self) -> StoryId:
        return StoryId(f"call{next(self._numbers)}")

    # ---- people

    async def at_work(self, user: str, habit: Habit, device: DeviceId | None = None) -> None:
        """An operator plugs the phone in, and signs in."""
        device = device or DeviceId(f"{user}-desk")
        self.switch.habits[device] = habit
        self.switch.plug(device)
        await self.engine.tell(OperatorSignedIn(operator=UserId(user), by=UserId(user)))
        await self.until(lambda: self.status(user) not in (None, Status.SIGNED_OUT, Status.NOT_CONNECTED))

    def call(self, leg: str = "in1") -> LegId:
        """A customer calls."""
        self.switch.arrive(LegId(leg), CARRIER, DID, number="+79161234567", name="Иван\r\n<b>")
        return LegId(leg)

    def status(self, user: str) -> Status | None:
        """What an operator does."""
        found = self.engine.desk.operators.get(UserId(user))
        return found.status if found else None

    # ---- watching

    async def until(self, true: Callable[[], bool], within: float = 3600) -> None:
        """Let time pass until this is so; virtual seconds."""
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(0.05)

    async def later(self, seconds: float) -> None:
        """Let so much time pass."""
        await asyncio.sleep(seconds)

    def facts(self, story: str) -> list[Fact]:
        """A story as it lies in the ledger."""
        return [kept.fact for kept in self.ledger.facts_of(StoryId(story))]

    def told(self, story: str) -> list[str]:
        """The same, in names only."""
        return [type(fact).__name__ for fact in self.facts(story)]
