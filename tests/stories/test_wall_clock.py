"""Somebody sets the wall clock by an hour: nobody who waits, rings or talks is disturbed."""

from datetime import timedelta

import pytest

from switchroom.domain.facts.calls import OfferNotTaken, QueueLeft, TalkEnded
from switchroom.domain.facts.cards import CardClosed
from switchroom.domain.facts.every import Fact
from switchroom.domain.operators import Status
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import World, in_virtual_time

HOUR = timedelta(hours=1)


def told_with(jump: timedelta, *, killed: bool) -> list[Fact]:
    """A call that waits, rings in vain, is served and carded, while the clock is set in the middle of each."""

    async def play(world: World) -> list[Fact]:
        await world.at_work("boris", Habit())
        caller = world.call()
        await world.later(4)
        world.switch.press(caller, "1")
        await world.later(6)
        world.jumped += jump
        if killed:
            await world.later(61)  # the lease is renewed, and tells how far the clocks are apart
            await world.kill()
            await world.start()
        await world.at_work("anna", Habit(answers_after=timedelta(seconds=3)))
        await world.until(lambda: world.status("anna") is Status.TALKING)
        world.jumped += jump
        await world.later(30)
        world.switch.leave(caller)
        await world.until(lambda: world.status("anna") is Status.WRAP_UP)
        world.jumped -= jump
        await world.until(lambda: world.status("anna") is Status.READY)
        return world.facts("call1") + world.facts("call1-card3")

    return in_virtual_time(play)


def durations(facts: list[Fact]) -> list[object]:
    """Everything that was measured."""
    found: list[object] = []
    for fact in facts:
        match fact:
            case OfferNotTaken(rang=rang):
                found.append(("rang", rang))
            case QueueLeft(waited=waited):
                found.append(("waited", waited))
            case TalkEnded(talked=talked):
                found.append(("talked", talked))
            case CardClosed(wrapped_up=wrapped, by=by):
                found.append(("wrapped up", wrapped, by))
            case _:
                continue
    return found


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
@pytest.mark.parametrize("killed", [False, True], ids=["alive", "killed"])
def test_waits_offers_talks_and_limits_are_as_without_the_jump(jump: timedelta, killed: bool) -> None:
    undisturbed = durations(told_with(timedelta(0), killed=killed))
    assert len(undisturbed) >= 4
    assert durations(told_with(jump, killed=killed)) == undisturbed
