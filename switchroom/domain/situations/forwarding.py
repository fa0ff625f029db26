"""A phone that rings says by 302 where its call is to go: a wish of its user, granted by their own rights.

A group and a queue go on to the next one instead: there a phone that wants its call elsewhere has not taken it.
"""

from msgspec.structs import replace

from switchroom.domain.causes import EndCause
from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.facts.calls import CalleeNotReached
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import CallForwarded, ForwardRefused, ForwardRefusedWhy
from switchroom.domain.identity import PartyId, UserId
from switchroom.domain.people import Party
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import Forwarded, RingOutside, RingUser
from switchroom.domain.setup import number_of
from switchroom.domain.shapes import Value
from switchroom.domain.situations.scene import Scene
from switchroom.domain.situations.standing import Third
from switchroom.domain.situations.whom import whom


class Ahead(Value, frozen=True, kw_only=True):
    """Where the call goes now: somebody rings, a queue or a scenario takes it over, or neither."""

    facts: tuple[Fact, ...]
    want: Third | None = None
    extension: str = ""
    party: Party | None = None


_TAKE_OVER = (TargetKind.QUEUE, TargetKind.SCENARIO, TargetKind.ROOM, TargetKind.VOICEMAIL)


def ahead_of(scene: Scene, wish: Forwarded, before: tuple[UserId, ...], party: PartyId) -> Ahead:
    """What follows from the wish; `before` are those whose phones have sent this call on already."""
    target = scene.setup.target_of(wish.to)
    if wish.by in before or _leads_back(target, (*before, wish.by)):
        return _refused(scene, wish, ForwardRefusedWhy.LOOP)
    if target is not None and target.kind in _TAKE_OVER:
        return Ahead(facts=(CallForwarded(call=scene.story, by=wish.by, to=wish.to),), extension=wish.to)
    try:
        found = whom(scene, wish.by, wish.to)
    except NotNow:
        return _refused(scene, wish, ForwardRefusedWhy.NOT_POSSIBLE)
    outside = Party(id=party, number=found.outside) if found.outside else None
    told = CallForwarded(call=scene.story, by=wish.by, to=found.to, outside=outside.id if outside else None)
    return Ahead(facts=(told,), want=_diverted(scene, wish, found.want), party=outside)


def _leads_back(target: Target | None, users: tuple[UserId, ...]) -> bool:
    return target is not None and target.kind is TargetKind.USER and target.key in users


def _refused(scene: Scene, wish: Forwarded, why: ForwardRefusedWhy) -> Ahead:
    to = wish.to if scene.setup.target_of(wish.to) is not None else ""
    facts: tuple[Fact, ...] = (ForwardRefused(call=scene.story, by=wish.by, to=to, why=why),)
    if scene.cast.ours:
        facts += (CalleeNotReached(call=scene.story, cause=EndCause.MOVED, user=wish.by),)
    return Ahead(facts=facts)


def _diverted(scene: Scene, wish: Forwarded, want: Third) -> Third:
    """Who is rung sees who calls, and is told whose phone sent the call; who sent it pays."""
    match want:
        case RingUser():
            by = number_of(scene.setup, wish.by)
            return replace(want, ring_for=wish.ring_for, record=wish.record, diverted_by=by)
        case RingOutside():
            user = scene.setup.users.get(wish.by)
            number = (user.outside_number if user else None) or ""
            return replace(want, payer=wish.by, diverted_by=number)
        case _:
            return want
