"""A consultation and a conference at the doors: what is asked for, what the desk shows, and what is refused."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.api.conftest import Doors
from tests.api.test_live import becomes
from tests.api.test_placed import plug


async def a_talk(doors: Doors) -> tuple[str, AsyncClient]:
    """Gleb talks with Anna; everybody's desk phone is taken at once."""
    gleb = await doors.person("gleb")
    for user in ("gleb", "anna", "boris"):
        plug(doors, user)
    await becomes(gleb, "desk", lambda d: d["state"]["devices"] == ["gleb-desk"])
    begun = await gleb.post("/api/calls", json={"to": "101", "device": "gleb-desk"})
    call = begun.json()["call"]
    await becomes(gleb, "desk", lambda d: d["calls"] and d["calls"][0]["stage"] == "talking")
    return call, gleb


def only(desk: dict[str, Any]) -> dict[str, Any]:
    """The one call of a desk."""
    (call,) = desk["calls"]
    found: dict[str, Any] = call
    return found


@pytest.mark.feature("P7")
async def test_a_third_one_is_asked_and_the_two_are_brought_together(doors: Doors) -> None:
    call, gleb = await a_talk(doors)
    refused = await gleb.post(f"/api/calls/{call}/consult", json={"to": "101"})
    assert (refused.status_code, "уже участвует" in refused.json()["ru"]) == (409, True)
    assert (await gleb.post(f"/api/calls/{call}/toggle")).json()["code"] == "call.not_now"
    assert (await gleb.post(f"/api/calls/{call}/consult", json={"to": "102"})).status_code == 204
    desk = await becomes(gleb, "desk", lambda d: only(d)["consultation"]["answered"])
    asked = only(desk)
    assert (asked["consultation"]["other"]["user"], asked["other"]["user"], asked["hold"]) == ("boris", "anna", None)
    assert asked["can"] == ["cancel_consultation", "complete_transfer", "digits", "hang_up", "join_all", "toggle"]
    boris = await doors.person("boris")
    assert only((await boris.get("/api/desk")).json())["other"]["user"] == "gleb"
    assert (await gleb.post(f"/api/calls/{call}/toggle")).status_code == 204
    assert only((await gleb.get("/api/desk")).json())["consultation"]["with_first"]
    assert (await gleb.post(f"/api/calls/{call}/complete-transfer")).status_code == 204
    desk = await becomes(boris, "desk", lambda d: only(d)["other"]["user"] == "anna")
    assert only(desk)["stage"] == "talking"
    assert (await gleb.get("/api/desk")).json()["calls"] == []


@pytest.mark.feature("P7")
async def test_who_asks_a_queue_sees_that_they_wait_there_and_is_seen_waiting(doors: Doors) -> None:
    call, gleb = await a_talk(doors)
    assert (await gleb.post(f"/api/calls/{call}/consult", json={"to": "400"})).status_code == 204
    asked = only((await gleb.get("/api/desk")).json())
    assert asked["consultation"] == {
        "other": {**asked["consultation"]["other"], "number": "400"}, "answered": False, "with_first": False,
        "queue_title": "Вызов мастера",
    }  # fmt: skip
    assert asked["can"] == ["cancel_consultation", "complete_transfer", "hang_up"]
    olga = await doors.person("olga")
    board = await becomes(olga, "board", lambda b: len(b["waiting"]) == 1)
    assert board["waiting"][0]["queue"] == "service"
    assert (await gleb.post(f"/api/calls/{call}/cancel-consultation")).status_code == 204
    assert only((await gleb.get("/api/desk")).json())["consultation"] is None
    await becomes(olga, "board", lambda b: b["waiting"] == [])


@pytest.mark.feature("P7")
async def test_three_talk_one_is_muted_and_one_is_taken_out(doors: Doors) -> None:
    call, gleb = await a_talk(doors)
    assert (await gleb.post(f"/api/calls/{call}/invite", json={"to": "102"})).status_code == 204
    desk = await becomes(gleb, "desk", lambda d: len([p for p in only(d)["together"] if not p["ringing"]]) == 3)
    parties = {party["other"]["user"]: party["leg"] for party in only(desk)["together"]}
    assert parties.keys() == {"gleb", "anna", "boris"}
    muted = await gleb.post(f"/api/calls/{call}/parties/{parties['anna']}/mute", json={"on": True})
    assert muted.status_code == 204
    desk = (await gleb.get("/api/desk")).json()
    assert [party["other"]["user"] for party in only(desk)["together"] if party["muted"]] == ["anna"]
    assert (await gleb.delete(f"/api/calls/{call}/parties/nobody")).json()["code"] == "call.not_now"
    assert (await gleb.delete(f"/api/calls/{call}/parties/{parties['boris']}")).status_code == 204
    desk = await becomes(gleb, "desk", lambda d: only(d)["together"] == [])
    assert (only(desk)["stage"], only(desk)["other"]["user"]) == ("talking", "anna")


@pytest.mark.feature("P7")
async def test_a_consultation_becomes_a_talk_of_three(doors: Doors) -> None:
    call, gleb = await a_talk(doors)
    assert (await gleb.post(f"/api/calls/{call}/consult", json={"to": "102"})).status_code == 204
    await becomes(gleb, "desk", lambda d: only(d)["consultation"]["answered"])
    assert (await gleb.post(f"/api/calls/{call}/join-all")).status_code == 204
    desk = (await gleb.get("/api/desk")).json()
    assert len(only(desk)["together"]) == 3
    assert (await gleb.post(f"/api/calls/{call}/hang-up")).status_code == 204
    anna = await doors.person("anna")
    await becomes(anna, "desk", lambda d: only(d)["together"] == [] and only(d)["other"]["user"] == "boris")


@pytest.mark.feature("P7")
async def test_a_talk_is_parked_at_the_first_free_place(doors: Doors) -> None:
    call, gleb = await a_talk(doors)
    assert (await gleb.post(f"/api/calls/{call}/park")).status_code == 204
    facts = (await gleb.get(f"/api/calls/{call}")).json()["facts"]
    parked = [one["fact"] for one in facts if one["fact"]["kind"] == "CallParked"]
    assert [(one["place"], one["by"]) for one in parked] == [("701", "gleb")]
    assert (await gleb.post(f"/api/calls/{call}/park")).json()["code"] == "call.not_now", "gleb is no longer in it"


@pytest.mark.feature("P7")
async def test_codes_that_begin_alike_are_refused_beside_their_field(doors: Doors) -> None:
    admin = await doors.person("admin")
    (company,) = (await admin.get("/api/company")).json()["items"]
    alike = {**company["thing"], "talk_keys": {**company["thing"]["talk_keys"], "hold": "*22"}}
    refused = await admin.put("/api/company/company", json=alike)
    assert refused.status_code == 422
    (fault,) = refused.json()["fields"]
    assert (fault["field"], "*22" in fault["ru"]) == ("body.talk_keys.hold", True)
    apart = {**company["thing"], "talk_keys": {**company["thing"]["talk_keys"], "hold": "*3*", "park": ""}}
    assert (await admin.put("/api/company/company", json=apart)).status_code == 200
