"""Who asks in a talk, and what can be asked for however it stands."""

from switchroom.domain.acts import Connect, MuteRecording, StartMusic, StartRecording, StopMusic
from switchroom.domain.causes import EndCause
from switchroom.domain.events import MuteRecordingAsked
from switchroom.domain.facts.calls import RecordingBegan, RecordingMuted, RecordingUnmuted
from switchroom.domain.identity import BridgeId, LegId, RecordingId, UserId
from switchroom.domain.refusals import NotNow
from switchroom.domain.situations.interrupted import Lost
from switchroom.domain.situations.scene import Parted, Scene, hang_up
from switchroom.domain.titles import Title


def leg_of(scene: Scene, user: UserId) -> LegId:
    """The leg by which this user takes part. Raises: NotNow."""
    leg = scene.cast.leg_of(user)
    if leg is None:
        raise NotNow(what=Title("you take no part in this talk", "вы не участвуете в этом разговоре"))
    return leg.id


def user_at(scene: Scene, leg: LegId | None) -> UserId | None:
    """Who of us is at this leg."""
    known = scene.cast.legs.get(leg) if leg is not None else None
    return known.user if known else None


def released(scene: Scene, leg: LegId | None) -> Parted:
    """Let this leg go."""
    return hang_up(scene, (leg,), EndCause.NORMAL) if leg else Parted()


def joined(bridge: BridgeId, one: LegId, other: LegId, lost: Lost | None) -> Parted:
    """Let these two hear each other; who waits for a page that is away hears music until then."""
    if lost is not None and lost.leg in (one, other):
        return Parted((StartMusic(leg=other if lost.leg == one else one),))
    return Parted((StopMusic(leg=one), StopMusic(leg=other), Connect(bridge=bridge, legs=(one, other))))


def recorded_again(scene: Scene, name: str, leg: LegId, *, wanted: bool) -> Parted:
    """Go on recording, at another leg."""
    if not wanted:
        return Parted()
    recording = RecordingId(name)
    began = RecordingBegan(call=scene.story, recording=recording, leg=leg)
    return Parted((StartRecording(recording=recording, leg=leg),), (began,))


def mute_recording(scene: Scene, asked: MuteRecordingAsked) -> Parted:
    """Keep what is said now out of the recording, or go on with it. Raises: NotNow."""
    recording = scene.cast.recording
    if recording is None:
        raise NotNow(what=Title("this talk is not recorded", "этот разговор не записывается"))
    leg_of(scene, asked.by)
    kind = RecordingMuted if asked.muted else RecordingUnmuted
    told = kind(call=scene.story, recording=recording, by=asked.by)
    return Parted((MuteRecording(recording=recording, muted=asked.muted),), (told,))
