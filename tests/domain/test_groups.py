"""Groups: whoever is free is rung in the group's order, and a caller whom nobody takes goes on."""

from datetime import timedelta

import pytest

from switchroom.domain.acts import AtDevice, HangUp, Ring, StartRingback, StopRingback
from switchroom.domain.causes import EndCause
from switchroom.domain.configured import ThingKind
from switchroom.domain.devices import Device
from switchroom.domain.events import HangUpAsked, LegAnswered, LegEnded
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import GroupLeft, GroupRung, LeftGroupWhy, LegRung, LegTaken, SentOn, TalkBegan
from switchroom.domain.groups import Group, GroupStrategy, order_of
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.operators import Operator
from switchroom.domain.operators import after as after_fact
from switchroom.domain.publishing import faults_of
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import Surroundings
from switchroom.domain.stories import begin, hear
from switchroom.domain.users import User
from tests.company import CALLER, NOON, a_caller, a_company
from tests.told import Told

PEOPLE = ("anna", "boris", "vera")
EVERYBODY = frozenset(DeviceId(f"{key}-desk") for key in PEOPLE)


def company(**group: object) -> Setup:
    made = Group.model_validate({"id": "sales", "title": "Sales", "members": list(PEOPLE), **group})
    setup = a_company()
    changes = {
        "users": {key: User(id=key, name=key.title()) for key in PEOPLE},
        "devices": {f"{key}-desk": Device(id=f"{key}-desk", user=key) for key in PEOPLE},
        "groups": {"sales": made},
        "extensions": {
            **setup.extensions, "300": Extension(number="300", target=Target(kind=TargetKind.GROUP, key="sales")),
        },
    }  # fmt: skip
    for name, value in changes.items():
        object.__setattr__(setup, name, value)
    return setup


class Rung(Told):
    """A customer who calls the group."""

    def __init__(
        self, setup: Setup, reachable: frozenset[DeviceId] = EVERYBODY, busy: frozenset[str] = frozenset()
    ) -> None:
        self.reachable = reachable
        self.operators = {UserId(key): Operator(id=UserId(key), up=frozenset({LegId("x")})) for key in busy}
        self.setup, self.now, self.facts, self.acts, self.opens = setup, NOON, [], [], []
        self.take(begin(a_caller(setup, "300"), self.around()))

    def around(self) -> Surroundings:
        return Surroundings(
            now=self.now, wall=self.now, setup=self.setup, reachable=self.reachable, operators=self.operators
        )

    def hears(self, event: object, after: float = 0) -> "Rung":
        self.now += timedelta(seconds=after)
        self.take(hear(self.state, event, self.around()))  # type: ignore[arg-type]
        return self

    def rings(self) -> list[str]:
        """Whose phones were rung by the last decision."""
        return [act.to.device.removesuffix("-desk") for act in self.acts if isinstance(act, Ring)
                if isinstance(act.to, AtDevice)]  # fmt: skip

    def leg(self, user: str) -> LegId:
        return [fact.leg for fact in self.facts if isinstance(fact, LegRung) and fact.user == user][-1]


@pytest.mark.feature("P1")
def test_all_ring_at_once_and_the_first_to_answer_talks() -> None:
    call = Rung(company())
    assert call.rings() == list(PEOPLE)
    assert any(isinstance(act, StartRingback) for act in call.acts)
    call.hears(LegAnswered(leg=call.leg("boris")), after=4)
    elsewhere = [act.leg for act in call.acts if isinstance(act, HangUp) if act.cause is EndCause.ANSWERED_ELSEWHERE]
    assert elsewhere == [call.leg("anna"), call.leg("vera")]
    assert call.fact(GroupLeft) == GroupLeft(
        call=call.state.id, group=call.fact(GroupRung).group, why=LeftGroupWhy.TAKEN, rang=timedelta(seconds=4),
        by=UserId("boris"),
    )  # fmt: skip
    assert call.fact(TalkBegan).user == "boris"


@pytest.mark.feature("P1")
def test_one_after_the_other_is_rung_for_a_while_and_the_round_goes_on_until_the_group_gives_up() -> None:
    call = Rung(company(strategy="in_order", ring_each=20, ring_for=70))
    told = [call.rings()]
    while not call.state.over:
        call.waits()
        told.append(call.rings())
    assert told == [["anna"], ["boris"], ["vera"], ["anna"], []]
    assert call.fact(GroupLeft).why is LeftGroupWhy.NO_ANSWER
    assert call.fact(GroupLeft).rang == timedelta(seconds=70)
    assert len({fact.leg for fact in call.facts if isinstance(fact, LegRung)}) == 4


def test_who_is_silent_is_told_that_it_is_over_and_an_ending_of_ours_rings_nobody_twice() -> None:
    call = Rung(company(strategy="in_order"))
    first = call.leg("anna")
    call.waits()
    assert call.asked(HangUp).leg == first
    call.hears(LegEnded(leg=first, cause=EndCause.CANCELLED, ordered=True), after=0.1)
    assert call.rings() == []


@pytest.mark.feature("P1")
def test_who_talks_or_has_no_phone_is_passed_over_unless_the_group_wants_them_rung() -> None:
    strategy = "in_order"
    assert Rung(company(strategy=strategy), busy=frozenset({"anna"})).rings() == ["boris"]
    assert Rung(company(strategy=strategy, skip_busy=False), busy=frozenset({"anna"})).rings() == ["anna"]
    assert Rung(company(strategy=strategy), EVERYBODY - {DeviceId("anna-desk")}).rings() == ["boris"]


def test_a_refusal_rings_the_next_one_and_among_all_only_that_one_stops() -> None:
    one = Rung(company(strategy="in_order"))
    one.hears(LegEnded(leg=one.leg("anna"), cause=EndCause.REJECTED), after=2)
    assert one.rings() == ["boris"]
    every = Rung(company())
    every.hears(HangUpAsked(by=UserId("anna")), after=2)
    assert every.asked(HangUp).leg == every.leg("anna")
    every.hears(LegAnswered(leg=every.leg("vera")))
    assert every.fact(TalkBegan).user == "vera"


@pytest.mark.feature("P1")
def test_a_caller_whom_nobody_takes_goes_on_to_the_overflow() -> None:
    call = Rung(company(overflow="400", ring_for=10))
    call.waits()
    assert call.fact(SentOn).to == "400"
    assert any(isinstance(act, StopRingback) for act in call.acts)
    nobody = Rung(company(overflow="400"), frozenset())
    assert nobody.fact(GroupLeft).why is LeftGroupWhy.UNREACHABLE
    assert nobody.fact(SentOn).to == "400"


def test_a_caller_who_leaves_stops_the_ringing() -> None:
    call = Rung(company())
    call.hears(LegEnded(leg=CALLER, cause=EndCause.NORMAL), after=3)
    assert call.fact(GroupLeft).why is LeftGroupWhy.CALLER_LEFT
    assert {act.leg for act in call.acts if isinstance(act, HangUp)} == {call.leg(key) for key in PEOPLE}
    assert call.state.over


def test_an_overflow_that_leads_in_a_circle_is_not_published() -> None:
    before = company()
    round_ = company(overflow="300")
    faults = [fault for fault in faults_of(round_, before) if fault.kind is ThingKind.GROUP]
    assert [(fault.key, fault.path) for fault in faults] == [("sales", "overflow")]


def operator(key: str, **more: object) -> Operator:
    return Operator(id=UserId(key), **more)  # type: ignore[arg-type]


@pytest.mark.feature("P1")
@pytest.mark.parametrize(
    ("strategy", "first"),
    [
        (GroupStrategy.IN_ORDER, "anna"), (GroupStrategy.IN_TURN, "boris"), (GroupStrategy.LONGEST_IDLE, "vera"),
        (GroupStrategy.FEWEST_CALLS, "vera"),
    ],
)  # fmt: skip
def test_each_strategy_begins_with_another(strategy: GroupStrategy, first: str) -> None:
    group = company(strategy=strategy).groups["sales"]
    ago = {n: NOON - timedelta(minutes=n) for n in (1, 5, 9)}
    known = {
        "anna": operator("anna", last_rung=ago[1], idle_since=ago[1], taken=3.0, last_taken=NOON),
        "boris": operator("boris", last_rung=ago[9], idle_since=ago[5], taken=2.0, last_taken=NOON),
        "vera": operator("vera", last_rung=ago[5], idle_since=ago[9], taken=4.0, last_taken=NOON - timedelta(hours=8)),
    }
    operators = {UserId(key): found for key, found in known.items()}
    assert order_of(group, StoryId("call1"), operators, NOON)[0] == first


def test_chance_is_fair_and_the_same_call_draws_the_same_lot() -> None:
    group = company(strategy="random").groups["sales"]
    firsts = [order_of(group, StoryId(f"call{n}"), {}, NOON)[0] for n in range(600)]
    assert all(150 < firsts.count(UserId(key)) < 250 for key in PEOPLE)
    assert order_of(group, StoryId("call7"), {}, NOON) == order_of(group, StoryId("call7"), {}, NOON)


def test_calls_of_long_ago_count_less() -> None:
    taken = LegTaken(call=StoryId("call1"), leg=LegId("a"), user=UserId("anna"))
    anna = operator("anna", ringing=frozenset({LegId("a")}))
    anna = after_fact(anna, taken, NOON)
    assert anna.lately_taken(NOON) == 1
    assert anna.lately_taken(NOON + timedelta(hours=8)) == pytest.approx(0.25)
