"""The history of calls: a line for each call, folded from its facts."""

from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import singledispatch

import msgspec

from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import (
    CallAnswered,
    CallArrived,
    CallEnded,
    CallFact,
    CallPlaced,
    CallWhileAway,
    CardShown,
    LegGone,
    LegRung,
    OperatorConnected,
    Purpose,
    QueueEntered,
    QueueLeft,
    RecordingBegan,
    Routed,
    TalkBegan,
    TalkEnded,
    Whose,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.messages import MessageBegan
from switchroom.domain.facts.talks import (
    ConferenceJoined,
    ConsultationAnswered,
    JoinedInto,
    PagingEnded,
    PagingNotReached,
    PagingReached,
    Transferred,
)
from switchroom.domain.identity import (
    PartyId,
    QueueId,
    RecordingId,
    RouteId,
    StoryId,
    TrunkId,
    UserId,
)
from switchroom.domain.shapes import Shape


class Direction(StrEnum):
    """Which way a call goes, seen from the company."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class CallSummary(Shape, frozen=True, kw_only=True):
    """What the history shows of a call. `ended` is None while it lives; moments are the wall clock's UTC.

    Durations are exact; `lasted`, not the difference of the moments, which a jump of the wall clock spoils.
    """

    id: StoryId
    began: datetime
    direction: Direction
    caller: PartyId
    dialled: str
    callee: PartyId | None = None
    """The person outside whom one of us calls."""
    trunk: TrunkId | None = None
    user: UserId | None = None
    """Who of us calls, in a call of our own."""
    route: RouteId | None = None
    queue: QueueId | None = None
    operator: UserId | None = None
    """Who of us talked with the caller, or with whom we called last."""
    rung: UserId | None = None
    """The last of us at whom it rang, whether they took it or not; or for whom the caller spoke a message."""
    rung_at: tuple[UserId, ...] = ()
    """All of us at whom it rang."""
    talkers: tuple[UserId, ...] = ()
    """All of us who talked in it, the first one first; who called is not among them."""
    missed_by: tuple[UserId, ...] = ()
    """At whom it rang, who did not take it, and nobody else took it at that moment."""
    joined_into: StoryId | None = None
    """The call in which it goes on."""
    dialogs: tuple[StoryId, ...] = ()
    recordings: tuple[RecordingId, ...] = ()
    answered: bool = False
    waited: timedelta = timedelta(0)
    talked: timedelta = timedelta(0)
    cost: Decimal | None = None
    """Of its legs outside; None where none was charged."""
    lasted: timedelta | None = None
    ended: datetime | None = None
    disposition: str | None = None
    whose: Whose | None = None
    while_away: bool = False

    @property
    def party(self) -> PartyId:
        """Whose call it is, seen from us: the person outside, or who of us calls another."""
        return self.callee or self.caller

    @property
    def ours(self) -> frozenset[UserId]:
        """All of us who took part, or were asked to."""
        some = (self.user, self.operator, self.rung, *self.rung_at, *self.talkers)
        return frozenset(one for one in some if one is not None)

    @property
    def is_part_of_another(self) -> bool:
        """One of us dialled only to fetch, or to join, somebody who was there: nobody talked in it by itself."""
        return self.joined_into is not None and self.user is not None and not self.talked


def after(summary: CallSummary | None, fact: Fact, at: datetime) -> CallSummary | None:
    """The line once this fact of its call is told; `at` is the wall clock's moment of it."""
    if isinstance(fact, CallArrived):
        return _begun(fact, at)
    if isinstance(fact, CallPlaced):
        return _placed(fact, at)
    if isinstance(fact, CallWhileAway):
        return _away(fact, at)
    if summary is None or not isinstance(fact, CallFact):
        return summary
    return _after(fact, summary, at)


def _begun(fact: CallArrived, at: datetime) -> CallSummary:
    return CallSummary(
        id=fact.call,
        began=at - fact.held_before,
        direction=_direction(fact),
        caller=fact.caller,
        callee=fact.callee,
        dialled=fact.dialled,
        trunk=fact.trunk,
        user=fact.user,
    )


def _placed(fact: CallPlaced, at: datetime) -> CallSummary | None:
    """Listening to others, and to oneself, is no call of the company; its facts are kept all the same."""
    if fact.purpose is not Purpose.TALK:
        return None
    return CallSummary(
        id=fact.call,
        began=at,
        direction=Direction.INTERNAL if fact.callee is None else Direction.OUTBOUND,
        caller=fact.caller,
        callee=fact.callee,
        dialled=fact.dialled,
        user=fact.user,
    )


def _direction(fact: CallArrived) -> Direction:
    if fact.trunk is not None:
        return Direction.INBOUND
    return Direction.INTERNAL if fact.callee is None else Direction.OUTBOUND


def _away(fact: CallWhileAway, at: datetime) -> CallSummary:
    ended = at - fact.ago
    return CallSummary(
        id=fact.call,
        began=ended - fact.lasted,
        lasted=fact.lasted,
        ended=ended,
        direction=Direction.INBOUND if fact.trunk else Direction.INTERNAL,
        caller=fact.caller,
        dialled=fact.dialled,
        trunk=fact.trunk,
        user=fact.user,
        talked=fact.talked,
        answered=fact.talked > timedelta(0),
        disposition=fact.disposition,
        whose=Whose.US,
        while_away=True,
    )


@singledispatch
def _after(fact: CallFact, summary: CallSummary, at: datetime) -> CallSummary:
    return summary


_with = msgspec.structs.replace


@_after.register
def _(fact: Routed, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(summary, route=fact.route)


@_after.register
def _(fact: CallAnswered, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(summary, answered=True)


@_after.register
def _(fact: QueueEntered, summary: CallSummary, at: datetime) -> CallSummary:
    return summary if fact.by else _with(summary, queue=fact.queue)


@_after.register
def _(fact: QueueLeft, summary: CallSummary, at: datetime) -> CallSummary:
    return summary if fact.by else _with(summary, waited=summary.waited + fact.waited)


@_after.register
def _(fact: OperatorConnected, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(_talking(summary, fact.operator), operator=fact.operator)


def _talking(summary: CallSummary, user: UserId | None) -> CallSummary:
    if user is None or user == summary.user or user in summary.talkers:
        return summary
    missed = tuple(one for one in summary.missed_by if one != user)
    return _with(summary, talkers=(*summary.talkers, user), missed_by=missed)


@_after.register
def _(fact: LegRung, summary: CallSummary, at: datetime) -> CallSummary:
    """A call of ours that goes out by a trunk is an outbound one. One's own phone rings first when one calls."""
    if fact.user is not None and fact.user != summary.user:
        summary = _rang(summary, fact.user)
    outbound = fact.trunk is not None and summary.direction is Direction.INTERNAL
    return _with(summary, direction=Direction.OUTBOUND, trunk=fact.trunk) if outbound else summary


@_after.register
def _(fact: MessageBegan, summary: CallSummary, at: datetime) -> CallSummary:
    """Also where no phone rang: the call was meant for them, and they have missed it."""
    return _missed(_rang(summary, fact.user), fact.user)


def _rang(summary: CallSummary, user: UserId) -> CallSummary:
    others = tuple(one for one in summary.rung_at if one != user)
    return _with(summary, rung=user, rung_at=(*others, user))


def _missed(summary: CallSummary, user: UserId) -> CallSummary:
    known = user in (*summary.talkers, *summary.missed_by)
    return summary if known else _with(summary, missed_by=(*summary.missed_by, user))


@_after.register
def _(fact: LegGone, summary: CallSummary, at: datetime) -> CallSummary:
    cost = fact.charge.cost if fact.charge else None
    if cost is not None:
        summary = _with(summary, cost=(summary.cost or Decimal(0)) + cost)
    missed = fact.user in summary.rung_at and fact.cause is not EndCause.ANSWERED_ELSEWHERE
    return _missed(summary, fact.user) if missed and fact.user is not None else summary


@_after.register
def _(fact: TalkBegan, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(_talking(summary, fact.user), operator=fact.user or summary.operator)


@_after.register(ConsultationAnswered)
@_after.register(ConferenceJoined)
@_after.register(Transferred)
def _(fact: ConsultationAnswered | ConferenceJoined | Transferred, summary: CallSummary, at: datetime) -> CallSummary:
    return _talking(summary, fact.user)


@_after.register
def _(fact: PagingReached, summary: CallSummary, at: datetime) -> CallSummary:
    """It is no call to one of them."""
    return _with(_talking(summary, fact.user), rung=None)


@_after.register
def _(fact: PagingNotReached, summary: CallSummary, at: datetime) -> CallSummary:
    """An announcement is nothing to call back for."""
    return _with(summary, rung=None, missed_by=tuple(one for one in summary.missed_by if one != fact.user))


@_after.register
def _(fact: PagingEnded, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(summary, talked=summary.talked + fact.lasted)


@_after.register
def _(fact: JoinedInto, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(summary, joined_into=fact.into)


@_after.register
def _(fact: TalkEnded, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(summary, talked=summary.talked + fact.talked)


@_after.register
def _(fact: CardShown, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(summary, dialogs=(*summary.dialogs, fact.dialog))


@_after.register
def _(fact: RecordingBegan, summary: CallSummary, at: datetime) -> CallSummary:
    return _with(summary, recordings=(*summary.recordings, fact.recording))


@_after.register
def _(fact: CallEnded, summary: CallSummary, at: datetime) -> CallSummary:
    ended = max(summary.began, at)
    return _with(summary, ended=ended, lasted=fact.lasted, disposition=fact.disposition, whose=fact.whose)
