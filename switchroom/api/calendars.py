"""Calendars, and the try box: what holds in a week, and is it open at a moment? Unpublished ones, too."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Body
from pydantic import BaseModel, ConfigDict, NaiveDatetime

from switchroom.api.configured import resource
from switchroom.api.deps import House, Me
from switchroom.api.words import Words, words
from switchroom.domain.calendars import (
    Calendar,
    DayKind,
    DayPlan,
    Hours,
    countries,
    day_plan,
    next_change,
    opening,
    special_days,
)
from switchroom.domain.configured import ThingKind

router = resource(ThingKind.CALENDAR, Calendar, "calendars", needs=None)
_DAY, _WEEK, _YEAR = timedelta(days=1), 7, 366
_TRIED: dict[str, Any] = {
    "example": {
        "calendar": {
            "id": "office", "title": "Офис", "holidays_of": "RU", "week": {"0": [{"begin": "09:00", "end": "18:00"}]},
        },
        "at": "2026-12-31T15:00",
    }
}  # fmt: skip


class TriedIn(BaseModel):
    """A calendar, published or not, and a moment by the clock of its zone; left out: now."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_TRIED)

    calendar: Calendar
    at: NaiveDatetime | None = None


class DayOut(BaseModel):
    """One local day: why its hours are what they are, and when it is open; an end of 00:00 is midnight."""

    day: date
    kind: DayKind
    name: Words
    hours: tuple[Hours, ...]


class TriedOut(BaseModel):
    """What holds at the moment, in its week from Monday on, and on the special days of the year that follows."""

    at: datetime
    is_open: bool
    why: Words
    changes: datetime | None
    week: list[DayOut]
    special: list[DayOut]


@router.post("/-/try", operation_id="try_calendar", summary="Is it open then, and what holds in that week?")
async def try_calendar(body: Annotated[TriedIn, Body()], house: House, me: Me) -> TriedOut:
    """Nothing is kept. `changes` is when it next opens or closes; null: not within 400 days."""
    zone = ZoneInfo(body.calendar.zone)
    at = body.at.replace(tzinfo=zone) if body.at else house.wall().astimezone(zone)
    return await asyncio.to_thread(_tried, body.calendar, at)


@router.get("/-/countries", operation_id="list_countries", summary="Countries whose holidays are known")
async def list_countries(me: Me) -> tuple[str, ...]:
    """Their codes of two letters."""
    return countries()


def _tried(calendar: Calendar, at: datetime) -> TriedOut:
    found = opening(calendar, at)
    monday = at.date() - at.weekday() * _DAY
    return TriedOut(
        at=at,
        is_open=found.is_open,
        why=Words(en=found.en, ru=found.ru),
        changes=next_change(calendar, at),
        week=[_day(day_plan(calendar, monday + n * _DAY)) for n in range(_WEEK)],
        special=[_day(plan) for plan in special_days(calendar, at.date(), _YEAR)],
    )


def _day(plan: DayPlan) -> DayOut:
    return DayOut(day=plan.day, kind=plan.kind, name=words(plan.name), hours=plan.hours)
