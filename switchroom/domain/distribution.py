"""The one decision: all work requests against all operators, with the reasons kept.

Requests are taken by weight of their queue and priority, then by age; each gets the best operator left by its
queue's strategy. Pure and deterministic: the same request list and the same operators give the same offers.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from heapq import nsmallest
from itertools import chain, islice

from switchroom.domain.identity import QueueId, StoryId, UserId
from switchroom.domain.operators import Operator, Status
from switchroom.domain.queues import Queue, StrategyKind
from switchroom.domain.shapes import Value
from switchroom.domain.strategies.longest_idle import LONGEST_IDLE
from switchroom.domain.strategies.round_robin import ROUND_ROBIN
from switchroom.domain.strategies.strategy import Rank, Strategy

STRATEGIES: dict[StrategyKind, Strategy] = {s.kind: s for s in (LONGEST_IDLE, ROUND_ROBIN)}
MOST_REASONS = 5
"""How many of those passed over are named in a story; the others are counted."""
PERSONAL = "personal"
"""Why an operator was chosen: they are this caller's own."""


class WorkRequest(Value, frozen=True, kw_only=True):
    """Somebody's wish for an operator. `since` is steady time; `unwanted` were offered and did not take it.

    `personal` comes before whoever the strategy ranks first.
    """

    story: StoryId
    queue: QueueId
    since: datetime
    priority: int = 0
    unwanted: frozenset[UserId] = frozenset()
    personal: UserId | None = None


class Match(Value, frozen=True, kw_only=True):
    """This operator for this request, and why."""

    story: StoryId
    operator: UserId
    why: str
    considered: int
    passed_over: tuple[tuple[UserId, str], ...]


def match(
    requests: Iterable[WorkRequest],
    operators: Mapping[UserId, Operator],
    queues: Mapping[str, Queue],
    now: datetime,
) -> list[Match]:
    """Offers to be made now; no operator twice, no request twice.

    Args:
        requests: all that wait and are not being offered at this moment.
        operators: everybody's derived state.
        queues: the rules; a request for a queue that is not there waits on.
        now: steady time.
    """
    free = {key: o for key, o in operators.items() if o.status is Status.READY}
    matches: list[Match] = []
    for request in sorted(requests, key=lambda r: _turn(r, queues)):
        if not free:
            break
        queue = queues.get(request.queue)
        found = _best(request, queue, free, operators, now) if queue else None
        if found is not None:
            matches.append(found)
            del free[found.operator]
    return matches


def _turn(request: WorkRequest, queues: Mapping[str, Queue]) -> tuple[float, float, datetime, str]:
    queue = queues.get(request.queue)
    return (-(queue.weight if queue else 0), -request.priority, request.since, request.story)


def _best(
    request: WorkRequest, queue: Queue, free: Mapping[UserId, Operator], all_: Mapping[UserId, Operator], now: datetime
) -> Match | None:
    strategy = STRATEGIES[queue.strategy]
    able = [free[key] for key in queue.operators if key in free]  # type: ignore[index]  # a key of a user
    if not able:
        return None
    chosen, *others = nsmallest(1 + MOST_REASONS, able, key=lambda o: _place(o, request, strategy, now))
    after = ((o.id, "ranked_after") for o in others)
    busy = ((UserId(key), _why_not(all_.get(UserId(key)))) for key in queue.operators if key not in free)
    return Match(
        story=request.story,
        operator=chosen.id,
        why=PERSONAL if chosen.id == request.personal else strategy.kind.value,
        considered=len(queue.operators),
        passed_over=tuple(islice(chain(after, busy), MOST_REASONS)),
    )


def _place(operator: Operator, request: WorkRequest, strategy: Strategy, now: datetime) -> tuple[bool, bool, Rank, str]:
    unwanted, not_theirs = operator.id in request.unwanted, operator.id != request.personal
    return unwanted, not_theirs, strategy.rank(operator, now), operator.id


def _why_not(operator: Operator | None) -> str:
    if operator is None:
        return Status.SIGNED_OUT.value
    return "just_offered" if operator.status is Status.READY else operator.status.value
