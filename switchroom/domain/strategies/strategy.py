"""What a strategy is: an order among operators who could take a request. The smallest rank is chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from switchroom.domain.operators import Operator
from switchroom.domain.queues import StrategyKind
from switchroom.domain.titles import Title

Rank = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to choose. `rank` scores an operator alone, at a steady moment.

    `why` says in words what the chosen one is; `to_chosen` says it to themselves.
    """

    kind: StrategyKind
    title: Title
    rank: Callable[[Operator, datetime], Rank]
    why: Title
    to_chosen: Title
