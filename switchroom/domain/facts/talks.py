"""Facts about what people do with a talk: asking a third one, bringing together, and talking with more than two."""

from datetime import timedelta
from enum import StrEnum

from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import CallFact, GoesOut
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PagingId, PartyId, RoomId, StoryId, TrunkId, UserId
from switchroom.domain.paging import NotPagedWhy, PagingOver
from switchroom.domain.rooms import NotLetInWhy
from switchroom.domain.talk_keys import TalkKey


class ConsultationOver(StrEnum):
    """How a consultation ended."""

    CANCELLED = "cancelled"
    NOT_TAKEN = "not_taken"
    THIRD_LEFT = "third_left"
    FIRST_LEFT = "first_left"
    """Who waited has hung up; the other two go on."""
    HANDED_OVER = "handed_over"
    """Who asked left before the third had answered: who waited hears it ring now."""
    TRANSFERRED = "transferred"
    JOINED = "joined"


class LeftConferenceWhy(StrEnum):
    """How somebody left a conference."""

    HUNG_UP = "hung_up"
    REMOVED = "removed"
    STAYED_AWAY = "stayed_away"


class CameBack(CallFact, frozen=True, kw_only=True):
    """Nobody took the call where it was sent: it rings at who sent it there."""

    to: UserId


class CallerChanged(CallFact, frozen=True, kw_only=True):
    """This leg is the caller's from now on: who called has left, or was brought together with somebody else."""

    leg: LegId
    user: UserId | None = None


class ConsultationBegan(CallFact, frozen=True, kw_only=True):
    """Who talks calls a third one, while the other (`leg`) hears music. `to` is empty for somebody outside."""

    by: UserId
    leg: LegId
    to: str
    outside: PartyId | None = None


class ConsultationAnswered(CallFact, frozen=True, kw_only=True):
    """The third one has picked up, and talks with who asked."""

    by: UserId
    leg: LegId
    user: UserId | None = None


class ConsultationEnded(CallFact, frozen=True, kw_only=True):
    """The second talk is over, one way or the other."""

    by: UserId
    why: ConsultationOver


class Transferred(CallFact, frozen=True, kw_only=True):
    """Who asked has brought the two others together: the one at `leg` talks with the one at `to`."""

    by: UserId
    leg: LegId
    to: LegId
    user: UserId | None = None


class ConferenceBegan(CallFact, frozen=True, kw_only=True):
    """More than two talk."""

    by: UserId
    bridge: BridgeId


class ConferenceInvited(CallFact, frozen=True, kw_only=True):
    """Somebody of the conference calls one more. `to` is empty for somebody outside."""

    by: UserId
    to: str
    outside: PartyId | None = None


class ConferenceNotJoined(CallFact, frozen=True, kw_only=True):
    """Who was called into the conference did not take it."""

    to: str
    cause: EndCause


class ConferenceJoined(CallFact, frozen=True, kw_only=True):
    """This one hears the conference and is heard."""

    leg: LegId
    user: UserId | None = None


class ConferenceLeft(CallFact, frozen=True, kw_only=True):
    """This one is out of the conference; `by` if somebody removed them."""

    leg: LegId
    why: LeftConferenceWhy
    user: UserId | None = None
    by: UserId | None = None


class PartyMuted(CallFact, frozen=True, kw_only=True):
    """The others don't hear this one any more."""

    leg: LegId
    by: UserId
    user: UserId | None = None


class PartyUnmuted(CallFact, frozen=True, kw_only=True):
    """The others hear this one again."""

    leg: LegId
    by: UserId
    user: UserId | None = None


class ConferenceEnded(CallFact, frozen=True, kw_only=True):
    """No more than two are left."""

    lasted: timedelta


class PagingBegan(CallFact, frozen=True, kw_only=True):
    """The caller is about to speak through many phones: those of `called` ring, and are to take the call themselves."""

    paging: PagingId
    called: tuple[UserId, ...]


class PagingReached(CallFact, frozen=True, kw_only=True):
    """This member's phone took the call: after a beep they hear the speaker, and are heard by nobody."""

    paging: PagingId
    leg: LegId
    user: UserId


class PagingNotReached(CallFact, frozen=True, kw_only=True):
    """This member did not hear it."""

    paging: PagingId
    user: UserId
    why: NotPagedWhy


class PagingEnded(CallFact, frozen=True, kw_only=True):
    """It is over; `lasted` since the first phone took the call, `reached` so many people."""

    paging: PagingId
    why: PagingOver
    lasted: timedelta
    reached: int


class RoomReached(CallFact, frozen=True, kw_only=True):
    """The caller stands at the door of this conference room, and may come in."""

    room: RoomId
    leg: LegId
    user: UserId | None = None


class RoomNotEntered(CallFact, frozen=True, kw_only=True):
    """The caller did not come in."""

    room: RoomId
    why: NotLetInWhy


class RoomOpened(CallFact, frozen=True, kw_only=True):
    """The first one is in the room: it lives in their call, until the last one leaves."""

    room: RoomId
    bridge: BridgeId


class RoomClosed(CallFact, frozen=True, kw_only=True):
    """The last one has left the room."""

    room: RoomId
    lasted: timedelta


class ForwardRefusedWhy(StrEnum):
    """Why a phone's wish to send its call elsewhere was not granted."""

    LOOP = "loop"
    NOT_POSSIBLE = "not_possible"
    """It leads nowhere, or its user may not call there."""


class CallForwarded(CallFact, frozen=True, kw_only=True):
    """The phone of this user sent the call on while it rang there. `to` is empty for somebody outside."""

    by: UserId
    to: str
    outside: PartyId | None = None


class ForwardRefused(CallFact, frozen=True, kw_only=True):
    """It wanted to. `to` is empty where it is no extension."""

    by: UserId
    to: str
    why: ForwardRefusedWhy


class CodePressed(CallFact, frozen=True, kw_only=True):
    """One of us has pressed a code on their phone; `granted` if what it asks for could be done."""

    by: UserId
    leg: LegId
    code: TalkKey
    granted: bool


class CallParked(CallFact, frozen=True, kw_only=True):
    """The caller waits with music at a parking place; `by` put them there."""

    place: str
    by: UserId | None = None


class CallRetrieved(CallFact, frozen=True, kw_only=True):
    """Somebody fetched the caller from the parking place."""

    place: str
    by: UserId | None = None


class ParkingEnded(CallFact, frozen=True, kw_only=True):
    """Nobody fetched the caller in time, or they hung up."""

    place: str
    waited: timedelta


class PickedUp(CallFact, frozen=True, kw_only=True):
    """Somebody took the call that rang at others."""

    by: UserId
    leg: LegId


class LegJoined(CallFact, frozen=True, kw_only=True):
    """A leg of another call belongs to this one from now on."""

    leg: LegId
    was_of: StoryId
    user: UserId | None = None
    device: DeviceId | None = None
    trunk: TrunkId | None = None
    up: bool = False
    goes_out: GoesOut | None = None
    dialogs: tuple[StoryId, ...] = ()
    """Cards that lie open for it, and stay so as long as it talks here."""


class JoinedInto(CallFact, frozen=True, kw_only=True):
    """This call has given its leg to another one, and ends."""

    into: StoryId
    leg: LegId


class NotJoined(CallFact, frozen=True, kw_only=True):
    """What somebody wanted to pick up, or to fetch, was not there any more."""

    why: str
    by: UserId | None = None
    """Who of us wanted it."""
    taken_by: UserId | None = None
    """Who was faster, if somebody was."""


AnyTalkFact = (
    CallForwarded
    | ForwardRefused
    | CodePressed
    | CallParked
    | CallRetrieved
    | ParkingEnded
    | PickedUp
    | LegJoined
    | JoinedInto
    | NotJoined
    | CameBack
    | CallerChanged
    | ConsultationBegan
    | ConsultationAnswered
    | ConsultationEnded
    | Transferred
    | ConferenceBegan
    | ConferenceInvited
    | ConferenceNotJoined
    | ConferenceJoined
    | ConferenceLeft
    | PartyMuted
    | PartyUnmuted
    | ConferenceEnded
    | PagingBegan
    | PagingReached
    | PagingNotReached
    | PagingEnded
    | RoomReached
    | RoomNotEntered
    | RoomOpened
    | RoomClosed
)
