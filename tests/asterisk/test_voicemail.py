"""Voicemail on the real Asterisk, by ear: what the caller hears, what is kept of what they say, and through a kill."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
import pytest_asyncio
import soundfile

from demo.phone.phone import Call
from demo.phone.sound import RATE, Samples, loudness_of, tone
from tests.asterisk.real_house import Door, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
BORIS, BOX = "102", "602"
GREETING, TONE, SPEECH = 1300, 700, 440
"""The own greeting; the tone that Asterisk's sets have; what the caller says."""
SILENCE = 8
"""After so many seconds of it a message ends."""


async def boxed(house: RealHouse, **when: Any) -> None:
    """Boris's calls go to his voicemail then, and 602 always does."""
    admin = await house.door("admin")
    boris = (await admin.get("users/boris"))["thing"]
    await admin.do("PUT", "users/boris", {**boris, "voicemail": when})
    await admin.do("PUT", f"extensions/{BOX}", {"number": BOX, "target": {"kind": "voicemail", "key": "boris"}})


@pytest_asyncio.fixture
async def boris(house: RealHouse) -> AsyncIterator[Door]:
    """Boris at his page; afterwards his box is empty, and nothing leads there."""
    door = await house.door("boris")
    yield door
    for message in (await door.get("voicemail"))["items"]:
        await door.do("DELETE", f"voicemail/{message['id']}")
    await boxed(house)
    admin = await house.door("admin")
    await admin.do("DELETE", f"extensions/{BOX}")
    await admin.client.delete("/api/prompts/away")


async def greeting(house: RealHouse) -> None:
    """A prompt that is a tone."""
    admin = await house.door("admin")
    await admin.do("PUT", "prompts/away", {"id": "away", "title": "Away"})
    sound = io.BytesIO()
    soundfile.write(sound, tone(GREETING, 1.5), RATE, format="WAV", subtype="PCM_16")
    for language in ("ru", "en"):
        files = {"sound": ("away.wav", sound.getvalue(), "audio/wav")}
        put = await admin.client.put(f"/api/prompts/away/{language}/sound", files=files)
        assert put.status_code == 200, put.text


async def begun(house: RealHouse, call: Call) -> None:
    """The caller has heard the tone, and may speak."""
    assert await call.hears(TONE, within=30)
    anna = await house.door("anna")
    (line,) = [one for one in (await anna.get("calls?most=5"))["items"] if one["ended"] is None]
    await anna.becomes(f"calls/{line['id']}", lambda told: "MessageBegan" in kinds(told))


def kinds(told: Any) -> list[str]:
    return [fact["fact"]["kind"] for fact in told["facts"]]


async def says(call: Call, seconds: float) -> None:
    call.say(tone(SPEECH, seconds))
    await call.said()


async def left(boris: Door) -> tuple[Any, Samples]:
    """The one message in the box, and its sound."""
    box = await boris.becomes("voicemail", lambda told: len(told["items"]) == 1)
    (message,) = box["items"]
    answer = await boris.client.get(f"/api/voicemail/{message['id']}/sound")
    assert answer.status_code == 200, answer.text
    sound, rate = soundfile.read(io.BytesIO(answer.content), dtype="float32")
    assert (rate, sound.ndim) == (RATE, 1)
    return message, (sound * 32767).astype(np.int16)


def heard_for(sound: Samples, frequency: float) -> float:
    """For how many seconds this tone is there."""
    window = RATE // 10
    parts = [sound[at : at + window] for at in range(0, len(sound) - window + 1, window)]
    return sum(loudness_of(part, frequency) > 0.05 for part in parts) * window / RATE


@pytest.mark.feature("P8")
async def test_a_call_that_nobody_answers_leaves_what_the_caller_says(house: RealHouse, boris: Door) -> None:
    await greeting(house)
    await boxed(house, no_answer=True, ring_for=3.0, greeting="away")
    phones = [await house.phone(user) for user in ("anna", "boris")]
    await boris.becomes("desk", lambda told: "boris-desk" in told["state"]["devices"])
    call = await phones[0].dial(BORIS)
    assert await call.hears(GREETING)
    await begun(house, call)
    await says(call, 4.0)
    await call.hang_up()
    message, sound = await left(boris)
    assert (message["heard"], message["caller"]["user"], message["caller"]["number"]) == (False, "anna", "101")
    assert 3.8 <= message["seconds"] <= 12
    assert heard_for(sound, SPEECH) == pytest.approx(4.0, abs=0.5)
    assert heard_for(sound, GREETING) == heard_for(sound, TONE) == 0
    assert (await boris.get("voicemail"))["unheard"] == 0


@pytest.mark.feature("P8")
@pytest.mark.parametrize("how", ["by the key", "by silence"])
async def test_a_message_comes_to_its_end_without_hanging_up(house: RealHouse, boris: Door, how: str) -> None:
    await boxed(house)
    anna = await house.phone("anna")
    call = await anna.dial(BOX)
    await begun(house, call)
    await says(call, 3.0)
    if how == "by the key":
        call.press("#")
    await until_over(call)
    _, sound = await left(boris)
    assert heard_for(sound, SPEECH) == pytest.approx(3.0, abs=0.5)


async def until_over(call: Call) -> None:
    """We hang up."""
    async with asyncio.timeout(40):
        await call.over.wait()


@pytest.mark.feature("P8")
@pytest.mark.feature("Z3")
async def test_who_hangs_up_while_we_are_dead_has_left_all_that_was_said(real: RealHouse) -> None:
    await boxed(real)
    anna, boris = await real.phone("anna"), await real.door("boris")
    call = await anna.dial(BOX)
    await begun(real, call)
    await says(call, 2.0)
    await real.kill_up()
    await says(call, 3.0)
    await call.hang_up()
    await real.start()
    _, sound = await left(boris)
    assert heard_for(sound, SPEECH) == pytest.approx(5.0, abs=0.7)


@pytest.mark.feature("P8")
@pytest.mark.feature("Z3")
async def test_who_speaks_on_through_a_kill_is_not_taken_for_silent_and_ends_by_the_key(real: RealHouse) -> None:
    await boxed(real)
    anna, boris = await real.phone("anna"), await real.door("boris")
    call = await anna.dial(BOX)
    await begun(real, call)
    call.repeat(tone(SPEECH))
    await real.kill_up()
    await real.start()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(SILENCE + 4):
            await call.over.wait()
    call.press("#")
    await until_over(call)
    message, sound = await left(boris)
    assert heard_for(sound, SPEECH) == pytest.approx(message["seconds"], abs=1.0)
    assert message["seconds"] > SILENCE + 4
