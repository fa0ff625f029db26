"""What a scenario asks of the engine, one at a time, and what comes back."""

from datetime import timedelta

from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import RecordingWish, Whose
from switchroom.domain.identity import (
    CardId,
    DeviceId,
    GroupId,
    LegId,
    ModeId,
    PagingId,
    QueueId,
    RoomId,
    StoryId,
    UserId,
)
from switchroom.domain.media import Media
from switchroom.domain.modes import DayPart
from switchroom.domain.people import Secret
from switchroom.domain.rooms import NotLetInWhy
from switchroom.domain.shapes import Kind


class AnswerCall(Kind, frozen=True, kw_only=True):
    """Answer the caller."""


class PlayMedia(Kind, frozen=True, kw_only=True):
    """Play to the caller, to the end."""

    media: tuple[Media, ...]


class CollectDigits(Kind, frozen=True, kw_only=True):
    """Play, and take keys: the first key breaks the prompt off.

    `first_wait` counts from the end of the prompt, `next_wait` from the last key.
    """

    media: tuple[Media, ...] = ()
    most: int = 1
    end_keys: str = "#"
    first_wait: timedelta = timedelta(seconds=5)
    next_wait: timedelta = timedelta(seconds=3)
    secret: bool = False


class RingCaller(Kind, frozen=True, kw_only=True):
    """Ring who wants the call at these of their own phones; whoever takes one is the caller."""

    user: UserId
    devices: tuple[DeviceId, ...]
    ring_for: timedelta


class HearOneself(Kind, frozen=True, kw_only=True):
    """Let the caller hear themselves, for so long at most."""

    at_most: timedelta


class ListenTo(Kind, frozen=True, kw_only=True):
    """Let the caller hear another call, at this leg of it, without being heard; `user` is who of us talks there."""

    call: StoryId
    leg: LegId
    user: UserId | None = None


class RingUser(Kind, frozen=True, kw_only=True):
    """Ring all devices of a user until one is taken. `returned`: they had sent the call on, and nobody took it."""

    user: UserId
    ring_for: timedelta
    record: bool = False
    returned: bool = False
    diverted_by: str = ""
    """The number of whoever's phone sent the call here."""


class RingExtension(Kind, frozen=True, kw_only=True):
    """Ring whoever this extension leads to by now. Never an effect itself: it becomes one when it is entered."""

    extension: str
    ring_for: timedelta
    record: bool = False


class RingGroup(Kind, frozen=True, kw_only=True):
    """Ring the members of a group by its rules until one takes the call."""

    group: GroupId


class SpeakToAll(Kind, frozen=True, kw_only=True):
    """Let the caller speak through the phones of all members who are free, and hear none of them."""

    paging: PagingId


class RingOutside(Kind, frozen=True, kw_only=True):
    """Ring a number outside by these trunks, the next one when a trunk refuses or has no free channel.

    `caller_id` is shown instead of the trunk's own number; `always` takes a trunk whose channels are all in use, too.
    """

    number: str
    trunks: tuple[str, ...]
    ring_for: timedelta
    caller_id: str | None = None
    always: bool = False
    destination: str | None = None
    """The E.164 number that it means, by which it is charged."""
    payer: UserId | None = None
    """Who of us has it rung, if it is not the caller."""
    diverted_by: str = ""
    """Our number outside of whoever's phone sent the call there."""


class TakeMessage(Kind, frozen=True, kw_only=True):
    """Let the caller leave a message for this user; `greeting` is heard instead of the usual one."""

    user: UserId
    greeting: str | None = None


class ParkCall(Kind, frozen=True, kw_only=True):
    """Let the caller wait with music at this place, until somebody fetches them. One of us who calls it fetches."""

    place: str
    back_to: UserId | None = None


class PickUp(Kind, frozen=True, kw_only=True):
    """Take a call that rings at a colleague; `of`: at this extension; `call`: this one."""

    of: str | None = None
    call: StoryId | None = None


class EnterRoom(Kind, frozen=True, kw_only=True):
    """Let the caller into a conference room, after its PIN if it has one, until they leave."""

    room: RoomId


class WaitForOperator(Kind, frozen=True, kw_only=True):
    """Wait in a queue until an operator takes the call or the wait is over; `personal` is asked before others."""

    queue: QueueId
    give_up_after: timedelta | None = None
    priority: int = 0
    card: CardId | None = None
    personal: UserId | None = None


class Talk(Kind, frozen=True, kw_only=True):
    """Let the two who were connected talk until one of them leaves."""

    queue: QueueId | None = None
    user: UserId | None = None


class LookAtMode(Kind, frozen=True, kw_only=True):
    """Is it day or night by this switch?"""

    mode: ModeId


class ThrowMode(Kind, frozen=True, kw_only=True):
    """Throw this switch to its other side, if the caller is one of us who may."""

    mode: ModeId


class SetRecording(Kind, frozen=True, kw_only=True):
    """Whether talks of this call are recorded from now on."""

    wish: RecordingWish


class OpenCard(Kind, frozen=True, kw_only=True):
    """Open a card at the operator of this call; before there is one, at whoever takes it."""

    card: CardId


class EndCall(Kind, frozen=True, kw_only=True):
    """Hang the caller up with this cause."""

    cause: EndCause


class FillCard(Kind, frozen=True, kw_only=True):
    """A dialog's effect: the card lies open before its holder until closed, or until the wrap-up limit."""

    card: CardId
    version: int
    holder: UserId
    call: StoryId | None = None
    queue: QueueId | None = None
    wrap_up_limit: timedelta | None = None


Effect = (
    AnswerCall
    | PlayMedia
    | CollectDigits
    | RingCaller
    | HearOneself
    | ListenTo
    | RingUser
    | RingGroup
    | SpeakToAll
    | RingOutside
    | TakeMessage
    | ParkCall
    | PickUp
    | EnterRoom
    | WaitForOperator
    | Talk
    | LookAtMode
    | ThrowMode
    | SetRecording
    | OpenCard
    | EndCall
    | FillCard
)


class Done(Kind, frozen=True, kw_only=True):
    """It was done."""


class Collected(Kind, frozen=True, kw_only=True):
    """Keys that were pressed; none is silence."""

    digits: str | Secret


class Connected(Kind, frozen=True, kw_only=True):
    """The rung party took the call and is connected to the caller."""

    leg: LegId
    user: UserId | None = None
    queue: QueueId | None = None


class NotReached(Kind, frozen=True, kw_only=True):
    """Nobody took the call."""

    cause: EndCause


class Forwarded(Kind, frozen=True, kw_only=True):
    """The phone of this user wants the call sent there (302); it rings there as it would have rung here."""

    by: UserId
    to: str
    ring_for: timedelta
    record: bool = False


class WaitedTooLong(Kind, frozen=True, kw_only=True):
    """Nobody could be found in time."""


class QueueRefused(Kind, frozen=True, kw_only=True):
    """The queue takes nobody now: full, closed, or not there."""

    why: str


class TalkFinished(Kind, frozen=True, kw_only=True):
    """The talk is over and the caller still there."""

    by: Whose


class NotLetIn(Kind, frozen=True, kw_only=True):
    """The caller did not come into the room."""

    why: NotLetInWhy


class ModeSays(Kind, frozen=True, kw_only=True):
    """It is day, or night, by a switch."""

    part: DayPart


class SendOn(Kind, frozen=True, kw_only=True):
    """Somebody in the talk wants the caller to go on to this extension."""

    to: str
    by: UserId


class CardFilled(Kind, frozen=True, kw_only=True):
    """The card was closed."""

    disposition: str | None


class CallerLeft(Kind, frozen=True, kw_only=True):
    """The caller is gone, or was hung up; the scenario ends."""

    by: Whose
    cause: EndCause = EndCause.NORMAL


class Trouble(Kind, frozen=True, kw_only=True):
    """It could not be done; the component's error exit is taken."""

    why: str


Outcome = (
    Done
    | Collected
    | Connected
    | NotReached
    | Forwarded
    | WaitedTooLong
    | QueueRefused
    | TalkFinished
    | NotLetIn
    | ModeSays
    | SendOn
    | CardFilled
    | CallerLeft
    | Trouble
)
