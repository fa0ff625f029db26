"""What every request passes first: is it meant for us, is it small enough, and what may the answer be used for?"""

import ipaddress
from collections.abc import Sequence
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from switchroom.api.errors import Problem, answer

LARGEST_BODY = 1024 * 1024
LARGEST_UPLOAD = 25 * 1024 * 1024
_UPLOADS = ("/sound", "/photo", "/photos")
_OF_ALL = {"X-Content-Type-Options": "nosniff"}
_OF_DOCUMENTS = {
    **_OF_ALL,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_PARTS = ("text/javascript", "text/css", "font/")
"""Kinds that are no documents, whoever opens them: a browser heeds nothing else of the policies there."""


class TooLarge(Exception):
    """The body grew beyond what is taken."""


class Guard:
    """Refuses foreign names (DNS rebinding) and endless bodies; adds the headers of our pages."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts) | {"localhost", "testserver"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if not self._is_ours(Headers(scope=scope).get("host", "")):
            await self._refuse(scope, receive, send)
            return
        await self._guarded(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return name.lower() in self._hosts
        return True

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        problem = Problem(
            code="access.foreign_name",
            en="This address is not known here. Name it at the start: SWITCHROOM_HOSTS.",
            ru="Этот адрес здесь не известен. Укажите его при запуске: SWITCHROOM_HOSTS.",
        )
        await answer(421, problem)(scope, receive, send)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = LARGEST_UPLOAD if scope["path"].endswith(_UPLOADS) else LARGEST_BODY
        taken, refused = 0, False

        async def count() -> Message:
            nonlocal taken, refused
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                refused = True
                raise TooLarge
            return message

        async def mark(message: Message) -> None:
            if refused:
                return  # what the door makes of the broken-off body is of no interest
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                part = headers.get("content-type", "").startswith(_PARTS)
                for name, value in (_OF_ALL if part else _OF_DOCUMENTS).items():
                    headers.setdefault(name, value)
            await send(message)

        with suppress(TooLarge):
            await self._app(scope, count if scope["type"] == "http" else receive, mark)
        if refused:
            await _too_large(most)(scope, receive, send)


def _too_large(most: int) -> ASGIApp:
    megabytes = most // 1024 // 1024
    problem = Problem(
        code="request.too_large", en=f"More than {megabytes} MB are not taken here.", ru=f"Не больше {megabytes} МБ."
    )
    return answer(413, problem)
