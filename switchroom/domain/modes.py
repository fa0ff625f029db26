"""Day and night by hand: named switches that people throw, and that routes and scenarios look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from switchroom.domain.calendars import Calendar, opening
from switchroom.domain.configured import Configured, Key, Name, Names, ThingKind
from switchroom.domain.titles import Title


class DayPart(StrEnum):
    """What a mode says."""

    DAY = "day"
    NIGHT = "night"


DAY_PARTS: dict[DayPart, Title] = {DayPart.DAY: Title("Day", "День"), DayPart.NIGHT: Title("Night", "Ночь")}


class Thrown(StrEnum):
    """How somebody has thrown a mode."""

    DAY = "day"
    NIGHT = "night"
    BY_ITSELF = "by_itself"
    """By its calendar; without one it is day."""


class Mode(Configured):
    """One switch between day and night. Its position is no part of the configuration: whoever may, throws it."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    calendar: Annotated[
        Key | None, Title("By itself, day is when this is open", "Сам: день, когда открыто по календарю"),
        Names(ThingKind.CALENDAR),
    ] = None  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mode says at a moment, and why."""

    part: DayPart
    why: Title


def read(
    mode: Mode, thrown: Mapping[str, Thrown], calendars: Mapping[str, Calendar], moment: datetime
) -> Reading:
    """What this mode says; `thrown` are the positions of all modes by key, `moment` is the wall clock's."""
    position = thrown.get(mode.id, Thrown.BY_ITSELF)
    if position is not Thrown.BY_ITSELF:
        part = DayPart(position.value)
        return Reading(part, Title(f"“{mode.title}” is thrown to {_EN[part]}", f"«{mode.title}»: вручную {_RU[part]}"))
    calendar = calendars.get(mode.calendar or "")
    if calendar is None:
        return Reading(DayPart.DAY, Title(f"“{mode.title}” is at day", f"«{mode.title}»: день"))
    found = opening(calendar, moment)
    part = DayPart.DAY if found.is_open else DayPart.NIGHT
    en, ru = f"“{mode.title}” is by itself at {_EN[part]}", f"«{mode.title}»: сам, {_RU[part]}"
    return Reading(part, Title(f"{en} ({found.en})", f"{ru} ({found.ru})"))


def turned(part: DayPart) -> Thrown:
    """Where a feature code throws a mode that says this: to the other side."""
    return Thrown.NIGHT if part is DayPart.DAY else Thrown.DAY


_EN = {DayPart.DAY: "day", DayPart.NIGHT: "night"}
_RU = {DayPart.DAY: "день", DayPart.NIGHT: "ночь"}
