"""How the running program says it is."""

import http.client
import json
import ssl
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
    connection = _connection(settings)
    try:
        connection.request("GET", "/api/health")
        told = json.loads(connection.getresponse().read())
        return Seen(told["ready"], tuple(part for part, up in told["parts"].items() if not up))
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return None
    finally:
        connection.close()


def _connection(settings: Settings) -> http.client.HTTPConnection:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    if not settings.secure:
        return http.client.HTTPConnection(host, settings.port, timeout=_WITHIN)
    # We ask ourselves, and nothing that is secret: an expired certificate must not make us look dead.
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(host, settings.port, timeout=_WITHIN, context=trusting)
