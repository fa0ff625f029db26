"""Calendars: weekly hours in local time, holidays of a country, exceptions; open or closed at a moment, and why.

Missing and double hours of a zone: an hour that does not exist is passed over; of one that exists twice both count.
This follows from asking what the local clock shows at a moment, and never the other way round.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from annotated_types import MaxLen
from pydantic import StringConstraints, field_validator, model_validator

from switchroom.domain.configured import Configured, Key, Name
from switchroom.domain.titles import Title

_MINUTE, _DAY, _HORIZON = timedelta(minutes=1), timedelta(days=1), 400


class Day(IntEnum):
    """Days of the week, as Python counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Hours(Configured):
    """From this time to before that one; to midnight is 00:00."""

    begin: Annotated[time, Title("From", "С")]
    end: Annotated[time, Title("Until", "До")]

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        if self.end != time(0) and self.end <= self.begin:
            raise ValueError("Hours end after they begin; over midnight write two.")
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
            raise ValueError("The last day comes after the first.")
        return self


class Calendar(Configured):
    """When something is open."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    zone: Annotated[str, Title("Time zone", "Часовой пояс")] = "Europe/Moscow"
    week: Annotated[dict[Day, tuple[Hours, ...]], Title("Week", "Неделя")] = {}
    holidays_of: Annotated[
        str | None, StringConstraints(pattern="^[A-Z]{2}$"), Title("Holidays of country", "Праздники страны")
    ] = None
    exceptions: Annotated[tuple[SpecialDays, ...], Title("Exceptions", "Исключения")] = ()

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("There is no such time zone; it looks like Europe/Moscow.") from None
        return zone

    @field_validator("holidays_of")
    @classmethod
    def _is_a_country(cls, country: str | None) -> str | None:
        if country is not None and country not in holidays.list_supported_countries():
            raise ValueError("Holidays of this country are not known.")
        return country


class Opening(Configured):
    """The answer, and why."""

    is_open: bool
    en: str
    ru: str


def opening(calendar: Calendar, moment: datetime) -> Opening:
    """Whether it is open at this moment (aware, of any zone)."""
    local = moment.astimezone(ZoneInfo(calendar.zone))
    for exception in calendar.exceptions:
        if exception.first <= local.date() <= exception.last:
            named = exception.title or f"{exception.first} – {exception.last}"
            return _told(exception.hours, local.time(), f"exception: {named}", f"исключение: {named}")
    kind, name = _day(calendar.holidays_of, local.date())
    if kind == "holiday":
        return Opening(is_open=False, en=f"holiday: {name}", ru=f"праздник: {name}")
    day = Day.MONDAY if kind == "working weekend" else Day(local.weekday())
    return _told(calendar.week.get(day, ()), local.time(), f"weekly hours of {day.name.lower()}", "часы недели")


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


def _told(hours: tuple[Hours, ...], moment: time, en: str, ru: str) -> Opening:
    return Opening(is_open=any(h.holds(moment) for h in hours), en=en, ru=ru)


@lru_cache(maxsize=4096)
def _day(country: str | None, day: date) -> tuple[str, str]:
    """What kind of day it is there: holiday, working weekend (moved), or ordinary; and its name."""
    if country is None:
        return "ordinary", ""
    known = holidays.country_holidays(country, years=day.year, language="ru" if country == "RU" else None)
    if day in known:
        return "holiday", str(known.get(day))
    moved = day.weekday() >= Day.SATURDAY and known.is_working_day(day)
    return ("working weekend", "") if moved else ("ordinary", "")
