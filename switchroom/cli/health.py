"""How the running program says it is."""

import http.client
import json
from dataclasses import dataclass

from switchroom.settings import Settings

_WITHIN = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer of GET /api/health; `lacking` is what is not up yet."""

    ready: bool
    lacking: tuple[str, ...]


def look(settings: Settings) -> Seen | None:
    """Ask; None if nobody answers in time."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    connection = http.client.HTTPConnection(host, settings.port, timeout=_WITHIN)
    try:
        connection.request("GET", "/api/health")
        told = json.loads(connection.getresponse().read())
        return Seen(told["ready"], tuple(part for part, up in told["parts"].items() if not up))
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return None
    finally:
        connection.close()
