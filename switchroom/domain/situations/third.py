"""A third one is called in the middle of a talk: by the same ways and the same ringing as any call.

For the ringing, whoever waits for the answer is the caller of a talk inside the talk; its legs belong to the call.
"""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from switchroom.domain.acts import Act, Shown, StartMusic, StartRecording, StartRingback, StopMusic, StopRingback
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event
from switchroom.domain.facts.calls import GroupLeft, LeftGroupWhy, QueueEntered, QueueLeft, RecordingBegan
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import LegId, PartyId, UserId
from switchroom.domain.people import Party
from switchroom.domain.scenario.effects import (
    Connected,
    Forwarded,
    NotReached,
    Outcome,
    QueueRefused,
    RingGroup,
    RingOutside,
    RingUser,
    WaitedTooLong,
    WaitForOperator,
)
from switchroom.domain.setup import number_of
from switchroom.domain.shapes import Value
from switchroom.domain.situations.forwarding import ahead_of
from switchroom.domain.situations.grouping import ring_group, while_in_group
from switchroom.domain.situations.ringing import ring_outside, ring_user, while_ringing
from switchroom.domain.situations.scene import NewDialog, Parted, Scene, Turn, hang_up
from switchroom.domain.situations.standing import Rung
from switchroom.domain.situations.waiting import Waiting, leave_queue, wait, while_waiting
from switchroom.domain.situations.whom import Whom

_ENTER: dict[type, Any] = {
    RingUser: ring_user, RingGroup: ring_group, RingOutside: ring_outside, WaitForOperator: wait,
}  # fmt: skip
_REACT: dict[type, Any] = {
    RingUser: while_ringing, RingGroup: while_in_group, RingOutside: while_ringing, WaitForOperator: while_waiting,
}  # fmt: skip


class Rings(Value, frozen=True, kw_only=True):
    """What follows for the one who is called: `rung` goes on, or there is an outcome."""

    rung: Rung
    acts: tuple[Act, ...] = ()
    facts: tuple[Fact, ...] = ()
    outcome: Connected | NotReached | None = None
    parties: tuple[Party, ...] = ()
    opens: tuple[NewDialog, ...] = ()


def waits_with(rung: Rung, leg: LegId) -> Act:
    """What whoever waits for the answer hears."""
    return StartMusic(leg=leg) if isinstance(rung.ringing, Waiting) else StartRingback(leg=leg)


def waits_no_longer(rung: Rung, leg: LegId) -> Act:
    """They hear it no more."""
    return StopMusic(leg=leg) if isinstance(rung.ringing, Waiting) else StopRingback(leg=leg)


def shown_of(scene: Scene, leg: LegId) -> Shown:
    """What a phone shows of whoever is at this leg."""
    if leg == scene.cast.caller:
        return scene.shown
    known = scene.cast.legs.get(leg)
    if known is not None and known.user is not None:
        return shown_of_user(scene, known.user)
    return Shown(number=str(scene.variables.get("dialled") or ""))


def shown_of_user(scene: Scene, user: UserId) -> Shown:
    """What a phone shows of one of us."""
    found = scene.setup.users.get(user)
    return Shown(number=number_of(scene.setup, user), name=found.name if found else "")


def ring_third(scene: Scene, whom: Whom, by: UserId, number: int, waits: LegId) -> Rings:
    """Ring them, for the one who waits for the answer: that is whom their phone shows."""
    inside = _inside(scene, number, waits, scene.now)
    turn = _ENTER[type(whom.want)](inside, whom.want)
    party = whom.party(scene, number)
    rung = Rung(
        number=number, by=by, to=whom.to, outside=party.id if party else None, dialled=whom.outside or "",
        want=whom.want, began=scene.now, ringing=turn.situation,
    )  # fmt: skip
    return _rings(scene, rung, waits, turn)


def while_third_rings(scene: Scene, rung: Rung, waits: LegId, event: Event) -> Rings:
    """Take in what happens while they ring."""
    inside = _inside(scene, rung.number, waits, rung.began, rung.forwarded)
    turn = _REACT[type(rung.want)](inside, rung.want, rung.ringing, event)
    changed = replace(rung, ringing=turn.situation)
    if isinstance(turn.outcome, Forwarded):
        return _forwarded(scene, changed, waits, turn, turn.outcome)
    return _rings(scene, changed, waits, turn)


def _forwarded(scene: Scene, rung: Rung, waits: LegId, turn: Turn[Any], wish: Forwarded) -> Rings:
    """Their phone sent the call on: it rings there, or they were not reached."""
    there = (*rung.forwarded, wish.by)
    party = PartyId(f"{scene.story}-third{scene.effect_no}-{rung.number}-{len(there)}")
    ahead = ahead_of(_inside(scene, rung.number, waits, scene.now), wish, rung.forwarded, party)
    so_far = _rings(scene, rung, waits, turn)
    facts = so_far.facts + ahead.facts
    if ahead.want is None:
        return replace(so_far, facts=facts, outcome=NotReached(cause=EndCause.MOVED))
    begun = _ENTER[type(ahead.want)](_inside(scene, rung.number, waits, scene.now, there), ahead.want)
    changed = replace(rung, want=ahead.want, began=scene.now, ringing=begun.situation, forwarded=there)
    rings = _rings(scene, changed, waits, begun)
    return replace(
        rings, acts=so_far.acts + rings.acts, facts=facts + rings.facts, parties=(ahead.party,) if ahead.party else ()
    )


def _rings(scene: Scene, rung: Rung, waits: LegId, turn: Turn[Any]) -> Rings:
    """What is recorded is decided by the talk, not by how the third one was called."""
    acts = tuple(act for act in turn.acts if not isinstance(act, StartRecording))
    facts = tuple(fact for fact in turn.facts if not isinstance(fact, RecordingBegan))
    asked = _asked_by(scene, rung, waits, facts)
    return Rings(rung=rung, acts=acts, facts=asked, outcome=_of_third(turn.outcome), opens=turn.opens)


def _asked_by(scene: Scene, rung: Rung, waits: LegId, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """It is not the customer who waits in the queue, but who asks on their behalf."""
    known = scene.cast.legs.get(waits)
    if known is None or known.user != rung.by:
        return facts
    told: list[Fact] = [replace(f, by=rung.by) if isinstance(f, QueueEntered | QueueLeft) else f for f in facts]
    return tuple(told)


def _of_third(outcome: Outcome | None) -> Connected | NotReached | None:
    match outcome:
        case Connected() | NotReached():
            return outcome
        case QueueRefused():
            return NotReached(cause=EndCause.BUSY)
        case WaitedTooLong():
            return NotReached(cause=EndCause.NO_ANSWER)
        case _:
            return None


def withdrawn(scene: Scene, rung: Rung | None, waits: LegId) -> Parted:
    """Ring the third one no longer, for whom whoever is at this leg waited."""
    if rung is None:
        return Parted()
    if isinstance(rung.want, WaitForOperator) and isinstance(rung.ringing, Waiting):
        left = leave_queue(replace(scene, began=rung.began), rung.want, rung.ringing)
        return replace(left, facts=_asked_by(scene, rung, waits, left.facts))
    ended = hang_up(scene, rung.ringing.legs, EndCause.CANCELLED)
    if not isinstance(rung.want, RingGroup):
        return ended
    rang = scene.now - rung.began
    return ended + Parted((), (GroupLeft(
        call=scene.story, group=rung.want.group, why=LeftGroupWhy.CALLER_LEFT, rang=rang,
    ),))  # fmt: skip


def _inside(
    scene: Scene, number: int, waits: LegId, began: datetime, forwarded: tuple[UserId, ...] = ()
) -> Scene:
    cast = replace(
        scene.cast, caller=waits, callee=None, bridge=None, talk_began=None, recording=None, ours=False
    )
    prefix = f"third{number}-" + (f"by{len(forwarded)}-" if forwarded else "")
    return replace(scene, cast=cast, began=began, prefix=prefix, shown=shown_of(scene, waits))


def without_ringback(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Nobody waits in silence for the answer: they talk on meanwhile."""
    return tuple(act for act in acts if not isinstance(act, StartRingback | StopRingback))
