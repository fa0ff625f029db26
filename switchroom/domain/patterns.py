"""Patterns of numbers: digits, and a `*` at the end for any ending."""

from typing import Annotated

from switchroom.domain.configured import written

ANY = "*"
Pattern = Annotated[
    str,
    written(
        r"^\+?[0-9]{0,20}\*?$",
        "Digits, a + before them if you wish; * at the end stands for any ending",
        "Цифры, перед ними можно +; * в конце заменяет любое окончание",
    ),
]


def fits(pattern: str, number: str) -> bool:
    """Whether a number fits a pattern; a trailing `*` stands for any ending."""
    return number.startswith(pattern[:-1]) if pattern.endswith("*") else number == pattern


def covers(outer: str, inner: str) -> bool:
    """Whether every number that fits `inner` fits `outer`, too."""
    if not outer.endswith("*"):
        return outer == inner
    return inner.removesuffix("*").startswith(outer[:-1])


def meet(one: str, other: str) -> bool:
    """Whether some number fits both."""
    return covers(one, other) or covers(other, one)
