"""Writes the switch's configuration from a description, and lets a running switch take it over without a restart."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from switchroom.switch.asterisk.ari import AriClient
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.dialplan import dialplan
from switchroom.switch.asterisk.doorkeeper import LOCKED_OUT
from switchroom.switch.asterisk.frame import folders, frame_files, links
from switchroom.switch.asterisk.modules import RELOADED_FOR, modules_conf
from switchroom.switch.asterisk.pjsip import pjsip_sections
from switchroom.switch.asterisk.sections import file
from switchroom.switch.asterisk.validity import check

LOCAL = ("local-extensions.conf", "local-pjsip.conf")
"""Files of the administrator's own in `etc`, read after ours and never written by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What came of a description."""

    changed: tuple[str, ...]
    reloaded: tuple[str, ...]
    needs_restart: tuple[str, ...]
    """Changed files that a running Asterisk does not read again."""


def render(description: SwitchDescription) -> dict[str, str]:
    """Every configuration file by its name. Raises: DescriptionRefused."""
    check(description)
    return {
        **frame_files(description),
        "modules.conf": modules_conf(),
        "pjsip.conf": file(pjsip_sections(description)) + f"\n#tryinclude {LOCKED_OUT}\n#tryinclude local-pjsip.conf\n",
        "extensions.conf": dialplan(description),
    }


def write(description: SwitchDescription) -> tuple[str, ...]:
    """Bring the instance's folder to this description; returns the names of the files that changed.

    Files are replaced whole, and only their owner may read them: they hold passwords. Raises: DescriptionRefused.
    """
    texts = render(description)
    for folder in folders(description):
        folder.mkdir(parents=True, exist_ok=True)
    description.folder.chmod(0o700)
    for link, target in links(description).items():
        _point(link, target)
    return _replace_changed(description.etc, texts)


async def apply(description: SwitchDescription, ari: AriClient) -> Applied:
    """Write what changed, and have the running switch read just that again; no call is dropped.

    Raises: DescriptionRefused; AriError if the switch refuses or is not there (the files are written all the same).
    """
    changed = await asyncio.to_thread(write, description)
    modules = list(dict.fromkeys(module for name in changed for module in RELOADED_FOR.get(name, ())))
    for module in modules:
        await ari.put("asterisk", "modules", module, within=30.0)
    return Applied(
        changed=changed, reloaded=tuple(modules),
        needs_restart=tuple(name for name in changed if name not in RELOADED_FOR),
    )


def _point(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    fresh = link.with_name(link.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _replace_changed(etc: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    changed = []
    for name, text in sorted(texts.items()):
        path = etc / name
        if not path.exists() or path.read_text() != text:
            replace(path, text)
            changed.append(name)
    return tuple(changed)


def replace(path: Path, text: str) -> None:
    """Put a file in place whole, readable by its owner only."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
