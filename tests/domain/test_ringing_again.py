"""A phone that was to ring when we died: the caller does not pay for that."""

from datetime import timedelta

from msgspec.structs import replace

from switchroom.domain.acts import AtTrunk, Ring
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import EngineReturned, LegEnded, TimePassed
from switchroom.domain.facts.calls import NodeLeft
from switchroom.domain.identity import DeviceId, LegId
from switchroom.domain.plans import Plan
from switchroom.domain.scenario.graph import Graph, Node
from switchroom.domain.situations.ringing import Ringing
from switchroom.domain.stories import Moved, begin, hear
from switchroom.domain.trunks import Trunk, TrunkKind
from tests.company import NOON, a_caller, a_company, around

BACK = EngineReturned(away=timedelta(seconds=1), legs=1, legs_lost=1)
SECOND = timedelta(seconds=1)


def ringing(**node: object) -> Moved:
    """A caller for whom somebody rings."""
    trunks = {
        key: Trunk(id=key, title=key, kind=TrunkKind.PEER, username=key, most_channels=1) for key in ("one", "two")
    }
    setup = a_company()
    object.__setattr__(setup, "trunks", trunks)
    caller = a_caller(setup)
    graph = Graph(start="dial", nodes={"dial": Node.model_validate(node)})
    object.__setattr__(caller, "plan", Plan(scenario="main", version=1, graph=graph))
    return begin(caller, around(setup))


def lost(moved: Moved, after: timedelta, cause: EndCause = EndCause.UNHEARD) -> Moved:
    """We died, and the leg that rang is not there any more."""
    now = around(a_company(), NOON + after)
    object.__setattr__(now.setup, "trunks", {key: Trunk(id=key, title=key, kind=TrunkKind.PEER, username=key)
                                             for key in ("one", "two")})  # fmt: skip
    taken_up = hear(moved.state, BACK, now)
    situation = taken_up.state.situation
    assert isinstance(situation, Ringing)
    (leg,) = situation.legs
    return hear(taken_up.state, LegEnded(leg=leg, cause=cause), now)


def rings(moved: Moved) -> list[Ring]:
    return [act for act in moved.acts if isinstance(act, Ring)]


def exit_of(moved: Moved) -> str:
    return next(fact.exit for fact in moved.facts if isinstance(fact, NodeLeft))


def test_a_user_is_rung_once_more_for_what_is_left_of_the_time() -> None:
    again = lost(ringing(kind="dial", params={"user": "anna", "ring_for": 30.0}), 10 * SECOND)
    (ring,) = rings(again)
    assert (ring.leg, ring.at_most) == (LegId("call1.1.ring.1"), 20 * SECOND)
    silent = hear(again.state, TimePassed(), around(a_company(), NOON + 30 * SECOND))
    assert exit_of(silent) == "no_answer"


def test_a_number_outside_is_rung_once_more_by_the_same_trunk_and_by_the_next_if_that_fails() -> None:
    again = lost(ringing(kind="dial_outside", params={"number": "112", "trunks": ["one", "two"]}), 10 * SECOND)
    (ring,) = rings(again)
    assert ring.leg == LegId("call1.1.outside.1")
    assert isinstance(ring.to, AtTrunk)
    assert ring.to.trunk == "one"
    (other,) = rings(lost(again, 20 * SECOND, EndCause.CONGESTION))
    assert isinstance(other.to, AtTrunk)
    assert (other.to.trunk, other.leg) == ("two", LegId("call1.1.outside.2"))


def test_when_the_time_is_over_it_was_no_answer() -> None:
    for node in (
        {"kind": "dial", "params": {"user": "anna", "ring_for": 30.0}},
        {"kind": "dial_outside", "params": {"number": "112", "trunks": ["one"], "ring_for": 30.0}},
    ):
        over = lost(ringing(**node), 30 * SECOND)
        assert rings(over) == []
        assert exit_of(over) == "no_answer"


def test_a_page_that_is_waited_for_does_not_wake_us_while_another_phone_rings() -> None:
    """Its moment, once past, woke the story again and again until the ringing was over."""
    setup = a_company()
    page = DeviceId(browser_device("anna").id)
    caller = a_caller(setup, "101")
    moved = begin(caller, replace(around(setup), reachable=frozenset({page})))
    rung = next(act.leg for act in rings(moved) if getattr(act.to, "device", None) == page)
    moved = hear(moved.state, LegEnded(leg=rung, cause=EndCause.NORMAL), around(setup, NOON + SECOND))
    assert moved.state.wake == NOON + 30 * SECOND
