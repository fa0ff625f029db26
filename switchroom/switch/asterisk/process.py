"""A process that may not be our child: who it is, when it ends, how to end it."""

import asyncio
import os
import signal
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process, told from a later one of the same id by the moment of its start (in clock ticks since boot)."""

    pid: int
    started: int


def look_up(pid: int) -> Process | None:
    """The living process of this id; None if there is none, or only what waits to be buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else Process(pid, int(fields[19]))


def command_of(process: Process) -> list[str]:
    """Its command line; empty if it is gone."""
    try:
        return Path(f"/proc/{process.pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


async def ended(process: Process) -> None:
    """Returns once the process is gone, at once if it is already; no polling."""
    try:
        watched = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()
    try:
        if look_up(process.pid) == process:  # else the id belongs to another by now
            loop.add_reader(watched, gone.set)
            await gone.wait()
    finally:
        loop.remove_reader(watched)
        os.close(watched)
    _bury(process.pid)


def tell(process: Process, number: signal.Signals) -> None:
    """Send a signal, unless the process is gone."""
    if look_up(process.pid) == process:
        os.kill(process.pid, number)


def _bury(pid: int) -> None:
    """A child of ours that ended stays in the table until it is waited for."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
