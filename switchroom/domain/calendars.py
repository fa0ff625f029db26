"""Calendars: weekly hours in local time, holidays of a country, exceptions; open or closed at a moment, and why.

Missing and double hours of a zone: an hour that does not exist is passed over; of one that exists twice both count.
This follows from asking what the local clock shows at a moment, and never the other way round.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo

import holidays
from annotated_types import MaxLen
from pydantic import StringConstraints, field_validator, model_validator

from switchroom.domain.configured import Configured, Key, Misfit, Name, WallTime, ZoneName
from switchroom.domain.titles import Title

_MINUTE, _DAY, _HORIZON = timedelta(minutes=1), timedelta(days=1), 400
_NAMELESS = Title("", "")


class Day(IntEnum):
    """Days of the week, as Python counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


WEEKDAYS = {
    Day.MONDAY: Title("Monday", "понедельник"),
    Day.TUESDAY: Title("Tuesday", "вторник"),
    Day.WEDNESDAY: Title("Wednesday", "среда"),
    Day.THURSDAY: Title("Thursday", "четверг"),
    Day.FRIDAY: Title("Friday", "пятница"),
    Day.SATURDAY: Title("Saturday", "суббота"),
    Day.SUNDAY: Title("Sunday", "воскресенье"),
}


class Hours(Configured):
    """From this time to before that one; to midnight is 00:00."""

    begin: Annotated[WallTime, Title("From", "С")]
    end: Annotated[WallTime, Title("Until", "До")]

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        if self.end != time(0) and self.end <= self.begin:
            raise Misfit(
                "Hours end after they begin; over midnight write two",
                "Конец часов позже начала; через полночь — двумя строками",
            )
        return self

    def holds(self, moment: time) -> bool:
        """Whether this local time lies within."""
        return self.begin <= moment and (self.end == time(0) or moment < self.end)


class SpecialDays(Configured):
    """Other hours on these days; none: closed."""

    first: Annotated[date, Title("First day", "Первый день")]
    last: Annotated[date, Title("Last day", "Последний день")]
    hours: Annotated[tuple[Hours, ...], Title("Hours", "Часы")] = ()
    title: Annotated[str, MaxLen(120), Title("Why", "Почему")] = ""

    @model_validator(mode="after")
    def _in_order(self) -> "SpecialDays":
        if self.last < self.first:
            raise Misfit("The last day comes after the first", "Последний день не раньше первого")
        return self


class Calendar(Configured):
    """When something is open."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    zone: Annotated[ZoneName, Title("Time zone", "Часовой пояс")] = "Europe/Moscow"
    week: Annotated[dict[Day, tuple[Hours, ...]], Title("Week", "Неделя")] = {}
    holidays_of: Annotated[
        str | None, StringConstraints(pattern="^[A-Z]{2}$"), Title("Holidays of country", "Праздники страны")
    ] = None
    exceptions: Annotated[tuple[SpecialDays, ...], Title("Exceptions", "Исключения")] = ()

    @field_validator("holidays_of")
    @classmethod
    def _is_a_country(cls, country: str | None) -> str | None:
        if country is not None and country not in holidays.list_supported_countries():
            raise Misfit("Holidays of this country are not known", "Праздники этой страны неизвестны")
        return country


class DayKind(StrEnum):
    """Why the hours of a day are what they are."""

    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    MOVED = "moved"
    """A weekend on which people work, as a country moves its days."""
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class DayPlan:
    """When it is open on one local day, and why; `name` of the holiday or the exception, else of the weekday."""

    day: date
    kind: DayKind
    name: Title
    hours: tuple[Hours, ...]


_REASONS = {
    DayKind.ORDINARY: Title("weekly hours, {}", "часы недели, {}"),
    DayKind.HOLIDAY: Title("holiday: {}", "праздник: {}"),
    DayKind.MOVED: Title("a weekend that is worked, as on {}", "рабочий выходной, как {}"),
    DayKind.EXCEPTION: Title("exception: {}", "исключение: {}"),
}


class Opening(Configured):
    """The answer, and why."""

    is_open: bool
    en: str
    ru: str


def opening(calendar: Calendar, moment: datetime) -> Opening:
    """Whether it is open at this moment (aware, of any zone)."""
    local = moment.astimezone(ZoneInfo(calendar.zone))
    plan = day_plan(calendar, local.date())
    why = _REASONS[plan.kind]
    is_open = any(hours.holds(local.time()) for hours in plan.hours)
    return Opening(is_open=is_open, en=why.en.format(plan.name.en), ru=why.ru.format(plan.name.ru))


def day_plan(calendar: Calendar, day: date) -> DayPlan:
    """The hours of a local day: an exception counts first, then a holiday, then the week."""
    for exception in calendar.exceptions:
        if exception.first <= day <= exception.last:
            named = exception.title or f"{exception.first} – {exception.last}"
            return DayPlan(day, DayKind.EXCEPTION, Title(named, named), exception.hours)
    kind, name = _day(calendar.holidays_of, day)
    if kind is DayKind.HOLIDAY:
        return DayPlan(day, kind, name, ())
    worked = Day.MONDAY if kind is DayKind.MOVED else Day(day.weekday())
    return DayPlan(day, kind, WEEKDAYS[worked], calendar.week.get(worked, ()))


def special_days(calendar: Calendar, first: date, count: int) -> Iterator[DayPlan]:
    """Of so many days from this one on, those on which the week does not hold."""
    plans = (day_plan(calendar, first + n * _DAY) for n in range(count))
    return (plan for plan in plans if plan.kind is not DayKind.ORDINARY)


def countries() -> tuple[str, ...]:
    """Codes of all countries whose holidays are known."""
    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))


def next_change(calendar: Calendar, moment: datetime) -> datetime | None:
    """The first whole minute after this one at which it opens or closes; None within 400 days."""
    now = opening(calendar, moment).is_open
    first = moment.astimezone(ZoneInfo(calendar.zone)).date() - _DAY
    for day in (first + n * _DAY for n in range(_HORIZON)):
        for at in _moments(calendar, day):
            if at > moment and opening(calendar, at).is_open is not now:
                return at
    return None


def _moments(calendar: Calendar, day: date) -> list[datetime]:
    """All moments of a local day at which anything may begin or end, in order."""
    zone = ZoneInfo(calendar.zone)
    begin = datetime.combine(day, time(0), zone).astimezone(UTC)
    end = datetime.combine(day + _DAY, time(0), zone).astimezone(UTC)
    if begin.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset():  # the clock moves: any minute may do
        return [begin + n * _MINUTE for n in range((end - begin) // _MINUTE)]
    return sorted(datetime.combine(day, border, zone).astimezone(UTC) for border in _borders(calendar))


def _borders(calendar: Calendar) -> frozenset[time]:
    """Local times at which anything may begin or end."""
    every = [*calendar.week.values(), *(e.hours for e in calendar.exceptions)]
    return frozenset({time(0)} | {t for hours in every for h in hours for t in (h.begin, h.end)})


@lru_cache(maxsize=4096)
def _day(country: str | None, day: date) -> tuple[DayKind, Title]:
    """What kind of day it is there, and the holiday's name."""
    if country is None:
        return DayKind.ORDINARY, _NAMELESS
    known = _holidays(country, day.year, None)
    if day in known:
        return DayKind.HOLIDAY, Title(_name(country, day, "en_US"), _name(country, day, "ru"))
    moved = day.weekday() >= Day.SATURDAY and known.is_working_day(day)
    return DayKind.MOVED if moved else DayKind.ORDINARY, _NAMELESS


@lru_cache(maxsize=64)
def _holidays(country: str, year: int, language: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=year, language=language)


def _name(country: str, day: date, language: str) -> str:
    """Of a holiday, in this language; in the country's own where there is none in it."""
    spoken = language in holidays.list_localized_countries(include_aliases=False).get(country, [])
    return str(_holidays(country, day.year, language if spoken else None).get(day))
