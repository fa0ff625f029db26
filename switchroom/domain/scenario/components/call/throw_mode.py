"""Throw a switch between day and night: the feature code of whoever may."""

from dataclasses import dataclass
from typing import Annotated

from switchroom.domain.configured import Key, Names, ThingKind
from switchroom.domain.identity import ModeId
from switchroom.domain.media import Piece
from switchroom.domain.modes import DayPart
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import ERROR, Component, Example, Exit, Leave, Move, Params
from switchroom.domain.scenario.components.logic.day_night import DAY_NIGHT_EXITS
from switchroom.domain.scenario.effects import AnswerCall, Done, ModeSays, Outcome, PlayMedia, ThrowMode
from switchroom.domain.titles import Title

_SAID = {DayPart.NIGHT: Piece(name="activated"), DayPart.DAY: Piece(name="de-activated")}
"""Whether the night is on."""


class ThrowModeParams(Params):
    """Which switch."""

    mode: Annotated[Key, Title("Switch", "Переключатель"), Names(ThingKind.MODE)]


@dataclass(frozen=True, slots=True)
class ThrowModeState:
    """What it was thrown to."""

    to: DayPart | None = None


class ThrowTheMode(Component[ThrowModeParams, ThrowModeState], kind="throw_mode"):
    """Throws it to its other side, and says whether the night is on."""

    family = "call"
    title = Title("Switch day and night", "Переключить день и ночь")
    about = Title(
        "One of us who may switches to the other side, and hears whether the night is on.",
        "Тот из сотрудников, у кого есть право, переключает и слышит, включена ли ночь.",
    )
    Params = ThrowModeParams
    State = ThrowModeState
    examples = (
        Example(
            Title("The night begins", "Начинается ночь"), params={"mode": "office"},
            heard=(Done(), ModeSays(part=DayPart.NIGHT), Done()), leaves="night",
        ),
    )  # fmt: skip

    def exits(self) -> list[Exit]:
        return DAY_NIGHT_EXITS

    def start(self, variables: Variables) -> Move[ThrowModeState]:
        return ThrowModeState(), AnswerCall()

    def step(self, state: ThrowModeState, outcome: Outcome, variables: Variables) -> Move[ThrowModeState]:
        match outcome:
            case ModeSays(part=part):
                return ThrowModeState(part), PlayMedia(media=(_SAID[part],))
            case Done() if state.to is None:
                return state, ThrowMode(mode=ModeId(self.params.mode))
            case _:
                return state, Leave(state.to.value if state.to else ERROR)
