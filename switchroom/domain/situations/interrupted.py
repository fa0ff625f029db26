"""A talk whose page was reloaded, closed or crashed: the other party hears music, and the page is rung once it is back.

A phone in a browser never ends a talk by itself: its person hangs up through our doors. So a leg of a browser that
ends without our order is lost, not hung up.
"""

from datetime import datetime, timedelta

import msgspec

from switchroom.domain.acts import Act, Connect, Disconnect, Ring, StartMusic, StopMusic
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import user_in_browser
from switchroom.domain.events import DeviceReturned, Event, LegAnswered, LegEnded, PhoneTakenOver, TimePassed
from switchroom.domain.facts.calls import LegTaken, PageStayedAway, TalkInterrupted, TalkResumed
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import DeviceId, LegId, UserId
from switchroom.domain.shapes import Shape
from switchroom.domain.situations.scene import Parted, Scene, gone, hang_up, ring

WAITED_FOR = timedelta(seconds=30)


class Lost(Shape, frozen=True, kw_only=True):
    """Whose page is waited for; `leg` is the one that was lost, `ringing` the one that is to take its place."""

    leg: LegId
    user: UserId
    device: DeviceId
    since: datetime
    until: datetime
    tries: int = 0
    ringing: LegId | None = None


def lost_by(scene: Scene, event: Event) -> LegId | None:
    """The talking leg that this event loses, if the talk can be saved: the other party is still there."""
    match event:
        case LegEnded(leg=leg, ordered=False, cause=cause) if cause is not EndCause.LOST:
            candidate: LegId | None = leg
        case PhoneTakenOver(device=device):
            candidate = next((leg.id for leg in scene.cast.legs.values() if leg.device == device and leg.up), None)
        case _:
            return None
    return candidate if candidate is not None and _can_return(scene, candidate) else None


def _can_return(scene: Scene, leg: LegId) -> bool:
    known = scene.cast.legs.get(leg)
    in_browser = known is not None and known.device is not None and user_in_browser(known.device) is not None
    return in_browser and scene.cast.other_than(leg) in scene.cast.legs


def lose(scene: Scene, leg: LegId, event: Event, tries: int) -> tuple[Lost, Parted]:
    """Music to the other party; `tries` counts the legs that were made before to get a page back.

    A page that is still signed in only stood still: it is rung at once, and takes the call when it wakes.
    """
    known = scene.cast.legs[leg]
    assert known.device is not None
    user = known.user or UserId(user_in_browser(known.device) or "")
    lost = Lost(leg=leg, user=user, device=known.device, since=scene.now, until=scene.now + WAITED_FOR, tries=tries)
    told = TalkInterrupted(call=scene.story, leg=leg, device=known.device, user=user)
    if isinstance(event, LegEnded):
        parted = Parted(_music(scene, leg), (told, gone(scene, event)))
        if known.device not in scene.around.reachable:
            return lost, parted
        lost, rung = _ring(scene, lost)
        return lost, parted + rung
    return lost, Parted((), (told,)) + hang_up(scene, (leg,), EndCause.NORMAL) + Parted(_music(scene, leg))


def _music(scene: Scene, leg: LegId) -> tuple[Act, ...]:
    other = scene.cast.other_than(leg)
    if other is None or scene.cast.bridge is None:
        return ()
    return Disconnect(bridge=scene.cast.bridge, leg=other), StartMusic(leg=other)


def while_lost(scene: Scene, lost: Lost, event: Event) -> tuple[Lost, Parted] | None:
    """Ring the page that came back; None if the event says nothing about it."""
    match event:
        case DeviceReturned(device=device) if device == lost.device:
            return _ring(scene, lost)
        case LegEnded(leg=leg) if leg == lost.ringing:
            return msgspec.structs.replace(lost, ringing=None), Parted((), (gone(scene, event),))
        case _:
            return None


def _ring(scene: Scene, lost: Lost) -> tuple[Lost, Parted]:
    """A page that is there now: whatever rang at the one before is given up."""
    ended = hang_up(scene, (lost.ringing,), EndCause.CANCELLED) if lost.ringing else Parted()
    rung = ring(scene, (lost.device,), lost.user, WAITED_FOR, first=lost.tries, by_itself=True)
    made = next(act.leg for act in rung.acts if isinstance(act, Ring))
    return msgspec.structs.replace(lost, ringing=made, tries=lost.tries + 1), ended + rung


def is_back(lost: Lost, event: Event) -> bool:
    """Whether the page has taken the leg that we made for it."""
    return isinstance(event, LegAnswered) and event.leg == lost.ringing


def resumed(scene: Scene, lost: Lost, *, held: bool) -> Parted:
    """Let them hear each other again; one who was on hold stays there."""
    other, bridge, leg = scene.cast.other_than(lost.leg), scene.cast.bridge, lost.ringing
    if other is None or bridge is None or leg is None:
        return Parted()
    joined: tuple[Act, ...] = (Connect(bridge=bridge, legs=(leg,)),)
    if not held:
        joined = (StopMusic(leg=other), Connect(bridge=bridge, legs=(other, leg)))
    return Parted(joined, resumed_leg(scene, lost, leg))


def resumed_leg(scene: Scene, lost: Lost, leg: LegId) -> tuple[Fact, ...]:
    """The facts that this leg is there in place of the one that was lost."""
    taken = LegTaken(call=scene.story, leg=leg, user=lost.user)
    back = TalkResumed(call=scene.story, leg=leg, was=lost.leg, user=lost.user, after=scene.now - lost.since)
    return taken, back


def given_up(scene: Scene, lost: Lost | None) -> Parted:
    """The talk ends without them."""
    if lost is None:
        return Parted()
    ended = hang_up(scene, (lost.ringing,), EndCause.CANCELLED) if lost.ringing else Parted()
    return Parted((), (PageStayedAway(call=scene.story, user=lost.user),)) + ended


def is_too_late(scene: Scene, lost: Lost, event: Event) -> bool:
    """Whether the page was waited for long enough."""
    return isinstance(event, TimePassed) and scene.now >= lost.until
