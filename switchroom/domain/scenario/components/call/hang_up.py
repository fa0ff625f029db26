"""Hang up: end the call with a cause."""

from typing import Annotated

from switchroom.domain.causes import EndCause
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import EndCall, Outcome
from switchroom.domain.titles import Title


class HangUpParams(Params):
    """With what cause; before the answer the caller's phone shows it."""

    cause: Annotated[EndCause, Title("Cause", "Причина")] = EndCause.NORMAL


class HangUp(Component[HangUpParams, Nothing], kind="hang_up"):
    """Ends the call."""

    family = "call"
    title = Title("Hang up", "Завершить")
    about = Title("Ends the call.", "Завершает звонок.")
    Params = HangUpParams
    State = Nothing
    examples = ()

    def exits(self) -> list[Exit]:
        return []

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), EndCall(cause=self.params.cause)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave("error")
