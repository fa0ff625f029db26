"""What Asterisk knows of phones and trunks: addresses, what they call themselves, how soon they answer.

Its REST interface tells of an endpoint only whether it is there. The rest is known to functions of the dialplan, which
it evaluates for a channel; so a channel that goes nowhere is made for a moment.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec

from switchroom.domain.reach import Registration
from switchroom.domain.trunks import Trunk
from switchroom.switch.asterisk import carriers, console
from switchroom.switch.asterisk.ari import AriClient, AriConflict, AriError
from switchroom.switch.asterisk.dialplan import ECHO
from switchroom.switch.port import Contact, SwitchLost

CHANNEL = "switchroom-look"
"""Always the same: one that a crash has left there is used, and removed, by the next look."""
_FIELDS = ("uri", "via_addr", "via_port", "status", "rtt", "expiration_time", "user_agent")
"""What is written by strangers comes last."""
_BETWEEN, _AFTER = "\x1f", "\x1e"
_NAMES_AT_ONCE, _CONTACTS_AT_ONCE = 30, 6
"""An address of Asterisk's HTTP server is 4 kB long at most."""
_LONGEST_AGENT = 120
_PLAIN = re.compile(r"^[A-Za-z0-9+*_.@;^:-]+$")
_HOST = re.compile(r"^sips?:(?:[^@;]*@)?(\[[^\]]+\]|[^:;?]+)(?::(\d+))?")
T = TypeVar("T")


class _Value(msgspec.Struct):
    value: str = ""


class AsteriskLooks:
    """Implements `Looks`. `folder` is that of a private instance, whose console and log tell of registrations."""

    def __init__(self, ari: AriClient, folder: Path | None = None) -> None:
        self._ari = ari
        self._folder = folder
        self._one_at_a_time = asyncio.Lock()

    async def contacts(self, names: Collection[str]) -> Mapping[str, tuple[Contact, ...]]:
        """Raises: SwitchLost."""
        try:
            async with self._one_at_a_time, self._channel():
                keys = [key async for key in self._keys(names)]
                told = [line async for line in self._told([key for _, key in keys])]
        except AriError as why:
            raise SwitchLost(str(why)) from why
        found: dict[str, tuple[Contact, ...]] = {}
        for (name, _), line in zip(keys, told, strict=True):
            found[name] = (*found.get(name, ()), *_contact(line))
        return {name: contacts for name, contacts in found.items() if contacts}

    async def registrations(self, trunks: Collection[Trunk]) -> Mapping[str, Registration]:
        """Raises: SwitchLost."""
        if self._folder is None:
            return {}
        try:
            said = await console.ask(self._folder / "run" / "asterisk.ctl", carriers.COMMAND)
            log = await asyncio.to_thread(carriers.end_of, self._folder / "log" / "messages.log")
        except (OSError, TimeoutError) as why:
            raise SwitchLost(str(why)) from why
        return carriers.registrations(said, log, {trunk.id: trunk for trunk in trunks})

    @asynccontextmanager
    async def _channel(self) -> AsyncIterator[None]:
        with suppress(AriConflict):
            await self._ari.post(
                "channels", "create", endpoint=f"Local/s@{ECHO}/n", app=self._ari.access.app, channelId=CHANNEL,
                appArgs="look",
            )  # fmt: skip
        try:
            yield
        finally:
            with suppress(AriError):
                await self._ari.delete("channels", CHANNEL)

    async def _keys(self, names: Collection[str]) -> AsyncIterator[tuple[str, str]]:
        """Each name with each key by which Asterisk knows a contact of it."""
        for some in _batches([name for name in names if _PLAIN.match(name)], _NAMES_AT_ONCE):
            answers = await self._evaluated([f"${{PJSIP_AOR({name},contact)}}" for name in some])
            for name, keys in zip(some, answers, strict=True):
                for key in keys.split(","):
                    if _PLAIN.match(key):
                        yield name, key

    async def _told(self, keys: Sequence[str]) -> AsyncIterator[list[str]]:
        for some in _batches(keys, _CONTACTS_AT_ONCE):
            wanted = [_BETWEEN.join(f"${{PJSIP_CONTACT({key},{field})}}" for field in _FIELDS) for key in some]
            for line in await self._evaluated(wanted):
                yield line.split(_BETWEEN, len(_FIELDS) - 1)

    async def _evaluated(self, expressions: Sequence[str]) -> list[str]:
        together = (await self._value(_AFTER.join(expressions))).split(_AFTER)
        if len(together) == len(expressions):
            return together
        return [await self._value(one) for one in expressions]  # somebody writes our separator

    async def _value(self, expression: str) -> str:
        found = await self._ari.read(_Value, "channels", CHANNEL, "variable", variable=f"EVAL({expression})")
        return found.value


def _batches(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    for first in range(0, len(things), most):
        yield things[first : first + most]


def _contact(line: list[str]) -> Iterator[Contact]:
    """Nothing of one that went while we asked."""
    if len(line) != len(_FIELDS) or not line[0]:
        return
    uri, via, port, status, rtt, until, agent = line
    yield Contact(
        address=f"{via}:{port}" if via and port else _host_in(uri),
        agent=agent[:_LONGEST_AGENT],
        answers={"Reachable": True, "Unreachable": False}.get(status),
        latency=timedelta(microseconds=int(rtt)) if status == "Reachable" and rtt.isdigit() else None,
        until=datetime.fromtimestamp(int(until), UTC) if until.isdigit() and int(until) else None,
    )


def _host_in(uri: str) -> str:
    found = _HOST.match(uri)
    return f"{found[1]}:{found[2] or 5060}" if found else ""
