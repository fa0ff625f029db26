"""A call centre's day of 5,000 calls in virtual time, everything saved: `python -m bench.simulated_day [calls]`.

The real engine and ledger on the simulated switch, in one thread that collects garbage as `serve` does. Aim: no more
than 10 s of the wall clock.
"""

import asyncio
import random
import sys
import time
from datetime import timedelta
from statistics import median

from switchroom.cli.processes import collect_garbage_seldom
from switchroom.domain.devices import Device
from switchroom.domain.events import CloseCardAsked, FieldsTyped
from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.refusals import Refusal
from switchroom.domain.scenario.effects import FillCard
from switchroom.domain.users import User
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import CARRIER, DID, World, in_virtual_time

OPERATORS, DAY, AIM, RUNS = 40, timedelta(hours=12), 10.0, 3


def furnished(world: World) -> list[str]:
    """So many operators in the queue."""
    keys = [f"op{n:02d}" for n in range(OPERATORS)]
    queue = world.setup.queues["service"].model_copy(update={"operators": tuple(keys)})
    for name, things in (
        ("users", {key: User(id=key, name=key) for key in keys}),
        ("devices", {f"{key}-desk": Device(id=f"{key}-desk", user=key) for key in keys}),
        ("queues", {"service": queue}),
    ):
        object.__setattr__(world.setup, name, things)
    return keys


async def a_day(world: World, calls: int, seed: int) -> None:
    """Customers come, press 1, wait, talk and go; operators close their cards."""
    chance = random.Random(seed)
    for key in furnished(world):
        await world.at_work(key, Habit(answers_after=timedelta(seconds=chance.uniform(1, 6))))
    await customers(world, calls)


async def customers(world: World, calls: int) -> None:
    """One after another, each at a moment of their own."""
    morning = world.loop.time()
    async with asyncio.TaskGroup() as coming:
        for number in range(calls):
            chance = random.Random(number)
            comes = morning + DAY.total_seconds() * (number + chance.random()) / calls
            await world.later(comes - world.loop.time())
            coming.create_task(customer(world, number, chance))


async def customer(world: World, number: int, chance: random.Random) -> None:
    """One of them; whoever talked with them closes the card soon after."""
    leg = LegId(f"in{number}")
    world.switch.arrive(leg, CARRIER, DID, number=f"+7916{number:07d}")
    await world.later(chance.uniform(4, 8))
    world.switch.press(leg, "1")
    await world.later(chance.expovariate(1 / 200) + 20)
    cards = cards_of(world, leg)
    world.switch.leave(leg)
    await world.later(chance.uniform(0, 60))
    for card, user in cards:
        await close(world, card, user)


def cards_of(world: World, leg: LegId) -> list[tuple[StoryId, UserId]]:
    """What has opened for this customer, and who holds it."""
    opened = [card for state in world.engine.living() if state.cast.caller == leg for card in state.cast.dialogs]
    filled = ((card, world.engine.state_of(card)) for card in opened)
    return [(card, state.effect.holder) for card, state in filled if state and isinstance(state.effect, FillCard)]


async def close(world: World, card: StoryId, user: UserId) -> None:
    """Type the address, and close."""
    try:
        await world.engine.ask(card, FieldsTyped(by=user, fields={"address": "Lenina 5"}, revision=0))
        await world.engine.ask(card, CloseCardAsked(by=user, disposition="solved"))
    except Refusal:
        return  # closed by the limit meanwhile


def main(calls: int) -> None:
    """Print the seconds of each run, and the ratio of the median to the aim."""
    collect_garbage_seldom()
    took = []
    for seed in range(RUNS):
        began = time.perf_counter()
        in_virtual_time(lambda world, seed=seed: a_day(world, calls, seed))  # type: ignore[misc]
        took.append(time.perf_counter() - began)
    shown = ", ".join(f"{seconds:.1f}" for seconds in took)
    sys.stdout.write(
        f"{calls} calls in {DAY}: {shown} s; median {median(took):.1f} s, "
        f"{median(took) / AIM:.2f} of the aim ({AIM} s)\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)

