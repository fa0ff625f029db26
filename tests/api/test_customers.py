"""A customer's history: what was before, for whoever has the call at hand, by right."""

import asyncio
from typing import Any

import httpx
import pytest

from switchroom.domain.identity import LegId, TrunkId
from tests.api.conftest import Doors
from tests.api.test_live import LEG, a_talk, becomes

NUMBER = "+79161234567"


async def served_once(doors: Doors) -> httpx.AsyncClient:
    """Anna has served the customer, and closed the card."""
    anna = await a_talk(doors)
    (card,) = await becomes(anna, "records?open_only=true", lambda found: len(found) == 1)
    typed = {"fields": {"address": "Садовая", "trouble": "leak"}, "revision": 0}
    await anna.patch(f"/api/records/{card['id']}", json=typed)
    doors.switch.leave(LEG)
    await becomes(anna, "operators/anna", lambda o: o["status"] == "wrap_up")
    await anna.post(f"/api/records/{card['id']}/close", json={"disposition": "answered"})
    return anna


async def calls_again(doors: Doors, leg: str, number: str = NUMBER) -> None:
    doors.switch.arrive(LegId(leg), TrunkId("demo"), "74951234567", number=number)
    await asyncio.sleep(0.1)
    doors.switch.press(LegId(leg), "1")


@pytest.mark.feature("C6")
async def test_whoever_serves_a_customer_sees_earlier_calls_with_their_cards_and_only_while_they_serve(
    doors: Doors,
) -> None:
    anna = await served_once(doors)
    doors.switch.arrive(LegId("gave-up"), TrunkId("demo"), "74951234567", number=NUMBER)
    doors.switch.arrive(LegId("other"), TrunkId("demo"), "74951234567", number="+79160000000")
    await asyncio.sleep(0.2)
    doors.switch.leave(LegId("gave-up"))
    doors.switch.leave(LegId("other"))
    await calls_again(doors, "in2")
    (call,) = (await becomes(anna, "desk", lambda d: d["calls"] and d["calls"][0]["stage"] == "talking"))["calls"]
    known = (await anna.get(f"/api/calls/{call['id']}/customer")).json()
    assert (known["number"], known["name"], known["total"]) == (NUMBER, "Иван<b>", 2)
    lost, served = known["contacts"]
    assert (lost["call"]["disposition"], lost["records"]) == ("abandoned_in_menu", [])
    (record,) = served["records"]
    assert (record["holder"], record["disposition"], record["values"]["address"]) == ("anna", "answered", "Садовая")
    doors.switch.leave(LegId("in2"))
    desk = await becomes(anna, "desk", lambda d: d["state"]["status"] == "wrap_up")
    assert (await anna.get(f"/api/calls/{call['id']}/customer")).json()["total"] == 2
    await close(anna, desk["cards"][0])
    afterwards = (await anna.get(f"/api/calls/{call['id']}/customer")).json()
    assert [c["call"]["operator"] for c in afterwards["contacts"]] == ["anna"]


async def close(anna: httpx.AsyncClient, card: dict[str, Any]) -> None:
    fields = {"fields": {"address": "x", "trouble": "leak"}, "revision": card["revision"]}
    await anna.patch(f"/api/records/{card['id']}", json=fields)
    assert (await anna.post(f"/api/records/{card['id']}/close", json={"disposition": "answered"})).status_code == 200


@pytest.mark.feature("A2")
async def test_foreign_calls_tell_nothing_of_a_customer_and_numbers_are_masked(doors: Doors) -> None:
    await served_once(doors)
    olga, gleb, admin = await doors.person("olga"), await doors.person("gleb"), await doors.person("admin")
    (line,) = (await olga.get("/api/calls")).json()["items"]
    assert (await gleb.get(f"/api/calls/{line['id']}/customer")).status_code == 404
    assert (await gleb.get(f"/api/customers/{NUMBER}")).json()["code"] == "access.not_allowed"
    (contact,) = (await olga.get(f"/api/customers/{NUMBER}")).json()["contacts"]
    assert contact["call"]["id"] == line["id"]
    assert (await olga.get("/api/customers/+79160000009")).status_code == 404
    made = await admin.post("/api/tokens", json={"title": "quality", "rights": ["see_calls"]})
    program = await doors.stranger(headers={"Authorization": f"Bearer {made.json()['text']}"})
    masked = (await program.get(f"/api/calls/{line['id']}/customer")).json()
    assert (masked["number"], masked["total"]) == ("+7••••••••67", 0)


async def test_a_withheld_number_has_no_history(doors: Doors) -> None:
    anna = await a_talk(doors)
    doors.switch.leave(LEG)
    await calls_again(doors, "in2", number="anonymous")
    olga = await doors.person("olga")
    page = await becomes(olga, "calls", lambda found: len(found["items"]) == 2)
    assert (await olga.get(f"/api/calls/{page['items'][0]['id']}/customer")).json()["contacts"] == []
    assert (await anna.get(f"/api/calls/{page['items'][0]['id']}/customer")).status_code == 404
