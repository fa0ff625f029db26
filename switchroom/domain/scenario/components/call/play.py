"""Play: a prompt, to its end."""

from typing import Annotated

from annotated_types import MinLen

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import PromptId
from switchroom.domain.media import Prompt
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import DONE_EXIT, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Done, Outcome, PlayMedia
from switchroom.domain.titles import Title


class PlayParams(Params):
    """What is played."""

    prompts: Annotated[tuple[str, ...], MinLen(1), Title("Prompts", "Подсказки"), Names(ThingKind.PROMPT)]


class Play(Component[PlayParams, Nothing], kind="play"):
    """Plays prompts one after the other."""

    family = "call"
    title = Title("Play", "Проиграть")
    about = Title("Plays prompts to their end.", "Проигрывает подсказки до конца.")
    Params = PlayParams
    State = Nothing
    examples = (
        Example(Title("A greeting", "Приветствие"), params={"prompts": ["welcome"]}, heard=(Done(),), leaves="done"),
    )

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), PlayMedia(media=tuple(Prompt(prompt=PromptId(p)) for p in self.params.prompts))

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key)
