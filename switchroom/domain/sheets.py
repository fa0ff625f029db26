"""Tables in text as people send them: any usual encoding, separator and head, each line with its number."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from switchroom.domain.titles import Title

SEPARATORS = ";\t,|"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that became nothing; `line` counts from 1, `text` is as it was."""

    line: int
    text: str
    why: Title


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, as it was and in its cells."""

    number: int
    text: str
    cells: tuple[str, ...]


def decoded(octets: bytes) -> tuple[str, str]:
    """The text, and how it was written: UTF-8, UTF-16, else Windows-1251."""
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return octets.decode("utf-16", errors="replace"), "utf-16"
    try:
        return octets.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return octets.decode("cp1251", errors="replace"), "cp1251"


def separator(lines: Sequence[str], is_head: Callable[[Sequence[str]], bool]) -> str:
    """The sign that makes a head of the first line, else that most of the first lines have."""
    sample = [line for line in lines[:50] if line.strip()]
    by_head = next((sign for sign in SEPARATORS if sample and is_head(cells(sample[0], sign))), None)
    if by_head is not None:
        return by_head
    return max(SEPARATORS, key=lambda sign: sum(1 for line in sample if sign in line) if sample else 0)


def cells(line: str, sign: str) -> list[str]:
    """What stands in the columns."""
    return [cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])]


def lines_of(text: str, is_head: Callable[[Sequence[str]], bool]) -> Iterator[Line]:
    """All lines that are not empty."""
    lines = text.splitlines()
    sign = separator(lines, is_head)
    for number, line in enumerate(lines, start=1):
        found = cells(line, sign)
        if any(found):
            yield Line(number, line, tuple(found))
