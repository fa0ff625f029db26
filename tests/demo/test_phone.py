"""Phones speak to each other without a switch: what gets lost is repeated, what makes no sense is passed over."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import numpy as np
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from demo.phone.phone import Call, CallFailed, Phone
from demo.phone.rtp import Sound
from demo.phone.sip import NotSip, answer_of, parse
from demo.phone.sound import PCMA, PCMU, loudness_of, tone
from tests.demo.line import Line, Loses

Opened = Callable[..., Awaitable[Phone]]
NOBODY = ("127.0.0.1", 9)


@pytest_asyncio.fixture
async def opened() -> AsyncIterator[Opened]:
    """Opens phones and closes them after the test; whatever nobody caught fails it."""
    made: list[Phone] = []
    accidents: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: accidents.append(str(told)))

    async def open_one(name: str, server: tuple[str, int] = NOBODY) -> Phone:
        made.append(await Phone.open(name, "pw", server))
        return made[-1]

    yield open_one
    for phone in made:
        await phone.close()
    assert accidents == []


@pytest_asyncio.fixture
async def line() -> AsyncIterator[Callable[[Phone, Loses], Awaitable[tuple[Line, tuple[str, int]]]]]:
    lines: list[Line] = []

    async def to(phone: Phone, loses: Loses) -> tuple[Line, tuple[str, int]]:
        lines.append(Line(("127.0.0.1", phone.port), loses))
        return lines[-1], await lines[-1].open()

    yield to
    for one in lines:
        one.close()


LineTo = Callable[[Phone, Loses], Awaitable[tuple[Line, tuple[str, int]]]]


async def talking(anna: Phone, boris: Phone) -> tuple[Call, Call]:
    """Anna has called Boris, who answered."""
    dialling = asyncio.create_task(anna.dial("102", shown="Анна"))
    ring = await boris.next_ring()
    await ring.answer()
    return await dialling, ring


async def over(call: Call, within: float = 10) -> None:
    async with asyncio.timeout(within):
        await call.over.wait()


async def test_a_call_goes_through_though_the_first_of_everything_is_lost(opened: Opened, line: LineTo) -> None:
    boris = await opened("boris")
    between, server = await line(boris, lambda _kind, number: number == 1)
    call, ring = await talking(await opened("anna", server), boris)
    async with asyncio.timeout(10):
        await ring.acknowledged.wait()
    call.repeat(tone(440))
    assert await ring.hears(440)
    await call.hang_up()
    await over(ring)
    again = {kind: between.seen[kind] > 1 for kind in (b"INVITE", b"SIP/2.0 200", b"ACK", b"BYE")}
    assert again == dict.fromkeys(again, True)


async def test_a_repeated_invitation_rings_once(opened: Opened, line: LineTo) -> None:
    boris = await opened("boris")
    between, server = await line(boris, lambda kind, number: kind == b"SIP/2.0 180" and number == 1)
    anna = await opened("anna", server)
    call = await anna.begin_call("102")
    await anna.ring_out(call)
    await boris.next_ring()
    async with asyncio.timeout(10):
        while between.seen[b"INVITE"] < 3:
            await asyncio.sleep(0.05)
    assert boris.rings.empty()
    await call.hang_up()


async def test_an_answer_that_crosses_the_hang_up_ends_the_call_on_both_sides(opened: Opened, line: LineTo) -> None:
    boris = await opened("boris")
    _, server = await line(boris, lambda kind, _: kind == b"CANCEL")
    anna = await opened("anna", server)
    call = await anna.begin_call("102")
    await anna.ring_out(call)
    ring = await boris.next_ring()
    ending = asyncio.create_task(call.hang_up())
    await asyncio.sleep(0)
    await ring.answer()
    await ending
    await over(ring)
    assert call.over.is_set()


async def test_an_abandoned_call_stops_ringing_and_ends_with_487(opened: Opened) -> None:
    boris = await opened("boris")
    anna = await opened("anna", ("127.0.0.1", boris.port))
    call = await anna.begin_call("102")
    await anna.ring_out(call)
    ring = await boris.next_ring()
    async with asyncio.timeout(10):
        while 180 not in call.statuses:
            await asyncio.sleep(0.02)
    await call.hang_up()
    await over(ring)
    assert call.statuses[-1] == 487


@pytest.mark.parametrize("status", ["486 Busy Here", "603 Decline", "480 Temporarily Unavailable"])
async def test_a_refusal_tells_its_number(opened: Opened, status: str) -> None:
    boris = await opened("boris")
    anna = await opened("anna", ("127.0.0.1", boris.port))
    dialling = asyncio.create_task(anna.dial("102"))
    (await boris.next_ring()).refuse(status)
    with pytest.raises(CallFailed) as refused:
        await dialling
    assert refused.value.status == int(status.split(maxsplit=1)[0])


async def test_a_long_day_keeps_the_sound_of_the_last_calls_only(opened: Opened) -> None:
    boris = await opened("boris")
    anna = await opened("anna", ("127.0.0.1", boris.port))
    for _ in range(20):
        call, ring = await talking(anna, boris)
        await call.hang_up()
        await over(ring)
    assert len(anna.calls) <= 9
    assert len(boris.calls) <= 9


async def test_keys_come_through_in_order_and_once_though_datagrams_are_doubled(opened: Opened) -> None:
    boris = await opened("boris")
    call, ring = await talking(await opened("anna", ("127.0.0.1", boris.port)), boris)
    call.press("1234567890*#ABCD11")
    async with asyncio.timeout(30):
        while len(ring.sound.keys) < 18:
            await asyncio.sleep(0.05)
    assert "".join(ring.sound.keys) == "1234567890*#ABCD11"


async def test_sound_is_paced_without_drift(opened: Opened) -> None:
    boris = await opened("boris")
    call, ring = await talking(await opened("anna", ("127.0.0.1", boris.port)), boris)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(10):
        while ring.sound.received == 0:
            await asyncio.sleep(0.005)
    first, began = ring.sound.received, loop.time()
    async with asyncio.timeout(20):
        while ring.sound.received < first + 200:
            await asyncio.sleep(0.005)
    assert (loop.time() - began) == pytest.approx(200 * 0.02, abs=0.25)
    await call.hang_up()


HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda first, number, via, contact, body: (
            f"{first}\r\nVia: {via}\r\nFrom: <sip:a>\r\nTo: <sip:b>\r\nCall-ID: {number}\r\nCSeq: {number} "
            f"{first.split(' ')[0]}\r\nContact: {contact}\r\n\r\n{body}"
        ).encode(errors="replace"),
        st.sampled_from(["BYE x SIP/2.0", "ACK x SIP/2.0", "CANCEL x SIP/2.0", "OPTIONS x SIP/2.0", "SIP/2.0 200 OK",
                         "SIP/2.0 999 x", "SIP/2.0 ²00 x", "REFER x SIP/2.0", "INVITE  SIP/2.0"]),
        st.sampled_from(["1", "²", "9" * 5000, "-1", "", "1 1"]),
        st.text(max_size=30), st.text(max_size=30), st.text(max_size=60),
    ),
)  # fmt: skip


@given(HOSTILE)
def test_what_is_read_can_be_asked_for_its_number_and_method(data: bytes) -> None:
    try:
        message = parse(data)
    except NotSip:
        return
    assert 0 <= message.cseq < 10**10
    assert message.method.isupper()


async def test_hostile_datagrams_neither_break_a_phone_nor_ring_it(opened: Opened) -> None:
    boris = await opened("boris")

    @given(HOSTILE)
    def every(data: bytes) -> None:
        boris.datagram_received(data, NOBODY)

    every()
    assert boris.rings.empty()
    call, _ = await talking(await opened("anna", ("127.0.0.1", boris.port)), boris)
    await call.hang_up()


@pytest.mark.parametrize("where", [
    "c=IN IP4 127.0.0.1\r\nm=audio 99999 RTP/AVP 8\r\n", "c=IN IP4 127.0.0.1\r\nm=audio 0 RTP/AVP 8\r\n",
    "c=IN IP4 999.0.0.1\r\nm=audio 4000 RTP/AVP 8\r\n", "c=IN IP4 127.0.0.1\r\nm=audio ² RTP/AVP 8\r\n",
    f"c=IN IP4 127.0.0.1\r\nm=audio {'9' * 5000} RTP/AVP 8\r\n", "", "m=audio 4000 RTP/AVP 8\r\n",
])
def test_sound_is_sent_nowhere_that_does_not_exist(where: str) -> None:
    assert answer_of(where, (PCMA, PCMU)) is None


@given(st.binary(max_size=200))
def test_garbage_on_the_port_of_the_sound_is_passed_over(data: bytes) -> None:
    sound = Sound()
    sound.datagram_received(data, NOBODY)
    sound.datagram_received(b"\x80\x08" + data, NOBODY)
    sound.datagram_received(b"\x80\x65" + data, NOBODY)
    assert loudness_of(sound.heard(0.5), 440) <= 1
    assert sound.heard(30).dtype == np.int16
