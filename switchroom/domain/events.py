"""What a story hears: reports of the switch, offers of the desk, requests of people, and time passing."""

from datetime import datetime, timedelta
from typing import Any

from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import GoesOut
from switchroom.domain.identity import (
    DeviceId,
    LegId,
    PlaybackId,
    QueueId,
    RecordingId,
    StoryId,
    TrunkId,
    UserId,
)
from switchroom.domain.shapes import Kind

# ---- reports of the switch about a leg or what was made for it


class LegArrived(Kind, frozen=True, kw_only=True):
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


class LegUnnoticed(Kind, frozen=True, kw_only=True):
    """Nobody over there has taken note of the call in time: by SIP not even `100 Trying` came."""

    leg: LegId


class LegRinging(Kind, frozen=True, kw_only=True):
    """A leg that we made rings at last."""

    leg: LegId


class LegAnswered(Kind, frozen=True, kw_only=True):
    """A leg that we made was taken."""

    leg: LegId


class LegEnded(Kind, frozen=True, kw_only=True):
    """A leg is gone. `ordered` when it ended because we asked for it."""

    leg: LegId
    cause: EndCause
    ordered: bool = False
    sip_code: int | None = None
    moved_to: str = ""
    """Where a phone that rang wants its call sent (302); from outside, of keys only."""


class DigitHeard(Kind, frozen=True, kw_only=True):
    """A key was pressed."""

    leg: LegId
    digit: str


class PlaybackEnded(Kind, frozen=True, kw_only=True):
    """A playback came to its end, or failed (a missing file)."""

    playback: PlaybackId
    failed: bool = False


class RecordingStopped(Kind, frozen=True, kw_only=True):
    """Both halves of a recording are whole on the switch's disk."""

    recording: RecordingId


class LegHeld(Kind, frozen=True, kw_only=True):
    """The phone put us on hold by itself; the switch plays music to the other side."""

    leg: LegId


class LegUnheld(Kind, frozen=True, kw_only=True):
    """The phone took us back."""

    leg: LegId


class LegTalks(Kind, frozen=True, kw_only=True):
    """Somebody whom we watch for it begins to speak, or falls silent."""

    leg: LegId
    on: bool


class TakeInAsked(Kind, frozen=True, kw_only=True):
    """Another call wants this one to take its leg in: its person picks up what rings here, fetches who is parked, or
    comes into the room that is here.
    """

    giver: StoryId
    leg: LegId
    user: UserId | None = None
    device: DeviceId | None = None
    trunk: TrunkId | None = None
    up: bool = False
    number: str = ""
    """Of somebody outside."""
    goes_out: GoesOut | None = None
    queue: QueueId | None = None
    """From which they have the call that is left."""
    dialogs: tuple[StoryId, ...] = ()
    """Their cards of it."""


class TransferAsked(Kind, frozen=True, kw_only=True):
    """The phone asks by REFER to send the other party on; nothing has moved yet.

    `consulted`: the phone's own leg in another call, whose other party is to come in its place; `third` is that one.
    """

    leg: LegId
    to: str
    consulted: LegId | None = None
    third: TakeInAsked | None = None


LegEvent = (
    LegArrived
    | LegRinging
    | LegUnnoticed
    | LegAnswered
    | LegEnded
    | DigitHeard
    | PlaybackEnded
    | RecordingStopped
    | LegHeld
    | LegUnheld
    | LegTalks
    | TransferAsked
)

# ---- reports of the house


class TimePassed(Kind, frozen=True, kw_only=True):
    """The moment that the situation waited for has come."""


class SwitchReturned(Kind, frozen=True, kw_only=True):
    """The switch was lost for a while and is back: what was asked of it meanwhile may not have been done."""


class EngineReturned(Kind, frozen=True, kw_only=True):
    """We were away ourselves, and take up what we had saved; so many legs are still there."""

    away: timedelta
    legs: int
    legs_lost: int


class DeviceReturned(Kind, frozen=True, kw_only=True):
    """A phone has signed in (again): from now on it can be rung. Not `anew`: we looked, and it was there."""

    device: DeviceId
    anew: bool = True


class PhoneTakenOver(Kind, frozen=True, kw_only=True):
    """Another page of the same user has become the phone in the browser: what the old one held is lost."""

    device: DeviceId


class OfferMade(Kind, frozen=True, kw_only=True):
    """The desk holds this operator for the request; they can be rung at these devices."""

    operator: UserId
    devices: tuple[DeviceId, ...]
    passed_over: tuple[tuple[UserId, str], ...] = ()
    considered: int = 0
    why: str = ""


class TalkOver(Kind, frozen=True, kw_only=True):
    """The talk that this card belongs to has ended: from now on its holder is in wrap-up."""

    call: StoryId


class JoinRefused(Kind, frozen=True, kw_only=True):
    """The other call did not take the leg in."""

    why: str
    code: str = ""
    """Of the refusal."""
    taken_by: UserId | None = None
    """Who of us talks there by now."""


# ---- requests of people; what can't be done now is refused with a reason


class HangUpAsked(Kind, frozen=True, kw_only=True):
    """End the call, or only one's own part in it."""

    by: UserId


class HoldAsked(Kind, frozen=True, kw_only=True):
    """Put the other party on hold, with music, or take them back."""

    by: UserId
    on: bool


class DigitsAsked(Kind, frozen=True, kw_only=True):
    """Press these keys on somebody's phone."""

    by: UserId
    digits: str


class SendOnAsked(Kind, frozen=True, kw_only=True):
    """Send the other party to an extension (blind transfer)."""

    by: UserId
    to: str


class ParkAsked(Kind, frozen=True, kw_only=True):
    """Let the other party wait at the first free parking place."""

    by: UserId


class ConsultAsked(Kind, frozen=True, kw_only=True):
    """Put the other party on hold, and call a third one: an extension, or a number outside."""

    by: UserId
    to: str


class CompleteTransferAsked(Kind, frozen=True, kw_only=True):
    """Bring the party on hold together with the third one, and leave."""

    by: UserId


class CancelConsultationAsked(Kind, frozen=True, kw_only=True):
    """Let the third one go, and talk with the party on hold again."""

    by: UserId


class ToggleAsked(Kind, frozen=True, kw_only=True):
    """Talk with the other of the two; the one before hears music."""

    by: UserId


class JoinAllAsked(Kind, frozen=True, kw_only=True):
    """Let all three hear each other."""

    by: UserId


class InviteAsked(Kind, frozen=True, kw_only=True):
    """Call one more into this talk: an extension, or a number outside."""

    by: UserId
    to: str


class MutePartyAsked(Kind, frozen=True, kw_only=True):
    """Let the others of a conference not hear this one, or hear them again."""

    by: UserId
    leg: LegId
    on: bool


class RemovePartyAsked(Kind, frozen=True, kw_only=True):
    """Take somebody out of a conference, or call them no longer."""

    by: UserId
    leg: LegId


class MuteRecordingAsked(Kind, frozen=True, kw_only=True):
    """Keep what is said now out of the recording, or go on recording."""

    by: UserId
    muted: bool


class RecordAsked(Kind, frozen=True, kw_only=True):
    """Record this talk from now on, by somebody's wish; or no longer."""

    by: UserId
    on: bool


class FieldsTyped(Kind, frozen=True, kw_only=True):
    """Somebody typed into the card. `revision` is the one that they saw."""

    by: UserId
    fields: dict[str, Any] = {}
    """Texts, numbers, yes or no, by the key of the field."""
    revision: int
    disposition: str | None = None
    """The result that was chosen meanwhile; None: it stays as it was; empty: none any more."""


class CloseCardAsked(Kind, frozen=True, kw_only=True):
    """The card is done; refused with all that is missing."""

    by: UserId
    disposition: str | None


Request = (
    HangUpAsked
    | HoldAsked
    | DigitsAsked
    | SendOnAsked
    | ParkAsked
    | ConsultAsked
    | CompleteTransferAsked
    | CancelConsultationAsked
    | ToggleAsked
    | JoinAllAsked
    | InviteAsked
    | MutePartyAsked
    | RemovePartyAsked
    | MuteRecordingAsked
    | RecordAsked
    | FieldsTyped
    | CloseCardAsked
)
Event = (
    LegEvent
    | TimePassed
    | SwitchReturned
    | EngineReturned
    | DeviceReturned
    | PhoneTakenOver
    | OfferMade
    | TalkOver
    | TakeInAsked
    | JoinRefused
    | Request
)
