"""A big company beside the demo's, at a real house: 2,000 users, 50 groups, 30 routes each way, 10 trunks."""

import secrets
from typing import Any

from bench.changes import company
from switchroom.domain.configured import Configured, ThingKind
from switchroom.domain.devices import Device
from switchroom.domain.publishing import Put, key_of
from tests.asterisk.real_house import Door

AT_ONCE = 500
"""Changes of one publication."""


async def move_in(admin: Door) -> None:
    """Publish it all; each phone has a password, so that the switch knows it."""
    changes = [_change(wish.kind, wish.body) for wish in company() if isinstance(wish, Put) and wish.key != "admin"]
    for start in range(0, len(changes), AT_ONCE):
        body = {"changes": changes[start : start + AT_ONCE]}
        answer = await admin.client.post("/api/publications", json=body, timeout=60)
        assert answer.status_code < 300, answer.text


def _change(kind: ThingKind, body: Configured) -> dict[str, Any]:
    thing = body.model_dump(mode="json")
    change: dict[str, Any] = {"kind": kind.value, "key": key_of(kind, body), "thing": thing}
    return {**change, "password": secrets.token_urlsafe(12)} if isinstance(body, Device) else change
