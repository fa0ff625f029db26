"""Pick up: whoever calls takes what rings at a colleague."""

from typing import Annotated

from switchroom.domain.causes import EndCause
from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import StoryId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import NotReached, Outcome, PickUp
from switchroom.domain.titles import Title

NOTHING = Exit("nothing", Title("Nothing to take", "Нечего взять"))


class PickUpParams(Params):
    """At which extension; left out: at colleagues of the same group or department."""

    of: Annotated[str | None, Title("Rings at extension", "Звонит на номере"), Names(ThingKind.EXTENSION)] = None
    call: Annotated[str | None, Title("This call", "Именно этот звонок")] = None


class TakeWhatRings(Component[PickUpParams, Nothing], kind="pick_up"):
    """Picks up a ringing call."""

    family = "call"
    title = Title("Pick up", "Перехватить")
    about = Title(
        "Who calls takes what rings at a colleague; of two who try, the first one gets it.",
        "Звонящий берёт то, что звонит у коллеги; из двоих успевает первый.",
    )
    Params = PickUpParams
    State = Nothing
    examples = (
        Example(
            Title("Nothing rings there", "Там ничего не звонит"),
            params={"of": "101"},
            heard=(NotReached(cause=EndCause.UNREACHABLE),),
            leaves="nothing",
        ),
    )

    def exits(self) -> list[Exit]:
        return [NOTHING]

    def start(self, variables: Variables) -> Move[Nothing]:
        call = self.params.call
        return Nothing(), PickUp(of=self.params.of, call=StoryId(call) if call else None)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(NOTHING.key)
