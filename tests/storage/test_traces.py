"""What stories heard is kept in its order, and erased in time while calls go on."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from switchroom.domain.events import DigitHeard, TimePassed
from switchroom.domain.identity import DeviceId, StoryId
from switchroom.domain.noticing import Seen
from switchroom.domain.people import Secret, Variables
from switchroom.domain.stories import begin, hear
from switchroom.domain.traces import Heard
from switchroom.storage import traces
from switchroom.storage.ledger import Change, Ledger
from switchroom.storage.traces import HEARD, Traces, erased_before
from tests.company import CALL, CALLER, NOON, a_caller, a_company, around


async def save(ledger: Ledger, at: datetime, *heard: Heard) -> None:
    change = Change(at=at, heard=heard)
    await ledger.save(Change(at=at, also=tuple(traces.bookkeeper(change))))


def heard(story: str, second: int) -> Heard:
    return Heard(story=StoryId(story), at=NOON + timedelta(seconds=second), event=TimePassed())


@pytest.mark.feature("Z2")
async def test_what_was_heard_is_read_back_in_its_order_without_its_secrets(database: Engine) -> None:
    setup = a_company()
    caller = a_caller(setup)
    begun = begin(caller, around(setup))
    pressed = hear(begun.state, DigitHeard(leg=CALLER, digit="1"), around(setup))
    seen = Seen(waiting={"service": 3}, reachable=(DeviceId("web.anna"),))
    full = Heard(story=CALL, at=NOON, event=TimePassed(), seen=seen)
    ledger = Ledger(database, "us")
    await ledger.open(NOON)
    await save(ledger, NOON, *begun.heard, *pressed.heard)
    await save(ledger, NOON, full, heard("other", 1))
    await ledger.close()
    found = Traces(database).of(CALL)
    assert found == (*begun.heard, *pressed.heard, full)
    assert Traces(database).of(StoryId("nobody")) == ()


async def test_a_secret_variable_comes_back_forgotten(database: Engine) -> None:
    setup = a_company()
    caller = a_caller(setup)
    object.__setattr__(caller, "variables", Variables({"pin": Secret("4321"), "order": "405"}))
    (begun,) = begin(caller, around(setup)).heard
    ledger = Ledger(database, "us")
    await ledger.open(NOON)
    await save(ledger, NOON, begun)
    await ledger.close()
    with database.connect() as connection:
        assert b"4321" not in connection.execute(select(HEARD.c.body)).scalar_one()
    event = Traces(database).of(CALL)[0].event
    assert getattr(event, "variables", None) == Variables({"pin": Secret(None), "order": "405"})


async def test_what_is_old_is_erased_part_by_part_and_the_rest_stays(database: Engine) -> None:
    ledger, rows = Ledger(database, "us"), Traces(database)
    await ledger.open(NOON)
    for day in range(3):
        await save(ledger, NOON + timedelta(days=day), *(heard(f"day{day}", n) for n in range(1500)))
    border, times = NOON + timedelta(days=2), 0
    while rows.has_older_than(border):
        await ledger.save(Change(at=NOON, also=(erased_before(border),)))
        times += 1
    await ledger.close()
    assert times == 2
    with database.connect() as connection:
        assert connection.execute(select(func.count()).select_from(HEARD)).scalar_one() == 1500
    assert rows.of(StoryId("day1")) == ()
    assert len(rows.of(StoryId("day2"))) == 1500
