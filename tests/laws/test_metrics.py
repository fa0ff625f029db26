"""Laws of the figures: parts add up to the whole, whatever the order and wherever they are cut."""

from datetime import UTC, datetime, timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from switchroom.domain.metrics import INTERVAL, OperatorFigures, QueueFigures, cut, interval_of, merged
from switchroom.domain.operators import Status

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
seconds = st.integers(0, 100_000).map(lambda n: timedelta(seconds=n))
counts = st.integers(0, 1000)
queues = st.builds(
    QueueFigures, entered=counts, served=counts, in_norm=counts, abandoned=counts, lost=counts, waited=seconds,
    longest=seconds, talks=counts, talked=seconds, wrap_ups=counts, wrapped_up=seconds,
)  # fmt: skip
operators = st.builds(
    OperatorFigures, offers=counts, taken=counts, missed=counts, talked=seconds,
    time=st.dictionaries(st.sampled_from(list(Status)), seconds),
)  # fmt: skip


@given(st.lists(queues, min_size=1, max_size=8), st.randoms())
def test_figures_of_parts_add_up_in_any_order(parts: list[QueueFigures], chance: object) -> None:
    shuffled = parts[:]
    getattr(chance, "shuffle")(shuffled)  # noqa: B009  # hypothesis gives a Random
    whole, other = reduce(merged, parts), reduce(merged, shuffled)  # type: ignore[arg-type]
    assert whole == other
    assert isinstance(whole, QueueFigures)
    assert whole.served == sum(p.served for p in parts)
    assert whole.longest == max(p.longest for p in parts)


@given(operators, operators, operators)
def test_merging_is_associative_and_nothing_adds_nothing(
    a: OperatorFigures, b: OperatorFigures, c: OperatorFigures
) -> None:
    assert merged(merged(a, b), c) == merged(a, merged(b, c))
    both = merged(a, OperatorFigures())
    assert isinstance(both, OperatorFigures)
    assert both.signed_in == a.signed_in


@given(st.integers(0, 10**9), st.integers(0, 200_000))
def test_a_stretch_cut_at_the_borders_loses_nothing_and_each_piece_lies_in_its_interval(
    offset: int, lasting: int
) -> None:
    until = NOON + timedelta(seconds=offset)
    pieces = cut(Status.TALKING, timedelta(seconds=lasting), until)
    spent = [f.time[Status.TALKING] for _, f in pieces if isinstance(f, OperatorFigures)]
    assert sum(spent, timedelta(0)) == timedelta(seconds=lasting)
    assert all(timedelta(0) < one <= INTERVAL for one in spent)
    assert all(interval_of(start) == start for start, _ in pieces)
    assert len({start for start, _ in pieces}) == len(pieces)


@given(queues)
def test_a_service_level_is_a_share_and_unknown_without_calls(figures: QueueFigures) -> None:
    honest = merged(figures, QueueFigures(served=figures.in_norm))
    assert isinstance(honest, QueueFigures)
    level = honest.service_level
    assert level is None if honest.ended == 0 else 0 <= (level or 0) <= 1
