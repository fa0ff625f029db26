"""Processes that `up` keeps: the child that serves, and how long to wait before it is started again."""

import asyncio
import ctypes
import gc
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass

DOOR = "SWITCHROOM_DOOR_FD"
KEEPER = "SWITCHROOM_UP_PID"
_PR_SET_PDEATHSIG = 1


def keeper() -> int | None:
    """The process id of the `up` that keeps us; None if nobody does."""
    known = os.environ.get(KEEPER)
    return int(known) if known else None


def die_with_keeper() -> None:
    """Called by the child: when `up` is killed, so are we. Whoever starts `up` again finds the house free.

    Source: prctl(2), PR_SET_PDEATHSIG; the parent may have died before the call.
    """
    known = keeper()
    if known is None:
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != known:
        os.kill(os.getpid(), signal.SIGKILL)


def collect_garbage_seldom() -> None:
    """Once all is loaded: what lives on is looked through no more, and the rest a tenth as often as usual."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)


def inherited_door() -> socket.socket | None:
    """The listening socket that `up` holds open over our restarts."""
    number = os.environ.get(DOOR)
    return socket.socket(fileno=int(number)) if number else None


async def start_child(door: socket.socket, environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    """Start the process that serves."""
    door.set_inheritable(True)
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "switchroom",
        "serve",
        pass_fds=(door.fileno(),),
        env={**os.environ, **environment, DOOR: str(door.fileno()), KEEPER: str(os.getpid())},
    )


async def end(child: asyncio.subprocess.Process, within: float = 10.0) -> None:
    """End it in order; if it does not, without."""
    if child.returncode is not None:
        return
    child.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(within):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()


@dataclass(slots=True)
class Patience:
    """Grows while a child dies young, and is short again after it lived for a while. Seconds."""

    shortest: float = 0.1
    longest: float = 5.0
    grown_up: float = 30.0
    _next: float = 0.1

    def after(self, lived: float) -> float:
        """How long to wait before the next start."""
        wait = self.shortest if lived >= self.grown_up else self._next
        self._next = min(self.longest, wait * 3)
        return wait
