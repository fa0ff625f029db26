"""The doors over TLS, on the socket that `up` holds open; who speaks plain http there is told to come by https."""

import asyncio
import contextlib
import re
import socket
import ssl
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta

import structlog
import uvicorn

from switchroom.settings import Settings
from switchroom.storage.certificates import CertificateMissing, Certificates, CertificateUnusable, Pair

log = structlog.get_logger()
_FIRST_WORD_WITHIN = 10.0
_LOOK_EVERY = timedelta(hours=1)
_HELLO = 0x16
"""The first octet of every TLS connection: a handshake record (RFC 8446, 5.1)."""
_ASKED = re.compile(rb"^[A-Z]{1,10} (/[\x21-\x7e]*) HTTP/1\.[01]\r\n")
_HOST = re.compile(rb"\r\nHost:[ \t]*([A-Za-z0-9.:\[\]_-]{1,255})[ \t]*\r\n", re.IGNORECASE)


def pair_of(settings: Settings) -> Pair | None:
    """The certificate of the doors, renewed if it is our own and ends soon; None for plain http.

    Raises: CertificateMissing; CertificateUnusable.
    """
    if settings.certificate is not None:
        return Pair(settings.certificate, settings.key)
    if not settings.https:
        return None
    own = Certificates(settings.data)
    if not own.are_there:
        raise CertificateMissing(folder=settings.data)
    own.renew(datetime.now(UTC))
    return own.leaf


def context_of(pair: Pair) -> ssl.SSLContext:
    """Raises: CertificateUnusable."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    pair.load_into(context)
    return context


class SecureDoors(uvicorn.Server):
    """Takes connections by itself, so that one port can tell TLS from plain http."""

    def __init__(self, config: uvicorn.Config, settings: Settings, context: ssl.SSLContext) -> None:
        super().__init__(config)
        self._settings, self._context = settings, context
        self._at_work: set[asyncio.Task[None]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets=[])
        self._begin(self._keep_fresh())
        for door in sockets or ():
            door.setblocking(False)
            self._begin(self._accept(door))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody more, and let those who are here finish."""
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)
        await super().shutdown(sockets=sockets)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _accept(self, door: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                visitor, _ = await loop.sock_accept(door)
            except OSError as why:  # too many open files, for instance: others may leave
                log.warning("nobody can be let in now", why=str(why))
                await asyncio.sleep(0.5)
                continue
            self._begin(self._let_in(visitor))

    async def _let_in(self, visitor: socket.socket) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            visitor.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            async with asyncio.timeout(_FIRST_WORD_WITHIN):
                first = await _peek(visitor)
            if first == _HELLO:
                loop = asyncio.get_running_loop()
                await loop.connect_accepted_socket(self._protocol, visitor, ssl=self._context)
                return
            if first is not None:
                await _send_to_https(visitor)
        visitor.close()

    def _protocol(self) -> asyncio.Protocol:
        kind = self.config.http_protocol_class
        return kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[call-arg]

    async def _keep_fresh(self) -> None:
        """A certificate that was renewed, by us or by others, is shown to whoever comes from then on."""
        while True:
            await asyncio.sleep(_LOOK_EVERY.total_seconds())
            try:
                pair = pair_of(self._settings)
                assert pair is not None
                pair.load_into(self._context)
            except (CertificateMissing, CertificateUnusable) as why:
                log.error("the certificate can't be read again; the one before is shown", why=str(why))


async def _peek(visitor: socket.socket) -> int | None:
    """The first octet, left where it is; None if the visitor has gone."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(visitor.fileno(), readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(visitor.fileno())
    first = visitor.recv(1, socket.MSG_PEEK)
    return first[0] if first else None


async def _send_to_https(visitor: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(_FIRST_WORD_WITHIN):
        asked = await loop.sock_recv(visitor, 8192)
        path, host = _ASKED.match(asked), _HOST.search(asked)
        if path is None or host is None:
            return
        there = b"https://" + host[1] + path[1]
        body = b"This address speaks https: " + there + b"\n"
        await loop.sock_sendall(
            visitor,
            b"HTTP/1.1 307 Temporary Redirect\r\nLocation: " + there + b"\r\nContent-Type: text/plain\r\n"
            b"Content-Length: " + str(len(body)).encode() + b"\r\nConnection: close\r\n\r\n" + body,
        )
