"""Calls outside: who may dial what, by which trunk, in which form, and what a stranger sees of us."""

import dataclasses
from datetime import time, timedelta

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from switchroom.domain.acts import AtTrunk, HangUp, Ring
from switchroom.domain.calendars import Calendar, Day, Hours
from switchroom.domain.causes import EndCause
from switchroom.domain.events import LegArrived, LegEnded
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import CallArrived, CallEnded, Routed
from switchroom.domain.identity import DeviceId, LegId, StoryId, TrunkId, UserId
from switchroom.domain.outbound import NumberForm, OutboundRoute, Sharing
from switchroom.domain.plans import plan_of
from switchroom.domain.publishing import faults_of
from switchroom.domain.routes import Arriving
from switchroom.domain.service_classes import ServiceClass
from switchroom.domain.setup import Setup
from switchroom.domain.stories import begin
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.domain.ways import Traffic, Way, way_in, way_of_dialled
from switchroom.engine.arrivals import arrival_of
from tests.company import NOON, a_company, around
from tests.told import Told

ANNA = UserId("anna")
MOBILE = "+79161234567"


def trunk(key: str, **more: object) -> Trunk:
    return Trunk.model_validate(
        {"id": key, "title": key, "kind": TrunkKind.BY_ADDRESS, "host": "203.0.113.7", **more}
    )


def route(**more: object) -> OutboundRoute:
    return OutboundRoute.model_validate({"id": "out", "title": "Out", "trunks": ["first", "second"], **more})


def company(*routes: OutboundRoute, service_class: ServiceClass | None = None, **anna: object) -> Setup:
    setup = a_company()
    named = {"service_class": service_class.id} if service_class else {}
    users = {**setup.users, "anna": setup.users["anna"].model_copy(update={**named, **anna})}
    tuesday = {Day.TUESDAY: (Hours(begin=time(9), end=time(18)),)}
    changes = {
        "users": users,
        "trunks": {key: trunk(key, caller_id="74950000000", most_channels=2) for key in ("first", "second")},
        "outbound_routes": {r.id: r for r in routes or (route(),)},
        "service_classes": {service_class.id: service_class} if service_class else {},
        "calendars": {"office": Calendar(id="office", title="Office", week=tuesday)},
    }
    for name, value in changes.items():
        object.__setattr__(setup, name, value)
    return setup


def way(setup: Setup, dialled: str = "89161234567", **traffic: object) -> Way:
    return way_of_dialled(setup, ANNA, dialled, Traffic(moment=NOON, **traffic))  # type: ignore[arg-type]


def from_anna(number: str) -> LegArrived:
    """Anna dials from her desk phone."""
    return LegArrived(
        leg=LegId("pbx-1"), via=DeviceId("anna-desk"), by_trunk=False, dialled=number, number="101", name="Anna"
    )


def dialled(setup: Setup, number: str = "89161234567") -> Told:
    return Told(setup, beginning=arrival_of(from_anna(number), StoryId("call1"), around(setup)).beginning)


@pytest.mark.feature("P5")
def test_a_number_dialled_as_at_home_goes_out_by_the_first_trunk_as_the_carrier_wants_it() -> None:
    ring = dialled(company()).asked(Ring)
    assert ring.to == AtTrunk(trunk=TrunkId("first"), number=MOBILE)


@pytest.mark.feature("P5")
@pytest.mark.parametrize(
    ("form", "number", "sent"),
    [
        (NumberForm.E164, "89161234567", "+79161234567"),
        (NumberForm.DIGITS, "89161234567", "79161234567"),
        (NumberForm.NATIONAL, "+79161234567", "89161234567"),
        (NumberForm.NATIONAL, "+4930901820", "8104930901820"),
        (NumberForm.AS_DIALLED, "89161234567", "89161234567"),
        (NumberForm.E164, "0911", "0911"),
    ],
)
def test_each_carrier_gets_numbers_in_its_own_form(form: NumberForm, number: str, sent: str) -> None:
    ring = dialled(company(route(form=form)), number).asked(Ring)
    assert isinstance(ring.to, AtTrunk)
    assert ring.to.number == sent


def test_digits_are_cut_off_and_put_before() -> None:
    ring = dialled(company(route(form=NumberForm.AS_DIALLED, numbers=["9*"], strip=1, prepend="#31#")), "90911")
    assert ring.asked(Ring).to == AtTrunk(trunk=TrunkId("first"), number="#31#0911")


@pytest.mark.feature("P5")
def test_when_a_trunk_fails_the_next_one_is_tried_and_a_busy_person_is_not_called_twice() -> None:
    call = dialled(company())
    call.hears(LegEnded(leg=call.asked(Ring).leg, cause=EndCause.CONGESTION), after=1)
    second = call.asked(Ring)
    assert isinstance(second.to, AtTrunk)
    assert second.to.trunk == "second"
    call.hears(LegEnded(leg=second.leg, cause=EndCause.BUSY), after=1)
    assert call.state.over


@pytest.mark.feature("P5")
@pytest.mark.parametrize(("used", "by"), [({"first": 2}, ["second"]), ({"first": 2, "second": 2}, [])])
def test_a_full_trunk_is_passed_over_and_when_all_are_full_nobody_rings(used: dict[str, int], by: list[str]) -> None:
    setup = company()
    full = replace(around(setup), lines=used)
    moved = begin(arrival_of(from_anna(MOBILE), StoryId("call1"), full).beginning, full)
    rung = [act.to.trunk for act in moved.acts if isinstance(act, Ring) and isinstance(act.to, AtTrunk)]
    assert rung == by
    assert moved.state.over is not bool(by)


def test_inbound_calls_beyond_the_channels_of_a_trunk_are_refused_with_the_reason() -> None:
    arriving = Arriving(trunk="first", dialled="1", caller="2", moment=NOON)
    refused = way_in(company(), arriving, Traffic(moment=NOON, lines={"first": 2}))
    assert refused.why == "all channels are in use"


@pytest.mark.feature("P5")
def test_the_least_loaded_trunk_is_first_where_the_load_is_shared() -> None:
    setup = company(route(sharing=Sharing.EVENLY))
    node = way(setup, lines={"first": 1}).plan.graph.nodes["dial"]
    assert node.params["trunks"] == ["second", "first"]


@pytest.mark.feature("P5")
def test_a_class_of_service_forbids_by_the_longest_pattern() -> None:
    held = ServiceClass(id="home", title="Home", allowed=("+7*", "+78095555*"), denied=("+7809*",))
    setup = company(service_class=held)
    assert way(setup).outside == MOBILE
    assert way(setup).why.startswith("outbound out")
    assert way(setup, "+4930901820").why == "refused: «Home» does not allow it"
    assert held.refusal("+78091112233") is not None
    assert held.refusal("+78095555123") is None


@pytest.mark.feature("P5")
def test_a_forbidden_call_is_rejected_and_told_in_the_story() -> None:
    setup = company(service_class=ServiceClass(id="none", title="None", allowed=()))
    call = dialled(setup)
    assert call.state.over
    assert call.asked(HangUp).cause is EndCause.REJECTED
    assert call.fact(Routed).why.startswith("refused: ")
    assert call.fact(CallEnded).lasted == timedelta(0)


@pytest.mark.feature("P5")
def test_nobody_has_more_calls_outside_at_once_than_their_class_allows() -> None:
    setup = company(service_class=ServiceClass(id="one", title="One", most_calls=1))
    assert way(setup, outside={ANNA: 1}).why == "refused: 1 calls outside at once already"


@pytest.mark.feature("P5")
def test_routes_hold_for_classes_and_hours_and_the_order_decides() -> None:
    vip = ServiceClass(id="vip", title="VIP")
    night = route(id="night", calendar="office", when="closed", order=1, trunks=["second"])
    for_vip = route(id="vip", service_classes=["vip"], order=2, trunks=["second"])
    setup = company(night, for_vip, route(order=3), service_class=vip)
    assert way(setup).route == "vip"
    others = company(night, for_vip, route(order=3))
    assert way(others).route == "out"
    refusals = [tried.refusal for tried in others.tried_outbound(others.dialling_of("anna", MOBILE, NOON))]
    assert [refusal.en.partition(":")[0] if refusal else "" for refusal in refusals] == [
        "open then", "another class of service", "",
    ]  # fmt: skip


def why_it_fits(setup: Setup) -> str:
    """In the words of the test box."""
    dialling = setup.dialling_of("anna", MOBILE, NOON)
    found = next(tried for tried in setup.tried_outbound(dialling) if tried.refusal is None)
    return found.route.match(dialling, found.calendar).ru


@pytest.mark.feature("P5")
def test_a_route_that_fits_tells_why_by_number_class_and_hours() -> None:
    assert why_it_fits(company(route())) == "любой номер"
    vip = ServiceClass(id="vip", title="VIP")
    told = why_it_fits(company(
        route(numbers=["+7495*", "+79*"], service_classes=["vip"], calendar="office", when="open"), service_class=vip,
    ))  # fmt: skip
    assert told.startswith("номер +79*, класс обслуживания «VIP», тогда открыто: ")


@pytest.mark.feature("P5")
@pytest.mark.feature("A4")
def test_a_stranger_sees_a_number_of_ours_and_no_fact_holds_theirs() -> None:
    call = dialled(company())
    assert (call.asked(Ring).shown.number, call.asked(Ring).shown.name) == ("74950000000", "")
    assert MOBILE[1:] not in str(call.facts)
    assert "9161234567" not in str(call.facts)
    assert call.fact(CallArrived).callee == "call1-callee"
    by_route = dialled(company(route(caller_id="74951111111")))
    assert by_route.asked(Ring).shown.number == "74951111111"
    own = dialled(company(route(caller_id="74951111111"), outside_number="74952222222"))
    assert own.asked(Ring).shown.number == "74952222222"


@pytest.mark.feature("P5")
def test_an_emergency_number_is_dialled_even_when_every_channel_is_in_use_and_the_class_forbids_it() -> None:
    setup = company(service_class=ServiceClass(id="none", title="None", allowed=()))
    emergency = {"number": "112", "trunks": ["first"]}
    raised = type(setup.company).model_validate({"emergency": [emergency]})
    object.__setattr__(setup, "company", raised)
    found = way(setup, "112", lines={"first": 2})
    assert found.why == "emergency"
    assert found.plan.graph.nodes["dial"].params["always"] is True


@pytest.mark.feature("P1")
def test_a_number_may_lead_to_a_phone_outside_that_some_route_has_whoever_else_may_dial_it_and_when() -> None:
    mobile = Extension(number="951", target=Target(kind=TargetKind.OUTSIDE, key="89161234567"))
    night = route(numbers=["+7916*"], when="closed", calendar="office", form=NumberForm.DIGITS)
    setup = dataclasses.replace(company(night), extensions={"951": mobile})
    plan = plan_of(setup, "951")
    assert plan is not None
    (dial,) = plan.graph.nodes.values()
    assert (dial.params["number"], dial.params["trunks"]) == ("79161234567", ["first", "second"])
    before = company(night)
    elsewhere = dataclasses.replace(company(route(numbers=["+7495*"])), extensions={"951": mobile})
    assert plan_of(elsewhere, "951") is None
    faults = [fault for fault in faults_of(elsewhere, before) if fault.key == "951"]
    assert [(fault.path, fault.title.ru) for fault in faults] == [
        ("target.key", "ни один исходящий маршрут этот номер не берёт")
    ]
    with pytest.raises(ValidationError, match="A phone number"):
        Target(kind=TargetKind.OUTSIDE, key="mobile")
