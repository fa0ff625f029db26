"""The configuration in versions, on SQLite and PostgreSQL."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from switchroom.domain.configured import Configured, ThingKind
from switchroom.domain.devices import Device
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.people import Secret
from switchroom.domain.publishing import NotPublishable, Put, Remove, SetPassword
from switchroom.domain.queues import Queue
from switchroom.domain.refusals import NotFound, Stale, StillUsed
from switchroom.domain.users import User
from switchroom.storage import audit
from switchroom.storage.secrets import SecretBox, WrongHouseKey
from switchroom.storage.setup import SECRETS, DraftMisfit, SetupStore

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ROOT = Put(ThingKind.USER, User(id="root", name="Root", roles=("administrator",)))
ANNA = Put(ThingKind.USER, User(id="anna", name="Anna", roles=("operator",)))
DESK = Put(ThingKind.DEVICE, Device(id="anna-desk", user="anna"))


@pytest.fixture
def store(database: Engine) -> SetupStore:
    """With an administrator and an operator who has a phone."""
    made = SetupStore(database, SecretBox(b"k" * 32))
    made.publish([ROOT, ANNA, DESK, SetPassword(ThingKind.DEVICE, "anna-desk", Secret("pw-anna"))], "root", NOW)
    return made


def queue(title: str, *operators: str) -> Queue:
    return Queue(id="sales", title=title, operators=operators)


@pytest.mark.feature("Z5")
def test_what_was_published_is_the_picture_with_its_versions(store: SetupStore) -> None:
    picture = store.publish([Put(ThingKind.QUEUE, queue("Sales", "anna"))], "root", NOW)
    again = store.publish([Put(ThingKind.QUEUE, queue("Sales department", "anna"))], "root", NOW)
    assert picture.revision + 1 == again.revision
    assert again.version("queue", "sales") == 2
    assert again == store.picture()
    assert [v.version for v in store.history(ThingKind.QUEUE, "sales")] == [2, 1]


def test_a_running_call_finds_the_version_that_it_began_with(store: SetupStore) -> None:
    for title in ("One", "Two"):
        store.publish([Put(ThingKind.QUEUE, queue(title))], "root", NOW)
    first: Configured = store.version_of(ThingKind.QUEUE, "sales", 1)
    assert first == queue("One")
    assert store.publish([Put(ThingKind.QUEUE, first)], "root", NOW).queues["sales"] == queue("One")
    with pytest.raises(NotFound):
        store.version_of(ThingKind.QUEUE, "sales", 9)


def test_passwords_are_sealed_and_come_back_only_with_the_houses_key(store: SetupStore, database: Engine) -> None:
    assert store.picture().passwords["device:anna-desk"].reveal() == "pw-anna"
    with database.connect() as connection:
        sealed = connection.execute(select(SECRETS.c.sealed)).scalar_one()
    assert b"pw-anna" not in sealed
    with pytest.raises(WrongHouseKey):
        SetupStore(database, SecretBox(b"x" * 32)).picture()
    assert "pw-anna" not in str(audit.entries(database, audit.Sought()))


def test_all_faults_are_told_at_once_and_nothing_is_changed(store: SetupStore) -> None:
    before = store.picture()
    loop = Extension(number="10", target=Target(kind=TargetKind.EXTENSION, key="10"))
    wrong = Queue(id="sales", title="Sales", operators=("nobody",), card="none", project="nowhere")
    with pytest.raises(NotPublishable) as refused:
        store.publish([Put(ThingKind.QUEUE, wrong), Put(ThingKind.EXTENSION, loop)], "root", NOW)
    assert {f.path for f in refused.value.all} == {"operators", "card", "project", "target"}
    assert store.picture() == before


def test_what_others_name_cannot_go_and_the_last_administrator_stays(store: SetupStore) -> None:
    with pytest.raises(StillUsed) as used:
        store.publish([Remove(ThingKind.USER, "anna")], "root", NOW)
    assert "device anna-desk" in used.value.facts["users"]
    gone = store.publish([Remove(ThingKind.DEVICE, "anna-desk"), Remove(ThingKind.USER, "anna")], "root", NOW)
    assert list(gone.users) == ["root"]
    assert not gone.passwords
    with pytest.raises(NotPublishable):
        store.publish([Remove(ThingKind.USER, "root")], "root", NOW)


def test_of_two_who_change_the_same_version_one_is_told_to_look_again(store: SetupStore) -> None:
    store.publish([Put(ThingKind.QUEUE, queue("Sales"))], "root", NOW)
    outcomes: list[str] = []

    def change(title: str) -> None:
        try:
            store.publish([Put(ThingKind.QUEUE, queue(title), based_on=1)], "root", NOW)
            outcomes.append("published")
        except Stale:
            outcomes.append("stale")

    threads = [threading.Thread(target=change, args=(title,)) for title in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["published", "stale"]
    assert store.picture().version("queue", "sales") == 2


def test_a_draft_is_kept_right_or_wrong_and_published_when_it_is_right(store: SetupStore) -> None:
    draft = store.save_draft(ThingKind.QUEUE, "sales", {"id": "sales"}, "root", NOW)
    with pytest.raises(DraftMisfit):
        store.wish_of_draft(ThingKind.QUEUE, "sales")
    store.save_draft(ThingKind.QUEUE, "sales", {"id": "sales", "title": "Sales"}, "root", NOW, seen=draft.edit)
    with pytest.raises(Stale):
        store.save_draft(ThingKind.QUEUE, "sales", {}, "anna", NOW, seen=draft.edit)
    wish = store.wish_of_draft(ThingKind.QUEUE, "sales")
    assert store.publish([wish], "root", NOW).queues["sales"].title == "Sales"
    with pytest.raises(Stale):
        store.publish([wish], "root", NOW)
    store.discard_draft(ThingKind.QUEUE, "sales")
    assert store.drafts() == []


def test_every_change_stands_in_the_audit_with_what_was_before_and_after(
    store: SetupStore, database: Engine
) -> None:
    store.publish([Put(ThingKind.QUEUE, queue("One"))], "root", NOW)
    store.publish([Put(ThingKind.QUEUE, queue("Two"))], "anna", NOW)
    (_, last), (_, first) = audit.entries(database, audit.Sought(kind="queue", key="sales"))
    assert (first.what, first.before, first.by) == ("made", None, "root")
    assert (last.what, last.before["title"], last.after["title"], last.by) == ("changed", "One", "Two", "anna")
