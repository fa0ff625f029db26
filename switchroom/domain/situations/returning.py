"""A page that rings and is reloaded: it is waited for a moment, and rung anew once it has signed in again."""

from datetime import datetime, timedelta

from switchroom.domain.acts import Ring
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import user_in_browser
from switchroom.domain.events import DeviceReturned, Event, LegEnded
from switchroom.domain.identity import DeviceId, LegId, UserId
from switchroom.domain.shapes import Shape
from switchroom.domain.situations.scene import Parted, Scene, hang_up, ring

WAITED_FOR = timedelta(seconds=4)
_ANSWERS = {EndCause.BUSY, EndCause.REJECTED, EndCause.LOST, EndCause.UNHEARD}
"""A page that says so, or of which we don't know, is not one that was reloaded."""


class Away(Shape, frozen=True, kw_only=True):
    """The page that is waited for."""

    device: DeviceId
    until: datetime


def away_by(scene: Scene, event: LegEnded) -> Away | None:
    """Whether a page that rang seems to have been reloaded, or closed."""
    device = _page(scene, event.leg)
    if device is None or event.ordered or event.cause in _ANSWERS:
        return None
    return Away(device=device, until=scene.now + WAITED_FOR)


def rung_anew(
    scene: Scene, event: Event, user: UserId, legs: tuple[LegId, ...], away: Away | None, until: datetime, tries: int
) -> tuple[tuple[LegId, ...], Parted] | None:
    """Ring a page that has just signed in, and give up what rang at the one before; returns the legs that ring now.

    None if the event is not that.
    """
    if not isinstance(event, DeviceReturned) or not event.anew:
        return None
    before = tuple(leg for leg in legs if _page(scene, leg) == event.device)
    if not before and (away is None or away.device != event.device):
        return None
    ended = hang_up(scene, before, EndCause.CANCELLED)
    rung = ring(scene, (event.device,), user, max(timedelta(seconds=1), until - scene.now), first=tries)
    made = tuple(act.leg for act in rung.acts if isinstance(act, Ring))
    return tuple(leg for leg in legs if leg not in before) + made, ended + rung


def _page(scene: Scene, leg: LegId) -> DeviceId | None:
    """The phone in a browser that this leg rings at; None if it rings elsewhere."""
    known = scene.cast.legs.get(leg)
    device = known.device if known else None
    return device if device is not None and user_in_browser(device) is not None else None
