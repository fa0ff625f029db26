"""The directory: whom one can reach, and whether they could take a call now."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from switchroom.domain.identity import DeviceId, LegId, TrunkId
from switchroom.switch.simulated.switch import Habit
from tests.api.conftest import Doors
from tests.api.test_live import becomes


def presence(found: list[dict[str, Any]]) -> dict[str, str | None]:
    return {entry["number"]: entry["presence"] for entry in found if entry["kind"] == "user"}


async def directory(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/api/directory")).json()
    return found


@pytest.mark.feature("P12")
async def test_colleagues_and_queues_are_told_with_what_they_do_now(doors: Doors) -> None:
    anna, gleb, olga = [await doors.person(user) for user in ("anna", "gleb", "olga")]
    assert set(presence(await directory(gleb)).values()) == {"away"}
    doors.switch.habits[DeviceId("anna-desk")] = Habit(answers_after=timedelta(seconds=0.1))
    for device in ("anna-desk", "olga-desk"):
        doors.switch.plug(DeviceId(device))
    found = await becomes(gleb, "directory", lambda told: presence(told)["110"] == "free")
    assert (presence(found)["101"], presence(found)["102"]) == ("free", "away")
    await anna.post("/api/operators/anna/sign-in")
    doors.switch.arrive(LegId("in1"), TrunkId("demo"), "74951234567", number="+79161234567")
    (call,) = (await becomes(olga, "calls?living=true", lambda told: len(told["items"]) == 1))["items"]
    await becomes(olga, f"calls/{call['id']}", lambda told: "menu" in str(told["facts"]))
    doors.switch.press(LegId("in1"), "1")
    found = await becomes(gleb, "directory", lambda told: presence(told)["101"] == "talking")
    (queue,) = [entry for entry in found if entry["kind"] == "queue"]
    assert (queue["number"], queue["title"], queue["ready"], queue["waiting"]) == ("400", "Вызов мастера", 0, 0)


async def test_one_does_not_stand_in_ones_own_directory_and_who_left_neither(doors: Doors) -> None:
    admin, gleb = await doors.person("admin"), await doors.person("gleb")
    assert "120" not in presence(await directory(gleb))
    boris = (await admin.get("/api/users/boris")).json()["thing"]
    await admin.put("/api/users/boris", json={**boris, "active": False})
    assert "102" not in presence(await directory(gleb))
