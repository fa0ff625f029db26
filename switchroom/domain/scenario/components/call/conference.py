"""Conference room: the caller talks with all others who are in it, until they leave."""

from typing import Annotated

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import RoomId
from switchroom.domain.people import Variables
from switchroom.domain.rooms import NotLetInWhy
from switchroom.domain.scenario.component import ERROR, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import EnterRoom, NotLetIn, Outcome
from switchroom.domain.titles import Title

WRONG_PIN = Exit(NotLetInWhy.WRONG_PIN, Title("Wrong PIN three times", "ПИН-код неверен трижды"))
FULL = Exit(NotLetInWhy.FULL, Title("The room is full", "Комната заполнена"))
CLOSED = Exit(NotLetInWhy.CLOSED, Title("No such room", "Нет такой комнаты"))


class ConferenceParams(Params):
    """Which room."""

    room: Annotated[str, Title("Room", "Комната"), Names(ThingKind.ROOM)]


class Conference(Component[ConferenceParams, Nothing], kind="conference"):
    """Lets the caller into a conference room."""

    family = "call"
    title = Title("Conference room", "Комната конференций")
    about = Title(
        "After the PIN, if the room asks for one, the caller talks with all who are in the room.",
        "После ПИН-кода, если комната его спрашивает, звонящий говорит со всеми, кто в комнате.",
    )
    Params = ConferenceParams
    State = Nothing
    examples = (
        Example(
            Title("The room is full", "Комната заполнена"),
            params={"room": "planning"},
            heard=(NotLetIn(why=NotLetInWhy.FULL),),
            leaves="full",
        ),
        Example(
            Title("Three wrong PINs", "Три неверных ПИН-кода"),
            params={"room": "planning"},
            heard=(NotLetIn(why=NotLetInWhy.WRONG_PIN),),
            leaves="wrong_pin",
        ),
        Example(
            Title("The room was removed", "Комнату удалили"),
            params={"room": "planning"},
            heard=(NotLetIn(why=NotLetInWhy.CLOSED),),
            leaves="closed",
        ),
    )

    def exits(self) -> list[Exit]:
        return [WRONG_PIN, FULL, CLOSED]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), EnterRoom(room=RoomId(self.params.room))

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(outcome.why if isinstance(outcome, NotLetIn) else ERROR)
