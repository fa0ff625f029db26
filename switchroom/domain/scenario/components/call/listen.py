"""Listen: who wants the call hears another call, and is not heard there."""

from typing import Annotated

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import DONE_EXIT, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Done, ListenTo, Outcome
from switchroom.domain.titles import Title


class ListenParams(Params):
    """To which call, at which of its legs, and who of us talks there."""

    call: Annotated[str, Title("Call", "Звонок")]
    leg: Annotated[str, Title("Leg", "Плечо")]
    user: Annotated[str | None, Title("User", "Пользователь"), Names(ThingKind.USER)] = None


class Listen(Component[ListenParams, Nothing], kind="listen"):
    """Lets a supervisor hear a call."""

    family = "house"
    title = Title("Listen", "Слушать")
    about = Title(
        "A supervisor hears both sides of a call; nobody hears the supervisor.",
        "Супервизор слышит обе стороны звонка; его не слышит никто.",
    )
    Params = ListenParams
    State = Nothing
    examples = (
        Example(Title("Until its end", "До конца"), params={"call": "c1", "leg": "l1"}, heard=(Done(),), leaves="done"),
    )

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        p = self.params
        user = UserId(p.user) if p.user else None
        return Nothing(), ListenTo(call=StoryId(p.call), leg=LegId(p.leg), user=user)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key)
