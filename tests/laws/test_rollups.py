"""Laws of the roll-ups: whatever the day looks like, they say the same as its facts, live and afterwards."""

import asyncio
from collections import Counter, defaultdict
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from switchroom.domain import metrics
from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import (
    CallArrived,
    CallEnded,
    LeftQueueWhy,
    LegGone,
    OfferNotTaken,
    OperatorConnected,
    OperatorOffered,
    QueueEntered,
    QueueLeft,
    TalkEnded,
)
from switchroom.domain.facts.cards import CardClosed
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import LegId, PartyId, QueueId, StoryId, UserId
from switchroom.domain.metrics import (
    INTERVAL,
    CallFigures,
    Figures,
    OperatorFigures,
    QueueFigures,
    SubjectKind,
    interval_of,
)
from switchroom.domain.operators import LATELY, Operator, Status, after
from switchroom.storage.calls import CALLS, CallBook
from switchroom.storage.database import open_database
from switchroom.storage.ledger import Change, Ledger
from switchroom.storage.rollups import ROLLUPS, RollupBook, Rollups
from switchroom.storage.tables import OPERATORS
from tests.company import NOON
from tests.laws.day import QUEUES, STAFF, ZERO, Day, Step, steps

NORMS = {QUEUES[0]: timedelta(seconds=20), QUEUES[1]: timedelta(minutes=2)}
DATABASE = open_database("sqlite://")
HOUR = timedelta(hours=1)
jumping = st.sampled_from([ZERO] * 8 + [HOUR, -HOUR, timedelta(seconds=-1)])


class Books:
    """A day as it was played: what was saved, the roll-ups, and who did what until when."""

    def __init__(self) -> None:
        self.day = Day()
        self.facts: list[Fact] = []
        self.stretches: list[tuple[UserId, Status, datetime, datetime]] = []
        """Steady time that each operator spent in a status, told without the code under test."""
        self._known: dict[UserId, tuple[Status, datetime]] = {}
        with DATABASE.begin() as connection:
            for table in (ROLLUPS, OPERATORS, CALLS):
                connection.execute(delete(table))
        self.ledger = Ledger(DATABASE, "law", inline=True)
        self.book, self.calls = RollupBook(lambda: NORMS), CallBook(DATABASE)

    async def play(self, day: list[Step]) -> "Books":
        """Save each step as the engine does; after a crash the book is opened anew."""
        await self.ledger.open(NOON)
        for step in day:
            change = self.day.play(step)
            if step.verb == "crash":
                self.book, self.calls = RollupBook(lambda: NORMS), CallBook(DATABASE)
                self.book.open(self.ledger.operators())
                self.calls.open()
            if change is not None:
                await self._save(change)
        return self

    async def _save(self, change: Change) -> None:
        also = (*self.calls(change), *self.book(change))
        await self.ledger.save(Change(at=change.at, facts=change.facts, operators=change.operators, also=also))
        self.facts += change.facts
        for operator in change.operators:
            self._watch(operator)

    def _watch(self, operator: Operator) -> None:
        status, since = self._known.get(operator.id, (Status.SIGNED_OUT, None))
        if status is operator.status:
            return
        if since is not None:
            self.stretches.append((operator.id, status, since, self.day.now))
        self._known[operator.id] = (operator.status, self.day.now)

    def present(self) -> list[tuple[UserId, Status, datetime, datetime]]:
        """What goes on."""
        return [(user, status, since, self.day.now) for user, (status, since) in self._known.items()]

    def by_interval(self, kind: SubjectKind) -> dict[tuple[datetime, str], Figures]:
        """The roll-ups."""
        long_ago, one_day = NOON - timedelta(days=40), NOON + timedelta(days=40)
        return {(at, s.key): f for (at, s), f in Rollups(DATABASE).by_interval(kind, long_ago, one_day).items()}

    def together(self, kind: SubjectKind) -> dict[str, Figures]:
        """The roll-ups, merged over the day."""
        return Rollups(DATABASE).together(kind, NOON - timedelta(days=40), NOON + timedelta(days=40))

    def still(self) -> dict[str, list[tuple[datetime, Figures]]]:
        """What goes on at the end of the day."""
        staff = self.day.desk.operators.values()
        return {o.id: metrics.still_spending(o, self.day.now, self.day.wall) for o in staff}


def played(day: list[Step]) -> Books:
    """The books of this day."""

    async def run() -> Books:
        return await Books().play(day)

    return asyncio.run(run())


def counted(facts: list[Fact], queue: QueueId) -> QueueFigures:
    """A queue's figures of the whole day, counted by hand."""
    left = [f for f in facts if isinstance(f, QueueLeft) and f.queue == queue]
    ways = Counter(f.why for f in left)
    waits = [f.waited for f in left if f.why is not LeftQueueWhy.REFUSED]
    served = [f.waited for f in left if f.why is LeftQueueWhy.SERVED]
    talks = [f.talked for f in facts if isinstance(f, TalkEnded) and f.queue == queue]
    wraps = [f.wrapped_up for f in facts if isinstance(f, CardClosed) and f.queue == queue]
    return QueueFigures(
        entered=sum(1 for f in facts if isinstance(f, QueueEntered) and f.queue == queue),
        served=ways[LeftQueueWhy.SERVED],
        in_norm=sum(1 for waited in served if waited <= NORMS[queue]),
        abandoned=ways[LeftQueueWhy.ABANDONED],
        lost=ways[LeftQueueWhy.WAITED_TOO_LONG],
        refused=ways[LeftQueueWhy.REFUSED],
        waited=sum(waits, ZERO),
        longest=max(waits, default=ZERO),
        talks=len(talks),
        talked=sum(talks, ZERO),
        wrap_ups=len(wraps),
        wrapped_up=sum(wraps, ZERO),
    )


def worked(books: Books, user: UserId) -> OperatorFigures:
    """An operator's figures of the whole day, counted by hand."""
    facts = books.facts
    time: dict[Status, timedelta] = defaultdict(timedelta)
    for who, status, since, until in books.stretches:
        if who == user and until > since:
            time[status] += until - since
    mine = [f for f in facts if user in (getattr(f, "operator", None), getattr(f, "user", None))]
    talks = [f.talked for f in mine if isinstance(f, TalkEnded)]
    wraps = [f.wrapped_up for f in facts if isinstance(f, CardClosed) and f.holder == user]
    return OperatorFigures(
        offers=sum(isinstance(f, OperatorOffered) for f in mine),
        taken=sum(isinstance(f, OperatorConnected) for f in mine),
        missed=sum(1 for f in mine if isinstance(f, OfferNotTaken) and f.takes_out_of_ready),
        talks=len(talks),
        talked=sum(talks, ZERO),
        wrapped_up=sum(wraps, ZERO),
        time=dict(time),
    )


@pytest.mark.feature("R1")
@settings(max_examples=60, deadline=None)
@given(steps(jumping))
def test_the_quarters_of_an_hour_merged_are_the_day_counted_at_once(day: list[Step]) -> None:
    books = played(day)
    queues, operators = books.together(SubjectKind.QUEUE), books.together(SubjectKind.OPERATOR)
    for queue in QUEUES:
        assert queues.get(queue, QueueFigures()) == counted(books.facts, queue)
    for user in STAFF:
        assert operators.get(user, OperatorFigures()) == worked(books, user)


@settings(max_examples=60, deadline=None)
@given(steps(jumping))
def test_every_call_that_is_over_counts_once_with_its_result_and_whose_doing_it_was(day: list[Step]) -> None:
    books = played(day)
    over = [f for f in books.facts if isinstance(f, CallEnded)]
    waits = [f.waited for f in books.facts if isinstance(f, QueueLeft) and f.call in {end.call for end in over}]
    assert books.together(SubjectKind.CALLS).get("inbound", CallFigures()) == CallFigures(
        ended=len(over),
        waited=sum(waits, ZERO),
        talked=sum((f.talked for f in books.facts if isinstance(f, TalkEnded)), ZERO),
        lasted=sum((f.lasted for f in over), ZERO),
        dispositions=dict(Counter(f.disposition for f in over)),
        whose=dict(Counter(f.whose for f in over)),
    )


@pytest.mark.feature("R1")
@settings(max_examples=60, deadline=None)
@given(steps())
def test_what_is_live_and_what_is_history_add_up_to_the_time_that_passed_at_every_moment(day: list[Step]) -> None:
    books = played(day)
    spent: dict[tuple[datetime, str], timedelta] = defaultdict(timedelta)
    for (at, key), figures in books.by_interval(SubjectKind.OPERATOR).items():
        assert isinstance(figures, OperatorFigures)
        spent[at, key] += sum(figures.time.values(), ZERO)
    for key, pieces in books.still().items():
        for at, figures in pieces:
            assert isinstance(figures, OperatorFigures)
            spent[at, key] += sum(figures.time.values(), ZERO)
    now, at = books.day.now, interval_of(NOON)
    while at < now:
        for user in STAFF:
            assert spent.pop((at, user), ZERO) == min(now, at + INTERVAL) - max(NOON, at)
        at += INTERVAL
    assert not any(spent.values())


@settings(max_examples=60, deadline=None)
@given(steps(jumping))
def test_a_jump_of_the_wall_clock_makes_no_figure_negative_or_absurd(day: list[Step]) -> None:
    books = played(day)
    passed = books.day.now - NOON
    for figures in books.by_interval(SubjectKind.QUEUE).values():
        assert isinstance(figures, QueueFigures)
        assert ZERO <= figures.longest <= passed
        assert figures.in_norm <= figures.served <= figures.ended
        assert figures.service_level is None or 0 <= figures.service_level <= 1
    for figures in books.by_interval(SubjectKind.OPERATOR).values():
        assert isinstance(figures, OperatorFigures)
        assert all(ZERO <= lasting <= INTERVAL * 3 for lasting in figures.time.values())
        assert figures.occupancy is None or 0 <= figures.occupancy <= 1


@pytest.mark.feature("C7")
@settings(max_examples=60, deadline=None)
@given(steps(jumping))
def test_the_load_of_the_last_ten_minutes_is_the_occupancy_of_just_these(day: list[Step]) -> None:
    books = played(day)
    now = books.day.now
    for user in STAFF:
        time: dict[Status, timedelta] = defaultdict(timedelta)
        for who, status, since, until in (*books.stretches, *books.present()):
            if who == user and until > max(since, now - LATELY):
                time[status] += until - max(since, now - LATELY)
        live = books.day.desk.lately(user, now)
        assert live.time == dict(time)
        assert live.occupancy == OperatorFigures(time=dict(time)).occupancy


def test_unlike_figures_do_not_add_up() -> None:
    with pytest.raises(TypeError):
        metrics.merged(QueueFigures(), OperatorFigures())


def test_a_long_talk_counts_in_each_quarter_that_it_touches() -> None:
    pieces = metrics.cut(Status.TALKING, timedelta(minutes=40), NOON + timedelta(minutes=20))
    told = [(at - NOON, f.time[Status.TALKING]) for at, f in pieces if isinstance(f, OperatorFigures)]
    minutes = [(at // timedelta(minutes=1), time // timedelta(minutes=1)) for at, time in told]
    assert minutes == [(-30, 5), (-15, 15), (0, 15), (15, 5)]


def test_time_is_kept_when_a_talk_follows_a_talk_in_one_change() -> None:
    """The status is the same before and after, but began anew in between."""
    first = Operator(id=STAFF[0], signed_in=True, up=frozenset({LegId("a")}), status_since=NOON)
    later = NOON + timedelta(minutes=5)
    gone = LegGone(call=StoryId("c1"), leg=LegId("a"), cause=EndCause.NORMAL, user=STAFF[0])
    came = CallArrived(call=StoryId("c2"), leg=LegId("b"), caller=PartyId("p"), dialled="101", user=STAFF[0])
    between = after(first, gone, later)
    second = after(between, came, later)
    assert second.status is first.status is Status.TALKING
    assert sum_of(metrics.spent(first, second, later)) == timedelta(minutes=5)


def sum_of(pieces: list[tuple[datetime, Figures]]) -> timedelta:
    """All time in these pieces."""
    return sum((t for _, f in pieces if isinstance(f, OperatorFigures) for t in f.time.values()), ZERO)
