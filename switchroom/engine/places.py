"""Who waits at which parking place, where conference rooms live, and where it rings.

Read from the stories themselves, right after a crash too.
"""

from collections.abc import Mapping

from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.scenario.effects import ParkCall, RingGroup, RingUser
from switchroom.domain.situations.grouping import InGroup
from switchroom.domain.situations.parking import Parked
from switchroom.domain.situations.ringing import Ringing
from switchroom.domain.situations.standing import Together
from switchroom.domain.stories import StoryState


class Places:
    """Of all living calls."""

    def __init__(self) -> None:
        self._parked: dict[str, StoryId] = {}
        self._at: dict[StoryId, str] = {}
        self._rooms: dict[str, StoryId] = {}
        self._hosts: dict[StoryId, str] = {}
        self._ringing: dict[StoryId, tuple[UserId, ...]] = {}

    def follow(self, state: StoryState) -> None:
        """A call as it stands; told before it is saved, so that two don't take one place."""
        before, now = self._at.pop(state.id, None), _place(state)
        if before is not None:
            self._parked.pop(before, None)
        if now is not None:
            self._parked[now] = state.id
            self._at[state.id] = now
        self._host(state)
        users = _rings_at(state)
        if users:
            self._ringing[state.id] = users
        else:
            self._ringing.pop(state.id, None)

    def parked(self) -> Mapping[str, StoryId]:
        """Which call waits at each place."""
        return self._parked

    def rooms(self) -> Mapping[str, StoryId]:
        """In which call each conference room lives that somebody is in."""
        return self._rooms

    def _host(self, state: StoryState) -> None:
        before = self._hosts.pop(state.id, None)
        if before is not None and self._rooms.get(before) == state.id:
            del self._rooms[before]
        room = state.situation.room if isinstance(state.situation, Together) else None
        if room is not None:
            self._rooms[room] = state.id
            self._hosts[state.id] = room

    def ringing(self) -> Mapping[StoryId, tuple[UserId, ...]]:
        """At whom each call rings; who began first comes first."""
        return self._ringing


def _place(state: StoryState) -> str | None:
    parked = isinstance(state.effect, ParkCall) and isinstance(state.situation, Parked)
    return state.effect.place if parked and isinstance(state.effect, ParkCall) else None


def _rings_at(state: StoryState) -> tuple[UserId, ...]:
    """At nobody while it is not a call that can be picked up."""
    situation = state.situation
    if not isinstance(state.effect, RingUser | RingGroup) or not isinstance(situation, Ringing | InGroup):
        return ()
    legs = (state.cast.legs.get(leg) for leg in situation.legs)
    return tuple(dict.fromkeys(leg.user for leg in legs if leg is not None and leg.user is not None))
