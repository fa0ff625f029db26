"""What a story heard, kept beside what it told: enough to let it happen again, to the last fact.

A trace holds personal values (numbers, keys pressed, words typed into a card), so it is kept apart from the facts and
only for a while; secrets are never in it.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from switchroom.domain.acts import Shown
from switchroom.domain.events import DigitHeard, DigitsAsked, Event
from switchroom.domain.facts.calls import LeftQueueWhy, LegRung, QueueLeft
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import DeviceId, QueueId, StoryId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.effects import CollectDigits, Effect
from switchroom.domain.scenario.graph import Graph
from switchroom.domain.shapes import Kind, Shape


class StoryKind(StrEnum):
    """What a story is the life of."""

    CALL = "call"
    DIALOG = "dialog"


class Begun(Kind, frozen=True, kw_only=True):
    """The story began with this. `graph` is left out where a published version of the scenario has it."""

    of: StoryKind
    scenario: str
    version: int
    graph: Graph | None = None
    variables: Variables
    language: str
    shown: Shown


class Heard(Shape, frozen=True, kw_only=True):
    """One event, when it was heard (steady time), and what of the surroundings decided with it."""

    story: StoryId
    at: datetime
    event: Begun | Event
    rung: tuple[DeviceId, ...] = ()
    """Devices that were rung because they were reachable at that moment."""
    full: tuple[QueueId, ...] = ()
    """Queues that took nobody more at that moment."""


def heard(
    story: StoryId, at: datetime, event: Begun | Event, told: tuple[Fact, ...], reachable: frozenset[DeviceId]
) -> Heard:
    """An event, and what followed from its surroundings, as it is seen in the facts that it led to."""
    rung = tuple(fact.device for fact in told if isinstance(fact, LegRung) and fact.device in reachable)
    return Heard(story=story, at=at, event=event, rung=tuple(d for d in rung if d), full=_full(told))


def without_secrets(event: Event, effect: Effect) -> Event:
    """The event as it may be written down: a key that is no choice of the scenario is not told apart from another."""
    if isinstance(event, DigitsAsked) and not (isinstance(effect, CollectDigits) and not effect.secret):
        return msgspec.structs.replace(event, digits="0" * len(event.digits))
    if not isinstance(event, DigitHeard):
        return event
    if isinstance(effect, CollectDigits) and (not effect.secret or event.digit in effect.end_keys):
        return event
    ends = effect.end_keys if isinstance(effect, CollectDigits) else ""
    return DigitHeard(leg=event.leg, digit=next(digit for digit in "0123456789*" if digit not in ends))


def _full(told: tuple[Fact, ...]) -> tuple[QueueId, ...]:
    return tuple(f.queue for f in told if isinstance(f, QueueLeft) and f.why is LeftQueueWhy.REFUSED)


def lengths(queues: tuple[QueueId, ...]) -> Mapping[str, int]:
    """So many wait in each of these queues that nobody more is taken."""
    return dict.fromkeys(queues, 1_000_000)
