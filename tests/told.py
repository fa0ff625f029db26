"""A call told event by event to the pure decisions of the trade."""

from datetime import datetime, timedelta
from typing import TypeVar

from switchroom.domain.acts import Act, Ring
from switchroom.domain.events import DigitHeard, Event, LegAnswered, OfferMade, TimePassed
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.setup import Setup
from switchroom.domain.shapes import dump, load
from switchroom.domain.stories import Beginning, Moved, StoryState, begin, hear
from tests.company import CALLER, NOON, a_caller, a_company, around

A = TypeVar("A")
ANNA = UserId("anna")


class Told:
    """A call that is told event by event; each state goes through the store and back, as after any crash."""

    def __init__(
        self, setup: Setup | None = None, extension: str = "500", beginning: Beginning | None = None
    ) -> None:
        self.setup = setup or a_company()
        self.now: datetime = NOON
        self.facts: list[Fact] = []
        self.acts: list[Act] = []
        self.opens: list[object] = []
        self.take(begin(beginning or a_caller(self.setup, extension), around(self.setup, self.now)))

    def take(self, moved: Moved) -> None:
        """Keep what was decided."""
        self.state: StoryState = load(dump(moved.state), StoryState)
        assert self.state == moved.state
        self.facts += moved.facts
        self.opens += moved.opens
        self.acts = list(moved.acts)

    def hears(self, event: Event, after: float = 0) -> "Told":
        """So many seconds later, this happens."""
        self.now += timedelta(seconds=after)
        self.take(hear(self.state, event, around(self.setup, self.now)))
        return self

    def waits(self) -> "Told":
        """Nothing happens until the story wants to be woken."""
        assert self.state.wake is not None
        self.now = self.state.wake
        return self.hears(TimePassed())

    def asked(self, kind: type[A]) -> A:
        """The one act of this kind that was asked for last."""
        found = [act for act in self.acts if isinstance(act, kind)]
        assert len(found) == 1, self.acts
        return found[0]

    def fact(self, kind: type[A]) -> A:
        """The last fact of this kind."""
        return [fact for fact in self.facts if isinstance(fact, kind)][-1]


def in_queue(setup: Setup | None = None) -> Told:
    """A customer has chosen 1 and waits."""
    return Told(setup).hears(DigitHeard(leg=CALLER, digit="1"), after=3)


def ringing(setup: Setup | None = None) -> Told:
    """It rings at Anna."""
    offer = OfferMade(operator=ANNA, devices=(DeviceId("anna-desk"),))
    return in_queue(setup).hears(offer, after=5)


def talking(setup: Setup | None = None) -> Told:
    """Anna has taken it."""
    call = ringing(setup)
    return call.hears(LegAnswered(leg=call.asked(Ring).leg), after=2)
