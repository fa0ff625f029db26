"""What we ask of the switch. Each act may be asked twice: the second time it finds its work done."""

from datetime import timedelta

from switchroom.domain.causes import EndCause
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PlaybackId, RecordingId, TrunkId
from switchroom.domain.media import Sound
from switchroom.domain.people import Secret
from switchroom.domain.shapes import Kind


class AtDevice(Kind, frozen=True, kw_only=True):
    """A device of ours, wherever it is registered."""

    device: DeviceId


class AtTrunk(Kind, frozen=True, kw_only=True):
    """A number outside, by this trunk, already in the carrier's format."""

    trunk: TrunkId
    number: str


class AtEcho(Kind, frozen=True, kw_only=True):
    """The switch itself, where whoever talks hears themselves."""


Address = AtDevice | AtTrunk | AtEcho


class Shown(Kind, frozen=True, kw_only=True):
    """What the rung phone shows of the caller. Untrusted: the adapter cleans it."""

    number: str = ""
    name: str = ""


class Answer(Kind, frozen=True, kw_only=True):
    """Answer a leg that came in."""

    leg: LegId


class Ring(Kind, frozen=True, kw_only=True):
    """Make a leg and ring it. LegRinging, LegAnswered or LegEnded follow; after `at_most` it ends by itself."""

    leg: LegId
    to: Address
    shown: Shown
    at_most: timedelta
    headers: dict[str, str] = {}
    noticed_within: timedelta | None = None
    """If nobody over there has taken note of the call by then, LegUnnoticed tells so; it rings on. None: no word."""


class Overhear(Kind, frozen=True, kw_only=True):
    """Make a leg that hears both sides of another, and that nobody hears. It ends with that one: LegEnded follows."""

    leg: LegId
    of: LegId


class HangUp(Kind, frozen=True, kw_only=True):
    """End a leg, whatever it does. LegEnded follows."""

    leg: LegId
    cause: EndCause = EndCause.NORMAL


class Play(Kind, frozen=True, kw_only=True):
    """Play a list of media into a leg once. PlaybackEnded follows."""

    playback: PlaybackId
    leg: LegId
    media: tuple[Sound, ...]
    language: str


class StopPlaying(Kind, frozen=True, kw_only=True):
    """Break a playback off."""

    playback: PlaybackId


class StartMusic(Kind, frozen=True, kw_only=True):
    """Play music of a class to a leg until told otherwise."""

    leg: LegId
    music: str = "default"


class StopMusic(Kind, frozen=True, kw_only=True):
    """End the music."""

    leg: LegId


class StartRingback(Kind, frozen=True, kw_only=True):
    """Let a leg hear that it rings on the other side; before the answer as 180 Ringing."""

    leg: LegId


class StopRingback(Kind, frozen=True, kw_only=True):
    """End the ringing tone."""

    leg: LegId


class Connect(Kind, frozen=True, kw_only=True):
    """Let these legs hear each other: make the bridge if it is not there, and move them into it."""

    bridge: BridgeId
    legs: tuple[LegId, ...]


class Disconnect(Kind, frozen=True, kw_only=True):
    """Take a leg out of the bridge; it stays up and hears nothing."""

    bridge: BridgeId
    leg: LegId


class Dissolve(Kind, frozen=True, kw_only=True):
    """Remove the bridge; legs in it stay up."""

    bridge: BridgeId


class StartRecording(Kind, frozen=True, kw_only=True):
    """Record what comes from a leg (left) and what goes to it (right)."""

    recording: RecordingId
    leg: LegId


class MuteRecording(Kind, frozen=True, kw_only=True):
    """Write silence of the same length instead of the talk, or go on with the talk."""

    recording: RecordingId
    muted: bool


class StopRecording(Kind, frozen=True, kw_only=True):
    """End a recording; its two halves are then whole on the switch's disk."""

    recording: RecordingId


class MuteLeg(Kind, frozen=True, kw_only=True):
    """Let nobody hear this leg, or let them hear it again."""

    leg: LegId
    on: bool


class WatchTalking(Kind, frozen=True, kw_only=True):
    """Report from now on, or no longer, when this leg begins to speak and falls silent: LegTalks follows."""

    leg: LegId
    on: bool


class TellTransfer(Kind, frozen=True, kw_only=True):
    """Tell the phone that asked for a transfer by REFER whether it was granted."""

    leg: LegId
    granted: bool


class Show(Kind, frozen=True, kw_only=True):
    """Let a phone show that it talks with somebody else now."""

    leg: LegId
    shown: Shown


class SendDigits(Kind, frozen=True, kw_only=True):
    """Send DTMF to a leg. They may be a password: they are saved nowhere, and after a crash not sent again."""

    leg: LegId
    digits: Secret


Act = (
    Answer
    | Ring
    | Overhear
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
    | MuteLeg
    | WatchTalking
    | Show
    | TellTransfer
    | SendDigits
)
