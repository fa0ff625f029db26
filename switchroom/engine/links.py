"""Links by which a phone fetches what it signs in with: each good once, and not for long."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

GOOD_FOR = timedelta(minutes=15)
_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`server` is the host that the phone will be told; `made_by` has shown it to somebody."""

    device: str
    server: str
    made_by: str
    until: datetime


class Links:
    """Kept in memory only: after a new start of the program another one is made."""

    def __init__(self, wall: Callable[[], datetime]) -> None:
        self._wall = wall
        self._open: dict[str, Link] = {}

    def make(self, device: str, server: str, made_by: str) -> tuple[str, Link]:
        """A new link for a phone, and its secret name; an earlier one for the same phone is good no more."""
        others = {token: link for token, link in self._open.items() if link.device != device}
        newest = sorted(others.items(), key=lambda one: one[1].until)[1 - _MOST :]
        token = secrets.token_urlsafe(32)
        link = Link(device=device, server=server, made_by=made_by, until=self._wall() + GOOD_FOR)
        self._open = {**dict(newest), token: link}
        return token, link

    def take(self, token: str) -> Link | None:
        """What it leads to, for the first who asks; None for everybody else, and when it is too late."""
        link = self._open.pop(token, None)
        return link if link is not None and link.until > self._wall() else None
