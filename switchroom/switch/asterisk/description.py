"""What the switch is to be: devices, trunks, static rules. Every configuration file is made from this alone."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from switchroom.switch.asterisk.loader import Unpacked


class Transport(StrEnum):
    """How SIP travels."""

    UDP = "udp"
    TCP = "tcp"
    WS = "ws"


class TrunkKind(StrEnum):
    """How the two sides know each other."""

    REGISTERING = "registering"
    """We sign in at the carrier; its calls carry the token of our registration."""
    BY_IP = "by_ip"
    """The carrier is known by its addresses."""
    PEER = "peer"
    """The other side signs in to us with a name and a password."""


class Dtmf(StrEnum):
    """How key presses travel; `AUTO_INFO` takes every way."""

    RFC4733 = "rfc4733"
    INBAND = "inband"
    INFO = "info"
    AUTO = "auto"
    AUTO_INFO = "auto_info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Ports of one instance; `sip` serves UDP and TCP, `http` serves ARI and browsers' SIP."""

    sip: int
    http: int
    rtp_first: int
    rtp_last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A phone that signs in as `name`; `username` is what it proves its password for, `name` if empty."""

    name: str
    password: str = field(repr=False)
    username: str = ""
    transports: frozenset[Transport] = frozenset({Transport.UDP, Transport.TCP})
    codecs: tuple[str, ...] = ("alaw", "ulaw", "g722", "opus")
    browser: bool = False
    max_contacts: int = 1
    silence_ends_after: int = 0
    """Seconds without any sound packet after which the leg ends; 0: never. A browser has its own, 6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """A connection to a carrier or another exchange."""

    name: str
    kind: TrunkKind
    host: str = ""
    port: int = 5060
    transport: Transport = Transport.UDP
    username: str = ""
    password: str = field(default="", repr=False)
    codecs: tuple[str, ...] = ("alaw", "ulaw")
    dtmf: Dtmf = Dtmf.AUTO_INFO
    addresses: tuple[str, ...] = ()
    """Addresses or networks that calls of this trunk come from."""
    proxy: str = ""
    """`host` or `host:port` that all our requests go by; empty: straight to `host`."""
    most_channels: int = 30
    qualify_seconds: int = 10
    caller_id: str = ""
    """Our number outside, shown by the static rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticExtension:
    """A number that rings these devices while we are away."""

    number: str
    devices: tuple[str, ...]
    ring_seconds: int = 60


@dataclass(frozen=True, slots=True)
class Way:
    """A number by a trunk, in that carrier's format."""

    trunk: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """An emergency number and the ways to reach it, best first."""

    number: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastResort:
    """Where callers go whom we have held for so many seconds while away; None: they are cut off."""

    target: Way | str | None = None
    """A way by a trunk, or the name of a device."""
    after_seconds: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchDescription:
    """Everything that one private instance of Asterisk needs to know."""

    root: Unpacked
    folder: Path
    """The instance's own folder; the switch writes nowhere else."""
    ports: Ports
    bind: str = "127.0.0.1"
    outside_address: str = ""
    """Our address as phones beyond a NAT see it."""
    local_networks: tuple[str, ...] = ()
    ari_user: str = "switchroom"
    ari_password: str = field(repr=False)
    app: str = "switchroom"
    devices: tuple[Device, ...] = ()
    trunks: tuple[Trunk, ...] = ()
    extensions: tuple[StaticExtension, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    last_resort: LastResort = LastResort()
    language: str = "ru"
    tone_zone: str = "ru"
    music: dict[str, Path] = field(default_factory=dict)
    """Folder of each class of music; `default` is Debian's free music unless given. No folder may be empty."""

    @property
    def etc(self) -> Path:
        """Where the configuration files are."""
        return self.folder / "etc"

    @property
    def away_file(self) -> Path:
        """Where the static rules note the calls that they served."""
        return self.folder / "spool" / "away.records"

    @property
    def loops_back(self) -> bool:
        """Whether only this machine can reach the switch."""
        return self.bind.startswith("127.")
