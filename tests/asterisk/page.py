"""The phone of one page, as far as signing in goes: SIP over our own WebSocket."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets import Subprotocol
from websockets.asyncio.client import ClientConnection, connect

from demo.phone.sip import Message, parse, proof
from tests.asterisk.real_house import Door


class Page:
    """Asks as whoever it wishes; the password that it proves is the account's."""

    def __init__(self, socket: ClientConnection, account: dict[str, Any]) -> None:
        self.socket = socket
        self.account = account
        self._cseq = 0
        self._call = secrets.token_hex(8)

    async def ask(self, method: str, sender: str, **more: str) -> Message:
        """A request, and its final answer; a password is proven if asked for."""
        answer = await self._exchange(method, sender, dict(more))
        if answer.status in (401, 407):
            challenge = answer.header("www-authenticate") or answer.header("proxy-authenticate")
            name = "authorization" if answer.status == 401 else "proxy-authorization"
            target = more.get("target", "sip:switchroom")
            given = proof(method, target, self.account["device"], self.account["password"], challenge)
            answer = await self._exchange(method, sender, {**more, name: given})
        return answer

    async def _exchange(self, method: str, sender: str, more: dict[str, str]) -> Message:
        self._cseq += 1
        address, target = f"<sip:{sender}@switchroom>", more.pop("target", "sip:switchroom")
        message = Message(f"{method} {target} SIP/2.0", {
            "via": [f"SIP/2.0/WS p.invalid;branch=z9hG4bK{secrets.token_hex(6)}"], "max-forwards": ["70"],
            "from": [f"{address};tag=1"], "to": [address], "call-id": [self._call], "cseq": [f"{self._cseq} {method}"],
            "contact": [f"<sip:{sender}@p.invalid;transport=ws>"], **{k: [v] for k, v in more.items()},
        })  # fmt: skip
        await self.socket.send(message.encoded().decode())
        async with asyncio.timeout(10):
            while True:
                told = await self.socket.recv()
                if not told.strip():
                    continue  # a keep-alive
                answer = parse(told if isinstance(told, bytes) else told.encode())
                if answer.status >= 200 and answer.cseq == self._cseq:
                    return answer


@asynccontextmanager
async def page_of(door: Door, page: str | None = None, origin: str | None = None) -> AsyncIterator[Page]:
    """A page with a line, a new one unless it is named; as if it came from `origin`, if that is given."""
    account = await door.get("phone")
    base = str(door.client.base_url)
    cookie = "; ".join(f"{name}={value}" for name, value in door.client.cookies.items())
    address = base.replace("http", "ws") + account["path"] + f"?page={page or secrets.token_hex(8)}"
    async with connect(
        address, subprotocols=[Subprotocol("sip")], additional_headers={"Cookie": cookie},
        origin=origin or base.rstrip("/"),  # type: ignore[arg-type]
    ) as socket:
        yield Page(socket, account)


async def closed_with(socket: ClientConnection) -> int:
    """The code with which it is closed, waited for."""
    async with asyncio.timeout(10):
        await socket.wait_closed()
    return socket.close_code or 0
