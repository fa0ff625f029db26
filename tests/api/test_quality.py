"""How well a call was heard, as the doors tell it."""

from datetime import timedelta

import pytest

from switchroom.domain.quality import Quality, Stream
from tests.api.conftest import Doors
from tests.api.test_live import LEG, a_talk, becomes

POOR = Quality(heard=Stream(loss=0.2, jitter=timedelta(milliseconds=12.5)), packets=4000)


@pytest.mark.feature("P11")
async def test_what_the_switch_measured_stands_with_the_call_also_after_its_end(doors: Doors) -> None:
    anna = await a_talk(doors)
    (call,) = (await anna.get("/api/calls")).json()["items"]
    doors.switch.measure(LEG, POOR)
    story = await becomes(anna, f"calls/{call['id']}", lambda story: story["quality"])
    (measured,) = story["quality"]
    assert measured["at"]
    assert {**measured, "at": ""} == {
        "user": None, "by_page": False, "at": "", "mos": 2.59, "grade": "poor", "packets": 4000,
        "heard": {"loss": 0.2, "jitter_ms": 12.5}, "told": None, "round_trip_ms": None,
    }  # fmt: skip
    mine = next(leg for leg in doors.switch.legs() if leg != LEG)
    doors.switch.leave(LEG)
    await becomes(anna, f"calls/{call['id']}", lambda story: story["call"]["ended"])
    doors.switch.measure(mine, Quality(packets=0))
    story = await becomes(anna, f"calls/{call['id']}", lambda story: len(story["quality"]) == 2)
    assert (story["quality"][1]["user"], story["quality"][1]["mos"]) == ("anna", 1.0)
    assert story["call"]["disposition"] == "served"


async def test_a_page_tells_how_it_hears_its_own_call_and_the_supervisor_sees_it(doors: Doors) -> None:
    anna, boris, olga = await a_talk(doors), await doors.person("boris"), await doors.person("olga")
    (call,) = (await anna.get("/api/desk")).json()["calls"]
    word = {"call": call["id"], "loss": 0.2, "jitter_ms": 12.5, "round_trip_ms": 80}
    assert (await boris.post("/api/phone/quality", json=word)).status_code == 404
    assert (await anna.post("/api/phone/quality", json={**word, "call": "another"})).status_code == 404
    for wrong in ({"loss": 2}, {"jitter_ms": -1}, {"round_trip_ms": 1e9}, {"loss": "NaN"}):
        assert (await anna.post("/api/phone/quality", json={**word, **wrong})).status_code == 422
    told = await anna.post("/api/phone/quality", json=word)
    assert (told.status_code, told.json()) == (200, {"mos": 2.54, "grade": "poor"})
    board = (await olga.get("/api/board")).json()
    assert next(o for o in board["operators"] if o["user"] == "anna")["call"]["quality"] == "poor"
    for _ in range(20):
        assert (await anna.post("/api/phone/quality", json={**word, "loss": 0})).json()["grade"] == "good"
    story = (await anna.get(f"/api/calls/{call['id']}")).json()
    (kept,) = story["quality"]  # what came within five seconds is not kept
    assert (kept["user"], kept["by_page"], kept["round_trip_ms"], kept["grade"]) == ("anna", True, 80.0, "poor")
    assert kept["told"] == {"loss": 0.2, "jitter_ms": 12.5}


async def test_the_last_word_of_a_page_completes_what_the_switch_measures(doors: Doors) -> None:
    anna = await a_talk(doors)
    (call,) = (await anna.get("/api/desk")).json()["calls"]
    word = {"call": call["id"], "loss": 0.01, "jitter_ms": 6, "round_trip_ms": 80}
    assert (await anna.post("/api/phone/quality", json=word)).status_code == 200
    doors.switch.measure(LEG, POOR)
    doors.switch.measure(next(leg for leg in doors.switch.legs() if leg != LEG), POOR)
    story = await becomes(anna, f"calls/{call['id']}", lambda story: len(story["quality"]) == 2)
    outside, mine = sorted(story["quality"], key=lambda told: told["user"] or "")
    assert (outside["told"], outside["round_trip_ms"]) == (None, None)
    assert (mine["user"], mine["by_page"], mine["heard"]) == ("anna", False, {"loss": 0.2, "jitter_ms": 12.5})
    assert (mine["told"], mine["round_trip_ms"]) == ({"loss": 0.01, "jitter_ms": 6.0}, 80.0)
