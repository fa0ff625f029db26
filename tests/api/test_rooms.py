"""A conference room at the doors: set up with its number and PIN, called, and seen with who is in it."""

import pytest

from tests.api.conftest import Doors
from tests.api.test_live import becomes
from tests.api.test_placed import plug

ROOM = {"id": "planning", "title": "Планёрка", "asks_pin": False, "most": 12, "record": False}
TARGET = {"kind": "room", "key": "planning"}


@pytest.mark.feature("P1")
@pytest.mark.feature("P9")
async def test_a_room_is_set_up_with_its_number_and_those_who_call_it_see_who_is_there(doors: Doors) -> None:
    admin, gleb, boris = [await doors.person(user) for user in ("admin", "gleb", "boris")]
    changes = [
        {"kind": "room", "key": "planning", "thing": ROOM, "based_on": 0},
        {"kind": "extension", "key": "810", "thing": {"number": "810", "target": TARGET}, "based_on": 0},
        {
            "kind": "route", "key": "to-room", "based_on": 0,
            "thing": {"id": "to-room", "title": "В комнату", "number": "74950000810", "order": 0, "target": TARGET},
        },
    ]  # fmt: skip
    assert (await admin.post("/api/publications", json={"changes": changes})).status_code == 200
    for user in ("gleb", "boris"):
        plug(doors, user)
    await becomes(gleb, "desk", lambda d: d["state"]["devices"] == ["gleb-desk"])
    await becomes(boris, "desk", lambda d: d["state"]["devices"] == ["boris-desk"])
    assert (await gleb.post("/api/calls", json={"to": "810", "device": "gleb-desk"})).status_code == 201
    desk = await becomes(gleb, "desk", lambda d: d["calls"] and d["calls"][0]["stage"] == "talking")
    (call,) = desk["calls"]
    assert (call["other"]["name"], [one["mine"] for one in call["together"]]) == ("Планёрка", [True])
    assert call["can"] == ["hang_up", "invite", "steer"]

    begun = await boris.post("/api/calls", json={"to": "810", "device": "boris-desk"})
    await becomes(gleb, "desk", lambda d: len(d["calls"][0]["together"]) == 2)
    seen = await becomes(boris, "desk", lambda d: d["calls"] and d["calls"][0]["id"] == call["id"])
    assert seen["calls"][0]["other"]["name"] == "Планёрка"
    own = begun.json()["call"]
    assert seen["calls"][0]["rang_as"] == own != call["id"], "the page knows which of its sessions this is"
    heard = {"call": own, "loss": 0.0, "jitter_ms": 4.0, "round_trip_ms": 20.0}
    assert (await boris.post("/api/phone/quality", json=heard)).status_code == 200
    now = (await admin.get("/api/rooms/planning/now")).json()
    assert (now["call"], [one["other"]["user"] for one in now["people"]]) == (call["id"], ["gleb", "boris"])
    listed = {entry["number"]: entry for entry in (await gleb.get("/api/directory")).json()}
    assert (listed["810"]["kind"], listed["810"]["title"], listed["810"]["inside"]) == ("room", "Планёрка", 2)
    held = await gleb.post(f"/api/calls/{call['id']}/hold", json={"on": True})
    assert (held.status_code, "в комнате конференций" in held.json()["ru"]) == (409, True)

    told = (await admin.get("/api/routes/-/test?trunk=demo&dialled=74950000810")).json()
    assert told["target"] == TARGET
    names = [stop["title"] for stop in (await admin.get("/api/number-map")).json()["stops"]]
    assert "Планёрка" in names
    for person in (gleb, boris):
        await person.post(f"/api/calls/{call['id']}/hang-up")
    await becomes(admin, "rooms/planning/now", lambda now: now["call"] is None)
    used = await admin.delete("/api/rooms/planning")
    assert (used.status_code, used.json()["code"]) == (409, "thing.in_use")


@pytest.mark.feature("P9")
async def test_a_pin_is_set_by_the_administrator_and_shown_nowhere(doors: Doors) -> None:
    admin, anna = await doors.person("admin"), await doors.person("anna")
    change = {"kind": "room", "key": "board", "thing": {**ROOM, "id": "board", "asks_pin": True}, "based_on": 0}
    wrong = await admin.post("/api/publications", json={"changes": [{**change, "password": "12"}]})
    assert (wrong.status_code, "4 to 12 digits" in wrong.text) == (422, True)
    assert (await admin.post("/api/publications", json={"changes": [change]})).status_code == 200
    assert (await admin.get("/api/rooms/board/now")).json()["has_pin"] is False
    assert (await admin.post("/api/rooms/board/pin", json={"pin": "25a0"})).status_code == 422
    assert (await anna.post("/api/rooms/board/pin", json={"pin": "2580"})).status_code == 403
    assert (await anna.get("/api/rooms/board/now")).status_code == 403
    assert (await admin.post("/api/rooms/board/pin", json={"pin": "258013"})).status_code == 204
    assert (await admin.get("/api/rooms/board/now")).json()["has_pin"] is True
    for door in ("rooms/board", "rooms/board/versions", "audit", "rooms"):
        assert "258013" not in (await admin.get(f"/api/{door}")).text
    assert (await admin.post("/api/rooms/nowhere/pin", json={"pin": "2580"})).status_code == 404
    assert (await admin.get("/api/rooms/nowhere/now")).status_code == 404
