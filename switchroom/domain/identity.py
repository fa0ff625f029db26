"""Names of things. Whatever we make in the switch is named by us, so that it is found again after a crash."""

from typing import NewType

StoryId = NewType("StoryId", str)
"""A call's or a dialog's life; sorts by the moment of birth."""
LegId = NewType("LegId", str)
BridgeId = NewType("BridgeId", str)
PlaybackId = NewType("PlaybackId", str)
RecordingId = NewType("RecordingId", str)

PartyId = NewType("PartyId", str)
"""Points to the personal values of somebody outside: facts hold only this."""

UserId = NewType("UserId", str)
DeviceId = NewType("DeviceId", str)
TrunkId = NewType("TrunkId", str)
RouteId = NewType("RouteId", str)
GroupId = NewType("GroupId", str)
PagingId = NewType("PagingId", str)
RoomId = NewType("RoomId", str)
QueueId = NewType("QueueId", str)
CardId = NewType("CardId", str)
ScenarioId = NewType("ScenarioId", str)
PromptId = NewType("PromptId", str)
TariffId = NewType("TariffId", str)
ModeId = NewType("ModeId", str)
CalendarId = NewType("CalendarId", str)
ProjectId = NewType("ProjectId", str)
RoleId = NewType("RoleId", str)
NodeId = NewType("NodeId", str)

KEY = r"^[a-z0-9][a-z0-9_-]{0,47}$"
"""What a key of a configured thing looks like: fit for file names, addresses and the switch."""


def name_in_switch(story: StoryId, effect_no: int, purpose: str, attempt: int) -> str:
    """The name of a leg, bridge, playback or recording: `call.effect.purpose.try`."""
    return f"{story}.{effect_no}.{purpose}.{attempt}"


def story_of(name: str) -> StoryId | None:
    """The story that gave this name to a thing in the switch; None for names that we did not give."""
    parts = name.split(".")
    return StoryId(parts[0]) if len(parts) == 4 and parts[1].isdigit() and parts[3].isdigit() else None
