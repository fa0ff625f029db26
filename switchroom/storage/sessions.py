"""Sessions of browsers: of their tokens only hashes are kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, Engine, Float, Row, String, Table, Text, delete, insert, select, update

from switchroom.domain.identity import UserId
from switchroom.storage.tables import METADATA

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(64), primary_key=True, doc="SHA-256 of the cookie"),
    Column("user", String(80), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("began", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("address", Text, nullable=False),
    Column("browser", Text, nullable=False),
)
IDLE_AT_MOST = timedelta(hours=12)
LASTS_AT_MOST = timedelta(days=7)
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that is signed in; `csrf` must come with whatever it changes."""

    id: str
    user: UserId
    csrf: str
    began: datetime
    seen: datetime
    address: str
    browser: str


class Sessions:
    """Synchronous and quick."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, user: UserId, now: datetime, address: str = "", browser: str = "") -> tuple[str, Session]:
        """A new session, and the cookie that stands for it."""
        cookie = secrets.token_urlsafe(32)
        row = {"id": hashed(cookie), "user": user, "csrf": secrets.token_urlsafe(24), "began": now.timestamp(),
               "seen": now.timestamp(), "address": address, "browser": browser[:200]}  # fmt: skip
        with self._engine.begin() as connection:
            oldest = (now - LASTS_AT_MOST).timestamp()
            connection.execute(delete(SESSIONS).where(SESSIONS.c.began < oldest))
            connection.execute(insert(SESSIONS).values(**row))
            found = connection.execute(select(SESSIONS).where(SESSIONS.c.id == row["id"])).one()
        return cookie, _session(found)

    def find(self, cookie: str, now: datetime, *, touched: bool = True) -> Session | None:
        """The session of a cookie, unless it was idle or lasted for too long.

        `touched` is False where a page asks by itself: that keeps no session from being idle.
        """
        with self._engine.connect() as connection:
            found = connection.execute(select(SESSIONS).where(SESSIONS.c.id == hashed(cookie))).one_or_none()
        if found is None:
            return None
        session = _session(found)
        if now - session.seen > IDLE_AT_MOST or now - session.began > LASTS_AT_MOST:
            self.end(session.id)
            return None
        if touched and now - session.seen > _SEEN_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.id == session.id).values(seen=now.timestamp()))
        return session

    def end(self, session: str) -> None:
        """Sign a browser out."""
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.id == session))

    def end_all(self, user: UserId, but: str | None = None) -> None:
        """Sign a user out everywhere (but here)."""
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.user == user, SESSIONS.c.id != (but or "")))

    def of(self, user: UserId) -> list[Session]:
        """Where a user is signed in."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(SESSIONS).where(SESSIONS.c.user == user).order_by(SESSIONS.c.began))
            return [_session(row) for row in rows]


def hashed(token: str) -> str:
    """What is kept of a token; it is random, so a quick hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def _session(row: Row[tuple[object, ...]]) -> Session:
    told = dict(row._mapping)
    began, seen = (datetime.fromtimestamp(told.pop(name), UTC) for name in ("began", "seen"))
    return Session(**told, began=began, seen=seen)
