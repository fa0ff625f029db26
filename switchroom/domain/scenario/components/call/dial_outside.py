"""Dial outside: ring a number by trunks in order, and let the two talk."""

from datetime import timedelta
from typing import Annotated

from annotated_types import MinLen
from pydantic import StringConstraints

from switchroom.domain.causes import EndCause
from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.components.call.dial import BUSY, NO_ANSWER, TALKED, UNREACHABLE, talk_of
from switchroom.domain.scenario.effects import (
    NotReached,
    Outcome,
    RingOutside,
    Trouble,
)
from switchroom.domain.titles import Title
from switchroom.domain.trunks import ShownNumber

_BUSY = (EndCause.BUSY, EndCause.REJECTED)


class DialOutsideParams(Params):
    """The number, in the carrier's form, and the trunks in their order."""

    number: Annotated[str, StringConstraints(pattern=r"^[0-9*#+]{1,32}$"), Title("Number", "Номер")]
    trunks: Annotated[tuple[str, ...], MinLen(1), Title("Trunks", "Линии"), Names(ThingKind.TRUNK)]
    ring_for: Annotated[timedelta, Title("Ring for", "Звонить")] = timedelta(seconds=60)
    caller_id: Annotated[ShownNumber | None, Title("Our number shown", "Показывать наш номер")] = None
    destination: Annotated[
        str | None, StringConstraints(pattern=r"^[0-9*#+]{1,32}$"), Title("International number", "Международный номер")
    ] = None
    payer: Annotated[str | None, Title("On whose account", "За чей счёт"), Names(ThingKind.USER)] = None
    always: Annotated[
        bool, Title("Even when all channels are in use", "Даже если все каналы заняты")
    ] = False


class DialOutside(Component[DialOutsideParams, Nothing], kind="dial_outside"):
    """Rings a number outside."""

    family = "call"
    title = Title("Dial outside", "Позвонить наружу")
    about = Title(
        "Rings a number outside; when a trunk fails, the next one is tried.",
        "Звонит на внешний номер; если линия отказала, пробует следующую.",
    )
    Params = DialOutsideParams
    State = Nothing
    examples = (
        Example(
            Title("All trunks failed", "Все линии отказали"),
            params={"number": "112", "trunks": ["carrier"]},
            heard=(NotReached(cause=EndCause.CONGESTION),),
            leaves="unreachable",
        ),
    )

    def exits(self) -> list[Exit]:
        return [TALKED, BUSY, NO_ANSWER, UNREACHABLE]

    def start(self, variables: Variables) -> Move[Nothing]:
        p = self.params
        wanted = RingOutside(
            number=p.number, trunks=p.trunks, ring_for=p.ring_for, caller_id=p.caller_id, always=p.always,
            destination=p.destination, payer=UserId(p.payer) if p.payer else None,
        )
        return Nothing(), wanted

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        talk = talk_of(state, outcome)
        if talk is not None:
            return talk
        match outcome:
            case NotReached(cause=cause) if cause in _BUSY:
                return state, Leave(BUSY.key)
            case NotReached(cause=EndCause.NO_ANSWER):
                return state, Leave(NO_ANSWER.key)
            case NotReached() | Trouble() | _:
                return state, Leave(UNREACHABLE.key)
