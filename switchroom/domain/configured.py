"""What every configured thing shares: a kind, a key, a title, and strictness about its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from annotated_types import MaxLen, MinLen
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, WithJsonSchema

from switchroom.domain.identity import KEY
from switchroom.domain.titles import Title

_FORMS: dict[str, Title] = {}


def written(pattern: str, en: str, ru: str, *, strip: bool = False) -> StringConstraints:
    """Text of this form; the words tell whoever wrote it otherwise what is expected."""
    _FORMS[pattern] = Title(en, ru)
    return StringConstraints(pattern=pattern, strip_whitespace=strip or None)


def words_of_form(pattern: str) -> Title | None:
    """What a text of this form is made of, in words; None if nobody said."""
    return _FORMS.get(pattern)


Key = Annotated[
    str,
    written(
        KEY,
        "Small Latin letters, digits, “-” and “_”; a letter or a digit first",
        "Строчные латинские буквы, цифры, «-» и «_»; первой буква или цифра",
    ),
]
_ONE_LINE = written(r"^[^\x00-\x1f\x7f]*$", "One line of plain text", "Одна строка обычного текста", strip=True)
Name = Annotated[str, MinLen(1), MaxLen(120), _ONE_LINE]


class ThingKind(StrEnum):
    """What can be configured."""

    COMPANY = "company"
    PROJECT = "project"
    ROLE = "role"
    USER = "user"
    DEVICE = "device"
    TRUNK = "trunk"
    PROMPT = "prompt"
    CARD = "card"
    QUEUE = "queue"
    SCENARIO = "scenario"
    EXTENSION = "extension"
    ROUTE = "route"
    CALENDAR = "calendar"
    GROUP = "group"
    ROOM = "room"
    OUTBOUND_ROUTE = "outbound_route"
    SERVICE_CLASS = "service_class"
    CALLER_LIST = "caller_list"
    CONTACT_LIST = "contact_list"
    PAGING = "paging"
    MODE = "mode"
    TARIFF = "tariff"
    RECORDING_RULE = "recording_rule"


@dataclass(frozen=True, slots=True)
class Names:
    """Stands in a field's annotation: its value is the key, or the keys, of things of this kind."""

    kind: ThingKind


@dataclass(frozen=True, slots=True)
class Called:
    """Stands in a field's annotation: some of its values are called so; the others are keys of things."""

    titles: Mapping[str, Title]


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing names another, at this place."""

    kind: ThingKind
    key: str
    path: str


class Configured(BaseModel):
    """A part of the configuration: frozen, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_timedelta="float", validate_default=True)


class Misfit(ValueError):
    """Parts of a thing that don't fit each other, in words; raised by its own checks and told beside the field.

    `field` says beside which one, where the check is one of the whole thing; `also` are others found with it.
    """

    def __init__(self, en: str, ru: str, *, field: str = "", also: "tuple[Misfit, ...]" = ()) -> None:
        self.title = Title(en, ru)
        self.field = field
        self.also = also
        super().__init__(en)


def _is_a_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        en, ru = "There is no such time zone; it looks like {}", "Такого часового пояса нет; пример: {}"
        raise Misfit(en.format("Europe/Moscow"), ru.format("Europe/Moscow")) from None
    return name


def _is_not_live(key: str) -> str:
    if key == "live":
        raise Misfit("This name is taken by the program itself", "Это имя занято самой программой")
    return key


KeyBesideLive = Annotated[Key, AfterValidator(_is_not_live)]
"""The key of a thing beside whose door there is one called `live`."""


def _is_said(title: Title) -> Title:
    if not title.en.strip() or not title.ru.strip():
        raise Misfit("Write what it is called", "Напишите, как это называется")
    return title


Words = Annotated[Title, AfterValidator(_is_said)]
"""What people call a part of a thing, in both languages."""


ZoneName = Annotated[str, AfterValidator(_is_a_zone)]


def _is_by_the_wall(moment: time) -> time:
    if moment.tzinfo is not None:
        raise Misfit(
            "A time as the clock on the wall shows it, without a zone",
            "Время как на часах, без часового пояса",
        )
    return moment


WallTime = Annotated[
    time,
    AfterValidator(_is_by_the_wall),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"}),
]
"""A time of day without a zone; JSON Schema's own `time` has one."""


def references(thing: BaseModel, path: str = "") -> Iterator[Reference]:
    """Everything that a thing names, in its parts too."""
    for name, field in type(thing).model_fields.items():
        value, here = getattr(thing, name), f"{path}.{name}" if path else name
        kinds = [m.kind for m in field.metadata if isinstance(m, Names)]
        for part in value if isinstance(value, tuple | frozenset) else (value,):
            if kinds and isinstance(part, str):
                yield Reference(kinds[0], part, here)
            if isinstance(part, BaseModel):
                yield from references(part, here)
