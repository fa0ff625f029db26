"""Rules of recording at the doors: tried in the box, held to by talks, and recordings taken out in bulk."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile

from switchroom.domain.identity import RecordingId, UserId
from switchroom.storage.recordings import Recordings
from tests.api.conftest import Doors
from tests.api.test_live import LEG, a_talk, becomes

RULES = "/api/recording-rules"
NEVER = {"id": "never", "title": "Доктор", "numbers": ["+7495*"], "record": False, "order": 1}
SERVICE = {
    "id": "service", "title": "Сервис", "queues": ["service"], "format": "flac", "kept_for": 86_400.0, "order": 2,
}  # fmt: skip


async def a_recorded_talk(doors: Doors) -> dict[str, Any]:
    """Anna talked for a second; the call, once its recording is kept."""
    olga = await doors.person("olga")
    await a_talk(doors)
    (call,) = (await olga.get("/api/calls")).json()["items"]
    (key,) = call["recordings"]
    out = io.BytesIO()
    soundfile.write(out, np.full(8000, 0.2, np.float32), 8000, format="WAV", subtype="PCM_16")
    doors.switch.recorded[RecordingId(key)] = (out.getvalue(), out.getvalue())
    doors.switch.leave(LEG)
    await becomes(olga, f"recordings/{key}", lambda found: "until" in found)
    await becomes(olga, "calls?recorded=true&living=false", lambda found: len(found["items"]) == 1)
    return dict(call)


async def put(admin: httpx.AsyncClient, *rules: dict[str, object]) -> None:
    for rule in rules:
        answer = await admin.put(f"{RULES}/{rule['id']}", json=rule)
        assert answer.status_code == 200, answer.text


@pytest.mark.feature("P10")
async def test_the_box_tells_whether_a_talk_would_be_recorded_and_why(doors: Doors) -> None:
    admin, anna = await doors.person("admin"), await doors.person("anna")
    await put(admin, NEVER, {**SERVICE, "share": 20, "announcement": "welcome"})
    asked = {"direction": "inbound", "number": "8 916 123-45-67", "queue": "service"}
    said = (await admin.get(f"{RULES}/-/test", params=asked)).json()
    assert (said["record"], said["rule"], said["share"], said["announcement"]) == (True, "service", 20, "welcome")
    assert (said["format"], said["kept_days"]) == ("flac", 1.0)
    assert [(one["rule"], one["matched"], one["why"]["ru"]) for one in said["considered"]] == [
        ("never", False, "другой номер"), ("service", True, "подходит"),
    ]  # fmt: skip
    forbidden = (await admin.get(f"{RULES}/-/test", params={**asked, "number": "84951234567"})).json()
    assert (forbidden["record"], forbidden["rule"], forbidden["kept_days"]) == (False, "never", None)
    assert (await admin.get(f"{RULES}/-/test", params={"direction": "internal"})).json()["record"] is None
    assert (await anna.get(f"{RULES}/-/test")).status_code == 403
    misfit = await admin.put(f"{RULES}/x", json={**SERVICE, "id": "x", "announcement": "none", "share": 0})
    assert {fault["field"] for fault in misfit.json()["fields"]} == {"body.share"}
    assert (await admin.delete("/api/queues/service")).status_code == 409


@pytest.mark.feature("P10")
async def test_a_talk_is_kept_as_its_rule_says_and_the_story_tells_which(doors: Doors) -> None:
    admin, olga = await doors.person("admin"), await doors.person("olga")
    await put(admin, NEVER, SERVICE)
    call = await a_recorded_talk(doors)
    kept = (await olga.get(f"/api/recordings/{call['recordings'][0]}")).json()
    assert (kept["format"], kept["queue"], kept["operator"]) == ("flac", "service", "anna")
    (row,) = Recordings(doors.rooms.database).of(call["id"])
    assert row.until - row.kept == timedelta(days=1)
    told = (await olga.get(f"/api/calls/{call['id']}")).json()["facts"]
    (why,) = [line["fact"] for line in told if line["fact"]["kind"] == "RecordingDecided"]
    assert (why["record"], why["by"], why["rule"], why["title"]) == (True, "rule", "service", "Сервис")
    sound = await olga.get(f"/api/recordings/{kept['id']}/sound")
    assert sound.headers["content-type"] == "audio/flac"
    assert soundfile.info(io.BytesIO(sound.content)).channels == 2
    assert len((await olga.get(f"/api/recordings/{kept['id']}/peaks")).json()["left"]) > 0
    anna = await doors.person("anna")
    assert (await anna.get("/api/recordings/-/export")).json()["code"] == "access.not_allowed"


@pytest.mark.feature("P10")
async def test_who_talks_records_on_demand_and_ends_it_by_a_code_on_the_phone(doors: Doors) -> None:
    admin = await doors.person("admin")
    await put(admin, {**SERVICE, "id": "elsewhere", "queues": ["requests"]})
    queue = (await admin.get("/api/queues/service")).json()["thing"]
    assert (await admin.put("/api/queues/service", json={**queue, "record": False})).status_code == 200
    anna = await a_talk(doors)
    (mine,) = (await anna.get("/api/desk")).json()["calls"]
    assert (mine["recorded"], "record" in mine["can"]) == (False, True)
    path = f"/api/calls/{mine['id']}/record"
    assert (await anna.post(path, json={"on": True})).status_code == 204
    assert (await anna.post(path, json={"on": True})).json()["code"] == "call.not_now"
    (mine,) = (await anna.get("/api/desk")).json()["calls"]
    assert mine["recorded"]
    assert "stop_recording" in mine["can"]
    (state,) = (state for state in doors.rooms.engine.living() if state.id == mine["id"])
    leg = state.cast.leg_of(UserId("anna"))
    assert leg is not None
    for key in "*1":
        doors.switch.press(leg.id, key)
    await becomes(anna, "desk", lambda desk: not desk["calls"][0]["recorded"])
    assert (await anna.post(path, json={"on": False})).json()["code"] == "call.not_now"
    assert (await anna.post(path, json={"on": True})).status_code == 204
    assert (await anna.post(path, json={"on": False})).status_code == 204
    assert not (await anna.get("/api/desk")).json()["calls"][0]["recorded"]


@pytest.mark.feature("P10")
async def test_recordings_are_taken_out_in_bulk_with_an_index_and_each_is_noted(doors: Doors) -> None:
    admin, olga = await doors.person("admin"), await doors.person("olga")
    await put(admin, SERVICE)
    call = await a_recorded_talk(doors)
    (key,) = call["recordings"]
    assert (await olga.get("/api/recordings/-/export")).json()["code"] == "access.not_allowed"
    answer = await admin.get("/api/recordings/-/export?queue=service&number=916")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        assert bundle.testzip() is None
        index, sound = sorted(bundle.namelist(), key=lambda name: not name.startswith("index"))
        (line,) = csv.DictReader(io.StringIO(bundle.read(index).decode("utf-8-sig")))
        whole = (await admin.get(f"/api/recordings/{key}/sound")).content
        assert (line["file"], line["number"], line["id"], bundle.read(sound)) == (
            sound, "+79161234567", call["id"], whole,
        )  # fmt: skip
    as_json = await admin.get("/api/recordings/-/export?index=json")
    with zipfile.ZipFile(io.BytesIO(as_json.content)) as bundle:
        assert json.loads(bundle.read("index.json"))[0]["recording"] == key
    nothing = await admin.get("/api/recordings/-/export?queue=requests")
    assert zipfile.ZipFile(io.BytesIO(nothing.content)).namelist() == ["index.csv"]
    noted = (await admin.get(f"/api/audit?kind=recording&key={key}")).json()
    assert [line["what"] for line in noted].count("recording exported") == 2
    assert {line["call"]["id"] for line in noted} == {call["id"]}
