"""Longest idle: whoever has been free for the longest time."""

from datetime import datetime

from switchroom.domain.operators import Operator
from switchroom.domain.queues import StrategyKind
from switchroom.domain.strategies.strategy import Rank, Strategy
from switchroom.domain.titles import Title


def rank(operator: Operator, now: datetime) -> Rank:
    """The longer free, the smaller."""
    return (-(now - (operator.idle_since or now)).total_seconds(),)


LONGEST_IDLE = Strategy(
    kind=StrategyKind.LONGEST_IDLE,
    title=Title("Longest idle", "Дольше всех свободен"),
    rank=rank,
    why=Title("free for the longest time", "дольше всех свободен"),
    to_chosen=Title("You have been free for the longest time.", "Вы дольше всех свободны."),
)
