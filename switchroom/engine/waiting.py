"""Who waits where, since when: read from the stories themselves, so that it is right after a crash too."""

from collections import Counter
from collections.abc import Mapping

from switchroom.domain.acts import Shown
from switchroom.domain.distribution import WorkRequest
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.scenario.effects import WaitForOperator
from switchroom.domain.shapes import Value
from switchroom.domain.situations.waiting import Waiting
from switchroom.domain.stories import StoryState


class Place(Value, frozen=True, kw_only=True):
    """A place in a queue, and who waits there; `offered_to` is rung for it."""

    request: WorkRequest
    offered_to: UserId | None
    shown: Shown


class WaitingRoom:
    """All calls that wait for an operator."""

    def __init__(self) -> None:
        self._places: dict[StoryId, Place] = {}
        self._lengths: Counter[str] = Counter()

    def follow(self, state: StoryState) -> bool:
        """Take the place that this state asks for, or give it back; whether that changes anything."""
        place, before = _place(state), self._places.get(state.id)
        if place == before:
            return False
        if before is not None:
            self._lengths[before.request.queue] -= 1
            del self._places[state.id]
        if place is not None:
            self._lengths[place.request.queue] += 1
            self._places[state.id] = place
        return True

    def requests(self) -> list[WorkRequest]:
        """Those that are not being offered to anybody at this moment."""
        return [place.request for place in self._places.values() if place.offered_to is None]

    def places(self) -> list[Place]:
        """Everybody who waits."""
        return list(self._places.values())

    def lengths(self) -> Mapping[str, int]:
        """How many wait in each queue."""
        return self._lengths


def _place(state: StoryState) -> Place | None:
    match state.effect, state.situation:
        case WaitForOperator() as want, Waiting(offer=offer, unwanted=unwanted):
            request = WorkRequest(
                story=state.id, queue=want.queue, since=state.began, priority=want.priority, unwanted=unwanted,
                personal=want.personal,
            )  # fmt: skip
            return Place(request=request, offered_to=offer.operator if offer else None, shown=state.shown)
        case _:
            return None
