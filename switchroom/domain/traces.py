"""What a story heard, kept beside what it told: enough to let it happen again, to the last fact.

A trace holds personal values (numbers, keys pressed, words typed into a card), so it is kept apart from the facts and
only for a while; secrets are never in it.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from switchroom.domain.acts import Shown
from switchroom.domain.events import DigitHeard, DigitsAsked, Event
from switchroom.domain.identity import StoryId
from switchroom.domain.noticing import Seen
from switchroom.domain.people import Variables
from switchroom.domain.scenario.effects import CollectDigits, Effect, EnterRoom, Talk
from switchroom.domain.scenario.graph import Graph
from switchroom.domain.shapes import Kind, Shape

_OF_NO_CODE = "D"
"""A key that no phone of ours has: what is not told is taken for no code when the story is told again."""


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
    """One event, when it was heard (steady time), and what of the surroundings was looked at."""

    story: StoryId
    at: datetime
    event: Begun | Event
    seen: Seen = Seen()


def without_secrets(event: Event, effect: Effect, *, is_code: bool = False) -> Event:
    """The event as it may be written down: a key that is no choice of the scenario is not told apart from another.

    `is_code`: pressed in a talk, it asked something of us, or is of the number that follows.
    """
    if isinstance(event, DigitsAsked) and not (isinstance(effect, CollectDigits) and not effect.secret):
        return msgspec.structs.replace(event, digits="0" * len(event.digits))
    if not isinstance(event, DigitHeard) or is_code:
        return event
    if isinstance(effect, Talk | EnterRoom):
        return DigitHeard(leg=event.leg, digit=_OF_NO_CODE)
    if isinstance(effect, CollectDigits) and (not effect.secret or event.digit in effect.end_keys):
        return event
    ends = effect.end_keys if isinstance(effect, CollectDigits) else ""
    return DigitHeard(leg=event.leg, digit=next(digit for digit in "0123456789*" if digit not in ends))
