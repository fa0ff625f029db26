"""An engine that dies at one chosen await, at once comes back, and people who try again what was lost on the way."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from switchroom.domain.acts import Act
from switchroom.domain.events import Request
from switchroom.domain.facts.calls import CallArrived, CallPlaced
from switchroom.domain.facts.every import Kept
from switchroom.domain.identity import StoryId
from switchroom.domain.refusals import Refusal
from switchroom.storage.ledger import Change, Ledger
from switchroom.switch.simulated.switch import SimulatedSwitch
from tests.stories.world import World

PATIENCE = 1.0
"""Seconds after which somebody tries again."""
MOST_TRIES = 10
LOOKS_EVERY = 0.25


class Fate:
    """Counts every await of performers on the disk and on the switch, and lets the engine die at one of them."""

    def __init__(self, at: int | None) -> None:
        self.passed = 0
        self._at = at
        self.struck = asyncio.Event()

    async def pass_by(self) -> None:
        """One await. At the chosen one nothing comes back ever; the engine is killed there."""
        self.passed += 1
        if self.passed == self._at:
            self.struck.set()
            await asyncio.Event().wait()


class MortalLedger(Ledger):
    """Dies before a save is on disk, or after it."""

    fate: Fate
    kept: list[Kept]

    async def save(self, change: Change) -> tuple[Kept, ...]:
        await self.fate.pass_by()
        kept = await super().save(change)
        self.kept += kept
        await self.fate.pass_by()
        return kept


class MortalSwitch(SimulatedSwitch):
    """Dies before an act is done, or after it. What was done stays done: the switch lives on."""

    fate: Fate

    async def do(self, act: Act) -> None:
        await self.fate.pass_by()
        await super().do(act)
        await self.fate.pass_by()


class MortalWorld(World):
    """A world whose engine dies at one await."""

    def __init__(self, dies_at: int | None) -> None:
        self.fate = Fate(None)
        self.kept: list[Kept] = []
        """Everything that is on disk, told by any of the engines."""
        super().__init__()
        self._dies_at = dies_at
        self.switch = MortalSwitch()
        self.switch.fate = self.fate
        self.deaths = 0

    def new_ledger(self) -> Ledger:
        ledger = MortalLedger(self.database, "world", inline=True)
        ledger.fate, ledger.kept = self.fate, self.kept
        return ledger

    def beware(self) -> "asyncio.Task[None]":
        """From here on awaits count."""
        assert isinstance(self.switch, MortalSwitch)
        self.fate = Fate(self._dies_at)
        self.switch.fate = self.fate
        if isinstance(self.ledger, MortalLedger):
            self.ledger.fate = self.fate
        return asyncio.create_task(self._die())

    async def _die(self) -> None:
        await self.fate.struck.wait()
        await self.kill()
        self.deaths += 1
        await self.start()

    # ---- people

    async def until(self, true: Callable[[], bool], within: float = 3600) -> None:
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(LOOKS_EVERY)

    async def does(self, what: Callable[[], Awaitable[None] | None], until: Callable[[], bool]) -> None:
        """Somebody does it, and again if nothing came of it, until it has happened."""
        for _ in range(MOST_TRIES):
            if until():
                return
            await self._try(what)
            with suppress(TimeoutError):
                await self.until(until, within=PATIENCE)
        assert until(), f"Nothing came of it: {self.told(self.story())}"

    async def _try(self, what: Callable[[], Awaitable[None] | None]) -> None:
        """Who gets no answer tries again; what was done already is refused the second time."""
        doing = what()
        if doing is not None:
            with suppress(TimeoutError, Refusal):
                async with asyncio.timeout(PATIENCE):
                    await doing

    async def asks(self, story: StoryId, request: Request, until: Callable[[], bool]) -> None:
        """The same with a request at our doors."""
        await self.does(lambda: self.engine.ask(story, request), until)

    def story(self) -> StoryId:
        """Of the newest call. Whom nobody heard of before the death begins it after that."""
        found = [kept.fact.call for kept in self.kept if isinstance(kept.fact, CallArrived | CallPlaced)]
        return found[-1] if found else StoryId("none")

    def has(self, fact: str, times: int = 1) -> bool:
        """Whether the call has told this so often."""
        story = self.story()
        return sum(1 for kept in self.kept if kept.story == story and type(kept.fact).__name__ == fact) >= times

    def card(self) -> StoryId:
        """Of the only call."""
        return next(state.id for state in self.engine.living() if "-card" in state.id)
