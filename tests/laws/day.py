"""Days of a call centre, made of random but plausible steps: what the books are told of."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st

from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import (
    CallArrived,
    CallEnded,
    LeftQueueWhy,
    LegGone,
    LegRung,
    LegTaken,
    NotTakenWhy,
    OfferNotTaken,
    OperatorConnected,
    OperatorOffered,
    QueueEntered,
    QueueLeft,
    TalkBegan,
    TalkEnded,
    Whose,
)
from switchroom.domain.facts.cards import CardClosed, CardOpened, ClosedBy, WrapUpBegan
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.operators import (
    BreakWished,
    DeviceConnected,
    DeviceLost,
    OperatorSignedIn,
    OperatorSignedOut,
    ReadyWished,
)
from switchroom.domain.identity import BridgeId, CardId, DeviceId, LegId, PartyId, QueueId, StoryId, TrunkId, UserId
from switchroom.domain.operators import Operator, Status
from switchroom.engine.desk import Desk
from switchroom.storage.ledger import Change
from tests.company import NOON

QUEUES = (QueueId("service"), QueueId("sales"))
STAFF = (UserId("anna"), UserId("boris"), UserId("vera"))
VERBS = ("sign", "plug", "pause", "arrive", "offer", "take", "miss", "leave", "lose", "refuse", "finish", "close",
         "crash")  # fmt: skip
ZERO = timedelta(0)


@dataclass(slots=True)
class Call:
    """One that waits, or is talked in."""

    id: StoryId
    queue: QueueId
    since: datetime
    offered: UserId | None = None
    rings: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None

    @property
    def leg(self) -> LegId:
        """The operator's."""
        return LegId(f"{self.id}.1.ring.0")

    @property
    def card(self) -> StoryId:
        """Its dialog."""
        return StoryId(f"{self.id}-card1")


@dataclass(frozen=True, slots=True)
class Step:
    """So much time passes, then somebody does something; `jump` is by how far the wall clock is set meanwhile."""

    gap: timedelta
    verb: str
    who: int
    jump: timedelta = ZERO


@dataclass(slots=True)
class Day:
    """Plays steps; a verb that makes no sense now does nothing."""

    now: datetime = NOON
    ahead: timedelta = ZERO
    """The wall clock, before steady time."""
    desk: Desk = field(default_factory=Desk)
    calls: list[Call] = field(default_factory=list)
    made: int = 0

    @property
    def wall(self) -> datetime:
        """What the wall clock shows."""
        return self.now + self.ahead

    def play(self, step: Step) -> Change | None:
        """What is saved after this step; None if nothing happened."""
        self.now += step.gap
        self.ahead += step.jump
        facts = getattr(self, f"_{step.verb}")(step.who) if step.verb != "crash" else ()
        operators = self.desk.tell(facts, self.now)
        return Change(at=self.wall, facts=tuple(facts), operators=operators) if facts else None

    def _operator(self, who: int) -> Operator:
        user = STAFF[who % len(STAFF)]
        return self.desk.operators.get(user) or Operator(id=user)

    def _pick(self, who: int, calls: list[Call]) -> Call | None:
        return calls[who % len(calls)] if calls else None

    def _waiting(self) -> list[Call]:
        return [c for c in self.calls if c.answered is None]

    def _sign(self, who: int) -> tuple[Fact, ...]:
        operator = self._operator(who)
        kind = OperatorSignedOut if operator.signed_in else OperatorSignedIn
        return (kind(operator=operator.id, by=operator.id),)

    def _plug(self, who: int) -> tuple[Fact, ...]:
        operator = self._operator(who)
        kind = DeviceLost if operator.devices else DeviceConnected
        return (kind(operator=operator.id, device=DeviceId(f"{operator.id}-desk")),)

    def _pause(self, who: int) -> tuple[Fact, ...]:
        operator = self._operator(who)
        if operator.break_kind:
            return (ReadyWished(operator=operator.id, by=operator.id),)
        return (BreakWished(operator=operator.id, break_kind="lunch", by=operator.id),)

    def _arrive(self, who: int) -> tuple[Fact, ...]:
        self.made += 1
        call = Call(StoryId(f"call{self.made}"), QUEUES[who % len(QUEUES)], self.now)
        self.calls.append(call)
        leg = LegId(f"in-{call.id}")
        arrived = CallArrived(
            call=call.id, leg=leg, caller=PartyId(f"{call.id}-caller"), dialled="7495", trunk=TrunkId("carrier")
        )
        return arrived, QueueEntered(call=call.id, queue=call.queue)

    def _offer(self, who: int) -> tuple[Fact, ...]:
        call = self._pick(who, [c for c in self._waiting() if c.offered is None])
        free = [key for key, o in self.desk.operators.items() if o.status is Status.READY]
        if call is None or not free:
            return ()
        call.offered, call.rings = free[who % len(free)], self.now
        offered = OperatorOffered(
            call=call.id, queue=call.queue, operator=call.offered, waited=self.now - call.since, considered=len(free)
        )
        return offered, LegRung(call=call.id, leg=call.leg, user=call.offered)

    def _take(self, who: int) -> tuple[Fact, ...]:
        call = self._pick(who, [c for c in self._waiting() if c.offered is not None])
        if call is None or call.offered is None:
            return ()
        call.answered, waited, user = self.now, self.now - call.since, call.offered
        leg = LegId(f"in-{call.id}")
        return (
            OperatorConnected(call=call.id, queue=call.queue, operator=user, leg=call.leg, waited=waited),
            self._left(call, LeftQueueWhy.SERVED),
            LegTaken(call=call.id, leg=call.leg, user=user),
            TalkBegan(call=call.id, bridge=BridgeId("b"), caller=leg, callee=call.leg, user=user, queue=call.queue),
            CardOpened(dialog=call.card, card=CardId("repair"), version=1, holder=user, call=call.id, queue=call.queue),
        )

    def _left(self, call: Call, why: LeftQueueWhy) -> QueueLeft:
        return QueueLeft(call=call.id, queue=call.queue, why=why, waited=self.now - call.since, operator=call.offered)

    def _withdrawn(self, call: Call, why: NotTakenWhy) -> tuple[Fact, ...]:
        if call.offered is None or call.rings is None:
            return ()
        user, rang = call.offered, self.now - call.rings
        call.offered = call.rings = None
        out = why is NotTakenWhy.NO_ANSWER
        return (
            LegGone(call=call.id, leg=call.leg, cause=EndCause.CANCELLED, user=user, ordered=True),
            OfferNotTaken(call=call.id, queue=call.queue, operator=user, why=why, rang=rang, takes_out_of_ready=out),
        )

    def _miss(self, who: int) -> tuple[Fact, ...]:
        call = self._pick(who, [c for c in self._waiting() if c.offered is not None])
        return self._withdrawn(call, NotTakenWhy.NO_ANSWER) if call else ()

    def _leave(self, who: int) -> tuple[Fact, ...]:
        return self._over(who, LeftQueueWhy.ABANDONED, NotTakenWhy.CALLER_LEFT, Whose.CUSTOMER)

    def _lose(self, who: int) -> tuple[Fact, ...]:
        return self._over(who, LeftQueueWhy.WAITED_TOO_LONG, NotTakenWhy.OUT_OF_TIME, Whose.US)

    def _over(self, who: int, left: LeftQueueWhy, why: NotTakenWhy, whose: Whose) -> tuple[Fact, ...]:
        call = self._pick(who, self._waiting())
        if call is None:
            return ()
        self.calls.remove(call)
        ended = CallEnded(call=call.id, disposition="lost", whose=whose, lasted=self.now - call.since)
        return (*self._withdrawn(call, why), self._left(call, left), ended)

    def _refuse(self, who: int) -> tuple[Fact, ...]:
        arrived = self._arrive(who)
        call = self.calls.pop()
        ended = CallEnded(call=call.id, disposition="refused", whose=Whose.US, lasted=ZERO)
        return (*arrived, self._left(call, LeftQueueWhy.REFUSED), ended)

    def _finish(self, who: int) -> tuple[Fact, ...]:
        call = self._pick(who, [c for c in self.calls if c.answered and not c.ended])
        if call is None or call.answered is None or call.offered is None:
            return ()
        call.ended, talked, user = self.now, self.now - call.answered, call.offered
        lasted = self.now - call.since
        return (
            LegGone(call=call.id, leg=call.leg, cause=EndCause.NORMAL, user=user),
            TalkEnded(call=call.id, by=Whose.CUSTOMER, talked=talked, user=user, queue=call.queue),
            CallEnded(call=call.id, disposition="served", whose=Whose.CUSTOMER, lasted=lasted),
            WrapUpBegan(dialog=call.card, holder=user, limit=None, queue=call.queue),
        )

    def _close(self, who: int) -> tuple[Fact, ...]:
        call = self._pick(who, [c for c in self.calls if c.ended])
        if call is None or call.ended is None or call.offered is None:
            return ()
        self.calls.remove(call)
        wrapped = self.now - call.ended
        return (CardClosed(dialog=call.card, holder=call.offered, by=ClosedBy.HOLDER, wrapped_up=wrapped,
                           queue=call.queue),)  # fmt: skip


def steps(jumps: st.SearchStrategy[timedelta] = st.just(ZERO)) -> st.SearchStrategy[list[Step]]:  # noqa: B008
    """A day that begins with everybody at work; then anything, for some hours."""
    gaps = st.one_of(st.integers(0, 60), st.integers(0, 4000)).map(lambda s: timedelta(milliseconds=1237) * s)
    some = st.builds(Step, gap=gaps, verb=st.sampled_from(VERBS), who=st.integers(0, 5), jump=jumps)
    at_work = [Step(ZERO, verb, who) for verb in ("sign", "plug") for who in range(len(STAFF))]
    return st.lists(some, max_size=60).map(lambda rest: at_work + rest)
