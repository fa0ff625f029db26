"""A scenario as it is read: its components in the order in which a call would meet them, each with its ways out."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from switchroom.domain.scenario.component import ERROR, Exit
from switchroom.domain.scenario.graph import Graph, Node
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.titles import Title

_ERROR_EXIT = Exit(ERROR, Title("Error", "Ошибка"))


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a component; `to` is None where the scenario ends."""

    exit: Exit
    to: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One component, at its place in the reading."""

    node: str
    ways: tuple[Way, ...]


def steps(graph: Graph) -> tuple[Step, ...]:
    """From the start on, the nearest first; what nothing leads to comes last."""
    order = list(dict.fromkeys([*_reached(graph), *graph.nodes]))
    return tuple(Step(key, _ways(graph.nodes[key], graph)) for key in order)


def _reached(graph: Graph) -> list[str]:
    seen: dict[str, None] = {}
    waiting = deque([graph.start])
    while waiting:
        key = waiting.popleft()
        if key in graph.nodes and key not in seen:
            seen[key] = None
            waiting.extend(way.to for way in _ways(graph.nodes[key], graph) if way.to)
    return list(seen)


def _ways(node: Node, graph: Graph) -> tuple[Way, ...]:
    """The component's own exits in their order; that of errors only where it leads somewhere."""
    exits = [*_exits(node), *([_ERROR_EXIT] if ERROR in node.exits else [])]
    return tuple(Way(way, node.exits.get(way.key)) for way in exits)


def _exits(node: Node) -> Sequence[Exit]:
    """What the component declares with these parameters; where they don't fit it, what was drawn."""
    made = COMPONENTS.get(node.kind)
    drawn = [Exit(key, Title(key, key)) for key in node.exits if key != ERROR]
    if made is None:
        return drawn
    try:
        return made(made.Params.model_validate(node.params)).exits()
    except ValidationError:
        return drawn
