"""What Asterisk tells over the WebSocket, as it comes: names and fields are ARI's, unknown fields are left out.

Source: rest-api/api-docs/events.json and channels.json of Asterisk 22.
"""

from datetime import datetime
from typing import Literal

import msgspec

MOVED_TO = "REDIRECTING(to-num)"
"""Where a phone that rang wants its call sent, by 302."""


class Status(msgspec.Struct):
    """Since when Asterisk runs."""

    startup_time: datetime | None = None


class About(msgspec.Struct):
    """Answer of `GET asterisk/info`."""

    status: Status = msgspec.field(default_factory=Status)


class Party(msgspec.Struct):
    """Who calls or is called; from outside, so hostile."""

    number: str = ""
    name: str = ""


class Place(msgspec.Struct):
    """Where a channel is in the dialplan."""

    app_name: str = ""
    app_data: str = ""


class Channel(msgspec.Struct):
    """A leg as Asterisk sees it."""

    id: str
    name: str
    state: Literal["Down", "Rsrvd", "OffHook", "Dialing", "Ring", "Ringing", "Up", "Busy", "Dialing Offhook",
                   "Pre-ring", "Unknown"]
    caller: Party = msgspec.field(default_factory=Party)
    dialplan: Place = msgspec.field(default_factory=Place)
    protocol_id: str = ""
    """The SIP Call-ID."""
    channelvars: dict[str, str] = msgspec.field(default_factory=dict)
    """Those that ari.conf names."""


class Bridge(msgspec.Struct):
    """A bridge."""

    id: str
    bridge_type: str = ""
    channels: list[str] = msgspec.field(default_factory=list)
    name: str = ""


class Playback(msgspec.Struct):
    """A playback; `target_uri` as `channel:ID`."""

    id: str
    media_uri: str = ""
    state: str = ""
    target_uri: str = ""


class LiveRecording(msgspec.Struct):
    """A recording; durations in seconds."""

    name: str
    format: str = ""
    state: str = ""
    target_uri: str = ""
    duration: int | None = None
    talking_duration: int | None = None
    silence_duration: int | None = None
    cause: str | None = None


class Endpoint(msgspec.Struct):
    """A device or trunk."""

    technology: str
    resource: str
    state: str = ""
    channel_ids: list[str] = msgspec.field(default_factory=list)


class Event(msgspec.Struct, tag_field="type", kw_only=True):
    """Any event."""

    timestamp: str = ""
    application: str = ""


class Unheard(Event):
    """An event that we have no use for."""

    name: str = ""


class StasisStart(Event):
    """A channel entered our application."""

    channel: Channel
    args: list[str]
    replace_channel: Channel | None = None


class StasisEnd(Event):
    """A channel left our application."""

    channel: Channel


class ChannelStateChange(Event):
    """Rings, is answered, …"""

    channel: Channel


class ChannelDestroyed(Event):
    """A channel is gone. `cause` is Q.850's, `tech_cause` the SIP status that ended it."""

    channel: Channel
    cause: int = 0
    cause_txt: str = ""
    tech_cause: int | None = None


class ChannelDtmfReceived(Event):
    """A key was pressed and let go."""

    channel: Channel
    digit: str
    duration_ms: int = 0


class ChannelHold(Event):
    """The phone holds."""

    channel: Channel
    musicclass: str | None = None


class ChannelUnhold(Event):
    """The phone holds no longer."""

    channel: Channel


class ChannelTalkingStarted(Event):
    """Somebody begins to speak; only where we asked to listen for it."""

    channel: Channel


class ChannelTalkingFinished(Event):
    """Somebody fell silent."""

    channel: Channel


class ChannelToneDetected(Event):
    """A tone that we asked to listen for."""

    channel: Channel


class RequestedDestination(msgspec.Struct):
    """Whom a phone wants the other party sent to."""

    protocol_id: str = ""
    destination: str = ""
    additional_protocol_params: list[dict[str, str]] = msgspec.field(default_factory=list)


class ReferTo(msgspec.Struct):
    """Target of a transfer; with `destination_channel` an attended one."""

    requested_destination: RequestedDestination = msgspec.field(default_factory=RequestedDestination)
    destination_channel: Channel | None = None
    connected_channel: Channel | None = None
    bridge: Bridge | None = None


class ReferredBy(msgspec.Struct):
    """The phone that asks for a transfer."""

    source_channel: Channel
    connected_channel: Channel | None = None
    bridge: Bridge | None = None


class ChannelTransfer(Event):
    """A phone's REFER; nothing has moved."""

    refer_to: ReferTo
    referred_by: ReferredBy
    state: str | None = None


class PlaybackFinished(Event):
    """A playback is over; `playback.state` says `done` or `failed`."""

    playback: Playback


class RecordingFinished(Event):
    """A recording is whole on the disk."""

    recording: LiveRecording


class RecordingFailed(Event):
    """A recording could not go on."""

    recording: LiveRecording


class PeerStatusChange(Event):
    """A phone signed in or out, fell silent or answers again; of endpoints that we subscribed to."""

    endpoint: Endpoint


class ApplicationReplaced(Event):
    """Another listener took our application over."""


Known = (
    StasisStart | StasisEnd | ChannelStateChange | ChannelDestroyed | ChannelDtmfReceived
    | ChannelHold | ChannelUnhold | ChannelTalkingStarted | ChannelTalkingFinished
    | ChannelToneDetected | ChannelTransfer | PlaybackFinished
    | RecordingFinished | RecordingFailed | PeerStatusChange | ApplicationReplaced
)


class _Outline(msgspec.Struct):
    type: str = ""
    timestamp: str = ""
    application: str = ""


_known = msgspec.json.Decoder(Known)
_outline = msgspec.json.Decoder(_Outline)


def decode(message: str | bytes) -> Event:
    """The event; Unheard if it is none of those above."""
    try:
        event: Event = _known.decode(message)
        return event
    except msgspec.ValidationError:
        outline = _outline.decode(message)
        return Unheard(name=outline.type, timestamp=outline.timestamp, application=outline.application)
