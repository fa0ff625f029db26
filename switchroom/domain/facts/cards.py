"""Facts about dialogs: the life of one card record. Values typed are kept in the record, not here."""

from datetime import timedelta
from enum import StrEnum

from switchroom.domain.identity import CardId, QueueId, StoryId, UserId
from switchroom.domain.shapes import Kind


class ClosedBy(StrEnum):
    """What closed a card."""

    HOLDER = "holder"
    WRAP_UP_LIMIT = "wrap_up_limit"
    ADMINISTRATOR = "administrator"


class CardFact(Kind, frozen=True, kw_only=True):
    """Something happened with this card record."""

    dialog: StoryId


class CardOpened(CardFact, frozen=True, kw_only=True):
    """A card opened at its holder, who is not ready again before it is closed."""

    card: CardId
    version: int
    holder: UserId
    call: StoryId | None = None
    queue: QueueId | None = None


class CardTyped(CardFact, frozen=True, kw_only=True):
    """These fields got new values; they are on disk."""

    fields: tuple[str, ...]
    revision: int
    by: UserId


class WrapUpBegan(CardFact, frozen=True, kw_only=True):
    """The talk is over and the card still open."""

    holder: UserId
    limit: timedelta | None
    queue: QueueId | None = None


class CardClosed(CardFact, frozen=True, kw_only=True):
    """The card is done; its holder is free of it."""

    holder: UserId
    by: ClosedBy
    wrapped_up: timedelta
    disposition: str | None = None
    queue: QueueId | None = None


AnyCardFact = CardOpened | CardTyped | WrapUpBegan | CardClosed
