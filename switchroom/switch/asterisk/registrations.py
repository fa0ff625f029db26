"""Which devices and trunks can be reached now.

Measured: the source `deviceState:` (all devices) tells of a sign-in, a sign-out, a silent phone (by qualify) and an
expired one with a single event of 190 bytes within 3 ms, and adds four such events to a leg that rings, talks and ends.
The source `endpoint:PJSIP/name` tells the same in four events and doubles every event of the device's channels.
Nothing is told about the state at the beginning: ask for it after each Connected.
"""

from switchroom.switch.asterisk.ari import AriClient, AriNotFound
from switchroom.switch.asterisk.heard import DeviceStateChanged, Endpoint

_UNREACHABLE = frozenset({"UNAVAILABLE", "INVALID", "UNKNOWN"})


async def follow_reach(ari: AriClient) -> dict[str, bool]:
    """Have every later change told as DeviceStateChanged; returns each device and trunk with whether it can be reached.

    To be called after each Connected; asking twice changes nothing. Raises: AriError.
    """
    await ari.post("applications", ari.access.app, "subscription", eventSource="deviceState:")
    return {endpoint.resource: endpoint.state == "online" for endpoint in await pjsip_endpoints(ari)}


async def pjsip_endpoints(ari: AriClient) -> list[Endpoint]:
    """All devices and trunks; Asterisk answers 404 where there are none. Raises: AriError."""
    try:
        return await ari.read(list[Endpoint], "endpoints", "PJSIP")
    except AriNotFound:
        return []


def reach_told(event: DeviceStateChanged) -> tuple[str, bool] | None:
    """The device or trunk and whether it can be reached; None if the event is about another kind of thing.

    A leg's states (RINGING, INUSE) are told here, too, so the same answer comes several times in a row.
    """
    technology, _, name = event.device_state.name.partition("/")
    return (name, event.device_state.state not in _UNREACHABLE) if technology == "PJSIP" else None
