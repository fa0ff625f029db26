"""Park: the caller waits with music at a place of the numbering plan until somebody fetches them."""

from typing import Annotated

from pydantic import StringConstraints

from switchroom.domain.causes import EndCause
from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.facts.calls import Whose
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.components.call.dial import TALKED, talk_of
from switchroom.domain.scenario.effects import Connected, NotReached, Outcome, ParkCall, TalkFinished
from switchroom.domain.titles import Title

TIMED_OUT = Exit("timed_out", Title("Nobody came", "Никто не забрал"))
TAKEN = Exit("taken", Title("The place is taken", "Место занято"))


class ParkParams(Params):
    """Where, and who has put them there."""

    place: Annotated[
        str, StringConstraints(pattern=r"^[0-9*#]{1,12}$"), Title("Parking place", "Место парковки"),
        Names(ThingKind.EXTENSION),
    ]  # fmt: skip
    back_to: Annotated[str | None, Title("Parked by", "Кто поставил"), Names(ThingKind.USER)] = None


class Park(Component[ParkParams, Nothing], kind="park"):
    """Parks the caller."""

    family = "call"
    title = Title("Park", "Парковка")
    about = Title(
        "The caller waits with music; who dials the place fetches them.",
        "Звонящий ждёт с музыкой; его забирает тот, кто наберёт номер места.",
    )
    Params = ParkParams
    State = Nothing
    examples = (
        Example(
            Title("Fetched", "Забрали"),
            params={"place": "701"},
            heard=(Connected(leg=LegId("x"), user=UserId("anna")), TalkFinished(by=Whose.US)),
            leaves="talked",
        ),
        Example(
            Title("Nobody came", "Никто не забрал"),
            params={"place": "701"},
            heard=(NotReached(cause=EndCause.NO_ANSWER),),
            leaves="timed_out",
        ),
    )

    def exits(self) -> list[Exit]:
        return [TALKED, TIMED_OUT, TAKEN]

    def start(self, variables: Variables) -> Move[Nothing]:
        back_to = self.params.back_to
        return Nothing(), ParkCall(place=self.params.place, back_to=UserId(back_to) if back_to else None)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        talk = talk_of(state, outcome)
        if talk is not None:
            return talk
        busy = isinstance(outcome, NotReached) and outcome.cause is EndCause.BUSY
        return state, Leave(TAKEN.key if busy else TIMED_OUT.key)
