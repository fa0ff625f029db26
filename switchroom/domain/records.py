"""Card records: one filling of a card, as it is kept for good."""

from datetime import datetime
from typing import Any

from switchroom.domain.facts.cards import ClosedBy
from switchroom.domain.identity import CardId, QueueId, StoryId, UserId
from switchroom.domain.people import Secret
from switchroom.domain.scenario.effects import FillCard
from switchroom.domain.shapes import Shape
from switchroom.domain.situations.filling import Filling
from switchroom.domain.stories import StoryState


class CardRecord(Shape, frozen=True, kw_only=True):
    """What was typed into a card. `values` are personal: they can be corrected, masked and erased here."""

    dialog: StoryId
    card: CardId
    version: int
    holder: UserId
    call: StoryId | None = None
    queue: QueueId | None = None
    values: dict[str, Any] = {}
    revision: int = 0
    opened: datetime | None = None
    closed: datetime | None = None
    closed_by: ClosedBy | None = None
    disposition: str | None = None


def record_of(state: StoryState) -> CardRecord | None:
    """The record of a dialog that lies open; None for other stories."""
    match state.effect, state.situation:
        case FillCard() as want, Filling() as filling:
            return CardRecord(
                dialog=state.id,
                card=want.card,
                version=want.version,
                holder=want.holder,
                call=want.call,
                queue=want.queue,
                values={key: value for key, value in filling.values.items() if not isinstance(value, Secret)},
                revision=filling.revision,
                disposition=filling.disposition,
            )
        case _:
            return None
