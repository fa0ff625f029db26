"""Tens of thousands of hostile datagrams while people talk: nobody hears of it, and nothing of it reaches the books."""

import asyncio
import random
import socket
from collections.abc import Iterator

import pytest

from demo.phone.phone import Call, Phone
from demo.phone.sound import tone
from switchroom.switch.asterisk.ports import ports_for
from tests.asterisk.leftovers import nothing_is_left
from tests.asterisk.real_house import DID, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.long, pytest.mark.timeout(400)]
DATAGRAMS, CONNECTIONS = 30_000, 200
CUSTOMER, OPERATOR = 440, 1000
METHODS = ("INVITE", "REGISTER", "OPTIONS", "BYE", "CANCEL", "ACK", "SUBSCRIBE", "NOTIFY", "REFER", "PUBLISH", "UPDATE",
           "INFO", "MESSAGE", "PRACK")  # fmt: skip
NAMES = ("demo", "demo-carrier", "anna-desk", "boris-desk", "admin", "anonymous", "", "%00", "'", "../..")


def a_message(chance: random.Random) -> bytes:
    """Well formed more or less, and from nobody who could prove it."""
    method, who, to = chance.choice(METHODS), chance.choice(NAMES), chance.choice((DID, "112", "101", "500", "x" * 300))
    body = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n"
    mark = chance.getrandbits(48)
    lines = [
        f"{method} sip:{to}@127.0.0.1 SIP/2.0", f"Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{mark};rport",
        f"From: <sip:{who}@127.0.0.1>;tag={mark}", f"To: <sip:{to}@127.0.0.1>", f"Call-ID: {mark}",
        f"CSeq: {chance.randrange(2**31)} {method}", f"Contact: <sip:{who}@127.0.0.1:9>", "Max-Forwards: 70",
        "Content-Type: application/sdp", f"Content-Length: {chance.choice((len(body), 0, 99999, -1))}",
    ]  # fmt: skip
    if chance.random() < 0.1:
        chance.shuffle(lines)
    return "\r\n".join((*lines, "", body)).encode()


def hostile(chance: random.Random, count: int) -> Iterator[bytes]:
    """Messages as they are, broken ones, answers that nobody waits for, and noise."""
    for _ in range(count):
        data = bytearray(a_message(chance))
        match chance.randrange(5):
            case 0:
                for _ in range(chance.randrange(1, 30)):
                    data[chance.randrange(len(data))] = chance.randrange(256)
            case 1:
                del data[chance.randrange(len(data)) :]
            case 2:
                data[: data.index(b"\r\n")] = b"SIP/2.0 %d x" % chance.randrange(0, 1000)
            case 3:
                data = bytearray(chance.randbytes(chance.randrange(1, 1400)))
        yield bytes(data)


async def send(real: RealHouse, chance: random.Random) -> None:
    """To where phones register, and to the ports of sound."""
    ports = ports_for((real.settings.data / "switch").resolve(), running=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as attacker:
        for n, data in enumerate(hostile(chance, DATAGRAMS)):
            attacker.sendto(data, real.server)
            attacker.sendto(data[:200], ("127.0.0.1", chance.randrange(ports.rtp_first, ports.rtp_last)))
            if n % 20 == 0:
                await asyncio.sleep(0.01)


async def connect(real: RealHouse, chance: random.Random) -> None:
    """Over TCP: messages in pieces, connections that say nothing more."""
    for data in hostile(chance, CONNECTIONS):
        _, writer = await asyncio.open_connection(*real.server)
        writer.write(data[: chance.randrange(1, len(data) + 1)])
        await asyncio.sleep(0.02)
        writer.close()


async def test_hostile_packets_by_the_ten_thousand_disturb_no_talk_and_reach_no_scenario(real: RealHouse) -> None:
    olga, phones = await real.door("olga"), {user: await real.phone(user) for user in ("anna", "boris")}
    talks = [await talking(real, user, phones[user]) for user in phones]
    switch, serving = real.switch_pid(), real.serving_pid()
    async with asyncio.TaskGroup() as attack:
        attack.create_task(send(real, random.Random(11)))
        attack.create_task(connect(real, random.Random(12)))
    for call, ring in talks:
        assert not call.over.is_set()
        assert await call.hears(OPERATOR)
        assert await ring.hears(CUSTOMER)
    assert (real.switch_pid(), real.serving_pid()) == (switch, serving)
    one_more = await (await real.carrier("79160000009")).dial(DID)
    await olga.becomes("calls", lambda found: len(found["items"]) == len(talks) + 1)
    for call in (one_more, *(call for call, _ in talks)):
        await call.hang_up()
    await olga.becomes("calls?living=true", lambda found: not found["items"])
    for user in phones:
        await (await real.door(user)).go_home()
    await nothing_is_left(real.settings)


async def talking(real: RealHouse, user: str, phone: Phone) -> tuple[Call, Call]:
    """A customer who talks with this operator, both saying their tones."""
    door = await real.door(user)
    await door.begin_work()
    call = await (await real.carrier()).dial(DID)
    call.press("1")
    ring = await phone.next_ring(within=30)
    await ring.answer()
    call.repeat(tone(CUSTOMER))
    ring.repeat(tone(OPERATOR))
    assert await call.hears(OPERATOR)
    assert await ring.hears(CUSTOMER)
    await door.is_now("talking")
    return call, ring
