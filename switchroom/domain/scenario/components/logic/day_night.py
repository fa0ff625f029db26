"""Day or night: two ways, by a switch that people throw."""

from typing import Annotated

from switchroom.domain.configured import Key, Names, ThingKind
from switchroom.domain.identity import ModeId
from switchroom.domain.modes import DAY_PARTS, DayPart
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import ERROR, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import LookAtMode, ModeSays, Outcome
from switchroom.domain.titles import Title

DAY_NIGHT_EXITS = [Exit(part.value, DAY_PARTS[part]) for part in DayPart]


class DayNightParams(Params):
    """Which switch."""

    mode: Annotated[Key, Title("Switch", "Переключатель"), Names(ThingKind.MODE)]


class DayNight(Component[DayNightParams, Nothing], kind="day_night"):
    """Goes one of two ways."""

    family = "logic"
    title = Title("Day or night", "День или ночь")
    about = Title("Leaves by what a switch says.", "Выходит по положению переключателя.")
    Params = DayNightParams
    State = Nothing
    examples = (
        Example(
            Title("At night", "Ночью"), params={"mode": "office"}, heard=(ModeSays(part=DayPart.NIGHT),), leaves="night"
        ),
    )

    def exits(self) -> list[Exit]:
        return DAY_NIGHT_EXITS

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), LookAtMode(mode=ModeId(self.params.mode))

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(outcome.part.value if isinstance(outcome, ModeSays) else ERROR)
