"""Routes: rules that send a call on, tried in order, with the reason why one matched and others did not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import model_validator

from switchroom.domain.calendars import Calendar, Opening, opening
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


ANY = "*"


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
    number: Annotated[Pattern, Title("Number", "Номер")] = ANY
    caller: Annotated[Pattern, Title("Caller", "Кто звонит")] = ANY
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

    def refusal(
        self, arriving: Arriving, calendar: Calendar | None, trunks: Mapping[str, str] = MappingProxyType({})
    ) -> Title | None:
        """Why the route does not match; None if it does. `trunks` are the titles of trunks by their keys."""
        if self.trunk is not None and self.trunk != arriving.trunk:
            trunk = trunks.get(self.trunk, self.trunk)
            return Title(f"only for the line “{trunk}”", f"только для линии «{trunk}»")
        if not fits(self.number, arriving.dialled):
            return Title(f"only for the number {self.number}", f"только для номера {self.number}")
        if not fits(self.caller, arriving.caller):
            return Title(f"only for the caller {self.caller}", f"только для звонящего {self.caller}")
        return refused_by_hours(self.when, calendar, arriving.moment)

    def match(self, calendar: Calendar | None, moment: datetime, trunks: Mapping[str, str]) -> Title:
        """Why it matched, for a person who tests."""
        return _joined(tuple(self._matched(calendar, moment, trunks)))

    def _matched(self, calendar: Calendar | None, moment: datetime, trunks: Mapping[str, str]) -> Iterator[Title]:
        trunk = trunks.get(self.trunk, self.trunk) if self.trunk else None
        yield Title(f"line “{trunk}”", f"линия «{trunk}»") if trunk else Title("any line", "любая линия")
        number = self.number
        yield Title("any number", "любой номер") if number == ANY else Title(f"number {number}", f"номер {number}")
        if self.caller != ANY:
            yield Title(f"caller {self.caller}", f"звонит {self.caller}")
        if self.when is not When.ALWAYS and calendar is not None:
            yield told_of_hours(opening(calendar, moment))

    def reason(self) -> str:
        """Why it matched, for the story."""
        hours = f", {self.when} by {self.calendar}" if self.calendar else ""
        caller = f", caller {self.caller}" if self.caller != ANY else ""
        return f"trunk {self.trunk or 'any'}, number {self.number}{caller}{hours}"


@dataclass(frozen=True, slots=True)
class Tried:
    """A route that was looked at, and why it matches, or does not."""

    route: Route
    matched: bool
    why: Title


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
    return None if found.is_open is (when is When.OPEN) else told_of_hours(found)


def told_of_hours(found: Opening) -> Title:
    """Whether it is open, and why."""
    if found.is_open:
        return Title(f"open then: {found.en}", f"тогда открыто: {found.ru}")
    return Title(f"closed then: {found.en}", f"тогда закрыто: {found.ru}")


def _joined(parts: Sequence[Title]) -> Title:
    return Title(", ".join(part.en for part in parts), ", ".join(part.ru for part in parts))


def fits(pattern: str, number: str) -> bool:
    """Whether a number fits a pattern; a trailing `*` stands for any ending."""
    return number.startswith(pattern[:-1]) if pattern.endswith("*") else number == pattern
