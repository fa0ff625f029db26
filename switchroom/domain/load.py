"""What an operator did lately, live: the same figures as in a roll-up, over the last ten minutes."""

from datetime import datetime, timedelta

from switchroom.domain.metrics import OperatorFigures
from switchroom.domain.operators import Operator, Status
from switchroom.domain.shapes import Shape

LATELY = timedelta(minutes=10)


class Stretch(Shape, frozen=True, kw_only=True):
    """One status from its beginning to its end, in steady time."""

    status: Status
    since: datetime
    until: datetime


def followed(recent: tuple[Stretch, ...], before: Operator, after: Operator) -> tuple[Stretch, ...]:
    """The stretches of an operator who has changed; those that can matter no more are forgotten."""
    if before.status_since is None or after.status_since is None or after.status_since <= before.status_since:
        return recent
    ended = Stretch(status=before.status, since=before.status_since, until=after.status_since)
    return (*(s for s in recent if s.until > ended.until - LATELY), ended)


def lately(recent: tuple[Stretch, ...], operator: Operator, now: datetime) -> OperatorFigures:
    """Time in each status from ten minutes before `now`, steady. Its `occupancy` is the operator's load.

    What was before our start is known only of the status that still goes on.
    """
    time: dict[Status, timedelta] = {}
    for stretch in (*recent, *_present(operator, now)):
        lasting = stretch.until - max(stretch.since, now - LATELY)
        if lasting > timedelta(0):
            time[stretch.status] = time.get(stretch.status, timedelta(0)) + lasting
    return OperatorFigures(time=time)


def _present(operator: Operator, now: datetime) -> tuple[Stretch, ...]:
    if operator.status_since is None:
        return ()
    return (Stretch(status=operator.status, since=operator.status_since, until=now),)
