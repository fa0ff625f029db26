"""How a talk stands: two talk, one of them consults a third, or more than two are together."""

from datetime import datetime, timedelta

from switchroom.domain.identity import BridgeId, LegId, PartyId, PlaybackId, QueueId, RoomId, UserId
from switchroom.domain.rooms import MOST
from switchroom.domain.scenario.effects import RingGroup, RingOutside, RingUser, WaitForOperator
from switchroom.domain.shapes import Kind, Shape
from switchroom.domain.situations.grouping import InGroup
from switchroom.domain.situations.interrupted import Lost
from switchroom.domain.situations.ringing import Ringing
from switchroom.domain.situations.waiting import Waiting
from switchroom.domain.talk_keys import TalkKey

Third = RingUser | RingGroup | RingOutside | WaitForOperator


class Keying(Shape, frozen=True, kw_only=True):
    """One of us keys in a number on their phone, or hears at which place the other will be parked; the other waits."""

    by: UserId
    leg: LegId
    waits: LegId
    wants: TalkKey
    number: str = ""
    """So far; or the parking place."""
    playback: PlaybackId | None = None
    """What they hear."""
    until: datetime


class Talking(Kind, frozen=True, kw_only=True):
    """They talk; `held` is the party that waits with music."""

    held: LegId | None = None
    muted: bool = False
    lost: Lost | None = None
    returns: int = 0
    """How often a page was rung to come back."""
    thirds: int = 0
    """How many third ones were called: the next one's legs are named by it."""
    ends_with_either: bool = False
    """Who called first is gone: no scenario goes on with who is the caller now."""
    number: str = ""
    """The number outside of who was called last into the talk, if they are none of us."""
    keys: str = ""
    """The last keys on a phone of ours, as far as they may begin a code."""
    presses: int = 0
    """How often a code was pressed."""
    keyed_by: LegId | None = None
    keyed_at: datetime | None = None
    """At which phone the last of the keys was pressed, and when."""
    keying: Keying | None = None


class Rung(Shape, frozen=True, kw_only=True):
    """A third one who is called, or a queue in which somebody waits for one: `number` names their legs.

    `began` is when it began to ring.
    """

    number: int
    by: UserId
    to: str
    """The extension; empty for somebody outside."""
    outside: PartyId | None = None
    dialled: str = ""
    """Their number outside."""
    want: Third
    began: datetime
    ringing: Ringing | InGroup | Waiting
    forwarded: tuple[UserId, ...] = ()
    """Whose phones have sent the call on."""

    @property
    def number_outside(self) -> str:
        """Whom they are called by, if they are none of us."""
        return self.dialled or self.to if isinstance(self.want, RingOutside) else ""

    @property
    def until(self) -> datetime:
        """When something has to be decided, if nobody answers."""
        match self.ringing:
            case Waiting(wake=wake):
                return wake
            case Ringing(until=until, away=away, legs=()) if away is not None:
                return min(until, away.until)
            case ringing:
                return ringing.until

    @property
    def queue(self) -> QueueId | None:
        """The queue in which somebody waits for them."""
        return self.want.queue if isinstance(self.want, WaitForOperator) else None


class Consulting(Kind, frozen=True, kw_only=True):
    """Who asked (`asker`) talks with a third, or waits for them; the `first` one hears music meanwhile.

    While it rings, either may be gone: then the other one waits for the third.
    """

    by: UserId
    asker: LegId | None
    first: LegId | None
    rung: Rung | None
    """None once the third has answered."""
    thirds: int
    third: LegId | None = None
    third_user: UserId | None = None
    number: str = ""
    """The third one's number, if they are outside."""
    queue: QueueId | None = None
    """From which the third one took it."""
    bridge: BridgeId | None = None
    """Where asker and third hear each other."""
    with_first: bool = False
    """Toggled: the asker talks with the first one, and the third hears music."""
    recorded: bool = False
    """The talk was recorded: so is the one that comes of it."""
    wished: bool = False
    """Somebody began to record in the consultation itself: what the asker says and hears."""
    coming_back: bool = False
    """Nobody took the call: it rings at who sent it on."""
    muted: bool = False
    lost: Lost | None = None
    returns: int = 0
    keys: str = ""
    presses: int = 0
    keyed_by: LegId | None = None
    keyed_at: datetime | None = None

    @property
    def partner(self) -> LegId | None:
        """Whom the asker hears."""
        return self.first if self.with_first else self.third

    @property
    def waits(self) -> LegId | None:
        """Who hears music."""
        return self.third if self.with_first else self.first


class Member(Shape, frozen=True, kw_only=True):
    """One of a conference."""

    leg: LegId
    user: UserId | None = None
    muted: bool = False
    number: str = ""
    """If they are outside and were called into it."""


class Together(Kind, frozen=True, kw_only=True):
    """More than two talk, or one more is called into the talk of two; in a room, whoever is there, be it one alone."""

    bridge: BridgeId
    members: tuple[Member, ...]
    since: datetime
    thirds: int
    rung: tuple[Rung, ...] = ()
    """Who is called into it."""
    speaking: frozenset[LegId] = frozenset()
    began: bool = False
    """There were more than two."""
    recorded: bool = False
    muted: bool = False
    ends_with_either: bool = False
    lost: tuple[Lost, ...] = ()
    returns: int = 0
    keys: str = ""
    presses: int = 0
    keyed_by: LegId | None = None
    keyed_at: datetime | None = None
    room: RoomId | None = None
    """A conference room, which lasts as long as somebody is in it."""
    most: int = MOST
    greeting: PlaybackId | None = None
    """What the first one in a room hears, before music."""

    @property
    def there(self) -> tuple[LegId, ...]:
        """Whose pages are not away."""
        away = {lost.leg for lost in self.lost}
        return tuple(one.leg for one in self.members if one.leg not in away)

    def of(self, user: UserId) -> Member | None:
        """The one who is this user."""
        return next((member for member in self.members if member.user == user), None)


InTalk = Talking | Consulting | Together
LASTS = timedelta(seconds=30)
"""How long a third one is rung."""


def wake_of(situation: InTalk) -> datetime | None:
    """When something has to be decided, if nothing happens until then."""
    match situation:
        case Together(rung=rung, lost=lost):
            return min([*(one.until for one in rung), *(one.until for one in lost)], default=None)
        case Consulting(rung=rung, lost=lost):
            return min([one.until for one in (rung, lost) if one is not None], default=None)
        case Talking(keying=keying, lost=lost):
            return min([one.until for one in (keying, lost) if one is not None], default=None)
