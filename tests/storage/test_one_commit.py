"""Many changes in one commit: none takes the others with it, and their rows end as if each had been saved alone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from switchroom.domain.events import CloseCardAsked, FieldsTyped
from switchroom.domain.facts.calls import CallArrived, CallEnded, QueueEntered, Whose
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.identity import CardId, LegId, PartyId, QueueId, StoryId, TrunkId, UserId
from switchroom.domain.metrics import QueueFigures, SubjectKind
from switchroom.domain.situations.scene import NewDialog
from switchroom.domain.stories import Moved, begin, hear
from switchroom.engine.dialogs import dialog_of
from switchroom.storage import records
from switchroom.storage.calls import CALLS, CallBook, Calls
from switchroom.storage.ledger import Change, Ledger, TakenOver
from switchroom.storage.rollups import RollupBook, Rollups
from tests.company import NOON, a_caller, a_company, around

ANNA, SERVICE = UserId("anna"), QueueId("service")
SIGNED_IN = OperatorSignedIn(operator=ANNA, by=ANNA)
DIALOG = StoryId("call1-card4")


@pytest.fixture
async def ledger(database: Engine) -> AsyncIterator[Ledger]:
    """With its writer's thread, which gathers what is asked meanwhile."""
    ledger = Ledger(database, "us")
    await ledger.open(NOON)
    yield ledger
    await ledger.close()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A write that the database refuses."""

    def __call__(self, connection: Connection) -> None:
        connection.execute(text("INSERT INTO calls (id) VALUES (NULL)"))


async def test_a_change_that_can_not_be_written_fails_alone(ledger: Ledger) -> None:
    good = [Change(at=NOON, facts=(SIGNED_IN,)) for _ in range(20)]
    bad = Change(at=NOON, facts=(SIGNED_IN,), also=(Wrong(),))
    asked = [*good[:10], bad, *good[10:]]
    told = await asyncio.gather(*(ledger.save(change) for change in asked), return_exceptions=True)
    assert [n for n, answer in enumerate(told) if isinstance(answer, BaseException)] == [10]
    assert isinstance(told[10], DBAPIError)
    assert [kept.seq for kept in ledger.facts_since(0)] == list(range(1, 21))


async def test_who_lost_the_house_is_told_so_for_each_change(ledger: Ledger, database: Engine) -> None:
    await Ledger(database, "other", inline=True).open(NOON)
    saves = (ledger.save(Change(at=NOON, facts=(SIGNED_IN,))) for _ in range(20))
    told = await asyncio.gather(*saves, return_exceptions=True)
    assert all(isinstance(answer, TakenOver) for answer in told)
    assert ledger.facts_since(0) == []


async def test_calls_saved_at_once_have_a_line_each_and_one_row_of_figures(ledger: Ledger, database: Engine) -> None:
    calls, rollups = CallBook(database), RollupBook(dict)
    changes = [change for n in range(60) for change in _a_short_call(n)]
    await asyncio.gather(*(ledger.save(_with_books(change, calls, rollups)) for change in changes))
    with database.connect() as connection:
        assert (
            connection.execute(select(func.count()).select_from(CALLS).where(CALLS.c.ended.is_not(None))).scalar() == 60
        )
    found = Calls(database).find("call7")
    assert found is not None
    assert (found.call.queue, found.call.disposition) == (SERVICE, "abandoned_in_menu")
    figures = Rollups(database).together(SubjectKind.QUEUE, NOON, NOON + timedelta(hours=1))["service"]
    assert figures == QueueFigures(entered=60)


def _with_books(change: Change, calls: CallBook, rollups: RollupBook) -> Change:
    return Change(at=change.at, facts=change.facts, also=(*calls(change), *rollups(change)))


def _a_short_call(n: int) -> list[Change]:
    call, at = StoryId(f"call{n}"), NOON + timedelta(seconds=n)
    arrived = CallArrived(
        call=call, leg=LegId(f"in{n}"), caller=PartyId(f"{call}-caller"), dialled="7495", trunk=TrunkId("carrier")
    )
    ended = CallEnded(call=call, disposition="abandoned_in_menu", whose=Whose.CUSTOMER, lasted=timedelta(seconds=1))
    return [Change(at=at, facts=(fact,)) for fact in (arrived, QueueEntered(call=call, queue=SERVICE), ended)]


@pytest.mark.feature("C5")
async def test_every_field_that_is_typed_is_in_the_record_and_the_record_keeps_its_beginning(
    ledger: Ledger, database: Engine
) -> None:
    setup, found = a_company(), records.Records(database)
    opened = _a_dialog()
    await ledger.save(_of(opened, after=timedelta(0)))
    typed = hear(opened.state, FieldsTyped(by=ANNA, fields={"address": "Ленина 5"}, revision=0), around(setup))
    corrected = hear(typed.state, FieldsTyped(by=ANNA, fields={"address": "Ленина 7"}, revision=1), around(setup))
    await asyncio.gather(
        ledger.save(_of(typed, timedelta(seconds=9))), ledger.save(_of(corrected, timedelta(seconds=9)))
    )
    record = found.find(DIALOG)
    assert record is not None
    assert record.values == {"number": "+79161234567", "address": "Ленина 7"}
    assert (record.revision, record.opened, record.closed, record.holder) == (2, NOON, None, ANNA)
    closed = hear(corrected.state, CloseCardAsked(by=ANNA, disposition="solved"), around(setup))
    await ledger.save(_of(closed, timedelta(minutes=1)))
    record = found.find(DIALOG)
    assert record is not None
    assert (record.closed, record.disposition) == (NOON + timedelta(minutes=1), "solved")
    assert record.values["address"] == "Ленина 7"
    assert found.erase(DIALOG)
    erased = found.find(DIALOG)
    assert erased is not None
    assert (erased.values, erased.holder) == ({}, ANNA)


def _a_dialog() -> Moved:
    setup = a_company()
    call = begin(a_caller(setup), around(setup)).state
    card = NewDialog(story=DIALOG, card=CardId("repair"), holder=ANNA, queue=SERVICE)
    return begin(dialog_of(card, call, setup), around(setup))


def _of(moved: Moved, after: timedelta) -> Change:
    change = Change(at=NOON + after, facts=moved.facts, states=(moved.state,))
    return Change(at=change.at, facts=change.facts, states=change.states, also=tuple(records.bookkeeper(change)))
