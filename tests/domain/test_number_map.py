"""The picture of where every number leads."""

from dataclasses import replace

import pytest

from switchroom.domain.calendars import Calendar
from switchroom.domain.configured import ThingKind
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.groups import Group
from switchroom.domain.number_map import NumberMap, Way, number_map
from switchroom.domain.routes import Route, When
from switchroom.domain.setup import Setup
from switchroom.domain.titles import Title
from switchroom.domain.trunks import Trunk, TrunkKind
from tests.company import a_company

pytestmark = pytest.mark.feature("P4")


def drawn(**parts: object) -> NumberMap:
    return number_map(replace(a_company(), **parts))  # type: ignore[arg-type]  # parts of a setup


def to(kind: TargetKind, key: str) -> Target:
    return Target(kind=kind, key=key)


def test_a_rule_leads_through_the_menu_to_the_queue_and_to_a_person_by_the_keys_that_are_pressed() -> None:
    routes = {"in": Route(id="in", title="In", number="7495*", target=to(TargetKind.SCENARIO, "main"))}
    found = drawn(routes=routes)
    assert [stop.id for stop in found.stops] == [
        "route:in", "extension:101", "extension:400", "extension:500", "scenario:main", "user:anna", "queue:service",
    ]  # fmt: skip
    key = {n: Title(f"Key {n}", f"Кнопка {n}") for n in "12"}
    assert set(found.ways) == {
        Way("route:in", "scenario:main"), Way("extension:500", "scenario:main"),
        Way("extension:101", "user:anna"), Way("extension:400", "queue:service"),
        Way("scenario:main", "queue:service", key["1"]), Way("scenario:main", "extension:101", key["2"]),
    }  # fmt: skip
    queue = next(stop for stop in found.stops if stop.kind is ThingKind.QUEUE)
    assert queue.people == ("Anna", "Boris")


def test_when_a_rule_holds_is_said_in_words() -> None:
    route = Route(
        id="in", title="In", number="74951234567", trunk="carrier", caller="+7916*", countries=("RU",),
        calendar="office", when=When.CLOSED, target=to(TargetKind.QUEUE, "service"),
    )  # fmt: skip
    found = drawn(
        routes={"in": route}, calendars={"office": Calendar(id="office", title="Office")},
        trunks={"carrier": Trunk(id="carrier", title="Carrier", kind=TrunkKind.PEER, username="carrier")},
    )  # fmt: skip
    assert found.stops[0].note == Title(
        "line “Carrier”, number 74951234567, caller +7916*, from RU, out of its hours (Office)",
        "линия «Carrier», номер 74951234567, звонит +7916*, страна RU, в нерабочие часы (Office)",
    )


def test_a_number_of_the_house_itself_says_what_it_does() -> None:
    numbers = {"*8": "pick_up", "701": "parking"}
    found = drawn(extensions={n: Extension(number=n, target=to(TargetKind.SERVICE, key)) for n, key in numbers.items()})
    assert {stop.key: stop.note for stop in found.stops} == {
        "*8": Title("Pick up", "Перехват звонка"), "701": Title("Parking place", "Место парковки"),
    }  # fmt: skip
    assert found.ways == ()


def test_numbers_that_go_round_and_groups_that_flow_over_are_drawn_once() -> None:
    extensions = {
        "1": Extension(number="1", target=to(TargetKind.EXTENSION, "2")),
        "2": Extension(number="2", target=to(TargetKind.EXTENSION, "1")),
        "3": Extension(number="3", target=to(TargetKind.GROUP, "masters")),
    }
    groups = {"masters": Group(id="masters", title="Masters", members=("anna",), overflow="3")}
    found = drawn(extensions=extensions, groups=groups)
    assert [stop.id for stop in found.stops] == ["extension:1", "extension:2", "extension:3", "group:masters"]
    assert {(way.start, way.end) for way in found.ways} == {
        ("extension:1", "extension:2"), ("extension:2", "extension:1"), ("extension:3", "group:masters"),
        ("group:masters", "extension:3"),
    }  # fmt: skip


def test_what_was_removed_is_drawn_as_not_there() -> None:
    found = drawn(routes={"in": Route(id="in", title="In", target=to(TargetKind.GROUP, "gone"))}, extensions={})
    assert [(stop.id, stop.there) for stop in found.stops] == [("route:in", True), ("group:gone", False)]


def test_nothing_leads_nowhere() -> None:
    assert number_map(Setup()) == NumberMap((), ())
