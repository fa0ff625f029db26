"""Passwords of people: only their argon2 hashes are kept. Wrong ones are slowed down, also over a restart."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Column, Connection, Engine, Float, Integer, String, Table, Text, delete, insert, select

from switchroom.domain.identity import UserId
from switchroom.domain.people import Secret
from switchroom.domain.refusals import Refusal
from switchroom.storage.tables import METADATA

CREDENTIALS = Table(
    "credentials",
    METADATA,
    Column("user", String(80), primary_key=True),
    Column("hash", Text, nullable=False),
    Column("changed", Float, nullable=False),
)
MISSES = Table(
    "misses",
    METADATA,
    Column("who", String(160), primary_key=True, doc="user@address, or an address alone"),
    Column("misses", Integer, nullable=False),
    Column("last", Float, nullable=False),
)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
_FREE_OF_USER, _FREE_OF_ADDRESS = 5, 30
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(hours=1)
_SOMEBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNvbWVzb21lc29tZQ$hTRBaZTjEYyNQ7iCcTTlTGyCCYdTSo0lPMiTDzP5oCw"
"""Checked where there is no such user, so that the time tells nothing."""


class PasswordTooShort(Refusal):
    """Too easy to guess."""

    code = "password.too_short"
    status = 422
    en = "A password has {least} to {most} characters."
    ru = "В пароле от {least} до {most} знаков."


class TooManyWrongPasswords(Refusal):
    """Whoever guesses waits, longer each time."""

    code = "sign_in.too_many"
    status = 429
    en = "Too many wrong passwords. Try again in {seconds} s."
    ru = "Слишком много неверных паролей. Повторите через {seconds} с."


class WrongPassword(Refusal):
    """No such name and password."""

    code = "sign_in.wrong"
    status = 401
    en = "The name or the password is wrong."
    ru = "Неверное имя или пароль."


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries to sign in, from where."""

    user: UserId
    address: str

    def counted(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """What is counted, and how many misses are free: a guesser elsewhere does not lock the user out."""
        return (f"{self.user[:80]}@{self.address[:60]}", _FREE_OF_USER), (self.address[:60], _FREE_OF_ADDRESS)


class Credentials:
    """Synchronous: one check takes 0.1 s of a core, so it is called in a thread."""

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()

    def set_password(self, user: UserId, password: Secret, now: datetime) -> None:
        """Raises: PasswordTooShort."""
        plain = password.reveal() or ""
        if not SHORTEST_PASSWORD <= len(plain) <= LONGEST_PASSWORD:
            raise PasswordTooShort(least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
        row = {"user": user, "hash": self._hasher.hash(plain), "changed": now.timestamp()}
        with self._engine.begin() as connection:
            connection.execute(delete(CREDENTIALS).where(CREDENTIALS.c.user == user))
            connection.execute(insert(CREDENTIALS).values(**row))

    def forget(self, user: UserId) -> None:
        """They can't sign in with a password any more."""
        with self._engine.begin() as connection:
            connection.execute(delete(CREDENTIALS).where(CREDENTIALS.c.user == user))

    def known(self) -> frozenset[UserId]:
        """Everybody who has a password."""
        with self._engine.connect() as connection:
            return frozenset(UserId(user) for user in connection.execute(select(CREDENTIALS.c.user)).scalars())

    def sign_in(self, attempt: Attempt, password: Secret, now: datetime) -> None:
        """Returns if the password is right. Raises: WrongPassword; TooManyWrongPasswords."""
        with self._engine.connect() as connection:
            wait = max(_wait(connection, who, free, now) for who, free in attempt.counted())
        if wait > timedelta(0):
            raise TooManyWrongPasswords(seconds=int(wait.total_seconds()) + 1)
        right = self.fits(attempt.user, password)
        with self._engine.begin() as connection:
            for who, _ in attempt.counted():
                _count(connection, who, None if right else now)
        if not right:
            raise WrongPassword

    def fits(self, user: UserId, password: Secret) -> bool:
        """Whether this is the user's password; takes as long for a user who is not there."""
        with self._engine.connect() as connection:
            kept = connection.execute(select(CREDENTIALS.c.hash).where(CREDENTIALS.c.user == user)).scalar_one_or_none()
        plain = (password.reveal() or "")[: LONGEST_PASSWORD + 1]
        try:
            return self._hasher.verify(kept or _SOMEBODY, plain) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def _wait(connection: Connection, who: str, free: int, now: datetime) -> timedelta:
    """How long this one has still to wait: it doubles with each miss after the free ones."""
    found = connection.execute(select(MISSES).where(MISSES.c.who == who)).one_or_none()
    if found is None or found.misses < free or now.timestamp() - found.last > _FORGOTTEN_AFTER.total_seconds():
        return timedelta(0)
    pause = min(_LONGEST_WAIT.total_seconds(), 2.0 ** min(20, found.misses - free))
    left = found.last + pause - now.timestamp()
    return timedelta(seconds=min(max(0.0, left), _LONGEST_WAIT.total_seconds()))  # a clock set back locks nobody out


def _count(connection: Connection, who: str, missed: datetime | None) -> None:
    found = connection.execute(select(MISSES).where(MISSES.c.who == who)).one_or_none()
    connection.execute(delete(MISSES).where(MISSES.c.who == who))
    if missed is None:
        return
    fresh = found is None or missed.timestamp() - found.last > _FORGOTTEN_AFTER.total_seconds()
    count = 1 if fresh or found is None else found.misses + 1
    connection.execute(insert(MISSES).values(who=who, misses=count, last=missed.timestamp()))
