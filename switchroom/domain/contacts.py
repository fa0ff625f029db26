"""Contacts: people outside whom the company knows, in lists with fields of their own; found by their numbers."""

from collections.abc import Iterator, Mapping
from typing import Annotated, NewType

from annotated_types import MaxLen, MinLen
from pydantic import model_validator

from switchroom.domain.cards import Choice, Field, FieldKind, differ, fault_of
from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind, Words
from switchroom.domain.numbers import is_e164
from switchroom.domain.refusals import Refusal
from switchroom.domain.shapes import Shape
from switchroom.domain.titles import Title

ContactId = NewType("ContactId", str)
Known = str | float | bool
"""What stands in a field."""
OF_CONTACT = "contact_"
"""Begins the name of each variable that holds what a field says of who calls."""
MOST_NUMBERS = 10
LONGEST_NAME = 120
YES, NO = "yes", "no"
"""How a rule names the two sides of a check box."""


class ContactField(Configured):
    """One field of a list's contacts."""

    key: Key
    title: Annotated[Words, Title("Title", "Название")]
    kind: Annotated[FieldKind, Title("Kind", "Вид")] = FieldKind.TEXT
    choices: Annotated[tuple[Choice, ...], Title("Choices", "Варианты")] = ()

    @model_validator(mode="after")
    def _is_a_field(self) -> "ContactField":
        self.as_of_card()
        return self

    def as_of_card(self) -> Field:
        """The same as a card's field: what fits one fits the other. Raises: Misfit."""
        return Field(key=self.key, title=self.title, kind=self.kind, choices=self.choices)


class ContactList(Configured):
    """A list: what is known of each of its contacts besides name and numbers."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    project: Annotated[Key, Title("Project", "Проект"), Names(ThingKind.PROJECT)] = "main"
    fields: Annotated[tuple[ContactField, ...], MaxLen(50), Title("Fields", "Поля")] = ()

    @model_validator(mode="after")
    def _fields_differ(self) -> "ContactList":
        differ(field.key for field in self.fields)
        return self

    def field(self, key: str | None) -> ContactField | None:
        """The field of this key."""
        return next((field for field in self.fields if field.key == key), None)


class Contact(Shape, frozen=True, kw_only=True):
    """One contact; numbers are E.164."""

    id: ContactId
    list: str
    name: str = ""
    numbers: tuple[str, ...]
    values: dict[str, Known] = {}


class ContactMisfit(Refusal):
    """A contact can't be kept so; `faults` are told beside the fields."""

    code = "contact.misfit"
    status = 422
    en = "This contact can’t be kept: {faults}"
    ru = "Контакт нельзя сохранить: {faults}"

    def __init__(self, faults: tuple[tuple[str, Title], ...]) -> None:
        self.all = faults
        told = Title(*("; ".join(fault.in_(language) for _, fault in faults) for language in ("en", "ru")))
        super().__init__(faults=told)


class NumberTaken(Refusal):
    """Another contact of the list has one of the numbers."""

    code = "contact.number_taken"
    status = 409
    en = "{number} is a number of “{name}” already. Change that contact, or delete it."
    ru = "{number} — уже номер контакта «{name}». Измените тот контакт или удалите его."


def checked(of: ContactList, contact: Contact) -> Contact:
    """The contact, if it fits its list. Raises: ContactMisfit."""
    faults = tuple(_faults(of, contact))
    if faults:
        raise ContactMisfit(faults)
    return contact


def _faults(of: ContactList, contact: Contact) -> Iterator[tuple[str, Title]]:
    if len(contact.name) > LONGEST_NAME or not contact.name.isprintable():
        yield "name", Title(f"A name of at most {LONGEST_NAME} signs", f"Имя не длиннее {LONGEST_NAME} знаков")
    if not contact.numbers:
        yield "numbers", Title("At least one number", "Хотя бы один номер")
    if len(contact.numbers) > MOST_NUMBERS:
        yield "numbers", Title(f"At most {MOST_NUMBERS} numbers", f"Не больше {MOST_NUMBERS} номеров")
    for number in contact.numbers:
        if not is_e164(number):
            yield "numbers", Title(f"{number} is no telephone number", f"{number} — не телефонный номер")
    for key, value in contact.values.items():
        field = of.field(key)
        fault = fault_of(field.as_of_card(), value) if field else Title("there is no such field", "такого поля нет")
        if fault is not None:
            yield f"values.{key}", fault


# ---- a rule that looks at them


class ContactIs(Configured):
    """Who calls is a contact of this list; with a field, one in which it says one of `values`."""

    list: Annotated[Key, Title("List", "Список"), Names(ThingKind.CONTACT_LIST)]
    field: Annotated[Key | None, Title("Field", "Поле")] = None
    values: Annotated[
        tuple[Annotated[str, MinLen(1), MaxLen(200)], ...], MaxLen(100), Title("It says one of", "В нём одно из")
    ] = ()

    @model_validator(mode="after")
    def _a_field_says_something(self) -> "ContactIs":
        if self.field is not None and not self.values:
            raise Misfit("Say what must stand in the field", "Укажите, что должно стоять в поле", field="values")
        if self.field is None and self.values:
            raise Misfit("Say in which field", "Укажите, в каком поле", field="field")
        return self

    def holds(self, known: Mapping[str, Contact]) -> bool:
        """Whether it is so of who calls, whom the lists know so."""
        contact = known.get(self.list)
        if contact is None:
            return False
        return self.field is None or said(contact.values.get(self.field)) in {_plain(one) for one in self.values}

    def covers(self, other: "ContactIs | None") -> bool:
        """Whether it is so wherever the other is."""
        if other is None or self.list != other.list:
            return False
        if self.field is None:
            return True
        return self.field == other.field and {_plain(v) for v in other.values} <= {_plain(v) for v in self.values}

    def is_apart_from(self, other: "ContactIs | None") -> bool:
        """Whether nobody can fit both: one field can't say two things."""
        if other is None or self.field is None or (self.list, self.field) != (other.list, other.field):
            return False
        return not {_plain(v) for v in self.values} & {_plain(v) for v in other.values}

    def in_words(self, lists: Mapping[str, ContactList]) -> Title:
        """For whoever reads the rule."""
        of = lists.get(self.list)
        title = of.title if of else self.list
        en, ru = f"a contact of “{title}”", f"контакт из «{title}»"
        if self.field is None:
            return Title(en, ru)
        field = of.field(self.field) if of else None
        name = field.title if field else Title(self.field, self.field)
        values = [_titled(field, value) for value in self.values]
        return Title(
            f"{en}, “{name.en}” is {' or '.join(v.en for v in values)}",
            f"{ru}, «{name.ru}»: {' или '.join(v.ru for v in values)}",
        )


def said(value: Known | None) -> str:
    """A value as rules compare it: case and spaces around mean nothing."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return _plain(value or "")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _titled(field: ContactField | None, value: str) -> Title:
    if field is not None and field.kind is FieldKind.CHECK_BOX:
        return {YES: Title("yes", "да"), NO: Title("no", "нет")}.get(value, Title(value, value))
    choices = field.choices if field else ()
    return next((choice.title for choice in choices if choice.key == value), Title(value, value))
