"""SIPp on both ends of the switch: customers who call at a rate, and operators who answer at once and hang up.

SIPp sends no sound; `bench.pump` may, at the ports that are named here. Sources: SIPp 3.8's own documentation of its
scenarios and of `-trace_rtt`.
"""

import asyncio
import contextlib
import csv
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from switchroom.switch.asterisk.fetch import fetch_packages
from switchroom.switch.asterisk.loader import Unpacked

CUSTOMERS, OPERATORS = "127.0.0.2", "127.0.0.3"
"""Addresses of their own on the loop-back: a trunk is known by its address."""
_AT_ONCE = "10000"
_GIVE_UP = 30.0
SOUND_PORT = 30_000
"""Of the first call; each further one is `bench.pump.PORTS_APART` higher."""
_ALWAYS = ("-nostdin", "-aa", "-nd", "-default_behaviors", "all,-bye", "-mp", str(SOUND_PORT))

_SOUND = """v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [auto_media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""
_CUSTOMER = f"""<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="customer">
  <send retrans="500" start_rtd="1"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: <sip:79161234567@[local_ip]>;tag=[call_number]
To: <sip:[service]@[remote_ip]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:customer@[local_ip]:[local_port]>
Allow: INVITE, ACK, BYE, CANCEL, UPDATE, OPTIONS
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

{_SOUND}]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rrs="true"/>
  <send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: <sip:79161234567@[local_ip]>;tag=[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv request="BYE" rtd="1"/>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
</scenario>
"""
_REPLY = """SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:];tag=o[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
Allow: INVITE, ACK, BYE, CANCEL, UPDATE, OPTIONS
"""
_OPERATOR = f"""<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="operator">
  <recv request="INVITE" crlf="true" rrs="true"><action>
    <ereg regexp=".*" search_in="hdr" header="From:" assign_to="customer"/>
    <ereg regexp=".*" search_in="hdr" header="To:" assign_to="operator"/>
  </action></recv>
  <send><![CDATA[
{_REPLY.format(status="180 Ringing")}Content-Length: 0

]]></send>
  <send retrans="500"><![CDATA[
{_REPLY.format(status="200 OK")}Content-Type: application/sdp
Content-Length: [len]

{_SOUND}]]></send>
  <recv request="ACK"/>
  <pause milliseconds="{{talk}}"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From:[$operator];tag=o[call_number]
To:[$customer]
Call-ID: [call_id]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv response="200"/>
</scenario>
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of the customers: how many were served to the end, and how long each took, in seconds."""

    called: int
    served: int
    lasted: tuple[float, ...]

    def lasted_at(self, share: float) -> float:
        """So many did not take longer; endless if fewer were served."""
        within = sorted(self.lasted)
        place = int(share * self.called)
        return within[place] if place < len(within) else float("inf")


class Sipp:
    """The program, fetched from Debian once."""

    def __init__(self, cache: Path) -> None:
        self._root: Unpacked = fetch_packages(("sip-tester",), cache)

    async def customers(self, server: str, number: str, rate: float, calls: int, talk: float = 0.0) -> Placed:
        """Let so many call this number at `server` (host and port), at a rate per second; returns after the last.

        `talk`: how many seconds the operators' side talks before it hangs up.
        """
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            scenario = _written(folder, _CUSTOMER)
            words = [server, "-sf", str(scenario), "-s", number, "-i", CUSTOMERS, "-p", "5080", "-m", str(calls)]
            words += ["-r", str(round(rate * 10)), "-rp", "10000", "-l", _AT_ONCE]
            words += ["-recv_timeout", str(round((_GIVE_UP + talk) * 1000))]
            words += ["-trace_rtt", "-rtt_freq", "1", "-trace_stat"]
            await (await self._begin(folder, words)).wait()
            return _placed(folder, calls)

    @asynccontextmanager
    async def operators(self, port: int, talk_ms: int) -> AsyncIterator[None]:
        """All operators' phones at one port; entered at once, as SIPp answers as soon as it is asked."""
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            scenario = _written(folder, _OPERATOR.replace("{talk}", str(talk_ms)))
            phones = await self._begin(folder, ["-sf", str(scenario), "-i", OPERATORS, "-p", str(port), "-l", _AT_ONCE])
            try:
                yield
            finally:
                with contextlib.suppress(ProcessLookupError):
                    phones.kill()
                await phones.wait()

    async def _begin(self, folder: Path, words: list[str]) -> asyncio.subprocess.Process:
        command = self._root.command("usr/bin/sipp", *words, *_ALWAYS)
        with (folder / "said").open("wb") as said:
            return await asyncio.create_subprocess_exec(*command, cwd=folder, stdout=said, stderr=said)


def _written(folder: Path, scenario: str) -> Path:
    path = folder / "scenario.xml"
    path.write_text(scenario)
    return path


def _placed(folder: Path, calls: int) -> Placed:
    lasted: tuple[float, ...] = ()
    for path in folder.glob("*_rtt.csv"):  # none if nobody was served
        with path.open() as told:
            lasted += tuple(float(row[1]) / 1000 for row in list(csv.reader(told, delimiter=";"))[1:])
    with max(folder.glob("scenario_*_.csv")).open() as told:
        *_, last = csv.DictReader(told, delimiter=";")
    return Placed(called=calls, served=int(last["SuccessfulCall(C)"]), lasted=lasted)
