"""What is wrong with a scenario before it may be published: all of it at once, each at its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from switchroom.domain.misfits import told
from switchroom.domain.scenario.component import ERROR
from switchroom.domain.scenario.graph import Graph, Node, ScenarioKind
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.titles import Title

_FOREIGN = {
    ScenarioKind.CALL: Title("This belongs into a card, not into a call", "Это для карточки, а не для звонка"),
    ScenarioKind.DIALOG: Title("This belongs into a call, not into a card", "Это для звонка, а не для карточки"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend; `field` names the parameter or the exit."""

    node: str
    field: str
    title: Title


def problems(graph: Graph, kind: ScenarioKind = ScenarioKind.CALL) -> list[Problem]:
    """Everything that keeps this graph from being published as a scenario of this kind."""
    if graph.start not in graph.nodes:
        return [Problem(graph.start, "start", Title("The scenario begins nowhere", "У сценария нет начала"))]
    found = [p for key, node in graph.nodes.items() for p in _of_node(graph, kind, key, node)]
    return found + [_unreached(key) for key in graph.nodes.keys() - _reached(graph)]


def _of_node(graph: Graph, kind: ScenarioKind, key: str, node: Node) -> Iterator[Problem]:
    made = COMPONENTS.get(node.kind)
    if made is None:
        yield Problem(key, "kind", Title(f"There is no component {node.kind}", f"Нет компонента {node.kind}"))
        return
    if kind not in made.runs_in:
        yield Problem(key, "kind", _FOREIGN[kind])
    try:
        component = made(made.Params.model_validate(node.params))
    except ValidationError as trouble:
        yield from (Problem(key, field, title) for field, title in told(trouble.errors()))
        return
    known = {e.key for e in component.exits()} | {ERROR}
    for name, to in node.exits.items():
        if name not in known:
            yield Problem(key, name, Title(f"There is no exit {name}", f"Нет выхода {name}"))
        if to not in graph.nodes:
            yield Problem(
                key, name, Title(f"This exit leads to {to}, which is not there", f"Выход ведёт к {to}, а такого нет")
            )


def _unreached(key: str) -> Problem:
    return Problem(key, "", Title("Nothing leads here", "Сюда ничего не ведёт"))


def _reached(graph: Graph) -> set[str]:
    seen: set[str] = set()
    ahead = [graph.start]
    while ahead:
        key = ahead.pop()
        if key in seen or key not in graph.nodes:
            continue
        seen.add(key)
        ahead.extend(graph.nodes[key].exits.values())
    return seen
