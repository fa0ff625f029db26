"""Recordings at the doors: heard in parts, seen as a wave form, by right, and noted."""

import io
from datetime import UTC, datetime, timedelta

import httpx
import numpy as np
import pytest
import soundfile

from switchroom import house
from switchroom.domain.facts.house import RecordingErased, RecordingHeard
from switchroom.domain.identity import QueueId, RecordingId, StoryId, UserId
from switchroom.engine.recordings import ERASE
from switchroom.media.vault import Vault
from switchroom.storage.agenda import Due
from switchroom.storage.ledger import Change
from switchroom.storage.recordings import Recording, kept
from tests.api.conftest import Doors

KEY = RecordingId("call1.2.record.0")
HEAD, TAIL = slice(480), slice(520, 1000)


async def recorded(doors: Doors) -> bytes:
    """A talk of two seconds lies in the archive: the customer is loud at first, the operator afterwards."""
    out = io.BytesIO()
    sound = np.zeros((16_000, 2), np.float32)
    sound[:8000, 0], sound[8000:, 1] = 0.8, 0.4
    soundfile.write(out, sound, 8000, format="OGG", subtype="VORBIS")
    vault = Vault(doors.settings.data / "recordings", (doors.settings.data / house.KEY_FILE).read_bytes())
    sealed = vault.seal(KEY, out.getvalue())
    now = doors.rooms.wall()
    row = Recording(
        id=KEY, call=StoryId("call1"), queue=QueueId("service"), operator=UserId("anna"), kept=now,
        lasts=timedelta(seconds=2), octets=sealed.octets, wrapped_key=sealed.wrapped_key, until=now + timedelta(days=1),
    )  # fmt: skip
    await doors.rooms.ledger.save(Change(at=now, also=(kept(row),)))
    return out.getvalue()


async def part(person: httpx.AsyncClient, wanted: str) -> httpx.Response:
    return await person.get(f"/api/recordings/{KEY}/sound", headers={"Range": wanted})


@pytest.mark.feature("P10")
async def test_a_player_can_ask_for_any_part(doors: Doors) -> None:
    sound, olga = await recorded(doors), await doors.person("olga")
    whole = await olga.get(f"/api/recordings/{KEY}/sound")
    assert (whole.status_code, whole.content, whole.headers["accept-ranges"]) == (200, sound, "bytes")
    last = len(sound)
    for wanted, start, end in (("bytes=0-", 0, last), ("bytes=10-19", 10, 20), ("bytes=-7", last - 7, last)):
        answer = await part(olga, wanted)
        assert (answer.status_code, answer.content) == (206, sound[start:end]), wanted
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(sound)}"
    for wanted in (f"bytes={len(sound)}-", "bytes=20-10", "bytes=-"):
        assert (await part(olga, wanted)).status_code == 416, wanted


@pytest.mark.feature("P10")
async def test_the_wave_form_is_made_once_noted_and_gone_with_the_recording(doors: Doors) -> None:
    await recorded(doors)
    olga, admin, anna = await doors.person("olga"), await doors.person("admin"), await doors.person("anna")
    assert (await anna.get(f"/api/recordings/{KEY}/peaks")).json()["code"] == "access.not_allowed"
    first = (await olga.get(f"/api/recordings/{KEY}/peaks")).json()
    assert (first["seconds"], len(first["left"])) == (2.0, 1000)
    loud = [float(np.mean(first[side][half])) for side in ("left", "right") for half in (HEAD, TAIL)]
    assert loud == pytest.approx([0.8 * 255, 0, 0, 0.4 * 255], abs=25)
    (doors.settings.data / "recordings" / f"{KEY}.sealed").unlink()  # it is not read again
    assert (await olga.get(f"/api/recordings/{KEY}/peaks")).json() == first
    audit = (await admin.get(f"/api/audit?kind=recording&key={KEY}")).json()
    assert [(line["by"], line["what"]) for line in audit] == [("olga", "wave form looked at")] * 2
    assert {line["did"]["ru"] for line in audit} == {"Просмотрена форма звука"}
    assert (await admin.delete(f"/api/recordings/{KEY}")).status_code == 204
    assert (await olga.get(f"/api/recordings/{KEY}/peaks")).json()["code"] == "recording.erased"
    assert (await olga.get("/api/recordings/none/peaks")).status_code == 404


async def noted(admin: httpx.AsyncClient) -> list[tuple[str, str]]:
    """What the audit says of it, in order."""
    lines = (await admin.get(f"/api/audit?kind=recording&key={KEY}")).json()
    return [(line["by"], line["what"]) for line in reversed(lines)]


@pytest.mark.feature("P10")
async def test_each_listening_stands_in_the_audit_whichever_part_it_begins_with(doors: Doors) -> None:
    await recorded(doors)
    olga, admin, anna = await doors.person("olga"), await doors.person("admin"), await doors.person("anna")
    assert (await part(anna, "bytes=5-")).json()["code"] == "access.not_allowed"
    await part(olga, "bytes=1-")
    await part(olga, "bytes=100-200")
    assert await noted(admin) == [("olga", "recording heard")]
    await olga.get(f"/api/recordings/{KEY}/sound")
    await part(admin, "bytes=-9")
    assert await noted(admin) == [(who, "recording heard") for who in ("olga", "olga", "admin")]
    heard = [kept.fact for kept in doors.rooms.ledger.facts_since(0) if isinstance(kept.fact, RecordingHeard)]
    assert [fact.by for fact in heard] == ["olga", "olga", "admin"]


@pytest.mark.feature("P10")
async def test_an_erased_recording_is_heard_by_nobody_and_who_erased_it_is_noted(doors: Doors) -> None:
    await recorded(doors)
    olga, admin = await doors.person("olga"), await doors.person("admin")
    assert (await olga.delete(f"/api/recordings/{KEY}")).json()["code"] == "access.not_allowed"
    assert (await admin.delete(f"/api/recordings/{KEY}")).status_code == 204
    assert not (doors.settings.data / "recordings" / f"{KEY}.sealed").exists()
    again = await admin.delete(f"/api/recordings/{KEY}")
    assert (again.status_code, again.json()["code"]) == (410, "recording.erased")
    assert (await olga.get(f"/api/recordings/{KEY}/sound")).json()["code"] == "recording.erased"
    assert await noted(admin) == [("admin", "recording erased")]


@pytest.mark.feature("P10")
async def test_a_recording_goes_when_its_time_is_over_and_the_others_stay(doors: Doors) -> None:
    await recorded(doors)
    admin, archive = await doors.person("admin"), doors.rooms.archive
    job = Due(id="x", kind=ERASE, due=doors.rooms.wall(), body={})
    await archive.erase_overdue(job)
    assert not (await admin.get(f"/api/recordings/{KEY}")).json()["erased"]
    doors.rooms.engine.clock.wall = lambda: datetime.now(UTC) + timedelta(days=2)
    await archive.erase_overdue(job)
    assert (await admin.get(f"/api/recordings/{KEY}")).json()["erased"]
    assert not (doors.settings.data / "recordings" / f"{KEY}.sealed").exists()
    (erased,) = [k.fact for k in doors.rooms.ledger.facts_since(0) if isinstance(k.fact, RecordingErased)]
    assert erased.why == "its time was over"
