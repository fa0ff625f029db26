"""Contacts out of a table: which column is what, what each line makes, and every line that makes nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from switchroom.domain.cards import FieldKind
from switchroom.domain.contacts import (
    LONGEST_NAME,
    MOST_NUMBERS,
    Contact,
    ContactField,
    ContactId,
    ContactList,
    ContactMisfit,
    Known,
    checked,
)
from switchroom.domain.numbers import to_e164
from switchroom.domain.sheets import BadLine, Line, decoded, lines_of
from switchroom.domain.titles import Title

MOST_OCTETS = 50_000_000
NAME, NUMBER, NOTHING = "name", "number", ""
FIELD = "field:"
"""Before the key of the field that a column fills."""
_NUMBER_WORDS = ("phone", "number", "mobile", "tel", "телефон", "номер", "моб", "тел")
_NAME_WORDS = ("name", "client", "contact", "имя", "фио", "клиент", "назв", "контакт", "фамилия")
_YES, _NO = {"yes", "true", "1", "да", "+", "истина"}, {"no", "false", "0", "нет", "-", "ложь"}
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what stands in the first lines, and what it is: `name`, `number`, `field:KEY` or nothing."""

    head: str
    samples: tuple[str, ...]
    means: str


@dataclass(slots=True)
class Imported:
    """What the table makes of a list."""

    columns: tuple[Column, ...]
    encoding: str
    added: dict[ContactId, Contact] = field(default_factory=dict)
    changed: dict[ContactId, Contact] = field(default_factory=dict)
    same: set[ContactId] = field(default_factory=set)
    bad: list[BadLine] = field(default_factory=list)


def read_contacts(
    octets: bytes, of: ContactList, country: str, there: Mapping[str, Contact], new_id: Callable[[], ContactId],
    means: Sequence[str] | None = None,
) -> Imported:
    """Read a table as CSV. `there` are the list's contacts by number; who is there is changed, not doubled.

    `means` says what each column is, where the guess is not wanted.
    """
    text, encoding = decoded(octets)
    lines = list(lines_of(text, lambda cells: _is_head(cells, of)))
    head = lines.pop(0).cells if lines and _is_head(lines[0].cells, of) else ()
    columns = _columns(head, lines, of, country, means)
    reading = _Reading(of, country, dict(there), new_id, Imported(columns, encoding))
    for line in lines:
        reading.take(line)
    return reading.found


# ---- which column is what


def _is_head(cells: Sequence[str], of: ContactList) -> bool:
    return not any(_digits(cell) > 4 for cell in cells) and any(
        _by_head(cell, of) is not None for cell in cells
    )


def _digits(cell: str) -> int:
    return sum(sign.isdigit() for sign in cell)


def _by_head(head: str, of: ContactList) -> str | None:
    plain = head.casefold().strip()
    for one in of.fields:
        if plain in (one.key, one.title.en.casefold(), one.title.ru.casefold()):
            return FIELD + one.key
    if any(word in plain for word in _NUMBER_WORDS):
        return NUMBER
    return NAME if any(word in plain for word in _NAME_WORDS) else None


def _columns(
    head: Sequence[str], lines: Sequence[Line], of: ContactList, country: str, means: Sequence[str] | None
) -> tuple[Column, ...]:
    width = max((len(line.cells) for line in lines[:_SAMPLE]), default=len(head))
    found: list[Column] = []
    for at in range(max(width, len(head))):
        samples = [line.cells[at] for line in lines[:_SAMPLE] if at < len(line.cells) and line.cells[at]]
        title = head[at] if at < len(head) else ""
        guessed = _by_head(title, of) or (NUMBER if _are_numbers(samples, country) else NOTHING)
        if guessed == NAME and any(column.means == NAME for column in found):
            guessed = NOTHING
        meant = means[at] if means is not None and at < len(means) else guessed
        found.append(Column(title, tuple(samples[:3]), meant))
    if not head and not any(column.means == NAME for column in found) and means is None:
        found = _named(found)
    return tuple(found)


def _are_numbers(samples: Sequence[str], country: str) -> bool:
    fit = sum(1 for one in samples if to_e164(one, country) is not None)
    return bool(samples) and fit * 2 > len(samples)


def _named(columns: list[Column]) -> list[Column]:
    """Without a head, the first column of words is the name."""
    at = next((n for n, one in enumerate(columns) if one.means == NOTHING and one.samples), None)
    if at is not None:
        columns[at] = Column(columns[at].head, columns[at].samples, NAME)
    return columns


# ---- what each line makes


@dataclass(slots=True)
class _Reading:
    of: ContactList
    country: str
    by_number: dict[str, Contact]
    new_id: Callable[[], ContactId]
    found: Imported

    def take(self, line: Line) -> None:
        why = self._taken(line)
        if why is not None:
            self.found.bad.append(BadLine(line.number, line.text[:200], why))

    def _taken(self, line: Line) -> Title | None:
        numbers, wrong = self._numbers(line)
        if wrong is not None:
            return wrong
        known = {self.by_number[one].id: self.by_number[one] for one in numbers if one in self.by_number}
        if len(known) > 1:
            names = ", ".join(one.name or one.numbers[0] for one in known.values())
            return Title(f"its numbers are of several contacts: {names}", f"номера разных контактов: {names}")
        before = next(iter(known.values()), None)
        values, wrong = self._values(line)
        if wrong is not None:
            return wrong
        return self._keep(before, self._name(line), numbers, values)

    def _keep(
        self, before: Contact | None, name: str, numbers: tuple[str, ...], values: dict[str, Known]
    ) -> Title | None:
        if before is None:
            made = Contact(id=self.new_id(), list=self.of.id, name=name, numbers=numbers, values=values)
        else:
            every = tuple(dict.fromkeys((*before.numbers, *numbers)))
            made = replace(before, name=name or before.name, numbers=every, values={**before.values, **values})
        try:
            checked(self.of, made)
        except ContactMisfit as why:
            return why.all[0][1]
        for number in made.numbers:
            self.by_number[number] = made
        if made == before:
            self.found.same.update({made.id} - self.found.added.keys() - self.found.changed.keys())
            return None
        self.found.same.discard(made.id)
        is_new = before is None or made.id in self.found.added
        (self.found.added if is_new else self.found.changed)[made.id] = made
        return None

    def _cells(self, line: Line, means: str) -> list[str]:
        return [
            line.cells[at] for at, column in enumerate(self.found.columns)
            if column.means == means and at < len(line.cells) and line.cells[at]
        ]  # fmt: skip

    def _name(self, line: Line) -> str:
        return " ".join(" ".join(self._cells(line, NAME)).split())[:LONGEST_NAME]

    def _numbers(self, line: Line) -> tuple[tuple[str, ...], Title | None]:
        written = [one for cell in self._cells(line, NUMBER) for one in re.split(r"[,;/]", cell) if one.strip()]
        numbers: dict[str, None] = {}
        for one in written:
            number = to_e164(one.strip(), self.country)
            if number is None:
                told = one.strip()[:40]
                return (), Title(f"{told} is no telephone number", f"{told} — не телефонный номер")
            numbers[number] = None
        if not numbers:
            return (), Title("there is no number", "нет номера")
        if len(numbers) > MOST_NUMBERS:
            return (), Title(f"more than {MOST_NUMBERS} numbers", f"больше {MOST_NUMBERS} номеров")
        return tuple(numbers), None

    def _values(self, line: Line) -> tuple[dict[str, Known], Title | None]:
        values: dict[str, Known] = {}
        for one in self.of.fields:
            for cell in self._cells(line, FIELD + one.key):
                value = _read(one, cell)
                if value is None:
                    en, ru = f"“{one.title.en}” can’t be {cell[:40]}", f"«{one.title.ru}» не может быть {cell[:40]}"
                    return {}, Title(en, ru)
                values[one.key] = value
        return values, None


def _read(of: ContactField, cell: str) -> Known | None:
    """What a cell says in this field; None if it says nothing that fits."""
    match of.kind:
        case FieldKind.NUMBER:
            return _number(cell)
        case FieldKind.CHECK_BOX:
            plain = cell.casefold()
            return True if plain in _YES else False if plain in _NO else None
        case FieldKind.LIST:
            plain = cell.casefold()
            named = (c.key for c in of.choices if plain in (c.key, c.title.en.casefold(), c.title.ru.casefold()))
            return next(named, None)
        case FieldKind.DATE:
            return _date(cell)
        case _:
            return cell


def _number(cell: str) -> float | None:
    plain = re.sub(r"[\s\u00a0]", "", cell).replace(",", ".")
    return float(plain) if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", plain) else None


def _date(cell: str) -> str:
    """`31.12.2026` as it is written here; anything else as it is, to be looked at as a date."""
    found = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", cell)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else cell
