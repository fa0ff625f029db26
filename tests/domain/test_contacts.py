"""Contacts: what fits a list, which rule takes whom, and what a table makes of a list."""

from dataclasses import replace
from itertools import count
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from switchroom.domain.configured import ThingKind
from switchroom.domain.contact_import import Imported, read_contacts
from switchroom.domain.contacts import Contact, ContactId, ContactIs, ContactList, ContactMisfit, Known, checked
from switchroom.domain.events import LegArrived
from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.facts.calls import Routed
from switchroom.domain.identity import LegId, StoryId, TrunkId
from switchroom.domain.publishing import faults_of
from switchroom.domain.routes import Arriving, Route
from switchroom.domain.setup import Setup
from switchroom.engine.arrivals import arrival_of
from switchroom.engine.contacts import KnownContacts
from tests.company import NOON, a_company, around

IRINA, OLEG, NOBODY = "+79161234567", "+74951234567", "+79031112233"
CLIENTS = ContactList.model_validate({
    "id": "clients", "title": "Clients", "fields": [
        {"key": "status", "title": {"en": "Status", "ru": "Статус"}, "kind": "list", "choices": [
            {"key": "vip", "title": {"en": "Important", "ru": "Важный"}},
            {"key": "usual", "title": {"en": "Usual", "ru": "Обычный"}},
        ]},
        {"key": "debt", "title": {"en": "Debt", "ru": "Долг"}, "kind": "number"},
        {"key": "signed", "title": {"en": "Contract", "ru": "Договор"}, "kind": "check_box"},
        {"key": "since", "title": {"en": "Since", "ru": "Клиент с"}, "kind": "date"},
        {"key": "city", "title": {"en": "City", "ru": "Город"}},
    ],
})  # fmt: skip


def contact(number: str = IRINA, /, of: str = "clients", name: str = "Ирина", **values: Known) -> Contact:
    return Contact(id=ContactId(f"id of {number} in {of}"), list=of, name=name, numbers=(number,), values=values)


def with_routes(*routes: Route, **lists: ContactList) -> Setup:
    shelves = {"routes": {r.id: r for r in routes}, "contact_lists": lists or {"clients": CLIENTS}}
    return replace(a_company(), **{key: MappingProxyType(value) for key, value in shelves.items()})  # type: ignore[arg-type]


def route(key: str = "one", /, **wanted: object) -> Route:
    is_ = ContactIs.model_validate({"list": "clients", **wanted})
    return Route(id=key, title=key.title(), contact=is_, target=Target(kind=TargetKind.QUEUE, key="service"))


# ---- rules


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("wanted", "values", "matches"),
    [
        ({}, {}, True),
        ({"field": "status", "values": ("vip",)}, {"status": "vip"}, True),
        ({"field": "status", "values": ("vip",)}, {"status": "usual"}, False),
        ({"field": "status", "values": ("vip", "usual")}, {"status": "usual"}, True),
        ({"field": "status", "values": ("vip",)}, {}, False),
        ({"field": "city", "values": ("  нижний  Новгород",)}, {"city": "Нижний Новгород"}, True),
        ({"field": "debt", "values": ("100",)}, {"debt": 100.0}, True),
        ({"field": "signed", "values": ("yes",)}, {"signed": True}, True),
        ({"field": "signed", "values": ("yes",)}, {"signed": False}, False),
    ],
)
def test_a_route_looks_at_what_a_field_of_the_caller_says(
    wanted: dict[str, object], values: dict[str, Known], matches: bool
) -> None:
    setup = with_routes(route(**wanted))
    known = KnownContacts([msgspec.structs.replace(contact(), values=values)])
    asked = Arriving(trunk="t", dialled="100", caller=IRINA, moment=NOON, contacts=known.of(IRINA))
    (tried,) = setup.tried_routes(asked)
    assert tried.matched is matches
    assert setup.route_of(replace(asked, contacts=known.of(NOBODY))) is None


@pytest.mark.feature("P4")
def test_the_reason_is_told_in_the_words_of_the_list() -> None:
    setup = with_routes(route(field="status", values=("vip",)), replace_target(route("two")))
    asked = Arriving(trunk="t", dialled="100", caller=OLEG, moment=NOON, contacts={"clients": contact(OLEG)})
    first, second = setup.tried_routes(asked)
    assert "только если это контакт из «Clients», «Статус»: Важный" in first.why.ru
    assert "only for a contact of “Clients”, “Status” is Important" in first.why.en
    assert "контакт из «Clients»" in second.why.ru


def replace_target(one: Route) -> Route:
    return one.model_copy(update={"target": Target(kind=TargetKind.EXTENSION, key="101")})


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("above", "mine", "covers", "apart"),
    [
        ({}, {"field": "status", "values": ("vip",)}, True, False),
        ({"field": "status", "values": ("vip", "usual")}, {"field": "status", "values": ("VIP",)}, True, False),
        ({"field": "status", "values": ("vip",)}, {"field": "status", "values": ("usual",)}, False, True),
        ({"field": "status", "values": ("vip",)}, {"field": "city", "values": ("x",)}, False, False),
        ({"list": "others"}, {}, False, False),
    ],
)
def test_rules_that_hide_others_or_never_meet_them_are_known(
    above: dict[str, object], mine: dict[str, object], covers: bool, apart: bool
) -> None:
    one, other = (ContactIs.model_validate({"list": "clients", **wanted}) for wanted in (above, mine))
    assert (one.covers(other), one.is_apart_from(other)) == (covers, apart)
    assert not one.covers(None)


@pytest.mark.feature("P4")
def test_a_rule_names_a_field_that_is_there_and_what_stands_in_it() -> None:
    with pytest.raises(ValidationError, match="must stand"):
        ContactIs(list="clients", field="status")
    with pytest.raises(ValidationError, match="which field"):
        ContactIs(list="clients", values=("vip",))
    setup = with_routes(route(field="colour", values=("red",)))
    (fault,) = [one for one in faults_of(setup, setup) if one.kind is ThingKind.ROUTE]
    assert (fault.path, fault.title.en) == ("contact.field", "“Clients” has no field colour")
    gone = replace(setup, contact_lists=MappingProxyType({}))
    assert [one.path for one in faults_of(gone, gone) if one.kind is ThingKind.ROUTE] == ["contact.list"]


@pytest.mark.feature("P4")
@pytest.mark.feature("P12")
def test_who_calls_is_called_by_our_own_name_and_what_is_known_goes_with_the_call() -> None:
    known = KnownContacts([contact(status="vip", debt=12.5), contact(of="gone", name="Nobody")])
    setup = with_routes(route(field="status", values=("vip",)))

    def arrives(number: str) -> tuple[str | None, str, dict[str, object]]:
        event = LegArrived(
            leg=LegId("pbx-1"), via=TrunkId("carrier"), by_trunk=True, dialled="100", number=number, name="MOSCOW"
        )
        begun = arrival_of(event, StoryId("call1"), around(setup), known.of).beginning
        routed = next(fact for fact in begun.facts if isinstance(fact, Routed))
        return routed.route, begun.shown.name, dict(begun.variables)

    route_taken, name, variables = arrives("89161234567")
    assert (route_taken, name) == ("one", "Ирина")
    assert (variables["contact_status"], variables["contact_debt"], variables["caller_name"]) == ("vip", 12.5, "Ирина")
    route_taken, name, variables = arrives(NOBODY)
    assert (route_taken, name, "contact_status" in variables) == (None, "MOSCOW", False)


def test_what_is_known_changes_with_the_contacts() -> None:
    known = KnownContacts([contact(), contact(of="others", name="Other")])
    assert {one.name for one in known.of(IRINA).values()} == {"Ирина", "Other"}
    moved = replace_numbers(contact(), (OLEG,))
    known.put([moved])
    assert known.of(OLEG) == {"clients": moved}
    assert set(known.of(IRINA)) == {"others"}
    known.remove("clients", moved.id)
    known.remove("others")
    assert (dict(known.of(OLEG)), dict(known.of(IRINA))) == ({}, {})


def replace_numbers(one: Contact, numbers: tuple[str, ...]) -> Contact:
    return Contact(id=one.id, list=one.list, name=one.name, numbers=numbers, values=one.values)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"numbers": ()}, "numbers"), ({"numbers": ("100",)}, "numbers"), ({"name": "x" * 121}, "name"),
        ({"name": "a\nb"}, "name"), ({"values": {"colour": "red"}}, "values.colour"),
        ({"values": {"status": "nobody"}}, "values.status"), ({"values": {"debt": "much"}}, "values.debt"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_list_is_told_beside_its_field(wrong: dict[str, object], where: str) -> None:
    fields: dict[str, object] = {"id": "1", "list": "clients", "numbers": (IRINA,), **wrong}
    with pytest.raises(ContactMisfit) as told:
        checked(CLIENTS, Contact(**fields))  # type: ignore[arg-type]
    assert [place for place, _ in told.value.all] == [where]


# ---- tables


def imported(table: str, there: dict[str, Contact] | None = None, means: list[str] | None = None) -> Imported:
    number = count(1)
    return read_contacts(table.encode(), CLIENTS, "RU", there or {}, lambda: ContactId(str(next(number))), means)


@pytest.mark.feature("O1")
def test_a_table_with_a_head_is_understood_in_both_languages() -> None:
    table = (
        "ФИО;Телефон;Моб. тел.;Статус;Долг;Contract;Клиент с;Примечание\n"
        "Ирина Волкова;8 (916) 123-45-67;;Важный;1 200,50;да;31.12.2025;любит чай\n"
        "Олег;+7 495 123-45-67;8 903 111 22 33;usual;;нет;2026-01-02;\n"
    )
    found = imported(table)
    assert [column.means for column in found.columns] == [
        "name", "number", "number", "field:status", "field:debt", "field:signed", "field:since", "",
    ]  # fmt: skip
    irina, oleg = found.added.values()
    assert irina.values == {"status": "vip", "debt": 1200.5, "signed": True, "since": "2025-12-31"}
    assert (oleg.name, oleg.numbers, oleg.values["signed"]) == ("Олег", (OLEG, NOBODY), False)
    assert found.bad == []


@pytest.mark.feature("O1")
def test_a_table_without_a_head_is_understood_by_what_stands_in_it() -> None:
    found = imported("89161234567,Ирина Волкова,Тула\n84951234567,Олег,Орёл\n")
    assert [column.means for column in found.columns] == ["number", "name", ""]
    assert [one.name for one in found.added.values()] == ["Ирина Волкова", "Олег"]
    chosen = imported("89161234567,Ирина Волкова,Тула\n", means=["number", "", "field:city"])
    assert [(one.name, one.values) for one in chosen.added.values()] == [("", {"city": "Тула"})]


@pytest.mark.feature("O1")
def test_who_is_there_is_changed_and_each_line_that_makes_nothing_is_told() -> None:
    irina, oleg = contact(status="usual", city="Тула"), contact(OLEG, name="Олег")
    there = {IRINA: irina, OLEG: oleg}
    found = imported(
        "name;phone;status;debt\n;89161234567;vip;\nОлег;84951234567;;\nX;89161234567, 84951234567;;\n"
        "Y;12;;\nZ;;;\nQ;89031112233;great;\nW;89031112233;;много\nV;89031112233;;5\nV2;89031112233;vip;\n",
        there,
    )
    (changed,) = found.changed.values()
    assert (changed.id, changed.name, changed.values) == (irina.id, "Ирина", {"status": "vip", "city": "Тула"})
    assert found.same == {oleg.id}
    (added,) = found.added.values()
    assert (added.name, added.values) == ("V2", {"debt": 5.0, "status": "vip"})
    assert [(bad.line, bad.why.en) for bad in found.bad] == [
        (4, "its numbers are of several contacts: Ирина, Олег"), (5, "12 is no telephone number"),
        (6, "there is no number"), (7, "“Status” can’t be great"), (8, "“Debt” can’t be много"),
    ]  # fmt: skip


@pytest.mark.feature("O1")
@given(st.binary(max_size=300))
def test_any_octets_become_contacts_or_are_told(octets: bytes) -> None:
    found = read_contacts(octets, CLIENTS, "RU", {}, lambda: ContactId("x"))
    assert all(bad.why.en for bad in found.bad)


@pytest.mark.feature("O1")
@given(st.lists(st.tuples(st.sampled_from(["Ирина", "", "Олег"]), st.sampled_from([IRINA, OLEG, NOBODY])), max_size=8))
def test_the_same_table_twice_changes_nothing_the_second_time(lines: list[tuple[str, str]]) -> None:
    table = "name;phone\n" + "".join(f"{name};{number}\n" for name, number in lines)
    first = imported(table)
    there = {number: one for one in first.added.values() for number in one.numbers}
    assert {number for _, number in lines} == set(there)
    last = {number: name for name, number in lines if name}
    assert {number: one.name for number, one in there.items() if one.name} == last
    again = imported("name;phone\n" + "".join(f"{one.name};{number}\n" for number, one in there.items()), there)
    assert (again.added, again.changed) == ({}, {})
