"""All rooms that have tables; imported for their declarations alone."""

from switchroom.storage import audit, credentials, sessions, setup, tokens
from switchroom.storage.tables import METADATA

ROOMS = (audit, credentials, sessions, setup, tokens)

__all__ = ["METADATA"]
