"""Recording by rule and on demand on the real Asterisk, by ear: what is announced, paused, and in which channel."""

import asyncio
import io
from collections.abc import AsyncIterator
from itertools import groupby
from typing import Any

import numpy as np
import pytest
import pytest_asyncio
import soundfile

from demo.phone.phone import Call
from demo.phone.sound import RATE, Samples, loudness_of, tone
from switchroom.domain.recording_rules import lot
from tests.asterisk.real_house import Door, RealHouse
from tests.asterisk.test_consulting import ASKER, FIRST, THIRD, Three, answered, heard, over, three

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
ANNOUNCED = 1300
WINDOW = RATE // 5
RULE = {"id": "heard", "title": "Among us", "directions": ["internal"], "order": 1}
STRETCH = 1.2
"""Seconds of a part of a talk that is to be found again in its recording."""


@pytest_asyncio.fixture
async def admin(house: RealHouse) -> AsyncIterator[Door]:
    """Sets rules of recording; they are gone after the test."""
    door = await house.door("admin")
    yield door
    for kept in (await door.get("recording-rules"))["items"]:
        await door.do("DELETE", f"recording-rules/{kept['thing']['id']}")
    await door.client.delete("/api/prompts/recorded")


async def rule(admin: Door, **more: Any) -> None:
    """From now on talks among us are recorded like this."""
    await admin.do("PUT", "recording-rules/heard", {**RULE, **more})


async def announcement(admin: Door) -> None:
    """Two seconds of a tone, in the language of the house."""
    await admin.do("PUT", "prompts/recorded", {"id": "recorded", "title": "Recorded"})
    sound = io.BytesIO()
    soundfile.write(sound, tone(ANNOUNCED, 2.0), RATE, format="WAV", subtype="PCM_16")
    language = (await admin.get("company"))["items"][0]["thing"]["language"]
    files = {"sound": ("recorded.wav", sound.getvalue(), "audio/wav")}
    put = await admin.client.put(f"/api/prompts/recorded/{language}/sound", files=files)
    assert put.status_code == 200, put.text


async def story_of(admin: Door, call: str, recordings: int = 1) -> Any:
    """The story, once that many recordings are kept."""
    def whole(told: Any) -> bool:
        kinds = [fact["fact"]["kind"] for fact in told["facts"]]
        return "CallEnded" in kinds and kinds.count("RecordingKept") == recordings
    return await admin.becomes(f"calls/{call}", whole)


async def sounds_of(admin: Door, call: str, recordings: int = 1) -> list[tuple[Samples, Samples]]:
    """Each recording of a call: what its leg said, and what it heard."""
    told = await story_of(admin, call, recordings)
    kept = [fact["fact"]["recording"] for fact in told["facts"] if fact["fact"]["kind"] == "RecordingBegan"]
    return [await sound_of(admin, one) for one in kept]


async def sound_of(admin: Door, recording: str) -> tuple[Samples, Samples]:
    answer = await admin.client.get(f"/api/recordings/{recording}/sound")
    assert answer.status_code == 200, answer.text
    sound, rate = soundfile.read(io.BytesIO(answer.content), dtype="float32")
    assert rate == RATE
    said, went = ((sound[:, side] * 32767).astype(np.int16) for side in (0, 1))
    return said, went


def windows(sound: Samples) -> list[Samples]:
    return [sound[at : at + WINDOW] for at in range(0, len(sound) - WINDOW + 1, WINDOW)]


def course(sound: Samples, frequency: float) -> list[bool]:
    """Whether this tone is there, stretch after stretch; what is shorter than 0.6 s is no stretch of its own."""
    there = [loudness_of(part, frequency) > 0.05 for part in windows(sound)]
    runs = [(is_there, len(list(run))) for is_there, run in groupby(there)]
    return [is_there for is_there, _ in groupby(is_there for is_there, lasts in runs if lasts >= 3)]


def silence(sound: Samples) -> float:
    """Seconds in which nothing at all is to be heard."""
    return sum(int(np.abs(part).max()) < 300 for part in windows(sound)) * WINDOW / RATE


async def stretch() -> None:
    """They talk, and nobody does anything."""
    await asyncio.sleep(STRETCH)


async def ended(talk: Three) -> str:
    """Anna hangs up."""
    await talk.asker.hang_up()
    await over(talk.first)
    return talk.call


@pytest.mark.feature("P10")
async def test_both_hear_the_announcement_to_its_end_and_the_recording_begins_after_it(
    house: RealHouse, admin: Door
) -> None:
    await announcement(admin)
    await rule(admin, announcement="recorded")
    anna, boris = await house.phone("anna"), await house.phone("boris")
    dialling = asyncio.create_task(anna.dial("102"))
    ring = await answered(await boris.next_ring(), FIRST)
    call = await dialling
    call.repeat(tone(ASKER))
    assert await call.hears(ANNOUNCED)
    assert await ring.hears(ANNOUNCED)
    assert heard(call) & {FIRST} == heard(ring) & {ASKER} == set(), "they were connected before its end"
    assert await call.hears(FIRST)
    assert await ring.hears(ASKER)
    assert await call.falls_silent(ANNOUNCED)
    await stretch()
    desk = await (await house.door("anna")).get("desk")
    await call.hang_up()
    await over(ring)
    ((said, went),) = await sounds_of(admin, desk["calls"][0]["id"])
    assert course(said, ASKER) == course(went, FIRST) == [True]
    assert course(said, FIRST) == course(went, ASKER) == [False]
    assert max(loudness_of(part, ANNOUNCED) for part in windows(went)) < 0.05


@pytest.mark.feature("P10")
@pytest.mark.parametrize("how", ["by the keys of the phone", "by the API"])
async def test_a_pause_is_silence_in_the_recording_and_the_talk_goes_on(
    house: RealHouse, admin: Door, how: str
) -> None:
    await rule(admin)
    talk = await three(house)
    for paused in (True, False):
        await stretch()
        if how == "by the API":
            await talk.ask("mute-recording", {"on": paused})
        else:
            await pressed(admin, talk, talk.first, "RecordingMuted" if paused else "RecordingUnmuted")
        assert await talk.asker.hears(FIRST)
        assert await talk.first.hears(ASKER)
    await stretch()
    ((said, went),) = await sounds_of(admin, await ended(talk))
    assert course(said, ASKER) == course(went, FIRST) == [True, False, True]
    assert silence(said) >= 0.6
    assert silence(went) >= 0.6


def kinds(told: Any) -> list[str]:
    return [fact["fact"]["kind"] for fact in told["facts"]]


async def pressed(admin: Door, talk: Three, phone: Call, kind: str, times: int = 1) -> None:
    """`*1` on a phone, until the story tells what came of it."""
    phone.press("*1")
    await admin.becomes(f"calls/{talk.call}", lambda told: kinds(told).count(kind) == times)


@pytest.mark.feature("P10")
async def test_what_no_rule_wants_is_recorded_from_one_press_of_the_code_to_the_next(
    house: RealHouse, admin: Door
) -> None:
    talk = await three(house)
    for nth in (1, 2):
        await pressed(admin, talk, talk.first, "RecordingBegan", nth)
        await stretch()
        await pressed(admin, talk, talk.first, "RecordingEnded", nth)
    for said, went in await sounds_of(admin, await ended(talk), 2):
        assert course(said, ASKER) == [True]
        assert course(went, FIRST)[0]
        assert max(len(said), len(went)) / RATE < 20
    told = await story_of(admin, talk.call, 2)
    decided = [fact["fact"] for fact in told["facts"] if fact["fact"]["kind"] == "RecordingDecided"]
    assert [(one["by"], one["user"]) for one in decided] == [("on_demand", "boris")] * 2


@pytest.mark.feature("P10")
async def test_a_consultation_and_a_conference_are_recorded_on_demand(house: RealHouse, admin: Door) -> None:
    talk = await three(house)
    third = await talk.consulted()
    await pressed(admin, talk, third, "RecordingBegan", 1)
    await stretch()
    await pressed(admin, talk, talk.asker, "RecordingEnded", 1)
    await talk.ask("join-all")
    assert await talk.first.hears(THIRD)
    assert await third.hears(FIRST)
    await talk.ask("record", {"on": True})
    await stretch()
    await talk.ask("record", {"on": False})
    await third.hang_up()
    (asked, answer), (said, went) = await sounds_of(admin, await ended(talk), 2)
    assert course(asked, ASKER)[-1]
    assert course(answer, THIRD)[-1]
    assert course(answer, FIRST) == [False], "who waits with music is not in it"
    assert course(said, ASKER) == course(went, THIRD) == course(went, FIRST) == [True]


@pytest.mark.feature("P10")
async def test_of_a_share_just_those_talks_are_recorded_whose_lot_it_is(house: RealHouse, admin: Door) -> None:
    await rule(admin, share=50)
    drawn: set[bool] = set()
    for _ in range(16):
        talk = await three(house, ())
        await ended(talk)
        told = await admin.becomes(f"calls/{talk.call}", lambda t: "CallEnded" in kinds(t))
        drawn.add(wins := lot(talk.call) < 50)
        assert ("RecordingBegan" in kinds(told)) == wins
        for phone in talk.phones.values():
            await phone.close()
        if len(drawn) == 2:
            return
    raise AssertionError(f"one lot only: {drawn}")
