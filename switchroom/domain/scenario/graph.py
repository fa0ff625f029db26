"""The graph of a scenario: nodes, their parameters, and where their exits lead."""

from enum import StrEnum
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import JsonValue, StringConstraints

from switchroom.domain.configured import Configured, Key, Name, Names, ThingKind
from switchroom.domain.titles import Title

NodeKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,48}$")]


class ScenarioKind(StrEnum):
    """What runs the scenario."""

    CALL = "call"
    DIALOG = "dialog"


SCENARIO_KINDS: dict[ScenarioKind, Title] = {
    ScenarioKind.CALL: Title("Call", "Звонок"),
    ScenarioKind.DIALOG: Title("Dialog", "Диалог"),
}


class Node(Configured):
    """One component on the canvas."""

    kind: Annotated[str, Title("Component", "Компонент")]
    params: Annotated[dict[str, JsonValue], Title("Parameters", "Параметры")] = {}
    exits: Annotated[dict[str, NodeKey], Title("Exits", "Выходы")] = {}
    """An exit that leads nowhere ends the scenario, and so does one that is not named."""
    note: Annotated[str, MaxLen(1000), Title("Note", "Заметка")] = ""
    x: Annotated[float, Title("Place across", "Место по горизонтали")] = 0.0
    y: Annotated[float, Title("Place down", "Место по вертикали")] = 0.0


class Graph(Configured):
    """A scenario as it is drawn."""

    start: Annotated[NodeKey, Title("Start", "Начало")]
    nodes: Annotated[dict[NodeKey, Node], MinLen(1), MaxLen(2000), Title("Components", "Компоненты")]


class ScenarioVersion(Configured):
    """A scenario; its published version runs, drafts do not."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    project: Annotated[Key, Title("Project", "Проект"), Names(ThingKind.PROJECT)] = "main"
    kind: Annotated[ScenarioKind, Title("Kind", "Вид")] = ScenarioKind.CALL
    graph: Annotated[Graph, Title("Graph", "Схема")]
