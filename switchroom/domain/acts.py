"""What we ask of the switch. Each act may be asked twice: the second time it finds its work done."""

from dataclasses import dataclass, field
from datetime import timedelta

from switchroom.domain.causes import EndCause
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PlaybackId, RecordingId, TrunkId
from switchroom.domain.media import Media


@dataclass(frozen=True, slots=True)
class AtDevice:
    """A device of ours, wherever it is registered."""

    device: DeviceId


@dataclass(frozen=True, slots=True)
class AtTrunk:
    """A number outside, by this trunk, already in the carrier's format."""

    trunk: TrunkId
    number: str


Address = AtDevice | AtTrunk


@dataclass(frozen=True, slots=True)
class Shown:
    """What the rung phone shows of the caller. Untrusted: the adapter cleans it."""

    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answer a leg that came in."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Make a leg and ring it. LegRinging, LegAnswered or LegEnded follow; after `at_most` it ends by itself."""

    leg: LegId
    to: Address
    shown: Shown
    at_most: timedelta
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End a leg, whatever it does. LegEnded follows."""

    leg: LegId
    cause: EndCause = EndCause.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """Play a list of media into a leg once. PlaybackEnded follows."""

    playback: PlaybackId
    leg: LegId
    media: tuple[Media, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlaying:
    """Break a playback off."""

    playback: PlaybackId


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMusic:
    """Play music of a class to a leg until told otherwise."""

    leg: LegId
    music: str = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMusic:
    """End the music."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRingback:
    """Let a leg hear that it rings on the other side; before the answer as 180 Ringing."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRingback:
    """End the ringing tone."""

    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class Connect:
    """Let these legs hear each other: make the bridge if it is not there, and move them into it."""

    bridge: BridgeId
    legs: tuple[LegId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnect:
    """Take a leg out of the bridge; it stays up and hears nothing."""

    bridge: BridgeId
    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissolve:
    """Remove the bridge; legs in it stay up."""

    bridge: BridgeId


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecording:
    """Record what comes from a leg (left) and what goes to it (right)."""

    recording: RecordingId
    leg: LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteRecording:
    """Write silence of the same length instead of the talk, or go on with the talk."""

    recording: RecordingId
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecording:
    """End a recording; its two halves are then whole on the switch's disk."""

    recording: RecordingId


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigits:
    """Send DTMF to a leg."""

    leg: LegId
    digits: str


Act = (
    Answer
    | Ring
    | HangUp
    | Play
    | StopPlaying
    | StartMusic
    | StopMusic
    | StartRingback
    | StopRingback
    | Connect
    | Disconnect
    | Dissolve
    | StartRecording
    | MuteRecording
    | StopRecording
    | SendDigits
)
