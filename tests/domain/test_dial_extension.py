"""Dialling an extension: people are rung and the scenario goes on; a queue or a scenario takes the call over."""

import pytest

from switchroom.domain.acts import Ring
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import NodeLeft, ScenarioBegan, SentOn
from switchroom.domain.groups import Group
from switchroom.domain.identity import DeviceId
from switchroom.domain.plans import Plan
from switchroom.domain.scenario.effects import RingGroup, RingUser, WaitForOperator
from switchroom.domain.scenario.graph import Graph, Node
from switchroom.domain.situations.scene import Surroundings
from switchroom.domain.stories import Moved, begin
from tests.company import NOON, a_caller, a_company


def dialled(extension: str) -> Moved:
    """What comes of it."""
    setup = a_company()
    group = Group(id="masters", title="Masters", members=("boris",))
    more = {
        "102": Extension(number="102", target=Target(kind=TargetKind.EXTENSION, key="101")),
        "300": Extension(number="300", target=Target(kind=TargetKind.GROUP, key="masters")),
    }
    object.__setattr__(setup, "extensions", {**setup.extensions, **more})
    object.__setattr__(setup, "groups", {"masters": group})
    nodes = {
        "dial": Node(kind="dial", params={"extension": extension, "ring_for": 12.0}, exits={"unreachable": "end"}),
        "end": Node(kind="hang_up"),
    }
    caller = a_caller(setup)
    object.__setattr__(caller, "plan", Plan(scenario="main", version=1, graph=Graph(start="dial", nodes=nodes)))
    phones = frozenset({DeviceId("anna-desk"), DeviceId("boris-desk")})
    return begin(caller, Surroundings(now=NOON, wall=NOON, setup=setup, reachable=phones))


@pytest.mark.feature("S3")
@pytest.mark.parametrize("extension", ["101", "102"])
def test_a_number_of_a_person_rings_that_person_also_by_way_of_another_number(extension: str) -> None:
    moved = dialled(extension)
    assert isinstance(moved.state.effect, RingUser)
    assert (moved.state.effect.user, moved.state.effect.ring_for.total_seconds()) == ("anna", 12)
    assert [act.leg for act in moved.acts if isinstance(act, Ring)] == ["call1.1.ring.0"]
    assert moved.state.position.node == "dial"


def test_a_number_of_a_group_rings_the_group() -> None:
    moved = dialled("300")
    assert isinstance(moved.state.effect, RingGroup)
    assert moved.state.effect.group == "masters"


def test_a_number_of_a_queue_takes_the_call_over() -> None:
    moved = dialled("400")
    assert isinstance(moved.state.effect, WaitForOperator)
    assert [type(fact) for fact in moved.facts].count(ScenarioBegan) == 2
    assert any(isinstance(fact, SentOn) and fact.to == "400" for fact in moved.facts)


def test_a_number_that_is_not_there_is_out_of_reach() -> None:
    moved = dialled("999")
    assert [(f.node, f.exit) for f in moved.facts if isinstance(f, NodeLeft)] == [("dial", "unreachable")]
    assert moved.state.over
