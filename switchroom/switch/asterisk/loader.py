"""An unpacked Asterisk and how to run it: by its own loader and libraries, so that the host's are of no concern."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from switchroom.switch.asterisk.debian import LIBRARIES
from switchroom.switch.asterisk.troubles import FetchTrouble, VersionTooOld

OLDEST = (22, 10, 1)
"""Older ones have CVE-2026-57191; another line (20, 23) was never tried with us."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Packages unpacked into a private folder of one processor architecture."""

    folder: Path
    arch: str

    @property
    def libraries(self) -> Path:
        """Where the shared libraries are."""
        return self.folder / "usr/lib" / LIBRARIES[self.arch]

    @property
    def modules(self) -> Path:
        """Where Asterisk's modules are."""
        return self.libraries / "asterisk/modules"

    @property
    def shared(self) -> Path:
        """Where Asterisk's sounds and documentation are."""
        return self.folder / "usr/share/asterisk"

    @property
    def loader(self) -> Path:
        """What loads programs of this folder. Raises: FetchTrouble if the folder has none."""
        loaders = sorted(self.libraries.glob("ld-linux*.so.*"))
        if not loaders:
            raise FetchTrouble(why=f"{self.folder} has no loader.")
        return loaders[0]

    def command(self, program: str, *words: str) -> list[str]:
        """The command that runs a program of this folder, given as `usr/sbin/asterisk`.

        Raises: FetchTrouble if the folder has no loader.
        """
        paths = [self.libraries, *(self.libraries / part for part in ("pulseaudio", "jack", "blas", "lapack"))]
        return [str(self.loader), "--library-path", ":".join(map(str, paths)), str(self.folder / program), *words]


def version_of(said: str) -> tuple[int, ...]:
    """`Asterisk 22.10.1~dfsg+…` or `1:22.10.1+…` as (22, 10, 1); empty if no version is in it."""
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", said)
    return tuple(int(part) for part in found.groups()) if found else ()


def check_version(said: str) -> None:
    """Raises: VersionTooOld unless `said` names our line in a version that is new enough."""
    found = version_of(said)
    if found[:1] != OLDEST[:1] or found < OLDEST:
        raise VersionTooOld(found=".".join(map(str, found)) or said[:40], needed=".".join(map(str, OLDEST)))


def ask_version(root: Unpacked) -> str:
    """What the program itself says. Raises: FetchTrouble if it can't be run; VersionTooOld."""
    asked = root.command("usr/sbin/asterisk", "-V")
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=False)
    except OSError as why:
        raise FetchTrouble(why=f"the fetched Asterisk can't be run: {why}.") from why
    if done.returncode:
        raise FetchTrouble(why=f"the fetched Asterisk can't be run: {done.stderr.strip()[:300]}.")
    check_version(done.stdout)
    return done.stdout.strip()
