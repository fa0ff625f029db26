"""Set variable: the value of an expression is kept under a name."""

from typing import Annotated

from pydantic import StringConstraints

from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import (
    DONE_EXIT,
    ERROR,
    EVERYWHERE,
    Component,
    Example,
    Exit,
    Leave,
    Move,
    Nothing,
    Params,
)
from switchroom.domain.scenario.effects import Outcome
from switchroom.domain.scenario.expressions import Expression, Unevaluable, evaluate
from switchroom.domain.titles import Title


class SetVariableParams(Params):
    """The name and the value."""

    variable: Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]{0,47}$"), Title("Variable", "Переменная")]
    value: Annotated[Expression, Title("Value", "Значение")]


class SetVariable(Component[SetVariableParams, Nothing], kind="set_variable"):
    """Keeps a value."""

    family = "logic"
    title = Title("Set variable", "Задать переменную")
    about = Title("Keeps the value of an expression.", "Сохраняет значение выражения.")
    runs_in = EVERYWHERE
    Params = SetVariableParams
    State = Nothing
    examples = (
        Example(
            Title("A sum", "Сумма"),
            params={"variable": "total", "value": "vars.a + vars.b"},
            variables={"a": 2, "b": 3},
            leaves="done",
            sets={"total": 5},
        ),
        Example(
            Title("A variable that nobody set", "Переменную никто не задал"),
            params={"variable": "total", "value": "vars.a + 1"},
            leaves="error",
        ),
    )

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        try:
            value = evaluate(self.params.value, variables)
        except Unevaluable as trouble:
            return Nothing(), Leave(ERROR, {"error": str(trouble)})
        return Nothing(), Leave(DONE_EXIT.key, {self.params.variable: value})

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(ERROR)
