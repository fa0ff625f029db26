"""Contacts on SQLite and PostgreSQL: a number belongs to one of a list, and what is erased is gone."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from switchroom.domain.contacts import Contact, ContactId, NumberTaken
from switchroom.domain.deeds import Deed
from switchroom.storage.audit import Entry
from switchroom.storage.contacts import Contacts

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
IRINA, OLEG, MORE = "+79161234567", "+74951234567", "+79031112233"


def contact(key: str, name: str, *numbers: str, of: str = "clients") -> Contact:
    return Contact(id=ContactId(key), list=of, name=name, numbers=numbers, values={"status": "vip"})


def names(rows: Contacts, search: str, of: str = "clients") -> list[str]:
    return [one.name for one in rows.page(of, search, 0, 50).contacts]


@pytest.mark.feature("O1")
def test_contacts_are_found_by_parts_of_their_names_and_numbers(database: Engine) -> None:
    rows = Contacts(database)
    rows.put([contact("1", "Ирина Волкова", IRINA, MORE), contact("2", "олег", OLEG)], NOON)
    rows.put([contact("3", "100% Ирина", IRINA, of="others")], NOON)
    assert names(rows, "") == ["Ирина Волкова", "олег"]
    assert names(rows, "ОЛЕГ") == ["олег"]
    assert names(rows, "волк ирин") == ["Ирина Волкова"]
    assert names(rows, "903 111") == ["Ирина Волкова"]
    assert names(rows, "%") == []
    assert names(rows, "0%", of="others") == ["100% Ирина"]
    assert rows.page("clients", "", 1, 1).contacts[0].name == "олег"
    assert (rows.page("clients", "", 1, 1).total, rows.count("clients"), rows.count("none")) == (2, 2, 0)
    assert rows.find("clients", "3") is None
    assert rows.by_number("clients").keys() == {IRINA, MORE, OLEG}
    assert len(list(rows.every())) == 3


@pytest.mark.feature("O1")
def test_a_number_of_somebody_else_is_refused_and_nothing_is_changed(database: Engine) -> None:
    rows = Contacts(database)
    rows.put([contact("1", "Ирина", IRINA), contact("2", "Олег", OLEG)], NOON)
    with pytest.raises(NumberTaken) as told:
        rows.put([contact("3", "New", MORE), contact("2", "Олег", OLEG, IRINA)], NOON)
    assert (told.value.facts["number"], told.value.facts["name"]) == (IRINA, "Ирина")
    assert rows.find("clients", "3") is None
    assert rows.find("clients", "2") == contact("2", "Олег", OLEG)
    rows.put([contact("1", "Ирина", MORE), contact("2", "Олег", OLEG, IRINA)], NOON)
    assert rows.by_number("clients")[IRINA].name == "Олег", "given on in one go"


@pytest.mark.feature("O1")
def test_what_is_erased_is_gone_and_the_audit_tells_who_and_not_what(database: Engine) -> None:
    rows = Contacts(database)
    many = [contact(str(n), f"Somebody {n:04}", f"+7916{n:07}") for n in range(1200)]
    rows.put(many, NOON)
    entry = Entry(at=NOON, by="admin", what=Deed.REMOVED, kind="contact", key="7")
    assert rows.remove("clients", "7", entry) == 1
    assert rows.remove("clients", "7", entry) == 0
    assert rows.count("clients") == 1199
    assert rows.remove("clients", None) == 1199
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM contact_numbers")).scalar_one() == 0
        told = connection.execute(text("SELECT * FROM audit WHERE kind = 'contact'")).all()
    assert len(told) == 1
    assert "Somebody" not in repr(told)
