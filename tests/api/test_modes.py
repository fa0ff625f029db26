"""Day and night are thrown at the door by who may, seen by all, kept over a restart, and noted."""

import pytest

from switchroom.storage.modes import last_throws
from tests.api.conftest import Doors


@pytest.mark.feature("P4")
async def test_a_switch_is_thrown_by_who_may_and_routes_go_by_it_at_once(doors: Doors) -> None:
    admin, anna = await doors.person("admin"), await doors.person("anna")
    trunk = (await admin.get("/api/trunks")).json()["items"][0]["thing"]["id"]
    assert (await admin.put("/api/modes/office", json={"id": "office", "title": "Office"})).status_code == 200
    night = {
        "id": "night", "title": "Night", "mode": "office", "mode_says": "night", "order": 1,
        "target": {"kind": "user", "key": "anna"},
    }  # fmt: skip
    assert (await admin.put("/api/routes/night", json=night)).status_code == 200

    async def leads_to() -> str:
        params = {"trunk": trunk, "dialled": "74951234567", "caller": "+79161234567"}
        return str((await admin.get("/api/routes/-/test", params=params)).json()["considered"][-1]["route"])

    assert await leads_to() != "night"
    refused = await anna.post("/api/modes/office/throw", json={"to": "night"})
    assert (refused.status_code, refused.json()["code"]) == (403, "access.not_allowed")
    thrown = await admin.post("/api/modes/office/throw", json={"to": "night"})
    assert (thrown.json()["says"], thrown.json()["by"]) == ("night", "admin")
    assert await leads_to() == "night"
    (seen,) = (await anna.get("/api/modes/-/live")).json()
    assert (seen["says"], seen["position"], seen["why"]["ru"]) == ("night", "night", "«Office»: вручную ночь")
    assert last_throws(doors.rooms.database)["office"].to == "night"  # what the next start begins with
    (line,) = (await admin.get("/api/audit", params={"kind": "mode", "key": "office"})).json()[:1]
    assert (line["what"], line["by"], line["after"]) == ("thrown", "admin", {"position": "night"})
    assert (await admin.post("/api/modes/nothing/throw", json={"to": "day"})).status_code == 404


@pytest.mark.feature("P4")
async def test_doubts_about_a_route_are_told_before_it_is_published(doors: Doors) -> None:
    admin = await doors.person("admin")
    target = {"kind": "user", "key": "anna"}
    every = {"id": "every", "title": "Every", "order": 1, "target": target}
    assert (await admin.put("/api/routes/every", json=every)).status_code == 200
    mine = {"id": "mine", "title": "Mine", "number": "7*", "order": 2, "target": target}
    (doubt,) = (await admin.post("/api/routes/-/concerns", json=mine)).json()
    said = (await admin.post("/api/routes/-/said", json=mine)).json()
    assert said == {"route": "mine", "said": {"en": "any line, number 7*", "ru": "любая линия, номер 7*"}}
    listed = {one["route"]: one["said"]["ru"] for one in (await admin.get("/api/routes/-/said")).json()}
    assert listed["every"] == "любая линия, любой номер"
    assert (doubt["code"], doubt["others"]) == ("hidden", ["every"])
    assert "«Every»" in doubt["why"]["ru"]
    assert (await admin.get("/api/routes/mine")).status_code == 404
