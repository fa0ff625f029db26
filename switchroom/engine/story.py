"""The loop: hear, decide, save, act. Every story of the house lives in it; it never grows."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from switchroom.domain.events import Event, TimePassed
from switchroom.domain.identity import LegId
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.domain.stories import Moved, StoryState
from switchroom.engine.stage import Stage


@dataclass(frozen=True, slots=True)
class Letter:
    """An event on its way to a story; `answer` tells whoever asked how it went."""

    event: Event
    answer: "asyncio.Future[None] | None" = None
    refusing: Callable[[Refusal], None] | None = None
    """Told of a refusal by whoever does not wait for the answer."""

    def granted(self) -> None:
        """It was done, and is saved."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(None)

    def refused(self, why: Refusal) -> None:
        """It cannot be done now."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(why)
        if self.refusing is not None:
            self.refusing(why)


@dataclass(slots=True)
class Story:
    """A story that lives: its state, and what it has yet to hear."""

    state: StoryState
    mailbox: "asyncio.Queue[Letter]" = field(default_factory=asyncio.Queue)
    legs: set[LegId] = field(default_factory=set)
    """All legs that it ever had."""
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once its beginning is saved, for whoever waits for that."""

    turning: bool = False
    """A decision of its own is being saved and done."""
    giving: asyncio.Event | None = None
    """Another story takes a leg of this one: it stands still until that is saved."""

    def wait_for_giving(self) -> None:
        """Stand still."""
        self.giving = asyncio.Event()

    def take_back(self, which: Callable[[Event], bool]) -> list[Letter]:
        """Of what it has yet to hear, these are for somebody else."""
        letters = [self.mailbox.get_nowait() for _ in range(self.mailbox.qsize())]
        for letter in letters:
            if not which(letter.event):
                self.mailbox.put_nowait(letter)
        return [letter for letter in letters if which(letter.event)]

    def gave(self) -> None:
        """Its leg is the other one's; it is over, and wakes to hear of it."""
        if self.giving is not None:
            self.giving.set()
        self.mailbox.put_nowait(Letter(TimePassed()))

    def moved_to(self, state: StoryState) -> None:
        """It stands here from now on."""
        self.state = state
        self.legs.update(state.cast.legs)

    def close(self) -> None:
        """It is over: whoever asked for something meanwhile is told so, instead of waiting for ever."""
        while not self.mailbox.empty():
            self.mailbox.get_nowait().refused(NotFound(kind="call", key=self.state.id))

    async def next_letter(self, stage: Stage) -> Letter:
        """What happens next; the moment that the state waits for, if nothing comes before."""
        if self.state.wake is None:
            return await self.mailbox.get()
        until = stage.clock.seconds_until(self.state.wake)
        alarm = asyncio.get_running_loop().call_later(until, self.mailbox.put_nowait, Letter(TimePassed()))
        try:
            return await self.mailbox.get()
        finally:
            alarm.cancel()


async def live(story: Story, opening: Moved | None, stage: Stage) -> None:
    """One story from where it stands to its end: what was decided is saved before it is done.

    `opening` is how it begins; None if that was saved with the story that it comes from.
    """
    if opening is not None:
        await _open(story, opening, stage)
    while not story.state.over:
        letter = await story.next_letter(stage)
        if story.giving is not None:
            story.mailbox.put_nowait(letter)  # whoever asked for it meanwhile is told that this call is over
            await story.giving.wait()
            continue
        try:
            moved = stage.decide(story.state, letter.event)
        except Refusal as why:
            letter.refused(why)
            continue
        await _take(story, moved, letter, stage)


async def _open(story: Story, opening: Moved, stage: Stage) -> None:
    await stage.keep(story.state, opening)
    story.moved_to(opening.state)
    story.opened.set()
    await stage.act(story.state.id, opening.acts)
    stage.ask_others(story.state.id, opening.asks)


async def _take(story: Story, moved: Moved, letter: Letter, stage: Stage) -> None:
    story.turning = True
    if moved.state is not story.state:
        await stage.keep(story.state, moved)
        story.moved_to(moved.state)
    letter.granted()
    stage.heard(story.state, letter.event)
    await stage.act(story.state.id, moved.acts)
    story.turning = False
    stage.ask_others(story.state.id, moved.asks)
