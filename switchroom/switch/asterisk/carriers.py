"""How our signing in at the carriers stands: the state from Asterisk's console, the reason from its log.

No event tells it, the REST interface does not know it, and the console leaves out why.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from switchroom.domain.reach import Registration, SigningIn
from switchroom.domain.trunks import Trunk, TrunkKind

COMMAND = "pjsip show registrations"
_LINE = re.compile(r"^ (?P<name>[^/\s]+)/sip:.*?\s{2,}\S+\s+(?P<state>[A-Z][a-z]+)")
_STATES = {"Registered": SigningIn.DONE, "Rejected": SigningIn.REFUSED, "Stopped": SigningIn.REFUSED}
_REFUSAL = re.compile(r"c: (?P<said>[^:]*?) received from '[^']*' on registration attempt to '(?P<as>[^']*)'")
_CODE = re.compile(r"\b[3-6]\d\d\b")
_LOOK_BACK = 256 * 1024
"""Octets of the log; a refused trunk says it again every 20 s to 5 min."""


def states(said: str) -> Iterator[tuple[str, SigningIn]]:
    """Trunks and how they stand, from the console's list."""
    for line in said.splitlines():
        found = _LINE.match(line)
        if found is not None:
            yield found["name"], _STATES.get(found["state"], SigningIn.TRYING)


def refusals(log: str) -> dict[str, int | None]:
    """The last refusal of each that we sign in as, by its SIP status; None: no answer came."""
    found = {}
    for line in log.splitlines():
        told = _REFUSAL.search(line)
        if told is not None:
            code = _CODE.search(told["said"])
            found[told["as"]] = int(code[0]) if code else None
    return found


def registrations(said: str, log: str, trunks: Mapping[str, Trunk]) -> dict[str, Registration]:
    """Of those trunks that we sign in at."""
    why = refusals(log)
    return {
        name: Registration(state=state, code=why.get(_signs_in_as(trunks[name])))
        for name, state in states(said)
        if name in trunks and trunks[name].kind is TrunkKind.REGISTERING
    }


def _signs_in_as(trunk: Trunk) -> str:
    host = f"[{trunk.host}]" if ":" in (trunk.host or "") else trunk.host
    return f"sip:{trunk.username}@{host}:{trunk.port}"


def end_of(log: Path) -> str:
    """The newest lines of a log; nothing if there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _LOOK_BACK))
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
