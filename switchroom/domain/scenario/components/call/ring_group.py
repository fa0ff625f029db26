"""Ring group: ring the members of a group, and let the two talk."""

from typing import Annotated

from switchroom.domain.causes import EndCause
from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.facts.calls import Whose
from switchroom.domain.identity import GroupId, LegId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.components.call.dial import NO_ANSWER, TALKED, UNREACHABLE, talk_of
from switchroom.domain.scenario.effects import (
    Connected,
    NotReached,
    Outcome,
    RingGroup,
    TalkFinished,
    Trouble,
)
from switchroom.domain.titles import Title


class RingGroupParams(Params):
    """Which group."""

    group: Annotated[str, Title("Group", "Группа"), Names(ThingKind.GROUP)]


class RingTheGroup(Component[RingGroupParams, Nothing], kind="ring_group"):
    """Rings a group."""

    family = "call"
    title = Title("Ring a group", "Позвонить группе")
    about = Title(
        "Rings the members of a group by its order; the first to answer talks.",
        "Звонит участникам группы в её порядке; говорит тот, кто ответил первым.",
    )
    Params = RingGroupParams
    State = Nothing
    examples = (
        Example(
            Title("Somebody answered", "Кто-то ответил"),
            params={"group": "sales"},
            heard=(Connected(leg=LegId("x"), user=UserId("anna")), TalkFinished(by=Whose.US)),
            leaves="talked",
        ),
        Example(
            Title("Nobody answered", "Никто не ответил"),
            params={"group": "sales"},
            heard=(NotReached(cause=EndCause.NO_ANSWER),),
            leaves="no_answer",
        ),
    )

    def exits(self) -> list[Exit]:
        return [TALKED, NO_ANSWER, UNREACHABLE]

    def start(self, variables: Variables) -> Move[Nothing]:
        return Nothing(), RingGroup(group=GroupId(self.params.group))

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        talk = talk_of(state, outcome)
        if talk is not None:
            return talk
        match outcome:
            case NotReached(cause=EndCause.UNREACHABLE) | Trouble():
                return state, Leave(UNREACHABLE.key)
            case _:
                return state, Leave(NO_ANSWER.key)
