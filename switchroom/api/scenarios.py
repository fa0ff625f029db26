"""Scenarios: drawn, checked, published; and the components that they are made of."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, ValidationError

from switchroom.api.configured import Checked, Key, resource
from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS
from switchroom.api.faults import FieldFault, fields_of
from switchroom.api.kinds import FieldOut, field_out
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.described import described
from switchroom.domain.refusals import NotFound
from switchroom.domain.scenario.component import Component, Params
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.scenario.reading import Step, steps
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.scenario.validation import problems
from switchroom.domain.titles import Title

router = resource(ThingKind.SCENARIO, ScenarioVersion, "scenarios", needs=Right.ADMINISTER, drafted=True)
components = APIRouter(prefix="/api/components", tags=["scenarios"], responses=PROBLEMS)
_GRAPH = {"start": "answer", "nodes": {"answer": {"kind": "answer", "exits": {"done": "queue"}}}}


_STEP: dict[str, Any] = {
    "node": "hello", "kind": "play", "title": {"en": "Play", "ru": "Проиграть"}, "note": "",
    "params": {"prompts": ["welcome"]},
    "fields": [{
        "key": "prompts", "title": {"en": "Prompts", "ru": "Подсказки"}, "sort": "text", "many": "list",
        "names": "prompt", "values": {}, "parts": [],
    }],
    "ways": [{"key": "done", "title": {"en": "Done", "ru": "Готово"}, "to": "queue"}],
}  # fmt: skip


class Parameter(BaseModel):
    """One field of a component's form. `names` says of what kind the thing is that its value names."""

    key: str
    title: Words
    required: bool
    names: str | None


class ComponentOut(BaseModel):
    """A component as the designer shows it. `params_schema` is JSON Schema."""

    kind: str
    family: str
    title: Words
    about: Words
    parameters: list[Parameter]
    params_schema: dict[str, Any]
    examples: list[Words]


class WayOut(BaseModel):
    """One way out of a step; `to` is null where the scenario ends."""

    key: str
    title: Words
    to: str | None


class StepOut(BaseModel):
    """One component of a scenario, as it is read; `params` are told by `fields`."""

    model_config = ConfigDict(json_schema_extra={"example": _STEP})

    node: str
    kind: str
    title: Words
    note: str
    fields: list[FieldOut]
    params: dict[str, Any]
    ways: list[WayOut]


@router.get("/{key}/steps", operation_id="read_scenario", summary="A scenario in words, from its start on")
async def read_scenario(key: Key, house: House, me: Me) -> list[StepOut]:
    """In the order in which a call would meet them; what nothing leads to comes last."""
    me.scope.need(Right.ADMINISTER)
    scenario = house.engine.setup.scenarios.get(key)
    if scenario is None or not me.scope.sees(scenario.project):
        raise NotFound(kind="scenario", key=key)
    return [_step(step, scenario.graph.nodes[step.node]) for step in steps(scenario.graph)]


@components.get("", operation_id="list_components", summary="What scenarios are made of")
async def list_components(me: Me) -> list[ComponentOut]:
    """As each component declares itself."""
    me.scope.need(Right.ADMINISTER)
    return [_component(made) for _, made in sorted(COMPONENTS.items())]


@components.post("/check", operation_id="check_graph", summary="What is wrong with a graph?")
async def check_graph(body: Annotated[dict[str, Any], Body(examples=[_GRAPH])], me: Me) -> Checked:
    """Takes a half-drawn graph, too."""
    me.scope.need(Right.ADMINISTER)
    try:
        graph = Graph.model_validate(body)
    except ValidationError as wrong:
        return Checked(faults=fields_of(wrong.errors()))
    found = problems(graph)
    return Checked(
        faults=[FieldFault(field=f"nodes.{p.node}.{p.field}", en=p.title.en, ru=p.title.ru) for p in found]
    )


def _step(step: Step, node: Node) -> StepOut:
    made = COMPONENTS.get(node.kind)
    return StepOut(
        node=step.node,
        kind=node.kind,
        title=words(made.title if made else Title(node.kind, node.kind)),
        note=node.note,
        fields=[field_out(field) for field in described(made.Params)] if made else [],
        params=dict(node.params),
        ways=[WayOut(key=way.exit.key, title=words(way.exit.title), to=way.to) for way in step.ways],
    )


def _component(made: type[Component[Any, Any]]) -> ComponentOut:
    return ComponentOut(
        kind=made.kind,
        family=made.family,
        title=words(made.title),
        about=words(made.about),
        parameters=_parameters(made.Params),
        params_schema=made.Params.model_json_schema(),
        examples=[words(example.title) for example in made.examples],
    )


def _parameters(params: type[Params]) -> list[Parameter]:
    found = []
    for key, field in params.model_fields.items():
        title = next((m for m in field.metadata if isinstance(m, Title)), Title(key, key))
        names = next((m.kind.value for m in field.metadata if isinstance(m, Names)), None)
        found.append(Parameter(key=key, title=words(title), required=field.is_required(), names=names))
    return found
