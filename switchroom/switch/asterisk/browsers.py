"""Phones in browsers: made just in time through ARI, reached over Asterisk's own WebSocket."""

from collections.abc import AsyncIterator
from dataclasses import replace

import websockets.asyncio.client
import websockets.exceptions

from switchroom.domain.identity import DeviceId
from switchroom.switch.asterisk.ari import AriClient, AriError, AriNotFound
from switchroom.switch.asterisk.description import Device, StaticExtension, SwitchDescription
from switchroom.switch.asterisk.pjsip import PjsipObject, device_objects
from switchroom.switch.port import SwitchLost
from switchroom.switch.sip import LARGEST, reached_at

_OPENS_WITHIN = 5.0
CODECS = ("opus", "alaw", "ulaw")


class AsteriskPhones:
    """Implements `BrowserPhones`. What was made is lost with Asterisk's process, and made again for the next line."""

    def __init__(self, base: SwitchDescription, ari: AriClient) -> None:
        self._base = base
        self._ari = ari

    async def open_line(self, device: DeviceId, password: str, number: str) -> "Line":
        """Raises: SwitchLost."""
        made = Device(name=device, password=password, codecs=CODECS, browser=True)
        extensions = (StaticExtension(number=number, devices=(device,)),) if number else ()
        try:
            for thing in device_objects(made, replace(self._base, extensions=extensions)):
                await self._make(thing)
            return Line(await self._connect(), self._base.bind if self._base.loops_back else None)
        except (AriError, OSError, TimeoutError, websockets.exceptions.WebSocketException) as why:
            raise SwitchLost(str(why)) from why

    async def _make(self, thing: PjsipObject) -> None:
        """What is there already is left alone, where it can be.

        An endpoint with `set_var` can't be changed, only replaced. An address of record that is written anew while a
        phone is registered there is taken for reachable ever after, whatever becomes of that phone.
        """
        path = ("asterisk", "config", "dynamic", "res_pjsip", thing.kind, thing.name)
        wanted = thing.attributes()
        there = None if thing.kind == "auth" else await self._there(path)
        if there is not None:
            if thing.kind == "aor" or _number(there) == _number(wanted):
                return
            await self._ari.delete(*path)
        await self._ari.put(*path, body={"fields": [dict(field) for field in wanted]})

    async def _there(self, path: tuple[str, ...]) -> list[dict[str, str]] | None:
        try:
            return await self._ari.read(list[dict[str, str]], *path)
        except AriNotFound:
            return None

    async def _connect(self) -> websockets.asyncio.client.ClientConnection:
        return await websockets.asyncio.client.connect(
            f"ws://127.0.0.1:{self._base.ports.http}/ws", subprotocols=[websockets.Subprotocol("sip")],
            compression=None, proxy=None, max_size=LARGEST, open_timeout=_OPENS_WITHIN, ping_interval=None,
            close_timeout=1,
        )


def _number(fields: list[dict[str, str]]) -> str:
    """That an endpoint shows."""
    return next((field["value"] for field in fields if field["attribute"] == "callerid"), "").strip("<>")


class Line:
    """One WebSocket to Asterisk, which sounds at `address` alone if that is given."""

    def __init__(self, socket: websockets.asyncio.client.ClientConnection, address: str | None) -> None:
        self._socket = socket
        self._address = address

    async def send(self, message: str) -> None:
        """Raises: SwitchLost."""
        try:
            await self._socket.send(message)
        except websockets.exceptions.ConnectionClosed as why:
            raise SwitchLost(str(why)) from why

    async def messages(self) -> AsyncIterator[str]:
        """Until either side closes."""
        try:
            async for message in self._socket:
                told = message if isinstance(message, str) else message.decode(errors="replace")
                yield reached_at(told, self._address) if self._address else told
        except websockets.exceptions.ConnectionClosed:
            return

    async def close(self) -> None:
        """Close."""
        await self._socket.close()
