"""What an act costs us beyond a bare client, against the same running Asterisk: `python -m bench.ari_acts [acts]`.

Both ask `GET /ari/asterisk/ping` one after the other over one kept connection. The bare client writes a request made
beforehand and reads until the answer's last byte; ours makes the request, keeps the deadline, parses, decodes, tells
errors apart. Rounds alternate, so that whatever else the machine does burdens both; the median round counts.
"""

import asyncio
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop

from switchroom.switch.asterisk.ari import AriAccess, AriClient
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.fetch import fetch_asterisk
from switchroom.switch.asterisk.keeper import Keeper, access_of
from switchroom.switch.asterisk.ports import ports_for
from switchroom.switch.asterisk.writer import write

CACHE = Path(__file__).parents[1] / ".cache" / "asterisk"
ROUNDS = 9
MICRO = 1e6
Cost = tuple[float, float]
"""Wall clock and processor time of an act, in microseconds."""


async def cost_of(act: Callable[[], Awaitable[object]], acts: int) -> Cost:
    """The mean cost of an act over one round."""
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(acts):
        await act()
    return (time.perf_counter() - wall) / acts * MICRO, (time.process_time() - processor) / acts * MICRO


class BareClient:
    """As little as can be: one socket, one request."""

    def __init__(self, access: AriAccess) -> None:
        self._address = (access.host, access.port)
        self._request = (f"GET /ari/asterisk/ping HTTP/1.1\r\nHost: {access.host}\r\n"
                         f"Authorization: {access.authorization}\r\n\r\n").encode()
        self._socket = socket.socket()

    async def open(self) -> None:
        """Connect."""
        self._socket.setblocking(False)
        await asyncio.get_running_loop().sock_connect(self._socket, self._address)

    async def ping(self) -> bytes:
        """One request and its answer."""
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._socket, self._request)
        answer = b""
        while not answer.endswith(b"}"):
            answer += await loop.sock_recv(self._socket, 65536)
        return answer

    def close(self) -> None:
        """Disconnect."""
        self._socket.close()


async def measure(access: AriAccess, acts: int) -> tuple[Cost, Cost]:
    """The median round of the bare client and of ours."""
    bare, ours = BareClient(access), AriClient(access)
    await bare.open()

    async def ping() -> object:
        return await ours.get("asterisk", "ping")

    await cost_of(bare.ping, acts // 4)
    await cost_of(ping, acts // 4)
    rounds = [(await cost_of(bare.ping, acts), await cost_of(ping, acts)) for _ in range(ROUNDS)]
    bare.close()
    ours.close()
    return _median([one for one, _ in rounds]), _median([other for _, other in rounds])


def _median(costs: list[Cost]) -> Cost:
    return statistics.median(wall for wall, _ in costs), statistics.median(processor for _, processor in costs)


async def side_by_side(acts: int) -> str:
    """Start an Asterisk, measure, end it; the table."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "one"
        description = SwitchDescription(
            root=fetch_asterisk(CACHE), folder=own, ports=ports_for(own), ari_password="of-the-bench")
        write(description)
        keeper = Keeper(description)
        await keeper.up()
        try:
            bare, ours = await measure(access_of(description), acts)
        finally:
            await keeper.stop()
    lines = [f"{'':8}{'bare':>9}{'ours':>9}{'beyond':>9}{'ratio':>7}   (µs per act, {acts} acts × {ROUNDS} rounds)"]
    for name, one, other in (("wall", bare[0], ours[0]), ("CPU", bare[1], ours[1])):
        lines.append(f"{name:8}{one:9.1f}{other:9.1f}{other - one:9.1f}{other / one:7.2f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(runner.run(side_by_side(acts)) + "\n")


if __name__ == "__main__":
    main()
