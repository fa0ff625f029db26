"""A SIP phone with sound, over UDP on the loop-back address: registers, calls, rings, talks, presses keys.

For the demo and for tests: one identity, several calls at once.
"""

import asyncio
import contextlib
import re
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from urllib.parse import quote

from demo.phone.rtp import Sound
from demo.phone.sip import Message, NotSip, answer_of, offer, parse, proof, uri_of
from demo.phone.sound import PCMA, PCMU, Samples, loudness_of

LOCAL = "127.0.0.1"
CODECS = (PCMA, PCMU)
_T1, _LONGEST, _GIVE_UP = 0.5, 4.0, 32.0
"""Timers of RFC 3261: first repetition, longest pause, end. Seconds."""
_ENDED_KEPT = 8
"""Ended calls that a repeated request still finds; each keeps up to half a minute of sound."""
_RINGS_AT_MOST = 120.0
Address = tuple[str, int]


class CallFailed(Exception):
    """The other side did not take the call; `status` is SIP's."""

    def __init__(self, status: int) -> None:
        super().__init__(f"SIP {status}")
        self.status = status


@dataclass(slots=True, eq=False)
class Call:
    """One call of a phone."""

    phone: "Phone"
    call_id: str
    target: str
    local: str
    remote: str
    peer: Address
    sound: Sound = field(default_factory=Sound)
    cseq: int = 1
    statuses: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What it was told of a transfer that it asked for."""
    invite: Message | None = None
    up: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    route: list[str] = field(default_factory=list)

    def say(self, samples: Samples) -> None:
        """Say this once."""
        self.sound.say(samples)

    def repeat(self, samples: Samples) -> None:
        """Say this for ever."""
        self.sound.repeat(samples)

    def press(self, keys: str) -> None:
        """Press keys."""
        self.sound.press(keys)

    def heard(self, seconds: float = 0.5) -> Samples:
        """What was heard last."""
        return self.sound.heard(seconds)

    async def hears(self, frequency: float, within: float = 20.0, level: float = 0.02) -> bool:
        """Whether this tone comes to be heard in time."""
        return await self._poll(lambda: loudness_of(self.heard(), frequency) > level, within)

    async def falls_silent(self, frequency: float, within: float = 20.0, level: float = 0.005) -> bool:
        """Whether this tone comes to be heard no more."""
        return await self._poll(lambda: loudness_of(self.heard(), frequency) < level, within)

    async def said(self) -> None:
        """Returns once everything is said, or the call is over."""
        await self._poll(lambda: self.over.is_set() or not self.sound.is_saying, 600)

    async def _poll(self, true: Callable[[], bool], within: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not true():  # noqa: ASYNC110  # sound has no event
                    await asyncio.sleep(0.05)
                return True
        return False

    async def hang_up(self) -> None:
        """End the call, or stop ringing."""
        if self.over.is_set():
            return
        if self.up.is_set():
            self.cseq += 1
            self.over.set()
            await self.phone.ask("BYE", self)
        elif self.invite is not None:
            self.refuse()
        else:
            await self.phone.cancel(self)
        self.sound.close()

    async def answer(self) -> None:
        """Take a call that rings here."""
        await self.phone.take(self)

    def refuse(self, status: str = "486 Busy Here") -> None:
        """Don't."""
        assert self.invite is not None
        self.over.set()
        self.phone.reply(self.invite, status, self)
        self.sound.close()

    def forward(self, to: str) -> None:
        """Don't, but say by 302 where the call is to go."""
        assert self.invite is not None
        self.over.set()
        self.phone.reply(self.invite, "302 Moved Temporarily", self, contact=f"<sip:{to}@{LOCAL}>")
        self.sound.close()

    def refer(self, to: str, with_whom: "Call | None" = None) -> None:
        """Ask by REFER that the other party is sent on, or brought together with whom this phone talks in that call."""
        self.cseq += 1
        replaces = f"?Replaces={quote(with_whom.dialog, safe='')}" if with_whom else ""
        self.phone.send("REFER", self, {"refer-to": f"<sip:{to}@{LOCAL}{replaces}>", "referred-by": self.local})

    @property
    def dialog(self) -> str:
        """As the other side knows it."""
        theirs, ours = (party.rpartition(";tag=")[2] for party in (self.remote, self.local))
        return f"{self.call_id};to-tag={theirs};from-tag={ours}"

    async def hold(self, *, on: bool) -> int:
        """Put the other side on hold by the phone itself; returns the status."""
        self.cseq += 1
        body = offer(self.port, CODECS, "sendonly" if on else "sendrecv")
        return (await self.phone.ask("INVITE", self, body=body)).status


class Phone(asyncio.DatagramProtocol):
    """One phone."""

    def __init__(self, name: str, password: str, server: Address, username: str = "") -> None:
        self.name, self.password, self.server = name, password, server
        self.username = username or name
        self.calls: dict[str, Call] = {}
        self.rings: asyncio.Queue[Call] = asyncio.Queue()
        self.busy = False
        """Refuses every call with 486."""
        self.deaf = False
        """Takes no note of anything, as if the network were gone."""
        self.thinks_for = 0.0
        """Seconds from taking note of a call, by 100, to ringing."""
        self._transport: asyncio.DatagramTransport | None = None
        self._waiting: dict[tuple[str, int, str], asyncio.Queue[Message]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._registration = secrets.token_hex(8)
        self._registrations = 0
        self._branches: dict[str, str] = {}
        self._signed_in = False

    @classmethod
    async def open(cls, name: str, password: str, server: Address, username: str = "", at: str = LOCAL) -> "Phone":
        """A phone that has not signed in; `at` is its own address."""
        phone = cls(name, password, server, username)
        loop = asyncio.get_running_loop()
        phone._transport, _ = await loop.create_datagram_endpoint(lambda: phone, local_addr=(at, 0))
        return phone

    async def close(self) -> None:
        """End all calls, and go."""
        for call in list(self.calls.values()):
            with contextlib.suppress(TimeoutError):
                await call.hang_up()
            call.sound.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._signed_in = False
        if self._transport is not None:
            self._transport.close()

    @property
    def port(self) -> int:
        """Our port."""
        assert self._transport is not None
        return int(self._transport.get_extra_info("sockname")[1])

    async def register(self, expires: int = 120) -> int:
        """Sign in, or out with 0; returns the final status."""
        sip = f"sip:{self.name}@{LOCAL}"
        self._registrations += 2
        dialog = Call(
            self, self._registration, f"sip:{LOCAL}:{self.server[1]}", f"<{sip}>;tag={secrets.token_hex(4)}",
            f"<{sip}>", self.server, cseq=self._registrations,
        )  # fmt: skip
        return (await self.ask("REGISTER", dialog, {"expires": str(expires)})).status

    async def stay_registered(self, expires: int = 120) -> None:
        """Sign in, and again in time, until the phone is closed."""
        status = await self.register(expires)
        if status != 200:
            raise CallFailed(status)
        self._signed_in = True
        self._begin(self._again(expires))

    async def sign_out(self) -> None:
        """Tell the server that we are going, if it takes us for signed in and still listens."""
        if self._signed_in:
            self._signed_in = False
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LONGEST):
                    await self.register(0)

    async def _again(self, expires: int) -> None:
        while True:
            await asyncio.sleep(expires / 2)
            with contextlib.suppress(TimeoutError):
                await self.register(expires)

    async def dial(self, number: str, shown: str = "", codecs: tuple[int, ...] = CODECS) -> Call:
        """Call; returns once the call was taken. Raises: CallFailed; TimeoutError."""
        call = await self.begin_call(number, shown)
        final = await self._invited(call, codecs)
        if final.status >= 300:
            raise CallFailed(final.status)
        return call

    async def begin_call(self, number: str, shown: str = "") -> Call:
        """A call that has not yet been sent."""
        target = f"sip:{number}@{LOCAL}:{self.server[1]}"
        caller = f'"{shown}" <sip:{self.name}@{LOCAL}>' if shown else f"<sip:{self.name}@{LOCAL}>"
        local = f"{caller};tag={secrets.token_hex(4)}"
        call = Call(self, secrets.token_hex(12), target, local, f"<{target}>", self.server)
        call.port = await call.sound.open()
        self._keep(call)
        return call

    async def ring_out(self, call: Call) -> None:
        """Send a call and return at once; its `up`, `over` and `statuses` tell how it goes."""

        async def run() -> None:
            with contextlib.suppress(TimeoutError):
                final = await self._invited(call, CODECS)
                if final.status >= 300:
                    call.over.set()

        self._begin(run())

    async def _invited(self, call: Call, codecs: tuple[int, ...]) -> Message:
        try:
            final = await self.ask("INVITE", call, body=offer(call.port, codecs))
        except TimeoutError:
            call.over.set()
            call.sound.close()
            raise
        if final.status < 300:
            self._talk(call, final.body)
            call.up.set()
        else:
            call.over.set()
            call.sound.close()
        return final

    def _talk(self, call: Call, body: str) -> None:
        agreed = answer_of(body, CODECS)
        if agreed is not None:
            call.sound.talk_to(*agreed)

    async def next_ring(self, within: float = 40.0) -> Call:
        """The next call that rings here. Raises: TimeoutError."""
        async with asyncio.timeout(within):
            return await self.rings.get()

    async def take(self, call: Call) -> None:
        """200, repeated until it is acknowledged."""
        assert call.invite is not None
        agreed = answer_of(call.invite.body, CODECS)
        codec = agreed[1] if agreed else PCMA
        self._talk(call, call.invite.body)
        call.up.set()
        self.reply(call.invite, "200 OK", call, offer(call.port, (codec,)))
        self._begin(self._until_acknowledged(call, codec))

    async def _until_acknowledged(self, call: Call, codec: int) -> None:
        pause = _T1
        assert call.invite is not None
        for _ in range(8):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await call.acknowledged.wait()
                    return
            pause = min(pause * 2, _LONGEST)
            self.reply(call.invite, "200 OK", call, offer(call.port, (codec,)))

    async def cancel(self, call: Call) -> None:
        """Stop ringing there; the call ends with 487, or by a hang-up if it was answered at the same moment."""
        self.send("CANCEL", call, branch=self._branches.get(call.call_id, ""))
        await call._poll(lambda: call.over.is_set() or call.up.is_set(), 5)
        if call.up.is_set():
            await call.hang_up()

    # ---- requests

    async def ask(self, method: str, call: Call, headers: dict[str, str] | None = None, body: str = "") -> Message:
        """Send a request, prove the password if asked for, and return the final answer. Raises: TimeoutError."""
        final = await self._exchange(method, call, headers or {}, body)
        if final.status in (401, 407):
            call.cseq += 1
            asked, named = ("www-authenticate", "authorization")
            if final.status == 407:
                asked, named = ("proxy-authenticate", "proxy-authorization")
            proven = proof(method, call.target, self.username, self.password, final.header(asked))
            final = await self._exchange(method, call, {**(headers or {}), named: proven}, body)
        return final

    async def _exchange(self, method: str, call: Call, headers: dict[str, str], body: str) -> Message:
        inbox: asyncio.Queue[Message] = asyncio.Queue()
        key = (call.call_id, call.cseq, method)
        self._waiting[key] = inbox
        sent = self.send(method, call, headers, body)
        try:
            return await self._answered(method, call, sent, inbox)
        finally:
            self._waiting.pop(key, None)

    async def _answered(self, method: str, call: Call, sent: bytes, inbox: "asyncio.Queue[Message]") -> Message:
        pause, proceeding = _T1, False
        async with asyncio.timeout(_GIVE_UP) as deadline:
            while True:
                try:
                    async with asyncio.timeout(None if proceeding else pause):
                        message = await inbox.get()
                except TimeoutError:
                    pause = min(pause * 2, _GIVE_UP if method == "INVITE" else _LONGEST)
                    self._out(sent, call.peer)
                    continue
                call.statuses.append(message.status)
                if message.status >= 200:
                    return message
                if method == "INVITE" and not proceeding:
                    proceeding = True
                    deadline.reschedule(asyncio.get_running_loop().time() + _RINGS_AT_MOST)
                if message.status > 100 and message.body:
                    self._talk(call, message.body)

    def send(
        self, method: str, call: Call, headers: dict[str, str] | None = None, body: str = "", branch: str = ""
    ) -> bytes:
        """Send a request; returns what was sent."""
        branch = branch or f"z9hG4bK{secrets.token_hex(8)}"
        if method == "INVITE":
            self._branches[call.call_id] = branch
        message = Message(f"{method} {call.target} SIP/2.0", {
            "via": [f"SIP/2.0/UDP {LOCAL}:{self.port};branch={branch};rport"],
            "max-forwards": ["70"],
            "from": [call.local],
            "to": [call.remote],
            "call-id": [call.call_id],
            "cseq": [f"{call.cseq} {'ACK' if method == 'ACK' else method}"],
            "contact": [f"<sip:{self.name}@{LOCAL}:{self.port}>"],
            "user-agent": ["Switchroom demo phone"],
        }, body)  # fmt: skip
        if call.route:
            message.headers["route"] = call.route
        message.headers |= {name: [value] for name, value in (headers or {}).items()}
        if body:
            message.headers["content-type"] = ["application/sdp"]
        data = message.encoded()
        self._out(data, call.peer)
        return data

    def reply(
        self, request: Message, status: str, call: Call | None = None, body: str = "", contact: str = ""
    ) -> None:
        """Answer a request."""
        kept = {name: request.headers[name] for name in ("via", "from", "to", "call-id", "cseq")}
        if "record-route" in request.headers:
            kept["record-route"] = request.headers["record-route"]
        if call is not None:
            kept["to"] = [call.local]
        kept["contact"] = [contact or f"<sip:{self.name}@{LOCAL}:{self.port}>"]
        if body:
            kept["content-type"] = ["application/sdp"]
        self._out(Message(f"SIP/2.0 {status}", kept, body).encoded(), call.peer if call else self.server)

    def _out(self, data: bytes, peer: Address) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(data, peer)

    # ---- what comes

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Garbage is passed over."""
        if self.deaf:
            return
        try:
            message = parse(data)
        except NotSip:
            return
        if message.status:
            self._response(message)
        else:
            self._request(message, addr)

    def _response(self, message: Message) -> None:
        call = self.calls.get(message.header("call-id"))
        if call is not None and message.method == "INVITE" and message.status >= 200:
            self._acknowledge(call, message)
        inbox = self._waiting.get((message.header("call-id"), message.cseq, message.method))
        if inbox is not None:
            inbox.put_nowait(message)

    def _acknowledge(self, call: Call, message: Message) -> None:
        remote, target, number = call.remote, call.target, call.cseq
        call.remote, call.cseq = message.header("to"), message.cseq
        if message.status < 300:
            call.target = uri_of(message.header("contact"))
            call.route = list(reversed(message.headers.get("record-route", [])))
            self.send("ACK", call)
        else:
            self.send("ACK", call, branch=_branch(message))
            call.remote, call.target = remote, target
        call.cseq = number

    def _request(self, message: Message, addr: Address) -> None:
        call = self.calls.get(message.header("call-id"))
        match message.method:
            case "ACK":
                if call is not None:
                    call.acknowledged.set()
            case "INVITE" if call is None:
                self._begin(self._ring(message, addr))
            case "INVITE" if call is not None:
                self._again_invited(message, call)
            case "BYE" | "CANCEL" if call is not None:
                self._ended(message, call)
            case "NOTIFY" if call is not None:
                call.told.append(message.body.strip())
                self.reply(message, "200 OK", call)
            case "OPTIONS" | "NOTIFY" | "INFO" | "UPDATE":
                self.reply(message, "200 OK", call)
            case _:
                self.reply(message, "481 Call/Transaction Does Not Exist", call)

    async def _ring(self, message: Message, addr: Address) -> None:
        call_id = message.header("call-id")
        tagged = f"{message.header('to')};tag={secrets.token_hex(4)}"
        call = Call(
            self, call_id, uri_of(message.header("contact")), tagged, message.header("from"), addr, invite=message,
            route=message.headers.get("record-route", []),
        )  # fmt: skip
        self._keep(call)
        call.port = await call.sound.open()
        if self.busy:
            call.refuse()
            return
        if self.thinks_for:
            self.reply(message, "100 Trying")
            await asyncio.sleep(self.thinks_for)
        self.reply(message, "180 Ringing", call)
        self.rings.put_nowait(call)

    def _keep(self, call: Call) -> None:
        """A phone that works for hours must not keep the sound of every call it had."""
        ended = [call_id for call_id, known in self.calls.items() if known.over.is_set()]
        for call_id in ended[:-_ENDED_KEPT]:
            del self.calls[call_id]
        self.calls[call.call_id] = call

    def _again_invited(self, message: Message, call: Call) -> None:
        """A repetition, or a change of the sound's way."""
        first = call.invite
        if first is not None and message.cseq == first.cseq:
            return
        agreed = answer_of(message.body, CODECS)
        self._talk(call, message.body)
        self.reply(message, "200 OK", call, offer(call.port, (agreed[1] if agreed else PCMA,)))

    def _ended(self, message: Message, call: Call) -> None:
        self.reply(message, "200 OK", call)
        if message.method == "CANCEL" and call.invite is not None and not call.up.is_set():
            self.reply(call.invite, "487 Request Terminated", call)
        call.over.set()
        call.sound.close()

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _branch(message: Message) -> str:
    found = re.search(r"branch=([^;,\s]+)", message.header("via"))
    return found[1] if found else ""
