"""Condition: two ways, by an expression."""

from typing import Annotated

from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import (
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
from switchroom.domain.scenario.expressions import Expression, Unevaluable, holds
from switchroom.domain.titles import Title

YES = Exit("yes", Title("Yes", "Да"))
NO = Exit("no", Title("No", "Нет"))


class ConditionParams(Params):
    """What is asked."""

    when: Annotated[Expression, Title("When", "Если")]


class Condition(Component[ConditionParams, Nothing], kind="condition"):
    """Goes one of two ways."""

    family = "logic"
    title = Title("Condition", "Условие")
    about = Title("Leaves by yes or no.", "Выходит по «да» или «нет».")
    runs_in = EVERYWHERE
    Params = ConditionParams
    State = Nothing
    examples = (
        Example(Title("True", "Верно"), params={"when": "vars.a > 1"}, variables={"a": 2}, leaves="yes"),
        Example(Title("False", "Неверно"), params={"when": "vars.a > 1"}, variables={"a": 1}, leaves="no"),
        Example(Title("Cannot be told", "Не определить"), params={"when": "vars.a > 1"}, leaves="error"),
    )

    def exits(self) -> list[Exit]:
        return [YES, NO]

    def start(self, variables: Variables) -> Move[Nothing]:
        try:
            return Nothing(), Leave(YES.key if holds(self.params.when, variables) else NO.key)
        except Unevaluable as trouble:
            return Nothing(), Leave(ERROR, {"error": str(trouble)})

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(ERROR)
