"""Fill card: the form lies open before its holder; the dialog goes on when it is closed."""

from datetime import timedelta
from typing import Annotated

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import CardId, QueueId, StoryId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import DONE_EXIT, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import CardFilled, FillCard, Outcome
from switchroom.domain.scenario.graph import ScenarioKind
from switchroom.domain.titles import Title


class FillCardParams(Params):
    """Which card, before whom, and for which call."""

    card: Annotated[str, Title("Card", "Карточка"), Names(ThingKind.CARD)]
    version: Annotated[int, Title("Version", "Версия")] = 0
    holder: Annotated[str, Title("Operator", "Оператор")]
    call: Annotated[str | None, Title("Call", "Звонок")] = None
    queue: Annotated[str | None, Title("Queue", "Очередь")] = None
    wrap_up_limit: Annotated[timedelta | None, Title("Wrap-up at most", "Обработка не дольше")] = None


class FillCardComponent(Component[FillCardParams, Nothing], kind="fill_card"):
    """Lets an operator fill a card in."""

    family = "dialog"
    title = Title("Fill card", "Заполнить карточку")
    about = Title("The card lies open until it is closed.", "Карточка открыта, пока её не закроют.")
    runs_in = frozenset({ScenarioKind.DIALOG})
    Params = FillCardParams
    State = Nothing
    examples = (
        Example(
            Title("Closed as solved", "Закрыта как решённая"),
            params={"card": "repair", "holder": "anna"},
            heard=(CardFilled(disposition="solved"),),
            leaves="done",
            sets={"disposition": "solved"},
        ),
    )

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        p = self.params
        return Nothing(), FillCard(
            card=CardId(p.card),
            version=p.version,
            holder=UserId(p.holder),
            call=StoryId(p.call) if p.call else None,
            queue=QueueId(p.queue) if p.queue else None,
            wrap_up_limit=p.wrap_up_limit,
        )

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        disposition = outcome.disposition if isinstance(outcome, CardFilled) else None
        return state, Leave(DONE_EXIT.key, {"disposition": disposition})
