"""What calls cost: rates by the beginning of the number, and how the seconds of a call are charged."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Annotated

from annotated_types import Ge, Le, MaxLen
from pydantic import model_validator

from switchroom.domain.configured import Configured, Key, Misfit, Name, written
from switchroom.domain.shapes import Shape
from switchroom.domain.titles import Title

CENT = Decimal("0.0001")
"""The finest part of money that is counted."""
LONGEST_PREFIX = 15
Money = Annotated[Decimal, Ge(Decimal(0)), Le(Decimal(1_000_000))]
PrefixOfNumber = Annotated[
    str, written(r"^[0-9]{1,15}$", "Digits of an international number, without +", "Цифры международного номера без +")
]


class Price(Shape, frozen=True, kw_only=True):
    """What one call costs: so much for being taken, and so much a minute, counted in steps."""

    per_minute: Decimal
    per_call: Decimal = Decimal(0)
    first: timedelta = timedelta(seconds=60)
    step: timedelta = timedelta(seconds=60)


class Rate(Configured):
    """The price of calls to numbers that begin so."""

    prefix: Annotated[PrefixOfNumber, Title("Begins with", "Начинается с")]
    title: Annotated[str, MaxLen(120), Title("Where to", "Куда")] = ""
    per_minute: Annotated[Money, Title("A minute", "Минута")]
    per_call: Annotated[Money, Title("A call", "Соединение")] = Decimal(0)


class Tariff(Configured):
    """The prices of a carrier. Of all prefixes that fit a number, the longest one decides."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    first: Annotated[
        timedelta, Ge(timedelta(seconds=1)), Le(timedelta(minutes=5)), Title("Charged at least", "Не меньше")
    ] = timedelta(seconds=60)
    step: Annotated[
        timedelta, Ge(timedelta(seconds=1)), Le(timedelta(minutes=5)), Title("Then in steps of", "Дальше по")
    ] = timedelta(seconds=60)
    rates: Annotated[tuple[Rate, ...], MaxLen(100_000), Title("Prices", "Цены")] = ()

    @model_validator(mode="after")
    def _each_prefix_once(self) -> "Tariff":
        seen: set[str] = set()
        for rate in self.rates:
            if rate.prefix in seen:
                raise Misfit(f"{rate.prefix} stands here twice", f"{rate.prefix} указано дважды", field="rates")
            seen.add(rate.prefix)
        return self

    def price_of(self, number: str) -> Price | None:
        """Of a call to an E.164 number; None where no prefix fits."""
        rate = self.rate_of(number)
        if rate is None:
            return None
        return Price(per_minute=rate.per_minute, per_call=rate.per_call, first=self.first, step=self.step)

    def rate_of(self, number: str) -> Rate | None:
        """The rate with the longest prefix that fits."""
        digits = number.removeprefix("+")
        lengths = range(min(len(digits), LONGEST_PREFIX), 0, -1)
        return next((self._by_prefix[digits[:n]] for n in lengths if digits[:n] in self._by_prefix), None)

    @cached_property
    def _by_prefix(self) -> Mapping[str, Rate]:
        return {rate.prefix: rate for rate in self.rates}


def cost_of(price: Price, lasted: timedelta) -> Decimal:
    """What a talk of this length costs: nothing if nobody talked, else whole steps."""
    if lasted <= timedelta(0):
        return Decimal(0)
    beyond = max(timedelta(0), lasted - price.first)
    charged = price.first + -(-beyond // price.step) * price.step
    minutes = Decimal(charged // timedelta(microseconds=1)) / Decimal(60_000_000)
    return (price.per_call + price.per_minute * minutes).quantize(CENT, ROUND_HALF_UP)
