"""The wire: acts, their errors, lost answers, reconnecting."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvloop

from switchroom.switch.asterisk.ari import (
    AriAccess,
    AriAnswerLost,
    AriClient,
    AriConflict,
    AriNotFound,
    AriRefused,
    AriUnreachable,
    Connected,
    Lost,
)
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.heard import (
    ApplicationReplaced,
    Channel,
    ChannelDestroyed,
    ChannelStateChange,
    ChannelTransfer,
    PeerStatusChange,
    PlaybackFinished,
    StasisEnd,
    StasisStart,
    Unheard,
    decode,
)
from switchroom.switch.asterisk.keeper import Keeper, access_of, running
from switchroom.switch.asterisk.loader import Unpacked
from switchroom.switch.asterisk.registrations import follow_reach, is_reached
from switchroom.switch.asterisk.writer import write
from tests.asterisk.conftest import Ears, Phones, a_description, listening, until

Server = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def a_server(serve: Server) -> AsyncIterator[AriClient]:
    """A client of a server that behaves as the test wants."""
    async def closing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(closing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    ari = AriClient(AriAccess(url=f"http://127.0.0.1:{port}", user="a", password="b"), connections=2, within=2.0)
    yield ari
    ari.close()
    server.close()
    await server.wait_closed()


async def _request(reader: asyncio.StreamReader) -> str:
    return (await reader.readuntil(b"\r\n\r\n")).decode()


def _ok(body: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


async def test_an_act_whose_answer_is_lost_says_so_and_is_not_repeated() -> None:
    asked: list[str] = []

    async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await _request(reader))

    async with a_server(hangs_up) as ari:
        with pytest.raises(AriAnswerLost):
            await ari.post("channels", "a", "answer")
        assert len(asked) == 1
        with pytest.raises(AriAnswerLost):
            await ari.get("channels")
        assert len(asked) == 3  # only reading is tried once more


async def test_an_answer_that_does_not_come_in_time_is_lost_and_the_next_act_is_not_given_it() -> None:
    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                request = await _request(reader)
            except asyncio.IncompleteReadError:
                return
            if "slow" in request:
                await asyncio.sleep(0.3)
            writer.write(_ok('"' + request.split()[1] + '"'))

    async with a_server(late) as ari:
        with pytest.raises(AriAnswerLost):
            await ari.post("slow", within=0.1)
        assert await ari.post("next") == "/ari/next"


async def test_a_cancelled_act_leaves_its_connection_fit_for_the_next() -> None:
    async def slow_at_first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                request = await _request(reader)
            except asyncio.IncompleteReadError:
                return
            if "slow" in request:
                await asyncio.sleep(0.2)
            writer.write(_ok('"' + request.split()[1] + '"'))

    async with a_server(slow_at_first) as ari:
        acts = [asyncio.create_task(ari.post("slow", str(number))) for number in range(4)]
        await asyncio.sleep(0.05)
        for act in acts[:3]:
            act.cancel()
        results = await asyncio.gather(*acts, return_exceptions=True)
        assert results[3] == "/ari/slow/3"
        assert [await ari.post("next", str(number)) for number in range(6)] == [f"/ari/next/{n}" for n in range(6)]


async def test_paths_and_queries_are_escaped_and_answers_in_pieces_are_put_together() -> None:
    seen: list[str] = []

    async def pieces(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append((await _request(reader)).split("\r\n")[0])
        writer.write(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\n{"a"\r\n')
        await writer.drain()
        writer.write(b"3\r\n:1}\r\n0\r\n\r\n")
        await writer.drain()

    async with a_server(pieces) as ari:
        assert await ari.get("channels", "a b/../c?d", media="sound:a,tone:b&c=д", skip=None, yes=True) == {"a": 1}
    assert seen == ["GET /ari/channels/a%20b%2F..%2Fc%3Fd?media=sound%3Aa%2Ctone%3Ab%26c%3D%D0%B4&yes=true HTTP/1.1"]


async def test_nobody_there_is_unreachable_and_nonsense_is_a_lost_answer() -> None:
    async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(b"SIP/2.0 hello\r\n\r\n")
        await writer.drain()

    async with a_server(nonsense) as ari:
        with pytest.raises(AriAnswerLost):
            await ari.post("x")
        gone = ari.access
    nobody = AriClient(gone)
    with pytest.raises(AriUnreachable):
        await nobody.get("asterisk", "ping")


def test_an_event_that_we_do_not_know_is_no_error() -> None:
    event = decode('{"type":"SomethingNew","timestamp":"t","application":"a","x":{"y":[1]}}')
    assert event == Unheard(name="SomethingNew", timestamp="t", application="a")


@pytest.mark.asterisk
async def test_errors_of_asterisk_are_told_apart(ari: AriClient, phones: Phones) -> None:
    with pytest.raises(AriNotFound) as missing:
        await ari.post("channels", "nobody", "answer")
    assert missing.value.status == 404
    carrier = await phones.open("carrier-user")
    held = await carrier.call("555")
    (channel,) = await ari.read(list[Channel], "channels")
    with pytest.raises(AriConflict):
        await ari.post("channels", channel.id, "moh")
    await carrier.hang_up(held)
    with pytest.raises(AriRefused) as refused:
        await ari.post("bridges", type="no-such-type")
    assert refused.value.status in (400, 500)


@pytest.mark.asterisk
async def test_a_hundred_acts_at_once_share_a_few_connections(ari: AriClient) -> None:
    answers = await asyncio.gather(*(ari.get("asterisk", "ping") for _ in range(100)))
    assert len(answers) == 100
    assert all(isinstance(answer, dict) and answer["ping"] == "pong" for answer in answers)


@pytest.mark.asterisk
async def test_the_events_of_a_leg_come_as_written_down(ari: AriClient, phones: Phones) -> None:
    await phones.registered("boris")
    anna = await phones.open("anna")
    async with listening(ari) as ears:
        dialling = asyncio.create_task(anna.call("555"))
        caller = (await ears.first(StasisStart)).channel
        await ari.post("channels", caller.id, "answer")
        call = await dialling
        assert (await ears.first(ChannelStateChange)).channel.state == "Up"
        await ari.post("channels", caller.id, "play", media="sound:beep", playbackId="s.1.beep.1")
        played = (await ears.first(PlaybackFinished)).playback
        assert (played.id, played.state, played.target_uri) == ("s.1.beep.1", "done", f"channel:{caller.id}")
        anna.refer(call, "102")
        moved = await ears.first(ChannelTransfer)
        assert moved.refer_to.requested_destination.destination == "102"
        assert moved.referred_by.source_channel.id == caller.id
        await ari.post("channels", "create", endpoint="PJSIP/boris", app="switchroom", channelId="s.2.ring.1")
        assert (await ears.first(StasisStart, 2)).channel.id == "s.2.ring.1"
        await ari.post("channels", "s.2.ring.1", "dial", timeout=10)
        await until(lambda: any(change.channel.id == "s.2.ring.1" and change.channel.state == "Up"
                                for change in ears.all(ChannelStateChange)))
        await ari.delete("channels", "s.2.ring.1")
        gone = await ears.first(ChannelDestroyed)
        assert (gone.channel.id, gone.cause) == ("s.2.ring.1", 16)
        await anna.hang_up(call)
        await until(lambda: any(end.channel.id == caller.id for end in ears.all(StasisEnd)))
        assert ears.all(Unheard) == []


@pytest.mark.asterisk
async def test_a_phone_that_signs_in_and_out_is_told_at_once(ari: AriClient, phones: Phones) -> None:
    boris = await phones.open("boris")
    async with listening(ari) as ears:
        before = await follow_reach(ari)
        assert before["boris"] is False
        assert "carrier" in before
        await boris.register()
        await until(lambda: is_told(ears, "boris", reached=True))
        assert (await follow_reach(ari))["boris"] is True
        await boris.register(expires=0)
        await until(lambda: is_told(ears, "boris", reached=False))


def is_told(ears: Ears, device: str, *, reached: bool) -> bool:
    told = [event.endpoint for event in ears.all(PeerStatusChange) if event.endpoint.resource == device]
    return bool(told) and is_reached(told[-1]) == reached


@pytest.mark.asterisk
async def test_a_listener_that_goes_while_phones_sign_in_and_out_leaves_asterisk_unharmed(
    ari: AriClient, phones: Phones,
) -> None:
    async def come_and_go(name: str) -> None:
        phone = await phones.open(name)
        while True:
            await phone.register()
            await phone.register(expires=0)

    restless = [asyncio.create_task(come_and_go(name)) for name in ("anna", "boris", "vera")]
    for _ in range(25):
        async with listening(ari) as ears:
            await follow_reach(ari)
            await until(lambda: ears.all(PeerStatusChange) != [])
    for task in restless:
        task.cancel()
    await asyncio.gather(*restless, return_exceptions=True)


@pytest.mark.asterisk
def test_the_loop_of_production_serves_acts_events_and_the_watch_of_the_process(
    asterisk_root: Unpacked, tmp_path: Path,
) -> None:
    description = a_description(asterisk_root, tmp_path / "own")
    write(description)

    async def live() -> None:
        keeper, ari = Keeper(description), AriClient(access_of(description))
        await keeper.up()
        watching = asyncio.create_task(keeper.watch())
        async with listening(ari) as ears:
            with pytest.raises(AriNotFound):
                await ari.delete("channels", "nobody")
            await keeper.stop()
            await ears.first(Lost)
        async with asyncio.timeout(5):
            assert (await watching).pid
        ari.close()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(live())


@pytest.mark.asterisk
async def test_a_second_listener_takes_over_and_the_first_ends(ari: AriClient, switch: SwitchDescription) -> None:
    second = AriClient(access_of(switch))
    async with listening(ari) as first_ears, listening(second):
        await first_ears.first(ApplicationReplaced)
        assert first_ears.all(Lost) == []
    second.close()


@pytest.mark.asterisk
async def test_after_the_death_of_asterisk_events_and_acts_come_back_by_themselves(
    asterisk_root: Unpacked, tmp_path_factory: pytest.TempPathFactory,
) -> None:
    description = a_description(asterisk_root, tmp_path_factory.mktemp("ari") / "own")
    write(description)
    keeper, ari = Keeper(description), AriClient(access_of(description))
    await keeper.up()
    async with listening(ari) as ears:
        held = running(description.folder)
        assert held is not None
        os.kill(held.pid, signal.SIGKILL)
        await ears.first(Lost)
        await keeper.watch()
        with pytest.raises(AriUnreachable):
            await ari.get("asterisk", "ping")
        await keeper.up()
        await ears.first(Connected, 2)
        assert await ari.get("asterisk", "ping")
    ari.close()
    await keeper.stop()
