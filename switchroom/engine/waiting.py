"""Who waits where, since when: read from the stories themselves, so that it is right after a crash too."""

from switchroom.domain.distribution import WorkRequest
from switchroom.domain.identity import StoryId
from switchroom.domain.scenario.effects import WaitForOperator
from switchroom.domain.situations.waiting import Waiting
from switchroom.domain.stories import StoryState


class WaitingRoom:
    """All work requests of calls that wait and are not being offered to anybody at this moment."""

    def __init__(self) -> None:
        self._places: dict[StoryId, WorkRequest] = {}

    def follow(self, state: StoryState) -> None:
        """Take the place that this state asks for, or give it back."""
        request = _request(state)
        if request is None:
            self._places.pop(state.id, None)
        else:
            self._places[state.id] = request

    def requests(self) -> list[WorkRequest]:
        """Everybody who waits."""
        return list(self._places.values())


def _request(state: StoryState) -> WorkRequest | None:
    match state.effect, state.situation:
        case WaitForOperator() as want, Waiting(offer=None):
            return WorkRequest(story=state.id, queue=want.queue, since=state.began, priority=want.priority)
        case _:
            return None
