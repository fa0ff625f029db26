"""RTP of one phone: says what it is given, 20 ms at a time, and keeps what it hears.

Sources: RFC 3550 (RTP), RFC 3551 (payload types), RFC 4733 (keys).
"""

import asyncio
import contextlib
import secrets
import struct
from collections import deque
from weakref import WeakKeyDictionary

import numpy as np

from demo.phone.sound import EVENTS, FRAME, PCMA, PCMU, RATE, Samples, decode, encode

TICK = 0.02
KEYS = "0123456789*#ABCD"
_KEY_TICKS, _KEY_ENDS, _PAUSE_TICKS = 8, 3, 4
_REMEMBERED = 30 * RATE


class Pacer:
    """One clock for all phones of a loop: every 20 ms, without drift."""

    _of: "WeakKeyDictionary[asyncio.AbstractEventLoop, Pacer]" = WeakKeyDictionary()

    def __init__(self) -> None:
        self._talking: set[Sound] = set()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def here(cls) -> "Pacer":
        """The one of the running loop."""
        return cls._of.setdefault(asyncio.get_running_loop(), cls())

    def join(self, sound: "Sound") -> None:
        """Tick for this phone, too."""
        self._talking.add(sound)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="pacer")

    def leave(self, sound: "Sound") -> None:
        """No more."""
        self._talking.discard(sound)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while self._talking:
            for sound in tuple(self._talking):
                sound.tick()
            due += TICK
            if loop.time() - due > 1.0:
                due = loop.time()  # the machine slept: don't say it all at once
            await asyncio.sleep(max(0.0, due - loop.time()))


class Sound(asyncio.DatagramProtocol):
    """What a phone says and hears in one call."""

    def __init__(self) -> None:
        self.codec = PCMA
        self.keys: list[str] = []
        self.received = 0
        self.loses_every = 0
        """Every so-manieth packet is lost on its way; 0: none."""
        self._transport: asyncio.DatagramTransport | None = None
        self._to: tuple[str, int] | None = None
        self._saying: deque[Samples] = deque()
        self._again: Samples | None = None
        self._pressing: deque[tuple[int, int]] = deque()
        self._heard: deque[Samples] = deque(maxlen=_REMEMBERED // FRAME)
        self._seq, self._stamp = secrets.randbelow(2**15), secrets.randbelow(2**31)
        self._source = secrets.randbelow(2**32)
        self._key_stamp = -1
        self._at, self._began = 0, 0

    async def open(self) -> int:
        """Take a port, and return it."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        return int(self._transport.get_extra_info("sockname")[1])

    def talk_to(self, address: tuple[str, int], codec: int) -> None:
        """Begin to send there."""
        self._to, self.codec = address, codec
        Pacer.here().join(self)

    def close(self) -> None:
        """Fall silent."""
        with contextlib.suppress(RuntimeError):
            Pacer.here().leave(self)
        if self._transport is not None:
            self._transport.close()

    def say(self, samples: Samples) -> None:
        """Say this once, after what is being said."""
        padded = np.pad(samples, (0, -len(samples) % FRAME))
        self._saying.extend(padded.reshape(-1, FRAME))

    def repeat(self, samples: Samples) -> None:
        """Say this again and again where nothing else is to be said; nothing at all: fall silent."""
        self._again = np.resize(samples, max(FRAME, len(samples) // FRAME * FRAME)) if len(samples) else None
        self._at = 0

    @property
    def is_saying(self) -> bool:
        """Whether something is left to be said."""
        return bool(self._saying)

    def press(self, keys: str) -> None:
        """Press these keys, one after the other."""
        for key in keys:
            code = KEYS.index(key.upper())
            self._pressing.extend((code, n) for n in range(_KEY_TICKS + _KEY_ENDS))
            self._pressing.extend((-1, 0) for _ in range(_PAUSE_TICKS))

    def heard(self, seconds: float) -> Samples:
        """What was heard last; no more than 30 s."""
        wanted = max(1, int(seconds * RATE) // FRAME)
        return np.concatenate([*list(self._heard)[-wanted:], np.zeros(0, np.int16)]).astype(np.int16)

    def forget(self) -> None:
        """What was heard so far is of no interest."""
        self._heard.clear()

    def tick(self) -> None:
        """Send 20 ms."""
        if self._to is None or self._transport is None or self._transport.is_closing():
            return
        if self._pressing and (event := self._pressing.popleft())[0] >= 0:
            self._send_key(*event)
        else:
            self._send(self.codec, encode(self._frame(), self.codec), marker=False, stamp=self._stamp)
        self._stamp = (self._stamp + FRAME) & 0xFFFFFFFF

    def _frame(self) -> Samples:
        if self._saying:
            return self._saying.popleft()
        if self._again is None:
            return np.zeros(FRAME, np.int16)
        start = self._at
        self._at = (start + FRAME) % len(self._again)
        return self._again[start : start + FRAME]

    def _send_key(self, code: int, n: int) -> None:
        if n == 0:
            self._began = self._stamp
        lasting = FRAME * min(n + 1, _KEY_TICKS)
        ends = n >= _KEY_TICKS
        self._send(EVENTS, struct.pack("!BBH", code, (0x80 if ends else 0) | 10, lasting), n == 0, self._began)

    def _send(self, kind: int, payload: bytes, marker: bool, stamp: int) -> None:
        self._seq = (self._seq + 1) & 0xFFFF
        if self.loses_every and self._seq % self.loses_every == 0:
            return
        head = struct.pack("!BBHII", 0x80, kind | (0x80 if marker else 0), self._seq, stamp, self._source)
        assert self._transport is not None
        self._transport.sendto(head + payload, self._to)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Whatever is no RTP of ours is passed over."""
        if len(data) < 12 or data[0] >> 6 != 2:
            return
        kind, stamp = data[1] & 0x7F, int.from_bytes(data[4:8], "big")
        payload = data[12 + 4 * (data[0] & 15) :]
        if kind in (PCMA, PCMU):
            self.received += 1
            self._heard.append(decode(payload, kind))
        elif kind == EVENTS and len(payload) >= 4 and payload[1] & 0x80 and stamp != self._key_stamp:
            self._key_stamp = stamp
            if payload[0] < len(KEYS):
                self.keys.append(KEYS[payload[0]])
