"""Outbound routes: by which trunks a number outside is dialled, in which form, who may dial it, and why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import phonenumbers
from annotated_types import Ge, Le, MinLen
from phonenumbers import PhoneNumberFormat
from pydantic import model_validator

from switchroom.domain import numbers
from switchroom.domain.calendars import Calendar, opening
from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind, written
from switchroom.domain.patterns import ANY, Pattern, fits
from switchroom.domain.routes import When, joined, misfit_of_hours, refused_by_hours, told_of_hours
from switchroom.domain.service_classes import ServiceClass
from switchroom.domain.tariffs import Price
from switchroom.domain.titles import Title
from switchroom.domain.trunks import ShownNumber, Trunk

LONGEST_SENT = 32
ANY_NUMBER = Title("any number", "любой номер")
Prefix = Annotated[str, written(r"^[0-9*#+]{0,20}$", "Digits, *, # and +", "Цифры, *, # и +")]


class NumberForm(StrEnum):
    """How a number is written for the carrier."""

    E164 = "e164"
    DIGITS = "digits"
    NATIONAL = "national"
    AS_DIALLED = "as_dialled"


NUMBER_FORMS: dict[NumberForm, Title] = {
    NumberForm.E164: Title("+7 916 123-45-67: international with +", "+7 916 123-45-67: международный с +"),
    NumberForm.DIGITS: Title("7 916 123-45-67: international, digits only", "7 916 123-45-67: международный без +"),
    NumberForm.NATIONAL: Title("8 916 123-45-67: as in the country", "8 916 123-45-67: как внутри страны"),
    NumberForm.AS_DIALLED: Title("As it was dialled", "Как набрали"),
}


class Sharing(StrEnum):
    """Which of its trunks a route tries first."""

    IN_ORDER = "in_order"
    EVENLY = "evenly"
    BY_WEIGHT = "by_weight"
    CHEAPEST = "cheapest"


SHARINGS: dict[Sharing, Title] = {
    Sharing.IN_ORDER: Title("In this order", "По порядку"),
    Sharing.EVENLY: Title("The least loaded first", "Сначала наименее занятая"),
    Sharing.BY_WEIGHT: Title("Shared by weight", "Делить по весу"),
    Sharing.CHEAPEST: Title("The cheapest first", "Сначала самая дешёвая"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialling:
    """A call outside as outbound routes look at it.

    `number` is E.164 if the dialled digits are such a number, else as dialled. `moment` is the wall clock's; `calls`
    counts the caller's other calls outside.
    """

    dialled: str
    number: str
    service_class: ServiceClass | None
    moment: datetime
    calls: int = 0


class OutboundRoute(Configured):
    """These numbers, dialled by these people, in these hours, go out by these trunks."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    numbers: Annotated[tuple[Pattern, ...], MinLen(1), Title("Numbers", "Номера")] = ("*",)
    service_classes: Annotated[
        frozenset[Key] | None,
        Names(ThingKind.SERVICE_CLASS),
        Title("For classes of service", "Для классов обслуживания"),
    ] = None
    calendar: Annotated[Key | None, Title("Calendar", "Календарь"), Names(ThingKind.CALENDAR)] = None
    when: Annotated[When, Title("When", "Когда")] = When.ALWAYS
    trunks: Annotated[tuple[Key, ...], MinLen(1), Names(ThingKind.TRUNK), Title("Trunks", "Линии")]
    sharing: Annotated[Sharing, Title("Which first", "Какая первой")] = Sharing.IN_ORDER
    form: Annotated[NumberForm, Title("Sent as", "Передавать как")] = NumberForm.E164
    strip: Annotated[int, Ge(0), Le(20), Title("Digits cut off", "Отрезать знаков")] = 0
    prepend: Annotated[Prefix, Title("Put before", "Добавить в начало")] = ""
    caller_id: Annotated[ShownNumber | None, Title("Our number shown", "Показывать наш номер")] = None
    ring_for: Annotated[
        timedelta, Ge(timedelta(seconds=5)), Le(timedelta(minutes=5)), Title("Ring for", "Звонить")
    ] = timedelta(seconds=60)
    order: Annotated[int, Title("Order", "Порядок")] = 100

    @model_validator(mode="after")
    def _hours_need_a_calendar(self) -> "OutboundRoute":
        misfit = misfit_of_hours(self.when, self.calendar)
        if misfit is not None:
            raise misfit
        return self

    @model_validator(mode="after")
    def _each_trunk_once(self) -> "OutboundRoute":
        if len(set(self.trunks)) < len(self.trunks):
            raise Misfit("A trunk stands here twice", "Линия указана дважды", field="trunks")
        return self

    def refusal(self, dialling: Dialling, calendar: Calendar | None) -> Title | None:
        """Why the route does not match; None if it does."""
        if not any(fits(pattern, dialling.number) for pattern in self.numbers):
            return Title("other numbers", "другие номера")
        held = dialling.service_class.id if dialling.service_class else None
        if self.service_classes is not None and held not in self.service_classes:
            return Title("another class of service", "другой класс обслуживания")
        return refused_by_hours(self.when, calendar, dialling.moment)

    def match(self, dialling: Dialling, calendar: Calendar | None) -> Title:
        """Why the route matches, of one that does."""
        pattern = next(pattern for pattern in self.numbers if fits(pattern, dialling.number))
        parts = [ANY_NUMBER if pattern == ANY else Title(f"number {pattern}", f"номер {pattern}")]
        if self.service_classes is not None and dialling.service_class is not None:
            held = dialling.service_class.title
            parts.append(Title(f"class of service “{held}”", f"класс обслуживания «{held}»"))
        if self.when is not When.ALWAYS and calendar is not None:
            parts.append(told_of_hours(opening(calendar, dialling.moment)))
        return joined(parts)

    def sent(self, dialling: Dialling, country: str) -> str:
        """The number as the carrier gets it."""
        return (self.prepend + _formed(self.form, dialling, country)[self.strip :])[:LONGEST_SENT]

    def reason(self) -> str:
        """Why it matched, for the story."""
        hours = f", {self.when} by {self.calendar}" if self.calendar else ""
        return f"outbound {self.id}: numbers {' '.join(self.numbers)}{hours}"


@dataclass(frozen=True, slots=True)
class TriedOutbound:
    """An outbound route that was looked at; `refusal` is None if it matched."""

    route: OutboundRoute
    calendar: Calendar | None
    refusal: Title | None


def dialling_of(
    dialled: str, country: str, service_class: ServiceClass | None, moment: datetime, calls: int = 0
) -> Dialling:
    """What was dialled, with the number that it means."""
    number = numbers.to_e164(dialled, country) or dialled
    return Dialling(dialled=dialled, number=number, service_class=service_class, moment=moment, calls=calls)


def refused_by_class(dialling: Dialling) -> Title | None:
    """Why the caller's class of service forbids the call; None if it allows it."""
    held = dialling.service_class
    if held is None:
        return None
    if dialling.calls >= held.most_calls:
        return Title(f"{dialling.calls} calls outside at once already", f"внешних звонков уже {dialling.calls}")
    return held.refusal(dialling.number)


def tried(
    routes: Mapping[str, OutboundRoute], calendars: Mapping[str, Calendar], dialling: Dialling
) -> Iterator[TriedOutbound]:
    """Every outbound route in its order, and why it does not match, if it does not."""
    for route in sorted(routes.values(), key=lambda r: (r.order, r.id)):
        calendar = calendars.get(route.calendar) if route.calendar else None
        yield TriedOutbound(route, calendar, route.refusal(dialling, calendar))


def way_out(routes: Mapping[str, OutboundRoute], country: str, dialled: str) -> OutboundRoute | None:
    """The first route that has this number, without looking at people and hours."""
    number = numbers.to_e164(dialled, country) or dialled
    in_order = sorted(routes.values(), key=lambda route: (route.order, route.id))
    return next((route for route in in_order if any(fits(pattern, number) for pattern in route.numbers)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkNow:
    """A trunk that a route may take, as it is now. `used` are its channels; `made` the calls it has carried today."""

    trunk: Trunk
    used: int = 0
    made: int = 0
    price: Price | None = None
    down: bool = False
    """Its other side is known not to answer."""


def in_turn(route: OutboundRoute, trunks: Sequence[TrunkNow]) -> tuple[str, ...]:
    """The route's trunks in the order in which they are to be tried: those that are down come last."""
    wanted = sorted(trunks, key=lambda now: route.trunks.index(now.trunk.id))
    return tuple(now.trunk.id for now in sorted(wanted, key=lambda now: (now.down, _turn(route.sharing, now))))


def _turn(sharing: Sharing, now: TrunkNow) -> Decimal:
    """The least is tried first; of what is alike, the order of the route."""
    match sharing:
        case Sharing.EVENLY:
            return Decimal(now.used) / now.trunk.most_channels
        case Sharing.BY_WEIGHT:
            return Decimal(now.made + now.used + 1) / now.trunk.weight
        case Sharing.CHEAPEST:
            return Decimal("Infinity") if now.price is None else now.price.per_minute + now.price.per_call
        case _:
            return Decimal(0)


def _formed(form: NumberForm, dialling: Dialling, country: str) -> str:
    if form is NumberForm.AS_DIALLED or not dialling.number.startswith("+"):
        return dialling.dialled
    match form:
        case NumberForm.DIGITS:
            return dialling.number[1:]
        case NumberForm.NATIONAL:
            return _national(dialling.number, country)
        case _:
            return dialling.number


def _national(number: str, country: str) -> str:
    """As it is dialled inside the country; numbers of other countries by the country's way abroad."""
    parsed = phonenumbers.parse(number)
    if parsed.country_code != phonenumbers.country_code_for_region(country):
        shown = phonenumbers.format_out_of_country_calling_number(parsed, country)
    else:
        shown = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    return "".join(sign for sign in shown if sign.isdigit())
