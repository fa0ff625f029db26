"""Messages in their boxes, on SQLite and PostgreSQL: written with the facts, counted, and over when their time is."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.messages import MessageDeleted, MessageErased, MessageHeard, MessageTakenBack
from switchroom.domain.identity import RecordingId, StoryId, UserId
from switchroom.storage.ledger import Change
from switchroom.storage.messages import DELETED_KEPT_FOR, Message, Messages, bookkeeper, kept

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ANNA, BORIS = UserId("anna"), UserId("boris")


def a_message(name: str, user: UserId = ANNA, at: datetime = NOON) -> Message:
    return Message(
        id=RecordingId(name), user=user, call=StoryId(f"call of {name}"), kept=at, lasts=timedelta(seconds=4.5),
        octets=900, wrapped_key=b"key", until=at + timedelta(days=180),
    )  # fmt: skip


def keep(database: Engine, *messages: Message) -> None:
    with database.begin() as connection:
        for message in messages:
            kept(message)(connection)


def tell(database: Engine, fact: Fact, at: datetime = NOON) -> None:
    with database.begin() as connection:
        for write in bookkeeper(Change(at=at, facts=(fact,))):
            write(connection)


def names(messages: list[Message]) -> list[str]:
    return [message.id for message in messages]


@pytest.mark.feature("P8")
def test_a_box_has_its_own_messages_the_newest_first_and_each_once(database: Engine) -> None:
    old, new = a_message("old"), a_message("new", at=NOON + timedelta(hours=1))
    keep(database, old, new, a_message("of boris", BORIS), old)
    rows = Messages(database)
    assert rows.of("anna") == [new, old]
    assert rows.find("old") == old
    assert rows.find("none") is None
    assert (rows.unheard("anna"), rows.unheard("boris"), rows.unheard("clara")) == (2, 1, 0)


@pytest.mark.feature("P8")
def test_heard_new_again_thrown_away_and_taken_back(database: Engine) -> None:
    keep(database, a_message("one"))
    rows, one = Messages(database), RecordingId("one")
    tell(database, MessageHeard(message=one, user=ANNA))
    assert (rows.unheard("anna"), rows.of("anna")[0].heard) == (0, NOON)
    tell(database, MessageHeard(message=one, user=ANNA, heard=False))
    assert rows.unheard("anna") == 1
    tell(database, MessageDeleted(message=one, user=ANNA))
    assert (rows.of("anna"), rows.unheard("anna")) == ([], 0)
    tell(database, MessageTakenBack(message=one, user=ANNA))
    assert names(rows.of("anna")) == ["one"]


@pytest.mark.feature("P8")
def test_what_is_over_is_found_once_and_erased_for_good(database: Engine) -> None:
    keep(database, a_message("deleted"), a_message("old", at=NOON - timedelta(days=180, minutes=1)), a_message("new"))
    rows = Messages(database)
    tell(database, MessageDeleted(message=RecordingId("deleted"), user=ANNA))
    assert names(rows.overdue(NOON)) == ["old"]
    later = NOON + DELETED_KEPT_FOR + timedelta(seconds=1)
    assert sorted(names(rows.overdue(later))) == ["deleted", "old"]
    for name in ("deleted", "old"):
        tell(database, MessageErased(message=RecordingId(name), user=ANNA, why="test"), later)
    assert rows.overdue(later) == []
    assert names(rows.of("anna")) == ["new"]
    erased = rows.find("old")
    assert erased is not None
    assert erased.wrapped_key is None
