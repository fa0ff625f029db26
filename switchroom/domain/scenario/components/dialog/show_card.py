"""Show card: which card opens at the operator who takes the call."""

from typing import Annotated

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import CardId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import DONE_EXIT, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Done, OpenCard, Outcome
from switchroom.domain.titles import Title


class ShowCardParams(Params):
    """Which card."""

    card: Annotated[str, Title("Card", "Карточка"), Names(ThingKind.CARD)]


class ShowCard(Component[ShowCardParams, Nothing], kind="show_card"):
    """Opens a card: at once at the operator of the call, or at whoever takes it later."""

    family = "dialog"
    title = Title("Show card", "Показать карточку")
    about = Title(
        "Opens a card at the operator of this call, or at the one who takes it.",
        "Открывает карточку у оператора этого звонка или у того, кто его возьмёт.",
    )
    Params = ShowCardParams
    State = Nothing
    examples = (
        Example(
            Title("Before the queue", "До очереди"),
            params={"card": "repair"},
            heard=(Done(),),
            leaves="done",
            sets={"card": "repair"},
        ),
    )

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), OpenCard(card=CardId(self.params.card))

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key, {"card": self.params.card})
