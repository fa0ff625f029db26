"""The living system: stories, the desk and the waiting room over one switch and one ledger."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from switchroom.domain import stories
from switchroom.domain.acts import Act, HangUp
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, LegArrived, OfferMade, Request, TalkOver
from switchroom.domain.facts.calls import CallEnded, TalkEnded
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.operators import DeviceConnected, DeviceLost
from switchroom.domain.identity import LegId, StoryId, UserId, story_of
from switchroom.domain.people import Party, Variables
from switchroom.domain.plans import dialog_plan
from switchroom.domain.refusals import NotFound
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import NewDialog
from switchroom.domain.stories import Beginning, Moved, StoryKind, StoryState
from switchroom.engine import adoption
from switchroom.engine.arrivals import arrival_of
from switchroom.engine.clock import Clock
from switchroom.engine.desk import Desk
from switchroom.engine.story import Letter, Story, live
from switchroom.engine.waiting import WaitingRoom
from switchroom.storage.ledger import Change, Ledger
from switchroom.switch.port import (
    ActRefused,
    DeviceReach,
    Report,
    Switch,
    SwitchFoundAgain,
    SwitchGone,
    SwitchLost,
    TrunkReach,
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What an engine is made of."""

    switch: Switch
    ledger: Ledger
    clock: Clock
    new_story: Callable[[], StoryId]


class Engine:
    """One engine. It is the Stage of all its stories."""

    def __init__(self, parts: Parts, setup: Setup) -> None:
        self._switch = parts.switch
        self._ledger = parts.ledger
        self._new_story = parts.new_story
        self.clock = parts.clock
        self.setup = setup
        self.desk = Desk()
        self._waiting = WaitingRoom()
        self._stories: dict[StoryId, Story] = {}
        self._owner_of: dict[LegId, StoryId] = {}
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self, ready: asyncio.Event | None = None) -> None:
        """Take the house over, adopt what lives, and serve until cancelled."""
        await self._ledger.open(self.clock.wall())
        self.desk = Desk(self._ledger.operators())
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            await self._switch.open()
            if ready is not None:
                ready.set()
            async for report in self._switch.reports():
                await self._report(report)

    # ---- what people ask

    async def ask(self, story: StoryId, request: Request) -> None:
        """Pass a request on to a story, and return once it is done and saved.

        Raises: NotFound; another Refusal if it can't be done now.
        """
        found = self._stories.get(story)
        if found is None:
            raise NotFound(kind="call", key=story)
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        found.mailbox.put_nowait(Letter(request, answer))
        await answer

    async def tell(self, *facts: Fact) -> None:
        """Keep facts that belong to no story: of operators and of the house."""
        operators = self.desk.tell(facts, self.clock.now())
        await self._ledger.save(Change(at=self.clock.wall(), facts=facts, operators=operators))
        self._offer()

    def living(self) -> list[StoryState]:
        """All stories as they stand."""
        return [story.state for story in self._stories.values()]

    # ---- the stage

    def decide(self, state: StoryState, event: Event) -> Moved:
        """The pure decision. Raises: Refusal."""
        return stories.hear(state, event, self.clock.now(), self.setup)

    async def keep(self, before: StoryState, moved: Moved, *parties: Party) -> None:
        """Save a decision with all that follows from it."""
        opened = [self._opening(dialog, moved.state) for dialog in moved.opens]
        facts = moved.facts + tuple(fact for dialog in opened for fact in dialog.facts)
        states = (moved.state, *(dialog.state for dialog in opened))
        self._own(moved.state)
        operators = self.desk.tell(facts, self.clock.now())
        await self._ledger.save(
            Change(at=self.clock.wall(), facts=facts, states=states, operators=operators, parties=parties)
        )
        self._waiting.follow(moved.state)
        for dialog in opened:
            self._begin(Moved(state=dialog.state))
        self._tell_dialogs(moved)
        self._offer()

    def heard(self, state: StoryState, event: Event) -> None:
        """An offer that was heard is held no longer: its fact holds the operator now."""
        if isinstance(event, OfferMade):
            self.desk.release(state.id)
            self._offer()

    async def act(self, acts: Sequence[Act]) -> None:
        """Ask the switch, in order; when it is lost, adoption does it again."""
        for act in acts:
            try:
                await self._switch.do(act)
            except ActRefused as why:
                log.warning("act refused", act=type(act).__name__, why=str(why))
            except SwitchLost:
                return

    # ---- what the switch reports

    async def _report(self, report: Report) -> None:
        match report:
            case SwitchFoundAgain():
                await self._adopt()
            case SwitchGone() | TrunkReach():
                log.info("switch", report=report)
            case DeviceReach(device=device, reachable=reachable):
                await self._reach(device, reachable)
            case LegArrived():
                await self._arrive(report)
            case event:
                self._pass_on(event)

    def _pass_on(self, event: Event) -> None:
        owner = self._story_for(event)
        if owner is not None:
            owner.mailbox.put_nowait(Letter(event))

    def _story_for(self, event: Event) -> Story | None:
        named = getattr(event, "leg", None) or getattr(event, "playback", None) or getattr(event, "recording", None)
        story = self._owner_of.get(LegId(named)) if named else None
        if story is None and named:
            story = story_of(named)
        return self._stories.get(story) if story else None

    async def _arrive(self, event: LegArrived) -> None:
        if event.leg in self._owner_of:
            return
        arrival = arrival_of(event, self._new_story(), self.setup)
        if arrival is None:
            await self.act((HangUp(leg=event.leg, cause=EndCause.UNALLOCATED),))
            return
        moved = stories.begin(arrival.beginning, self.clock.now(), self.setup)
        self._own(moved.state)
        await self._ledger.save(Change(at=self.clock.wall(), parties=(arrival.party,)))
        self._begin(moved)

    async def _reach(self, device: str, reachable: bool) -> None:
        found = self.setup.devices.get(device)
        if found is None:
            return
        user = UserId(found.user)
        known = self.desk.operators.get(user)
        if reachable == (known is not None and device in known.devices):
            return
        kind = DeviceConnected if reachable else DeviceLost
        await self.tell(kind(operator=user, device=device))  # type: ignore[arg-type]

    # ---- stories

    def _begin(self, opening: Moved) -> None:
        state = opening.state
        story = Story(state)
        self._stories[state.id] = story
        assert self._tasks is not None
        self._tasks.create_task(self._live(story, opening), name=state.id)

    async def _live(self, story: Story, opening: Moved) -> None:
        await live(story, opening, self)
        self._stories.pop(story.state.id, None)
        self._owner_of = {leg: owner for leg, owner in self._owner_of.items() if owner != story.state.id}
        self.desk.release(story.state.id)
        self._offer()

    def _own(self, state: StoryState) -> None:
        self._owner_of |= dict.fromkeys(state.cast.legs, state.id)

    def _opening(self, dialog: NewDialog, call: StoryState) -> Moved:
        queue = self.setup.queues.get(dialog.queue) if dialog.queue else None
        limit = queue.wrap_up_limit.total_seconds() if queue and queue.wrap_up_limit else None
        params = {
            "version": self.setup.version("card", dialog.card),
            "holder": dialog.holder,
            "call": call.id,
            "queue": dialog.queue,
            "wrap_up_limit": limit,
        }
        beginning = Beginning(
            story=dialog.story,
            kind=StoryKind.DIALOG,
            plan=dialog_plan(dialog.card, params),
            variables=Variables(call.variables),
            language=call.language,
            shown=call.shown,
        )
        return stories.begin(beginning, self.clock.now(), self.setup)

    def _tell_dialogs(self, moved: Moved) -> None:
        if not any(isinstance(fact, TalkEnded | CallEnded) for fact in moved.facts):
            return
        for dialog in moved.state.cast.dialogs:
            if dialog in self._stories:
                self._stories[dialog].mailbox.put_nowait(Letter(TalkOver(call=moved.state.id)))

    def _offer(self) -> None:
        """Let the desk decide, and tell each chosen story."""
        for chosen in self.desk.choose(self._waiting.requests(), self.setup.queues, self.clock.now()):
            reachable = self.desk.operators[chosen.operator].devices
            offer = OfferMade(
                operator=chosen.operator,
                devices=tuple(sorted(reachable)),
                passed_over=chosen.passed_over,
                considered=chosen.considered,
                why=chosen.why,
            )
            self._stories[chosen.story].mailbox.put_nowait(Letter(offer))

    # ---- adoption

    async def _adopt(self) -> None:
        try:
            holdings = await self._switch.holdings()
        except SwitchLost:
            return
        for state in self._ledger.living():
            if state.id not in self._stories:
                self._waiting.follow(state)
                self._own(state)
                self._begin(stories.resume(state, self.clock.now(), self.setup))
        states = self.living()
        for state in states:
            for event in adoption.differences(state, holdings):
                self._stories[state.id].mailbox.put_nowait(Letter(event))
        for dialog, call in adoption.talks_over(states):
            self._stories[dialog].mailbox.put_nowait(Letter(TalkOver(call=call)))
        await self.act([HangUp(leg=leg) for leg in adoption.orphans(states, holdings)])
        for device in self.setup.devices:
            await self._reach(device, device in holdings.reachable)
