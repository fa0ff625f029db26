"""History, records, roll-ups and agenda: written with the facts, on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from switchroom.domain.access import Right, Scope
from switchroom.domain.facts.calls import (
    CallArrived,
    CallEnded,
    LeftQueueWhy,
    OperatorConnected,
    QueueEntered,
    QueueLeft,
    TalkEnded,
    Whose,
)
from switchroom.domain.facts.cards import CardClosed, ClosedBy
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import LegId, PartyId, QueueId, RecordingId, StoryId, TrunkId, UserId
from switchroom.domain.metrics import OperatorFigures, QueueFigures, SubjectKind
from switchroom.domain.operators import Operator, Status
from switchroom.domain.people import Party
from switchroom.storage import records
from switchroom.storage.agenda import AgendaRows, Due, again, done, later
from switchroom.storage.calls import CallBook, Calls
from switchroom.storage.ledger import Change, Ledger, Write
from switchroom.storage.recordings import Recording, Recordings, erased, kept
from switchroom.storage.rollups import RollupBook, Rollups

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SERVICE, ANNA = QueueId("service"), UserId("anna")


class Books:
    """A ledger with the books that follow it."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.ledger = Ledger(database, "test", inline=True)

    async def open(self) -> "Books":
        self.calls = CallBook(self.database)
        self.rollups = RollupBook(lambda: {SERVICE: timedelta(seconds=20)})
        await self.ledger.open(NOON)
        self.calls.open()
        self.rollups.open(self.ledger.operators())
        return self

    async def opened_again(self) -> "Books":
        """As after a crash."""
        await self.ledger.close()
        self.ledger = Ledger(self.database, "test", inline=True)
        return await self.open()

    async def save(self, change: Change) -> None:
        also: Sequence[Write] = (*change.also, *self.calls(change), *self.rollups(change), *records.bookkeeper(change))
        await self.ledger.save(replace(change, also=tuple(also)))

    async def tell(self, at: datetime, *facts: Fact) -> None:
        await self.save(Change(at=at, facts=facts))


def arrived(n: int, number: str = "+79161234567") -> tuple[CallArrived, Party]:
    call, party = StoryId(f"call{n}"), PartyId(f"call{n}-caller")
    fact = CallArrived(call=call, leg=LegId(f"in{n}"), caller=party, dialled="74951234567", trunk=TrunkId("carrier"))
    return fact, Party(id=party, number=number, name="Иван")


@pytest.fixture
async def books(database: Engine) -> AsyncIterator[Books]:
    opened = await Books(database).open()
    yield opened
    await opened.ledger.close()


async def a_served_call(books: Books, n: int, at: datetime, number: str = "+79161234567") -> StoryId:
    fact, party = arrived(n, number)
    call = fact.call
    await books.save(Change(at=at, facts=(fact,), parties=(party,)))
    await books.tell(at, QueueEntered(call=call, queue=SERVICE))
    waited, talked = timedelta(seconds=5), timedelta(seconds=60)
    left = QueueLeft(call=call, queue=SERVICE, why=LeftQueueWhy.SERVED, waited=waited, operator=ANNA)
    taken = OperatorConnected(call=call, queue=SERVICE, operator=ANNA, leg=LegId("x"), waited=waited)
    await books.tell(at + waited, taken, left)
    over = TalkEnded(call=call, by=Whose.CUSTOMER, talked=talked, user=ANNA, queue=SERVICE)
    ended = CallEnded(call=call, disposition="served", whose=Whose.CUSTOMER, lasted=waited + talked)
    await books.tell(at + waited + talked, over, ended)
    return call


@pytest.mark.feature("P10")
async def test_a_call_is_a_line_of_the_history_while_it_lives_and_after(books: Books) -> None:
    fact, party = arrived(1)
    await books.save(Change(at=NOON, facts=(fact,), parties=(party,)))
    found = Calls(books.database).find("call1")
    assert found is not None
    assert (found.call.ended, found.caller) == (None, party)
    again_open = await books.opened_again()
    ended = CallEnded(call=fact.call, disposition="served", whose=Whose.US, lasted=timedelta(seconds=9))
    await again_open.tell(NOON + timedelta(seconds=9), ended)
    closed = Calls(books.database).find("call1")
    assert closed is not None
    assert (closed.call.began, closed.call.ended) == (NOON, NOON + timedelta(seconds=9))


async def test_a_roll_up_holds_what_the_facts_say_after_a_crash_too(books: Books) -> None:
    await a_served_call(books, 1, NOON)
    books = await books.opened_again()
    await a_served_call(books, 2, NOON + timedelta(minutes=14, seconds=30))
    found = Rollups(books.database).together(SubjectKind.QUEUE, NOON, NOON + timedelta(hours=1))
    service = found["service"]
    assert isinstance(service, QueueFigures)
    assert (service.entered, service.served, service.in_norm, service.service_level) == (2, 2, 2, 1.0)
    assert service.talked == timedelta(minutes=2)
    intervals = Rollups(books.database).by_interval(SubjectKind.QUEUE, NOON, NOON + timedelta(hours=1))
    assert [start for start, _ in intervals] == [NOON, NOON + timedelta(minutes=15)]


async def test_time_in_a_status_is_cut_at_the_border_and_a_jump_of_the_wall_clock_adds_nothing(books: Books) -> None:
    steady = NOON + timedelta(minutes=10)
    ready = Operator(id=ANNA, signed_in=True, devices=frozenset({"d"}), status_since=steady)  # type: ignore[arg-type]
    await books.save(Change(at=steady, operators=(ready,)))
    talking = Operator(id=ANNA, signed_in=True, up=frozenset({LegId("x")}), status_since=steady + timedelta(minutes=10))
    await books.save(Change(at=steady + timedelta(minutes=10), operators=(talking,)))
    jumped = steady + timedelta(hours=2)
    idle = replace_status(talking, steady + timedelta(minutes=12))
    await books.save(Change(at=jumped, operators=(idle,)))
    by_interval = Rollups(books.database).by_interval(SubjectKind.OPERATOR, NOON, NOON + timedelta(hours=5))
    times = {start: f.time for (start, _), f in by_interval.items() if isinstance(f, OperatorFigures)}
    assert times[NOON] == {Status.READY: timedelta(minutes=5)}
    assert times[NOON + timedelta(minutes=15)] == {Status.READY: timedelta(minutes=5)}
    total = sum((spent for time in times.values() for spent in time.values()), timedelta(0))
    assert total == timedelta(minutes=12)


def replace_status(operator: Operator, since: datetime) -> Operator:
    """The same operator, on a break."""
    return Operator(id=operator.id, signed_in=True, break_kind="lunch", status_since=since)


async def test_a_record_is_closed_found_by_right_and_erased(books: Books) -> None:
    found = records.Records(books.database)
    scope = Scope(ANNA, frozenset({Right.SEE_CALLS}))
    assert found.search(scope) == []
    closed = CardClosed(dialog=StoryId("d"), holder=ANNA, by=ClosedBy.HOLDER, wrapped_up=timedelta(seconds=3))
    await books.tell(NOON, closed)
    assert not found.erase("d")


async def test_what_is_due_is_there_until_it_is_done_and_never_twice(books: Books) -> None:
    rows, job = AgendaRows(books.database), Due(id="keep r", kind="keep", due=NOON, body={"recording": "r"})
    for _ in range(2):
        await books.save(Change(at=NOON, also=(later(job),)))
    assert rows.due(NOON - timedelta(seconds=1)) == []
    assert rows.due(NOON) == [job]
    await books.ledger.save(Change(at=NOON, also=(again(job, NOON + timedelta(minutes=1), "the switch is lost"),)))
    assert rows.due(NOON) == []
    assert rows.next_due() == NOON + timedelta(minutes=1)
    (tried,) = rows.due(NOON + timedelta(minutes=1))
    assert (tried.tries, tried.why) == (1, "the switch is lost")
    await books.ledger.save(Change(at=NOON, also=(done(job.id),)))
    assert rows.next_due() is None


async def test_an_erased_recording_has_lost_its_key_for_good(books: Books) -> None:
    made = Recording(
        id=RecordingId("r"), call=StoryId("call1"), queue=SERVICE, operator=ANNA, kept=NOON, lasts=timedelta(seconds=3),
        octets=10, wrapped_key=b"key", until=NOON + timedelta(days=1),
    )  # fmt: skip
    for _ in range(2):
        await books.ledger.save(Change(at=NOON, also=(kept(made),)))
    rows = Recordings(books.database)
    assert rows.of("call1") == [made]
    assert rows.overdue(NOON) == []
    assert rows.overdue(NOON + timedelta(days=2)) == [made]
    await books.ledger.save(Change(at=NOON, also=(erased(made.id),)))
    assert rows.overdue(NOON + timedelta(days=2)) == []
    gone = rows.find("r")
    assert gone is not None
    assert gone.wrapped_key is None
