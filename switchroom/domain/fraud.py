"""The fraud guard: calls outside such as only a stolen phone makes, and no person at work.

It looks at each person with all their phones: how often they call, how many at once, at night, abroad. It never
hears of emergency calls.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from switchroom.domain.configured import Configured, WallTime
from switchroom.domain.titles import Title

Count = Annotated[int, Ge(1), Le(1000)]
SHORT = timedelta(seconds=10)


class FraudRules(Configured):
    """When a person's calls outside are stopped. Each count is what is still right; one more is too much."""

    on: Annotated[bool, Title("On", "Включена")] = True
    within: Annotated[
        timedelta, Ge(timedelta(minutes=1)), Le(timedelta(hours=24)), Title("Counted over", "Считать за")
    ] = timedelta(minutes=10)
    abroad: Annotated[Count, Title("Calls abroad", "Звонков за границу")] = 5
    at_night: Annotated[Count, Title("Calls outside at night", "Внешних звонков ночью")] = 8
    night_begins: Annotated[WallTime, Title("Night begins", "Ночь начинается")] = time(23)
    night_ends: Annotated[WallTime, Title("Night ends", "Ночь кончается")] = time(6)
    short: Annotated[Count, Title("Calls shorter than 10 seconds", "Звонков короче 10 секунд")] = 20
    at_once: Annotated[Count, Title("Calls outside at once", "Внешних звонков одновременно")] = 3

    def is_night(self, local: time) -> bool:
        """Whether this time of the company's clock lies in the night."""
        if self.night_begins <= self.night_ends:
            return self.night_begins <= local < self.night_ends
        return local >= self.night_begins or local < self.night_ends


class Suspicion(StrEnum):
    """What gave it away."""

    ABROAD = "abroad"
    AT_NIGHT = "at_night"
    SHORT = "short"
    AT_ONCE = "at_once"


SUSPICIONS: dict[Suspicion, Title] = {
    Suspicion.ABROAD: Title("many calls abroad in a short time", "много звонков за границу за короткое время"),
    Suspicion.AT_NIGHT: Title("many calls outside at night", "много внешних звонков ночью"),
    Suspicion.SHORT: Title("many very short calls", "много очень коротких звонков"),
    Suspicion.AT_ONCE: Title("too many calls outside at once", "слишком много внешних звонков одновременно"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One call outside that somebody made. `over` is None while it lasts; `local` is the company's clock."""

    at: datetime
    local: time
    abroad: bool
    taken: datetime | None = None
    over: datetime | None = None

    @property
    def is_short(self) -> bool:
        """Whether somebody took it and it was over at once."""
        return self.taken is not None and self.over is not None and self.over - self.taken < SHORT


def suspicion(rules: FraudRules, made: Iterable[Made], now: datetime) -> Suspicion | None:
    """What is wrong with the calls that somebody made lately; None: nothing."""
    calls = tuple(made)
    if not rules.on:
        return None
    for why, most in (
        (Suspicion.AT_ONCE, rules.at_once), (Suspicion.ABROAD, rules.abroad),
        (Suspicion.AT_NIGHT, rules.at_night), (Suspicion.SHORT, rules.short),
    ):  # fmt: skip
        if sum(gives_away(rules, why, call, now) for call in calls) > most:
            return why
    return None


def gives_away(rules: FraudRules, why: Suspicion, call: Made, now: datetime) -> bool:
    """Whether this call is one of those that a suspicion counts."""
    if why is Suspicion.AT_ONCE:
        return call.over is None
    if now - call.at > rules.within:
        return False
    match why:
        case Suspicion.ABROAD:
            return call.abroad
        case Suspicion.AT_NIGHT:
            return rules.is_night(call.local)
        case Suspicion.SHORT:
            return call.is_short
