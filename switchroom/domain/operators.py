"""An operator's state, derived: from legs, cards, reservation, the wish for a break, and connection."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import singledispatch
from operator import attrgetter
from typing import Any

import msgspec

from switchroom.domain.facts.calls import (
    CallArrived,
    LegGone,
    LegRung,
    LegTaken,
    OfferNotTaken,
    OperatorConnected,
    OperatorOffered,
    PageStayedAway,
    TalkInterrupted,
    TalkResumed,
)
from switchroom.domain.facts.cards import CardClosed, CardOpened
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.operators import (
    BreakWished,
    DeviceConnected,
    DeviceLost,
    OperatorSignedIn,
    OperatorSignedOut,
    ReadyWished,
)
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.shapes import Shape

MISSED_CALL = "missed_call"
"""The kind of break into which a missed call puts an operator, by the queue's rule."""
LATELY = timedelta(minutes=10)
"""How far back an operator's load is looked at."""


TAKEN_HALVES_AFTER = timedelta(hours=4)


class Status(StrEnum):
    """What an operator does, as people see it; the first that holds, in this order."""

    TALKING = "talking"
    RINGING = "ringing"
    RESERVED = "reserved"
    WRAP_UP = "wrap_up"
    SIGNED_OUT = "signed_out"
    BREAK = "break"
    NOT_CONNECTED = "not_connected"
    READY = "ready"


class Stretch(Shape, frozen=True, kw_only=True):
    """One status from its beginning to its end, in steady time."""

    status: Status
    since: datetime
    until: datetime


class Operator(Shape, frozen=True, kw_only=True):
    """All that an operator's state is derived from. Moments are steady time."""

    id: UserId
    signed_in: bool = False
    break_kind: str | None = None
    wished_by: UserId | None = None
    """Who brought the break, or ended the work; None: nobody, a missed call did."""
    devices: frozenset[DeviceId] = frozenset()
    ringing: frozenset[LegId] = frozenset()
    up: frozenset[LegId] = frozenset()
    cards: frozenset[StoryId] = frozenset()
    interrupted: StoryId | None = None
    """The talk that their page lost, and that goes on once it is back."""
    offered: StoryId | None = None
    idle_since: datetime | None = None
    last_offered: datetime | None = None
    last_rung: datetime | None = None
    taken: float = 0.0
    """Calls taken lately, as of `last_taken`: each counts half after `TAKEN_HALVES_AFTER`."""
    last_taken: datetime | None = None
    status_since: datetime | None = None
    recent: tuple[Stretch, ...] = ()
    """What they did in the last ten minutes, but for the status that goes on."""

    def lately_taken(self, now: datetime) -> float:
        """How many calls they took lately, older ones counting less; `now` is steady."""
        gone = (now - self.last_taken) / TAKEN_HALVES_AFTER if self.last_taken else 0.0
        return self.taken * float(0.5 ** max(gone, 0.0))

    @property
    def status(self) -> Status:
        """What they do now."""
        if self.up or self.interrupted:
            return Status.TALKING
        if self.ringing:
            return Status.RINGING
        if self.offered:
            return Status.RESERVED
        if self.cards:
            return Status.WRAP_UP
        return self.resting

    @property
    def resting(self) -> Status:
        """What they do, or will, with nothing to do."""
        if not self.signed_in:
            return Status.SIGNED_OUT
        if self.break_kind is not None:
            return Status.BREAK
        return Status.READY if self.devices else Status.NOT_CONNECTED


_USER, _OPERATOR, _HOLDER = attrgetter("user"), attrgetter("operator"), attrgetter("holder")
_WHOSE: dict[type, Callable[[Any], UserId | None]] = {
    **dict.fromkeys((LegRung, LegTaken, CallArrived, LegGone, TalkInterrupted, TalkResumed, PageStayedAway), _USER),
    **dict.fromkeys((OperatorOffered, OfferNotTaken, OperatorConnected), _OPERATOR),
    **dict.fromkeys((OperatorSignedIn, OperatorSignedOut, BreakWished, ReadyWished), _OPERATOR),
    **dict.fromkeys((DeviceConnected, DeviceLost), _OPERATOR),
    **dict.fromkeys((CardOpened, CardClosed), _HOLDER),
}


def users_of(fact: Fact) -> tuple[UserId, ...]:
    """Whose state a fact may change."""
    whose = _WHOSE.get(type(fact))
    user = whose(fact) if whose else None
    return () if user is None else (user,)


def after(operator: Operator, fact: Fact, at: datetime) -> Operator:
    """The operator once this fact of theirs is told; `at` is the steady time of it."""
    before = operator.status
    changed = _after(fact, operator, at)
    if changed.status is before:
        return changed
    idle = at if changed.status is Status.READY else changed.idle_since
    return msgspec.structs.replace(changed, status_since=at, idle_since=idle, recent=_followed(operator, at))


def _followed(operator: Operator, at: datetime) -> tuple[Stretch, ...]:
    """The stretches of an operator whose status ends now; those that can matter no more are forgotten."""
    since = operator.status_since
    if since is None or at <= since:
        return operator.recent
    ended = Stretch(status=operator.status, since=since, until=at)
    return (*(s for s in operator.recent if s.until > at - LATELY), ended)


@singledispatch
def _after(fact: Fact, operator: Operator, at: datetime) -> Operator:
    return operator


@_after.register
def _(fact: OperatorSignedIn, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, signed_in=True, break_kind=None, wished_by=None)


@_after.register
def _(fact: OperatorSignedOut, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, signed_in=False, break_kind=None, wished_by=fact.by)


@_after.register
def _(fact: BreakWished, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, break_kind=fact.break_kind, wished_by=fact.by)


@_after.register
def _(fact: ReadyWished, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, break_kind=None, wished_by=None)


@_after.register
def _(fact: DeviceConnected, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, devices=operator.devices | {fact.device})


@_after.register
def _(fact: DeviceLost, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, devices=operator.devices - {fact.device})


@_after.register
def _(fact: CallArrived, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, up=operator.up | {fact.leg})


@_after.register
def _(fact: LegRung, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, ringing=operator.ringing | {fact.leg}, last_rung=at)


@_after.register
def _(fact: LegTaken, operator: Operator, at: datetime) -> Operator:
    if fact.leg not in operator.ringing:
        return operator
    return msgspec.structs.replace(
        operator,
        ringing=operator.ringing - {fact.leg},
        up=operator.up | {fact.leg},
        taken=operator.lately_taken(at) + 1,
        last_taken=at,
    )


@_after.register
def _(fact: LegGone, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, ringing=operator.ringing - {fact.leg}, up=operator.up - {fact.leg})


@_after.register
def _(fact: TalkInterrupted, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, interrupted=fact.call)


@_after.register
def _(fact: TalkResumed, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, interrupted=None)


@_after.register
def _(fact: PageStayedAway, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, interrupted=None)


@_after.register
def _(fact: OperatorOffered, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, offered=fact.call, last_offered=at)


@_after.register
def _(fact: OfferNotTaken, operator: Operator, at: datetime) -> Operator:
    if not fact.takes_out_of_ready:
        return msgspec.structs.replace(operator, offered=None)
    return msgspec.structs.replace(operator, offered=None, break_kind=MISSED_CALL, wished_by=None)


@_after.register
def _(fact: OperatorConnected, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, offered=None)


@_after.register
def _(fact: CardOpened, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, cards=operator.cards | {fact.dialog})


@_after.register
def _(fact: CardClosed, operator: Operator, at: datetime) -> Operator:
    return msgspec.structs.replace(operator, cards=operator.cards - {fact.dialog})
