"""Round robin: whoever was offered a call the longest time ago; who never was comes first."""

from datetime import datetime

from switchroom.domain.operators import Operator
from switchroom.domain.queues import StrategyKind
from switchroom.domain.strategies.strategy import Rank, Strategy
from switchroom.domain.titles import Title


def rank(operator: Operator, now: datetime) -> Rank:
    """The longer ago the last offer, the smaller."""
    if operator.last_offered is None:
        return (-float("inf"),)
    return (-(now - operator.last_offered).total_seconds(),)


ROUND_ROBIN = Strategy(
    kind=StrategyKind.ROUND_ROBIN,
    title=Title("Round robin", "По кругу"),
    rank=rank,
    why=Title("next in turn", "следующий по кругу"),
    to_chosen=Title("It is your turn.", "Сейчас ваш черёд."),
)
