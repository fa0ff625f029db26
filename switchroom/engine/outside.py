"""All that the house knows of calls outside: lines in use, what was spent, and the fraud guard."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.limits import OfDay
from switchroom.domain.setup import Setup
from switchroom.engine.clock import Clock
from switchroom.engine.guard import Guard
from switchroom.engine.lines import Lines
from switchroom.engine.spending import Spending


@dataclass(frozen=True, slots=True)
class KeptOutside:
    """What an engine begins with: this month's days, and whom, and which phones, the guard has stopped."""

    days: Collection[OfDay] = ()
    blocked: Collection[UserId] = ()
    blocked_devices: Collection[DeviceId] = ()


class Outside:
    """Of one house."""

    def __init__(self, setup: Callable[[], Setup], clock: Clock, kept: KeptOutside) -> None:
        self.lines = Lines(clock.now)
        self.spending = Spending(lambda: setup().company.tz, clock.wall, self.lines.running, kept.days)
        self.guard = Guard(setup, clock.wall, kept.blocked, kept.blocked_devices)

    def tell(self, facts: Iterable[Fact]) -> None:
        """Take in what is on disk."""
        told = tuple(facts)
        self.spending.tell(told)
        self.guard.tell(told)
