"""Channels of trunks in use, and who of us calls outside: read from the stories themselves, right after a crash too."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.stories import StoryState


@dataclass(frozen=True, slots=True)
class _Use:
    trunks: tuple[str, ...]
    outside: UserId | None


class Lines:
    """What all living calls claim."""

    def __init__(self) -> None:
        self._uses: dict[StoryId, _Use] = {}
        self._used: Counter[str] = Counter()
        self._outside: Counter[UserId] = Counter()

    def follow(self, state: StoryState) -> None:
        """Take what this state claims, and give back what it claimed before."""
        use, before = _use(state), self._uses.get(state.id)
        if use == before:
            return
        if before is not None:
            self._count(before, -1)
            del self._uses[state.id]
        if use is not None:
            self._count(use, 1)
            self._uses[state.id] = use

    def used(self) -> Mapping[str, int]:
        """How many channels of each trunk are in use."""
        return self._used

    def outside(self) -> Mapping[UserId, int]:
        """How many calls outside each user has."""
        return self._outside

    def _count(self, use: _Use, step: int) -> None:
        for trunk in use.trunks:
            self._used[trunk] += step
        if use.outside is not None:
            self._outside[use.outside] += step


def _use(state: StoryState) -> _Use | None:
    trunks = tuple(leg.trunk for leg in state.cast.legs.values() if leg.trunk is not None)
    if not trunks:
        return None
    caller = state.cast.legs.get(state.cast.caller) if state.cast.caller else None
    return _Use(trunks, caller.user if caller else None)
