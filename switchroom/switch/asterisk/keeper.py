"""Keeps one Asterisk: starts it, finds it again after our own restart, tells when it dies, ends it.

It runs in a session of its own: our death does not end it, and whoever keeps the same folder next adopts it.
"""

import asyncio
import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

import msgspec

from switchroom.switch.asterisk.ari import AriAccess, AriClient, AriError, AriRefused, AriUnreachable
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.loader import check_version
from switchroom.switch.asterisk.process import Process, command_of, ended, look_up, tell
from switchroom.switch.asterisk.troubles import (
    AnswersOddly,
    InstanceHeld,
    NotReachable,
    NotStarted,
    PasswordRefused,
    SilentAtStart,
)
from switchroom.switch.asterisk.writer import replace

START_WITHIN = 60.0
# 2 s are usual; a leaked channel of its own makes Asterisk wait 15 s for nothing.
_STOP_WITHIN = 5.0
_LOOK_EVERY = 0.05


class HowFound(StrEnum):
    """How we came to the running switch."""

    STARTED = "started"
    ADOPTED = "adopted"


class _System(msgspec.Struct):
    version: str = ""


class _About(msgspec.Struct):
    """Answer of `GET asterisk/info`."""

    system: _System = msgspec.field(default_factory=_System)


@dataclass(frozen=True, slots=True)
class Ended:
    """The switch's process is gone; `said` is the end of what it said."""

    pid: int
    said: str


def access_of(description: SwitchDescription) -> AriAccess:
    """How to reach the ARI of a private instance."""
    return AriAccess(
        url=f"http://127.0.0.1:{description.ports.http}", user=description.ari_user,
        password=description.ari_password, app=description.app,
    )


def running(folder: Path) -> Process | None:
    """The Asterisk that runs in this instance folder, whoever started it."""
    try:
        kept = msgspec.json.decode((folder / "process.json").read_bytes(), type=Process)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    # The id may be another program's by now: the moment of start and the command must be ours.
    process = look_up(kept.pid)
    same = process == kept and str(folder / "etc" / "asterisk.conf") in command_of(kept)
    return process if same else None


class Keeper:
    """One private instance. Its configuration must be written before it starts."""

    def __init__(self, description: SwitchDescription) -> None:
        self._description = description
        self._folder = description.folder
        self._lock: IO[str] | None = None
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """The process that we keep."""
        return self._process.pid if self._process else None

    async def up(self, *, within: float = START_WITHIN) -> HowFound:
        """Adopt the running switch or start one; returns once it takes acts.

        Raises: InstanceHeld if another keeper has the folder; NotStarted; VersionTooOld.
        """
        self._hold()
        self._process = running(self._folder)
        how = HowFound.ADOPTED if self._process else HowFound.STARTED
        answers = False
        try:
            if self._process is None:
                await self._released()
                self._process = self._start()
            await self.ready(within=within)
            answers = True
        finally:
            if not answers:  # what we started in vain must not linger; what we found may still carry calls
                await self.stop() if how is HowFound.STARTED else self.let_go()
        return how

    async def ready(self, *, within: float = START_WITHIN) -> None:
        """Returns once the switch is wholly started and answers. Raises: NotStarted; VersionTooOld."""
        until = time.monotonic() + within
        ari = AriClient(access_of(self._description), connections=1, within=2.0)
        try:
            while (why := await _not_ready(ari)) is not None:
                if self._process is None or look_up(self._process.pid) != self._process:
                    raise NotStarted(said=self._last_words())
                if time.monotonic() > until:
                    raise SilentAtStart(seconds=round(within), said=f"{why} {self._last_words()}")
                await asyncio.sleep(_LOOK_EVERY)
        finally:
            ari.close()

    async def watch(self) -> Ended:
        """Returns when the switch's process dies; the owner then calls `up` again."""
        if self._process is None:
            return Ended(0, "")
        process = self._process
        await ended(process)
        return Ended(process.pid, self._last_words())

    async def stop(self) -> None:
        """End the switch with all its calls, and let go of the folder."""
        if self._process is not None:
            tell(self._process, signal.SIGTERM)
            try:
                async with asyncio.timeout(_STOP_WITHIN):
                    await ended(self._process)
            except TimeoutError:
                tell(self._process, signal.SIGKILL)
                await ended(self._process)
            self._process = None
            (self._folder / "process.json").unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        """Leave the switch running for whoever keeps the folder next."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _hold(self) -> None:
        if self._lock is not None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = (self._folder / "keeper.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "?"
            lock.close()
            raise InstanceHeld(pid=holder, folder=str(self._folder)) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    async def _released(self) -> None:
        """A process killed just now may hold the control socket for some milliseconds more, and bar a new one."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOP_WITHIN):
                while _takes_connections(self._folder / "run" / "asterisk.ctl"):  # noqa: ASYNC110 - nobody could tell us
                    await asyncio.sleep(_LOOK_EVERY)

    def _start(self) -> Process:
        command = self._description.root.command(
            "usr/sbin/asterisk", "-f", "-C", str(self._description.etc / "asterisk.conf"))
        with (self._folder / "log" / "start.log").open("wb") as said:
            started = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                cwd=self._folder, start_new_session=True,
            )
        process = look_up(started.pid)
        started.returncode = 0  # we watch and bury it ourselves; Popen would warn that it still runs
        if process is None:
            raise NotStarted(said=self._last_words())
        replace(self._folder / "process.json", msgspec.json.encode(process).decode())
        return process

    def _last_words(self) -> str:
        lines = []
        for name in ("start.log", "messages.log"):
            with contextlib.suppress(FileNotFoundError):
                lines += (self._folder / "log" / name).read_text(errors="replace").splitlines()[-3:]
        return " ".join(lines)[-600:]


def _takes_connections(control: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(control))
        except OSError:
            return False
        return True


async def _not_ready(ari: AriClient) -> str | None:
    """Why it can't be used yet; None if it can. Raises: VersionTooOld."""
    try:
        about = await ari.read(_About, "asterisk", "info")
        check_version(about.system.version)
        await ari.get("asterisk", "modules", "app_stasis.so")
    except AriError as why:
        return str(why)
    return None


async def check_named(access: AriAccess) -> None:
    """An Asterisk that others keep: is it there, does it let us in, is its version right?

    Raises: NotReachable; VersionTooOld.
    """
    ari = AriClient(access, connections=1)
    try:
        about = await ari.read(_About, "asterisk", "info")
    except AriUnreachable as why:
        raise NotReachable(url=access.url) from why
    except AriRefused as why:
        if why.status == 401:
            raise PasswordRefused(url=access.url) from why
        raise AnswersOddly(url=access.url, said=why.status) from why
    except (AriError, msgspec.DecodeError) as why:
        raise AnswersOddly(url=access.url, said=str(why)) from why
    finally:
        ari.close()
    check_version(about.system.version)
