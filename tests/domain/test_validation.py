"""A scenario that can't be published says all that is wrong, each at its place, in both languages."""

import re
from dataclasses import replace

import pytest

from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.publishing import faults_of
from switchroom.domain.scenario.graph import Graph, Node, ScenarioKind, ScenarioVersion
from switchroom.domain.scenario.validation import Problem, problems
from tests.company import a_company

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
END = Node(kind="hang_up")


def of(kind: str, **params: object) -> list[Problem]:
    """What is wrong with a component that leads to the end."""
    return problems(Graph.model_validate({"start": "it", "nodes": {"it": {"kind": kind, "params": params}}}))


@pytest.mark.parametrize(("kind", "params", "field", "ru"), [
    ("menu", {"prompt": "welcome", "keys": []}, "keys", "Хотя бы одно"),
    ("menu", {"keys": ["1"]}, "prompt", "Заполните это поле"),
    ("menu", {"prompt": "welcome", "keys": ["x"]}, "keys.0", "Недопустимые символы"),
    ("menu", {"prompt": "welcome", "keys": ["1"], "colour": "red"}, "colour", "Такого поля нет"),
    ("menu", {"prompt": "welcome", "keys": ["1"], "tries": 99}, "tries", "Не больше 9"),
    ("collect", {"prompt": "a", "variable": "b", "least": 5, "most": 2}, "least", "Наименьшее больше наибольшего"),
    ("dial", {}, "user", "Укажите пользователя или внутренний номер"),
    ("dial", {"user": "anna", "extension": "101"}, "user", "Укажите пользователя или внутренний номер"),
    ("dial", {"user": "anna", "ring_for": 1}, "ring_for", "Не меньше 3 с"),
    ("nothing_such", {}, "kind", "Нет компонента nothing_such"),
])
def test_a_wrong_parameter_is_told_at_its_place_in_both_languages(
    kind: str, params: dict[str, object], field: str, ru: str
) -> None:
    (problem,) = of(kind, **params)
    assert (problem.node, problem.field, problem.title.ru) == ("it", field, ru)
    assert not CYRILLIC.search(problem.title.en)


def test_a_wrong_expression_is_told_with_its_place() -> None:
    (problem,) = of("condition", when="vars.a >")
    assert problem.field == "when"
    assert problem.title.ru.startswith("Это не выражение")
    assert re.search(r"1:\d+", problem.title.en), "line and column"


def test_all_is_told_at_once() -> None:
    graph = Graph(
        start="a",
        nodes={
            "a": Node(kind="answer", exits={"done": "nowhere", "maybe": "b"}),
            "b": Node(kind="menu"),
            "alone": END,
        },
    )
    found = {(problem.node, problem.field) for problem in problems(graph)}
    assert found == {("a", "done"), ("a", "maybe"), ("b", "prompt"), ("b", "keys"), ("alone", "")}
    assert all(CYRILLIC.search(problem.title.ru) for problem in problems(graph))
    assert [p.field for p in problems(Graph(start="x", nodes={"a": END}))] == ["start"]


def test_what_belongs_into_a_card_is_no_part_of_a_call_and_the_other_way_round() -> None:
    form = Graph.model_validate(
        {"start": "it", "nodes": {"it": {"kind": "fill_card", "params": {"card": "a", "holder": "anna"}}}}
    )
    assert [p.title.ru for p in problems(form)] == ["Это для карточки, а не для звонка"]
    assert problems(form, ScenarioKind.DIALOG) == []
    assert [p.field for p in problems(Graph(start="a", nodes={"a": END}), ScenarioKind.DIALOG)] == ["kind"]


def test_a_number_does_not_lead_to_a_scenario_of_cards() -> None:
    form = Graph(start="it", nodes={"it": Node(kind="fill_card", params={"card": "repair", "holder": "anna"})})
    setup = a_company()
    scenario = ScenarioVersion(id="form", title="Form", kind=ScenarioKind.DIALOG, graph=form)
    number = Extension(number="600", target=Target(kind=TargetKind.SCENARIO, key="form"))
    wrong = replace(setup, scenarios={"form": scenario}, extensions={"600": number})
    assert [(f.key, f.path) for f in faults_of(wrong, wrong)] == [("600", "target.key")]
