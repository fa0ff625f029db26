"""One's own voicemail at the doors: a call leaves a message, and only its owner hears, keeps or throws it away."""

import asyncio
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile

from switchroom.domain.access import Right, Scope
from switchroom.domain.facts.calls import CallPlaced
from switchroom.domain.facts.messages import (
    MessageBegan,
    MessageDeleted,
    MessageErased,
    MessageNotKept,
    NotAMessageWhy,
)
from switchroom.domain.identity import DeviceId, LegId, TrunkId, UserId
from switchroom.engine.audience import audience
from switchroom.engine.messages import ERASE
from switchroom.media.formats import wav_of
from switchroom.storage.agenda import Due
from switchroom.switch.simulated import switch as simulated
from tests.api.conftest import Doors

BOX, RATE = "690", 8000
ANNA, GLEB = UserId("anna"), UserId("gleb")


@pytest.fixture(autouse=True)
def _short_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated, "PROMPT_LASTS", 0.05)


def tone(seconds: float, loud: float = 0.5) -> bytes:
    """What the switch keeps of a caller who hums."""
    moments = np.arange(int(RATE * seconds)) / RATE
    return wav_of((loud * np.sin(2 * np.pi * 440 * moments)).astype(np.float32), RATE)


async def until(found: Callable[[], Any]) -> Any:
    """Poll, with a deadline."""
    async with asyncio.timeout(20):
        while not (answer := found()):
            await asyncio.sleep(0.01)
    return answer


def told(doors: Doors, kind: type) -> list[Any]:
    return [kept.fact for kept in doors.rooms.ledger.facts_since(0) if isinstance(kept.fact, kind)]


async def boxed(doors: Doors, user: str = "anna") -> None:
    """The number 690 leads into somebody's mailbox."""
    admin = await doors.person("admin")
    body = {"number": BOX, "target": {"kind": "voicemail", "key": user}}
    answer = await admin.put(f"/api/extensions/{BOX}", json=body)
    assert answer.status_code == 200, answer.text


async def leaves(doors: Doors, sound: bytes | None, leg: str = "b1") -> None:
    """A colleague calls the mailbox, says something, and hangs up."""
    device = next(iter(sorted(d.id for d in doors.rooms.engine.setup.devices.values() if d.user != "anna")))
    before = len(told(doors, MessageBegan))
    doors.switch.dial(LegId(leg), DeviceId(device), BOX)
    await until(lambda: len(told(doors, MessageBegan)) > before)
    if sound is not None:
        doors.switch.recorded[told(doors, MessageBegan)[-1].message] = (sound, tone(0.1, 0.0))
    doors.switch.leave(LegId(leg))


async def listed(person: httpx.AsyncClient, most: int = 1) -> dict[str, Any]:
    """The box, once so many messages lie in it."""
    async with asyncio.timeout(20):
        while len((found := (await person.get("/api/voicemail")).json())["items"]) < most:
            await asyncio.sleep(0.01)
    box: dict[str, Any] = found
    return box


@pytest.mark.feature("P8")
@pytest.mark.feature("P13")
async def test_a_message_is_found_heard_and_no_longer_new(doors: Doors) -> None:
    await boxed(doors)
    anna, olga, admin = [await doors.person(name) for name in ("anna", "olga", "admin")]
    assert (await anna.get("/api/voicemail")).json() == {"unheard": 0, "items": []}
    await leaves(doors, tone(3))
    box = await listed(anna)
    (message,) = box["items"]
    assert (box["unheard"], message["heard"], message["seconds"]) == (1, False, 3.0)
    caller = message["caller"]
    assert doors.rooms.engine.setup.users[caller["user"]].name == caller["name"]
    assert doors.rooms.engine.setup.target_of(caller["number"]).key == caller["user"]  # type: ignore[union-attr]
    for other in (olga, admin):
        assert (await other.get(f"/api/voicemail/{message['id']}/sound")).status_code == 404
        assert (await other.get("/api/voicemail")).json()["items"] == []
    whole = await anna.get(f"/api/voicemail/{message['id']}/sound")
    samples, rate = soundfile.read(io.BytesIO(whole.content))
    assert (whole.headers["content-type"], rate, samples.ndim, len(samples)) == ("audio/ogg", RATE, 1, 3 * RATE)
    loudest = np.fft.rfftfreq(len(samples), 1 / RATE)[np.abs(np.fft.rfft(samples)).argmax()]
    assert loudest == pytest.approx(440, abs=3)
    part = await anna.get(f"/api/voicemail/{message['id']}/sound", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert (await anna.get("/api/voicemail")).json()["unheard"] == 0
    assert (await anna.get(f"/api/calls/{message['call']}")).status_code == 200
    assert (await anna.get("/api/calls?user=anna")).json()["items"][0]["id"] == message["call"]
    audit = (await admin.get(f"/api/audit?kind=message&key={message['id']}")).json()
    assert [(line["by"], line["what"]) for line in audit] == [("anna", "message heard")]
    assert audit[0]["call"]["id"] == message["call"]


@pytest.mark.feature("P13")
async def test_who_left_it_is_called_back_though_their_number_is_not_shown(doors: Doors) -> None:
    await boxed(doors, "gleb")
    admin, gleb = await doors.person("admin"), await doors.person("gleb")
    route = (await admin.get("/api/routes/main")).json()["thing"]
    await admin.put("/api/routes/main", json={**route, "target": {"kind": "voicemail", "key": "gleb"}})
    keys: list[dict[str, Any]] = []
    for leg, number in (("in1", "+79161234567"), ("in2", "")):
        before = len(told(doors, MessageBegan))
        doors.switch.arrive(LegId(leg), TrunkId("demo"), "74951234567", number=number)
        await until(lambda before=before: len(told(doors, MessageBegan)) > before)  # type: ignore[misc]
        doors.switch.recorded[told(doors, MessageBegan)[-1].message] = (tone(3), tone(0.1, 0.0))
        doors.switch.leave(LegId(leg))
        keys.append((await listed(gleb, len(keys) + 1))["items"][0])
    assert (keys[0]["caller"]["number"], keys[1]["caller"]["number"]) == ("+7••••••••67", "")
    doors.switch.plug(DeviceId("gleb-desk"))
    await until(lambda: DeviceId("gleb-desk") in doors.rooms.engine.around().reachable)
    answers = [await gleb.post(f"/api/voicemail/{one['id']}/call-back", json={}) for one in keys]
    assert (answers[1].status_code, answers[1].json()["code"]) == (409, "message.number_hidden")
    assert answers[0].json()["code"] == "call.no_way"
    assert "+79161234567" not in answers[0].text
    await admin.put("/api/outbound-routes/out", json={"id": "out", "title": "Out", "trunks": ["demo"]})
    back = await gleb.post(f"/api/voicemail/{keys[0]['id']}/call-back", json={})
    assert back.status_code == 201, back.text
    (placed,) = [fact for fact in told(doors, CallPlaced) if fact.call == back.json()["call"]]
    assert doors.rooms.ledger.party(placed.callee).number == "+79161234567"  # type: ignore[union-attr]
    anna = await doors.person("anna")
    assert (await anna.post(f"/api/voicemail/{keys[0]['id']}/call-back", json={})).status_code == 404


@pytest.mark.feature("P8")
async def test_a_message_is_new_again_if_its_owner_says_so(doors: Doors) -> None:
    await boxed(doors)
    anna, olga = await doors.person("anna"), await doors.person("olga")
    await leaves(doors, tone(3))
    key = (await listed(anna))["items"][0]["id"]
    assert (await olga.put(f"/api/voicemail/{key}/heard", json={"heard": True})).status_code == 404
    for heard, new in ((True, 0), (True, 0), (False, 1)):
        assert (await anna.put(f"/api/voicemail/{key}/heard", json={"heard": heard})).status_code == 204
        box = (await anna.get("/api/voicemail")).json()
        assert (box["unheard"], box["items"][0]["heard"]) == (new, heard)


@pytest.mark.feature("P8")
async def test_what_was_thrown_away_can_be_taken_back_for_an_hour(doors: Doors) -> None:
    await boxed(doors)
    anna, olga, admin = [await doors.person(name) for name in ("anna", "olga", "admin")]
    await leaves(doors, tone(3))
    key = (await listed(anna))["items"][0]["id"]
    assert (await olga.delete(f"/api/voicemail/{key}")).status_code == 404
    assert (await anna.delete(f"/api/voicemail/{key}")).status_code == 204
    assert (await anna.get("/api/voicemail")).json() == {"unheard": 0, "items": []}
    assert (await anna.post(f"/api/voicemail/{key}/take-back")).status_code == 204
    assert (await anna.get("/api/voicemail")).json()["unheard"] == 1
    await anna.delete(f"/api/voicemail/{key}")
    job, room = Due(id="x", kind=ERASE, due=doors.rooms.wall(), body={}), doors.rooms.mail_room
    await room.erase_overdue(job)
    assert (doors.settings.data / "recordings" / f"{key}.sealed").exists()
    doors.rooms.engine.clock.wall = lambda: datetime.now(UTC) + timedelta(hours=2)
    await room.erase_overdue(job)
    assert not (doors.settings.data / "recordings" / f"{key}.sealed").exists()
    again = await anna.post(f"/api/voicemail/{key}/take-back")
    assert (again.status_code, again.json()["code"]) == (410, "message.erased")
    assert [fact.why for fact in told(doors, MessageErased)] == ["by anna"]
    audit = (await admin.get(f"/api/audit?kind=message&key={key}")).json()
    assert [line["what"] for line in reversed(audit)] == ["message deleted", "message taken back", "message deleted"]


@pytest.mark.feature("P8")
async def test_a_message_goes_when_its_time_is_over(doors: Doors) -> None:
    await boxed(doors)
    anna = await doors.person("anna")
    await leaves(doors, tone(3))
    await listed(anna)
    job = Due(id="x", kind=ERASE, due=doors.rooms.wall(), body={})
    await doors.rooms.mail_room.erase_overdue(job)
    assert len((await anna.get("/api/voicemail")).json()["items"]) == 1
    doors.rooms.engine.clock.wall = lambda: datetime.now(UTC) + timedelta(days=181)
    await doors.rooms.mail_room.erase_overdue(job)
    assert (await anna.get("/api/voicemail")).json()["items"] == []
    assert [fact.why for fact in told(doors, MessageErased)] == ["its time was over"]


@pytest.mark.feature("P8")
@pytest.mark.parametrize(
    ("sound", "why"),
    [
        (tone(1.9), NotAMessageWhy.TOO_SHORT),
        (tone(5, 0.001), NotAMessageWhy.SILENT),
        (b"no sound at all", NotAMessageWhy.BROKEN),
    ],
)
async def test_what_is_no_message_is_not_kept_and_told_so(doors: Doors, sound: bytes, why: NotAMessageWhy) -> None:
    await boxed(doors)
    anna = await doors.person("anna")
    await leaves(doors, sound)
    (fact,) = await until(lambda: told(doors, MessageNotKept))
    assert (fact.user, fact.why) == ("anna", why)
    assert (await anna.get("/api/voicemail")).json() == {"unheard": 0, "items": []}
    await until(lambda: not doors.switch.recorded)


@pytest.mark.feature("P8")
async def test_pages_of_its_owner_are_told_of_it_at_once_and_those_of_others_are_not(doors: Doors) -> None:
    await boxed(doors)
    anna = await doors.person("anna")
    pages = {user: audience(doors.rooms.engine, Scope(user, frozenset({Right.CALL}))) for user in (ANNA, GLEB)}
    await leaves(doors, tone(3))
    key = (await listed(anna))["items"][0]["id"]
    await anna.delete(f"/api/voicemail/{key}")
    await until(lambda: told(doors, MessageDeleted))
    kept = list(doors.rooms.ledger.facts_since(0))
    heard = {user: {type(one.fact).__name__ for one in kept if page(one)} for user, page in pages.items()}
    assert {"MessageLeft", "MessageDeleted"} <= heard[ANNA]
    assert not {"MessageLeft", "MessageDeleted"} & heard[GLEB]
