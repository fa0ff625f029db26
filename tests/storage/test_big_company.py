"""A big company is published whole, and one change of it leaves all the rest as it was, in whatever process."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from bench.changes import BY, GROUPS, TRUNKS, USERS, company, one_change
from switchroom.domain.configured import ThingKind
from switchroom.domain.people import Secret
from switchroom.domain.publishing import SetPassword
from switchroom.domain.routes import Arriving
from switchroom.storage.database import open_database
from switchroom.storage.secrets import SecretBox
from switchroom.storage.setup import SetupStore

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PLACED = ("users", "devices", "trunks", "extensions", "groups", "routes", "outbound_routes")


@pytest.mark.feature("P1")
def test_one_change_of_two_thousand_people_changes_nothing_else() -> None:
    database = open_database("sqlite://")
    store, other = SetupStore(database, SecretBox(bytes(32))), SetupStore(database, SecretBox(bytes(32)))
    before = store.publish(list(company()), BY, NOW)
    assert (len(before.users), len(before.groups), len(before.trunks)) == (USERS + 1, GROUPS, TRUNKS)
    after = store.publish([one_change(7)], BY, NOW)
    assert after.users["user7"].name == "Renamed 7"
    assert {key: u for key, u in after.users.items() if key != "user7"} == {
        key: u for key, u in before.users.items() if key != "user7"
    }
    assert all(getattr(after, name) == getattr(before, name) for name in PLACED if name != "users")
    assert after.version("user", "user7") == 2
    found = after.route_of(Arriving(trunk="trunk0", dialled="74950000029", caller="", moment=NOW))
    assert found is not None
    assert found.target.key == "group29"
    # another process changes things, too: nobody goes on with what they remember
    other.publish([one_change(8), SetPassword(ThingKind.TRUNK, "trunk0", Secret("one two three"))], BY, NOW)
    third = store.publish([one_change(9)], BY, NOW)
    assert [third.users[f"user{n}"].name for n in (7, 8, 9)] == ["Renamed 7", "Renamed 8", "Renamed 9"]
    read = SetupStore(database, SecretBox(bytes(32))).picture()
    assert all(getattr(read, one.name) == getattr(third, one.name) for one in fields(read) if one.name != "passwords")
    assert third.passwords["trunk:trunk0"].reveal() == "one two three"
