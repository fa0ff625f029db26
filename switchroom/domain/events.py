"""What a story hears: reports of the switch, offers of the desk, requests of people, and time passing."""

from dataclasses import dataclass, field
from datetime import datetime

from switchroom.domain.causes import EndCause
from switchroom.domain.identity import (
    DeviceId,
    LegId,
    PlaybackId,
    RecordingId,
    StoryId,
    TrunkId,
    UserId,
)
from switchroom.domain.people import Value

# ---- reports of the switch about a leg or what was made for it


@dataclass(frozen=True, slots=True, kw_only=True)
class LegArrived:
    """Somebody calls us. `number` and `name` come from outside and are hostile until cleaned."""

    leg: LegId
    via: TrunkId | DeviceId
    by_trunk: bool
    dialled: str
    number: str
    name: str
    sip_call_id: str = ""
    answered: bool = False
    """True for a caller whom the static rules held while we were away."""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegRinging:
    """A leg that we made rings at last."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAnswered:
    """A leg that we made was taken."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class LegEnded:
    """A leg is gone. `ordered` when it ended because we asked for it."""

    leg: LegId
    cause: EndCause
    ordered: bool = False
    sip_code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitHeard:
    """A key was pressed."""

    leg: LegId
    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackEnded:
    """A playback came to its end, or failed (a missing file)."""

    playback: PlaybackId
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStopped:
    """Both halves of a recording are whole on the switch's disk."""

    recording: RecordingId


@dataclass(frozen=True, slots=True, kw_only=True)
class LegHeld:
    """The phone put us on hold by itself; the switch plays music to the other side."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class LegUnheld:
    """The phone took us back."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAsked:
    """The phone asks by REFER to send the other party on; nothing has moved yet."""

    leg: LegId
    to: str
    consulted: LegId | None = None


LegEvent = (
    LegArrived
    | LegRinging
    | LegAnswered
    | LegEnded
    | DigitHeard
    | PlaybackEnded
    | RecordingStopped
    | LegHeld
    | LegUnheld
    | TransferAsked
)

# ---- reports of the house


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """The moment that the situation waited for has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchReturned:
    """The switch was lost for a while and is back: what was asked of it meanwhile may not have been done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReturned:
    """A phone has signed in (again): from now on it can be rung."""

    device: DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTakenOver:
    """Another page of the same user has become the phone in the browser: what the old one held is lost."""

    device: DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade:
    """The desk holds this operator for the request; they can be rung at these devices."""

    operator: UserId
    devices: tuple[DeviceId, ...]
    passed_over: tuple[tuple[UserId, str], ...] = ()
    considered: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOver:
    """The talk that this card belongs to has ended: from now on its holder is in wrap-up."""

    call: StoryId


# ---- requests of people; what can't be done now is refused with a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUpAsked:
    """End the call, or only one's own part in it."""

    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAsked:
    """Put the other party on hold, with music, or take them back."""

    by: UserId
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOnAsked:
    """Send the other party to an extension (blind transfer)."""

    by: UserId
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteRecordingAsked:
    """Keep what is said now out of the recording, or go on recording."""

    by: UserId
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsTyped:
    """Somebody typed into the card. `revision` is the one that they saw."""

    by: UserId
    fields: dict[str, Value] = field(default_factory=dict)
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCardAsked:
    """The card is done; refused with all that is missing."""

    by: UserId
    disposition: str | None


Request = HangUpAsked | HoldAsked | SendOnAsked | MuteRecordingAsked | FieldsTyped | CloseCardAsked
Event = LegEvent | TimePassed | SwitchReturned | DeviceReturned | PhoneTakenOver | OfferMade | TalkOver | Request
