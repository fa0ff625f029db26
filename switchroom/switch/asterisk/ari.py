"""The wire to Asterisk's REST interface: acts over a few kept connections, events over one WebSocket.

Acts are never repeated here: one whose answer was lost raises AriAnswerLost, and the caller looks at what came of it.
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec
import websockets.asyncio.client
import websockets.exceptions

from switchroom.switch.asterisk import heard
from switchroom.switch.asterisk.http import AnswerLost, Pool, Unreachable

Json = bool | int | float | str | None | list["Json"] | dict[str, "Json"]
Query = str | int | float | bool | None | tuple[str, ...] | list[str]
T = TypeVar("T")

QUIETED = (
    "ChannelVarset", "ChannelDialplan", "ChannelCallerId", "ChannelConnectedLine", "ChannelCreated", "BridgeCreated",
    "BridgeMerged", "PlaybackStarted", "PlaybackContinuing", "RecordingStarted", "ChannelUserevent",
    "BridgeVideoSourceChanged", "ChannelLeftBridge",
    "ChannelEnteredBridge", "BridgeDestroyed", "Dial", "ChannelHangupRequest",
)
"""Events that would come with every call and that nobody needs: what Dial tells, ChannelStateChange tells as well."""
REACH = "PeerStatusChange"
"""All that the application beside ours hears: it is subscribed to every phone, and would hear every call twice."""
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 2.0
_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


class AriError(Exception):
    """Asterisk did not do what was asked of it."""


class AriUnreachable(AriError):
    """Nothing was sent: Asterisk is not there."""


class AriAnswerLost(AriError):
    """It was asked, but no answer came: look up what came of it."""


class AriRefused(AriError):
    """Asterisk answered with an error status."""

    def __init__(self, status: int, said: str, asked: str) -> None:
        super().__init__(f"{asked}: {status} {said}")
        self.status = status
        self.said = said


class AriNotFound(AriRefused):
    """404: the channel, bridge, playback… is not there (any more)."""


class AriConflict(AriRefused):
    """409: it is there but not in a state for this: not in Stasis (yet), the id is taken already."""


@dataclass(frozen=True, slots=True)
class Connected:
    """Events come from now on; those before are lost."""


@dataclass(frozen=True, slots=True)
class Lost:
    """No events until the next Connected."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AriAccess:
    """Where Asterisk's HTTP server is and how to sign in; `url` as `http://127.0.0.1:8088`."""

    url: str
    user: str
    password: str
    app: str = "switchroom"

    @property
    def reach_app(self) -> str:
        """The application that hears which phones can be reached."""
        return f"{self.app}-reach"

    @property
    def host(self) -> str:
        """Host of the URL."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """Port of the URL."""
        return urlsplit(self.url).port or 80

    @property
    def authorization(self) -> str:
        """The header's value."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()


class AriClient:
    """One Asterisk. Cheap to make; connections are opened as they are needed."""

    def __init__(self, access: AriAccess, *, connections: int = 12, within: float = 5.0) -> None:
        self.access = access
        self._within = within
        self._pool = Pool(access.host, access.port, connections)
        self._head = f" HTTP/1.1\r\nHost: {access.host}\r\nAuthorization: {access.authorization}\r\n"
        self._bare = self._head + "Content-Length: 0\r\n\r\n"

    async def get(self, *path: str, within: float | None = None, **query: Query) -> Json:
        """What is at this path, each part of it given by itself. Asked once more if the answer was lost.

        Raises: AriError and its kinds, as every act does.
        """
        return _json(await self._read(path, query, within))

    async def read(self, kind: type[T], *path: str, within: float | None = None, **query: Query) -> T:
        """As `get`, decoded into a type."""
        return msgspec.json.decode(await self._read(path, query, within), type=kind)

    async def raw(self, *path: str, within: float | None = None, **query: Query) -> bytes:
        """As `get`, the bytes themselves: a recording's file."""
        return await self._read(path, query, within)

    async def post(self, *path: str, body: Json = None, within: float | None = None, **query: Query) -> Json:
        """POST; parameters go as query, or as `body` if there are channel variables among them."""
        return _json(await self._act("POST", path, query, body, within))

    async def put(self, *path: str, body: Json = None, within: float | None = None, **query: Query) -> Json:
        """PUT."""
        return _json(await self._act("PUT", path, query, body, within))

    async def delete(self, *path: str, within: float | None = None, **query: Query) -> Json:
        """DELETE."""
        return _json(await self._act("DELETE", path, query, None, within))

    def close(self) -> None:
        """Drop all connections for acts; `events` ends by itself when its reader stops."""
        self._pool.close()

    async def events(self) -> AsyncIterator[heard.Event | Connected | Lost]:
        """Everything that Asterisk reports for our application, for ever, with Connected and Lost between.

        It reconnects by itself, at first at once, then every 2 s. A second listener for the same application takes
        over from us; we then hear ApplicationReplaced and end.
        """
        wait = _FIRST_WAIT
        while True:
            why = "Asterisk is not there."
            try:
                async with self._socket() as socket:
                    wait = _FIRST_WAIT
                    await self._quiet()
                    yield Connected()
                    async for message in socket:
                        event = heard.decode(message)
                        yield event
                        if isinstance(event, heard.ApplicationReplaced):
                            return
                why = "Asterisk closed the connection."
            except (OSError, TimeoutError, websockets.exceptions.WebSocketException, AriError) as error:
                why = str(error) or type(error).__name__
            yield Lost(why)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    def _socket(self) -> websockets.asyncio.client.connect:
        access = self.access
        query = urlencode({"app": f"{access.app},{access.reach_app}"})
        address = f"ws://{access.host}:{access.port}/ari/events?{query}"
        return websockets.asyncio.client.connect(
            address, additional_headers={"Authorization": access.authorization}, compression=None, proxy=None,
            max_size=None, max_queue=4096, open_timeout=5, ping_interval=5, ping_timeout=10, close_timeout=1,
        )

    async def _quiet(self) -> None:
        disallowed: Json = {"disallowed": [{"type": name} for name in QUIETED]}
        await self.put("applications", self.access.app, "eventFilter", body=disallowed)
        allowed: Json = {"allowed": [{"type": REACH}]}
        await self.put("applications", self.access.reach_app, "eventFilter", body=allowed)

    async def _read(self, path: tuple[str, ...], query: Mapping[str, Query], within: float | None) -> bytes:
        try:
            return await self._act("GET", path, query, None, within)
        except AriAnswerLost:
            return await self._act("GET", path, query, None, within)

    async def _act(
        self, method: str, path: tuple[str, ...], query: Mapping[str, Query], body: Json, within: float | None,
    ) -> bytes:
        target = _target(path, query)
        request = f"{method} {target}{self._bare}".encode() if body is None else self._with_body(method, target, body)
        try:
            answer = await self._pool.send(request, within or self._within)
        except Unreachable as why:
            raise AriUnreachable(f"{method} {target}: {why}") from why
        except AnswerLost as why:
            raise AriAnswerLost(f"{method} {target}: {why}") from why
        if answer.status >= 300:
            raise _refusal(answer.status, answer.body, f"{method} {target}")
        return answer.body

    def _with_body(self, method: str, target: str, body: Json) -> bytes:
        data = msgspec.json.encode(body)
        kind = "Content-Type: application/json\r\n"
        return f"{method} {target}{self._head}{kind}Content-Length: {len(data)}\r\n\r\n".encode() + data


def _target(path: tuple[str, ...], query: Mapping[str, Query]) -> str:
    target = "/ari"
    for part in path:
        target += f"/{_escaped(part)}"
    if query:
        given = {name: _plain(value) for name, value in query.items() if value is not None}
        target += "?" + "&".join(f"{name}={_escaped(value)}" for name, value in given.items())
    return target


def _escaped(text: str) -> str:
    return text if _SAFE.issuperset(text) else quote(text, safe="")


def _plain(value: Query) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple | list) else str(value)


def _json(body: bytes) -> Json:
    decoded: Json = msgspec.json.decode(body) if body else None
    return decoded


def _refusal(status: int, body: bytes, asked: str) -> AriRefused:
    try:
        decoded = msgspec.json.decode(body)
        said = str(decoded.get("message") or decoded.get("error") or decoded) if isinstance(decoded, dict) else ""
    except msgspec.DecodeError:
        said = body[:200].decode(errors="replace")
    if status == 422 and "not in Stasis" in said:  # so a bridge says what a channel says by 409
        return AriConflict(status, said, asked)
    kind = {404: AriNotFound, 409: AriConflict}.get(status, AriRefused)
    return kind(status, said, asked)
