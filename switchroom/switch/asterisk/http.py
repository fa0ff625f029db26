"""A small HTTP/1.1 client for one server: kept connections, a request on each at a time, each with a deadline."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import cast

import httptools

# Asterisk closes a connection that rests for 30 s; a request sent at that very moment would be lost.
_RESTS_AT_MOST = 20.0
_CONNECT_WITHIN = 3.0


class Unreachable(Exception):
    """The request was not sent: there is no connection."""


class AnswerLost(Exception):
    """The request was sent; whether it was carried out is not known."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int = 0
    parts: list[bytes] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The whole body."""
        return self.parts[0] if len(self.parts) == 1 else b"".join(self.parts)


class Connection(asyncio.Protocol):
    """One connection. The pool gives it a request only when it rests."""

    __slots__ = ("_answer", "_loop", "_parser", "_pool", "_transport", "_waiter", "deadline", "rested_since")

    def __init__(self, pool: "Pool", loop: asyncio.AbstractEventLoop) -> None:
        self._pool = pool
        self._loop = loop
        self._parser = httptools.HttpResponseParser(self)
        self._answer = Answer()
        self._waiter: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None
        self.rested_since = 0.0
        self.deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are of no class of asyncio's

    @property
    def alive(self) -> bool:
        """Whether a request can be sent."""
        return self._transport is not None and not self._transport.is_closing()

    def send(self, request: bytes, within: float) -> asyncio.Future[Answer]:
        """Send; the future holds the answer, or AnswerLost. Cancelling it leaves the answer to be thrown away."""
        assert self._transport is not None
        self._waiter = self._loop.create_future()
        self._answer = Answer()
        self.deadline = self._loop.call_later(within, self._too_late)
        self._transport.write(request)
        return self._waiter

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as why:
            self._lose(f"The answer can't be read: {why}.")

    def on_body(self, part: bytes) -> None:
        """A piece of the body; called by the parser, as is `on_message_complete`."""
        self._answer.parts.append(part)

    def on_message_complete(self) -> None:
        """The answer is whole."""
        if self.deadline is not None:
            self.deadline.cancel()
        waiter, self._waiter = self._waiter, None
        answer = self._answer
        answer.status = self._parser.get_status_code()
        if not self._parser.should_keep_alive():
            self.close()
        self._pool.take_back(self)
        if waiter is not None and not waiter.done():
            waiter.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        self._lose(f"The connection broke: {exc}." if exc else "The connection was closed.")

    def close(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    def _too_late(self) -> None:
        self._lose("No answer came in time.")

    def _lose(self, why: str) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
        self.close()
        self._pool.forget(self)
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_exception(AnswerLost(why))


class Pool:
    """At most `size` connections to one server; who finds none free waits in line."""

    def __init__(self, host: str, port: int, size: int) -> None:
        self._host, self._port, self._size = host, port, size
        self._resting: list[Connection] = []
        self._all: set[Connection] = set()
        self._opening = 0
        self._line: deque[asyncio.Future[None]] = deque()

    async def send(self, request: bytes, within: float) -> Answer:
        """The answer to a request. `within` is in seconds, the wait for a free connection included.

        Raises: Unreachable (nothing was sent); AnswerLost (it was, the answer never came).
        """
        if (resting := self._take()) is not None:
            return await resting.send(request, within)
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        try:
            async with asyncio.timeout_at(until):
                connection = await self._wait_for_one()
        except TimeoutError:
            raise Unreachable("All connections were busy for too long.") from None
        return await connection.send(request, max(0.001, until - loop.time()))

    def close(self) -> None:
        """Close all connections; requests on their way end with AnswerLost."""
        for connection in list(self._all):
            connection.close()

    def take_back(self, connection: Connection) -> None:
        """A connection that has done its request."""
        if not connection.alive:
            self.forget(connection)
            return
        connection.rested_since = asyncio.get_running_loop().time()
        self._resting.append(connection)
        self._call_next()

    def forget(self, connection: Connection) -> None:
        """A connection that is gone."""
        self._all.discard(connection)
        if connection in self._resting:
            self._resting.remove(connection)
        self._call_next()

    def _take(self) -> Connection | None:
        """A resting connection, the one used last first; those that rested too long are closed."""
        while self._resting:
            connection = self._resting.pop()
            if connection.alive and asyncio.get_running_loop().time() - connection.rested_since < _RESTS_AT_MOST:
                return connection
            self._all.discard(connection)
            connection.close()
        return None

    async def _wait_for_one(self) -> Connection:
        while True:
            if (connection := self._take()) is not None:
                return connection
            if len(self._all) + self._opening < self._size:
                return await self._open()
            turn = asyncio.get_running_loop().create_future()
            self._line.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                self._leave_line(turn)
                raise

    def _leave_line(self, turn: asyncio.Future[None]) -> None:
        if turn in self._line:
            self._line.remove(turn)
        else:
            self._call_next()  # our turn had come: it must not be lost with us

    def _call_next(self) -> None:
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    async def _open(self) -> Connection:
        loop = asyncio.get_running_loop()
        self._opening += 1
        try:
            async with asyncio.timeout(_CONNECT_WITHIN):
                _, connection = await loop.create_connection(lambda: Connection(self, loop), self._host, self._port)
        except (OSError, TimeoutError) as why:
            self._call_next()
            raise Unreachable(str(why) or "The connection was not made in time.") from why
        finally:
            self._opening -= 1
        self._all.add(connection)
        return connection
