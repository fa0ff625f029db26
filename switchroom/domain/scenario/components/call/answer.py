"""Answer: from here on the caller hears us and is charged."""

from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import DONE_EXIT, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import AnswerCall, Done, Outcome
from switchroom.domain.titles import Title


class AnswerParams(Params):
    """Nothing to set."""


class Answer(Component[AnswerParams, Nothing], kind="answer"):
    """Answers the caller."""

    family = "call"
    title = Title("Answer", "Ответить")
    about = Title(
        "Answers the call; what is played before it may not be heard.",
        "Отвечает на звонок; сыгранное до этого могут не услышать.",
    )
    Params = AnswerParams
    State = Nothing
    examples = (Example(Title("Answered", "Ответили"), params={}, heard=(Done(),), leaves="done"),)

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), AnswerCall()

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key)
