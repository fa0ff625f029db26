"""What can be configured, as people read it: each field with its title, its sort, and the titles of its values.

Read from the declarations themselves, so that differences in words and forms need no list of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from annotated_types import Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from switchroom.domain.access import RIGHTS, Right
from switchroom.domain.calendars import WEEKDAYS, Day
from switchroom.domain.cards import FIELD_KINDS, FieldKind
from switchroom.domain.company import Language
from switchroom.domain.configured import Called, Names, ThingKind
from switchroom.domain.devices import DEVICE_KINDS, DeviceKind
from switchroom.domain.distribution import STRATEGIES
from switchroom.domain.extensions import TargetKind
from switchroom.domain.facts.calls import RecordingWish
from switchroom.domain.groups import GROUP_STRATEGIES, GroupStrategy
from switchroom.domain.history import Direction
from switchroom.domain.modes import DAY_PARTS, DayPart
from switchroom.domain.outbound import NUMBER_FORMS, SHARINGS, NumberForm, Sharing
from switchroom.domain.prompts import KeptSound
from switchroom.domain.publishing import TITLES
from switchroom.domain.queues import StrategyKind
from switchroom.domain.recording_rules import DIRECTIONS, SOUND_FORMATS, SoundFormat
from switchroom.domain.routes import WHENS, When
from switchroom.domain.scenario.components.call.set_recording import WISHES
from switchroom.domain.scenario.graph import SCENARIO_KINDS, ScenarioKind
from switchroom.domain.titles import Title
from switchroom.domain.trunks import CODECS, DTMFS, TRUNK_KINDS, Codec, Dtmf, TrunkKind
from switchroom.domain.users import KeptPhoto

_TARGETS = {kind: TITLES[ThingKind(kind.value)] for kind in TargetKind if kind.value in set(ThingKind)}
VALUE_TITLES: Mapping[Any, Mapping[Any, Title]] = {
    StrategyKind: {kind: strategy.title for kind, strategy in STRATEGIES.items()},
    FieldKind: FIELD_KINDS,
    TrunkKind: TRUNK_KINDS,
    Codec: CODECS,
    Dtmf: DTMFS,
    DeviceKind: DEVICE_KINDS,
    TargetKind: {
        **_TARGETS,
        TargetKind.VOICEMAIL: Title("voicemail", "голосовая почта"),
        TargetKind.SERVICE: Title("service of the house", "услуга станции"),
        TargetKind.OUTSIDE: Title("phone outside", "внешний номер"),
    },
    When: WHENS,
    DayPart: DAY_PARTS,
    GroupStrategy: GROUP_STRATEGIES,
    NumberForm: NUMBER_FORMS,
    Sharing: SHARINGS,
    Right: RIGHTS,
    Direction: DIRECTIONS,
    SoundFormat: SOUND_FORMATS,
    ScenarioKind: SCENARIO_KINDS,
    Day: WEEKDAYS,
    RecordingWish: WISHES,
    Language: {"ru": Title("Russian", "русский"), "en": Title("English", "английский")},
}
"""Of every type with few values: what each is called."""
_KEY = Title("Key", "Ключ")


class Sort(StrEnum):
    """How a value is read."""

    TEXT = "text"
    WORDS = "words"
    """The same in both languages."""
    NUMBER = "number"
    SHARE = "share"
    YES_NO = "yes_no"
    DURATION = "duration"
    DATE = "date"
    TIME = "time"
    ONE_OF = "one_of"
    """One of `values`."""
    SOUND = "sound"
    """A kept sound; its name means nothing to people."""
    PHOTO = "photo"
    """A kept photo, likewise."""
    PARTS = "parts"
    """Fields of its own."""


class Many(StrEnum):
    """How many values stand together."""

    LIST = "list"
    SET = "set"
    """In no order."""
    MAP = "map"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOf:
    """One field. `many`: many of what `sort` says; the keys of a map may be among `values`, too."""

    key: str
    title: Title
    sort: Sort
    many: Many | None
    names: ThingKind | None
    values: Mapping[str, Title]
    parts: tuple["FieldOf", ...]


_MANY: Mapping[Any, Many] = {tuple: Many.LIST, frozenset: Many.SET, dict: Many.MAP}
_SORTS = ((bool, Sort.YES_NO), (timedelta, Sort.DURATION), (date, Sort.DATE), (time, Sort.TIME), (Title, Sort.WORDS))


def described(shape: type[BaseModel]) -> tuple[FieldOf, ...]:
    """The fields of a shape, in the order of their declaration."""
    return tuple(_field(key, field) for key, field in shape.model_fields.items())


def titled(key: str, field: FieldInfo) -> Title | None:
    """What the declaration calls a field; None if it does not."""
    given = next((m for m in field.metadata if isinstance(m, Title)), None)
    return given or (_KEY if key in ("id", "key") else None)


def _field(key: str, field: FieldInfo) -> FieldOf:
    found = list(types_in(field.annotation))
    held = list(types_in(_without_keys(field.annotation)))
    inner = next((t for t in found if isinstance(t, type) and issubclass(t, BaseModel)), None)
    return FieldOf(
        key=key,
        title=titled(key, field) or Title(key, key),
        sort=Sort.PARTS if inner else _sort(held, field),
        many=next((_MANY[origin] for t in found if (origin := get_origin(t)) in _MANY), None),
        names=next((m.kind for m in field.metadata if isinstance(m, Names)), None),
        values={**{str(_plain(value)): title for t in found for value, title in _titles(t).items()}, **_called(field)},
        parts=described(inner) if inner else (),
    )


def _called(field: FieldInfo) -> Mapping[str, Title]:
    return {value: title for m in field.metadata if isinstance(m, Called) for value, title in m.titles.items()}


def _without_keys(annotation: Any) -> Any:
    """What a map holds; anything else as it is."""
    return get_args(annotation)[1] if get_origin(annotation) is dict else annotation


def types_in(annotation: Any) -> Iterator[Any]:
    """The type and all that it is made of, but None."""
    yield annotation
    if get_origin(annotation) is Literal:
        return
    for part in get_args(annotation):
        if part not in (type(None), Ellipsis) and (get_origin(part) or isinstance(part, type | UnionType)):
            yield from types_in(part)


def _sort(found: list[Any], field: FieldInfo) -> Sort:
    if any(isinstance(m, KeptSound) for m in field.metadata):
        return Sort.SOUND
    if any(isinstance(m, KeptPhoto) for m in field.metadata):
        return Sort.PHOTO
    if any(_titles(t) for t in found):
        return Sort.ONE_OF
    types = [t for t in found if isinstance(t, type)]
    for wanted, sort in _SORTS:
        if any(issubclass(t, wanted) for t in types):
            return sort
    if Decimal in types:
        return Sort.NUMBER
    if float in types and any(isinstance(m, Le) and m.le == 1 for m in field.metadata):
        return Sort.SHARE
    return Sort.NUMBER if {int, float} & set(types) else Sort.TEXT


def _titles(found: Any) -> Mapping[Any, Title]:
    try:
        return VALUE_TITLES.get(found, {})
    except TypeError:  # a type that can't be looked up is none with few values
        return {}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
