"""What users and trunks have called outside, today and in this month: folded from facts, begun with what was kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from switchroom.domain.facts.calls import LegGone
from switchroom.domain.facts.every import Fact
from switchroom.domain.limits import Charge, OfDay, Spent, SpentBy, first_of_month, of_charge


class Spending:
    """Of one house. `running` are the charges of legs that are still talked over, up to now."""

    def __init__(
        self, zone: Callable[[], tzinfo], wall: Callable[[], datetime], running: Callable[[], Iterable[Charge]],
        kept: Iterable[OfDay] = (),
    ) -> None:  # fmt: skip
        self._zone, self._wall, self._running = zone, wall, running
        self._days: dict[tuple[str, str], dict[date, OfDay]] = {}
        for one in kept:
            self._add(one)
        self.by = SpentBy(users=_Of(self, "user"), trunks=_Of(self, "trunk"))
        """Looked up when asked for."""

    def tell(self, facts: Iterable[Fact]) -> None:
        """Take in what is on disk."""
        for fact in facts:
            if isinstance(fact, LegGone) and fact.charge is not None:
                for one in of_charge(fact.charge, self.today()):
                    self._add(one)

    def today(self) -> date:
        """By the company's clock."""
        return self._wall().astimezone(self._zone()).date()

    def known(self, kind: str) -> list[str]:
        """Everybody of whom anything is known."""
        running = (one.user if kind == "user" else one.trunk for one in self._running())
        return sorted({key for of, key in self._days if of == kind} | {key for key in running if key})

    def spent(self, kind: str, key: str) -> Spent:
        """So far, with what is running."""
        day = self.today()
        month = first_of_month(day)
        days = [one for one in self._days.get((kind, key), {}).values() if one.day >= month]
        now = [one for one in self._running() if (one.user if kind == "user" else one.trunk) == key]
        lasting = sum((one.lasted for one in now), timedelta(0))
        costing = sum((one.cost or Decimal(0) for one in now), Decimal(0))
        of_today = [one for one in days if one.day == day]
        return Spent(
            today=sum((one.lasted for one in of_today), lasting),
            month=sum((one.lasted for one in days), lasting),
            cost_today=sum((one.cost for one in of_today), costing),
            cost_month=sum((one.cost for one in days), costing),
            made_today=sum(one.calls for one in of_today),
        )

    def _add(self, one: OfDay) -> None:
        days = self._days.setdefault((one.kind, one.key), {})
        before = days.get(one.day)
        if before is not None:
            one = OfDay(
                one.day, one.kind, one.key, before.lasted + one.lasted, before.cost + one.cost,
                before.calls + one.calls,
            )  # fmt: skip
        days[one.day] = one
        for old in [day for day in days if day < first_of_month(one.day)]:
            del days[old]


class _Of(Mapping[str, Spent]):
    """A picture that is made when it is looked at."""

    def __init__(self, spending: Spending, kind: str) -> None:
        self._spending, self._kind = spending, kind

    def __getitem__(self, key: str) -> Spent:
        return self._spending.spent(self._kind, key)

    def get(self, key: str, default: object = None) -> Spent:
        return self[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spending.known(self._kind))

    def __len__(self) -> int:
        return len(self._spending.known(self._kind))
