"""What is kept at hand for a board is what lies in the roll-ups, after a restart too."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from switchroom.domain.facts.calls import LeftQueueWhy, QueueLeft
from switchroom.domain.identity import QueueId, StoryId
from switchroom.domain.metrics import EMPTY, SubjectKind, interval_of
from switchroom.domain.waits import STEP, STEPS, WaitsByStep
from switchroom.engine.figures import LiveFigures
from switchroom.storage.database import open_database
from switchroom.storage.ledger import Change, Ledger
from switchroom.storage.rollups import ROLLUPS, RollupBook, Rollups
from switchroom.storage.tables import FACTS
from tests.company import NOON
from tests.laws.day import QUEUES, STAFF, Day, Step, steps

DATABASE = open_database("sqlite://")
MOSCOW = ZoneInfo("Europe/Moscow")
SERVICE = QueueId("service")
KEYS = [(SubjectKind.QUEUE, queue) for queue in QUEUES] + [(SubjectKind.OPERATOR, user) for user in STAFF]


async def played(day: list[Step]) -> tuple[Day, LiveFigures]:
    """A day that was followed from its beginning."""
    with DATABASE.begin() as connection:
        for table in (ROLLUPS, FACTS):
            connection.execute(delete(table))
    lived, ledger, book = Day(), Ledger(DATABASE, "law", inline=True), RollupBook(dict)
    await ledger.open(NOON)
    live = LiveFigures(lambda: lived.wall, lambda: MOSCOW)
    live.open(Rollups(DATABASE), ledger)
    for step in day:
        change = lived.play(step)
        if change is not None:
            live.today(SubjectKind.QUEUE, SERVICE)
            whole = Change(at=change.at, facts=change.facts, also=tuple(book(change)))
            await ledger.save(whole)
            live.follow(whole)
    return lived, live


@pytest.mark.feature("C7")
@settings(max_examples=40, deadline=None)
@given(steps())
def test_todays_figures_at_hand_are_those_of_the_roll_ups(day: list[Step]) -> None:
    lived, live = asyncio.run(played(day))
    again = LiveFigures(lambda: lived.wall, lambda: MOSCOW)
    again.open(Rollups(DATABASE), Ledger(DATABASE, "law", inline=True))
    midnight = lived.wall.astimezone(MOSCOW).replace(hour=0, minute=0, second=0, microsecond=0)
    for kind, key in KEYS:
        on_disk = Rollups(DATABASE).together(kind, midnight, lived.wall + timedelta(hours=1)).get(key, EMPTY[kind])
        assert live.today(kind, key) == again.today(kind, key) == on_disk
        since = interval_of(lived.wall - timedelta(hours=1))
        lately = Rollups(DATABASE).together(kind, since, lived.wall + timedelta(hours=1)).get(key, EMPTY[kind])
        assert live.last_hour(kind, key) == again.last_hour(kind, key) == lately
    assert live.waits.mean("service", lived.wall) == again.waits.mean("service", lived.wall)


def left(ago: timedelta, waited: timedelta, why: LeftQueueWhy = LeftQueueWhy.SERVED) -> tuple[QueueLeft, datetime]:
    return QueueLeft(call=StoryId("c"), queue=SERVICE, why=why, waited=waited), NOON - ago


spans = st.integers(0, 3000).map(lambda n: timedelta(seconds=n))


@given(st.lists(st.tuples(spans, spans), max_size=30), st.lists(spans, max_size=5))
def test_all_waiting_of_the_last_hour_lies_in_its_steps(
    waits: list[tuple[timedelta, timedelta]], still: list[timedelta]
) -> None:
    book = WaitsByStep()
    told = sorted((left(ago, waited) for ago, waited in waits), key=lambda one: one[1])
    for fact, at in told:
        book.tell(fact, at)
    means = book.mean(SERVICE, NOON, [NOON - since for since in still])
    assert len(means) == STEPS
    whole = book.mean(SERVICE, NOON + STEP)  # the last step has just begun
    first = NOON + STEP - STEP * (STEPS - 1)
    expected = sum((at - max(first, at - fact.waited) for fact, at in told if at > first), timedelta(0))
    assert sum(whole) * STEP.total_seconds() == pytest.approx(expected.total_seconds(), abs=STEPS)


def test_one_who_waits_for_four_minutes_is_one_in_two_steps_and_a_refused_one_in_none() -> None:
    book = WaitsByStep()
    moment = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    gave_up, _ = left(timedelta(0), timedelta(minutes=4), LeftQueueWhy.ABANDONED)
    refused, _ = left(timedelta(0), timedelta(0), LeftQueueWhy.REFUSED)
    book.tell(gave_up, moment)
    book.tell(refused, moment)
    assert book.mean(SERVICE, moment + timedelta(seconds=30))[-4:] == [0, 1, 1, 0]
    assert book.mean(SERVICE, moment + timedelta(seconds=30), [moment])[-1] == 1
    assert book.mean("sales", moment) == [0.0] * STEPS
