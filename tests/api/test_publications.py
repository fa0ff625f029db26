"""Sezoyal changes at once: all of them, or none, and everything wrong is told."""

from typing import Any

import httpx

from tests.api.conftest import Doors

ZOYA = {"id": "zoya", "name": "Зоя", "roles": ["operator"]}


def change(kind: str, key: str, thing: dict[str, Any] | None, based_on: int | None = 0) -> dict[str, Any]:
    return {"kind": kind, "key": key, "thing": thing, "based_on": based_on}


async def publish(admin: httpx.AsyncClient, *changes: dict[str, Any]) -> httpx.Response:
    return await admin.post("/api/publications", json={"changes": changes})


def number(number: str, kind: str, key: str) -> dict[str, Any]:
    return change("extension", number, {"number": number, "target": {"kind": kind, "key": key}})


async def test_a_person_and_their_number_come_together(doors: Doors) -> None:
    admin = await doors.person("admin")
    answer = await publish(admin, change("user", "zoya", ZOYA), number("777", "user", "zoya"))
    assert answer.status_code == 200, answer.text
    assert answer.json()["versions"] == {"user/zoya": 1, "extension/777": 1}
    assert (await admin.get("/api/extensions/777")).json()["thing"]["target"]["key"] == "zoya"


async def test_one_fault_keeps_all_of_it_back_and_each_stands_beside_its_field(doors: Doors) -> None:
    admin = await doors.person("admin")
    nameless = {**ZOYA, "name": " "}
    faulty = await publish(admin, change("user", "zoya", nameless), number("12 3", "user", "zoya"))
    assert faulty.status_code == 422, faulty.text
    nameless_only = await publish(admin, change("user", "zoya", nameless), number("777", "user", "zoya"))
    told = {fault["field"]: fault["ru"] for fault in nameless_only.json()["fields"]}
    assert told == {"user/zoya/name": "Заполните это поле"}
    nobody = await publish(admin, change("user", "zoya", ZOYA), number("777", "user", "nobody"))
    assert [fault["field"] for fault in nobody.json()["fields"]] == ["extension/777/target.key"]
    assert (await admin.get("/api/users/zoya")).status_code == 404


async def test_all_that_a_trunk_lacks_is_told_at_once(doors: Doors) -> None:
    admin = await doors.person("admin")
    trunk = {"id": "new", "title": "Новая", "kind": "registering"}
    alone = (await admin.put("/api/trunks/new", json=trunk)).json()["fields"]
    together = (await publish(admin, change("trunk", "new", trunk))).json()["fields"]
    assert [fault["field"] for fault in alone] == ["body.host", "body.username"]
    assert [fault["field"] for fault in together] == ["trunk/new/host", "trunk/new/username"]
    assert {fault["en"] for fault in alone} == {"This kind of trunk needs a host", "This kind of trunk needs a name for sign-in"}  # noqa: E501  # fmt: skip


async def test_a_number_moves_from_one_person_to_another_in_one_step(doors: Doors) -> None:
    admin = await doors.person("admin")
    await publish(admin, change("user", "zoya", ZOYA), number("777", "user", "zoya"))
    removed = await publish(admin, change("user", "zoya", None, 1))
    assert removed.json()["code"] == "thing.in_use"
    gone = await publish(admin, change("extension", "777", None, 1), change("user", "zoya", None, 1))
    assert gone.status_code == 200, gone.text
    assert (await admin.get("/api/users/zoya")).status_code == 404
    again = await publish(admin, change("user", "zoya", ZOYA))
    assert again.json()["versions"] == {"user/zoya": 3}, again.text


async def test_somebody_who_was_faster_is_not_overwritten(doors: Doors) -> None:
    admin = await doors.person("admin")
    await publish(admin, change("user", "zoya", ZOYA))
    late = await publish(admin, change("user", "zoya", {**ZOYA, "name": "Зоя Ивановна"}, 0))
    assert (late.status_code, late.json()["code"]) == (409, "version.stale")


async def test_only_who_administers_publishes(doors: Doors) -> None:
    anna = await doors.person("anna")
    assert (await publish(anna, change("user", "zoya", ZOYA))).status_code == 403


async def test_a_thing_of_another_key_is_refused(doors: Doors) -> None:
    admin = await doors.person("admin")
    assert (await publish(admin, change("user", "boris", ZOYA))).json()["code"] == "thing.key_mismatch"


async def test_a_trunk_and_its_password_come_together_and_the_password_is_not_shown(doors: Doors) -> None:
    admin = await doors.person("admin")
    trunk = {"id": "new", "title": "Новая", "kind": "registering", "host": "sip.example.com", "username": "74951112233"}
    answer = await publish(admin, {**change("trunk", "new", trunk), "password": "from the carrier"})
    assert answer.status_code == 200, answer.text
    assert doors.rooms.engine.setup.passwords["trunk:new"].reveal() == "from the carrier"
    assert "from the carrier" not in (await admin.get("/api/audit")).text
    misplaced = await publish(admin, {**change("user", "zoya", ZOYA), "password": "from the carrier"})
    assert (misplaced.status_code, misplaced.json()["fields"][0]["field"]) == (422, "body.changes.0.password")
    assert "from the carrier" not in misplaced.text


async def test_changes_are_looked_at_without_being_kept(doors: Doors) -> None:
    admin = await doors.person("admin")

    async def faults(*changes: dict[str, Any]) -> set[str]:
        answer = await admin.post("/api/publications/check", json={"changes": changes})
        return {fault["field"] for fault in answer.json()["faults"]}

    assert await faults(change("user", "zoya", ZOYA), number("777", "user", "zoya")) == set()
    assert await faults(change("user", "zoya", {**ZOYA, "name": ""})) == {"user/zoya/name"}
    assert await faults(number("777", "user", "nobody"), change("device", "new", {"id": "new", "user": "nobody"})) == {
        "extension/777/target.key", "device/new/user",
    }  # fmt: skip
    assert (await admin.get("/api/users/zoya")).status_code == 404
