"""Who takes part in a call right now: a fold over the call's facts, never set by hand."""

from datetime import datetime, timedelta
from functools import singledispatch

import msgspec

from switchroom.domain.facts.calls import (
    CallAnswered,
    CallArrived,
    CalleeNotReached,
    CallerReached,
    CallPlaced,
    CardShown,
    DecidedBy,
    GoesOut,
    LeftQueueWhy,
    LegGone,
    LegRung,
    LegTaken,
    ListeningBegan,
    PutOnHold,
    QueueLeft,
    RecordingAnnounced,
    RecordingBegan,
    RecordingDecided,
    RecordingEnded,
    RecordingWish,
    RecordingWished,
    TakenBack,
    TalkBegan,
    TalkEnded,
    TalkResumed,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.messages import MessageEnded
from switchroom.domain.facts.talks import CallerChanged, JoinedInto, LegJoined, PagingReached, RoomOpened
from switchroom.domain.identity import (
    BridgeId,
    DeviceId,
    LegId,
    PlaybackId,
    QueueId,
    RecordingId,
    StoryId,
    TrunkId,
    UserId,
)
from switchroom.domain.limits import Charge
from switchroom.domain.shapes import Shape
from switchroom.domain.tariffs import Price, cost_of


class Leg(Shape, frozen=True, kw_only=True):
    """One party's channel. `up` once answered."""

    id: LegId
    up: bool = False
    held: bool = False
    user: UserId | None = None
    device: DeviceId | None = None
    trunk: TrunkId | None = None
    outgoing: bool = False
    """We rang it by its trunk."""
    emergency: bool = False
    payer: UserId | None = None
    """Who of us had it rung."""
    by_device: DeviceId | None = None
    """By which phone."""
    price: Price | None = None
    since: datetime | None = None
    """When one that goes out was taken."""

    def goes_out(self, now: datetime) -> GoesOut | None:
        """What whoever takes it over must know of it, to charge it once it is over; None if it came to us by itself."""
        if not self.outgoing:
            return None
        return GoesOut(
            emergency=self.emergency, price=self.price, payer=self.payer, by_device=self.by_device,
            up_for=now - self.since if self.since else None,
        )  # fmt: skip

    def charge(self, now: datetime) -> Charge | None:
        """What a leg outside has come to by now; None if nobody took it, or it came to us by itself."""
        if self.trunk is None or not self.outgoing or self.since is None:
            return None
        lasted = now - self.since
        cost = cost_of(self.price, lasted) if self.price else None
        return Charge(trunk=self.trunk, user=self.payer, lasted=lasted, cost=cost)


class Cast(Shape, frozen=True, kw_only=True):
    """The parties of a call and what binds them."""

    caller: LegId | None = None
    legs: dict[LegId, Leg] = {}
    bridge: BridgeId | None = None
    callee: LegId | None = None
    talk_began: datetime | None = None
    recording: RecordingId | None = None
    queue: QueueId | None = None
    served_by: UserId | None = None
    talked: bool = False
    left_queue: LeftQueueWhy | None = None
    dialogs: tuple[StoryId, ...] = ()
    ours: bool = False
    """One of us calls."""
    joined: bool = False
    """Its leg went on in another call."""
    not_reached: bool = False
    """Whom they called did not take the call."""
    recordings: int = 0
    """How many were begun."""
    on_demand: bool = False
    """The recording that goes on was begun by somebody's wish."""
    recording_wish: RecordingWish = RecordingWish.BY_RULES
    announcing: tuple[PlaybackId, ...] = ()
    """They hear what is announced before a recording, and are connected afterwards."""
    spoken: timedelta = timedelta(0)
    """How long a message the caller has left."""

    def leg_of(self, user: UserId) -> Leg | None:
        """The leg of this user that is up; else one that rings."""
        theirs = sorted((leg for leg in self.legs.values() if leg.user == user), key=lambda leg: not leg.up)
        return theirs[0] if theirs else None

    def other_than(self, leg: LegId) -> LegId | None:
        """The other party of the talk; None if this leg has no part in it."""
        sides = {self.caller: self.callee, self.callee: self.caller}
        return sides.get(leg)

    def caller_is_up(self) -> bool:
        """Whether the caller's leg was answered."""
        return self.caller is not None and self.caller in self.legs and self.legs[self.caller].up


def after(cast: Cast, fact: Fact, at: datetime) -> Cast:
    """The cast once this fact is told; `at` is the steady time of it."""
    return _after(fact, cast, at)


@singledispatch
def _after(fact: Fact, cast: Cast, at: datetime) -> Cast:
    return cast


def _with(cast: Cast, leg: Leg) -> Cast:
    return msgspec.structs.replace(cast, legs={**cast.legs, leg.id: leg})


def _changed(cast: Cast, leg: LegId, **changes: object) -> Cast:
    held = cast.legs.get(leg)
    return cast if held is None else _with(cast, msgspec.structs.replace(held, **changes))


@_after.register
def _(fact: CallArrived, cast: Cast, at: datetime) -> Cast:
    leg = Leg(id=fact.leg, user=fact.user, device=fact.device, trunk=fact.trunk)
    return msgspec.structs.replace(_with(cast, leg), caller=fact.leg, ours=fact.user is not None)


@_after.register
def _(fact: CallPlaced, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, ours=True)


@_after.register
def _(fact: CallerReached, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, caller=fact.leg)


@_after.register
def _(fact: LegJoined, cast: Cast, at: datetime) -> Cast:
    cast = msgspec.structs.replace(cast, dialogs=(*cast.dialogs, *fact.dialogs))
    leg = Leg(id=fact.leg, up=fact.up, user=fact.user, device=fact.device, trunk=fact.trunk)
    out = fact.goes_out
    if out is None:
        return _with(cast, leg)
    since = at - out.up_for if out.up_for is not None else None
    outside = msgspec.structs.replace(
        leg, outgoing=True, emergency=out.emergency, payer=out.payer, by_device=out.by_device, price=out.price,
        since=since,
    )  # fmt: skip
    return _with(cast, outside)


@_after.register
def _(fact: JoinedInto, cast: Cast, at: datetime) -> Cast:
    left = {name: leg for name, leg in cast.legs.items() if name != fact.leg}
    return msgspec.structs.replace(cast, legs=left, joined=True)


@_after.register
def _(fact: CallerChanged, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, caller=fact.leg)


@_after.register
def _(fact: PagingReached, cast: Cast, at: datetime) -> Cast:
    """Somebody heard what was said."""
    return msgspec.structs.replace(cast, talked=True)


@_after.register
def _(fact: RoomOpened, cast: Cast, at: datetime) -> Cast:
    """Who is in the room is where they wanted to be, even if nobody else comes."""
    return msgspec.structs.replace(cast, talked=True)


@_after.register
def _(fact: ListeningBegan, cast: Cast, at: datetime) -> Cast:
    """Told of the call that is heard, by the story whose leg the ear is."""
    return _with(cast, Leg(id=fact.leg, up=True))


@_after.register
def _(fact: CalleeNotReached, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, not_reached=True)


@_after.register
def _(fact: CallAnswered, cast: Cast, at: datetime) -> Cast:
    return _changed(cast, fact.leg, up=True)


@_after.register
def _(fact: LegRung, cast: Cast, at: datetime) -> Cast:
    leg = Leg(id=fact.leg, user=fact.user, device=fact.device, trunk=fact.trunk)
    if fact.trunk is None:
        return _with(cast, leg)
    outside = msgspec.structs.replace(
        leg, outgoing=True, emergency=fact.country is None, payer=fact.payer, by_device=fact.by_device,
        price=fact.price,
    )  # fmt: skip
    return _with(cast, outside)


@_after.register
def _(fact: LegTaken, cast: Cast, at: datetime) -> Cast:
    taken = cast.legs.get(fact.leg)
    return _changed(cast, fact.leg, up=True, since=at if taken and taken.outgoing else None)


@_after.register
def _(fact: LegGone, cast: Cast, at: datetime) -> Cast:
    left = {name: leg for name, leg in cast.legs.items() if name != fact.leg}
    return msgspec.structs.replace(cast, legs=left)


@_after.register
def _(fact: PutOnHold, cast: Cast, at: datetime) -> Cast:
    return _changed(cast, fact.leg, held=True)


@_after.register
def _(fact: TakenBack, cast: Cast, at: datetime) -> Cast:
    return _changed(cast, fact.leg, held=False)


@_after.register
def _(fact: TalkBegan, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(
        cast,
        bridge=fact.bridge,
        callee=fact.callee,
        talk_began=at,
        queue=fact.queue,
        served_by=fact.user or cast.served_by,
        talked=True,
    )


@_after.register
def _(fact: TalkResumed, cast: Cast, at: datetime) -> Cast:
    caller = fact.leg if cast.caller == fact.was else cast.caller
    callee = fact.leg if cast.callee == fact.was else cast.callee
    return msgspec.structs.replace(cast, caller=caller, callee=callee)


@_after.register
def _(fact: TalkEnded, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, bridge=None, callee=None, talk_began=None, announcing=())


@_after.register
def _(fact: RecordingBegan, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, recording=fact.recording, recordings=cast.recordings + 1, announcing=())


@_after.register
def _(fact: RecordingWished, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, recording_wish=fact.wish)


@_after.register
def _(fact: RecordingDecided, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, on_demand=fact.by is DecidedBy.ON_DEMAND)


@_after.register
def _(fact: RecordingAnnounced, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, announcing=fact.playbacks)


@_after.register
def _(fact: RecordingEnded, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, recording=None)


@_after.register
def _(fact: MessageEnded, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, spoken=max(cast.spoken, fact.lasted))


@_after.register
def _(fact: QueueLeft, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, left_queue=fact.why)


@_after.register
def _(fact: CardShown, cast: Cast, at: datetime) -> Cast:
    return msgspec.structs.replace(cast, dialogs=(*cast.dialogs, fact.dialog))
