"""Who changed or looked at what, when; written in the transaction of what it tells of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Float,
    Index,
    Select,
    String,
    Table,
    Text,
    insert,
    select,
)

from switchroom.domain.deeds import Deed
from switchroom.storage.calls import CALLS
from switchroom.storage.ledger import Write
from switchroom.storage.messages import MESSAGES
from switchroom.storage.recordings import RECORDINGS
from switchroom.storage.tables import BIG, METADATA

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", BIG, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("by", String(80), nullable=False),
    Column("what", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("key", String(120), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("door", Text, nullable=False, doc="address or token that it came by"),
    Index(None, "kind", "key"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the audit. `before` and `after` hold no passwords."""

    at: datetime
    by: str
    what: Deed
    kind: str = ""
    key: str = ""
    before: Any = None
    after: Any = None
    door: str = ""


def note(connection: Connection, *entries: Entry) -> None:
    """Write these lines in the present transaction."""
    if entries:
        connection.execute(insert(AUDIT), [_row(entry) for entry in entries])


def noted(engine: Engine, *entries: Entry) -> None:
    """Write these lines by themselves."""
    with engine.begin() as connection:
        note(connection, *entries)


def noting(*entries: Entry) -> Write:
    """These lines, as part of another change."""
    return lambda connection: note(connection, *entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which lines: below the number `before`, from `since` to before `until`, all of what is named.

    None of `but_kind`.
    """

    before: int | None = None
    kind: str | None = None
    but_kind: str | None = None
    key: str | None = None
    by: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    most: int = 100


def entries(engine: Engine, sought: Sought) -> list[tuple[int, Entry]]:
    """The newest lines first; each with its number, for the next page."""
    wanted = select(AUDIT).where(*_conditions(sought)).order_by(AUDIT.c.seq.desc()).limit(sought.most)
    with engine.connect() as connection:
        return [_entry(row._mapping) for row in connection.execute(wanted)]


@dataclass(frozen=True, slots=True)
class CallOf:
    """The call that a line tells of."""

    id: str
    began: datetime


def calls_of(engine: Engine, lines: Iterable[Entry]) -> Mapping[str, CallOf]:
    """The calls of those lines that tell of a call, a recording or a message, by the key of the line."""
    keys = {kind: [line.key for line in lines if line.kind == kind] for kind in ("call", *_SOUNDS)}
    of_calls = select(CALLS.c.id.label("key"), CALLS.c.id, CALLS.c.began).where(CALLS.c.id.in_(keys["call"]))
    of_sounds = [_of_sounds(sounds, keys[kind]) for kind, sounds in _SOUNDS.items() if keys[kind]]
    with engine.connect() as connection:
        rows = [row for chosen in (of_calls, *of_sounds) for row in connection.execute(chosen)]
    return {row.key: CallOf(row.id, datetime.fromtimestamp(row.began, UTC)) for row in rows}


_SOUNDS = {"recording": RECORDINGS, "message": MESSAGES}
"""What lines can tell of that belongs to a call, by their kind."""


def _of_sounds(sounds: Table, keys: Sequence[str]) -> Select[Any]:
    chosen = select(sounds.c.id.label("key"), CALLS.c.id, CALLS.c.began)
    return chosen.join(CALLS, CALLS.c.id == sounds.c.call).where(sounds.c.id.in_(keys))


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    for column, value in ((AUDIT.c.kind, sought.kind), (AUDIT.c.key, sought.key), (AUDIT.c.by, sought.by)):
        if value is not None:
            yield column == value
    if sought.but_kind is not None:
        yield AUDIT.c.kind != sought.but_kind
    if sought.before is not None:
        yield AUDIT.c.seq < sought.before
    if sought.since is not None:
        yield AUDIT.c.at >= sought.since.timestamp()
    if sought.until is not None:
        yield AUDIT.c.at < sought.until.timestamp()


def _row(entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at.timestamp(), "by": entry.by, "what": entry.what.value, "kind": entry.kind, "key": entry.key,
        "before": entry.before, "after": entry.after, "door": entry.door,
    }  # fmt: skip


def _entry(row: Any) -> tuple[int, Entry]:
    told = {name: row[name] for name in ("by", "kind", "key", "before", "after", "door")}
    return row["seq"], Entry(at=datetime.fromtimestamp(row["at"], UTC), what=Deed(row["what"]), **told)
