"""The desk: everybody's live state, and the one decision over all who wait."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from switchroom.domain import operators as folding
from switchroom.domain.distribution import Match, WorkRequest, match
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.load import lately
from switchroom.domain.metrics import OperatorFigures
from switchroom.domain.operators import Operator
from switchroom.domain.queues import Queue


class Desk:
    """One per company. `held` are operators chosen for a story that has not yet heard of it."""

    def __init__(self, saved: Iterable[Operator] = ()) -> None:
        self._operators: dict[UserId, Operator] = {o.id: o for o in saved}
        self._shown = dict(self._operators)
        self._held: dict[UserId, StoryId] = {}

    @property
    def operators(self) -> Mapping[UserId, Operator]:
        """Everybody, by key."""
        return self._operators

    @property
    def shown(self) -> Mapping[UserId, Operator]:
        """Everybody as people may see them: only what is on disk is shown."""
        return self._shown

    def newest(self, changed: Iterable[Operator]) -> tuple[Operator, ...]:
        """The same people as they are by now: of two changes, whichever is saved last holds what came of both."""
        return tuple(self._operators[operator.id] for operator in changed)

    def saved(self, changed: Iterable[Operator]) -> None:
        """These are on disk."""
        self._shown |= {operator.id: operator for operator in changed}

    def tell(self, facts: Iterable[Fact], at: datetime) -> tuple[Operator, ...]:
        """Take facts in; return who has changed, to be saved together with the facts."""
        changed: dict[UserId, Operator] = {}
        for fact in facts:
            for user in folding.users_of(fact):
                before = self._operators.get(user) or Operator(id=user)
                self._operators[user] = changed[user] = folding.after(before, fact, at)
        return tuple(changed.values())

    def lately(self, user: UserId, now: datetime) -> OperatorFigures:
        """What they did in the last ten minutes; `now` is steady."""
        return lately(self._operators.get(user) or Operator(id=user), now)

    def choose(self, requests: Iterable[WorkRequest], queues: Mapping[str, Queue], now: datetime) -> list[Match]:
        """Match who waits with who is ready, and hold those chosen."""
        spoken_for = set(self._held.values())
        waiting = [r for r in requests if r.story not in spoken_for]
        if not waiting:
            return []
        free = {key: o for key, o in self._operators.items() if key not in self._held}
        matches = match(waiting, free, queues, now)
        self._held |= {m.operator: m.story for m in matches}
        return matches

    def release(self, story: StoryId) -> None:
        """The story has heard of its offer, or is no more."""
        self._held = {user: held for user, held in self._held.items() if held != story}
