"""What we need of a switch, asked of the simulated and of the real one alike."""

import asyncio
from datetime import timedelta

import pytest

from switchroom.domain.acts import (
    Act,
    Answer,
    AtDevice,
    AtEcho,
    Connect,
    Disconnect,
    Dissolve,
    HangUp,
    Overhear,
    Play,
    Ring,
    Shown,
    StartMusic,
    StartRecording,
    StopMusic,
    StopPlaying,
)
from switchroom.domain.causes import EndCause
from switchroom.domain.events import LegAnswered, LegEnded, LegRinging, PlaybackEnded
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PlaybackId, PromptId, RecordingId
from switchroom.domain.media import Prompt, Silence
from switchroom.media.stereo import joined
from tests.contract.conftest import ANNA, Exchange

LEG, PLAYBACK, BRIDGE = LegId("call1.1.ring.0"), PlaybackId("call1.1.play.0"), BridgeId("call1.1.talk.0")


def ring(leg: LegId = LEG, to: DeviceId = ANNA, seconds: float = 10) -> Ring:
    return Ring(leg=leg, to=AtDevice(device=to), shown=Shown(number="+79161234567"), at_most=timedelta(seconds=seconds))


async def do(exchange: Exchange, *acts: Act) -> None:
    for act in acts:
        await exchange.switch.do(act)


async def end_of(exchange: Exchange, leg: LegId) -> LegEnded:
    return await exchange.first(LegEnded, lambda ended: ended.leg == leg)


async def test_a_caller_is_answered_and_their_hanging_up_is_not_our_order(exchange: Exchange) -> None:
    leg = await exchange.arrive()
    await do(exchange, Answer(leg=leg), Answer(leg=leg))
    assert (await exchange.switch.holdings()).legs[leg].up
    await exchange.leave()
    ended = await end_of(exchange, leg)
    assert (ended.cause, ended.ordered) == (EndCause.NORMAL, False)
    assert leg not in (await exchange.switch.holdings()).legs


async def test_what_we_hang_up_ends_by_our_order_once_and_acts_on_it_are_no_error(exchange: Exchange) -> None:
    leg = await exchange.arrive()
    await do(exchange, Answer(leg=leg), HangUp(leg=leg), HangUp(leg=leg))
    assert (await end_of(exchange, leg)).ordered
    await do(exchange, HangUp(leg=leg), StartMusic(leg=leg), StopMusic(leg=leg), StopPlaying(playback=PLAYBACK))
    await asyncio.sleep(0.5)  # whatever might still be told
    assert len([ended for ended in exchange.all(LegEnded) if ended.leg == leg]) == 1


async def test_a_device_rings_and_is_answered_and_asked_twice_it_rings_once(exchange: Exchange) -> None:
    await exchange.phone(answers=True)
    await do(exchange, ring(), ring())
    await exchange.first(LegRinging)
    await exchange.first(LegAnswered)
    assert (await exchange.switch.holdings()).legs[LEG].up
    assert len(exchange.all(LegAnswered)) == 1
    await do(exchange, HangUp(leg=LEG))
    assert (await end_of(exchange, LEG)).ordered


async def test_a_phone_that_is_not_taken_ends_by_itself(exchange: Exchange) -> None:
    await exchange.phone()
    await do(exchange, ring(seconds=2))
    ended = await end_of(exchange, LEG)
    assert (ended.cause, ended.ordered) == (EndCause.NO_ANSWER, False)


async def test_a_phone_that_refuses_says_so(exchange: Exchange) -> None:
    await exchange.phone(busy=True)
    await do(exchange, ring())
    assert (await end_of(exchange, LEG)).cause in (EndCause.BUSY, EndCause.REJECTED)


async def test_a_phone_that_is_not_there_is_told_as_unreachable(exchange: Exchange) -> None:
    await do(exchange, ring(to=DeviceId("boris")))
    assert (await end_of(exchange, LEG)).cause is EndCause.UNREACHABLE


async def test_a_prompt_is_played_to_its_end_or_broken_off(exchange: Exchange) -> None:
    leg = await exchange.arrive()
    goodbye = Play(playback=PLAYBACK, leg=leg, media=(Prompt(prompt=PromptId("bye")),), language="en")
    await do(exchange, Answer(leg=leg), goodbye)
    assert await exchange.switch.still_playing(PLAYBACK)
    assert not (await exchange.first(PlaybackEnded)).failed
    assert not await exchange.switch.still_playing(PLAYBACK)
    again = PlaybackId("call1.1.play.1")
    await do(exchange, Play(playback=again, leg=leg, media=goodbye.media, language="en"), StopPlaying(playback=again))
    async with asyncio.timeout(10):
        while await exchange.switch.still_playing(again):
            await asyncio.sleep(0.02)
    await do(exchange, HangUp(leg=leg))


async def test_legs_are_connected_parted_and_dissolved_and_stay_up(exchange: Exchange) -> None:
    leg = await exchange.arrive()
    await exchange.phone(answers=True)
    await do(exchange, Answer(leg=leg), ring())
    await exchange.first(LegAnswered)
    both = Connect(bridge=BRIDGE, legs=(leg, LEG))
    await do(exchange, both, both)
    assert (await exchange.switch.holdings()).bridges[BRIDGE] == {leg, LEG}
    await do(exchange, Disconnect(bridge=BRIDGE, leg=leg))
    assert (await exchange.switch.holdings()).bridges[BRIDGE] == {LEG}
    await do(exchange, Dissolve(bridge=BRIDGE), Dissolve(bridge=BRIDGE))
    held = await exchange.switch.holdings()
    assert BRIDGE not in held.bridges
    assert {leg, LEG} <= held.legs.keys()
    await do(exchange, HangUp(leg=leg), HangUp(leg=LEG))


async def test_the_switch_itself_answers_with_an_echo(exchange: Exchange) -> None:
    echo = Ring(leg=LEG, to=AtEcho(), shown=Shown(), at_most=timedelta(seconds=5))
    await do(exchange, echo, echo)
    await exchange.first(LegAnswered)
    leg = await exchange.arrive()
    await do(exchange, Answer(leg=leg), Connect(bridge=BRIDGE, legs=(leg, LEG)))
    assert (await exchange.switch.holdings()).bridges[BRIDGE] == {leg, LEG}
    await do(exchange, HangUp(leg=leg), HangUp(leg=LEG))
    assert (await end_of(exchange, LEG)).ordered


async def test_whatever_is_played_to_a_leg_that_just_leaves_a_talk_is_played_to_its_end(exchange: Exchange) -> None:
    """On Asterisk four of a hundred got lost without a word, and whoever waited for their end waited for ever."""

    async def left(n: int) -> None:
        stays, goes, bridge, playback = _named(n)
        for leg in (stays, goes):
            await do(exchange, Ring(leg=leg, to=AtEcho(), shown=Shown(), at_most=timedelta(seconds=5)))
        for leg in (stays, goes):
            await exchange.first(LegAnswered, lambda answered, leg=leg: answered.leg == leg)  # type: ignore[misc]
        await do(exchange, Connect(bridge=bridge, legs=(stays, goes)))
        async with asyncio.timeout(10):
            while len((await exchange.switch.holdings()).bridges[bridge]) < 2:
                await asyncio.sleep(0.02)
        await do(exchange, HangUp(leg=goes), Dissolve(bridge=bridge))
        silence = Silence(lasting=timedelta(seconds=1))
        await do(exchange, Play(playback=playback, leg=stays, media=(silence,), language="en"))
        assert not (await exchange.first(PlaybackEnded, lambda ended: ended.playback == playback)).failed
        await do(exchange, HangUp(leg=stays))

    async def one_after_another(first: int) -> None:
        for n in range(first, first + 12):
            await left(n)

    await asyncio.gather(*(one_after_another(first) for first in range(10, 90, 12)))


def _named(n: int) -> tuple[LegId, LegId, BridgeId, PlaybackId]:
    call = f"call{n}.1"
    return LegId(f"{call}.ring.0"), LegId(f"{call}.ring.1"), BridgeId(f"{call}.talk.0"), PlaybackId(f"{call}.play.0")


@pytest.mark.feature("C8")
async def test_an_ear_is_a_leg_that_ends_with_the_one_it_hears(exchange: Exchange) -> None:
    leg, ear = await exchange.arrive(), LegId("call2.2.ear.0")
    await do(exchange, Answer(leg=leg), Overhear(leg=ear, of=leg), Overhear(leg=ear, of=leg))
    await do(exchange, Connect(bridge=BRIDGE, legs=(ear,)))
    assert (await exchange.switch.holdings()).bridges[BRIDGE] == {ear}
    await exchange.leave()
    assert not (await end_of(exchange, ear)).ordered
    assert ear not in (await exchange.switch.holdings()).legs
    await do(exchange, Overhear(leg=LegId("call2.2.ear.1"), of=leg))
    assert (await end_of(exchange, LegId("call2.2.ear.1"))).cause is EndCause.UNREACHABLE


@pytest.mark.feature("Z3")
async def test_a_new_listener_finds_what_is_there_and_hears_what_comes(exchange: Exchange) -> None:
    leg = await exchange.arrive()
    await do(exchange, Answer(leg=leg))
    held = await exchange.switch.holdings()
    assert [arrival.leg for arrival in held.arrivals] == [leg]
    await exchange.leave()
    await end_of(exchange, leg)
    assert (await exchange.switch.holdings()).arrivals == ()


@pytest.mark.feature("P2")
async def test_a_phone_is_seen_where_it_signed_in_and_nothing_is_left_of_the_look(exchange: Exchange) -> None:
    assert await exchange.looks.contacts([ANNA]) == {}
    await exchange.phone()
    async with asyncio.timeout(10):
        while not (found := await exchange.looks.contacts([ANNA, "boris", "${evil}"])).get(ANNA, ())[0:1]:
            await asyncio.sleep(0.05)
    (contact,) = found[ANNA]
    assert list(found) == [ANNA]
    assert contact.address.rpartition(":")[2].isdigit()
    assert contact.agent
    async with asyncio.timeout(20):
        while (await exchange.switch.holdings()).legs:
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("running", [pytest.param("asterisk", marks=pytest.mark.asterisk)], indirect=True)
async def test_a_recording_is_whole_for_whoever_asks_before_the_act_that_ends_it(exchange: Exchange) -> None:
    leg, recording = await exchange.arrive(), RecordingId("call1.1.record.0")
    await do(exchange, Answer(leg=leg), StartRecording(recording=recording, leg=leg))
    await asyncio.sleep(1.0)  # of sound
    halves = await exchange.switch.halves(recording)
    assert halves is not None
    for half in halves:
        assert joined(half, half)[1] > timedelta(seconds=0.5)
    await exchange.switch.forget_recording(recording)
    assert await exchange.switch.halves(recording) is None
    await exchange.leave()
    await end_of(exchange, leg)
