"""SIP messages: read, written, and proof of a password. Sources: RFC 3261, RFC 2617, RFC 8760 (SHA-256)."""

import hashlib
import ipaddress
import re
import secrets
from dataclasses import dataclass, field

_SHORT = {
    "v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length", "c": "content-type"
}  # fmt: skip


class NotSip(ValueError):
    """The datagram is none that we understand."""


@dataclass(slots=True)
class Message:
    """A request or a response. Headers by lower-case name, each with all its values in order."""

    first: str
    headers: dict[str, list[str]] = field(default_factory=dict)
    body: str = ""

    @property
    def status(self) -> int:
        """Of a response; 0 for a request."""
        return int(self.first.split(" ", 2)[1]) if self.first.startswith("SIP/2.0 ") else 0

    @property
    def method(self) -> str:
        """Of the request, or of the request that is answered."""
        return self.header("cseq").split()[1]

    @property
    def cseq(self) -> int:
        """Number of the request."""
        return int(self.header("cseq").split()[0])

    def header(self, name: str) -> str:
        """The first value; empty if there is none."""
        return next(iter(self.headers.get(name, ())), "")

    def encoded(self) -> bytes:
        """As it is sent."""
        lines = [f"{name.title()}: {value}" for name, values in self.headers.items() for value in values]
        lines.append(f"Content-Length: {len(self.body.encode())}")
        return "\r\n".join((self.first, *lines, "", self.body)).encode()


def parse(data: bytes) -> Message:
    """Raises: NotSip."""
    try:
        head, _, body = data.decode().partition("\r\n\r\n")
    except UnicodeDecodeError as why:
        raise NotSip(str(why)) from None
    first, *lines = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")
    message = Message(first, body=body)
    for line in lines:
        name, _, value = line.partition(":")
        key = name.strip().lower()
        key = _SHORT.get(key, key)
        if key != "content-length":
            message.headers.setdefault(key, []).append(value.strip())
    _check(message)
    return message


def _check(message: Message) -> None:
    numbered = re.fullmatch(r"[0-9]{1,10}\s+[A-Z]+", message.header("cseq"))
    needed = all(message.header(name) for name in ("call-id", "from", "to", "via"))
    shaped = re.match(r"^(SIP/2\.0 [1-6]\d\d\b|[A-Z]+ \S+ SIP/2\.0$)", message.first)
    if not (numbered and needed and shaped):
        raise NotSip(message.first[:80])


def uri_of(contact: str) -> str:
    """The address in a Contact, From or To."""
    found = re.search(r"<([^>]+)>", contact)
    return found[1] if found else contact.split(";", maxsplit=1)[0].strip()


def proof(method: str, uri: str, username: str, password: str, challenge: str) -> str:
    """The Authorization that answers a challenge, with qop=auth."""
    asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    algorithm = asked.get("algorithm", "MD5")
    make = hashlib.sha256 if algorithm.upper() == "SHA-256" else hashlib.md5

    def hashed(*parts: str) -> str:
        return make(":".join(parts).encode()).hexdigest()

    once, count = secrets.token_hex(8), "00000001"
    secret, what = hashed(username, asked.get("realm", ""), password), hashed(method, uri)
    response = hashed(secret, asked.get("nonce", ""), count, once, "auth", what)
    opaque = f', opaque="{asked["opaque"]}"' if "opaque" in asked else ""
    return (
        f'Digest username="{username}", realm="{asked.get("realm", "")}", nonce="{asked.get("nonce", "")}", '
        f'uri="{uri}", response="{response}", algorithm={algorithm}, qop=auth, nc={count}, cnonce="{once}"{opaque}'
    )


def offer(port: int, codecs: tuple[int, ...], direction: str = "sendrecv") -> str:
    """Our session description. Source: RFC 4566."""
    names = {0: "PCMU", 8: "PCMA"}
    maps = "".join(f"a=rtpmap:{codec} {names[codec]}/8000\r\n" for codec in codecs)
    kinds = " ".join(map(str, (*codecs, 101)))
    number = secrets.randbelow(2**31)
    return (
        f"v=0\r\no=- {number} {number} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        f"m=audio {port} RTP/AVP {kinds}\r\n{maps}a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"
        f"a=ptime:20\r\na={direction}\r\n"
    )


def answer_of(body: str, ours: tuple[int, ...]) -> tuple[tuple[str, int], int] | None:
    """Where to send sound, and in which codec; None if nothing fits, or nobody could send there."""
    host = re.search(r"^c=IN IP4 ([0-9.]{7,15})\s*$", body, re.MULTILINE)
    media = re.search(r"^m=audio ([0-9]{1,5}) \S+ ([0-9 ]+)", body, re.MULTILINE)
    if host is None or media is None or not (_is_address(host[1]) and 0 < int(media[1]) < 65536):
        return None
    known = {str(codec): codec for codec in ours}
    codec = next((known[kind] for kind in media[2].split() if kind in known), None)
    return None if codec is None else ((host[1], int(media[1])), codec)


def _is_address(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True
