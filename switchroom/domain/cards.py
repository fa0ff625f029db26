"""Dialog cards: the form that an operator fills in, its checks, and what is missing."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import model_validator

from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind, Words
from switchroom.domain.dispositions import Disposition, circles
from switchroom.domain.people import Secret, Value
from switchroom.domain.titles import Title

LONGEST_TEXT = 20_000
GREATEST_NUMBER = 2**53
"""Up to here a browser and JSON hold whole numbers exactly."""


class FieldKind(StrEnum):
    """What can be typed into a field."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    CHECK_BOX = "check_box"
    LIST = "list"


FIELD_KINDS: dict[FieldKind, Title] = {
    FieldKind.TEXT: Title("Text", "Текст"),
    FieldKind.LONG_TEXT: Title("Long text", "Длинный текст"),
    FieldKind.NUMBER: Title("Number", "Число"),
    FieldKind.DATE: Title("Date", "Дата"),
    FieldKind.PHONE: Title("Phone", "Телефон"),
    FieldKind.CHECK_BOX: Title("Check box", "Флажок"),
    FieldKind.LIST: Title("List", "Список"),
}


class Choice(Configured):
    """One entry of a list."""

    key: Key
    title: Annotated[Words, Title("Title", "Название")]


class Field(Configured):
    """One field of a card."""

    key: Key
    title: Annotated[Words, Title("Title", "Название")]
    kind: Annotated[FieldKind, Title("Kind", "Вид")] = FieldKind.TEXT
    required: Annotated[bool, Title("Required", "Обязательно")] = False
    choices: Annotated[tuple[Choice, ...], Title("Choices", "Варианты")] = ()
    filled_from: Annotated[str | None, Title("Filled from variable", "Заполнить из переменной")] = None

    @model_validator(mode="after")
    def _a_list_has_choices(self) -> "Field":
        if (self.kind is FieldKind.LIST) != bool(self.choices):
            raise Misfit("A list has choices, and only a list has them", "У списка есть варианты, и только у списка")
        differ(choice.key for choice in self.choices)
        return self


class Card(Configured):
    """A card: its script and its fields, in order."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    project: Annotated[Key, Title("Project", "Проект"), Names(ThingKind.PROJECT)] = "main"
    script: Annotated[str, MaxLen(LONGEST_TEXT), Title("Script", "Скрипт")] = ""
    fields: Annotated[tuple[Field, ...], MinLen(1), Title("Fields", "Поля")]
    dispositions: Annotated[tuple[Disposition, ...], Title("Results", "Результаты")] = ()
    disposition_required: Annotated[bool, Title("Result required", "Результат обязателен")] = False

    @model_validator(mode="after")
    def _holds_together(self) -> "Card":
        differ(field.key for field in self.fields)
        differ(disposition.key for disposition in self.dispositions)
        if circle := circles(self.dispositions):
            named = ", ".join(circle)
            raise Misfit(f"These lie within nothing, or a circle: {named}", f"Лежат ни в чём или по кругу: {named}")
        if self.disposition_required and not self.dispositions:
            raise Misfit("A result is required, but there is none", "Результат обязателен, а выбирать не из чего")
        return self


def differ(keys: Iterable[str]) -> None:
    """Raises: Misfit, with those that stand twice."""
    if twice := [key for key, times in Counter(keys).items() if times > 1]:
        named = ", ".join(twice)
        raise Misfit(f"These keys stand twice: {named}", f"Ключи повторяются: {named}")


def fault_of(field: Field, value: Value) -> Title | None:
    """Why this value does not fit the field; None if it does. Nothing at all always fits while typing."""
    if value is None or value == "":
        return None
    return _FAULTS[field.kind](field, value)


def missing(card: Card, values: dict[str, Value], disposition: str | None) -> list[str]:
    """Keys of all that must be given before the card can be closed; `disposition` stands for the result."""
    lacking = [f.key for f in card.fields if f.required and _is_nothing(values.get(f.key))]
    if card.disposition_required and disposition is None:
        lacking.append("disposition")
    return lacking


def _is_nothing(value: Value) -> bool:
    return value is None or value is False or value == ""


def filled_in(card: Card, variables: dict[str, Value]) -> dict[str, Value]:
    """What the card opens with: known data, where it fits its field."""
    known = {f.key: variables[f.filled_from] for f in card.fields if f.filled_from and f.filled_from in variables}
    fields = {f.key: f for f in card.fields}
    return {k: v for k, v in known.items() if not isinstance(v, Secret) and fault_of(fields[k], v) is None}


def _text(_: Field, value: Value) -> Title | None:
    if isinstance(value, str) and len(value) <= LONGEST_TEXT and _is_whole(value):
        return None
    return Title(f"A text of at most {LONGEST_TEXT} characters", f"Текст не длиннее {LONGEST_TEXT} знаков")


def _is_whole(text: str) -> bool:
    """Whether no half of a surrogate pair is in it, which no file and no database takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(_: Field, value: Value) -> Title | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= GREATEST_NUMBER:
        return None  # "not a number" is not below anything
    return Title("A number", "Число")


def _check_box(_: Field, value: Value) -> Title | None:
    return None if isinstance(value, bool) else Title("Yes or no", "Да или нет")


def _date(_: Field, value: Value) -> Title | None:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return Title("A date such as 2026-11-24", "Дата вида 2026-11-24")
    return None


def _choice(field: Field, value: Value) -> Title | None:
    fits = value in {c.key for c in field.choices}
    return None if fits else Title("One of the list", "Значение из списка")


_FAULTS = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.PHONE: _text,
    FieldKind.NUMBER: _number,
    FieldKind.CHECK_BOX: _check_box,
    FieldKind.DATE: _date,
    FieldKind.LIST: _choice,
}
