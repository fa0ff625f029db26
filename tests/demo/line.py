"""A telephone line that loses datagrams: stands between two phones, so that repetitions are needed."""

import asyncio
from collections.abc import Callable

Address = tuple[str, int]
Loses = Callable[[bytes, int], bool]
"""Whether this datagram, the so-many-th of its first words, gets lost."""


class Line(asyncio.DatagramProtocol):
    """Passes on from whoever speaks first to `far`, and back."""

    def __init__(self, far: Address, loses: Loses) -> None:
        self._far, self._loses = far, loses
        self._near: Address | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self.seen: dict[bytes, int] = {}
        """How often each kind of datagram was sent, by its method or its status."""

    async def open(self) -> Address:
        """Where the near phone must send to."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        return "127.0.0.1", int(self._transport.get_extra_info("sockname")[1])

    def close(self) -> None:
        """Cut."""
        if self._transport is not None:
            self._transport.close()

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Lose it or pass it on."""
        if addr != self._far:
            self._near = addr
        kind = b" ".join(data.split(b" ", 2)[:2]) if data.startswith(b"SIP/") else data.split(b" ", 1)[0]
        self.seen[kind] = self.seen.get(kind, 0) + 1
        to = self._near if addr == self._far else self._far
        if self._transport is not None and to is not None and not self._loses(kind, self.seen[kind]):
            self._transport.sendto(data, to)
