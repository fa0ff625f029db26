"""Every component does what its examples say; the same examples are its documentation."""

from typing import Any

import pytest

from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import COMPONENTS as DECLARED
from switchroom.domain.scenario.component import Component, Example, Leave
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.shapes import from_plain, to_plain

CASES = [(made, example) for made in COMPONENTS.values() for example in made.examples]


def test_the_registry_holds_every_declared_component() -> None:
    assert COMPONENTS is DECLARED
    assert {"answer", "play", "menu", "collect", "dial", "queue", "transfer", "hang_up"} <= COMPONENTS.keys()


@pytest.mark.feature("S3")
@pytest.mark.feature("S4")
@pytest.mark.parametrize(("made", "example"), CASES, ids=[f"{m.kind}: {e.title.en}" for m, e in CASES])
def test_a_component_does_what_its_example_says(made: type[Component[Any, Any]], example: Example) -> None:
    component = made(made.Params.model_validate(dict(example.params)))
    variables = Variables(dict(example.variables))
    state, move = component.start(variables)
    for outcome in example.heard:
        assert not isinstance(move, Leave), "the example goes on after the component left"
        state = from_plain(to_plain(state), made.State)  # a crash between any two steps changes nothing
        state, move = component.step(state, outcome, variables)
    assert isinstance(move, Leave)
    assert move.exit == example.leaves
    assert example.sets.items() <= dict(move.set).items()
    assert move.exit in {e.key for e in component.exits()} | {"error"}
