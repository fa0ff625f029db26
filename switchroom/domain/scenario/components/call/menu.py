"""Voice menu: plays a prompt, waits for one key, leaves by that key's exit."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from annotated_types import Gt, Interval, MinLen
from pydantic import StringConstraints

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import PromptId
from switchroom.domain.media import Prompt
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Params
from switchroom.domain.scenario.effects import CollectDigits, Collected, Outcome
from switchroom.domain.titles import Title

NO_CHOICE = Exit("no_choice", Title("Nothing chosen", "Ничего не выбрано"))
PhoneKey = Annotated[str, StringConstraints(pattern="^[0-9*#]$")]


class MenuParams(Params):
    """What is offered, and how patiently."""

    prompt: Annotated[str, Title("Prompt", "Приглашение"), Names(ThingKind.PROMPT)]
    keys: Annotated[frozenset[PhoneKey], MinLen(1), Title("Keys", "Кнопки")]
    wait: Annotated[timedelta, Gt(timedelta(0)), Title("Wait for a key", "Ждать нажатия")] = timedelta(seconds=5)
    tries: Annotated[int, Interval(ge=1, le=9), Title("Tries", "Попыток")] = 3


@dataclass(frozen=True, slots=True)
class MenuState:
    """How often it may still be asked."""

    tries_left: int


class Menu(Component[MenuParams, MenuState], kind="menu"):
    """Asks for one key."""

    family = "call"
    title = Title("Voice menu", "Голосовое меню")
    about = Title("Plays a prompt and waits for a key.", "Проигрывает приглашение и ждёт нажатия.")
    Params = MenuParams
    State = MenuState
    examples = (
        Example(
            Title("A wrong key, then sales", "Ошибка, затем отдел продаж"),
            params={"prompt": "welcome", "keys": ["1", "2"]},
            heard=(Collected(digits="9"), Collected(digits="1")),
            leaves="1",
            sets={"menu_key": "1"},
        ),
        Example(
            Title("Silence three times", "Трижды тишина"),
            params={"prompt": "welcome", "keys": ["1"]},
            heard=(Collected(digits=""), Collected(digits=""), Collected(digits="")),
            leaves="no_choice",
        ),
    )

    def exits(self) -> list[Exit]:
        return [Exit(k, Title(f"Key {k}", f"Кнопка {k}")) for k in sorted(self.params.keys)] + [NO_CHOICE]

    def start(self, variables: Variables) -> Move[MenuState]:
        return MenuState(self.params.tries), self._ask()

    def step(self, state: MenuState, outcome: Outcome, variables: Variables) -> Move[MenuState]:
        if isinstance(outcome, Collected) and outcome.digits in self.params.keys:
            key = str(outcome.digits)
            return state, Leave(key, {"menu_key": key})
        left = state.tries_left - 1  # a wrong key and silence cost the same
        return MenuState(left), self._ask() if left else Leave(NO_CHOICE.key)

    def _ask(self) -> CollectDigits:
        prompt = Prompt(prompt=PromptId(self.params.prompt))
        return CollectDigits(media=(prompt,), most=1, end_keys="", first_wait=self.params.wait)
