"""The test box of calls outside tells what would happen, and why."""

import pytest

from tests.api.conftest import Doors

OUT = {"id": "out", "title": "Everything", "trunks": ["carrier"], "form": "digits"}
CITY = {"id": "city", "title": "City only", "allowed": ["+7495*"]}


@pytest.mark.feature("P5")
async def test_the_box_tells_by_which_trunk_a_number_goes_and_who_may_not_dial_it(doors: Doors) -> None:
    admin = await doors.person("admin")
    trunk = (await admin.get("/api/trunks")).json()["items"][0]["thing"]["id"]
    abroad = {**OUT, "id": "abroad", "title": "Abroad", "numbers": ["+49*"], "order": 1, "trunks": [trunk]}
    for path, body in (
        ("outbound-routes/abroad", abroad),
        ("outbound-routes/out", {**OUT, "trunks": [trunk]}),
        ("service-classes/city", CITY),
    ):
        assert (await admin.put(f"/api/{path}", json=body)).status_code == 200
    anna = (await admin.get("/api/users/anna")).json()["thing"]
    assert (await admin.put("/api/users/anna", json={**anna, "service_class": "city"})).status_code == 200

    free = (await admin.get("/api/outbound-routes/-/test", params={"dialled": "89161234567"})).json()
    assert (free["number"], free["sent"], free["trunks"]) == ("+79161234567", "79161234567", [trunk])
    assert [(c["route"], c["matched"]) for c in free["considered"]] == [("abroad", False), ("out", True)]
    assert [one["why"]["ru"] for one in free["considered"]] == ["другие номера", "любой номер"]

    bound = (await admin.get("/api/outbound-routes/-/test", params={"dialled": "89161234567", "user": "anna"})).json()
    assert bound["sent"] is None
    assert "City only" in bound["refused"]["en"]

    inside = (await admin.get("/api/outbound-routes/-/test", params={"dialled": "101"})).json()
    assert inside["extension"] is True


async def test_a_class_that_somebody_holds_and_a_trunk_that_a_route_names_stay(doors: Doors) -> None:
    admin = await doors.person("admin")
    trunk = (await admin.get("/api/trunks")).json()["items"][0]["thing"]["id"]
    await admin.put("/api/outbound-routes/out", json={**OUT, "trunks": [trunk]})
    refused = await admin.delete(f"/api/trunks/{trunk}")
    assert refused.status_code == 409
    assert "out" in refused.json()["en"]


async def test_only_administrators_look_into_the_box(doors: Doors) -> None:
    anna = await doors.person("anna")
    assert (await anna.get("/api/outbound-routes/-/test", params={"dialled": "1"})).status_code == 403
