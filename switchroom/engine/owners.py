"""Whose leg is whose: of stories that live, and of those that ended a moment ago, when the last word on a leg comes."""

from collections.abc import Iterable

from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.shapes import Value
from switchroom.domain.stories import StoryState

_REMEMBERED = 1000


class Owner(Value, frozen=True, kw_only=True):
    """The story that a leg belongs to, and who of us is at it; None: somebody outside, or not known."""

    story: StoryId
    user: UserId | None = None


class Owners:
    """Of all legs."""

    def __init__(self) -> None:
        self._of: dict[LegId, Owner] = {}
        self._lately: dict[LegId, Owner] = {}

    def __contains__(self, leg: LegId) -> bool:
        return leg in self._of

    def claim(self, leg: LegId, story: StoryId) -> None:
        """It has just come in, for this story."""
        self._of[leg] = Owner(story=story)

    def follow(self, state: StoryState) -> None:
        """These are its legs now; those that it had stay its own."""
        self._of |= {leg.id: Owner(story=state.id, user=leg.user) for leg in state.cast.legs.values()}

    def story_of(self, leg: LegId) -> StoryId | None:
        """The story that lives with this leg."""
        owner = self._of.get(leg)
        return owner.story if owner else None

    def lately(self, leg: LegId) -> Owner | None:
        """Whose leg it is, or was a moment ago."""
        return self._of.get(leg) or self._lately.get(leg)

    def let_go(self, legs: Iterable[LegId]) -> None:
        """Their story is over."""
        for leg in legs:
            owner = self._of.pop(leg, None)
            if owner is not None:
                self._lately[leg] = owner
        while len(self._lately) > _REMEMBERED:
            self._lately.pop(next(iter(self._lately)))
