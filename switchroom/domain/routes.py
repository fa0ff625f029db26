"""Routes: rules that send a call on, tried in order, with the reason why one matched and others did not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import model_validator

from switchroom.domain import modes, regions
from switchroom.domain.calendars import Calendar, Opening, opening
from switchroom.domain.caller_lists import CallerList
from switchroom.domain.company import CountryCode
from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind
from switchroom.domain.contacts import Contact, ContactIs, ContactList
from switchroom.domain.extensions import Target
from switchroom.domain.modes import DAY_PARTS, DayPart, Mode, Thrown
from switchroom.domain.patterns import ANY, Pattern, fits
from switchroom.domain.titles import Title

RegionName = Annotated[str, MinLen(2), MaxLen(80)]


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
    """A call as routes look at it. `moment` is the wall clock's; `thrown` are the modes that somebody has thrown.

    `contacts`: who calls, as each list of contacts knows them.
    """

    trunk: str
    dialled: str
    caller: str
    moment: datetime
    thrown: Mapping[str, Thrown] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What routes name, by key. `trunks` are titles."""

    trunks: Mapping[str, str] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    modes: Mapping[str, Mode] = field(default_factory=dict)
    lists: Mapping[str, CallerList] = field(default_factory=dict)
    contact_lists: Mapping[str, ContactList] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looked:
    """One condition of a route, looked at: whether it holds, and that in words."""

    holds: bool
    why: Title


class Route(Configured):
    """An inbound route: this trunk, this number and this caller lead there. A trailing `*` stands for any ending.

    Of the conditions on who calls, all that are given must hold; of several lists, countries or regions, one.
    """

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    trunk: Annotated[Key | None, Title("Trunk", "Линия"), Names(ThingKind.TRUNK)] = None
    number: Annotated[Pattern, Title("Number", "Номер")] = ANY
    caller: Annotated[Pattern, Title("Caller", "Кто звонит")] = ANY
    caller_lists: Annotated[
        tuple[Key, ...], Title("Caller is on a list", "Звонящий в списке"), Names(ThingKind.CALLER_LIST)
    ] = ()
    contact: Annotated[ContactIs | None, Title("Caller is a contact", "Звонит контакт")] = None
    countries: Annotated[tuple[CountryCode, ...], Title("Caller’s country", "Страна звонящего")] = ()
    regions: Annotated[tuple[RegionName, ...], Title("Caller’s region", "Регион звонящего")] = ()
    calendar: Annotated[Key | None, Title("Calendar", "Календарь"), Names(ThingKind.CALENDAR)] = None
    when: Annotated[When, Title("When", "Когда")] = When.ALWAYS
    mode: Annotated[Key | None, Title("Day and night", "День и ночь"), Names(ThingKind.MODE)] = None
    mode_says: Annotated[DayPart, Title("It says", "Положение")] = DayPart.DAY
    target: Annotated[Target, Title("Leads to", "Ведёт на")]
    order: Annotated[int, Title("Order", "Порядок")] = 100

    @model_validator(mode="after")
    def _hours_need_a_calendar(self) -> "Route":
        misfit = misfit_of_hours(self.when, self.calendar)
        if misfit is not None:
            raise misfit
        return self

    def looked(self, arriving: Arriving, known: Known) -> Iterator[Looked]:
        """Every condition that the route has, in the order of looking."""
        for condition in _CONDITIONS:
            looked = condition(self, arriving, known)
            if looked is not None:
                yield looked

    def refusal(self, arriving: Arriving, known: Known) -> Title | None:
        """Why the route does not match; None if it does."""
        return next((looked.why for looked in self.looked(arriving, known) if not looked.holds), None)

    def said(self, known: Known) -> Title:
        """What it takes, in words: the line and the number first, whatever they are."""
        found = (stated(self, known) for stated in _STATED)
        return self._whole([words for words in found if words is not None])

    def match(self, arriving: Arriving, known: Known) -> Title:
        """The same of a call that it took: of its lists and hours, those by which it did."""
        return self._whole([looked.why for looked in self.looked(arriving, known)])

    def _whole(self, parts: list[Title]) -> Title:
        if self.trunk is None:
            parts.insert(0, Title("any line", "любая линия"))
        if self.number == ANY:
            parts.insert(1, Title("any number", "любой номер"))
        return joined(parts)

    def reason(self) -> str:
        """Why it matched, for the fact that keeps it: by keys, for what they are called may change."""
        hours = f", {self.when} by {self.calendar}" if self.calendar else ""
        caller = f", caller {self.caller}" if self.caller != ANY else ""
        among = (*self.caller_lists, *self.countries, *self.regions)
        of = f", among {' '.join(among)}" if among else ""
        contact = f", contact of {self.contact.list}" if self.contact else ""
        if self.contact and self.contact.field:
            contact += f" whose {self.contact.field} is {' or '.join(self.contact.values)}"
        mode = f", {self.mode} says {self.mode_says}" if self.mode else ""
        return f"trunk {self.trunk or 'any'}, number {self.number}{caller}{of}{contact}{hours}{mode}"


# ---- what a route says of itself


def _said_trunk(route: Route, known: Known) -> Title | None:
    if route.trunk is None:
        return None
    trunk = known.trunks.get(route.trunk, route.trunk)
    return Title(f"line “{trunk}”", f"линия «{trunk}»")


def _said_number(route: Route, known: Known) -> Title | None:
    return None if route.number == ANY else Title(f"number {route.number}", f"номер {route.number}")


def _said_caller(route: Route, known: Known) -> Title | None:
    return None if route.caller == ANY else Title(f"caller {route.caller}", f"звонит {route.caller}")


def _said_lists(route: Route, known: Known) -> Title | None:
    named = [known.lists[key].title if key in known.lists else key for key in route.caller_lists]
    en, ru = (mark.join(named) for mark in ("”, “", "», «"))
    return Title(f"on the list “{en}”", f"в списке «{ru}»") if named else None


def _said_contact(route: Route, known: Known) -> Title | None:
    return route.contact.in_words(known.contact_lists) if route.contact else None


def _said_countries(route: Route, known: Known) -> Title | None:
    named = ", ".join(route.countries)
    return Title(f"from {named}", f"страна {named}") if named else None


def _said_regions(route: Route, known: Known) -> Title | None:
    named = ", ".join(route.regions)
    return Title(f"region {named}", f"регион {named}") if named else None


def _said_hours(route: Route, known: Known) -> Title | None:
    if route.when is When.ALWAYS or route.calendar is None:
        return None
    words = WHENS[route.when]
    calendar = known.calendars[route.calendar].title if route.calendar in known.calendars else route.calendar
    return Title(f"{words.en.lower()} ({calendar})", f"{words.ru.lower()} ({calendar})")


def _said_mode(route: Route, known: Known) -> Title | None:
    if route.mode is None:
        return None
    mode, says = known.modes[route.mode].title if route.mode in known.modes else route.mode, DAY_PARTS[route.mode_says]
    return Title(f"“{mode}” says {says.en.lower()}", f"«{mode}»: {says.ru.lower()}")


_STATED: tuple[Callable[[Route, Known], Title | None], ...] = (
    _said_trunk, _said_number, _said_caller, _said_lists, _said_contact, _said_countries, _said_regions, _said_hours,
    _said_mode,
)  # fmt: skip


# ---- what a call makes of it


def _trunk(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    said = _said_trunk(route, known)
    if said is None:
        return None
    if route.trunk == arriving.trunk:
        return Looked(True, said)
    trunk = known.trunks.get(route.trunk or "", route.trunk)
    return Looked(False, Title(f"only for the line “{trunk}”", f"только для линии «{trunk}»"))


def _number(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    said, number = _said_number(route, known), route.number
    if said is None:
        return None
    if fits(number, arriving.dialled):
        return Looked(True, said)
    return Looked(False, Title(f"only for the number {number}", f"только для номера {number}"))


def _caller(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    said, caller = _said_caller(route, known), route.caller
    if said is None:
        return None
    if fits(caller, arriving.caller):
        return Looked(True, said)
    return Looked(False, Title(f"only for the caller {caller}", f"только для звонящего {caller}"))


def _lists(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    if not route.caller_lists:
        return None
    lists = [known.lists[key] for key in route.caller_lists if key in known.lists]
    found = next((one for one in lists if one.holds(arriving.caller)), None)
    if found is not None:
        return Looked(True, Title(f"on the list “{found.title}”", f"в списке «{found.title}»"))
    named = ", ".join(one.title for one in lists)
    return Looked(False, Title(f"only for callers on “{named}”", f"только для звонящих из «{named}»"))


def _contact(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    if route.contact is None:
        return None
    wanted = route.contact.in_words(known.contact_lists)
    if route.contact.holds(arriving.contacts):
        return Looked(True, wanted)
    return Looked(False, Title(f"only for {wanted.en}", f"только если это {wanted.ru}"))


def _countries(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    if not route.countries:
        return None
    country = regions.country_of(arriving.caller)
    if country in route.countries:
        return Looked(True, Title(f"from {country}", f"страна {country}"))
    wanted, found = ", ".join(route.countries), country or "?"
    return Looked(False, Title(f"only from {wanted}, this is {found}", f"только из {wanted}, а это {found}"))


def _regions(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    if not route.regions:
        return None
    region = next((one for one in route.regions if regions.is_from(arriving.caller, one)), None)
    if region is not None:
        return Looked(True, Title(f"region {region}", f"регион {region}"))
    wanted, number = ", ".join(route.regions), arriving.caller
    en, ru = (regions.region_of(number, language) or "?" for language in ("en", "ru"))
    return Looked(False, Title(f"only from {wanted}, this is {en}", f"только из {wanted}, а это {ru}"))


def _hours(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    calendar = known.calendars.get(route.calendar or "")
    if route.when is When.ALWAYS or calendar is None:
        return None
    found = opening(calendar, arriving.moment)
    return Looked(found.is_open is (route.when is When.OPEN), told_of_hours(found))


def _mode(route: Route, arriving: Arriving, known: Known) -> Looked | None:
    mode = known.modes.get(route.mode or "")
    if mode is None:
        return None
    reading = modes.read(mode, arriving.thrown, known.calendars, arriving.moment)
    return Looked(reading.part is route.mode_says, reading.why)


_CONDITIONS: tuple[Callable[[Route, Arriving, Known], Looked | None], ...] = (
    _trunk, _number, _caller, _lists, _contact, _countries, _regions, _hours, _mode,
)  # fmt: skip


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


def joined(parts: Sequence[Title]) -> Title:
    """One after the other."""
    return Title(", ".join(part.en for part in parts), ", ".join(part.ru for part in parts))
