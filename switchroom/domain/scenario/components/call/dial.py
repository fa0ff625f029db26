"""Dial: ring a user at all their devices, or whoever an extension leads to, and let the two talk."""

from datetime import timedelta
from typing import Annotated

from annotated_types import Interval
from pydantic import model_validator

from switchroom.domain.causes import EndCause
from switchroom.domain.configured import Misfit, Names, ThingKind
from switchroom.domain.facts.calls import Whose
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, JumpTo, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import (
    Connected,
    NotReached,
    Outcome,
    RingExtension,
    RingUser,
    SendOn,
    Talk,
    TalkFinished,
    Trouble,
)
from switchroom.domain.titles import Title

TALKED = Exit("talked", Title("Talked", "Поговорили"))
BUSY = Exit("busy", Title("Busy", "Занято"))
NO_ANSWER = Exit("no_answer", Title("No answer", "Нет ответа"))
UNREACHABLE = Exit("unreachable", Title("Unreachable", "Недоступен"))


class DialParams(Params):
    """Whom, and for how long."""

    user: Annotated[str | None, Title("User", "Пользователь"), Names(ThingKind.USER)] = None
    extension: Annotated[
        str | None, Title("Or extension", "Или внутренний номер"), Names(ThingKind.EXTENSION)
    ] = None
    ring_for: Annotated[
        timedelta, Interval(ge=timedelta(seconds=3), le=timedelta(minutes=5)), Title("Ring for", "Звонить")
    ] = timedelta(seconds=30)
    record: Annotated[bool, Title("Record", "Записывать")] = False
    returned: Annotated[
        bool, Title("They had sent the call on", "Этот пользователь и перевёл звонок")
    ] = False

    @model_validator(mode="after")
    def _one_of_them(self) -> "DialParams":
        if (self.user is None) == (self.extension is None):
            raise Misfit("Name a user or an extension", "Укажите пользователя или внутренний номер", field="user")
        return self


class Dial(Component[DialParams, Nothing], kind="dial"):
    """Rings a user."""

    family = "call"
    title = Title("Dial", "Позвонить")
    about = Title(
        "Rings all devices of a user, or whoever an extension leads to; the first to answer talks.",
        "Звонит на все устройства пользователя или туда, куда ведёт номер; говорит тот, кто ответил первым.",
    )
    Params = DialParams
    State = Nothing
    examples = (
        Example(
            Title("Answered", "Ответил"),
            params={"user": "anna"},
            heard=(Connected(leg=LegId("x"), user=UserId("anna")), TalkFinished(by=Whose.US)),
            leaves="talked",
        ),
        Example(
            Title("Busy", "Занято"),
            params={"user": "anna"},
            heard=(NotReached(cause=EndCause.BUSY),),
            leaves="busy",
        ),
        Example(
            Title("An extension that is out of reach", "Внутренний номер недоступен"),
            params={"extension": "101"},
            heard=(NotReached(cause=EndCause.UNREACHABLE),),
            leaves="unreachable",
        ),
    )

    def exits(self) -> list[Exit]:
        return [TALKED, BUSY, NO_ANSWER, UNREACHABLE]

    def start(self, variables: Variables) -> Move[Nothing]:
        p = self.params
        if p.user is not None:
            return Nothing(), RingUser(
                user=UserId(p.user), ring_for=p.ring_for, record=p.record, returned=p.returned
            )
        return Nothing(), RingExtension(extension=p.extension or "", ring_for=p.ring_for, record=p.record)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        talk = talk_of(state, outcome)
        if talk is not None:
            return talk
        match outcome:
            case NotReached(cause=EndCause.BUSY | EndCause.REJECTED):
                return state, Leave(BUSY.key)
            case NotReached(cause=EndCause.UNREACHABLE) | Trouble():
                return state, Leave(UNREACHABLE.key)
            case _:
                return state, Leave(NO_ANSWER.key)


def talk_of(state: Nothing, outcome: Outcome) -> Move[Nothing] | None:
    """What follows once somebody of us took the call, from the talk to its end; None while nobody has."""
    match outcome:
        case Connected(user=user):
            return state, Talk(user=user)
        case TalkFinished():
            return state, Leave(TALKED.key)
        case SendOn(to=to):
            return state, JumpTo(to)
        case _:
            return None
