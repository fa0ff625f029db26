"""Echo: the caller hears themselves."""

from datetime import timedelta
from typing import Annotated

from annotated_types import Interval

from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import DONE_EXIT, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Done, HearOneself, Outcome
from switchroom.domain.titles import Title


class EchoParams(Params):
    """For how long."""

    at_most: Annotated[
        timedelta, Interval(ge=timedelta(seconds=5), le=timedelta(minutes=10)), Title("At most", "Не дольше")
    ] = timedelta(minutes=1)


class Echo(Component[EchoParams, Nothing], kind="echo"):
    """Gives back what is said."""

    family = "call"
    title = Title("Echo", "Эхо")
    about = Title(
        "The caller hears themselves: are microphone and headset right?",
        "Звонящий слышит сам себя: проверка микрофона и гарнитуры.",
    )
    Params = EchoParams
    State = Nothing
    examples = (Example(Title("Heard enough", "Проверили"), params={}, heard=(Done(),), leaves="done"),)

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), HearOneself(at_most=self.params.at_most)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key)
