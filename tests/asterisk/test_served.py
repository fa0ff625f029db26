"""The one real call through all of it: from the trunk to a saved card, checked by ear."""

import asyncio
import io

import numpy as np
import pytest
import soundfile

from demo.phone.phone import Call
from demo.phone.sound import Samples, loudness_of, tone
from tests.asterisk.real_house import DID, Door, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
CUSTOMER, OPERATOR = 440, 1000
TYPED = {"address": "ул. Садовая, 5", "trouble": "no_heat"}


async def talking(real: RealHouse, anna: Door) -> tuple[Call, Call]:
    """A customer went through the menu and the queue to Anna, and both say their tones."""
    phone, carrier = await real.phone("anna"), await real.carrier()
    await anna.begin_work()
    call = await carrier.dial(DID, shown="Иван Петров")
    call.press("1")
    ring = await phone.next_ring(within=30)
    await anna.is_now("ringing")
    await ring.answer()
    call.repeat(tone(CUSTOMER))
    ring.repeat(tone(OPERATOR))
    assert await call.hears(OPERATOR)
    assert await ring.hears(CUSTOMER)
    return call, ring


def channel(sound: np.ndarray, number: int) -> Samples:
    """One channel, as a phone has it."""
    samples: Samples = (sound[:, number] * 32767).astype(np.int16)
    return samples


@pytest.mark.feature("P4")
@pytest.mark.feature("C2")
@pytest.mark.parametrize("who_ends", ["customer", "operator"])
async def test_a_call_is_greeted_chooses_waits_is_talked_recorded_and_its_card_is_closed(
    real: RealHouse, who_ends: str
) -> None:
    anna, olga = await real.door("anna"), await real.door("olga")
    call, ring = await talking(real, anna)
    assert loudness_of(call.heard(), CUSTOMER) < 0.01
    assert loudness_of(ring.heard(), OPERATOR) < 0.01
    await anna.is_now("talking")
    card = (await anna.becomes("records?open_only=true", lambda found: len(found) == 1))[0]
    typed = await anna.do("PATCH", f"records/{card['id']}", {"fields": TYPED, "revision": card["revision"]})
    assert typed["values"]["phone"] == "+79161234567"
    assert typed["values"]["name"] == "Иван Петров"
    await asyncio.sleep(1.5)  # a stretch of talk for the recording
    await (call.hang_up() if who_ends == "customer" else ring.hang_up())
    await anna.is_now("wrap_up")
    await anna.do("POST", f"records/{card['id']}/close", {"disposition": "visit_agreed"})
    await anna.is_now("ready")
    await real.is_so(ring.over.is_set)
    await real.is_so(call.over.is_set, within=40)  # the operator has gone: the scenario says goodbye first
    await everything_agrees(olga, card["id"])


async def everything_agrees(olga: Door, card: str) -> None:
    """Record, story, recording, figures and roll-up tell the same."""
    page = await olga.becomes("calls", lambda found: [c["disposition"] for c in found["items"]] == ["served"])
    line = page["items"][0]
    story = await olga.becomes(
        f"calls/{line['id']}", lambda told: any(f["fact"]["kind"] == "RecordingKept" for f in told["facts"])
    )
    kinds = [fact["fact"]["kind"] for fact in story["facts"]]
    for once in ("CallArrived", "CallAnswered", "QueueEntered", "OperatorConnected", "TalkEnded", "CallEnded"):
        assert kinds.count(once) == 1
    exits = [fact["fact"]["exit"] for fact in story["facts"] if fact["fact"]["kind"] == "NodeLeft"]
    assert exits[:4] == ["done", "done", "1", "done"]
    assert line["dialogs"] == [card]
    record = await olga.get(f"records/{card}")
    assert (record["closed_by"], record["disposition"], record["values"]["address"]) == (
        "holder", "visit_agreed", TYPED["address"],
    )  # fmt: skip
    (queue,) = await olga.get("figures/queues")
    assert (queue["entered"], queue["served"], queue["in_norm"]) == (1, 1, 1)
    assert queue["talked"] == pytest.approx(line["talked"], abs=0.01)
    (now,) = [q for q in await olga.get("figures/queues/now") if q["queue"] == "service"]
    assert (now["waiting"], now["operators"]["ready"]) == (0, 1)
    (operator,) = [o for o in await olga.get("figures/operators") if o["operator"] == "anna"]
    assert (operator["offers"], operator["taken"], operator["talks"]) == (1, 1, 1)
    await the_recording_has_each_in_its_channel(olga, line["recordings"][0], line["talked"])


async def the_recording_has_each_in_its_channel(olga: Door, recording: str, talked: float) -> None:
    answer = await olga.client.get(f"/api/recordings/{recording}/sound")
    assert answer.headers["content-type"] == "audio/ogg"
    sound, rate = soundfile.read(io.BytesIO(answer.content), dtype="float32")
    assert rate == 8000
    assert len(sound) / rate == pytest.approx(talked, abs=0.5)
    said, heard = channel(sound, 0)[-8000:-800], channel(sound, 1)[-8000:-800]
    assert loudness_of(said, CUSTOMER) > 0.1
    assert loudness_of(said, OPERATOR) < 0.01
    assert loudness_of(heard, OPERATOR) > 0.1
    assert loudness_of(heard, CUSTOMER) < 0.01
