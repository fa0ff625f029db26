"""Where a call can be listened to."""

from dataclasses import dataclass

from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.stories import StoryState


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """On this leg of this call both sides are heard; `user` is who of us talks."""

    call: StoryId
    leg: LegId
    user: UserId | None


def ear_on(state: StoryState) -> Ear | None:
    """The leg of somebody outside, which no reload of a page ends; else the caller's. None unless two talk."""
    cast = state.cast
    if cast.bridge is None or cast.callee is None or cast.caller is None:
        return None
    sides = [cast.legs[leg] for leg in (cast.caller, cast.callee) if leg in cast.legs]
    outside = [leg for leg in sides if leg.trunk is not None]
    chosen = next(iter(outside + sides), None)
    return None if chosen is None else Ear(call=state.id, leg=chosen.id, user=cast.served_by)
