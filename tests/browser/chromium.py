"""Chromium for the tests, on any machine: the one that is installed, or Debian's in a private folder."""

import os
import shutil
from pathlib import Path

from switchroom.switch.asterisk.fetch import fetch_packages
from switchroom.switch.asterisk.loader import Unpacked

CACHE = Path(__file__).parents[2] / ".cache"
_PACKAGES = ("chromium", "libc6", "fonts-dejavu-core")
_INSTALLED = Path("/usr/bin/chromium")
_PROGRAM = Path("usr/lib/chromium")
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
_SCRIPT = """#!/bin/sh
root=$(dirname "$(readlink -f "$0")")
export FONTCONFIG_FILE="$root/fonts.conf" XDG_CACHE_HOME="$root/cache"
libraries="$root/{libraries}"
exec "$root/{program}/loader" --library-path "$libraries:$libraries/pulseaudio" "$root/{program}/chromium" \
  --browser-subprocess-path="$root/chromium.sh" "$@"
"""

FLAGS = (
    "--no-sandbox", "--no-zygote", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required", "--disable-quic", "--disable-background-networking",
    "--no-first-run", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""A zygote starts the browser's processes by the running program, which is here its loader; so there is none."""


def chromium() -> Path:
    """What starts the browser; fetched by the first test run on this machine. Raises: FetchTrouble and its kinds."""
    if _INSTALLED.exists():
        return _INSTALLED
    return launcher_of(fetch_packages(_PACKAGES, CACHE / "chromium", room=1200))


def launcher_of(root: Unpacked) -> Path:
    """A script that runs the unpacked browser by its own loader, libraries and fonts.

    The browser looks for its files beside the running program, which is the loader, so a copy of it lies there. The
    browser's other processes are started by the script again.
    """
    script, fonts, loader = root.folder / "chromium.sh", root.folder / "fonts.conf", root.folder / _PROGRAM / "loader"
    if not script.exists():
        shutil.copy(root.loader, _fresh(loader))
        _fresh(fonts).write_text(_FONTS)
        libraries = root.libraries.relative_to(root.folder)
        _fresh(script).write_text(_SCRIPT.format(libraries=libraries, program=_PROGRAM))
        for made in (loader, fonts, script):  # whole or not there: another worker may be doing the same
            _fresh(made).chmod(0o755)
            _fresh(made).replace(made)
    return script


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}")
