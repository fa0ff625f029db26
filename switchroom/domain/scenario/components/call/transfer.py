"""Transfer: the call goes on to an extension, and this scenario is over."""

from typing import Annotated

from pydantic import StringConstraints

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Exit, JumpTo, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Outcome
from switchroom.domain.titles import Title


class TransferParams(Params):
    """Where to."""

    extension: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9*#]{1,12}$"),
        Title("Extension", "Внутренний номер"),
        Names(ThingKind.EXTENSION),
    ]


class Transfer(Component[TransferParams, Nothing], kind="transfer"):
    """Sends the caller to an extension."""

    family = "call"
    title = Title("Transfer", "Перевести")
    about = Title(
        "Sends the caller to an extension; this scenario ends.",
        "Отправляет звонящего на внутренний номер; сценарий завершается.",
    )
    Params = TransferParams
    State = Nothing
    examples = ()

    def exits(self) -> list[Exit]:
        return []

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), JumpTo(self.params.extension)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave("error")
