"""Paging: the caller speaks through the phones of many."""

from typing import Annotated

from switchroom.domain.causes import EndCause
from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import PagingId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Done, NotReached, Outcome, SpeakToAll
from switchroom.domain.titles import Title

SPOKEN = Exit("spoken", Title("Spoken", "Сказано"))
NOBODY = Exit("nobody", Title("Nobody could hear it", "Некому услышать"))


class PageParams(Params):
    """Through whose phones."""

    paging: Annotated[str, Title("Paging", "Громкая связь"), Names(ThingKind.PAGING)]


class Page(Component[PageParams, Nothing], kind="paging"):
    """Lets the caller speak through many phones."""

    family = "call"
    title = Title("Paging", "Громкая связь")
    about = Title(
        "The phones of all who are free take the call by themselves: the caller is heard and hears nobody.",
        "Телефоны всех, кто свободен, отвечают сами: звонящего слышно, он никого не слышит.",
    )
    Params = PageParams
    State = Nothing
    examples = (
        Example(
            Title("The longest time is over", "Время вышло"),
            params={"paging": "shop"},
            heard=(Done(),),
            leaves="spoken",
        ),
        Example(
            Title("Everybody talks", "Все разговаривают"),
            params={"paging": "shop"},
            heard=(NotReached(cause=EndCause.UNREACHABLE),),
            leaves="nobody",
        ),
    )

    def exits(self) -> list[Exit]:
        return [SPOKEN, NOBODY]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), SpeakToAll(paging=PagingId(self.params.paging))

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(SPOKEN.key if isinstance(outcome, Done) else NOBODY.key)
