"""A phone without sound: it registers, calls, answers and hangs up by SIP over UDP on the loop-back address."""

import asyncio
import hashlib
import re
import secrets
from dataclasses import dataclass, field

LOCAL = "127.0.0.1"
Address = tuple[str, int]


@dataclass
class Message:
    """One SIP message."""

    first: str
    headers: dict[str, str]
    via: list[str]

    @property
    def status(self) -> int:
        """Status of a response, 0 for a request."""
        return int(self.first.split()[1]) if self.first.startswith("SIP/2.0") else 0

    @property
    def method(self) -> str:
        """Method of the request, or of the request that is answered."""
        return self.headers["cseq"].split()[1]


def parse(data: bytes) -> Message:
    """Headers by lower-case name, the last of each; all Vias."""
    first, *lines = data.decode().split("\r\n\r\n", 1)[0].split("\r\n")
    pairs = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    return Message(first, dict(pairs), [value for name, value in pairs if name == "via"])


@dataclass
class Dialog:
    """One call of the phone."""

    call_id: str
    target: str
    local: str
    remote: str
    peer: Address
    cseq: int = 1
    statuses: list[int] = field(default_factory=list)
    request: Message | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    up: asyncio.Event = field(default_factory=asyncio.Event)


class Signaller(asyncio.DatagramProtocol):
    """One phone (or carrier, or stranger)."""

    def __init__(self, name: str, password: str, sip_port: int, *, username: str = "", answers: bool = True) -> None:
        self.name, self.password, self.username = name, password, username or name
        self.answers = answers
        self.server: Address = (LOCAL, sip_port)
        self.calls: dict[str, Dialog] = {}
        self.rung = asyncio.Event()
        self.headers_of_rings: list[Message] = []
        self._transport: asyncio.DatagramTransport | None = None
        self._answers: dict[str, asyncio.Queue[Message]] = {}

    async def open(self) -> "Signaller":
        """Take a port."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(LOCAL, 0))
        return self

    def close(self) -> None:
        """Give the port back."""
        assert self._transport is not None
        self._transport.close()

    @property
    def port(self) -> int:
        """Our port."""
        assert self._transport is not None
        return int(self._transport.get_extra_info("sockname")[1])

    @property
    def _contact(self) -> str:
        return f"<sip:{self.name}@{LOCAL}:{self.port}>"

    async def register(self, *, expires: int = 60) -> int:
        """Sign in (or out, with 0); the final status."""
        sip = f"sip:{self.name}@{LOCAL}"
        extra = {"Contact": self._contact, "Expires": str(expires)}
        local = f"<{sip}>;tag={secrets.token_hex(4)}"
        dialog = Dialog(secrets.token_hex(8), f"sip:{LOCAL}", local, f"<{sip}>", self.server)
        return (await self._ask("REGISTER", dialog, extra))[-1].status

    async def call(self, number: str, *, signs_in: bool = True, shown: str = "") -> Dialog:
        """Call; returns once there is a final status (in `statuses[-1]`)."""
        local = f"{shown} <sip:{self.name}@{LOCAL}>;tag={secrets.token_hex(4)}"
        target = f"sip:{number}@{LOCAL}:{self.server[1]}"
        dialog = Dialog(secrets.token_hex(8), target, local, f"<{target}>", self.server)
        self.calls[dialog.call_id] = dialog
        answers = await self._ask("INVITE", dialog, {"Contact": self._contact}, signs_in=signs_in)
        dialog.statuses += [answer.status for answer in answers]
        return dialog

    async def hang_up(self, dialog: Dialog) -> None:
        """BYE."""
        dialog.cseq += 1
        dialog.over.set()
        await self._ask("BYE", dialog, {})

    def refer(self, dialog: Dialog, to: str) -> None:
        """Ask by REFER that the other party is sent on."""
        dialog.cseq += 1
        self._send("REFER", dialog, {"Refer-To": f"<sip:{to}@{LOCAL}>", "Contact": self._contact})

    def send_raw(self, data: bytes) -> None:
        """Send anything."""
        assert self._transport is not None
        self._transport.sendto(data, self.server)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        if not data.strip():
            return
        message = parse(data)
        if message.status:
            self._answered(message)
        else:
            self._asked(message, addr)

    async def _ask(
        self, method: str, dialog: Dialog, headers: dict[str, str], *, signs_in: bool = True,
    ) -> list[Message]:
        answers = await self._exchange(method, dialog, headers)
        last = answers[-1]
        if last.status in (401, 407) and signs_in:
            dialog.cseq += 1
            asked = "www-authenticate" if last.status == 401 else "proxy-authenticate"
            name = "Authorization" if last.status == 401 else "Proxy-Authorization"
            proof = self._proof(method, dialog.target, last.headers[asked])
            answers += await self._exchange(method, dialog, headers | {name: proof})
        return answers

    async def _exchange(self, method: str, dialog: Dialog, headers: dict[str, str]) -> list[Message]:
        inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._answers[f"{dialog.call_id}/{dialog.cseq}"] = inbox
        self._send(method, dialog, headers)
        answers: list[Message] = []
        async with asyncio.timeout(40):
            while not answers or answers[-1].status < 200:
                answers.append(await inbox.get())
        return answers

    def _send(self, method: str, dialog: Dialog, headers: dict[str, str]) -> None:
        body = self._sound() if method == "INVITE" else ""
        lines = {
            "Via": f"SIP/2.0/UDP {LOCAL}:{self.port};branch=z9hG4bK{secrets.token_hex(6)};rport", "Max-Forwards": "70",
            "From": dialog.local, "To": dialog.remote, "Call-ID": dialog.call_id, "CSeq": f"{dialog.cseq} {method}",
            **headers, **({"Content-Type": "application/sdp"} if body else {}), "Content-Length": str(len(body)),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        text = f"{method} {dialog.target} SIP/2.0\r\n{head}"
        assert self._transport is not None
        self._transport.sendto(f"{text}\r\n{body}".encode(), dialog.peer)

    def _sound(self) -> str:
        return (f"v=0\r\no=- 1 1 IN IP4 {LOCAL}\r\ns=-\r\nc=IN IP4 {LOCAL}\r\nt=0 0\r\n"
                f"m=audio {self.port + 2 & ~1} RTP/AVP 8 0\r\na=sendrecv\r\n")

    def _proof(self, method: str, uri: str, challenge: str) -> str:
        """Digest, RFC 2617 with qop."""
        asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
        md5 = {True: hashlib.md5, False: hashlib.sha256}[asked.get("algorithm", "MD5").upper() == "MD5"]

        def hashed(*parts: str) -> str:
            return md5(":".join(parts).encode()).hexdigest()

        once, count = secrets.token_hex(8), "00000001"
        first = hashed(self.username, asked["realm"], self.password)
        answer = hashed(first, asked["nonce"], count, once, "auth", hashed(method, uri))
        opaque = f', opaque="{asked["opaque"]}"' if "opaque" in asked else ""
        return (f'Digest username="{self.username}", realm="{asked["realm"]}", nonce="{asked["nonce"]}", uri="{uri}", '
                f'response="{answer}", algorithm={asked.get("algorithm", "MD5")}, qop=auth, nc={count}, '
                f'cnonce="{once}"{opaque}')

    def _answered(self, message: Message) -> None:
        call_id, cseq = message.headers["call-id"], message.headers["cseq"].split()[0]
        dialog = self.calls.get(call_id)
        if dialog is not None and message.method == "INVITE" and message.status >= 200:
            self._acknowledge(dialog, message)
        if (inbox := self._answers.get(f"{call_id}/{cseq}")) is not None:
            inbox.put_nowait(message)

    def _acknowledge(self, dialog: Dialog, message: Message) -> None:
        was_target, was_remote = dialog.target, dialog.remote
        dialog.remote = message.headers["to"]
        if message.status < 300:
            dialog.target = message.headers["contact"].strip("<>").split(">")[0]
            dialog.up.set()
        self._send("ACK", dialog, {})
        if message.status >= 300:
            dialog.target, dialog.remote = was_target, was_remote
            if message.status not in (401, 407):
                dialog.over.set()

    def _asked(self, message: Message, addr: Address) -> None:
        if message.method == "ACK":
            return
        call_id = message.headers["call-id"]
        if message.method == "INVITE" and call_id not in self.calls:
            self._rings(message, addr)
            return
        self._reply(message, addr, "200 OK")
        if message.method in ("BYE", "CANCEL") and call_id in self.calls:
            dialog = self.calls[call_id]
            if message.method == "CANCEL" and dialog.request is not None:
                self._reply(dialog.request, addr, "487 Request Terminated")
            dialog.over.set()

    def _rings(self, message: Message, addr: Address) -> None:
        tag = f"{message.headers['to']};tag={secrets.token_hex(4)}"
        target = message.headers["contact"].strip("<>").split(">")[0]
        dialog = Dialog(message.headers["call-id"], target, tag, message.headers["from"], addr, request=message)
        self.calls[dialog.call_id] = dialog
        self.headers_of_rings.append(message)
        message.headers["to"] = tag
        self._reply(message, addr, "180 Ringing")
        if self.answers:
            self._reply(message, addr, "200 OK", self._sound())
            dialog.up.set()
        self.rung.set()

    def _reply(self, message: Message, addr: Address, status: str, body: str = "") -> None:
        kept = "".join(f"{name}: {message.headers[name.lower()]}\r\n" for name in ("From", "To", "Call-ID", "CSeq"))
        via = "".join(f"Via: {value}\r\n" for value in message.via)
        contact = f"Contact: {self._contact}\r\n"
        kind = "Content-Type: application/sdp\r\n" if body else ""
        text = f"SIP/2.0 {status}\r\n{via}{kept}{contact}{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        assert self._transport is not None
        self._transport.sendto(text.encode(), addr)
