"""A busy hour in which the engine dies again and again at random moments: the books close all the same."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import timedelta

import pytest

from switchroom.domain import operators as folding
from switchroom.domain.devices import Device
from switchroom.domain.events import CloseCardAsked, FieldsTyped
from switchroom.domain.facts.calls import CallArrived, LegGone, LegRung
from switchroom.domain.facts.every import Fact, Kept
from switchroom.domain.facts.operators import ReadyWished
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.operators import Operator, Status
from switchroom.domain.refusals import Refusal
from switchroom.domain.users import User
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import CARRIER, DID, World, in_virtual_time

STAFF = tuple(UserId(f"op{n}") for n in range(4))
CUSTOMERS, LASTS, LIVES, DEAD_FOR = 60, 1200.0, 30.0, (0.1, 8.0)
"""How many call; seconds: of the hour, between two deaths in the mean, and of being dead."""
PATIENCE = 2.0


class BusyHour:
    """Customers, operators and deaths, all by the chances of one seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)
        self.deaths = 0
        queue = world.setup.queues["service"].model_copy(update={"operators": STAFF, "most_waiting": 8})
        for name, things in (
            ("users", {key: User(id=key, name=key) for key in (*STAFF, "anna")}),
            ("devices", {f"{key}-desk": Device(id=f"{key}-desk", user=key) for key in (*STAFF, "anna")}),
            ("queues", {"service": queue}),
        ):
            object.__setattr__(world.setup, name, things)

    async def play(self) -> None:
        """All of it; returns once everything has come to rest, with the engine alive."""
        for user in STAFF:
            await self.world.at_work(user, self._habit())
        async with asyncio.TaskGroup() as people:
            others = [people.create_task(self._works(user)) for user in STAFF]
            others.append(people.create_task(self._dies()))
            await asyncio.gather(*(people.create_task(self._calls(n)) for n in range(CUSTOMERS)))
            for task in others:
                task.cancel()
        if self.world.engine_is_dead:
            await self.world.start()
        await self.world.until(lambda: not self.world.engine.living())
        await self.world.later(1)

    def _habit(self) -> Habit:
        if self.chance.random() < 0.15:
            return self.chance.choice((Habit(refuses=True), Habit()))
        return Habit(answers_after=timedelta(seconds=self.chance.uniform(0.5, 10)))

    async def _calls(self, n: int) -> None:
        leg, chance = LegId(f"in{n}"), random.Random(self.chance.random())
        await self.world.later(chance.uniform(0, LASTS))
        self.world.switch.arrive(leg, CARRIER, DID, number=f"+791600000{n:02d}")
        for key in chance.choice(("1", "1", "1", "71", "2", "")):
            await self.world.later(chance.uniform(1, 9))
            self.world.switch.press(leg, key)
        await self.world.later(chance.choice((chance.uniform(0, 20), chance.expovariate(1 / 90))))
        self.world.switch.leave(leg)

    async def _works(self, user: UserId) -> None:
        device = DeviceId(f"{user}-desk")
        while True:
            await self.world.later(self.chance.uniform(5, 30))
            self.world.switch.habits[device] = self._habit()
            if self.chance.random() < 0.1:
                self.world.switch.plug(device, reachable=False)
                await self.world.later(self.chance.uniform(0.1, 20))
                self.world.switch.plug(device)
            found = self.world.engine.desk.operators[user]
            if found.status is Status.BREAK:
                await self._try(lambda: self.world.engine.tell(ReadyWished(operator=user, by=user)))
            for card in found.cards if found.status is Status.WRAP_UP else ():
                await self._closes(card, user)

    async def _closes(self, card: StoryId, user: UserId) -> None:
        typed = FieldsTyped(by=user, fields={"address": "Lenina 5"}, revision=0)
        await self._try(lambda: self.world.engine.ask(card, typed))
        await self._try(lambda: self.world.engine.ask(card, CloseCardAsked(by=user, disposition="solved")))

    async def _try(self, what: Callable[[], Awaitable[None]]) -> None:
        """What is asked of an engine that dies gets no answer."""
        with suppress(TimeoutError, Refusal):
            async with asyncio.timeout(PATIENCE):
                if not self.world.engine_is_dead:
                    await what()

    async def _dies(self) -> None:
        while True:
            await self.world.later(self.chance.expovariate(1 / LIVES))
            await self.world.kill()
            self.deaths += 1
            await self.world.later(self.chance.uniform(*DEAD_FOR))
            await self.world.start()


def all_facts(world: World) -> list[Kept]:
    """Everything that is in the books."""
    kept: list[Kept] = []
    while more := world.ledger.facts_since(kept[-1].seq if kept else 0):
        kept += more
    return kept


def as_folded(kept: Iterable[Kept]) -> dict[UserId, Operator]:
    """Everybody's state by the facts alone."""
    found: dict[UserId, Operator] = {}
    for one in kept:
        for user in folding.users_of(one.fact):
            found[user] = folding.after(found.get(user) or Operator(id=user), one.fact, one.at)
    return found


async def the_books_close(world: World, kept: list[Kept]) -> None:
    """Whatever begins in the books ends in them, once; nothing is left in the switch or at a desk."""
    stories: dict[StoryId, list[Fact]] = defaultdict(list)
    for one in kept:
        if one.story is not None:
            stories[one.story].append(one.fact)
    for story, facts in stories.items():
        told = Counter(type(fact).__name__ for fact in facts)
        assert told["CallArrived"] == told["CallEnded"] == ("-card" not in story), story
        assert told["CardOpened"] == told["CardClosed"] == ("-card" in story), story
        assert told["TalkBegan"] == told["TalkEnded"], story
        assert told["QueueEntered"] == told["QueueLeft"], story
        assert told["OperatorOffered"] == told["OperatorConnected"] + told["OfferNotTaken"], story
        rung = [fact.leg for fact in facts if isinstance(fact, LegRung)]
        gone = [fact.leg for fact in facts if isinstance(fact, LegGone)]
        assert len(set(gone)) == len(gone), story
        assert set(rung) <= set(gone), story
    callers = [fact.leg for facts in stories.values() for fact in facts if isinstance(fact, CallArrived)]
    assert len(set(callers)) == len(callers)
    held = await world.switch.holdings()
    assert (held.legs, held.bridges) == ({}, {})
    shown = world.engine.desk.operators
    for user, by_facts in as_folded(kept).items():
        busy_with = shown[user].up | shown[user].ringing | shown[user].cards
        assert (busy_with, shown[user].offered) == (frozenset(), None), user
        assert (shown[user].status, shown[user].devices) == (by_facts.status, by_facts.devices), user


async def an_hour(world: World, seed: int) -> tuple[int, int]:
    """How many calls were heard of, and how often the engine died."""
    hour = BusyHour(world, seed)
    await hour.play()
    kept = all_facts(world)
    await the_books_close(world, kept)
    return sum(isinstance(one.fact, CallArrived) for one in kept), hour.deaths


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("seed", [1, 2])
def test_the_books_close_however_often_the_engine_dies(seed: int) -> None:
    calls, deaths = in_virtual_time(lambda world: an_hour(world, seed))
    assert calls > CUSTOMERS * 0.8
    assert deaths > 10


@pytest.mark.long
@pytest.mark.feature("Z3")
@pytest.mark.parametrize("first", range(100, 200, 10))
def test_the_books_close_in_a_hundred_hours_of_deaths(first: int) -> None:
    for seed in range(first, first + 10):
        in_virtual_time(lambda world, seed=seed: an_hour(world, seed))  # type: ignore[misc]
