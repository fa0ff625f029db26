"""The interpreter: where a scenario stands, and its next step. Pure; it never waits and never fails.

Source of the form: a component is a small state machine; the graph joins them by exits.
"""

from typing import Any

from switchroom.domain.facts.calls import Failed, NodeEntered, NodeLeft
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import NodeId, StoryId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import ERROR, Component, JumpTo, Leave
from switchroom.domain.scenario.effects import Effect, Outcome, RingExtension, Trouble
from switchroom.domain.scenario.graph import Graph, Node
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.shapes import Shape, from_plain, to_plain

MOST_MOVES = 500
"""A scenario that makes so many moves without an effect turns in a circle."""


class Position(Shape, frozen=True, kw_only=True):
    """Where in the graph a story stands; `inner` is the component's own state."""

    node: NodeId
    inner: dict[str, Any] = {}


class Ended(Shape, frozen=True, kw_only=True):
    """The scenario came to an end by itself; `trouble` if not as it was drawn."""

    trouble: str | None = None


class Step(Shape, frozen=True, kw_only=True):
    """What comes next, and what is to be kept about the way there."""

    position: Position
    variables: Variables
    next: Effect | RingExtension | Ended | str
    """An effect to perform; the end; or the extension that the call jumps to."""
    facts: tuple[Fact, ...] = ()


_MOST_REMEMBERED = 2048
_made: dict[int, tuple[Node, Component[Any, Any]]] = {}
"""Drawn nodes are frozen, and come up in every call; kept by identity, with the node itself."""


def component_at(graph: Graph, node: NodeId) -> Component[Any, Any]:
    """The component of a node, with its parameters checked."""
    drawn = graph.nodes[node]
    found = _made.get(id(drawn))
    if found is None:
        if len(_made) >= _MOST_REMEMBERED:
            _made.clear()
        kind = COMPONENTS[drawn.kind]
        found = _made[id(drawn)] = (drawn, kind(kind.Params.model_validate(drawn.params)))
    return found[1]


def begin(graph: Graph, story: StoryId, variables: Variables) -> Step:
    """Come to the first component."""
    return _enter(graph, story, NodeId(graph.start), variables, ())


def step(graph: Graph, story: StoryId, position: Position, variables: Variables, outcome: Outcome) -> Step:
    """Go on with how the effect came out."""
    component = component_at(graph, position.node)
    if isinstance(outcome, Trouble):
        failed = Failed(call=story, node=position.node, why=outcome.why)
        return _leave(graph, story, position, variables, Leave(ERROR, {"error": outcome.why}), (failed,))
    state = from_plain(position.inner, component.State)
    state, move = component.step(state, outcome, variables)
    return _move(graph, story, _standing(position.node, state), variables, move, ())


def _standing(node: NodeId, state: object) -> Position:
    return Position(node=node, inner=to_plain(state))


def _enter(graph: Graph, story: StoryId, node: NodeId, variables: Variables, facts: tuple[Fact, ...]) -> Step:
    if len(facts) > MOST_MOVES:
        return _ended(node, variables, facts, "The scenario turns in a circle without waiting.")
    component = component_at(graph, node)
    entered = NodeEntered(call=story, node=node, component=component.kind)
    state, move = component.start(variables)
    return _move(graph, story, _standing(node, state), variables, move, (*facts, entered))


def _move(
    graph: Graph,
    story: StoryId,
    at: Position,
    variables: Variables,
    move: Effect | RingExtension | Leave | JumpTo,
    facts: tuple[Fact, ...],
) -> Step:
    match move:
        case Leave():
            return _leave(graph, story, at, variables, move, facts)
        case JumpTo(extension):
            return Step(position=at, variables=variables, next=extension, facts=facts)
        case effect:
            return Step(position=at, variables=variables, next=effect, facts=facts)


def _leave(
    graph: Graph, story: StoryId, at: Position, variables: Variables, leave: Leave, facts: tuple[Fact, ...]
) -> Step:
    told = (*facts, NodeLeft(call=story, node=at.node, exit=leave.exit))
    variables = variables.given(leave.set)
    following = graph.nodes[at.node].exits.get(leave.exit)
    if following is not None:
        return _enter(graph, story, NodeId(following), variables, told)
    return _ended(at.node, variables, told, variables.get("error") if leave.exit == ERROR else None)


def _ended(node: NodeId, variables: Variables, facts: tuple[Fact, ...], trouble: object) -> Step:
    end = Ended(trouble=None if trouble is None else str(trouble))
    return Step(position=Position(node=node), variables=variables, next=end, facts=facts)
