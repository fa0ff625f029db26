"""Personal tokens for programs: some of their owner's rights, until a day. Only hashes are kept."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import JSON, Column, Engine, Float, Row, String, Table, delete, insert, select, update

from switchroom.domain.access import Right, Scope
from switchroom.domain.identity import ProjectId, UserId
from switchroom.storage.sessions import hashed
from switchroom.storage.tables import METADATA

TOKENS = Table(
    "tokens",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("user", String(80), nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("rights", JSON, nullable=False),
    Column("projects", JSON(none_as_null=True)),
    Column("made", Float, nullable=False),
    Column("until", Float),
    Column("used", Float),
)
PREFIX = "swr_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A program's way in."""

    id: str
    user: UserId
    title: str
    rights: frozenset[Right]
    projects: frozenset[ProjectId] | None
    made: datetime
    until: datetime | None
    used: datetime | None

    def narrow(self, scope: Scope) -> Scope:
        """The owner's scope, no wider than the token; what the owner loses, the token loses."""
        rights = frozenset(Right) if Right.ADMINISTER in scope.rights else scope.rights
        both = [projects for projects in (scope.projects, self.projects) if projects is not None]
        projects = frozenset.intersection(*both) if both else None
        return Scope(scope.user, rights & self.rights, projects)


class Tokens:
    """Synchronous and quick."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(
        self, user: UserId, title: str, rights: Iterable[Right], projects: Iterable[str] | None,
        now: datetime, until: datetime | None,
    ) -> tuple[str, Token]:  # fmt: skip
        """A new token and its text, which is shown this once."""
        shown = PREFIX + secrets.token_urlsafe(32)
        row = {
            "id": secrets.token_hex(8), "hash": hashed(shown), "user": user, "title": title,
            "rights": sorted(rights), "projects": None if projects is None else sorted(projects),
            "made": now.timestamp(), "until": until.timestamp() if until else None,
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(insert(TOKENS).values(**row))
            found = connection.execute(select(TOKENS).where(TOKENS.c.id == row["id"])).one()
        return shown, _token(found)

    def find(self, shown: str, now: datetime) -> Token | None:
        """The token of this text, unless its time is over."""
        with self._engine.connect() as connection:
            found = connection.execute(select(TOKENS).where(TOKENS.c.hash == hashed(shown))).one_or_none()
        if found is None or (found.until is not None and found.until < now.timestamp()):
            return None
        if found.used is None or now.timestamp() - found.used > 60:
            with self._engine.begin() as connection:
                connection.execute(update(TOKENS).where(TOKENS.c.id == found.id).values(used=now.timestamp()))
        return _token(found)

    def of(self, user: UserId) -> list[Token]:
        """A user's tokens."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(TOKENS).where(TOKENS.c.user == user).order_by(TOKENS.c.made))
            return [_token(row) for row in rows]

    def revoke(self, user: UserId, token: str) -> bool:
        """End a user's token; whether there was one."""
        with self._engine.begin() as connection:
            gone = connection.execute(delete(TOKENS).where(TOKENS.c.id == token, TOKENS.c.user == user))
            return gone.rowcount > 0


def _token(row: Row[tuple[object, ...]]) -> Token:
    told = dict(row._mapping)
    moments = {
        name: None if told[name] is None else datetime.fromtimestamp(told[name], UTC) for name in ("until", "used")
    }
    return Token(
        id=told["id"],
        user=UserId(told["user"]),
        title=told["title"],
        rights=frozenset(Right(right) for right in told["rights"]),
        projects=None if told["projects"] is None else frozenset(ProjectId(p) for p in told["projects"]),
        made=datetime.fromtimestamp(told["made"], UTC),
        **moments,
    )
