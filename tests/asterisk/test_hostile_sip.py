"""Hostile SIP at a real house: nothing of it reaches a scenario, and good calls go on."""

import asyncio
import contextlib
import random
import socket

import pytest

from demo.phone.phone import CallFailed, Phone
from tests.asterisk.real_house import DID, SIP_NAME, RealHouse

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
_HEAD = (
    "{first}\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{n}\r\nFrom: {caller}\r\nTo: <sip:{to}@127.0.0.1>\r\n"
    "Call-ID: {n}\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n"
)


def an_invite(n: int, *, caller: str = "<sip:x@127.0.0.1>;tag=1", to: str = DID, more: str = "") -> bytes:
    first = f"INVITE sip:{to}@127.0.0.1 SIP/2.0"
    return _HEAD.format(first=first, n=n, caller=caller, to=to, more=more).encode()


def hostile() -> list[bytes]:
    """What an attacker or a broken phone may send."""
    chance = random.Random(7)
    garbage = [chance.randbytes(chance.randrange(1, 1400)) for _ in range(200)]
    cut = [an_invite(n)[: chance.randrange(1, 300)] for n in range(100)]
    spoofed = [an_invite(1000 + n, caller=f"<sip:{who}@127.0.0.1>;tag=1")
               for n, who in enumerate(("demo", "demo-carrier", "anna-desk", "admin", "anonymous"))]  # fmt: skip
    strange = [
        an_invite(2000, more="X-Evil: " + "a" * 8000 + "\r\n"), an_invite(2001, to="../../etc/passwd"),
        an_invite(2002, to="${SHELL(id)}"), an_invite(2003, to="112"), an_invite(2004, caller="x" * 3000),
        an_invite(2005, more="Content-Type: application/sdp\r\nContent-Length: 99999\r\n"),
        an_invite(2006).replace(b"INVITE", b"\x00\x01\x02"), b"SIP/2.0 200 OK\r\n\r\n", b"\r\n" * 500, b"",
    ]  # fmt: skip
    return garbage + cut + spoofed + strange


async def test_malformed_and_unproven_sip_reaches_no_scenario_and_harms_no_call(real: RealHouse) -> None:
    olga = await real.door("olga")
    switch = real.switch_pid()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as attacker:
        for data in hostile():
            attacker.sendto(data, real.server)
            await asyncio.sleep(0)
    stranger = await Phone.open("anna-desk", "guessed", real.server)
    for n in range(100):
        stranger.password = f"guess {n}"
        assert await stranger.register() in (401, 403)
    with pytest.raises(CallFailed) as refused:
        await stranger.dial("112")
    assert refused.value.status in (401, 403)
    await stranger.close()
    carrier = await real.carrier()
    call = await carrier.dial(DID, shown='Иван <script>alert(1)</script> ${SHELL(id)}')
    page = await olga.becomes("calls", lambda found: len(found["items"]) == 1)
    assert page["items"][0]["name"] == "Иван <script>alert(1)</script> ${SHELL(id)}"
    await call.hang_up()
    assert real.switch_pid() == switch
    assert (await olga.client.get("/api/health")).status_code == 200


async def test_an_unknown_number_silence_and_wrong_keys_end_politely(real: RealHouse) -> None:
    olga, anna = await real.door("olga"), await real.phone("anna")
    with pytest.raises(CallFailed) as nowhere:
        await anna.dial("99999")
    assert nowhere.value.status in (404, 484)
    await olga.becomes("calls", lambda found: [c["disposition"] for c in found["items"]] == ["refused"])
    carrier = await real.carrier()
    call = await carrier.dial(DID)
    for key in "7#8":
        call.press(key)
    story = await olga.becomes(
        "calls?living=true", lambda found: bool(found["items"]) and found["items"][0]["queue"] == "service", within=60
    )
    assert story["items"][0]["ended"] is None
    await call.hang_up()
    await olga.becomes("calls?living=true", lambda found: not found["items"])


class Garbled(Phone):
    """Sends any octets where it says @@@, and reads them back as that."""

    octets = b""

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        super().datagram_received(data.replace(self.octets, b"@@@"), addr)

    def _out(self, data: bytes, peer: tuple[str, int]) -> None:
        super()._out(data.replace(b"@@@", self.octets), peer)


NAMES = {
    b"\xff\xfe\x80 Ivan \xd0": "\ufffd\ufffd\ufffd Ivan \ufffd", b"\x1b[31mred\x07": "[31mred", b"a\x01b\x7f": "ab",
    "\u202eevil\u2066".encode(): "evil", b"A" * 3000: "A" * 79, b"\xed\xa0\x80": "\ufffd\ufffd\ufffd",
    b"' OR 1=1; --": "' OR 1=1; --", b"%00%0d%0a": "%00%0d%0a",
}  # fmt: skip


async def test_a_name_of_any_octets_is_shown_clean_and_harms_nothing(real: RealHouse) -> None:
    olga, serving = await real.door("olga"), real.serving_pid()
    password = (await real.carrier()).password
    for octets, shown in NAMES.items():
        phone = await Garbled.open("demo", password, real.server, username=SIP_NAME)
        assert isinstance(phone, Garbled)
        phone.name, phone.octets = "79161234567", octets
        call = await phone.dial(DID, shown="@@@")
        (line,) = (await olga.becomes("calls?living=true", lambda found: bool(found["items"])))["items"]
        assert line["name"] == shown
        await call.hang_up()
        await olga.becomes("calls?living=true", lambda found: not found["items"])
        await phone.close()
    assert real.serving_pid() == serving


@pytest.mark.feature("P3")
async def test_an_address_that_guesses_passwords_is_refused_until_it_is_let_in(real: RealHouse) -> None:
    admin = await real.door("admin")
    company = (await admin.get("company"))["items"][0]["thing"]
    await admin.do("PUT", "company/company", {**company, "lockouts": {**company["lockouts"], "tries": 5}})
    right = await real.phone("anna")
    thief = await Phone.open("anna-desk", "guessed", real.server, at="127.0.0.2")
    try:
        for n in range(8):
            thief.password = f"guess {n}"
            with contextlib.suppress(TimeoutError):
                assert await thief.register() in (401, 403)
        (locked,) = await admin.becomes("lockouts", lambda found: len(found) == 1)
        assert locked["address"] == "127.0.0.2"
        thief.password = right.password
        async with asyncio.timeout(60):
            while await _answer(thief) != 403:  # not even with the right one
                pass
        assert await right.register() == 200  # others go on
        await admin.do("POST", "lockouts/127.0.0.2/release")
        async with asyncio.timeout(40):
            while await _answer(thief) != 200:
                pass
    finally:
        await thief.close()


async def _answer(phone: Phone) -> int | None:
    """The answer to signing in; None if there is none in a few seconds."""
    try:
        async with asyncio.timeout(3):
            return await phone.register()
    except TimeoutError:
        return None
