"""Asterisk for this machine: fetched once into a private folder, found there in milliseconds ever after."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from switchroom.switch.asterisk import debian
from switchroom.switch.asterisk.loader import Unpacked, ask_version
from switchroom.switch.asterisk.troubles import DiskFull, FetchTrouble, FolderNotWritable

ASTERISK = (
    "asterisk", "libc6", "asterisk-core-sounds-ru-wav", "asterisk-core-sounds-en-wav", "asterisk-moh-opsound-wav",
)
_LIST = "packages.json"
_MEGABYTE = 1024 * 1024


class Step(StrEnum):
    """Where fetching is."""

    WAIT = "wait"
    INDEX = "index"
    DOWNLOAD = "download"
    UNPACK = "unpack"
    CHECK = "check"


Progress = Callable[[Step, float], None]
"""Called with the step and how much of it is done, 0.0 to 1.0."""


def fetch_asterisk(into: Path, progress: Progress = lambda _step, _part: None) -> Unpacked:
    """Asterisk with its Russian and English sounds and music, in `into`.

    Raises: FetchTrouble and its kinds; VersionTooOld.
    """
    return fetch_packages(ASTERISK, into, progress=progress, room=900, check=ask_version)


def fetch_packages(
    names: Iterable[str], into: Path, *, progress: Progress = lambda _step, _part: None, room: int = 300,
    check: Callable[[Unpacked], object] = lambda _root: None,
) -> Unpacked:
    """Debian packages and all they need, unpacked in `into`; at once if they are there already.

    What a broken-off run has downloaded is used by the next; `into` appears whole or not at all. Two fetchers of one
    folder wait for each other. `room` is in megabytes. `check` may refuse what was unpacked.
    Raises: FetchTrouble and its kinds.
    """
    wanted, into = sorted(set(names)), into.resolve()  # apt takes only whole paths
    if (found := _found(into, wanted)) is not None:
        return found
    with _alone(into, progress):
        if (found := _found(into, wanted)) is not None:
            return found
        _enough_room(into.parent, room)
        return _fetch(wanted, into, progress, check)


def versions(root: Unpacked) -> dict[str, str]:
    """The version of each package in the folder."""
    listed: dict[str, str] = json.loads((root.folder / _LIST).read_text())["versions"]
    return listed


def _found(into: Path, wanted: list[str]) -> Unpacked | None:
    try:
        listed = json.loads((into / _LIST).read_text())
    except (FileNotFoundError, ValueError):
        return None
    same = listed.get("wanted") == wanted and listed.get("release") == debian.RELEASE
    return Unpacked(into, listed["arch"]) if same else None


@contextmanager
def _alone(into: Path, progress: Progress) -> Iterator[None]:
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        lock = into.with_name(into.name + ".lock").open("w")
    except OSError as why:
        raise FolderNotWritable(folder=str(into.parent), why=str(why.strerror)) from why
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress(Step.WAIT, 0.0)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _enough_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free // _MEGABYTE
    if free < needed:
        raise DiskFull(folder=str(folder), needed=needed, free=free)


def _fetch(wanted: list[str], into: Path, progress: Progress, check: Callable[[Unpacked], object]) -> Unpacked:
    work = into.with_name(into.name + ".part")
    progress(Step.INDEX, 0.0)
    apt = debian.apt_of(work)
    apt.download(wanted, lambda percent: progress(Step.DOWNLOAD, percent / 100))
    fresh = work / "root"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        archives = sorted(apt.archives.glob("*.deb"))
        unpacked = debian.unpack(archives, fresh, lambda percent: progress(Step.UNPACK, percent / 100))
    except OSError as why:
        raise FetchTrouble(why=f"{why.strerror} ({why.filename}).") from why
    progress(Step.CHECK, 0.0)
    arch = debian.architecture()
    check(Unpacked(fresh, arch))
    listed = {"wanted": wanted, "arch": arch, "release": debian.RELEASE, "versions": unpacked}
    (fresh / _LIST).write_text(json.dumps(listed, indent=1, sort_keys=True))
    _put_in_place(fresh, into)
    shutil.rmtree(work, ignore_errors=True)
    progress(Step.CHECK, 1.0)
    return Unpacked(into, arch)


def _put_in_place(fresh: Path, into: Path) -> None:
    old = into.with_name(into.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if into.exists():
        into.rename(old)
    fresh.rename(into)
    os.sync()
    shutil.rmtree(old, ignore_errors=True)
