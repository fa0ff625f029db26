"""How the switches between day and night are thrown: folded from facts, begun with what was kept."""

from collections.abc import Iterable, Mapping

from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.house import ModeThrown
from switchroom.domain.modes import Thrown


class Modes:
    """Of one house."""

    def __init__(self, kept: Mapping[str, Thrown] | None = None) -> None:
        self._thrown: dict[str, Thrown] = dict(kept or {})

    def thrown(self) -> Mapping[str, Thrown]:
        """The positions of all that were ever thrown."""
        return self._thrown

    def tell(self, facts: Iterable[Fact]) -> None:
        """Take in what is on disk."""
        for fact in facts:
            if isinstance(fact, ModeThrown):
                self._thrown[fact.mode] = fact.to
