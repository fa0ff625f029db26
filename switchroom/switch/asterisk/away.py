"""Calls that the static rules served while nobody of us listened: read, and forgotten once they are taken in.

A line is `1|field|…|.` as `dialplan.AWAY_FIELDS` says, written at the end of the call. Moments are seconds since 1970
in UTC with milliseconds; what came from outside is percent-encoded, so that it can't hold a separator or a line's end.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from switchroom.switch.asterisk.dialplan import AWAY_FIELDS, AWAY_SHAPE


class AwayRule(StrEnum):
    """Which rule served the call last."""

    EMERGENCY = "emergency"
    EXTENSION = "extension"
    HELD = "held"
    LAST_RESORT = "last_resort"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayRecord:
    """One call. `number`, `name` and `dialled` come from outside and are hostile until cleaned."""

    key: str
    """The channel's id in Asterisk; never another call's."""
    linked: str
    by_trunk: bool
    via: str
    """The trunk or device that the call came by."""
    number: str
    name: str
    dialled: str
    sip_call_id: str
    rule: AwayRule
    began: datetime
    held_since: datetime | None
    """When we answered it with music."""
    ended: datetime
    talked: timedelta
    """How long it talked with whom the rule dialled; zero if nobody took it."""
    dial_status: str
    """Asterisk's DIALSTATUS: ANSWER, BUSY, NOANSWER, CANCEL, CONGESTION, CHANUNAVAIL; empty if nobody was dialled."""


def away_records(path: Path) -> list[AwayRecord]:
    """All whole records of a file, in the order of their ends; a line torn by a crash is left out."""
    try:
        lines = path.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []
    return [record for record in map(_record, lines) if record is not None]


def claim(path: Path) -> list[Path]:
    """Set the file aside, so that what is written from now on goes into a new one; returns all that were set aside.

    Their records may be read by `away_records`; a file is removed by the caller once they are taken in.
    """
    claimed = sorted(path.parent.glob(f"{path.name}.[0-9]*"))
    if not path.exists():
        return claimed
    number = int(claimed[-1].suffix[1:]) + 1 if claimed else 1
    return [*claimed, path.rename(path.with_name(f"{path.name}.{number:08d}"))]


def _record(line: str) -> AwayRecord | None:
    parts = line.split("|")
    if len(parts) != len(AWAY_FIELDS) + 2 or parts[0] != AWAY_SHAPE or parts[-1] != ".":
        return None
    key, linked, began, held, ended, talked, kind, via, number, name, dialled, rule, status, call_id = parts[1:-1]
    return AwayRecord(
        key=key, linked=linked, by_trunk=kind == "trunk", via=via, number=unquote(number), name=unquote(name),
        dialled=dialled, sip_call_id=unquote(call_id), rule=AwayRule(rule), began=_moment(began),
        held_since=_moment(held) if held else None, ended=_moment(ended),
        talked=timedelta(milliseconds=int(talked or 0)), dial_status=status,
    )


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)
