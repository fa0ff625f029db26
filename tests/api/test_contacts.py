"""Lists of contacts at the doors: by hand, by a table, in routes, and who may."""

import json
from typing import Any

import pytest
from httpx import AsyncClient

from switchroom.domain.identity import LegId, TrunkId
from tests.api.conftest import Doors
from tests.api.test_live import becomes

CLIENTS: dict[str, Any] = {
    "id": "clients", "title": "Клиенты", "fields": [
        {"key": "status", "title": {"en": "Status", "ru": "Статус"}, "kind": "list", "choices": [
            {"key": "vip", "title": {"en": "Important", "ru": "Важный"}},
        ]},
        {"key": "city", "title": {"en": "City", "ru": "Город"}},
    ],
}  # fmt: skip
IRINA: dict[str, Any] = {
    "name": "Ирина  Волкова", "numbers": ["8 (916) 123-45-67"], "values": {"status": "vip", "city": "Тула"},
}  # fmt: skip


async def a_list(doors: Doors) -> AsyncClient:
    admin = await doors.person("admin")
    assert (await admin.put("/api/contact-lists/clients", json=CLIENTS)).status_code == 200
    return admin


@pytest.mark.feature("O1")
async def test_contacts_are_made_changed_found_and_erased(doors: Doors) -> None:
    admin = await a_list(doors)
    made = await admin.post("/api/contact-lists/clients/contacts", json=IRINA)
    assert made.status_code == 201
    contact = made.json()
    assert (contact["name"], contact["numbers"]) == ("Ирина Волкова", ["+79161234567"])
    taken = await admin.post("/api/contact-lists/clients/contacts", json={**IRINA, "name": "Other"})
    assert (taken.status_code, taken.json()["code"]) == (409, "contact.number_taken")
    wrong = await admin.post(
        "/api/contact-lists/clients/contacts", json={"numbers": ["12"], "values": {"status": "great"}}
    )
    assert wrong.status_code == 422
    assert {fault["field"] for fault in wrong.json()["fields"]} == {"numbers", "values.status"}
    at = f"/api/contact-lists/clients/contacts/{contact['id']}"
    changed = await admin.put(at, json={**IRINA, "name": "Ирина Орлова"})
    assert changed.json()["name"] == "Ирина Орлова"
    found = (await admin.get("/api/contact-lists/clients/contacts", params={"search": "орл"})).json()
    assert (found["total"], [one["id"] for one in found["items"]]) == (1, [contact["id"]])
    assert (await admin.get(at)).json() == changed.json()
    full = await admin.delete("/api/contact-lists/clients")
    assert (full.status_code, full.json()["code"]) == (409, "contact_list.not_empty")
    at_once = {"changes": [{"kind": "contact_list", "key": "clients", "thing": None}]}
    assert (await admin.post("/api/publications", json=at_once)).json()["code"] == "contact_list.not_empty"
    assert (await admin.delete(at)).status_code == 204
    assert (await admin.delete(at)).status_code == 404
    assert (await admin.get(at)).status_code == 404
    assert (await admin.delete("/api/contact-lists/clients")).status_code == 200
    audit = (await admin.get("/api/audit", params={"kind": "contact"})).json()
    assert "Ирина" not in json.dumps(audit, ensure_ascii=False)
    told = [(line["what"], line["before"], line["after"]) for line in audit]
    of = {"list": "clients"}
    assert told == [("removed", of, None), ("changed", None, of), ("made", None, of)]


@pytest.mark.feature("O1")
async def test_a_table_is_looked_at_first_and_then_imported(doors: Doors) -> None:
    admin = await a_list(doors)
    table = {"table": ("clients.csv", "Имя;Телефон;Статус\nИрина;89161234567;Важный\nX;12;\n".encode("cp1251"))}
    at = "/api/contact-lists/clients/contacts"
    looked = (await admin.post(f"{at}/-/read", files=table)).json()
    assert (looked["added"], looked["bad_lines"], looked["encoding"]) == (1, 1, "cp1251")
    assert [column["means"] for column in looked["columns"]] == ["name", "number", "field:status"]
    assert looked["bad"][0]["why"]["ru"] == "12 — не телефонный номер"
    assert (await admin.get(at)).json()["total"] == 0
    chosen = {"columns": json.dumps(["", "number", "field:status"])}
    assert (await admin.post(f"{at}/-/import", files=table, data=chosen)).json()["added"] == 1
    again = (await admin.post(f"{at}/-/import", files=table)).json()
    assert (again["added"], again["changed"]) == (0, 1), "the name is known now"
    assert (await admin.get(at)).json()["items"][0]["name"] == "Ирина"
    wrong = await admin.post(f"{at}/-/read", files=table, data={"columns": "{"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "contacts.wrong_columns")
    assert (await admin.delete(at)).json() == {"count": 1}
    assert (await admin.get(at)).json()["total"] == 0


@pytest.mark.feature("P4")
async def test_a_call_goes_by_what_is_known_of_the_caller_at_once(doors: Doors) -> None:
    admin = await a_list(doors)
    vip = {
        "id": "vip", "title": "Vip", "order": 1, "target": {"kind": "user", "key": "gleb"},
        "contact": {"list": "clients", "field": "status", "values": ["vip"]},
    }  # fmt: skip
    assert (await admin.put("/api/routes/vip", json=vip)).status_code == 200
    asked = {"trunk": "demo", "dialled": "74951234567", "caller": "+79161234567"}
    before = (await admin.get("/api/routes/-/test", params=asked)).json()
    assert before["considered"][0]["matched"] is False
    made = await admin.post("/api/contact-lists/clients/contacts", json=IRINA)
    tested = (await admin.get("/api/routes/-/test", params=asked)).json()
    assert (tested["considered"][0]["why"]["ru"], tested["target"]["key"]) == (
        "любая линия, любой номер, контакт из «Клиенты», «Статус»: Важный", "gleb",
    )  # fmt: skip
    doors.switch.arrive(LegId("in1"), TrunkId("demo"), "74951234567", number="+79161234567", name="")
    calls = await becomes(admin, "calls", lambda found: bool(found["items"]))
    call = calls["items"][0]
    assert call["name"] == "Ирина Волкова"
    facts = (await admin.get(f"/api/calls/{call['id']}")).json()["facts"]
    assert [one["fact"]["route"] for one in facts if one["fact"]["kind"] == "Routed"] == ["vip"]
    doors.switch.leave(LegId("in1"))
    await becomes(admin, f"calls/{call['id']}", lambda told: told["call"]["ended"] is not None)
    copied = await admin.get(f"/api/calls/{call['id']}/as-test")
    assert ("contact_city" in copied.text, "Тула" in copied.text, "Ирина" in copied.text) == (True, False, False)
    gone = await admin.delete("/api/contact-lists/clients")
    assert gone.status_code == 409
    await admin.delete(f"/api/contact-lists/clients/contacts/{made.json()['id']}")
    named = await admin.delete("/api/contact-lists/clients")
    assert named.json()["code"] == "thing.in_use", "a route looks at it still"
    assert (await admin.get("/api/routes/-/test", params=asked)).json()["considered"][0]["matched"] is False


@pytest.mark.feature("P4")
async def test_contacts_are_known_again_after_a_restart_and_only_an_administrator_sees_them(doors: Doors) -> None:
    admin = await a_list(doors)
    await admin.post("/api/contact-lists/clients/contacts", json=IRINA)
    olga = await doors.person("olga")
    assert (await olga.get("/api/contact-lists/clients/contacts")).status_code == 403
    assert (await olga.get("/api/contact-lists")).status_code == 403
    assert (await admin.get("/api/contact-lists/none/contacts")).status_code == 404
    (kept,) = doors.rooms.contacts.every()
    assert doors.rooms.engine.contacts.of("+79161234567") == {"clients": kept}
