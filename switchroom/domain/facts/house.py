"""Facts about the house itself: configuration published, looks at personal data, the switch lost and found."""

from datetime import datetime, timedelta

from switchroom.domain.fraud import Suspicion
from switchroom.domain.identity import DeviceId, ModeId, RecordingId, StoryId, TrunkId, UserId
from switchroom.domain.modes import Thrown
from switchroom.domain.shapes import Kind


class SetupPublished(Kind, frozen=True, kw_only=True):
    """The configuration changed: what is named here was created, changed or removed."""

    revision: int
    by: UserId
    changed: tuple[str, ...]


class RecordingHeard(Kind, frozen=True, kw_only=True):
    """Somebody listened to a recording."""

    recording: RecordingId
    call: StoryId
    by: UserId


class RecordingExported(Kind, frozen=True, kw_only=True):
    """Somebody took a recording out, with others."""

    recording: RecordingId
    call: StoryId
    by: UserId


class RecordingErased(Kind, frozen=True, kw_only=True):
    """A recording's key was destroyed: it is gone from every backup too."""

    recording: RecordingId
    why: str


class EngineStarted(Kind, frozen=True, kw_only=True):
    """The engine took the house over."""

    epoch: int
    away: timedelta | None


class SwitchLost(Kind, frozen=True, kw_only=True):
    """The switch does not answer."""

    node: str


class SwitchFound(Kind, frozen=True, kw_only=True):
    """The switch answers again."""

    node: str
    calls_lost: int


class TrunkReached(Kind, frozen=True, kw_only=True):
    """Calls can go over this trunk from now on."""

    trunk: TrunkId


class TrunkLost(Kind, frozen=True, kw_only=True):
    """The other side of this trunk does not answer, or does not let us in."""

    trunk: TrunkId


class ModeThrown(Kind, frozen=True, kw_only=True):
    """Somebody threw a switch between day and night; by a call of theirs, or at a page (`door`)."""

    mode: ModeId
    to: Thrown
    by: UserId
    call: StoryId | None = None
    door: str = ""


class OutgoingBlocked(Kind, frozen=True, kw_only=True):
    """The fraud guard lets this person, or one phone of theirs, call outside no more; emergencies always go through."""

    user: UserId
    device: DeviceId | None = None
    """That phone; None: all of them."""
    why: Suspicion
    calls: int
    """How many calls gave it away."""


class OutgoingAllowed(Kind, frozen=True, kw_only=True):
    """Somebody lets this person, or that phone of theirs, call outside again."""

    user: UserId
    device: DeviceId | None = None
    by: UserId
    door: str = ""


class AddressLocked(Kind, frozen=True, kw_only=True):
    """This address gave so many wrong passwords in a row that it is let in no more, until then."""

    address: str
    tries: int
    until: datetime


class AddressReleased(Kind, frozen=True, kw_only=True):
    """This address may sign in again: its time is over, or somebody says so."""

    address: str
    by: UserId
    door: str = ""


AnyHouseFact = (
    SetupPublished
    | RecordingHeard
    | RecordingExported
    | RecordingErased
    | EngineStarted
    | SwitchLost
    | SwitchFound
    | TrunkReached
    | TrunkLost
    | ModeThrown
    | OutgoingBlocked
    | OutgoingAllowed
    | AddressLocked
    | AddressReleased
)
