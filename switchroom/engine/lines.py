"""Channels of trunks in use, and who of us calls outside: read from the stories themselves, right after a crash too."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from switchroom.domain.cast import Leg
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.limits import Charge
from switchroom.domain.shapes import Value
from switchroom.domain.stories import StoryState


class _Use(Value, frozen=True, kw_only=True):
    legs: tuple[Leg, ...]
    outside: UserId | None

    def trunks(self) -> Iterator[tuple[str, bool]]:
        return ((leg.trunk, leg.outgoing) for leg in self.legs if leg.trunk is not None)


class Lines:
    """What all living calls claim; `now` is the steady time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._uses: dict[StoryId, _Use] = {}
        self._used: Counter[str] = Counter()
        self._outgoing: Counter[str] = Counter()
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

    def outgoing(self) -> Mapping[str, int]:
        """How many of them carry calls from us."""
        return self._outgoing

    def outside(self) -> Mapping[UserId, int]:
        """How many calls outside each user has."""
        return self._outside

    def running(self) -> Iterator[Charge]:
        """What the talks outside that go on have come to by now."""
        now = self._now()
        charges = (leg.charge(now) for use in self._uses.values() for leg in use.legs)
        return (charge for charge in charges if charge is not None)

    def _count(self, use: _Use, step: int) -> None:
        for trunk, outgoing in use.trunks():
            self._used[trunk] += step
            self._outgoing[trunk] += step if outgoing else 0
        if use.outside is not None:
            self._outside[use.outside] += step


def _use(state: StoryState) -> _Use | None:
    legs = [leg for leg in state.cast.legs.values() if leg.trunk is not None]
    if not legs:
        return None
    caller = state.cast.legs.get(state.cast.caller) if state.cast.caller else None
    return _Use(legs=tuple(legs), outside=caller.user if caller else None)
