"""What we need of a switch, in our words; nothing of ARI shows. Real and simulated pass the same contract tests."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from switchroom.domain.acts import Act
from switchroom.domain.events import LegArrived, LegEvent
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PlaybackId, RecordingId
from switchroom.domain.quality import Quality
from switchroom.domain.reach import Registration
from switchroom.domain.setup import Setup
from switchroom.domain.trunks import Trunk


@dataclass(frozen=True, slots=True, kw_only=True)
class LegHeldBySwitch:
    """A leg as the switch holds it. `up` once answered."""

    leg: LegId
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """All that the switch holds of ours at one moment, for adoption."""

    legs: dict[LegId, LegHeldBySwitch]
    bridges: dict[BridgeId, frozenset[LegId]]
    reachable: frozenset[DeviceId]
    """Devices that could be rung now."""
    started: datetime | None = None
    """When the switch itself began, by its wall clock; what is older and not there, it has forgotten."""
    arrivals: tuple[LegArrived, ...] = ()
    """Legs that came in to us and are still there, as they arrived: nobody may have heard of them."""


@dataclass(frozen=True, slots=True)
class SwitchFoundAgain:
    """The switch answers (again). What it reported meanwhile is lost: compare its holdings."""

    node: str


@dataclass(frozen=True, slots=True)
class SwitchGone:
    """The switch does not answer; acts raise SwitchLost until SwitchFoundAgain."""

    node: str


@dataclass(frozen=True, slots=True)
class DeviceReach:
    """A device can be rung from now on, or no longer; a trunk's other side answers, or no longer."""

    device: DeviceId
    reachable: bool


@dataclass(frozen=True, slots=True)
class LegMeasured:
    """How well a leg was heard, told once, when it ends; perhaps after its end was told."""

    leg: LegId
    quality: Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedWhileAway:
    """A call that the static rules served while nobody of us listened.

    `via` is a trunk or a device; `number`, `name` and `dialled` come from outside and are hostile until cleaned.
    `rule` says which of them served it: emergency, extension, held or last_resort.
    """

    key: str
    by_trunk: bool
    via: str
    number: str
    name: str
    dialled: str
    began: datetime
    ended: datetime
    rule: str
    talked: timedelta
    taken: bool


Report = LegEvent | SwitchFoundAgain | SwitchGone | DeviceReach | LegMeasured


class ActRefused(Exception):
    """The switch would not do it; the leg or thing may be gone. The story hears of that by an event."""


class SwitchLost(Exception):
    """The switch does not answer now."""


class Switch(Protocol):
    """One switch node."""

    @property
    def node(self) -> str:
        """The node's name."""

    async def open(self) -> None:
        """Begin to listen. Reports SwitchFoundAgain when the switch is there."""

    async def close(self) -> None:
        """Stop listening. Calls in the switch go on."""

    def reports(self) -> AsyncIterator[Report]:
        """Everything that the switch reports, in its order, for one listener."""

    async def do(self, act: Act) -> None:
        """Carry out an act; already done is done. A leg that is gone makes an act on it done, too.

        Raises: ActRefused; SwitchLost.
        """

    async def holdings(self) -> Holdings:
        """What the switch holds now. Raises: SwitchLost."""

    async def still_playing(self, playback: PlaybackId) -> bool:
        """Whether this playback goes on. Raises: SwitchLost."""

    async def halves(self, recording: RecordingId) -> tuple[bytes, bytes] | None:
        """The two halves of a recording as WAV files (from the leg, to the leg); None if there are none.

        A recording that goes on is ended. Raises: SwitchLost.
        """

    async def forget_recording(self, recording: RecordingId) -> None:
        """Remove the halves from the switch's disk. Raises: SwitchLost."""


class Configurable(Protocol):
    """What the house, not the engine, asks of a switch."""

    async def configure(self, setup: Setup) -> None:
        """Take devices, trunks and static rules from this picture, without dropping a call. Raises: SwitchLost."""

    async def served_while_away(self) -> list[ServedWhileAway]:
        """Calls that the static rules served; the same key is never another call. Raises: SwitchLost."""

    async def forget_served(self, keys: list[str]) -> None:
        """These were taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where a phone signed in from, or where a trunk's other side is; `agent` comes from outside."""

    address: str
    """As `host:port`."""
    agent: str = ""
    answers: bool | None = None
    """Whether it answered when it was asked last; None: it is not asked."""
    latency: timedelta | None = None
    """How long that answer took."""
    until: datetime | None = None
    """When it is forgotten unless it signs in again."""


class Looks(Protocol):
    """What a switch knows of phones and trunks beyond whether they can be reached."""

    async def contacts(self, names: Collection[str]) -> Mapping[str, tuple[Contact, ...]]:
        """Where these are, by what they sign in as; those that are nowhere are left out. Raises: SwitchLost."""

    async def registrations(self, trunks: Collection[Trunk]) -> Mapping[str, Registration]:
        """How signing in at the carriers stands, by trunk; empty where the switch does not tell. Raises: SwitchLost."""


@dataclass(frozen=True, slots=True)
class SignInTry:
    """Somebody at this address tried to sign in, with the right password or not."""

    address: str
    right: bool


class Doorkeeper(Protocol):
    """Who comes to the switch's SIP door, and who is not let in."""

    def tries(self) -> AsyncIterator[SignInTry]:
        """Each try to sign in from now on, for one listener; no end."""

    async def lock(self, address: str) -> None:
        """Refuse whatever comes from this address; twice is once. Raises: SwitchLost."""

    async def unlock(self, address: str) -> None:
        """Take it again. Raises: SwitchLost."""


class PhoneLine(Protocol):
    """The way of one page's phone to the switch: SIP messages, up and down."""

    async def send(self, message: str) -> None:
        """Up to the switch. Raises: SwitchLost."""

    def messages(self) -> AsyncIterator[str]:
        """Down from the switch, until either side closes."""

    async def close(self) -> None:
        """Close."""


class BrowserPhones(Protocol):
    """A switch that browsers can be phones of."""

    async def open_line(self, device: DeviceId, password: str, number: str) -> PhoneLine:
        """Make the device known to the switch, and open a line for its page.

        `number` is shown to those whom the page calls. Raises: SwitchLost.
        """
