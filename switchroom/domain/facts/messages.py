"""Facts about messages that callers leave: what was said, who heard it, and what became of it."""

from datetime import timedelta
from enum import StrEnum

from switchroom.domain.facts.calls import CallFact
from switchroom.domain.identity import LegId, RecordingId, UserId
from switchroom.domain.shapes import Kind


class NotAMessageWhy(StrEnum):
    """Why nothing was kept of it."""

    TOO_SHORT = "too_short"
    SILENT = "silent"
    MISSING = "missing"
    """The switch has no sound of it."""
    BROKEN = "broken"
    """It can't be read."""


class MessageBegan(CallFact, frozen=True, kw_only=True):
    """The caller has heard the tone: what they say from here on is recorded for this user."""

    message: RecordingId
    user: UserId
    leg: LegId


class MessageEnded(CallFact, frozen=True, kw_only=True):
    """The recording was told to stop; it is looked at and encrypted afterwards."""

    message: RecordingId
    user: UserId
    lasted: timedelta


class MessageLeft(CallFact, frozen=True, kw_only=True):
    """The message lies encrypted in the user's box."""

    message: RecordingId
    user: UserId
    lasts: timedelta
    octets: int


class MessageNotKept(CallFact, frozen=True, kw_only=True):
    """There is no message."""

    message: RecordingId
    user: UserId
    why: NotAMessageWhy


class MessageFact(Kind, frozen=True, kw_only=True):
    """Something happened to a message in its box; told of no call, since the call is over."""

    message: RecordingId
    user: UserId
    """Whose box it is."""


class MessageHeard(MessageFact, frozen=True, kw_only=True):
    """The user listened to it, or says that they know what it says; `heard` false: it counts as new again."""

    heard: bool = True


class MessageDeleted(MessageFact, frozen=True, kw_only=True):
    """The user threw it away. For a while it can be taken back."""


class MessageTakenBack(MessageFact, frozen=True, kw_only=True):
    """They want it after all."""


class MessageErased(MessageFact, frozen=True, kw_only=True):
    """Its key was destroyed: it is gone from every backup too."""

    why: str


AnyMessageFact = (
    MessageBegan
    | MessageEnded
    | MessageLeft
    | MessageNotKept
    | MessageHeard
    | MessageDeleted
    | MessageTakenBack
    | MessageErased
)
