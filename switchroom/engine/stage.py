"""What a story may ask of the house; it sees nothing else of it."""

from collections.abc import Sequence
from typing import Protocol

from switchroom.domain.acts import Act
from switchroom.domain.events import Event
from switchroom.domain.identity import StoryId
from switchroom.domain.situations.scene import Asking
from switchroom.domain.stories import Moved, StoryState
from switchroom.engine.clock import Clock


class Stage(Protocol):
    """The narrow door between a story and the house."""

    @property
    def clock(self) -> Clock:
        """The house's clock."""

    def decide(self, state: StoryState, event: Event) -> Moved:
        """The pure decision, by the published configuration and the clock. Raises: Refusal."""

    async def keep(self, before: StoryState, moved: Moved) -> None:
        """Save a decision: state, facts, new dialogs and the operators that they touch, in one transaction."""

    def heard(self, state: StoryState, event: Event) -> None:
        """The story has taken this in; what was held for it meanwhile is free again."""

    def ask_others(self, story: StoryId, asks: Sequence[Asking]) -> None:
        """Tell other stories what this one wants of them; a refusal comes back as an event."""

    async def act(self, story: StoryId, acts: Sequence[Act]) -> None:
        """Ask the switch, in order."""
