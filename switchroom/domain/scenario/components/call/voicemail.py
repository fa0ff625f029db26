"""Voicemail: the caller leaves a message for a user."""

from typing import Annotated

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Done, Outcome, TakeMessage
from switchroom.domain.titles import Title

DONE = Exit("done", Title("Spoken", "Сообщение записано"))


class VoicemailParams(Params):
    """For whom, and what is heard before the tone."""

    user: Annotated[str, Title("For", "Кому"), Names(ThingKind.USER)]
    greeting: Annotated[str | None, Title("Greeting", "Приветствие"), Names(ThingKind.PROMPT)] = None


class Voicemail(Component[VoicemailParams, Nothing], kind="voicemail"):
    """Takes a message."""

    family = "call"
    title = Title("Voicemail", "Голосовая почта")
    about = Title(
        "The caller hears a greeting and a tone, and leaves a message for a user. It ends by #, by silence, or when "
        "they hang up.",
        "Звонящий слышит приветствие и сигнал и оставляет пользователю сообщение. Оно завершается по #, по тишине или "
        "когда звонящий кладёт трубку.",
    )
    Params = VoicemailParams
    State = Nothing
    examples = (
        Example(
            Title("The caller pressed #", "Звонящий нажал #"),
            params={"user": "anna"},
            heard=(Done(),),
            leaves="done",
        ),
    )

    def exits(self) -> list[Exit]:
        return [DONE]

    def start(self, variables: Variables) -> Move[Nothing]:
        p = self.params
        return Nothing(), TakeMessage(user=UserId(p.user), greeting=p.greeting)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE.key)
