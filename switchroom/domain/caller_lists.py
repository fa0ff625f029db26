"""Lists of callers: numbers that routes treat alike, such as important customers or nuisance callers."""

from functools import cached_property
from typing import Annotated

from annotated_types import MaxLen

from switchroom.domain.configured import Configured, Key, Name
from switchroom.domain.patterns import Pattern, fits
from switchroom.domain.titles import Title


class CallerList(Configured):
    """Numbers and beginnings of numbers, international."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    numbers: Annotated[tuple[Pattern, ...], MaxLen(50_000), Title("Numbers", "Номера")] = ()

    def holds(self, number: str) -> bool:
        """Whether a number is on it."""
        return number in self._whole or any(fits(pattern, number) for pattern in self._beginnings)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(pattern for pattern in self.numbers if not pattern.endswith("*"))

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(pattern for pattern in self.numbers if pattern.endswith("*"))
