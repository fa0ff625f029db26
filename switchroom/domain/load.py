"""What an operator did lately, live: the same figures as in a roll-up, over the last ten minutes."""

from datetime import datetime, timedelta

from switchroom.domain.metrics import OperatorFigures
from switchroom.domain.operators import LATELY, Operator, Status, Stretch


def lately(operator: Operator, now: datetime) -> OperatorFigures:
    """Time in each status from ten minutes before `now`, steady. Its `occupancy` is the operator's load."""
    time: dict[Status, timedelta] = {}
    for status, lasting in strip(operator, now):
        time[status] = time.get(status, timedelta(0)) + lasting
    return OperatorFigures(time=time)


def strip(operator: Operator, now: datetime) -> list[tuple[Status, timedelta]]:
    """The statuses of the last ten minutes in their order, up to `now`, steady; what is not known is left out."""
    stretches = (*operator.recent, *_present(operator, now))
    cut = ((s.status, s.until - max(s.since, now - LATELY)) for s in stretches)
    return [(status, lasting) for status, lasting in cut if lasting > timedelta(0)]


def _present(operator: Operator, now: datetime) -> tuple[Stretch, ...]:
    if operator.status_since is None:
        return ()
    return (Stretch(status=operator.status, since=operator.status_since, until=now),)
