"""Who waits where, since when: read from the stories themselves, so that it is right after a crash too."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from switchroom.domain.acts import Shown
from switchroom.domain.distribution import WorkRequest
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.scenario.effects import WaitForOperator
from switchroom.domain.shapes import Value
from switchroom.domain.situations.standing import Consulting, Rung
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
        case WaitForOperator() as want, Waiting() as waiting:
            return _of(state, want, waiting, state.began)
        case _, Consulting(rung=Rung(want=WaitForOperator() as want, ringing=Waiting() as waiting, began=began)):
            return _of(state, want, waiting, began)
        case _:
            return None


def _of(state: StoryState, want: WaitForOperator, waiting: Waiting, since: datetime) -> Place:
    request = WorkRequest(
        story=state.id, queue=want.queue, since=since, priority=want.priority, unwanted=waiting.unwanted,
        personal=want.personal,
    )  # fmt: skip
    return Place(request=request, offered_to=waiting.offer.operator if waiting.offer else None, shown=state.shown)
