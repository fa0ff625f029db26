"""Calls that are placed at the doors: who may, and what is answered when it can't be."""

from datetime import timedelta

import pytest

from switchroom.domain.identity import DeviceId
from switchroom.switch.simulated.switch import Habit
from tests.api.conftest import Doors
from tests.api.test_live import LEG, a_talk, becomes


def plug(doors: Doors, user: str) -> None:
    """Their desk phone, which is taken at once."""
    device = DeviceId(f"{user}-desk")
    doors.switch.habits[device] = Habit(answers_after=timedelta(seconds=0.1))
    doors.switch.plug(device)


@pytest.mark.feature("P13")
async def test_a_user_calls_from_the_page_and_the_answer_names_the_call(doors: Doors) -> None:
    gleb = await doors.person("gleb")
    refused = await gleb.post("/api/calls", json={"to": "101"})
    assert (refused.status_code, refused.json()["code"]) == (409, "phone.not_ready")
    plug(doors, "gleb")
    plug(doors, "anna")
    await becomes(gleb, "desk", lambda d: d["state"]["devices"] == ["gleb-desk"])
    nowhere = await gleb.post("/api/calls", json={"to": "8 (800) 200-10-20"})
    assert (nowhere.status_code, nowhere.json()["facts"]["to"]) == (409, "88002001020")
    assert (await gleb.post("/api/calls", json={"to": "sip:evil"})).status_code == 422
    begun = await gleb.post("/api/calls", json={"to": "101", "device": "gleb-desk"})
    assert begun.status_code == 201
    desk = await becomes(gleb, "desk", lambda d: d["calls"] and d["calls"][0]["stage"] == "talking")
    (call,) = desk["calls"]
    assert (call["id"], call["other"], call["why"]["code"]) == (
        begun.json()["call"], {"user": "anna", "name": "Анна Соколова", "number": ""}, "own",
    )  # fmt: skip
    assert (await gleb.post(f"/api/calls/{call['id']}/digits", json={"digits": "12#"})).status_code == 204
    assert (await gleb.post(f"/api/calls/{call['id']}/digits", json={"digits": "x"})).status_code == 422
    busy = await gleb.post("/api/phone/test-call", json={})
    assert (busy.json()["code"], "уже занят" in busy.json()["ru"]) == ("call.not_now", True)
    assert (await gleb.post(f"/api/calls/{call['id']}/hang-up")).status_code == 204
    await becomes(gleb, "calls?living=false", lambda found: len(found["items"]) == 1)


@pytest.mark.feature("P13")
async def test_a_call_that_was_missed_stands_in_the_history_of_whom_it_rang_at(doors: Doors) -> None:
    gleb, anna, boris = [await doors.person(user) for user in ("gleb", "anna", "boris")]
    plug(doors, "gleb")
    doors.switch.habits[DeviceId("anna-desk")] = Habit(refuses=True)
    doors.switch.plug(DeviceId("anna-desk"))
    await becomes(gleb, "desk", lambda d: d["state"]["devices"] == ["gleb-desk"])
    begun = (await gleb.post("/api/calls", json={"to": "101"})).json()["call"]
    found = await becomes(anna, "calls?living=false", lambda told: len(told["items"]) == 1)
    (missed,) = found["items"]
    assert (missed["id"], missed["user"], missed["rung"], missed["operator"]) == (begun, "gleb", "anna", None)
    assert (await anna.get(f"/api/calls/{begun}")).status_code == 200
    assert (await boris.get("/api/calls")).json()["items"] == []


@pytest.mark.feature("C8")
async def test_only_who_may_listen_listens_and_it_is_noted(doors: Doors) -> None:
    anna = await a_talk(doors)
    (talk,) = (await anna.get("/api/desk")).json()["calls"]
    path = f"/api/calls/{talk['id']}/listen"
    assert (await anna.post(path, json={})).json()["code"] == "access.not_allowed"
    olga, admin = await doors.person("olga"), await doors.person("admin")
    assert (await olga.post("/api/calls/none/listen", json={})).status_code == 404
    plug(doors, "olga")
    await becomes(olga, "desk", lambda d: bool(d["state"]["devices"]))
    begun = await olga.post(path, json={})
    assert begun.status_code == 201
    desk = await becomes(olga, "desk", lambda d: d["calls"] and d["calls"][0]["stage"] == "listening")
    assert desk["calls"][0]["other"]["user"] == "anna"
    assert [c["id"] for c in (await anna.get("/api/desk")).json()["calls"]] == [talk["id"]]
    doors.switch.leave(LEG)
    await becomes(olga, "desk", lambda d: not d["calls"])
    story = (await olga.get(f"/api/calls/{talk['id']}")).json()
    told = [fact["fact"]["kind"] for fact in story["facts"]]
    assert told.count("ListeningBegan") == told.count("ListeningEnded") == 1
    (noted,) = (await admin.get(f"/api/audit?kind=call&key={talk['id']}")).json()
    assert (noted["by"], noted["what"], noted["call"]["id"]) == ("olga", "listened to", talk["id"])
    assert (await olga.get(f"/api/calls/{begun.json()['call']}")).status_code == 404


async def test_a_program_without_the_right_places_no_call(doors: Doors) -> None:
    admin = await doors.person("admin")
    made = await admin.post("/api/tokens", json={"title": "CRM", "rights": ["see_calls"]})
    program = await doors.stranger(headers={"Authorization": f"Bearer {made.json()['text']}"})
    for path, body in (("/api/calls", {"to": "101"}), ("/api/phone/test-call", {})):
        assert (await program.post(path, json=body)).json()["code"] == "access.not_allowed"
