"""Queues: waiting calls plus the rules by which operators get them."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Gt, Le

from switchroom.domain.configured import Configured, Key, Name, Names, ThingKind
from switchroom.domain.titles import Title

SECOND = timedelta(seconds=1)


class StrategyKind(StrEnum):
    """How the queue chooses among the operators who are ready."""

    LONGEST_IDLE = "longest_idle"
    ROUND_ROBIN = "round_robin"


class Norm(Configured):
    """What the queue promises: this share of callers is answered within this time."""

    within: Annotated[timedelta, Gt(timedelta(0)), Title("Answer within", "Ответить за")] = timedelta(seconds=20)
    share: Annotated[float, Ge(0), Le(1), Title("Share of calls", "Доля звонков")] = 0.8


class Queue(Configured):
    """One queue. Operators serve it in turn by its strategy."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    project: Annotated[Key, Title("Project", "Проект"), Names(ThingKind.PROJECT)] = "main"
    operators: Annotated[tuple[Key, ...], Title("Operators", "Операторы"), Names(ThingKind.USER)] = ()
    strategy: Annotated[StrategyKind, Title("Strategy", "Стратегия")] = StrategyKind.LONGEST_IDLE
    weight: Annotated[int, Ge(0), Le(100), Title("Weight among queues", "Вес среди очередей")] = 10
    ring_for: Annotated[
        timedelta, Ge(3 * SECOND), Le(120 * SECOND), Title("Ring an operator for", "Звонить оператору")
    ] = 20 * SECOND
    give_up_after: Annotated[
        timedelta, Ge(SECOND), Le(timedelta(hours=4)), Title("Wait at most", "Ждать не дольше")
    ] = timedelta(minutes=10)
    most_waiting: Annotated[int, Ge(1), Le(10_000), Title("Waiting at most", "Ждущих не больше")] = 100
    missed_call_takes_out: Annotated[
        bool, Title("A missed call takes out of ready", "Пропущенный звонок снимает готовность")
    ] = True
    record: Annotated[bool, Title("Record talks", "Записывать разговоры")] = True
    card: Annotated[Key | None, Title("Card", "Карточка"), Names(ThingKind.CARD)] = None
    wrap_up_limit: Annotated[timedelta | None, Title("Wrap-up at most", "Обработка не дольше")] = timedelta(minutes=3)
    norm: Annotated[Norm, Title("Norm", "Норма")] = Norm()
