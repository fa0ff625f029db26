"""Who fails to sign in, from Asterisk's security log; and addresses that are not let in, as an ACL."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from switchroom.switch.asterisk.ari import AriClient, AriError
from switchroom.switch.port import SignInTry, SwitchLost

LOCKED_OUT = "locked-out.conf"
EVERY = 1.0
"""Seconds between two looks at the log."""
_MOST_AT_ONCE = 1_000_000
_EVENT = re.compile(r'SecurityEvent="(\w+)"')
_REMOTE = re.compile(r'RemoteAddress="IPV[46]/\w+/([0-9A-Fa-f.:]+)/\d+"')
_WRONG = frozenset({"ChallengeResponseFailed", "InvalidPassword", "InvalidAccountID"})
_RIGHT = frozenset({"SuccessfulAuth"})


class AsteriskDoorkeeper:
    """Implements `Doorkeeper`. `folder` is the instance's; what is locked is read again by a new process, too."""

    def __init__(self, folder: Path, ari: AriClient) -> None:
        self._log = folder / "log" / "security.json"
        self._etc = folder / "etc"
        self._ari = ari
        self._locked: set[str] = set()
        self._told: frozenset[str] | None = None
        """What the switch has read; None: nobody knows."""

    async def tries(self) -> AsyncIterator[SignInTry]:
        """From now on, for ever."""
        tail = _Tail(self._log)
        while True:
            for line in await asyncio.to_thread(tail.read):
                told = read_try(line)
                if told is not None:
                    yield told
            await asyncio.sleep(EVERY)

    async def lock(self, address: str) -> None:
        """Raises: SwitchLost."""
        self._locked.add(address)
        await self._tell()

    async def unlock(self, address: str) -> None:
        """Raises: SwitchLost."""
        self._locked.discard(address)
        await self._tell()

    async def _tell(self) -> None:
        """Write the list and have it read; what is read already is left alone."""
        wanted = frozenset(self._locked)
        if wanted == self._told:
            return
        await asyncio.to_thread(self._write, wanted)
        try:
            await self._ari.put("asterisk", "modules", "res_pjsip.so", within=30.0)
        except AriError as why:
            raise SwitchLost(str(why)) from why
        self._told = wanted

    def _write(self, addresses: frozenset[str]) -> None:
        lines = "".join(f"deny = {one}/{_mask(one)}\n" for one in sorted(addresses))
        (self._etc / LOCKED_OUT).write_text(f"[locked-out]\ntype = acl\n{lines}" if lines else "")
        (self._etc / "pjsip.conf").touch()  # an include that is new is looked for only in a file that has changed


def _mask(address: str) -> int:
    return 128 if ":" in address else 32


class NoDoor:
    """The door of a switch that others keep: who comes there is their concern."""

    async def tries(self) -> AsyncIterator[SignInTry]:
        """Nobody is told of."""
        await asyncio.Event().wait()
        nobody: tuple[SignInTry, ...] = ()
        for one in nobody:
            yield one

    async def lock(self, address: str) -> None:
        """Not here."""

    async def unlock(self, address: str) -> None:
        """Not here."""


def read_try(line: str) -> SignInTry | None:
    """What a line of the log tells of a try to sign in; None if it tells of something else."""
    try:
        message = json.loads(line)["logmsg"]["message"]
    except (ValueError, KeyError, TypeError):
        return None
    event, remote = _EVENT.search(str(message)), _REMOTE.search(str(message))
    if event is None or remote is None or event[1] not in _WRONG | _RIGHT:
        return None
    return SignInTry(address=remote[1], right=event[1] in _RIGHT)


class _Tail:
    """The new lines of a file that grows, and is begun anew now and then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file, self._at = self._now()
        self._rest = b""

    def read(self) -> list[str]:
        return list(self._read())

    def _read(self) -> Iterator[str]:
        file, size = self._now()
        if file != self._file or size < self._at:
            self._file, self._at, self._rest = file, 0, b""
        if size == self._at:
            return
        with self._path.open("rb") as opened:
            opened.seek(self._at)
            new = opened.read(_MOST_AT_ONCE)
        self._at += len(new)
        *lines, self._rest = (self._rest + new).split(b"\n")
        yield from (line.decode(errors="replace") for line in lines)

    def _now(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return 0, 0
        return found.st_ino, found.st_size
