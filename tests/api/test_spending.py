"""What is called outside is counted at the door; a thief is stopped, told of, and let call again by who may."""

import asyncio
from typing import Any

import pytest

from switchroom.domain.identity import DeviceId, LegId
from tests.api.conftest import Doors

LIST = "Код;Направление;Цена\n7916;МТС;1,50\n;нет кода;2\n"
OUT = {"id": "out", "title": "Everything", "form": "e164"}


async def becomes(asked: Any, wanted: Any) -> Any:
    async with asyncio.timeout(20):
        while not wanted(found := (await asked()).json()):
            await asyncio.sleep(0.02)
        return found


async def open_outside(doors: Doors) -> Any:
    """An administrator who has made a route by the one trunk."""
    admin = await doors.person("admin")
    trunk = (await admin.get("/api/trunks")).json()["items"][0]["thing"]
    answer = await admin.put("/api/outbound-routes/out", json={**OUT, "trunks": [trunk["id"]]})
    assert answer.status_code == 200, answer.text
    return admin, trunk


def dial(doors: Doors, number: str, leg: str) -> None:
    doors.switch.dial(LegId(leg), DeviceId("anna-desk"), number)


@pytest.mark.feature("P5")
async def test_a_price_list_is_read_put_into_a_tariff_and_decides_what_a_call_costs(doors: Doors) -> None:
    admin, trunk = await open_outside(doors)
    read = (await admin.post("/api/tariffs/-/read", files={"table": ("p.csv", LIST.encode("cp1251"))})).json()
    assert (read["encoding"], [bad["line"] for bad in read["bad"]]) == ("cp1251", [3])
    tariff = {"id": "t", "title": "T", "rates": read["rates"]}
    assert (await admin.put("/api/tariffs/t", json=tariff)).status_code == 200
    assert (await admin.put(f"/api/trunks/{trunk['id']}", json={**trunk, "tariff": "t"})).status_code == 200
    refused = await admin.delete("/api/tariffs/t")
    assert refused.status_code == 409  # a trunk names it
    twice = {**tariff, "rates": [*read["rates"], *read["rates"]]}
    assert (await admin.put("/api/tariffs/t", json=twice)).status_code == 422


@pytest.mark.feature("P5")
async def test_who_calls_like_a_thief_is_stopped_and_let_call_again_by_who_may(doors: Doors) -> None:
    admin, _ = await open_outside(doors)
    anna = await doors.person("anna")
    for number in range(4):
        dial(doors, f"+5371234567{number}", f"thief{number}")
    (stopped,) = await becomes(lambda: admin.get("/api/spending/blocked"), len)
    assert (stopped["user"], stopped["device"], stopped["reason"]) == ("anna", "anna-desk", "at_once")
    (line,) = (await admin.get("/api/audit", params={"kind": "device", "key": "anna-desk"})).json()[:1]
    assert (line["what"], line["by"]) == ("calls stopped", "house")
    calls = (await admin.get("/api/calls")).json()["items"]
    stories = [(await admin.get(f"/api/calls/{call['id']}")).json()["facts"] for call in calls]
    ended = [told["fact"] for facts in stories for told in facts if told["fact"]["kind"] == "FraudStopped"]
    assert [(one["user"], one["device"], one["why"]) for one in ended] == [("anna", "anna-desk", "at_once")] * 4
    allow = "/api/spending/blocked/anna/allow"
    assert (await anna.post(f"{allow}?device=anna-desk")).status_code == 403
    assert (await admin.post(allow)).status_code == 404
    assert (await admin.post(f"{allow}?device=anna-desk")).status_code == 204
    assert (await admin.get("/api/spending/blocked")).json() == []
    assert (await admin.post(f"{allow}?device=anna-desk")).status_code == 404


@pytest.mark.feature("P5")
async def test_a_person_whose_phones_together_call_like_a_thief_is_stopped_whole(doors: Doors) -> None:
    admin, _ = await open_outside(doors)
    await admin.put("/api/devices/anna-mobile", json={"id": "anna-mobile", "user": "anna"})
    for number in range(4):
        device = DeviceId("anna-desk" if number % 2 else "anna-mobile")
        doors.switch.dial(LegId(f"thief{number}"), device, f"+5371234567{number}")
    (stopped,) = await becomes(lambda: admin.get("/api/spending/blocked"), len)
    assert (stopped["user"], stopped["device"]) == ("anna", None)
    box = {"dialled": "89161234567", "user": "anna"}
    tested = (await admin.get("/api/outbound-routes/-/test", params=box)).json()
    assert tested["refused"]["ru"] == "внешние звонки остановлены защитой"
    assert (await admin.post("/api/spending/blocked/anna/allow")).status_code == 204
    assert (await admin.get("/api/outbound-routes/-/test", params=box)).json()["refused"] is None


@pytest.mark.feature("P5")
async def test_only_administrators_see_what_was_spent(doors: Doors) -> None:
    admin, anna = await doors.person("admin"), await doors.person("anna")
    assert (await admin.get("/api/spending")).json() == {"currency": "RUB", "users": [], "trunks": []}
    assert (await anna.get("/api/spending")).status_code == 403
