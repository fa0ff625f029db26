"""All rooms that have tables; imported for their declarations alone."""

from switchroom.storage import (
    agenda,
    audit,
    calls,
    credentials,
    lockouts,
    messages,
    modes,
    recordings,
    records,
    rollups,
    sessions,
    setup,
    spending,
    tokens,
    traces,
)
from switchroom.storage.tables import METADATA

ROOMS = (
    agenda, audit, calls, credentials, lockouts, messages, modes, recordings, records, rollups, sessions, setup,
    spending, tokens, traces,
)  # fmt: skip

__all__ = ["METADATA"]
