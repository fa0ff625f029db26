"""Set recording: whether talks of this call are recorded from here on, whatever the rules say."""

from typing import Annotated

from switchroom.domain.facts.calls import RecordingWish
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import (
    DONE_EXIT,
    ERROR,
    Component,
    Example,
    Exit,
    Leave,
    Move,
    Nothing,
    Params,
)
from switchroom.domain.scenario.effects import Done, Outcome
from switchroom.domain.scenario.effects import SetRecording as Wanted
from switchroom.domain.titles import Title

WISHES: dict[RecordingWish, Title] = {
    RecordingWish.RECORD: Title("Record", "Записывать"),
    RecordingWish.DONT_RECORD: Title("Don't record", "Не записывать"),
    RecordingWish.BY_RULES: Title("As the rules say", "Как говорят правила"),
}


class SetRecordingParams(Params):
    """What is wished."""

    recording: Annotated[RecordingWish, Title("Talks", "Разговоры")] = RecordingWish.RECORD


class SetRecording(Component[SetRecordingParams, Nothing], kind="set_recording"):
    """Wishes, and goes on at once."""

    family = "call"
    title = Title("Set recording", "Задать запись")
    about = Title(
        "Talks of this call are recorded, or are not, whatever the rules say.",
        "Разговоры этого звонка записываются или нет, что бы ни говорили правила.",
    )
    Params = SetRecordingParams
    State = Nothing
    examples = (
        Example(
            Title("Bank details are told to the operator", "Оператору продиктуют реквизиты"),
            params={"recording": "dont_record"}, heard=(Done(),), leaves="done",
        ),
    )  # fmt: skip

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), Wanted(wish=self.params.recording)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key if isinstance(outcome, Done) else ERROR)
