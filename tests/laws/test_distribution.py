"""Laws of the one decision: whatever the day looks like, these hold."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchroom.domain.distribution import WorkRequest, match
from switchroom.domain.identity import DeviceId, LegId, QueueId, StoryId, UserId
from switchroom.domain.operators import Operator, Status
from switchroom.domain.queues import Queue, StrategyKind
from tests.company import NOON

NAMES = [UserId(f"op{n}") for n in range(6)]
QUEUES = [QueueId(f"q{n}") for n in range(3)]
seconds = st.integers(0, 3600).map(lambda n: timedelta(seconds=n))


@st.composite
def operators(draw: st.DrawFn) -> dict[UserId, Operator]:
    """Operators in any state."""
    return {
        name: Operator(
            id=name,
            signed_in=draw(st.booleans()),
            devices=frozenset({DeviceId(name)}) if draw(st.booleans()) else frozenset(),
            up=frozenset({LegId("x")}) if draw(st.integers(0, 4)) == 0 else frozenset(),
            idle_since=NOON - draw(seconds),
            last_offered=NOON - draw(seconds) if draw(st.booleans()) else None,
        )
        for name in draw(st.lists(st.sampled_from(NAMES), unique=True))
    }


@st.composite
def queues(draw: st.DrawFn) -> dict[str, Queue]:
    """Queues served by anybody."""
    serving = st.lists(st.sampled_from([str(n) for n in NAMES]), unique=True).map(tuple)
    return {
        key: Queue(
            id=key,
            title=key,
            operators=draw(serving),
            weight=draw(st.integers(0, 5)),
            strategy=draw(st.sampled_from(StrategyKind)),
        )
        for key in QUEUES
    }


requests = st.lists(
    st.builds(
        WorkRequest,
        story=st.integers(0, 99).map(lambda n: StoryId(f"s{n}")),
        queue=st.sampled_from(QUEUES),
        since=seconds.map(lambda d: NOON - d),
        priority=st.integers(-2, 2),
        personal=st.none() | st.sampled_from(NAMES),
        unwanted=st.frozensets(st.sampled_from(NAMES), max_size=1),
    ),
    unique_by=lambda r: r.story,
)


@pytest.mark.feature("C2")
@given(requests, operators(), queues())
def test_nobody_is_offered_twice_and_only_who_is_ready_and_serves_the_queue(
    asked: list[WorkRequest], staff: dict[UserId, Operator], rules: dict[str, Queue]
) -> None:
    made = match(asked, staff, rules, NOON)
    by_story = {r.story: r for r in asked}
    assert len({m.operator for m in made}) == len({m.story for m in made}) == len(made)
    for m in made:
        assert staff[m.operator].status is Status.READY
        assert m.operator in rules[by_story[m.story].queue].operators


@given(requests, operators(), queues())
def test_no_request_waits_while_somebody_ready_serves_its_queue(
    asked: list[WorkRequest], staff: dict[UserId, Operator], rules: dict[str, Queue]
) -> None:
    made = match(asked, staff, rules, NOON)
    left = {key for key, o in staff.items() if o.status is Status.READY} - {m.operator for m in made}
    served = {m.story for m in made}
    for request in asked:
        if request.story not in served:
            assert not left & {UserId(key) for key in rules[request.queue].operators}


@given(requests, operators(), queues())
def test_a_callers_own_operator_is_the_one_if_ready_and_asked_by_nobody_before(
    asked: list[WorkRequest], staff: dict[UserId, Operator], rules: dict[str, Queue]
) -> None:
    for request in asked:
        made = match([request], staff, rules, NOON)
        own = staff.get(request.personal) if request.personal else None
        serves = request.personal in rules[request.queue].operators and request.personal not in request.unwanted
        if own is not None and own.status is Status.READY and serves:
            assert [(m.operator, m.why) for m in made] == [(own.id, "personal")]
        elif made and made[0].operator != request.personal:
            assert made[0].why == rules[request.queue].strategy


@given(requests, operators(), queues(), st.randoms())
def test_the_decision_does_not_depend_on_the_order_in_which_things_are_listed(
    asked: list[WorkRequest],
    staff: dict[UserId, Operator],
    rules: dict[str, Queue],
    shuffled: Random,
) -> None:
    others = list(asked)
    shuffled.shuffle(others)
    assert match(asked, staff, rules, NOON) == match(others, dict(reversed(staff.items())), rules, NOON)


@given(requests, operators(), queues())
def test_in_one_queue_the_older_of_equal_priority_is_served_first(
    asked: list[WorkRequest], staff: dict[UserId, Operator], rules: dict[str, Queue]
) -> None:
    served = {m.story for m in match(asked, staff, rules, NOON)}
    for old in asked:
        for young in asked:
            same = old.queue == young.queue and old.priority == young.priority
            if same and old.since < young.since and young.story in served:
                assert old.story in served
