"""Price lists of carriers as they come: tables in text, with the words and the signs of whoever made them.

Nothing is dropped in silence: each line becomes rates, or is told with its number and what is wrong with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from switchroom.domain.sheets import BadLine, decoded, lines_of
from switchroom.domain.tariffs import Rate
from switchroom.domain.titles import Title

MOST_OCTETS = 20_000_000
_COLUMNS = {
    "prefix": ("prefix", "code", "dial", "префикс", "код", "номер"),
    "per_minute": ("per minute", "rate", "price", "minute", "цена", "тариф", "стоимость", "минут", "руб"),
    "per_call": ("per call", "connect", "setup", "соединен"),
    "title": ("destination", "direction", "title", "name", "country", "направлен", "назван", "страна", "куда"),
}
_ORDER = ("prefix", "title", "per_minute", "per_call")
_RANGE = re.compile(r"^(\d+)\s*[-–]\s*(\d+)$")
_WIDEST = 1000


@dataclass(frozen=True, slots=True)
class PriceList:
    """What was read: the rates, and all that could not be."""

    rates: tuple[Rate, ...]
    bad: tuple[BadLine, ...]
    encoding: str


def read_price_list(octets: bytes) -> PriceList:
    """Read a table: UTF-8, UTF-16 or Windows-1251; separated by `;`, `,`, tabs or `|`; with a head line or without."""
    text, encoding = decoded(octets)
    taken: dict[str, tuple[int, Rate]] = {}
    bad: list[BadLine] = []
    columns: dict[str, int] | None = None
    for line in lines_of(text, lambda cells: _head(cells) is not None):
        if columns is None:
            columns = _head(line.cells)
            if columns is not None:
                continue
            columns = _without_head(line.cells)
        why = _take(line.cells, columns, line.number, taken)
        if why is not None:
            bad.append(BadLine(line.number, line.text[:200], why))
    return PriceList(tuple(rate for _, rate in taken.values()), tuple(bad), encoding)


def _head(cells: Sequence[str]) -> dict[str, int] | None:
    """Where each column stands, if this line names them; None if it is one with prices."""
    if any(_prefixes(cell) for cell in cells):
        return None
    found: dict[str, int] = {}
    for name, words in _COLUMNS.items():
        free = (at for at, cell in enumerate(cells) if at not in found.values())
        at = next((at for at in free if any(word in cells[at].casefold() for word in words)), None)
        if at is not None:
            found[name] = at
    return found if {"prefix", "per_minute"} <= found.keys() else None


def _without_head(cells: Sequence[str]) -> dict[str, int]:
    return {"prefix": 0, "per_minute": 1} if len(cells) == 2 else dict(zip(_ORDER, range(len(cells)), strict=False))


def _take(cells: Sequence[str], columns: dict[str, int], line: int, taken: dict[str, tuple[int, Rate]]) -> Title | None:
    """Put the rates of a line to the others; what is wrong with it, if anything is."""

    def cell(name: str) -> str:
        at = columns.get(name)
        return cells[at] if at is not None and at < len(cells) else ""

    prefixes, per_minute = _prefixes(cell("prefix")), _money(cell("per_minute"))
    per_call = _money(cell("per_call") or "0")
    if not prefixes:
        return Title("there is no beginning of a number", "нет начала номера")
    if per_minute is None or per_call is None:
        return Title("there is no price", "нет цены")
    made = [Rate(prefix=p, title=cell("title")[:120], per_minute=per_minute, per_call=per_call) for p in prefixes]
    for rate in made:
        if rate.prefix in taken:
            first = taken[rate.prefix][0]
            en, ru = f"{rate.prefix} stands in line {first} already", f"{rate.prefix} уже есть в строке {first}"
            return Title(en, ru)
    taken.update({rate.prefix: (line, rate) for rate in made})
    return None


def _prefixes(cell: str) -> list[str]:
    """All beginnings in a cell: `7495`, `+7 495, 7499`, `7910-7919`; nothing if anything else stands there."""
    found: list[str] = []
    for part in re.split(r"[,;/]", cell):
        plain = re.sub(r"[\s()+]", "", part)
        if not plain:
            continue
        among = list(_expanded(plain))
        if not among:
            return []
        found += among
    return found


def _expanded(part: str) -> Iterator[str]:
    if part.isascii() and part.isdigit() and len(part) <= 15:
        yield part
        return
    among = _RANGE.match(part)
    if among is None:
        return
    first, last = among[1], among[2]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if len(first) == len(last) <= 15 and int(first) <= int(last) < int(first) + _WIDEST:
        yield from (str(n).zfill(len(first)) for n in range(int(first), int(last) + 1))


def _money(cell: str) -> Decimal | None:
    """`1,50`, `1.5 ₽`, `0`; None if it is no price."""
    plain = re.sub(r"[\s\u00a0₽$€]|руб\.?|р\.|RUB|EUR|USD", "", cell, flags=re.IGNORECASE).replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= 1_000_000 else None
