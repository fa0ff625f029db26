"""Routes: rules that send a call on, tried in order, with the reason why one matched and others did not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import model_validator

from switchroom.domain.calendars import Calendar, opening
from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind, written
from switchroom.domain.extensions import Target
from switchroom.domain.titles import Title

Pattern = Annotated[
    str,
    written(
        r"^\+?[0-9]{0,20}\*?$",
        "Digits, a + before them if you wish; * at the end stands for any ending",
        "Цифры, перед ними можно +; * в конце заменяет любое окончание",
    ),
]


class When(StrEnum):
    """In which hours of its calendar a route holds."""

    ALWAYS = "always"
    OPEN = "open"
    CLOSED = "closed"


WHENS: dict[When, Title] = {
    When.ALWAYS: Title("Always", "Всегда"),
    When.OPEN: Title("In its hours", "В рабочие часы"),
    When.CLOSED: Title("Out of its hours", "В нерабочие часы"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """A call as routes look at it. `moment` is the wall clock's."""

    trunk: str
    dialled: str
    caller: str
    moment: datetime


class Route(Configured):
    """An inbound route: this trunk, this number and this caller lead there. A trailing `*` stands for any ending."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    trunk: Annotated[Key | None, Title("Trunk", "Линия"), Names(ThingKind.TRUNK)] = None
    number: Annotated[Pattern, Title("Number", "Номер")] = "*"
    caller: Annotated[Pattern, Title("Caller", "Кто звонит")] = "*"
    calendar: Annotated[Key | None, Title("Calendar", "Календарь"), Names(ThingKind.CALENDAR)] = None
    when: Annotated[When, Title("When", "Когда")] = When.ALWAYS
    target: Annotated[Target, Title("Leads to", "Ведёт на")]
    order: Annotated[int, Title("Order", "Порядок")] = 100

    @model_validator(mode="after")
    def _hours_need_a_calendar(self) -> "Route":
        misfit = misfit_of_hours(self.when, self.calendar)
        if misfit is not None:
            raise misfit
        return self

    def refusal(self, arriving: Arriving, calendar: Calendar | None) -> Title | None:
        """Why the route does not match; None if it does."""
        if self.trunk is not None and self.trunk != arriving.trunk:
            return Title(f"another trunk: {self.trunk}", f"другая линия: {self.trunk}")
        if not fits(self.number, arriving.dialled):
            return Title(f"another number: {self.number}", f"другой номер: {self.number}")
        if not fits(self.caller, arriving.caller):
            return Title(f"another caller: {self.caller}", f"звонит другой: {self.caller}")
        return refused_by_hours(self.when, calendar, arriving.moment)

    def reason(self) -> str:
        """Why it matched, for the story."""
        hours = f", {self.when} by {self.calendar}" if self.calendar else ""
        caller = f", caller {self.caller}" if self.caller != "*" else ""
        return f"trunk {self.trunk or 'any'}, number {self.number}{caller}{hours}"


@dataclass(frozen=True, slots=True)
class Tried:
    """A route that was looked at; `refusal` is None if it matched."""

    route: Route
    refusal: Title | None


def misfit_of_hours(when: When, calendar: str | None) -> Misfit | None:
    """What is wrong with the hours of a route; None if nothing is."""
    if when is not When.ALWAYS and calendar is None:
        return Misfit("Open or closed hours need a calendar", "Для этих часов нужен календарь", field="calendar")
    if when is When.ALWAYS and calendar is not None:
        ru = "С календарём маршрут действует в рабочие часы или в нерабочие"
        return Misfit("With a calendar, a route holds in open or in closed hours", ru, field="when")
    return None


def refused_by_hours(when: When, calendar: Calendar | None, moment: datetime) -> Title | None:
    """Why a route does not hold at this moment; None if it does."""
    if when is When.ALWAYS or calendar is None:
        return None
    found = opening(calendar, moment)
    if found.is_open is (when is When.OPEN):
        return None
    if found.is_open:
        return Title(f"open now: {found.en}", f"сейчас открыто: {found.ru}")
    return Title(f"closed now: {found.en}", f"сейчас закрыто: {found.ru}")


def fits(pattern: str, number: str) -> bool:
    """Whether a number fits a pattern; a trailing `*` stands for any ending."""
    return number.startswith(pattern[:-1]) if pattern.endswith("*") else number == pattern
