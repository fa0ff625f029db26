"""Callers give up, devices vanish, people talk and hang up, engines die, at any moment: the books stay whole."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from switchroom.domain.acts import Ring
from switchroom.domain.events import CloseCardAsked, FieldsTyped, HangUpAsked, HoldAsked, Request, SendOnAsked
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.operators import OperatorSignedIn, OperatorSignedOut, ReadyWished
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.refusals import Refusal
from switchroom.domain.situations.waiting import Waiting
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import World, in_virtual_time

STAFF = ("anna", "boris")
STEPS, MOST_CALLERS = 300, 40
PAIRS = (("QueueEntered", "QueueLeft"), ("TalkBegan", "TalkEnded"), ("RecordingBegan", "RecordingEnded"),
         ("OperatorOffered", "OfferNotTaken", "OperatorConnected"))  # fmt: skip


class Chaos:
    """One seeded source of chance for everybody."""

    def __init__(self, world: World, seed: int, *, deaths: bool) -> None:
        self.world, self.dice, self.callers = world, Random(seed), 0
        self._verbs = [self.arrive, self.leave, self.plug, self.habit, self.sign, *[self.press, self.ask] * 3]
        if deaths:
            self._verbs.append(self.die)

    async def play(self) -> None:
        """Anything, for a while; then everybody goes home."""
        for user in STAFF:
            await self.world.at_work(user, Habit(answers_after=timedelta(seconds=2)))
        for _ in range(STEPS):
            await self.dice.choice(self._verbs)()
            await self.world.later(self.dice.choice([0.0, 0.05, 0.5, 2.0, 4.0, 15.0]))
            self.nobody_is_rung_for_two()
        for leg in list(self.world.switch.legs()):
            self.world.switch.leave(leg)
        await self.world.until(lambda: not self.world.engine.living() and not self.world.switch.legs())

    async def arrive(self) -> None:
        if self.callers < MOST_CALLERS:
            self.callers += 1
            self.world.call(f"in{self.callers}")

    async def press(self) -> None:
        legs = self.outside()
        if legs:
            self.world.switch.press(self.dice.choice(legs), self.dice.choice("11129*"))

    async def leave(self) -> None:
        legs = sorted(self.world.switch.legs())
        if legs and self.dice.random() < 0.5:
            self.world.switch.leave(self.dice.choice(legs))

    async def plug(self) -> None:
        device = DeviceId(f"{self.dice.choice(STAFF)}-desk")
        self.world.switch.plug(device, reachable=self.dice.random() < 0.7)

    async def habit(self) -> None:
        habits = [Habit(), Habit(refuses=True), *(Habit(answers_after=timedelta(seconds=s)) for s in (0, 2, 9))]
        self.world.switch.habits[DeviceId(f"{self.dice.choice(STAFF)}-desk")] = self.dice.choice(habits)

    async def sign(self) -> None:
        user = UserId(self.dice.choice(STAFF))
        come, back, go = (kind(operator=user, by=user) for kind in (OperatorSignedIn, ReadyWished, OperatorSignedOut))
        wishes: list[OperatorSignedIn | ReadyWished | OperatorSignedOut] = [come, come, back, back, go]
        await self.world.engine.tell(self.dice.choice(wishes))

    async def ask(self) -> None:
        living = sorted(state.id for state in self.world.engine.living())
        if not living:
            return
        user = UserId(self.dice.choice(STAFF))
        wishes: list[Request] = [
            HangUpAsked(by=user), HoldAsked(by=user, on=True), HoldAsked(by=user, on=False),
            SendOnAsked(by=user, to=self.dice.choice(["101", "400", "999"])),
            FieldsTyped(by=user, fields={"address": "x"}, revision=0), CloseCardAsked(by=user, disposition="solved"),
        ]  # fmt: skip
        try:
            await self.world.engine.ask(StoryId(self.dice.choice(living)), self.dice.choice(wishes))
        except Refusal:
            return  # what can't be done now is refused; that nothing is broken by asking is seen in the end

    async def die(self) -> None:
        if self.dice.random() < 0.4:
            await self.world.kill()
            await self.world.later(self.dice.choice([0.0, 0.5, 4.0]))
            await self.world.start()

    def outside(self) -> list[LegId]:
        return sorted(leg for leg in self.world.switch.legs() if leg.startswith("in"))

    def nobody_is_rung_for_two(self) -> None:
        """An operator is offered one call of a queue at a time; a colleague may ring besides."""
        waiting = [state.situation for state in self.world.engine.living() if isinstance(state.situation, Waiting)]
        offered = Counter(situation.offer.operator for situation in waiting if situation.offer)
        assert not offered or max(offered.values()) == 1, offered


def told(seed: int, *, deaths: bool) -> dict[str, list[Fact]]:
    """All calls of such a day, after checking that nothing is left over."""

    async def run(world: World) -> dict[str, list[Fact]]:
        chaos = Chaos(world, seed, deaths=deaths)
        await chaos.play()
        for operator in world.engine.desk.operators.values():
            assert not any((operator.up, operator.ringing, operator.offered, operator.cards)), operator
            assert operator.status in (Status.READY, Status.SIGNED_OUT, Status.BREAK, Status.NOT_CONNECTED)
        assert world.engine.waiting.places() == []
        rung = [act.leg for act in world.switch.done if isinstance(act, Ring)]
        assert len(rung) == len(set(rung)), "no phone is rung twice under one name"
        return {f"call{n}": world.facts(f"call{n}") for n in range(1, chaos.callers + 1)}

    return in_virtual_time(run)


def whole(calls: dict[str, list[Fact]]) -> None:
    """Each call has one beginning and one end, and whatever began in it ended."""
    for facts in calls.values():
        names = Counter(type(fact).__name__ for fact in facts)
        assert (names["CallArrived"], names["CallEnded"]) == (1, 1), names
        assert type(facts[-1]).__name__ == "CallEnded"
        for began, *ended in PAIRS:
            assert names[began] == sum(names[end] for end in ended), (began, names)


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("deaths", [False, True], ids=["alive", "dying"])
def test_whatever_people_and_phones_do_the_books_stay_whole(seed: int, deaths: bool) -> None:
    whole(told(seed, deaths=deaths))


def test_the_same_seed_gives_the_same_facts() -> None:
    assert told(3, deaths=True) == told(3, deaths=True)


def test_such_days_have_everything_in_them() -> None:
    seen = {type(fact).__name__ for seed in range(12) for facts in told(seed, deaths=True).values() for fact in facts}
    assert {"TalkBegan", "PutOnHold", "SentOn", "OfferNotTaken", "CardShown", "CallAdopted", "RecordingBegan"} <= seen
    talks = sum(type(fact).__name__ == "TalkBegan" for facts in told(1, deaths=False).values() for fact in facts)
    assert talks >= 3
