"""Facts about calls. They hold no personal values: people outside are pointed to by PartyId."""

from datetime import timedelta
from enum import StrEnum

from switchroom.domain.causes import EndCause
from switchroom.domain.fraud import Suspicion
from switchroom.domain.identity import (
    BridgeId,
    CardId,
    DeviceId,
    GroupId,
    LegId,
    NodeId,
    PartyId,
    PlaybackId,
    PromptId,
    QueueId,
    RecordingId,
    RouteId,
    ScenarioId,
    StoryId,
    TrunkId,
    UserId,
)
from switchroom.domain.limits import Charge
from switchroom.domain.quality import Quality
from switchroom.domain.shapes import Kind, Shape
from switchroom.domain.tariffs import Price


class Whose(StrEnum):
    """Whose doing an ending was."""

    CUSTOMER = "customer"
    US = "us"
    CARRIER = "carrier"


class NotTakenWhy(StrEnum):
    """Why an offered call was not taken."""

    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    CALLER_LEFT = "caller_left"
    OUT_OF_TIME = "out_of_time"
    WE_WERE_AWAY = "we_were_away"


class LeftQueueWhy(StrEnum):
    """How a wait in a queue ended."""

    SERVED = "served"
    ABANDONED = "abandoned"
    WAITED_TOO_LONG = "waited_too_long"
    REFUSED = "refused"
    SWITCH_LOST = "switch_lost"


class DecidedBy(StrEnum):
    """Who said whether a talk is recorded."""

    RULE = "rule"
    PLACE = "place"
    """No rule: the queue, the group, or the component that rang."""
    SCENARIO = "scenario"
    ON_DEMAND = "on_demand"


class RecordingWish(StrEnum):
    """What a scenario wishes of the recording of its talks."""

    RECORD = "record"
    DONT_RECORD = "dont_record"
    BY_RULES = "by_rules"


class Purpose(StrEnum):
    """What one of us calls for."""

    TALK = "talk"
    LISTEN = "listen"
    TEST = "test"
    """To hear oneself: are microphone and headset right?"""


class LeftGroupWhy(StrEnum):
    """How the ringing of a group ended."""

    TAKEN = "taken"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    CALLER_LEFT = "caller_left"


class CallFact(Kind, frozen=True, kw_only=True):
    """Something happened in this call."""

    call: StoryId


class CallArrived(CallFact, frozen=True, kw_only=True):
    """A leg came to us, from a trunk (an inbound call) or from a device of a user (a call of theirs).

    `callee` is the person outside whom one of us calls; `dialled` is empty then, since it is their number.
    """

    leg: LegId
    caller: PartyId
    dialled: str
    callee: PartyId | None = None
    trunk: TrunkId | None = None
    device: DeviceId | None = None
    user: UserId | None = None
    sip_call_id: str = ""
    held_before: timedelta = timedelta(0)
    """How long the static rules held the caller while we were away."""


class CallPlaced(CallFact, frozen=True, kw_only=True):
    """One of us calls from a page: their own phone is rung first, then whom they call.

    `caller`, `callee` and `dialled` as in CallArrived.
    """

    user: UserId
    caller: PartyId
    dialled: str
    callee: PartyId | None = None
    purpose: Purpose = Purpose.TALK


class CallerReached(CallFact, frozen=True, kw_only=True):
    """Who wanted the call has taken their own phone: this leg is the caller's from now on."""

    leg: LegId
    user: UserId


class CalleeNotReached(CallFact, frozen=True, kw_only=True):
    """Whom one of us called did not take the call."""

    cause: EndCause
    user: UserId | None = None


class Routed(CallFact, frozen=True, kw_only=True):
    """Why the call goes where it goes."""

    route: RouteId | None
    to: str
    why: str


class ScenarioBegan(CallFact, frozen=True, kw_only=True):
    """The call runs this scenario, in this version, to its end. Version 0: built in, made from the route."""

    scenario: ScenarioId
    version: int


class NodeEntered(CallFact, frozen=True, kw_only=True):
    """The scenario came to this component."""

    node: NodeId
    component: str


class NodeLeft(CallFact, frozen=True, kw_only=True):
    """The component was left by this exit."""

    node: NodeId
    exit: str


class CallAnswered(CallFact, frozen=True, kw_only=True):
    """We answered the caller: from now on they are charged."""

    leg: LegId


class QueueEntered(CallFact, frozen=True, kw_only=True):
    """The caller began to wait; `by`: one of us, to ask somebody there while their customer hears music."""

    queue: QueueId
    priority: int = 0
    by: UserId | None = None


class OperatorOffered(CallFact, frozen=True, kw_only=True):
    """The call is about to ring at an operator. Written before the phone rings."""

    queue: QueueId
    operator: UserId
    waited: timedelta
    considered: int
    passed_over: tuple[tuple[UserId, str], ...] = ()
    why: str = ""


class OfferNotTaken(CallFact, frozen=True, kw_only=True):
    """The operator did not take the call; it keeps its place and its age."""

    queue: QueueId
    operator: UserId
    why: NotTakenWhy
    rang: timedelta
    takes_out_of_ready: bool = False


class OperatorConnected(CallFact, frozen=True, kw_only=True):
    """Caller and operator hear each other."""

    queue: QueueId
    operator: UserId
    leg: LegId
    waited: timedelta


class QueueLeft(CallFact, frozen=True, kw_only=True):
    """The wait is over, one way or the other; `by` as in `QueueEntered`."""

    queue: QueueId
    why: LeftQueueWhy
    waited: timedelta
    operator: UserId | None = None
    by: UserId | None = None


class GroupRung(CallFact, frozen=True, kw_only=True):
    """The call rings a group; its members in the order in which they are rung."""

    group: GroupId
    order: tuple[UserId, ...]


class GroupLeft(CallFact, frozen=True, kw_only=True):
    """A member took the call, or nobody did."""

    group: GroupId
    why: LeftGroupWhy
    rang: timedelta
    by: UserId | None = None


class GoesOut(Shape, frozen=True, kw_only=True):
    """What is to be paid of a leg that we rang by a trunk, see `LegRung`; `up_for`: how long ago it was taken."""

    emergency: bool = False
    price: Price | None = None
    payer: UserId | None = None
    by_device: DeviceId | None = None
    up_for: timedelta | None = None


class LegRung(CallFact, frozen=True, kw_only=True):
    """We are about to ring somebody."""

    leg: LegId
    user: UserId | None = None
    device: DeviceId | None = None
    trunk: TrunkId | None = None
    country: str | None = None
    """Of the number outside, where it is known; never of an emergency."""
    price: Price | None = None
    """What a call to that number costs by this trunk, as of now."""
    payer: UserId | None = None
    """Who of us has a number outside rung: the caller, or whoever consults."""
    by_device: DeviceId | None = None
    """Their phone."""


class LegTaken(CallFact, frozen=True, kw_only=True):
    """A rung leg was answered."""

    leg: LegId
    user: UserId | None = None


class LegGone(CallFact, frozen=True, kw_only=True):
    """A leg is no more."""

    leg: LegId
    cause: EndCause
    user: UserId | None = None
    ordered: bool = False
    charge: Charge | None = None
    """Of a leg outside that was taken."""


class TalkBegan(CallFact, frozen=True, kw_only=True):
    """Two parties of the call were connected."""

    bridge: BridgeId
    caller: LegId
    callee: LegId
    user: UserId | None = None
    queue: QueueId | None = None


class TalkEnded(CallFact, frozen=True, kw_only=True):
    """They hear each other no longer."""

    by: Whose
    talked: timedelta
    user: UserId | None = None
    queue: QueueId | None = None


class PutOnHold(CallFact, frozen=True, kw_only=True):
    """One party waits with music."""

    leg: LegId
    by: UserId | None = None


class TakenBack(CallFact, frozen=True, kw_only=True):
    """Held no longer."""

    leg: LegId
    by: UserId | None = None


class DigitsSent(CallFact, frozen=True, kw_only=True):
    """Somebody pressed keys on their page for the other side to hear; which ones is nobody's business."""

    leg: LegId
    by: UserId
    count: int


class FraudStopped(CallFact, frozen=True, kw_only=True):
    """The fraud guard ends this leg outside: the phone, or the person, that made it calls as only a thief does."""

    leg: LegId
    user: UserId
    device: DeviceId | None = None
    """None: it is the person who is stopped, by whichever phone."""
    why: Suspicion


class QualityMeasured(CallFact, frozen=True, kw_only=True):
    """How well a leg was heard: measured by the switch when it ended, or told by a page while it changed."""

    leg: LegId
    user: UserId | None = None
    by_page: bool = False
    quality: Quality


class ListeningBegan(CallFact, frozen=True, kw_only=True):
    """Somebody hears this call from now on, by a story of their own."""

    by: UserId
    through: StoryId
    leg: LegId


class ListeningEnded(CallFact, frozen=True, kw_only=True):
    """They hear it no longer."""

    by: UserId
    through: StoryId
    lasted: timedelta


class TalkInterrupted(CallFact, frozen=True, kw_only=True):
    """A page was reloaded, closed or crashed during the talk: the other party hears music until it is back."""

    leg: LegId
    device: DeviceId
    user: UserId


class TalkResumed(CallFact, frozen=True, kw_only=True):
    """The page is back, and they talk on; `leg` has taken the place of `was`."""

    leg: LegId
    was: LegId
    user: UserId
    after: timedelta


class PageStayedAway(CallFact, frozen=True, kw_only=True):
    """The page did not come back in time, or the talk ended before."""

    user: UserId


class SentOn(CallFact, frozen=True, kw_only=True):
    """The call goes on to another extension: by a scenario, or by somebody's wish.

    `to` is empty when it goes to somebody outside, to whom `outside` points.
    """

    to: str
    by: UserId | None = None
    outside: PartyId | None = None


class RecordingWished(CallFact, frozen=True, kw_only=True):
    """The scenario says how talks of this call are recorded from here on."""

    wish: RecordingWish


class RecordingDecided(CallFact, frozen=True, kw_only=True):
    """Whether the talk is recorded, and why. `share`: so many of a hundred are; `title` is that of the rule then."""

    record: bool
    by: DecidedBy
    rule: str | None = None
    title: str | None = None
    share: int | None = None
    user: UserId | None = None
    """Who asked for it."""
    format: str | None = None
    kept_for: timedelta | None = None


class RecordingAnnounced(CallFact, frozen=True, kw_only=True):
    """They hear that the talk will be recorded; it begins after that. First is what the one outside hears."""

    prompt: PromptId
    playbacks: tuple[PlaybackId, ...]


class RecordingBegan(CallFact, frozen=True, kw_only=True):
    """The talk is recorded from here on."""

    recording: RecordingId
    leg: LegId
    queue: QueueId | None = None


class RecordingMuted(CallFact, frozen=True, kw_only=True):
    """What is said now is not in the recording."""

    recording: RecordingId
    by: UserId


class RecordingUnmuted(CallFact, frozen=True, kw_only=True):
    """It is again."""

    recording: RecordingId
    by: UserId


class RecordingEnded(CallFact, frozen=True, kw_only=True):
    """The recording was told to stop; it is joined and encrypted afterwards."""

    recording: RecordingId


class RecordingKept(CallFact, frozen=True, kw_only=True):
    """The recording lies joined and encrypted in the archive."""

    recording: RecordingId
    lasts: timedelta
    octets: int


class RecordingFailed(CallFact, frozen=True, kw_only=True):
    """There is no recording. `why`: `missing`, the switch has none; `broken`, it can't be read."""

    recording: RecordingId
    why: str


class CardShown(CallFact, frozen=True, kw_only=True):
    """A card of this call was opened at somebody; its own story is `dialog`."""

    dialog: StoryId
    card: CardId
    holder: UserId


class Failed(CallFact, frozen=True, kw_only=True):
    """A component could not do its work and left by its error exit."""

    node: NodeId
    why: str


class CallAdopted(CallFact, frozen=True, kw_only=True):
    """We were away (a crash, a restart) and took the call up again with the legs that were still there."""

    away: timedelta
    legs: int = 0
    legs_lost: int = 0


class CallEnded(CallFact, frozen=True, kw_only=True):
    """The call is over."""

    disposition: str
    whose: Whose
    lasted: timedelta


class CallWhileAway(CallFact, frozen=True, kw_only=True):
    """The static rules served this call while we were away; taken in from the switch's own record."""

    caller: PartyId
    dialled: str
    rule: str
    disposition: str
    lasted: timedelta
    talked: timedelta
    ago: timedelta
    """How long before this fact it ended."""
    trunk: TrunkId | None = None
    device: DeviceId | None = None
    user: UserId | None = None


AnyCallFact = (
    CallArrived
    | CallPlaced
    | CallerReached
    | CalleeNotReached
    | Routed
    | ScenarioBegan
    | NodeEntered
    | NodeLeft
    | CallAnswered
    | QueueEntered
    | OperatorOffered
    | OfferNotTaken
    | OperatorConnected
    | QueueLeft
    | GroupRung
    | GroupLeft
    | LegRung
    | LegTaken
    | LegGone
    | TalkBegan
    | TalkEnded
    | PutOnHold
    | TakenBack
    | DigitsSent
    | FraudStopped
    | QualityMeasured
    | ListeningBegan
    | ListeningEnded
    | TalkInterrupted
    | TalkResumed
    | PageStayedAway
    | SentOn
    | RecordingWished
    | RecordingDecided
    | RecordingAnnounced
    | RecordingBegan
    | RecordingMuted
    | RecordingUnmuted
    | RecordingEnded
    | RecordingKept
    | RecordingFailed
    | CardShown
    | Failed
    | CallAdopted
    | CallEnded
    | CallWhileAway
)
