"""Who hears which fact: supervisors those of their projects, everybody what concerns themselves and their queues."""

from collections.abc import Callable

from switchroom.domain.access import Right, Scope
from switchroom.domain.facts.calls import (
    CallEnded,
    CallFact,
    QualityMeasured,
    QueueEntered,
    QueueLeft,
    SentOn,
)
from switchroom.domain.facts.cards import CardClosed, CardFact
from switchroom.domain.facts.every import Kept
from switchroom.domain.facts.house import (
    AddressLocked,
    AddressReleased,
    EngineStarted,
    ModeThrown,
    OutgoingAllowed,
    OutgoingBlocked,
    SetupPublished,
    SwitchFound,
    SwitchLost,
    TrunkLost,
    TrunkReached,
)
from switchroom.domain.facts.messages import MessageFact, MessageLeft
from switchroom.domain.facts.operators import OperatorFact
from switchroom.domain.facts.talks import (
    ConferenceJoined,
    ConferenceLeft,
    Transferred,
)
from switchroom.domain.identity import QueueId, StoryId
from switchroom.domain.operators import users_of
from switchroom.domain.parts import queue_of, users_in
from switchroom.domain.scenario.effects import FillCard
from switchroom.engine.engine import Engine

Wanted = Callable[[Kept], bool]
_FOR_ALL = EngineStarted | SetupPublished | SwitchLost | SwitchFound | ModeThrown
_FOR_SUPERVISORS = TrunkReached | TrunkLost | OutgoingBlocked | OutgoingAllowed | AddressLocked | AddressReleased


def audience(engine: Engine, scope: Scope) -> Wanted:
    """What somebody with this scope is told of."""
    if scope.may(Right.SUPERVISE):
        return _everything if scope.projects is None else _Projects(engine, scope)
    return _Own(engine, scope)


def _everything(kept: Kept) -> bool:
    return True


class _Projects:
    """A supervisor of some projects. Calls of no queue belong to nobody in particular, as in the history."""

    def __init__(self, engine: Engine, scope: Scope) -> None:
        self._engine, self._scope = engine, scope
        self._queue_of: dict[StoryId, QueueId] = {}

    def __call__(self, kept: Kept) -> bool:
        match kept.fact:
            case MessageLeft(user=user) | MessageFact(user=user) if user == self._scope.user:
                return True
            case CallFact() | CardFact() if kept.story is not None:
                return self._sees(self._remembered(kept, kept.story))
            case OperatorFact(operator=user):
                served = [q for q in self._engine.setup.queues.values() if user in q.operators]
                return user == self._scope.user or any(self._scope.sees(queue.project) for queue in served)
            case fact:
                return isinstance(fact, _FOR_ALL | _FOR_SUPERVISORS)

    def _remembered(self, kept: Kept, story: StoryId) -> QueueId | None:
        """The queue of a story, also when its last facts are told."""
        state = self._engine.state_of(story)
        queue = getattr(kept.fact, "queue", None) or (queue_of(state) if state else None)
        if isinstance(kept.fact, CallEnded | CardClosed):
            return queue or self._queue_of.pop(story, None)
        if queue is not None:
            self._queue_of[story] = queue
        return self._queue_of.get(story)

    def _sees(self, queue: QueueId | None) -> bool:
        found = self._engine.setup.queues.get(queue) if queue else None
        return found is None or self._scope.sees(found.project)


class _Own:
    """Somebody who hears of their own calls, cards and state, and how many wait in the queues that they serve."""

    def __init__(self, engine: Engine, scope: Scope) -> None:
        self._engine, self._scope = engine, scope
        self._mine = {state.id for state in engine.living() if self._takes_part(state.id)}

    def _takes_part(self, story: StoryId) -> bool:
        state = self._engine.state_of(story)
        if state is None:
            return False
        holds = isinstance(state.effect, FillCard) and state.effect.holder == self._scope.user
        return holds or self._scope.user in users_in(state)

    def __call__(self, kept: Kept) -> bool:
        fact = kept.fact
        if isinstance(fact, _FOR_ALL):
            return True
        if isinstance(fact, QueueEntered | QueueLeft) and self._serves(fact.queue):
            return True
        if isinstance(fact, MessageLeft | MessageFact):
            return fact.user == self._scope.user  # the call is over, and was none of theirs
        return self._concerns_me(kept)

    def _serves(self, queue: QueueId) -> bool:
        found = self._engine.setup.queues.get(queue)
        return found is not None and self._scope.user in found.operators

    def _concerns_me(self, kept: Kept) -> bool:
        fact, story = kept.fact, kept.story
        named = self._scope.user in users_of(fact) or getattr(fact, "holder", None) == self._scope.user
        named = named or (isinstance(fact, ConferenceJoined) and fact.user == self._scope.user)
        if story is None or not (named or story in self._mine):
            return named
        if isinstance(fact, QualityMeasured):
            return True  # it may come after the end, and begins nothing
        passed_on = isinstance(fact, SentOn | Transferred) and fact.by == self._scope.user
        out = isinstance(fact, ConferenceLeft) and fact.user == self._scope.user
        left = isinstance(fact, CallEnded | CardClosed) or passed_on or out
        (self._mine.discard if left else self._mine.add)(story)
        return True
