"""How many waited in each queue over the last hour: the mean of each two minutes, from the waits that ended in them.

A wait is laid back in time from its end by how long it lasted, so that the picture needs no sampling and is the same
after a restart.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from switchroom.domain.facts.calls import LeftQueueWhy, QueueLeft
from switchroom.domain.facts.every import Fact

STEP = timedelta(minutes=2)
STEPS = 30
SPAN = STEP * STEPS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZERO = timedelta(0)


class WaitsByStep:
    """Waits that ended, cut at the borders of the steps; by queue."""

    def __init__(self) -> None:
        self._waited: dict[str, dict[datetime, timedelta]] = {}

    def tell(self, fact: Fact, at: datetime) -> None:
        """Take a fact in; `at` is the wall clock's moment of it."""
        if not isinstance(fact, QueueLeft) or fact.why is LeftQueueWhy.REFUSED:
            return
        steps = self._waited.setdefault(fact.queue, {})
        for step, lasting in _cut(max(at - fact.waited, at - SPAN - STEP), at):
            steps[step] = steps.get(step, _ZERO) + lasting
        oldest = _step_of(at) - SPAN
        for step in [step for step in steps if step < oldest]:
            del steps[step]

    def mean(self, queue: str, now: datetime, still: Iterable[datetime] = ()) -> list[float]:
        """Mean number of those who waited in each step of the last hour, the oldest first; the last one is not over.

        `still` are the moments since which others wait now, by the wall clock.
        """
        waited = dict(self._waited.get(queue, {}))
        for since in still:
            for step, lasting in _cut(max(since, now - SPAN - STEP), now):
                waited[step] = waited.get(step, _ZERO) + lasting
        last = _step_of(now)
        steps = [last - STEP * n for n in reversed(range(STEPS))]
        return [round(waited.get(step, _ZERO) / max(timedelta(seconds=1), min(STEP, now - step)), 2) for step in steps]


def _step_of(moment: datetime) -> datetime:
    return moment - (moment - _EPOCH) % STEP


def _cut(since: datetime, until: datetime) -> Iterator[tuple[datetime, timedelta]]:
    while since < until:
        step = _step_of(since)
        end = min(until, step + STEP)
        yield step, end - since
        since = end
