"""What was saved is there, whole and in order; who lost the house saves nothing more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from switchroom.domain.causes import EndCause
from switchroom.domain.events import LegEnded
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.identity import PartyId, UserId
from switchroom.domain.operators import Operator
from switchroom.domain.people import Party
from switchroom.domain.stories import Moved, begin, hear
from switchroom.storage.ledger import Change, Ledger, TakenOver
from switchroom.storage.schema import METADATA
from switchroom.storage.search import CALL_WORDS
from tests.company import CALL, CALLER, NOON, a_caller, a_company, around

ANNA = UserId("anna")


@asynccontextmanager
async def opened(database: Engine, owner: str = "us") -> AsyncIterator[Ledger]:
    """A ledger that has taken the house over."""
    ledger = Ledger(database, owner)
    await ledger.open(NOON)
    try:
        yield ledger
    finally:
        await ledger.close()


def change_of(moved: Moved) -> Change:
    """A story's decision, as it is saved."""
    return Change(at=NOON, facts=moved.facts, states=(moved.state,))


async def test_a_story_is_read_back_as_it_was_saved_until_it_is_over(database: Engine) -> None:
    setup = a_company()
    begun = begin(a_caller(setup), around(setup))
    async with opened(database) as ledger:
        await ledger.save(change_of(begun))
        assert ledger.living() == [begun.state]
        ended = hear(begun.state, LegEnded(leg=CALLER, cause=EndCause.NORMAL), around(setup))
        await ledger.save(change_of(ended))
        assert ledger.living() == []
        told = ledger.facts_of(CALL)
    assert tuple(k.fact for k in told) == begun.facts + ended.facts
    assert [k.seq for k in told] == list(range(1, len(told) + 1))


async def test_a_thousand_changes_at_once_keep_their_order(database: Engine) -> None:
    async with opened(database) as ledger:
        facts = [OperatorSignedIn(operator=UserId(f"u{n}"), by=ANNA) for n in range(1000)]
        kept = await asyncio.gather(*(ledger.save(Change(at=NOON, facts=(fact,))) for fact in facts))
        assert [k.fact for (k,) in kept] == facts
        assert [k.seq for (k,) in kept] == list(range(1, 1001))
        assert [k.fact for k in ledger.facts_since(990)] == facts[990:]


@pytest.mark.feature("Z3")
async def test_an_engine_that_lost_the_house_saves_nothing_more(database: Engine) -> None:
    async with opened(database, "old") as old, opened(database, "new") as new:
        with pytest.raises(TakenOver):
            await old.save(Change(at=NOON, facts=(OperatorSignedIn(operator=ANNA, by=ANNA),)))
        await new.save(Change(at=NOON, operators=(Operator(id=ANNA, signed_in=True),)))
        assert new.epoch == old.epoch + 1
        assert new.facts_since(0) == []
        assert [o.signed_in for o in new.operators()] == [True]


async def test_numbers_go_on_after_a_restart(database: Engine) -> None:
    fact = OperatorSignedIn(operator=ANNA, by=ANNA)
    async with opened(database) as ledger:
        await ledger.save(Change(at=NOON, facts=(fact,)))
    async with opened(database) as ledger:
        (kept,) = await ledger.save(Change(at=NOON + timedelta(hours=1), facts=(fact,)))
    assert kept.seq == 2


async def test_personal_values_are_kept_apart_and_the_last_word_counts(database: Engine) -> None:
    first = Party(id=PartyId("p1"), number="+79161234567", name="\x00<b>'; DROP TABLE facts;--".replace("\x00", ""))
    async with opened(database) as ledger:
        await ledger.save(Change(at=NOON, parties=(first,)))
        assert ledger.party("p1") == first
        corrected = Party(id=PartyId("p1"), number="+79161234567", name="Иван")
        await ledger.save(Change(at=NOON, parties=(corrected,)))
        assert ledger.party("p1") == corrected
        assert ledger.party("p2") is None


def test_the_migrations_lead_to_the_tables_that_the_program_uses(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_a_common_table})
        assert compare_metadata(context, METADATA) == []


def _is_a_common_table(name: str | None, kind: str, _parents: object) -> bool:
    """Not of the index by words, which each database has of its own kind."""
    return kind != "table" or not (name or "").startswith(CALL_WORDS.name)
