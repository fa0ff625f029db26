"""Which trunks calls can go over, since when, and why not over the others: from what the switch tells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.house import TrunkLost, TrunkReached
from switchroom.domain.identity import TrunkId
from switchroom.domain.people import Secret
from switchroom.domain.reach import Registration, Standing, standing_of
from switchroom.domain.setup import Setup

_AVOIDED_FOR = timedelta(seconds=20)
"""Longer than it takes until the switch's own asking tells that the other side does not answer."""


@dataclass(frozen=True, slots=True)
class TrunkNow:
    """How a trunk stands, and since when it is up, or is not; None: as long as we know."""

    standing: Standing
    since: datetime | None = None


class Trunks:
    """All trunks of the house."""

    def __init__(self, setup: Callable[[], Setup], wall: Callable[[], datetime]) -> None:
        self._setup = setup
        self._wall = wall
        self._answers: dict[str, bool] = {}
        self._registrations: Mapping[str, Registration] = {}
        self._told: dict[str, tuple[bool, datetime]] = {}
        self._down: frozenset[str] = frozenset()
        self._were_up: set[str] = set()
        self._silent: dict[str, datetime] = {}

    def now(self, key: str) -> TrunkNow:
        """How the trunk of this key stands; it must be configured."""
        told = self._told.get(key)
        return TrunkNow(self._standing(key), told[1] if told else None)

    def down(self) -> frozenset[str]:
        """Trunks whose other side is known not to be there, so that others are tried first."""
        return self._down

    def avoided(self) -> frozenset[str]:
        """Those, and trunks over which a call has just gone unnoticed."""
        if not self._silent:
            return self._down
        now = self._wall()
        self._silent = {key: since for key, since in self._silent.items() if now - since < _AVOIDED_FOR}
        return self._down | self._silent.keys()

    def unnoticed(self, key: str) -> None:
        """Its other side did not take note of a call."""
        self._silent[key] = self._wall()

    def answers(self, key: str, does: bool) -> Iterator[Fact]:
        """Whether the other side answers, from now on."""
        self._answers[key] = does
        if does:
            self._silent.pop(key, None)
        yield from self._changed(key)

    def signed_in(self, registrations: Mapping[str, Registration]) -> Iterator[Fact]:
        """How our signing in at all carriers stands now."""
        self._registrations = registrations
        for key in self._answers.keys() & self._setup().trunks.keys():
            yield from self._changed(key)

    def _changed(self, key: str) -> Iterator[Fact]:
        up = self._standing(key).up
        told = self._told.get(key)
        if up is not None and (told is None or told[0] != up):
            self._told[key] = up, self._wall()
            self._down = frozenset(known for known, (is_up, _) in self._told.items() if not is_up)
            self._were_up |= {key} if up else set()
            yield (TrunkReached if up else TrunkLost)(trunk=TrunkId(key))

    def _standing(self, key: str) -> Standing:
        setup = self._setup()
        return standing_of(
            setup.trunks[key],
            has_password=bool(setup.passwords.get(f"trunk:{key}", Secret(None)).reveal()),
            answers=self._answers.get(key),
            registration=self._registrations.get(key),
            was_up=key in self._were_up,
        )
