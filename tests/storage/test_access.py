"""Passwords, sessions and tokens, on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from switchroom.domain.access import Right, Scope
from switchroom.domain.identity import ProjectId, UserId
from switchroom.domain.people import Secret
from switchroom.storage.credentials import (
    CREDENTIALS,
    Attempt,
    Credentials,
    PasswordTooShort,
    TooManyWrongPasswords,
    WrongPassword,
)
from switchroom.storage.sessions import IDLE_AT_MOST, SESSIONS, Sessions
from switchroom.storage.tokens import Tokens

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ANNA = UserId("anna")
RIGHT = Secret("correct horse")


@pytest.fixture
def credentials(database: Engine) -> Credentials:
    """With one user; hashing is cheap here."""
    made = Credentials(database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    made.set_password(ANNA, RIGHT, NOW)
    return made


def test_only_the_right_password_signs_in_and_only_its_hash_is_kept(
    credentials: Credentials, database: Engine
) -> None:
    credentials.sign_in(Attempt(ANNA, "10.0.0.1"), RIGHT, NOW)
    with pytest.raises(WrongPassword):
        credentials.sign_in(Attempt(ANNA, "10.0.0.1"), Secret("wrong horse"), NOW)
    with pytest.raises(WrongPassword):
        credentials.sign_in(Attempt(UserId("nobody"), "10.0.0.1"), RIGHT, NOW)
    with database.connect() as connection:
        assert "horse" not in connection.execute(select(CREDENTIALS.c.hash)).scalar_one()


def test_a_guesser_waits_longer_each_time_and_the_user_elsewhere_does_not(credentials: Credentials) -> None:
    guesser, refused = Attempt(ANNA, "10.6.6.6"), 0
    for n in range(100):
        try:
            credentials.sign_in(guesser, Secret(f"guess number {n}"), NOW + timedelta(seconds=n))
        except TooManyWrongPasswords:
            refused += 1
        except WrongPassword:
            pass
    assert refused > 80
    with pytest.raises(TooManyWrongPasswords):
        credentials.sign_in(guesser, RIGHT, NOW + timedelta(seconds=100))
    credentials.sign_in(Attempt(ANNA, "10.0.0.1"), RIGHT, NOW + timedelta(seconds=100))
    credentials.sign_in(guesser, RIGHT, NOW + timedelta(hours=2))


def test_a_short_password_is_refused(credentials: Credentials) -> None:
    with pytest.raises(PasswordTooShort):
        credentials.set_password(ANNA, Secret("short"), NOW)


def test_a_session_ends_when_it_was_idle_and_its_cookie_is_not_kept(database: Engine) -> None:
    sessions = Sessions(database)
    cookie, _ = sessions.begin(ANNA, NOW, "10.0.0.1", "Browser")
    assert sessions.find(cookie, NOW + timedelta(hours=1)) is not None
    assert sessions.find("another", NOW) is None
    with database.connect() as connection:
        assert cookie not in connection.execute(select(SESSIONS.c.id)).scalar_one()
    assert sessions.find(cookie, NOW + timedelta(hours=2) + IDLE_AT_MOST) is None
    assert sessions.of(ANNA) == []


def test_what_a_page_asks_by_itself_keeps_no_session_from_ending(database: Engine) -> None:
    sessions = Sessions(database)
    cookie, _ = sessions.begin(ANNA, NOW, "10.0.0.1", "Browser")
    assert sessions.find(cookie, NOW + timedelta(hours=1), touched=False) is not None
    assert sessions.find(cookie, NOW + timedelta(minutes=1) + IDLE_AT_MOST, touched=False) is None
    assert sessions.of(ANNA) == []


def test_signing_out_everywhere_leaves_the_present_browser(database: Engine) -> None:
    sessions = Sessions(database)
    here, kept = sessions.begin(ANNA, NOW)
    there, _ = sessions.begin(ANNA, NOW)
    sessions.end_all(ANNA, but=kept.id)
    assert sessions.find(here, NOW) is not None
    assert sessions.find(there, NOW) is None


def test_a_token_is_never_wider_than_its_owner(database: Engine) -> None:
    tokens = Tokens(database)
    shown, made = tokens.make(ANNA, "CRM", {Right.SEE_CALLS, Right.ADMINISTER}, ["north"], NOW, NOW + timedelta(days=1))
    owner = Scope(ANNA, frozenset({Right.SEE_CALLS, Right.SERVE}), frozenset({ProjectId("north"), ProjectId("south")}))
    found = tokens.find(shown, NOW)
    assert found is not None
    assert found.narrow(owner) == Scope(ANNA, frozenset({Right.SEE_CALLS}), frozenset({ProjectId("north")}))
    assert tokens.find(shown, NOW + timedelta(days=2)) is None
    assert not tokens.revoke(UserId("boris"), made.id)
    assert tokens.revoke(ANNA, made.id)
    assert tokens.find(shown, NOW) is None
