"""Where calls from outside go: by who calls, by day and night, and what is doubtful about a rule."""

from dataclasses import replace
from datetime import time
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchroom.domain.calendars import Calendar, Day, Hours
from switchroom.domain.caller_lists import CallerList
from switchroom.domain.concerns import of_outbound, of_route
from switchroom.domain.events import LegArrived
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import CallEnded, Routed
from switchroom.domain.facts.house import ModeThrown
from switchroom.domain.groups import Group
from switchroom.domain.identity import DeviceId, LegId, StoryId
from switchroom.domain.modes import Mode, Thrown
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.patterns import covers, fits, meet
from switchroom.domain.routes import Arriving, Route
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import Surroundings
from switchroom.domain.stories import Moved, begin
from switchroom.domain.users import User
from switchroom.engine.arrivals import arrival_of
from tests.company import NOON, a_caller, a_company, around

MOSCOW, URALS, BERLIN = "+74951234567", "+73432123456", "+4930901820"


def route(key: str = "one", /, **more: object) -> Route:
    target = {"kind": "queue", "key": "service"}
    return Route.model_validate({"id": key, "title": key.title(), "target": target, **more})


def company(*routes: Route, **more: object) -> Setup:
    """The small company with these routes and other things."""
    tuesday = Calendar(id="office", title="Office", week={Day.TUESDAY: (Hours(begin=time(9), end=time(18)),)})
    shelves: dict[str, object] = {"routes": {r.id: r for r in routes}, "calendars": {"office": tuesday}, **more}
    return replace(a_company(), **{k: MappingProxyType(v) for k, v in shelves.items()})  # type: ignore[arg-type]


def arriving(caller: str = MOSCOW, **more: object) -> Arriving:
    return Arriving(**{"trunk": "t", "dialled": "100", "caller": caller, "moment": NOON, **more})  # type: ignore[arg-type]


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("condition", "caller", "matches", "says"),
    [
        ({"caller": "+7495*"}, MOSCOW, True, "звонит +7495*"),
        ({"caller": "+7495*"}, BERLIN, False, "только для звонящего +7495*"),
        ({"caller_lists": ["vip"]}, MOSCOW, True, "в списке «Vip»"),
        ({"caller_lists": ["vip"]}, URALS, False, "только для звонящих из «Vip»"),
        ({"countries": ["DE", "AT"]}, BERLIN, True, "страна DE"),
        ({"countries": ["DE", "AT"]}, MOSCOW, False, "только из DE, AT, а это RU"),
        ({"countries": ["DE"]}, "", False, "только из DE, а это ?"),
        ({"regions": ["Свердловская"]}, URALS, True, "регион Свердловская"),
        ({"regions": ["berlin"]}, BERLIN, True, "регион berlin"),
        ({"regions": ["Berlin"]}, URALS, False, "только из Berlin, а это Свердловская обл"),
    ],
)
def test_a_route_is_chosen_by_who_calls_and_says_why(
    condition: dict[str, object], caller: str, matches: bool, says: str
) -> None:
    vip = CallerList(id="vip", title="Vip", numbers=(MOSCOW, "+7916*"))
    setup = company(Route.model_validate({**route().model_dump(), **condition}), caller_lists={"vip": vip})
    (tried,) = setup.tried_routes(arriving(caller))
    assert tried.matched is matches
    assert says in tried.why.ru
    assert (setup.route_of(arriving(caller)) is not None) is matches


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("calendar", "thrown", "hour", "day"),
    [
        (None, None, 3, True),
        (None, Thrown.NIGHT, 12, False),
        ("office", None, 12, True),
        ("office", None, 22, False),
        ("office", Thrown.DAY, 22, True),
        ("office", Thrown.NIGHT, 12, False),
        ("office", Thrown.BY_ITSELF, 22, False),
    ],
)
def test_day_and_night_are_as_somebody_threw_them_else_by_the_calendar(
    calendar: str | None, thrown: Thrown | None, hour: int, day: bool
) -> None:
    by_day = route("by-day", mode="office", mode_says="day")
    by_night = route("by-night", mode="office", mode_says="night")
    setup = company(by_day, by_night, modes={"office": Mode(id="office", title="Office", calendar=calendar)})
    moment = NOON.replace(hour=hour - 3)  # Moscow is three hours ahead
    found = setup.route_of(arriving(moment=moment, thrown={"office": thrown} if thrown else {}))
    assert found is not None
    assert found.id == ("by-day" if day else "by-night")


def dials(setup: Setup, number: str, thrown: Thrown = Thrown.BY_ITSELF) -> Moved:
    """Anna dials a feature code from her desk phone."""
    here: Surroundings = msgspec.structs.replace(around(setup), thrown={"office": thrown})
    event = LegArrived(
        leg=LegId("pbx-1"), via=DeviceId("anna-desk"), by_trunk=False, dialled=number, number="101", name=""
    )
    return begin(arrival_of(event, StoryId("call1"), here).beginning, here)


def with_code(*roles: str) -> Setup:
    star = Extension(number="*28", target=Target(kind=TargetKind.MODE, key="office"))
    setup = company(modes={"office": Mode(id="office", title="Office")})
    users = {**setup.users, "anna": User(id="anna", name="Anna", roles=roles)}
    return replace(setup, extensions={**setup.extensions, "*28": star}, users=users)


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("before", "after"), [(Thrown.BY_ITSELF, Thrown.NIGHT), (Thrown.NIGHT, Thrown.DAY), (Thrown.DAY, Thrown.NIGHT)]
)
def test_a_feature_code_throws_the_switch_to_its_other_side(before: Thrown, after: Thrown) -> None:
    moved = dials(with_code("supervisor"), "*28", before)
    (thrown,) = [fact for fact in moved.facts if isinstance(fact, ModeThrown)]
    assert (thrown.mode, thrown.to, thrown.by) == ("office", after, "anna")


@pytest.mark.feature("P4")
def test_who_lacks_the_right_throws_nothing_by_the_code() -> None:
    moved = dials(with_code("operator"), "*28")
    assert not [fact for fact in moved.facts if isinstance(fact, ModeThrown)]
    assert isinstance(moved.facts[-1], CallEnded)


@pytest.mark.feature("P4")
@pytest.mark.parametrize(("thrown", "queue"), [(Thrown.DAY, True), (Thrown.NIGHT, False)])
def test_a_scenario_goes_by_the_switch(thrown: Thrown, queue: bool) -> None:
    nodes = {
        "which": Node(kind="day_night", params={"mode": "office"}, exits={"day": "queue", "night": "end"}),
        "queue": Node(kind="queue", params={"queue": "service"}),
        "end": Node(kind="hang_up"),
    }
    drawn = ScenarioVersion(id="main", title="Main", graph=Graph(start="which", nodes=nodes))
    setup = company(modes={"office": Mode(id="office", title="Office")}, scenarios={"main": drawn})
    moved = begin(a_caller(setup), msgspec.structs.replace(around(setup), thrown={"office": thrown}))
    assert moved.state.over is not queue


def test_why_a_call_took_its_route_stands_in_its_story() -> None:
    setup = company(route(countries=["DE"], mode="office"), modes={"office": Mode(id="office", title="Office")})
    event = LegArrived(leg=LegId("pbx-1"), via=DeviceId("t"), by_trunk=True, dialled="1", number=BERLIN, name="")
    facts = arrival_of(event, StoryId("call1"), around(setup)).beginning.facts
    (routed,) = [fact for fact in facts if isinstance(fact, Routed)]
    assert routed.why == "trunk any, number *, among DE, office says day"


# ---- doubts


def codes(*routes: Route, about: Route, **more: object) -> list[str]:
    return [concern.code for concern in of_route(company(*routes, about, **more), about)]


@pytest.mark.feature("P4")
def test_a_rule_that_nothing_reaches_and_one_that_leaves_nothing_are_told_while_they_are_typed() -> None:
    everything, moscow = route("all", order=1), route("moscow", number="7495*", order=2)
    assert codes(everything, about=moscow) == ["hidden"]
    assert codes(moscow, about=everything) == ["hides"]
    assert codes(route("all", order=9), about=moscow) == []


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("above", "mine", "doubts"),
    [
        ({"caller": "+7*"}, {"number": "100"}, ["overlapped"]),
        ({"countries": ["DE"]}, {"countries": ["RU"]}, []),
        ({"countries": ["DE"]}, {}, []),
        ({"countries": ["DE", "RU"]}, {"countries": ["RU"]}, ["hidden"]),
        ({"mode": "office", "mode_says": "day"}, {"mode": "office", "mode_says": "night"}, []),
        ({"mode": "office"}, {"mode": "office", "number": "1*"}, ["hidden"]),
        ({"when": "open", "calendar": "office"}, {"when": "closed", "calendar": "office"}, []),
        ({"caller_lists": ["vip"]}, {"caller_lists": ["vip"], "number": "1*"}, ["hidden"]),
    ],
)
def test_overlaps_are_told_and_rules_that_never_meet_are_not(
    above: dict[str, object], mine: dict[str, object], doubts: list[str]
) -> None:
    assert codes(route("above", order=1, **above), about=route("mine", order=2, **mine)) == doubts


@pytest.mark.feature("P4")
def test_a_rule_that_never_holds_or_goes_round_is_told() -> None:
    never = Calendar(id="never", title="Never")
    closed = route(when="open", calendar="never")
    assert codes(about=closed, calendars={"never": never}) == ["never"]
    group = Group(id="all", title="All", members=("anna",), overflow="600")
    back = Graph(start="say", nodes={
        "say": Node(kind="play", params={"prompts": ["bye"]}, exits={"done": "on"}),
        "on": Node(kind="transfer", params={"extension": "601"}),
    })  # fmt: skip
    extensions = {
        "600": Extension(number="600", target=Target(kind=TargetKind.SCENARIO, key="back")),
        "601": Extension(number="601", target=Target(kind=TargetKind.GROUP, key="all")),
    }
    around_again = {"scenarios": {"back": ScenarioVersion(id="back", title="B", graph=back)}, "groups": {"all": group}}
    leads = route(target={"kind": "group", "key": "all"})
    assert codes(about=leads, extensions=extensions, **around_again) == ["round"]
    straight = {**around_again, "groups": {"all": group.model_copy(update={"overflow": None})}}
    assert codes(about=leads, extensions=extensions, **straight) == []


@pytest.mark.feature("P5")
def test_the_same_is_told_of_outbound_rules() -> None:
    def out(key: str, **more: object) -> OutboundRoute:
        return OutboundRoute.model_validate({"id": key, "title": key, "trunks": ["t"], **more})

    every, city = out("every", order=1), out("city", numbers=["+7495*"], order=2)
    setup = replace(company(), outbound_routes=MappingProxyType({"every": every, "city": city}))
    assert [one.code for one in of_outbound(setup, city)] == ["hidden"]
    assert [one.code for one in of_outbound(setup, every)] == ["hides"]


PATTERNS = st.from_regex(r"\+?[0-9]{0,4}\*?", fullmatch=True)
NUMBERS = st.from_regex(r"\+?[0-9]{0,6}", fullmatch=True)


@given(PATTERNS, PATTERNS, NUMBERS)
def test_what_covers_and_what_meets_agrees_with_what_fits(one: str, other: str, number: str) -> None:
    if covers(one, other) and fits(other, number):
        assert fits(one, number)
    if fits(one, number) and fits(other, number):
        assert meet(one, other)


@given(st.lists(st.sampled_from(["1*", "12*", "*", "13", "2*"]), min_size=1, max_size=5), NUMBERS)
def test_a_rule_that_is_told_hidden_is_never_chosen(patterns: list[str], number: str) -> None:
    routes = [route(f"r{n}", number=pattern, order=n) for n, pattern in enumerate(patterns)]
    setup = company(*routes)
    chosen = setup.route_of(arriving(dialled=number))
    for one in routes:
        if any(doubt.code == "hidden" for doubt in of_route(setup, one)):
            assert chosen != one


@pytest.mark.feature("P4")
def test_a_route_says_what_it_takes_in_the_words_in_which_a_call_is_told_why() -> None:
    vip = CallerList(id="vip", title="Vip", numbers=(MOSCOW,))
    one = route(number="100", caller="+7495*", caller_lists=["vip"], when="open", calendar="office", mode="office")
    setup = company(one, caller_lists={"vip": vip}, modes={"office": Mode(id="office", title="Office")})
    said, (tried,) = one.said(setup.known_to_routes()), setup.tried_routes(arriving())
    assert said.ru == (
        "любая линия, номер 100, звонит +7495*, в списке «Vip», в рабочие часы (Office), «Office»: день"
    )
    assert tried.why.ru.startswith("любая линия, номер 100, звонит +7495*, в списке «Vip», тогда открыто")
    assert route().said(setup.known_to_routes()).en == "any line, any number"
