"""Queue: wait for an operator, talk, go on when the operator leaves."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from annotated_types import Interval

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.facts.calls import Whose
from switchroom.domain.identity import CardId, LegId, QueueId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import Component, Example, Exit, JumpTo, Leave, Move, Params
from switchroom.domain.scenario.effects import (
    Connected,
    Outcome,
    QueueRefused,
    SendOn,
    Talk,
    TalkFinished,
    WaitedTooLong,
    WaitForOperator,
)
from switchroom.domain.titles import Title

SERVED = Exit("served", Title("Served", "Обслужен"))
TOO_LONG = Exit("waited_too_long", Title("Waited too long", "Не дождался"))
REFUSED = Exit("refused", Title("Queue full or closed", "Очередь полна или закрыта"))


class QueueParams(Params):
    """Which queue, and how it waits here."""

    queue: Annotated[str, Title("Queue", "Очередь"), Names(ThingKind.QUEUE)]
    give_up_after: Annotated[
        timedelta | None,
        Interval(ge=timedelta(seconds=1), le=timedelta(hours=4)),
        Title("Wait at most; else as the queue says", "Ждать не дольше; иначе как в очереди"),
    ] = None
    priority: Annotated[int, Interval(ge=-100, le=100), Title("Priority", "Приоритет")] = 0


@dataclass(frozen=True, slots=True)
class QueueState:
    """Who took the call."""

    operator: UserId | None = None


class Queue(Component[QueueParams, QueueState], kind="queue"):
    """Waits in a queue; the variable `personal_operator` names who is asked first, `card` the card to be shown."""

    family = "call"
    title = Title("Queue", "Очередь")
    about = Title(
        "The caller waits with music until an operator takes the call. "
        "Whom the variable personal_operator names is asked first.",
        "Звонящий ждёт с музыкой, пока звонок не возьмёт оператор. "
        "Первым звонят тому, кого называет переменная personal_operator.",
    )
    Params = QueueParams
    State = QueueState
    examples = (
        Example(
            Title("Served", "Обслужен"),
            params={"queue": "service"},
            heard=(
                Connected(leg=LegId("x"), user=UserId("anna"), queue=QueueId("service")),
                TalkFinished(by=Whose.US),
            ),
            leaves="served",
            sets={"operator": "anna"},
        ),
        Example(
            Title("Nobody in time", "Никого вовремя"),
            params={"queue": "service"},
            heard=(WaitedTooLong(),),
            leaves="waited_too_long",
        ),
    )

    def exits(self) -> list[Exit]:
        return [SERVED, TOO_LONG, REFUSED]

    def start(self, variables: Variables) -> Move[QueueState]:
        card, personal = variables.get("card"), variables.get("personal_operator")
        return QueueState(), WaitForOperator(
            queue=QueueId(self.params.queue),
            give_up_after=self.params.give_up_after,
            priority=self.params.priority,
            card=CardId(card) if isinstance(card, str) else None,
            personal=UserId(personal) if isinstance(personal, str) and personal else None,
        )

    def step(self, state: QueueState, outcome: Outcome, variables: Variables) -> Move[QueueState]:
        match outcome:
            case Connected(user=user, queue=queue):
                return QueueState(user), Talk(user=user, queue=queue)
            case TalkFinished():
                return state, Leave(SERVED.key, {"operator": state.operator})
            case SendOn(to=to):
                return state, JumpTo(to)
            case QueueRefused():
                return state, Leave(REFUSED.key)
            case _:
                return state, Leave(TOO_LONG.key)
