"""A crowd of customers in a process of its own: the engine may be killed while they call, and they can't hurt it.

What they do is written to a file of the data folder, where whoever serves next finds it.
"""

import asyncio
import os
import random
import secrets
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from demo.people import Doing, Person, Temper, customers
from switchroom.switch.asterisk.process import Process, look_up

FOLDER = "demo-customers"
_KEPT = 3
"""So many crowds that have ended are still told of."""
ONE = Temper(listens=(1.0, 2.0), presses_wrong=0.0, impatient=0.0, keys="1", breathes=4.0)
MANY = Temper(
    listens=(1.0, 4.0), pause_between=(0.2, 1.5), at_once=40, keys="1112", patience=(15.0, 60.0), breathes=4.0
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How many are to call. `password` is the trunk's; customers leave once the process `keeper` has ended."""

    file: str
    count: int
    dialled: str
    server: tuple[str, int]
    password: str
    keeper: int | None


class Customer(msgspec.Struct, kw_only=True):
    """One of the crowd, and what they do since when."""

    number: int
    name: str
    phone: str
    doing: Doing
    more: str
    since: datetime


class Crowd(msgspec.Struct, kw_only=True):
    """Customers who call together, as many of them as have called so far."""

    count: int
    began: datetime
    process: int
    started: int
    customers: list[Customer] = []

    @property
    def calls(self) -> bool:
        """Whether it still does."""
        return look_up(self.process) == Process(self.process, self.started)

    @property
    def on_the_phone(self) -> int:
        """How many call or are still to call."""
        gone = sum(one.doing in (Doing.DONE, Doing.LEAVES, Doing.REFUSED) for one in self.customers)
        return self.count - gone if self.calls else 0


class Crowds:
    """All crowds of a house; kept in its data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._ours: list[subprocess.Popen[bytes]] = []

    def told(self) -> Sequence[Crowd]:
        """Those that call, and those that did lately; the newest first."""
        found = [_read(path) for path in sorted(self._folder.glob("*.json"), reverse=True)]
        return [crowd for crowd in found if crowd is not None]

    def begin(self, count: int, dialled: str, server: tuple[str, int], password: str, keeper: int | None) -> None:
        """Let so many customers call."""
        self._folder.mkdir(exist_ok=True)
        self._forget()
        file = self._folder.resolve() / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}.json"
        wanted = Wanted(
            file=str(file), count=count, dialled=dialled, server=server, password=password, keeper=keeper
        )
        self._ours = [child for child in self._ours if child.poll() is None]
        self._ours.append(_start(wanted))

    def _forget(self) -> None:
        ended = [path for path in sorted(self._folder.glob("*.json")) if (crowd := _read(path)) and not crowd.calls]
        for path in ended[:-_KEPT]:
            path.unlink(missing_ok=True)


def _start(wanted: Wanted) -> subprocess.Popen[bytes]:
    """The password goes by a pipe: neither a command line nor an environment shows it."""
    path = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    child = subprocess.Popen(
        [sys.executable, "-m", "demo.crowd"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path}, start_new_session=True,
    )  # fmt: skip
    _write(wanted.file, _crowd_of(wanted, child.pid))  # before it can: it is counted from this moment on
    assert child.stdin is not None
    with child.stdin as pipe:
        pipe.write(msgspec.json.encode(wanted))
    return child


def _crowd_of(wanted: Wanted, process: int) -> Crowd:
    here = look_up(process)
    return Crowd(
        count=wanted.count, began=datetime.now(UTC), process=process, started=here.started if here else 0, customers=[]
    )


def _write(file: str, crowd: Crowd) -> None:
    """Whole or not at all."""
    path = Path(file)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(crowd))
    fresh.replace(path)


def _read(path: Path) -> Crowd | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Crowd)
    except (OSError, msgspec.DecodeError):
        return None


class _Told:
    """Writes down what the crowd does."""

    def __init__(self, wanted: Wanted) -> None:
        self._file, self._crowd = wanted.file, _crowd_of(wanted, os.getpid())

    def take(self, who: Person, doing: Doing, more: str) -> None:
        """Somebody does something."""
        known = [one for one in self._crowd.customers if one.number != who.number]
        now = Customer(
            number=who.number, name=who.name, phone=who.phone, doing=doing, more=more, since=datetime.now(UTC)
        )
        self._crowd.customers = sorted([*known, now], key=lambda one: one.number)
        _write(self._file, self._crowd)


async def _call(wanted: Wanted) -> None:
    if wanted.keeper is not None:
        _leave_with(wanted.keeper)
    told = _Told(wanted)
    temper = ONE if wanted.count == 1 else MANY
    chance = random.Random()
    await customers(wanted.count, wanted.server, wanted.password, chance, told.take, temper, wanted.dialled)


def _leave_with(keeper: int) -> None:
    """Once the program was stopped nobody answers a customer any more."""
    try:
        watched = os.pidfd_open(keeper)
    except ProcessLookupError:
        os._exit(0)
    asyncio.get_running_loop().add_reader(watched, os._exit, 0)


if __name__ == "__main__":
    asyncio.run(_call(msgspec.json.decode(sys.stdin.buffer.read(), type=Wanted)))
