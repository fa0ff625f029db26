"""Every fact of the product, as one closed union, and how a kept fact looks."""

from datetime import datetime
from typing import get_args

from switchroom.domain.facts.calls import AnyCallFact, CallFact
from switchroom.domain.facts.cards import AnyCardFact, CardFact
from switchroom.domain.facts.house import AnyHouseFact
from switchroom.domain.facts.messages import AnyMessageFact
from switchroom.domain.facts.operators import AnyOperatorFact
from switchroom.domain.facts.talks import AnyTalkFact
from switchroom.domain.identity import StoryId
from switchroom.domain.shapes import Shape

Fact = AnyCallFact | AnyTalkFact | AnyMessageFact | AnyCardFact | AnyOperatorFact | AnyHouseFact

FACT_TYPES: tuple[type[Fact], ...] = get_args(Fact)


class Kept(Shape, frozen=True, kw_only=True):
    """A fact as it lies in the ledger.

    `seq` grows by one with each fact of the house; `at` is the wall clock's UTC when it was written.
    """

    seq: int
    at: datetime
    story: StoryId | None
    fact: Fact


def story_of_fact(fact: Fact) -> StoryId | None:
    """Whose story a fact belongs to; None for facts of operators and of the house."""
    match fact:
        case CallFact(call=story) | CardFact(dialog=story):
            return story
        case _:
            return None
