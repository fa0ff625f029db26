"""How much may be called outside: calls at once, minutes and cost, of a person, a class of service, or a trunk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from annotated_types import Ge, Le

from switchroom.domain.configured import Configured
from switchroom.domain.identity import TrunkId, UserId
from switchroom.domain.shapes import Shape
from switchroom.domain.tariffs import Money
from switchroom.domain.titles import Title

Minutes = Annotated[int, Ge(1), Le(10_000_000)]


class Limits(Configured):
    """What must not be gone beyond; None: anything. Days and months are those of the company's clock."""

    calls: Annotated[int | None, Ge(1), Le(10_000), Title("Calls at once", "Звонков одновременно")] = None
    minutes_a_day: Annotated[Minutes | None, Title("Minutes a day", "Минут в день")] = None
    minutes_a_month: Annotated[Minutes | None, Title("Minutes a month", "Минут в месяц")] = None
    cost_a_day: Annotated[Money | None, Title("Cost a day", "Расход в день")] = None
    cost_a_month: Annotated[Money | None, Title("Cost a month", "Расход в месяц")] = None


class Charge(Shape, frozen=True, kw_only=True):
    """One leg outside that was talked over, when it is over. `cost` is None where no tariff knows the number."""

    trunk: TrunkId
    user: UserId | None = None
    lasted: timedelta = timedelta(0)
    cost: Decimal | None = None


class Spent(Shape, frozen=True, kw_only=True):
    """What somebody, or a trunk, has called outside: so far today, and in this month. `calls` are those of now."""

    calls: int = 0
    today: timedelta = timedelta(0)
    month: timedelta = timedelta(0)
    cost_today: Decimal = Decimal(0)
    cost_month: Decimal = Decimal(0)
    made_today: int = 0
    """Calls that were talked over and are over."""

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            calls=self.calls + other.calls,
            today=self.today + other.today,
            month=self.month + other.month,
            cost_today=self.cost_today + other.cost_today,
            cost_month=self.cost_month + other.cost_month,
            made_today=self.made_today + other.made_today,
        )


NOTHING = Spent()


@dataclass(frozen=True, slots=True)
class SpentBy:
    """What all have spent: by user and by trunk."""

    users: Mapping[str, Spent]
    trunks: Mapping[str, Spent]


NOBODY = SpentBy({}, {})


def reached(limits: Limits, spent: Spent) -> Title | None:
    """Which limit lets no more call begin; None: none does."""
    return next(_reached(limits, spent), None)


def _reached(limits: Limits, spent: Spent) -> Iterator[Title]:
    if limits.calls is not None and spent.calls >= limits.calls:
        yield Title(f"{spent.calls} calls outside at once already", f"внешних звонков уже {spent.calls}")
    for most, used, en, ru in (
        (limits.minutes_a_day, spent.today, "minutes a day", "минут в день"),
        (limits.minutes_a_month, spent.month, "minutes a month", "минут в месяц"),
    ):
        if most is not None and used >= timedelta(minutes=most):
            yield Title(f"the limit of {most} {en} is used up", f"израсходован лимит: {most} {ru}")
    for money, paid, en, ru in (
        (limits.cost_a_day, spent.cost_today, "a day", "в день"),
        (limits.cost_a_month, spent.cost_month, "a month", "в месяц"),
    ):
        if money is not None and paid >= money:
            yield Title(f"the limit of {money} {en} is used up", f"израсходован лимит: {money} {ru}")


@dataclass(frozen=True, slots=True)
class OfDay:
    """What one user or trunk spent on one local day; `kind` is `user` or `trunk`."""

    day: date
    kind: str
    key: str
    lasted: timedelta
    cost: Decimal
    calls: int


def of_charge(charge: Charge, day: date) -> Iterator[OfDay]:
    """What one leg outside adds."""
    cost = charge.cost or Decimal(0)
    yield OfDay(day, "trunk", charge.trunk, charge.lasted, cost, 1)
    if charge.user is not None:
        yield OfDay(day, "user", charge.user, charge.lasted, cost, 1)


def first_of_month(day: date) -> date:
    """The day from which a month is counted."""
    return day.replace(day=1)
