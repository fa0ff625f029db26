"""`switchroom call`: what can be asked about one call."""

import sys

from switchroom import house
from switchroom.domain import replay
from switchroom.domain.identity import StoryId
from switchroom.settings import Settings


def as_test(settings: Settings, key: str) -> None:
    """Print a call, or one of its cards, as a stored story. Raises: NotFound, NoTrace."""
    with house.open_ground(settings) as ground:
        stored = house.copier_of(ground).as_test(StoryId(key), ground.store.picture())
    sys.stdout.write(replay.write(stored).decode())
