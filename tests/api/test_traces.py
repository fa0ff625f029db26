"""A call of the running house becomes a test, at the door and at the command line, while its events are kept."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from switchroom.cli import call as verb
from switchroom.domain.configured import ThingKind
from switchroom.domain.publishing import Put
from switchroom.domain.replay import StoredStory, read, retell
from switchroom.engine.traces import FORGET, Forgetting
from switchroom.storage.agenda import AgendaRows, Due
from switchroom.storage.traces import Traces
from tests.api.conftest import Doors
from tests.api.test_live import LEG, a_talk, becomes


async def a_call_that_is_over(doors: Doors) -> tuple[str, str]:
    """Its key, and its card's."""
    anna = await a_talk(doors)
    (record,) = await becomes(anna, "records?open_only=true", lambda found: len(found) == 1)
    typed = {"address": "ул. Садовая, 5", "trouble": "leak", "phone": "+79161234567", "visit": "1981-02-03"}
    await anna.patch(f"/api/records/{record['id']}", json={"fields": typed, "revision": 0})
    doors.switch.leave(LEG)
    await becomes(anna, "operators/anna", lambda o: o["status"] == "wrap_up")
    await anna.post(f"/api/records/{record['id']}/close", json={"disposition": "answered"})
    await becomes(anna, "operators/anna", lambda o: o["status"] == "ready")
    return record["call"], record["id"]


@pytest.mark.feature("Z2")
@pytest.mark.feature("S9")
async def test_a_call_and_its_card_are_copied_as_tests_with_made_up_people(doors: Doors) -> None:
    call, card = await a_call_that_is_over(doors)
    admin = await doors.person("admin")
    for key in (call, card):
        answer = await admin.get(f"/api/calls/{key}/as-test")
        assert answer.status_code == 200, answer.text
        assert f"{key}.json" in answer.headers["Content-Disposition"]
        stored = read(answer.content)
        assert stored.remarks == ()
        assert retell(stored).told == stored.told
        for theirs in ("9161234567", "Иван", "Садовая", "1981-02-03", "Соколова"):
            assert theirs not in answer.text
        assert "leak" in answer.text or key == call


async def test_who_may_not_administer_copies_nothing_and_unknown_calls_are_told(doors: Doors) -> None:
    call, _ = await a_call_that_is_over(doors)
    for user in ("anna", "olga"):
        person = await doors.person(user)
        assert (await person.get(f"/api/calls/{call}/as-test")).status_code == 403
    admin = await doors.person("admin")
    unknown = await admin.get("/api/calls/20990101T000000000-nothing/as-test")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "thing.not_found")


async def test_a_call_keeps_the_version_of_its_scenario_that_is_long_replaced(doors: Doors) -> None:
    call, _ = await a_call_that_is_over(doors)
    scenario = doors.rooms.engine.setup.scenarios["main"]
    bare = scenario.model_copy(update={"title": "Other"})
    store = doors.rooms.administration.store
    await asyncio.to_thread(store.publish, [Put(ThingKind.SCENARIO, bare)], "admin", doors.rooms.wall())
    stored = await asyncio.to_thread(doors.rooms.copier.as_test, call, store.picture())  # type: ignore[arg-type]
    assert isinstance(stored, StoredStory)
    assert stored.remarks == ()


async def test_the_command_line_prints_the_same(doors: Doors, capsys: pytest.CaptureFixture[str]) -> None:
    call, _ = await a_call_that_is_over(doors)
    admin = await doors.person("admin")
    asked = await admin.get(f"/api/calls/{call}/as-test")
    await asyncio.to_thread(verb.as_test, doors.settings, call)
    assert read(capsys.readouterr().out.encode()) == read(asked.content)


async def test_events_go_when_their_time_is_over_and_the_facts_stay(doors: Doors) -> None:
    call, _ = await a_call_that_is_over(doors)
    rooms, traces = doors.rooms, Traces(doors.rooms.database)
    forgetting = Forgetting(rooms.engine, rooms.ledger, traces)
    job = Due(id="x", kind=FORGET, due=rooms.wall(), body={})
    await forgetting.forget_overdue(job)
    assert traces.of(call)  # type: ignore[arg-type]  # a story's key
    rooms.engine.clock.wall = lambda: datetime.now(UTC) + timedelta(days=31)
    await forgetting.forget_overdue(job)
    assert traces.of(call) == ()  # type: ignore[arg-type]  # a story's key
    admin = await doors.person("admin")
    gone = await admin.get(f"/api/calls/{call}/as-test")
    assert (gone.status_code, gone.json()["code"]) == (410, "story.no_trace")
    assert "30" in gone.json()["ru"]


async def test_forgetting_stands_on_the_agenda_of_every_house(doors: Doors) -> None:
    rows = AgendaRows(doors.rooms.database)
    far = doors.rooms.wall() + timedelta(days=1)
    async with asyncio.timeout(10):
        while FORGET not in {job.kind for job in await asyncio.to_thread(rows.due, far)}:
            await asyncio.sleep(0.02)
