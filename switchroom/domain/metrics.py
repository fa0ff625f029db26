"""Figures as folds over facts: start with nothing, add facts, merge, and read the result at a moment.

Live boards, roll-ups and reports use these and nothing else, so that they can't disagree.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import singledispatch
from typing import Any

from switchroom.domain.facts.calls import (
    LeftQueueWhy,
    OfferNotTaken,
    OperatorConnected,
    OperatorOffered,
    QueueEntered,
    QueueLeft,
    TalkEnded,
    Whose,
)
from switchroom.domain.facts.cards import CardClosed
from switchroom.domain.facts.every import Fact
from switchroom.domain.history import CallSummary
from switchroom.domain.identity import QueueId, UserId
from switchroom.domain.operators import Operator, Status
from switchroom.domain.shapes import Shape

INTERVAL = timedelta(minutes=15)
_ZERO = timedelta(0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SubjectKind(StrEnum):
    """Of what figures are kept."""

    QUEUE = "queue"
    OPERATOR = "operator"
    CALLS = "calls"


class Subject(Shape, frozen=True, kw_only=True):
    """One queue, one operator, or the calls of one direction."""

    kind: SubjectKind
    key: str


class QueueFigures(Shape, frozen=True, kw_only=True):
    """What happened in a queue. A call counts in the interval in which its wait ended; `entered`, in which it began."""

    entered: int = 0
    served: int = 0
    in_norm: int = 0
    abandoned: int = 0
    lost: int = 0
    refused: int = 0
    failed: int = 0
    waited: timedelta = _ZERO
    """By all whose wait ended, served or not."""
    longest: timedelta = _ZERO
    talks: int = 0
    talked: timedelta = _ZERO
    wrap_ups: int = 0
    wrapped_up: timedelta = _ZERO

    @property
    def ended(self) -> int:
        """Waits that came to an end; calls that were refused never waited."""
        return self.served + self.abandoned + self.lost + self.failed

    @property
    def service_level(self) -> float | None:
        """Share of the ended waits that were answered within the norm; who gave up counts against it."""
        return self.in_norm / self.ended if self.ended else None

    @property
    def lost_share(self) -> float | None:
        """Share of the ended waits that nobody served: who gave up, whom we had nobody for, whom the switch dropped."""
        return (self.ended - self.served) / self.ended if self.ended else None

    @property
    def mean_wait(self) -> timedelta | None:
        """Of all ended waits."""
        return self.waited / self.ended if self.ended else None

    @property
    def mean_handling(self) -> timedelta | None:
        """Talk and wrap-up of a served call."""
        return (self.talked + self.wrapped_up) / self.talks if self.talks else None


class OperatorFigures(Shape, frozen=True, kw_only=True):
    """What an operator did. `time` is spent in each status, cut at the borders of intervals."""

    offers: int = 0
    taken: int = 0
    missed: int = 0
    talks: int = 0
    talked: timedelta = _ZERO
    wrapped_up: timedelta = _ZERO
    time: dict[Status, timedelta] = {}

    def spent(self, status: Status) -> timedelta:
        """Time in one status."""
        return self.time.get(status, _ZERO)

    @property
    def signed_in(self) -> timedelta:
        """Time in which they worked or were on a break."""
        return sum((spent for status, spent in self.time.items() if status is not Status.SIGNED_OUT), _ZERO)

    @property
    def mean_handling(self) -> timedelta | None:
        """Talk and wrap-up of a talk."""
        return (self.talked + self.wrapped_up) / self.talks if self.talks else None

    @property
    def occupancy(self) -> float | None:
        """Share of the signed-in time in talk and wrap-up."""
        busy = self.spent(Status.TALKING) + self.spent(Status.WRAP_UP)
        return busy / self.signed_in if self.signed_in else None


class CallFigures(Shape, frozen=True, kw_only=True):
    """All calls of one direction. A call counts in the interval in which it ended."""

    ended: int = 0
    answered: int = 0
    while_away: int = 0
    """Served by the static rules while we were away."""
    waited: timedelta = _ZERO
    talked: timedelta = _ZERO
    lasted: timedelta = _ZERO
    dispositions: dict[str, int] = {}
    whose: dict[Whose, int] = {}


Figures = QueueFigures | OperatorFigures | CallFigures
SHAPES: dict[SubjectKind, type[Figures]] = {
    SubjectKind.QUEUE: QueueFigures,
    SubjectKind.OPERATOR: OperatorFigures,
    SubjectKind.CALLS: CallFigures,
}
EMPTY: dict[SubjectKind, Figures] = {kind: shape() for kind, shape in SHAPES.items()}


def interval_of(moment: datetime) -> datetime:
    """The beginning of the quarter of an hour, UTC, in which a moment lies."""
    return moment - (moment - _EPOCH) % INTERVAL


def merged(one: Figures, other: Figures) -> Figures:
    """The figures of two stretches of time, or of two subjects, together. Raises: TypeError for unlike ones."""
    if type(one) is not type(other):
        raise TypeError(f"{type(one).__name__} and {type(other).__name__} don't add up.")
    both = {name: _both(name, getattr(one, name), getattr(other, name)) for name in one.__struct_fields__}
    return type(one)(**both)


def ended(call: CallSummary) -> list[tuple[Subject, Figures]]:
    """What a call that is over adds to the figures of its direction; nothing while it lives.

    Who dials to fetch a caller makes no second call: it counts in the one that they went into.
    """
    if call.ended is None or call.is_part_of_another:
        return []
    figures = CallFigures(
        ended=1,
        answered=int(call.answered),
        while_away=int(call.while_away),
        waited=call.waited,
        talked=call.talked,
        lasted=call.lasted or _ZERO,
        dispositions={call.disposition: 1} if call.disposition else {},
        whose={call.whose: 1} if call.whose else {},
    )
    return [(Subject(kind=SubjectKind.CALLS, key=call.direction.value), figures)]


def told(fact: Fact, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    """What one fact adds, to whose figures. `norm_of` are the queues' norms at that moment."""
    return _told(fact, norm_of)


def spent(before: Operator, after: Operator, at: datetime) -> list[tuple[datetime, Figures]]:
    """The time that an operator spent in the status that just ended, by interval.

    Counted in steady time and laid back from the wall's moment `at`: a jump of the wall clock lengthens nothing.
    """
    if before.status_since is None or after.status_since is None:
        return []
    return cut(before.status, max(_ZERO, after.status_since - before.status_since), at)


def still_spending(operator: Operator, now: datetime, wall: datetime) -> list[tuple[datetime, Figures]]:
    """The same for the status that goes on; `now` is steady."""
    if operator.status_since is None:
        return []
    return cut(operator.status, max(_ZERO, now - operator.status_since), wall)


def until_now(figures: Figures, operator: Operator, now: datetime, wall: datetime, since: datetime) -> Figures:
    """An operator's figures with the status that goes on, as far as it lies in intervals from `since` on."""
    for start, more in still_spending(operator, now, wall):
        if start >= since:
            figures = merged(figures, more)
    return figures


def cut(status: Status, lasting: timedelta, until: datetime) -> list[tuple[datetime, Figures]]:
    """A stretch of one status that ended at `until`, cut at the borders of intervals."""
    pieces: list[tuple[datetime, Figures]] = []
    since = until - lasting
    while since < until:
        start = interval_of(since)
        end = min(until, start + INTERVAL)
        pieces.append((start, OperatorFigures(time={status: end - since})))
        since = end
    return pieces


def _both(name: str, one: Any, other: Any) -> Any:
    if name == "longest":
        return max(one, other)
    if isinstance(one, dict):
        either = one | other
        return {key: one[key] + other[key] if key in one and key in other else either[key] for key in sorted(either)}
    return one + other


@singledispatch
def _told(fact: Fact, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    return []


def _queue(key: QueueId | None, **figures: Any) -> list[tuple[Subject, Figures]]:
    return [(Subject(kind=SubjectKind.QUEUE, key=key), QueueFigures(**figures))] if key else []


def _operator(key: UserId | None, **figures: Any) -> list[tuple[Subject, Figures]]:
    return [(Subject(kind=SubjectKind.OPERATOR, key=key), OperatorFigures(**figures))] if key else []


@_told.register
def _(fact: QueueEntered, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    return _queue(fact.queue, entered=1)


_BY_END = {
    LeftQueueWhy.SERVED: "served",
    LeftQueueWhy.ABANDONED: "abandoned",
    LeftQueueWhy.WAITED_TOO_LONG: "lost",
    LeftQueueWhy.REFUSED: "refused",
    LeftQueueWhy.SWITCH_LOST: "failed",
}


@_told.register
def _(fact: QueueLeft, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    if fact.why is LeftQueueWhy.REFUSED:
        return _queue(fact.queue, refused=1)
    in_norm = fact.why is LeftQueueWhy.SERVED and fact.waited <= norm_of.get(fact.queue, _ZERO)
    counted = {_BY_END[fact.why]: 1, "in_norm": int(in_norm)}
    return _queue(fact.queue, **counted, waited=fact.waited, longest=fact.waited)


@_told.register
def _(fact: OperatorOffered, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    return _operator(fact.operator, offers=1)


@_told.register
def _(fact: OperatorConnected, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    return _operator(fact.operator, taken=1)


@_told.register
def _(fact: OfferNotTaken, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    return _operator(fact.operator, missed=int(fact.takes_out_of_ready))


@_told.register
def _(fact: TalkEnded, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    return _queue(fact.queue, talks=1, talked=fact.talked) + _operator(fact.user, talks=1, talked=fact.talked)


@_told.register
def _(fact: CardClosed, norm_of: dict[QueueId, timedelta]) -> list[tuple[Subject, Figures]]:
    wrapped = fact.wrapped_up
    return _queue(fact.queue, wrap_ups=1, wrapped_up=wrapped) + _operator(fact.holder, wrapped_up=wrapped)
