"""Limits of calls outside: calls at once, minutes and cost; and the order of trunks by price, weight and health."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from switchroom.domain.acts import AtTrunk, Ring
from switchroom.domain.causes import EndCause
from switchroom.domain.company import EmergencyNumber
from switchroom.domain.events import LegAnswered, LegEnded
from switchroom.domain.facts.calls import CallEnded, LegGone
from switchroom.domain.history import CallSummary, after
from switchroom.domain.identity import DeviceId, LegId, UserId
from switchroom.domain.limits import NOTHING, Limits, Spent, SpentBy, reached
from switchroom.domain.outbound import Sharing
from switchroom.domain.routes import Arriving
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.service_classes import ServiceClass
from switchroom.domain.setup import Setup
from switchroom.domain.tariffs import Rate, Tariff
from switchroom.domain.ways import Traffic, way_in, way_of_dialled
from tests.company import NOON, a_caller
from tests.domain.test_outbound import ANNA, MOBILE, company, dialled, route
from tests.told import Told

MUCH = Spent(
    today=timedelta(minutes=60), month=timedelta(minutes=600), cost_today=Decimal(100), cost_month=Decimal(1000)
)


def refused(setup: Setup, number: str = MOBILE, **traffic: object) -> str | None:
    way = way_of_dialled(setup, ANNA, number, Traffic(moment=NOON, **traffic))  # type: ignore[arg-type]
    return way.refused.ru if way.refused else None


def changed(setup: Setup, **shelves: object) -> Setup:
    return replace(setup, **shelves)  # type: ignore[arg-type]


@pytest.mark.feature("P5")
@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"minutes_a_day": 60}, "израсходован лимит: 60 минут в день"),
        ({"minutes_a_day": 61}, None),
        ({"minutes_a_month": 600}, "израсходован лимит: 600 минут в месяц"),
        ({"cost_a_day": 100}, "израсходован лимит: 100 в день"),
        ({"cost_a_month": "1000.01"}, None),
        ({"calls": 2}, "внешних звонков уже 2"),
    ],
)
def test_each_limit_of_a_person_stops_the_next_call_and_says_so(limits: dict[str, object], why: str | None) -> None:
    setup = company(limits=Limits.model_validate(limits))
    spent = SpentBy({ANNA: MUCH}, {})
    assert refused(setup, spent=spent, outside={ANNA: 2}) == why


@pytest.mark.feature("P5")
def test_a_class_limits_each_of_its_people_and_all_together() -> None:
    each = ServiceClass(id="city", title="City", each=Limits(minutes_a_day=90))
    together = ServiceClass(id="city", title="City", together=Limits(minutes_a_day=90))
    both = SpentBy({"anna": MUCH, "boris": MUCH}, {})
    assert refused(company(service_class=each), spent=both) is None
    one = company(service_class=together)
    assert refused(one, spent=both) is None  # boris is of another class
    boris = one.users["boris"].model_copy(update={"service_class": "city"})
    of_both = changed(one, users={**one.users, "boris": boris})
    assert refused(of_both, spent=both) == "израсходован лимит: 90 минут в день"


@pytest.mark.feature("P5")
@pytest.mark.feature("P3")
def test_a_trunk_whose_limit_is_used_up_is_passed_over_and_without_any_left_it_is_told() -> None:
    setup = company()
    first = setup.trunks["first"].model_copy(update={"limits": Limits(cost_a_month=Decimal(1000))})
    limited = changed(setup, trunks={**setup.trunks, "first": first})
    spent = SpentBy({}, {"first": MUCH})
    way = way_of_dialled(limited, ANNA, MOBILE, Traffic(moment=NOON, spent=spent))
    assert way.plan.graph.nodes["dial"].params["trunks"] == ["second"]
    second = first.model_copy(update={"id": "second"})
    none = changed(limited, trunks={"first": first, "second": second})
    assert refused(none, spent=SpentBy({}, {"first": MUCH, "second": MUCH})) == "лимиты всех линий израсходованы"


@pytest.mark.feature("P5")
def test_an_emergency_goes_out_whatever_is_used_up_or_stopped() -> None:
    setup = company(limits=Limits(cost_a_day=Decimal(0)))
    emergency = EmergencyNumber(number="112", trunks=("first",))
    with_emergency = changed(setup, company=setup.company.model_copy(update={"emergency": (emergency,)}))
    assert refused(with_emergency) is not None
    assert refused(with_emergency, blocked=frozenset({ANNA})) == "внешние звонки остановлены защитой"
    desk, traffic = DeviceId("anna-desk"), Traffic(moment=NOON, blocked_devices=frozenset({DeviceId("anna-desk")}))
    by_desk = way_of_dialled(with_emergency, ANNA, MOBILE, traffic, desk)
    assert by_desk.refused is not None
    assert "этого телефона" in by_desk.refused.ru
    by_mobile = way_of_dialled(with_emergency, ANNA, MOBILE, traffic, DeviceId("anna-mobile"))
    assert by_mobile.refused is not None
    assert "защитой" not in by_mobile.refused.ru
    assert way_of_dialled(with_emergency, ANNA, "112", traffic, desk).refused is None
    way = way_of_dialled(with_emergency, ANNA, "112", Traffic(moment=NOON, blocked=frozenset({UserId("anna")})))
    assert (way.why, way.refused) == ("emergency", None)
    call = dialled(with_emergency, "112")
    assert isinstance(call.asked(Ring).to, AtTrunk)


def test_nothing_limited_and_nothing_spent_lets_everybody_call() -> None:
    assert reached(Limits(), MUCH) is None
    assert reached(Limits(minutes_a_day=1, cost_a_day=Decimal(1)), NOTHING) is None


# ---- the order of trunks


def trunks_by(sharing: Sharing, changes: Mapping[str, Mapping[str, object]], **traffic: object) -> list[str]:
    setup = company(route(sharing=sharing))
    rates = {"dear": Decimal(9), "cheap": Decimal(2)}
    tariffs = {k: Tariff(id=k, title=k, rates=(Rate(prefix="7", per_minute=v),)) for k, v in rates.items()}
    trunks = {key: trunk.model_copy(update=changes.get(key, {})) for key, trunk in setup.trunks.items()}
    made = changed(setup, trunks=trunks, tariffs=tariffs)
    way = way_of_dialled(made, ANNA, MOBILE, Traffic(moment=NOON, **traffic))  # type: ignore[arg-type]
    order = way.plan.graph.nodes["dial"].params["trunks"]
    assert isinstance(order, list)
    return [str(key) for key in order]


@pytest.mark.feature("P3")
def test_the_cheapest_trunk_for_the_number_is_tried_first_and_one_of_unknown_price_last() -> None:
    priced = {"first": {"tariff": "dear"}, "second": {"tariff": "cheap"}}
    assert trunks_by(Sharing.CHEAPEST, priced) == ["second", "first"]
    assert trunks_by(Sharing.CHEAPEST, {"second": {"tariff": "dear"}}) == ["second", "first"]
    assert trunks_by(Sharing.IN_ORDER, priced) == ["first", "second"]


@pytest.mark.feature("P3")
def test_a_trunk_that_is_known_to_be_dead_is_tried_last() -> None:
    assert trunks_by(Sharing.IN_ORDER, {}, down=frozenset({"first"})) == ["second", "first"]


@pytest.mark.feature("P3")
def test_load_is_shared_by_weight() -> None:
    weights = {"first": {"weight": 3, "most_channels": 100}, "second": {"weight": 1, "most_channels": 100}}
    made = {"first": 0, "second": 0}
    for _ in range(40):
        spent = SpentBy({}, {key: Spent(made_today=count) for key, count in made.items()})
        made[trunks_by(Sharing.BY_WEIGHT, weights, spent=spent)[0]] += 1
    assert made == {"first": 30, "second": 10}


@pytest.mark.feature("P3")
def test_channels_are_limited_for_each_direction() -> None:
    setup = company()
    first = setup.trunks["first"].model_copy(update={"most_outgoing": 1, "most_incoming": 1})
    limited = changed(setup, trunks={**setup.trunks, "first": first})
    arriving = Arriving(trunk="first", dialled="1", caller="2", moment=NOON)
    coming_in = Traffic(moment=NOON, lines={"first": 1}, outgoing={"first": 0})
    going_out = Traffic(moment=NOON, lines={"first": 1}, outgoing={"first": 1})
    assert way_in(limited, arriving, coming_in).why == "all channels are in use"
    assert way_in(limited, arriving, going_out).why == "no route"


# ---- what a call cost


@pytest.mark.feature("P5")
def test_what_a_call_cost_stands_in_its_facts_and_in_the_history() -> None:
    setup = company()
    tariff = Tariff(id="t", title="T", rates=(Rate(prefix="7916", per_minute=Decimal("1.5")),))
    first = setup.trunks["first"].model_copy(update={"tariff": "t"})
    call = dialled(changed(setup, trunks={**setup.trunks, "first": first}, tariffs={"t": tariff}))
    leg = call.asked(Ring).leg
    call.hears(LegAnswered(leg=leg), after=5).hears(LegEnded(leg=LegId("pbx-1"), cause=EndCause.NORMAL), after=61)
    (charge,) = [fact.charge for fact in call.facts if isinstance(fact, LegGone) and fact.charge is not None]
    assert (charge.trunk, charge.user, charge.cost) == ("first", ANNA, Decimal("3.0000"))
    assert charge.lasted == timedelta(seconds=61)
    assert isinstance(call.facts[-1], CallEnded)
    summary: CallSummary | None = None
    for fact in call.facts:
        summary = after(summary, fact, NOON)
    assert summary is not None
    assert summary.cost == Decimal("3.0000")


@pytest.mark.feature("P5")
def test_a_call_that_nobody_took_costs_nothing() -> None:
    call = dialled(company())
    call.hears(LegEnded(leg=call.asked(Ring).leg, cause=EndCause.BUSY), after=20)
    assert not [fact for fact in call.facts if isinstance(fact, LegGone) and fact.charge is not None]


# ---- what a carrier is told of us


@pytest.mark.feature("P3")
@pytest.mark.parametrize(("wanted", "shown"), [("+74951111111", "+74951111111"), ("+78120000000", "74950000000")])
def test_only_numbers_of_the_trunk_are_shown_over_it(wanted: str, shown: str) -> None:
    setup = company(outside_number=wanted)
    first = setup.trunks["first"].model_copy(update={"numbers": ("7495*",)})
    ring = dialled(changed(setup, trunks={**setup.trunks, "first": first})).asked(Ring)
    assert ring.shown.number == shown
    assert ring.headers == {}


@pytest.mark.feature("P3")
@pytest.mark.parametrize(("keeps", "shown"), [(True, "+79161234567"), (False, "74950000000")])
def test_a_call_that_is_sent_out_again_says_by_which_number_of_ours_it_came(keeps: bool, shown: str) -> None:
    setup = company()
    first = setup.trunks["first"].model_copy(update={"keeps_caller": keeps})
    out = Graph(
        start="out", nodes={"out": Node(kind="dial_outside", params={"number": "+79031112233", "trunks": ["first"]})}
    )
    mobile = ScenarioVersion(id="main", title="Main", graph=out)
    sent = changed(setup, trunks={**setup.trunks, "first": first}, scenarios={"main": mobile})
    beginning = a_caller(sent)
    told = replace(beginning, variables=beginning.variables.given({"dialled": "74951234567"}))
    ring = Told(sent, beginning=told).asked(Ring)
    assert ring.headers["Diversion"] == "<sip:74951234567@203.0.113.7>;reason=unconditional;privacy=off;counter=1"
    assert ring.headers["History-Info"] == "<sip:74951234567@203.0.113.7>;index=1"
    assert ring.shown.number == shown
