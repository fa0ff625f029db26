"""Sound for SIPp's calls, counted: a process of its own that sends and takes RTP for both ends of many calls.

`python -m bench.pump CALLS PORT ADDRESS...` binds, at each address, the ports that SIPp's `[auto_media_port]` names.
Each port begins to send when it first hears something, so that it knows where to. A line on standard input is answered
by one of JSON: for each address how many ports hear, how many packets were sent and how many came. Its end is the end.
"""

import json
import os
import select
import socket
import struct
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

PORTS_APART = 4
"""Of SIPp's `[auto_media_port]`."""
_EVERY, _PARTS = 0.02, 4
"""A packet each 20 ms; a part of the calls every 5 ms, as they don't all speak at once."""
_SAMPLES, _PCMA, _SILENCE = 160, 8, b"\xd5" * 160


@dataclass(slots=True)
class Ear:
    """One end of one call."""

    address: str
    link: socket.socket
    knows: bool = False
    sent: int = 0
    came: int = 0

    def hear(self) -> None:
        """Take one packet; the first one tells where to send."""
        if self.knows:
            self.link.recv(2048)
        else:
            _, peer = self.link.recvfrom(2048)
            self.link.connect(peer)
            self.knows = True
        self.came += 1

    def speak(self) -> None:
        """Send one packet. Source of its head: RFC 3550, 5.1."""
        head = struct.pack("!BBHII", 0x80, _PCMA, self.sent & 0xFFFF, (self.sent * _SAMPLES) & 0xFFFFFFFF, 7)
        try:
            self.link.send(head + _SILENCE)
        except OSError:
            return  # nobody is there any more: the call is over
        self.sent += 1


def opened(calls: int, first: int, addresses: Sequence[str]) -> list[Ear]:
    """An ear for each end of each call."""
    ears = []
    for address in addresses:
        for number in range(calls):
            link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            link.setblocking(False)
            link.bind((address, first + PORTS_APART * number))
            ears.append(Ear(address, link))
    return ears


def told(ears: Sequence[Ear]) -> dict[str, dict[str, int]]:
    """The counts of each address."""
    counts: dict[str, dict[str, int]] = {}
    for ear in ears:
        count = counts.setdefault(ear.address, {"hear": 0, "sent": 0, "came": 0})
        count["hear"] += ear.knows
        count["sent"] += ear.sent
        count["came"] += ear.came
    return counts


def pump(ears: Sequence[Ear]) -> None:
    """Send and take until standard input ends."""
    by_handle = {ear.link.fileno(): ear for ear in ears}
    poll = select.epoll()
    for handle in (*by_handle, sys.stdin.fileno()):
        poll.register(handle, select.EPOLLIN)
    due, part = time.monotonic(), 0
    while True:
        for handle, _ in poll.poll(max(0.0, due - time.monotonic())):
            if handle in by_handle:
                _heard(by_handle[handle])
            elif not _asked(ears):
                return
        if time.monotonic() >= due:
            for ear in ears[part::_PARTS]:
                if ear.knows:
                    ear.speak()
            due, part = due + _EVERY / _PARTS, (part + 1) % _PARTS


def _heard(ear: Ear) -> None:
    try:
        ear.hear()
    except OSError:
        return  # an answer of ICMP's: the call is over


def _asked(ears: Sequence[Ear]) -> bool:
    if not os.read(sys.stdin.fileno(), 100):
        return False
    sys.stdout.write(json.dumps(told(ears)) + "\n")
    sys.stdout.flush()
    return True


if __name__ == "__main__":
    pump(opened(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
