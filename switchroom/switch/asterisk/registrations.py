"""Which devices and trunks can be reached now.

Asked for by an application of its own beside ours, which is subscribed to all endpoints and hears nothing but
PeerStatusChange: one event at a sign-in, a sign-out, and for a phone that falls silent (by qualify) or expires. The
source `deviceState:` would tell the same, but deadlocks Asterisk's whole REST interface if the WebSocket closes while a
state is being told: the application is then unsubscribed under a lock that the telling waits for
(asterisk/asterisk issue 2170; seen with 22.10.1 in every tenth fast reconnection).
Nothing is told about the state at the beginning: ask for it after each Connected.
"""

from switchroom.switch.asterisk.ari import AriClient, AriNotFound
from switchroom.switch.asterisk.heard import Endpoint


async def follow_reach(ari: AriClient) -> dict[str, bool]:
    """Have every later change told as PeerStatusChange; returns each device and trunk with whether it can be reached.

    To be called after each Connected; asking twice changes nothing. Raises: AriError.
    """
    await ari.post("applications", ari.access.reach_app, "subscription", eventSource="endpoint:PJSIP")
    return {endpoint.resource: is_reached(endpoint) for endpoint in await pjsip_endpoints(ari)}


async def pjsip_endpoints(ari: AriClient) -> list[Endpoint]:
    """All devices and trunks; Asterisk answers 404 where there are none. Raises: AriError."""
    try:
        return await ari.read(list[Endpoint], "endpoints", "PJSIP")
    except AriNotFound:
        return []


def is_reached(endpoint: Endpoint) -> bool:
    """Whether a call would ring there."""
    return endpoint.state == "online"
