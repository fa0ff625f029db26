"""Classes of service: which numbers outside a user may call, and how many at once."""

from typing import Annotated

from annotated_types import Ge, Le

from switchroom.domain.configured import Configured, Key, Name
from switchroom.domain.limits import Limits
from switchroom.domain.patterns import Pattern, fits
from switchroom.domain.titles import Title


class ServiceClass(Configured):
    """What its users may call. Of all patterns that fit a number, the longest one decides."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    allowed: Annotated[tuple[Pattern, ...], Title("Allowed numbers", "Разрешённые номера")] = ("*",)
    denied: Annotated[tuple[Pattern, ...], Title("Forbidden numbers", "Запрещённые номера")] = ()
    most_calls: Annotated[
        int, Ge(1), Le(1000), Title("Calls outside at once", "Внешних звонков одновременно")
    ] = 4

    each: Annotated[Limits, Title("Limits of each person", "Лимиты каждого")] = Limits()
    together: Annotated[Limits, Title("Limits of all together", "Лимиты всех вместе")] = Limits()

    def refusal(self, number: str) -> Title | None:
        """Why its users may not call this number; None if they may."""
        allowed, denied = _longest(self.allowed, number), _longest(self.denied, number)
        if denied is not None and (allowed is None or len(denied) >= len(allowed)):
            return Title(f"«{self.title}» forbids {denied}", f"класс «{self.title}» запрещает {denied}")
        if allowed is None:
            return Title(f"«{self.title}» does not allow it", f"класс «{self.title}» этого не разрешает")
        return None


def _longest(patterns: tuple[str, ...], number: str) -> str | None:
    return max((p for p in patterns if fits(p, number)), key=len, default=None)
