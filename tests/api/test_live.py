"""A call at the doors: operators, cards, history, recordings, figures and the feed, on the simulated switch."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from switchroom.domain.identity import DeviceId, LegId, TrunkId
from switchroom.switch.simulated.switch import Habit
from tests.api.conftest import Doors

LEG = LegId("in1")


async def becomes(client: httpx.AsyncClient, path: str, true: Callable[[Any], bool]) -> Any:
    """Poll until what is there is so."""
    async with asyncio.timeout(20):
        while not true(found := (await client.get(f"/api/{path}")).json()):
            await asyncio.sleep(0.02)
    return found


async def a_talk(doors: Doors) -> httpx.AsyncClient:
    """A customer talks with Anna."""
    anna = await doors.person("anna")
    device = DeviceId("anna-desk")
    doors.switch.habits[device] = Habit(answers_after=timedelta(seconds=0.1))
    doors.switch.plug(device)
    assert (await anna.post("/api/operators/anna/sign-in")).status_code == 200
    await becomes(anna, "operators/anna", lambda o: o["status"] == "ready")
    doors.switch.arrive(LEG, TrunkId("demo"), "74951234567", number="+79161234567", name="Иван\x00<b>")
    await asyncio.sleep(0.1)
    doors.switch.press(LEG, "1")
    await becomes(anna, "operators/anna", lambda o: o["status"] == "talking")
    return anna


@pytest.mark.feature("C4")
async def test_every_field_is_kept_while_it_is_typed_and_the_card_is_closed_only_when_whole(doors: Doors) -> None:
    anna = await a_talk(doors)
    (record,) = await becomes(anna, "records?open_only=true", lambda found: len(found) == 1)
    path = f"/api/records/{record['id']}"
    typed = await anna.patch(path, json={"fields": {"address": "Садовая"}, "revision": 0})
    assert typed.json()["revision"] == 1, typed.text
    misfit = await anna.patch(path, json={"fields": {"visit": "tomorrow"}, "revision": 1})
    assert misfit.json()["code"] == "card.field_misfit"
    lacking = await anna.post(f"{path}/close", json={})
    assert lacking.json()["code"] == "card.incomplete"
    assert "trouble" in lacking.json()["facts"]["fields"]
    await anna.patch(path, json={"fields": {"trouble": "leak"}, "revision": 1, "disposition": "refused"})
    (card,) = (await anna.get("/api/desk")).json()["cards"]
    assert (card["disposition"], card["missing"]) == ("refused", [])
    assert (await anna.get(path)).json()["disposition"] == "refused"
    call = record["call"]
    assert (await anna.post(f"/api/calls/{call}/hold", json={"on": True})).status_code == 204
    assert (await anna.post(f"/api/calls/{call}/hold", json={"on": False})).status_code == 204
    assert (await anna.post(f"/api/calls/{call}/hang-up")).status_code == 204
    await becomes(anna, "operators/anna", lambda o: o["status"] == "wrap_up")
    closed = await anna.post(f"{path}/close", json={"disposition": "answered"})
    assert (closed.json()["closed_by"], closed.json()["disposition"]) == ("holder", "answered")
    assert (await anna.post(f"{path}/close", json={})).json()["code"] == "call.not_now"
    await becomes(anna, "operators/anna", lambda o: o["status"] == "ready")


async def test_numbers_are_masked_and_foreign_calls_hidden_by_right(doors: Doors) -> None:
    anna, gleb = await a_talk(doors), await doors.person("gleb")
    (line,) = (await anna.get("/api/calls")).json()["items"]
    assert (line["number"], line["name"]) == ("+79161234567", "Иван<b>")
    assert (await gleb.get("/api/calls")).json()["items"] == []
    assert (await gleb.get(f"/api/calls/{line['id']}")).status_code == 404
    assert (await gleb.get("/api/records")).json() == []
    assert (await gleb.get("/api/recordings/x")).status_code == 403


async def test_history_is_found_by_a_part_of_the_number_and_paged(doors: Doors) -> None:
    olga = await doors.person("olga")
    for n in range(5):
        name = "Пётр Иванов" if n == 3 else ""
        doors.switch.arrive(LegId(f"x{n}"), TrunkId("demo"), "74951234567", number=f"+7916000000{n}", name=name)
    await becomes(olga, "calls", lambda found: len(found["items"]) == 5)
    for n in range(5):
        doors.switch.leave(LegId(f"x{n}"))
    await becomes(olga, "calls?living=false", lambda found: len(found["items"]) == 5)
    (found,) = (await olga.get("/api/calls?number=0003")).json()["items"]
    assert (found["disposition"], found["name"]) == ("abandoned_in_menu", "Пётр Иванов")
    for asked in ("name=иван петр", "name=петр&trunk=demo", "trunk=demo&number=000 03&direction=inbound"):
        assert (await olga.get(f"/api/calls?{asked}")).json()["items"] == [found], asked
    assert (await olga.get("/api/calls?number=8(003")).json()["items"] == []
    assert (await olga.get("/api/calls?recorded=true")).json()["items"] == []
    (calls,) = (await olga.get("/api/figures/calls")).json()
    assert (calls["direction"], calls["ended"], calls["dispositions"]) == ("inbound", 5, {"abandoned_in_menu": 5})
    gleb = await doors.person("gleb")
    assert (await gleb.get("/api/calls?name=петр")).json() == {"items": [], "next": None}
    assert (await gleb.get("/api/calls?number=0003")).json()["code"] == "access.not_allowed"
    seen, page = [], (await olga.get("/api/calls?most=2")).json()
    while page["items"]:
        assert page["next"] is None or page["next"].isalnum()  # stands in an address as it is
        seen += [line["id"] for line in page["items"]]
        if page["next"] is None:
            break
        page = (await olga.get("/api/calls", params={"most": 2, "before": page["next"]})).json()
    assert len(seen) == len(set(seen)) == 5
    assert (await olga.get("/api/calls?before=nonsense")).json()["code"] == "page.unknown"
    assert (await olga.get("/api/calls?since=2026-11-24T12:00:00")).status_code == 422  # of which zone?


async def test_a_missed_call_takes_out_of_ready_until_the_operator_comes_back(doors: Doors) -> None:
    anna = await doors.person("anna")
    doors.switch.habits[DeviceId("anna-desk")] = Habit(refuses=True)
    doors.switch.plug(DeviceId("anna-desk"))
    await anna.post("/api/operators/anna/sign-in")
    await becomes(anna, "operators/anna", lambda o: o["status"] == "ready")
    doors.switch.arrive(LEG, TrunkId("demo"), "74951234567")
    await asyncio.sleep(0.1)
    doors.switch.press(LEG, "1")
    state = await becomes(anna, "operators/anna", lambda o: o["status"] == "break")
    assert state["break_kind"] == "missed_call"
    await anna.post("/api/operators/anna/break", json={"kind": "lunch"})
    assert (await anna.get("/api/operators/anna")).json()["break_kind"] == "lunch"
    assert (await anna.post("/api/operators/boris/break", json={})).status_code == 403
    assert (await anna.post("/api/operators/anna/sign-out")).json()["status"] == "signed_out"
    assert (await anna.post("/api/operators/anna/ready")).json()["code"] == "call.not_now"


async def test_a_new_setup_holds_at_once_and_a_running_call_keeps_its_scenario(doors: Doors) -> None:
    admin, olga = await doors.person("admin"), await doors.person("olga")
    doors.switch.arrive(LEG, TrunkId("demo"), "74951234567")
    (line,) = (await becomes(olga, "calls", lambda found: len(found["items"]) == 1))["items"]
    scenario = (await admin.get("/api/scenarios/main")).json()["thing"]
    graph = {"start": "end", "nodes": {"end": {"kind": "hang_up"}}}
    await admin.put("/api/scenarios/main", json={**scenario, "graph": graph})
    doors.switch.arrive(LegId("in2"), TrunkId("demo"), "74951234567")
    await becomes(olga, "calls?living=false", lambda found: len(found["items"]) == 1)
    doors.switch.press(LEG, "2")
    story = await becomes(olga, f"calls/{line['id']}", lambda told: "wait_requests" in str(told["facts"]))
    assert story["call"]["ended"] is None
    assert next(f["fact"]["version"] for f in story["facts"] if f["fact"]["kind"] == "ScenarioBegan") == 1
