"""Collect digits: a number that the caller types, kept in a variable or, if secret, only for this call."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from annotated_types import Gt, Interval
from pydantic import StringConstraints, model_validator

from switchroom.domain.configured import Misfit, Names, ThingKind
from switchroom.domain.identity import PromptId
from switchroom.domain.media import Prompt
from switchroom.domain.people import Secret, Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Params
from switchroom.domain.scenario.effects import CollectDigits, Collected, Outcome
from switchroom.domain.titles import Title

COLLECTED = Exit("collected", Title("Collected", "Введено"))
NOTHING = Exit("nothing", Title("Nothing usable", "Ничего годного"))
VariableName = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]{0,47}$")]


class CollectParams(Params):
    """What is asked for."""

    prompt: Annotated[str, Title("Prompt", "Приглашение"), Names(ThingKind.PROMPT)]
    variable: Annotated[VariableName, Title("Into variable", "В переменную")]
    least: Annotated[int, Interval(ge=1, le=64), Title("Digits at least", "Цифр не меньше")] = 1
    most: Annotated[int, Interval(ge=1, le=64), Title("Digits at most", "Цифр не больше")] = 16
    secret: Annotated[bool, Title("Secret: kept nowhere", "Секрет: нигде не хранить")] = False
    wait: Annotated[timedelta, Gt(timedelta(0)), Title("Wait for a key", "Ждать нажатия")] = timedelta(seconds=5)
    tries: Annotated[int, Interval(ge=1, le=9), Title("Tries", "Попыток")] = 3

    @model_validator(mode="after")
    def _least_is_not_above_most(self) -> "CollectParams":
        if self.least > self.most:
            raise Misfit("The least is above the most", "Наименьшее больше наибольшего", field="least")
        return self


@dataclass(frozen=True, slots=True)
class CollectState:
    """How often it may still be asked."""

    tries_left: int


class Collect(Component[CollectParams, CollectState], kind="collect"):
    """Asks for digits."""

    family = "call"
    title = Title("Collect digits", "Ввод цифр")
    about = Title("Takes digits typed by the caller; # ends them.", "Принимает цифры от звонящего; # завершает ввод.")
    Params = CollectParams
    State = CollectState
    examples = (
        Example(
            Title("An order number", "Номер заказа"),
            params={"prompt": "order", "variable": "order", "least": 4, "most": 6},
            heard=(Collected(digits="12"), Collected(digits="12345")),
            leaves="collected",
            sets={"order": "12345"},
        ),
    )

    def exits(self) -> list[Exit]:
        return [COLLECTED, NOTHING]

    def start(self, variables: Variables) -> Move[CollectState]:
        return CollectState(self.params.tries), self._ask()

    def step(self, state: CollectState, outcome: Outcome, variables: Variables) -> Move[CollectState]:
        if isinstance(outcome, Collected) and self._fits(outcome.digits):
            return state, Leave(COLLECTED.key, {self.params.variable: outcome.digits})
        left = state.tries_left - 1
        return CollectState(left), self._ask() if left else Leave(NOTHING.key)

    def _fits(self, digits: str | Secret) -> bool:
        plain = digits.reveal() or "" if isinstance(digits, Secret) else digits
        return self.params.least <= len(plain) <= self.params.most

    def _ask(self) -> CollectDigits:
        p = self.params
        media = (Prompt(prompt=PromptId(p.prompt)),)
        return CollectDigits(media=media, most=p.most, first_wait=p.wait, secret=p.secret)
