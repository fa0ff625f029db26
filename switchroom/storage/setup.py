"""The configuration in versions: every one of every thing is kept; the newest ones together are the picture."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Float,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)

from switchroom.domain.configured import Configured, ThingKind
from switchroom.domain.deeds import Deed
from switchroom.domain.people import Secret
from switchroom.domain.publishing import (
    SHAPES,
    NotPublishable,
    Put,
    Remove,
    SetPassword,
    Wish,
    faults_of,
    shelf,
    users_of,
    with_thing,
    with_things,
)
from switchroom.domain.refusals import NotFound, Refusal, Stale, StillUsed
from switchroom.domain.setup import Setup
from switchroom.storage.audit import Entry, note
from switchroom.storage.secrets import SecretBox
from switchroom.storage.tables import METADATA

THINGS = Table(
    "things",
    METADATA,
    Column("kind", String(20), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, doc="the publication that it came with"),
    Column("body", JSON(none_as_null=True), doc="null: removed by this version"),
    Column("at", Float, nullable=False),
    Column("by", String(80), nullable=False),
)
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("kind", String(20), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("body", JSON, nullable=False, doc="as it was drawn, right or not"),
    Column("based_on", Integer, nullable=False),
    Column("edit", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("by", String(80), nullable=False),
)
SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", String(120), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
_PUBLISHING = 0x53776974


class DraftMisfit(Refusal):
    """A draft is not yet a thing that could be published."""

    code = "setup.draft_misfit"
    status = 422
    en = "The draft of {kind} {key} is not complete: {faults}"
    ru = "Черновик не готов ({kind} {key}): {faults}"

    def __init__(self, wrong: ValidationError, **facts: object) -> None:
        self.errors = wrong.errors()
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in self.errors)
        super().__init__(faults=faults, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a thing; `body` is None where it was removed."""

    version: int
    at: datetime
    by: str
    body: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody is drawing. `edit` counts the saves, so that two people don't overwrite each other."""

    kind: ThingKind
    key: str
    body: dict[str, Any]
    based_on: int
    edit: int
    at: datetime
    by: str


class SetupStore:
    """All of it in one database. Synchronous: called in a thread."""

    def __init__(self, engine: Engine, box: SecretBox) -> None:
        self._engine = engine
        self._box = box
        self._last: Setup | None = None
        """The last published picture: while its revision is the newest, its bodies need not be read again."""

    def picture(self) -> Setup:
        """What is published now. Raises: WrongHouseKey."""
        with self._engine.connect() as connection:
            return self._picture(connection)

    def publish(
        self,
        wishes: Sequence[Wish],
        by: str,
        now: datetime,
        door: str = "",
        agree: Callable[[Setup], None] = lambda _setup: None,
    ) -> Setup:
        """All of these changes, or none; returns the new picture. `agree` may refuse it by raising.

        Raises: Stale, NotFound, StillUsed, NotPublishable (with all that is wrong); what `agree` raises.
        """
        with self._engine.begin() as connection:
            _one_at_a_time(connection)
            before = self._picture(connection)
            after = _checked(before, wishes)
            for wish in wishes:
                self._write(connection, wish, before, Entry(at=now, by=by, what=Deed.CHANGED, door=door))
            picture = self._picture(connection, base=after)
            agree(picture)
        self._last = picture
        return picture

    def history(self, kind: ThingKind, key: str) -> list[Version]:
        """All versions, the newest first."""
        wanted = select(THINGS).where(THINGS.c.kind == kind, THINGS.c.key == key).order_by(THINGS.c.version.desc())
        with self._engine.connect() as connection:
            return [_version(row) for row in connection.execute(wanted)]

    def version_of(self, kind: ThingKind, key: str, version: int) -> Configured:
        """A thing as it was in this version. Raises: NotFound."""
        found = next((v for v in self.history(kind, key) if v.version == version), None)
        if found is None or found.body is None:
            raise NotFound(kind=kind.value, key=f"{key}, version {version}")
        return SHAPES[kind].model_validate(found.body)


    # ---- drafts

    def drafts(self) -> list[Draft]:
        """All that is being drawn."""
        with self._engine.connect() as connection:
            return [_draft(row) for row in connection.execute(select(DRAFTS).order_by(DRAFTS.c.at.desc()))]

    def draft(self, kind: ThingKind, key: str) -> Draft:
        """One of them. Raises: NotFound."""
        with self._engine.connect() as connection:
            return self._drawn(connection, kind, key)

    def save_draft(
        self, kind: ThingKind, key: str, body: dict[str, Any], by: str, now: datetime, seen: int | None = None
    ) -> Draft:
        """Keep what was drawn, right or not. `seen` is the edit that it grew from. Raises: Stale."""
        with self._engine.begin() as connection:
            _one_at_a_time(connection)
            found = connection.execute(select(DRAFTS).where(*_at(DRAFTS, kind, key))).one_or_none()
            if found is not None and seen is not None and seen != found.edit:
                raise Stale(kind=f"draft of {kind}", key=key, current=found.edit)
            based_on = found.based_on if found else _newest(connection, kind, key)
            connection.execute(delete(DRAFTS).where(*_at(DRAFTS, kind, key)))
            row = {"kind": kind.value, "key": key, "body": body, "based_on": based_on, "at": now.timestamp(), "by": by}
            connection.execute(insert(DRAFTS).values(**row, edit=found.edit + 1 if found else 1))
            return self._drawn(connection, kind, key)

    def discard_draft(self, kind: ThingKind, key: str) -> None:
        """Throw it away; what is published stays."""
        with self._engine.begin() as connection:
            connection.execute(delete(DRAFTS).where(*_at(DRAFTS, kind, key)))

    def wish_of_draft(self, kind: ThingKind, key: str) -> Put:
        """The change that a draft amounts to, based on the version from which it was begun.

        Raises: NotFound, DraftMisfit.
        """
        draft = self.draft(kind, key)
        try:
            body = SHAPES[kind].model_validate(draft.body)
        except ValidationError as wrong:
            raise DraftMisfit(wrong, kind=kind.value, key=key) from None
        return Put(kind, body, based_on=draft.based_on)

    # ---- inside

    def _drawn(self, connection: Connection, kind: ThingKind, key: str) -> Draft:
        found = connection.execute(select(DRAFTS).where(*_at(DRAFTS, kind, key))).one_or_none()
        if found is None:
            raise NotFound(kind=f"draft of {kind}", key=key)
        return _draft(found)

    def _picture(self, connection: Connection, base: Setup | None = None) -> Setup:
        """From the database; the bodies from `base`, if that has them."""
        revision = connection.execute(select(func.max(THINGS.c.revision))).scalar_one() or 0
        if base is None and self._last is not None and self._last.revision == revision:
            base = self._last
        rows = connection.execute(_VERSIONS if base else _NEWEST).all()
        setup = base or _with_bodies(Setup(), rows)
        versions = {f"{row.kind}:{row.key}": row.version for row in rows}
        sealed = connection.execute(select(SECRETS.c.name, SECRETS.c.sealed)).all()
        passwords = {name: self._box.open(box, name) for name, box in sealed}
        return replace(
            setup, revision=revision, versions=MappingProxyType(versions), passwords=MappingProxyType(passwords)
        )

    def _write(self, connection: Connection, wish: Wish, before: Setup, entry: Entry) -> None:
        if isinstance(wish, SetPassword):
            self._set_password(connection, f"{wish.kind}:{wish.key}", wish.password)
            note(connection, replace(entry, what=Deed.PASSWORD_SET, kind=wish.kind.value, key=wish.key))
            return
        old = shelf(before, wish.kind).get(wish.key)
        body = wish.body.model_dump(mode="json") if isinstance(wish, Put) else None
        version = _newest(connection, wish.kind, wish.key) + 1
        row = {"kind": wish.kind.value, "key": wish.key, "version": version, "revision": before.revision + 1}
        connection.execute(insert(THINGS).values(**row, body=body, at=entry.at.timestamp(), by=entry.by))
        if body is None:
            connection.execute(delete(SECRETS).where(SECRETS.c.name == f"{wish.kind}:{wish.key}"))
        was = old.model_dump(mode="json") if old else None
        what = Deed.REMOVED if body is None else Deed.CHANGED if old else Deed.MADE
        note(connection, replace(entry, what=what, kind=wish.kind.value, key=wish.key, before=was, after=body))

    def _set_password(self, connection: Connection, name: str, password: Secret) -> None:
        connection.execute(delete(SECRETS).where(SECRETS.c.name == name))
        connection.execute(insert(SECRETS).values(name=name, sealed=self._box.seal(password, name)))


_LAST = select(THINGS.c.kind, THINGS.c.key, func.max(THINGS.c.version).label("version")).group_by(
    THINGS.c.kind, THINGS.c.key
).subquery()
_NEWEST = select(THINGS).join(
    _LAST, (THINGS.c.kind == _LAST.c.kind) & (THINGS.c.key == _LAST.c.key) & (THINGS.c.version == _LAST.c.version)
)

_VERSIONS = select(_LAST.c.kind, _LAST.c.key, _LAST.c.version)


def _one_at_a_time(connection: Connection) -> None:
    """Two who publish at once do it one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _PUBLISHING})
    else:
        connection.execute(delete(SECRETS).where(SECRETS.c.name == ""))  # a write takes SQLite's one write lock


def _checked(before: Setup, wishes: Iterable[Wish]) -> Setup:
    after = before
    for wish in wishes:
        if isinstance(wish, SetPassword):
            if wish.key not in shelf(after, wish.kind):
                raise NotFound(kind=wish.kind.value, key=wish.key)
            continue
        _must_be_newest(before, wish)
        if isinstance(wish, Remove) and wish.key not in shelf(before, wish.kind):
            raise NotFound(kind=wish.kind.value, key=wish.key)
        after = with_thing(after, wish.kind, wish.key, wish.body if isinstance(wish, Put) else None)
    for wish in wishes:
        if isinstance(wish, Remove) and (users := users_of(after, wish.kind, wish.key)):
            raise StillUsed(kind=wish.kind.value, key=wish.key, users=", ".join(users))
    if faults := faults_of(after, before):
        raise NotPublishable(faults)
    return after


def _must_be_newest(before: Setup, wish: Put | Remove) -> None:
    """Raises: Stale. Based on nothing is right for a key that was never used, and for one that was removed."""
    current = before.version(wish.kind, wish.key)
    begins_anew = wish.based_on == 0 and wish.key not in shelf(before, wish.kind)
    if wish.based_on not in (None, current) and not begins_anew:
        raise Stale(kind=wish.kind.value, key=wish.key, current=current)


def _with_bodies(setup: Setup, rows: Sequence[Any]) -> Setup:
    return with_things(setup, ((ThingKind(row.kind), row.key, _body(row.kind, row.body)) for row in rows))


def _body(kind: str, plain: dict[str, Any] | None) -> Configured | None:
    return None if plain is None else SHAPES[ThingKind(kind)].model_validate(plain)


def _at(table: Table, kind: ThingKind, key: str) -> tuple[Any, Any]:
    return table.c.kind == kind.value, table.c.key == key


def _newest(connection: Connection, kind: ThingKind, key: str) -> int:
    found = connection.execute(select(func.max(THINGS.c.version)).where(*_at(THINGS, kind, key))).scalar_one()
    return found or 0


def _version(row: Row[Any]) -> Version:
    return Version(version=row.version, at=datetime.fromtimestamp(row.at, UTC), by=row.by, body=row.body)


def _draft(row: Row[Any]) -> Draft:
    at = datetime.fromtimestamp(row.at, UTC)
    return Draft(
        kind=ThingKind(row.kind), key=row.key, body=row.body, based_on=row.based_on, edit=row.edit, at=at, by=row.by
    )
