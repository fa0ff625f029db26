"""The living system: stories, the desk and the waiting room over one switch and one ledger."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from msgspec.structs import replace

from switchroom.domain import stories
from switchroom.domain.acts import Act, HangUp, TellTransfer
from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    DeviceReturned,
    Event,
    LegArrived,
    LegEnded,
    LegUnnoticed,
    OfferMade,
    PhoneTakenOver,
    Request,
    SwitchReturned,
    TakeInAsked,
    TalkOver,
    TransferAsked,
)
from switchroom.domain.facts.calls import CallEnded, CallWhileAway, LegGone, QualityMeasured, TalkEnded
from switchroom.domain.facts.every import Fact, Kept
from switchroom.domain.facts.house import EngineStarted, OutgoingBlocked, SwitchFound
from switchroom.domain.facts.house import SwitchLost as SwitchGoneFact
from switchroom.domain.facts.operators import DeviceConnected, DeviceLost
from switchroom.domain.identity import DeviceId, LegId, StoryId, TrunkId, UserId, story_of
from switchroom.domain.operators import Operator
from switchroom.domain.people import Party
from switchroom.domain.placing import Placed
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.domain.setup import Setup
from switchroom.domain.situations.conduct import awaited
from switchroom.domain.situations.scene import Asking, Surroundings
from switchroom.domain.stories import Moved, StoryState
from switchroom.engine import adoption, joining
from switchroom.engine.arrivals import arrival_of
from switchroom.engine.clock import Clock
from switchroom.engine.contacts import KnownContacts
from switchroom.engine.desk import Desk
from switchroom.engine.dialogs import dialog_of
from switchroom.engine.guard import fraud_legs
from switchroom.engine.modes import Modes
from switchroom.engine.outside import KeptOutside, Outside
from switchroom.engine.owners import Owners
from switchroom.engine.places import Places
from switchroom.engine.quality import Heard
from switchroom.engine.story import Letter, Story, live
from switchroom.engine.trunks import Trunks
from switchroom.engine.waiting import WaitingRoom
from switchroom.storage.ledger import Change, Ledger, Write
from switchroom.switch.port import (
    ActRefused,
    DeviceReach,
    Holdings,
    LegMeasured,
    Report,
    Switch,
    SwitchFoundAgain,
    SwitchGone,
    SwitchLost,
)

log = structlog.get_logger()

_TRY_ACT_AGAIN_AFTER = 0.5
"""An act that a busy switch did not answer in time, or the first one after it died; seconds."""

Bookkeeper = Callable[[Change], Sequence[Write]]
"""Whoever keeps books that follow from a change: what they write goes into the same transaction."""
Listener = Callable[[Sequence[Kept]], None]
"""Whoever is told of facts once they are on disk."""
Follower = Callable[[Change], None]
"""Whoever is told of a whole change, with what the bookkeepers wrote, once it is on disk."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What an engine is made of. The lease is renewed every so often, in steady time."""

    switch: Switch
    ledger: Ledger
    clock: Clock
    new_story: Callable[[], StoryId]
    bookkeepers: Sequence[Bookkeeper] = ()
    listeners: Sequence[Listener] = ()
    followers: Sequence[Follower] = ()
    modes: Modes = field(default_factory=Modes)
    outside: KeptOutside = field(default_factory=KeptOutside)
    contacts: KnownContacts = field(default_factory=KnownContacts)
    renew_every: timedelta = timedelta(seconds=2)


class Engine:
    """One engine. It is the Stage of all its stories."""

    def __init__(self, parts: Parts, setup: Setup) -> None:
        self._parts = parts
        self._switch = parts.switch
        self._ledger = parts.ledger
        self.clock = parts.clock
        self.setup = setup
        self.desk = Desk()
        self.waiting = WaitingRoom()
        self.outside = Outside(lambda: self.setup, parts.clock, parts.outside)
        self.lines = self.outside.lines
        self.places = Places()
        self.modes = parts.modes
        self.contacts = parts.contacts
        self.trunks = Trunks(lambda: self.setup, parts.clock.wall)
        self.switch_lost: bool | None = None
        """None before the switch was found for the first time."""
        self._stories: dict[StoryId, Story] = {}
        self._owners = Owners()
        self.heard_by_pages = Heard()
        self._acts_lost: set[StoryId] = set()
        self._done: list[StoryId] = []
        """Their last acts are done: they go with whatever is saved next. Should we die before, they are done again."""
        self._reachable: set[DeviceId] = set()
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self, ready: asyncio.Event | None = None) -> None:
        """Take the house over, adopt what lives, and serve until cancelled.

        Raises: TakenOver, in a group, once another engine has the house.
        """
        await self._ledger.open(self.clock.wall())
        self.clock.go_on_from(self.clock.wall() - self._ledger.found_behind)
        self.desk = Desk(self._ledger.operators())
        await self.tell(EngineStarted(epoch=self._ledger.epoch, away=self._away()))
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            tasks.create_task(self._renew(), name="lease")
            await self._switch.open()
            if ready is not None:
                ready.set()
            async for report in self._switch.reports():
                await self._report(report)

    def _away(self) -> timedelta | None:
        """How long nobody has looked after the house; None if it is new."""
        return self.clock.wall() - self._ledger.last_seen if self._ledger.last_seen else None

    async def say_alive(self) -> None:
        """Whoever takes over knows from this moment on that nobody looked after the house. Raises: TakenOver."""
        await self._ledger.renew(self.clock.wall(), self.clock.behind(), self._take_done())

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._parts.renew_every.total_seconds())
            await self.say_alive()

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

    async def place(self, make: Callable[[StoryId, Surroundings], Placed]) -> StoryId:
        """Begin a call that one of us places, and return once it is saved. Raises whatever `make` raises."""
        around = self.around()
        placed = make(self._parts.new_story(), around)
        moved = replace(stories.begin(placed.beginning, around), parties=placed.parties)
        await self._begin(moved.state, moved).opened.wait()
        return moved.state.id

    async def tell(self, *facts: Fact, also: tuple[Write, ...] = ()) -> None:
        """Keep facts that no story tells by itself: of operators, of recordings, of the house."""
        await self._told(facts, self.desk.tell(facts, self.clock.now()), also)

    async def _told(self, facts: Sequence[Fact], operators: Sequence[Operator], also: Sequence[Write] = ()) -> None:
        if facts or also:
            told = Change(at=self.clock.wall(), facts=tuple(facts), operators=tuple(operators), also=tuple(also))
            await self._save(told)
        if operators:
            self._offer()

    async def take_in(self, fact: CallWhileAway, party: Party) -> None:
        """Keep a call that was served without us, unless it was taken in before."""
        if await asyncio.to_thread(self._ledger.party, party.id) is None:
            await self._save(Change(at=self.clock.wall(), facts=(fact,), parties=(party,)))

    async def take_setup(self, setup: Setup) -> None:
        """From now on this picture holds; running scenarios keep the version that they began with."""
        self.setup = setup
        for user in self.desk.operators:
            await self._forget_devices(user)
        self._offer()

    async def _forget_devices(self, user: UserId) -> None:
        """Devices that were removed, or given to somebody else, can't be rung for this user."""
        gone = {device for device in self.desk.operators[user].devices if not self._belongs(device, user)}
        if gone:
            await self.tell(*(DeviceLost(operator=user, device=device) for device in sorted(gone)))

    def _belongs(self, device: DeviceId, user: UserId) -> bool:
        known = self.setup.device(device)
        return known is not None and known.user == user

    def phone_changed(self, event: DeviceReturned | PhoneTakenOver) -> None:
        """A page became, or is again, the phone in a user's browser: calls that it takes part in hear of it."""
        for story in self._stories.values():
            legs = story.state.cast.legs.values()
            if event.device in awaited(story.state.situation) or any(leg.device == event.device for leg in legs):
                story.mailbox.put_nowait(Letter(event))

    def state_of(self, story: StoryId) -> StoryState | None:
        """A story as it stands; None if it does not live."""
        found = self._stories.get(story)
        return found.state if found else None

    def living(self) -> list[StoryState]:
        """All stories as they stand."""
        return [story.state for story in self._stories.values()]

    # ---- the stage

    def decide(self, state: StoryState, event: Event) -> Moved:
        """The pure decision. Raises: Refusal."""
        wanted = event.third if isinstance(event, TransferAsked) else event
        if isinstance(wanted, TakeInAsked):
            joining.check(self._stories, wanted, into=state.id if wanted is event else None)
        return joining.reserved(self._stories, stories.hear(state, event, self.around()))

    async def keep(self, before: StoryState, moved: Moved) -> None:
        """Save a decision with all that follows from it."""
        opened = [stories.begin(dialog_of(d, moved.state, self.setup), self.around()) for d in moved.opens]
        facts = moved.facts + tuple(fact for dialog in opened for fact in dialog.facts)
        givers = joining.given(self._stories, moved, self.around)
        facts += tuple(fact for giver in givers for fact in giver.facts)
        states = (moved.state, *(dialog.state for dialog in opened), *(giver.state for giver in givers))
        self._owners.follow(moved.state)
        self.places.follow(moved.state)
        operators = self.desk.tell(facts, self.clock.now())
        change = Change(
            at=self.clock.wall(), facts=facts, states=states, operators=operators, parties=moved.parties,
            heard=moved.heard + tuple(one for dialog in opened for one in dialog.heard),
        )  # fmt: skip
        await self._save(change)
        for dialog in opened:
            self._begin(dialog.state)
        moves = self.waiting.follow(moved.state)
        self.lines.follow(moved.state)
        await self._stop(self.outside.guard.follow(facts))
        joining.finish(self._stories, moved, givers)
        for giver in givers:
            self.lines.follow(giver.state)
            await self.act(giver.state.id, giver.acts)
        self._tell_dialogs(moved)
        if moves or operators:
            self._offer()

    async def _stop(self, suspects: Sequence[OutgoingBlocked]) -> None:
        """Whoever calls as a thief does is stopped at once: their calls outside end, and no more begin."""
        if not suspects:
            return
        ended = [stopped for state in self.living() for one in suspects for stopped in fraud_legs(state, one)]
        await self.tell(*suspects, *ended)
        assert self._tasks is not None
        for stopped in ended:
            self._tasks.create_task(self._do(HangUp(leg=stopped.leg)), name="stop")

    def heard(self, state: StoryState, event: Event) -> None:
        """An offer that was heard is held no longer: its fact holds the operator now."""
        if isinstance(event, OfferMade):
            self.desk.release(state.id)
            self._offer()

    async def act(self, story: StoryId, acts: Sequence[Act]) -> None:
        """Ask the switch, in order; when it is lost, the story is taken up again once it is back."""
        try:
            for act in acts:
                await self._do(act)
        except SwitchLost:
            self._acts_lost.add(story)

    def ask_others(self, story: StoryId, asks: Sequence[Asking]) -> None:
        """Tell other stories what this one wants of them."""
        for asking in asks:
            joining.ask(self._stories, asking, story)

    # ---- the books

    def around(self) -> Surroundings:
        """What is around all stories now."""
        return Surroundings(
            now=self.clock.now(), wall=self.clock.wall(), setup=self.setup, waiting=self.waiting.lengths(),
            reachable=self._reachable, lines=self.lines.used(), outside=self.lines.outside(),
            operators=self.desk.operators, thrown=self.modes.thrown(), outgoing=self.lines.outgoing(),
            spent=self.outside.spending.by, blocked=self.outside.guard.blocked(),
            blocked_devices=self.outside.guard.blocked_devices(), down=self.trunks.avoided(),
            parked=self.places.parked(), rooms=self.places.rooms(), ringing=self.places.ringing(),
        )  # fmt: skip

    async def _save(self, change: Change) -> None:
        also = tuple(write for keeper in self._parts.bookkeepers for write in keeper(change))
        operators = self.desk.newest(change.operators)
        whole = replace(change, operators=operators, also=change.also + also, forget=self._take_done())
        kept = await self._ledger.save(whole)
        self.desk.saved(operators)
        self.modes.tell(change.facts)
        self.outside.tell(change.facts)
        for listener in self._parts.listeners:
            listener(kept)
        for follower in self._parts.followers:
            follower(whole)

    def _take_done(self) -> tuple[StoryId, ...]:
        done, self._done = tuple(self._done), []
        return done

    async def _do(self, act: Act) -> None:
        """Until it is done or refused, as long as the switch is there. Raises: SwitchLost."""
        while True:
            try:
                return await self._switch.do(act)
            except ActRefused as why:
                log.warning("act refused", act=type(act).__name__, why=str(why))
                return None
            except SwitchLost as why:
                if self.switch_lost:
                    raise
                log.warning("act not done yet", act=type(act).__name__, why=str(why))
            await asyncio.sleep(_TRY_ACT_AGAIN_AFTER)

    # ---- what the switch reports

    async def _report(self, report: Report) -> None:
        match report:
            case SwitchFoundAgain():
                await self._found(report.node)
            case SwitchGone():
                await self._gone(report.node)
            case DeviceReach(device=device, reachable=reachable):
                self._reach({device: reachable})
            case LegArrived():
                self._arrive(report)
            case LegMeasured():
                self._measured(report)
            case LegUnnoticed():
                self._unnoticed(report)
            case event:
                self._pass_on(event)

    async def _gone(self, node: str) -> None:
        if self.switch_lost:
            return
        self.switch_lost = True
        log.warning("switch lost", node=node)
        await self.tell(SwitchGoneFact(node=node))

    def _pass_on(self, event: Event) -> None:
        owner = self._story_for(event)
        if owner is not None and isinstance(event, TransferAsked):
            self._transfer(owner, event)
        elif owner is not None:
            owner.mailbox.put_nowait(Letter(event))

    def _transfer(self, owner: Story, event: TransferAsked) -> None:
        """A phone waits for the answer: a refusal is told to it."""
        consulted = self._owners.story_of(event.consulted) if event.consulted else None
        event = joining.with_third(self._stories, event, consulted, self.clock.now())

        def refused(why: Refusal) -> None:
            assert self._tasks is not None
            self._tasks.create_task(self.act(owner.state.id, (TellTransfer(leg=event.leg, granted=False),)))

        owner.mailbox.put_nowait(Letter(event, refusing=refused))

    def _story_for(self, event: Event) -> Story | None:
        named = getattr(event, "leg", None) or getattr(event, "playback", None) or getattr(event, "recording", None)
        story = self._owners.story_of(LegId(named)) if named else None
        if story is None and named:
            story = story_of(named)
        return self._stories.get(story) if story else None

    def _measured(self, report: LegMeasured) -> None:
        """Perhaps after the end of its story. Whoever reads the reports does not wait for the disk."""
        owner = self._owners.lately(report.leg)
        if owner is not None and self._tasks is not None:
            quality = self.heard_by_pages.complete(owner.user, owner.story, report.quality, self.clock.now())
            fact = QualityMeasured(call=owner.story, leg=report.leg, user=owner.user, quality=quality)
            self._tasks.create_task(self.tell(fact), name="quality")

    def _unnoticed(self, event: LegUnnoticed) -> None:
        """Other calls try other trunks first, for a while."""
        owner = self._story_for(event)
        leg = owner.state.cast.legs.get(event.leg) if owner is not None else None
        if leg is not None and leg.trunk is not None:
            self.trunks.unnoticed(leg.trunk)
        self._pass_on(event)

    def _arrive(self, event: LegArrived) -> None:
        """Nothing is saved here: whoever reads the reports must not wait for the disk at every call."""
        if event.leg in self._owners:
            return
        around = self.around()
        arrival = arrival_of(event, self._parts.new_story(), around, self.contacts.of)
        moved = replace(stories.begin(arrival.beginning, around), parties=arrival.parties)
        self._owners.claim(event.leg, moved.state.id)
        self._begin(moved.state, moved)

    def _reach(self, reach: Mapping[str, bool]) -> asyncio.Task[None]:
        """What can be rung from now on, or no longer. Whoever reads the reports does not wait for the disk."""
        facts = tuple(fact for device, reachable in reach.items() for fact in self._reached(device, reachable))
        operators = self.desk.tell(facts, self.clock.now())
        assert self._tasks is not None
        return self._tasks.create_task(self._told(facts, operators), name="reach")

    def _reached(self, device: str, reachable: bool) -> Iterator[Fact]:
        if device in self.setup.trunks:
            yield from self.trunks.answers(device, reachable)
            if device in self.trunks.down():
                self._trunk_died(TrunkId(device))
        found = self.setup.device(device)
        if found is None:
            return
        (self._reachable.add if reachable else self._reachable.discard)(DeviceId(device))
        user = UserId(found.user)
        known = self.desk.operators.get(user)
        if reachable != (known is not None and device in known.devices):
            yield (DeviceConnected if reachable else DeviceLost)(operator=user, device=DeviceId(device))

    def _trunk_died(self, trunk: TrunkId) -> None:
        """What rings over it will not be answered any more: each story tries its next trunk now."""
        for story in list(self._stories.values()):
            for leg in story.state.cast.legs.values():
                if leg.trunk == trunk and leg.outgoing and not leg.up:
                    story.mailbox.put_nowait(Letter(LegEnded(leg=leg.id, cause=EndCause.UNREACHABLE)))
                    assert self._tasks is not None
                    self._tasks.create_task(self._do(HangUp(leg=leg.id)), name="trunk died")

    # ---- stories

    def _begin(self, state: StoryState, opening: Moved | None = None) -> Story:
        """A story lives from now on; without an opening it is saved already."""
        story = Story(state)
        self._stories[state.id] = story
        if opening is not None:
            self.places.follow(state)  # whoever decides next, before this is saved, must not take the same place
        assert self._tasks is not None
        self._tasks.create_task(self._live(story, opening), name=state.id)
        return story

    async def _live(self, story: Story, opening: Moved | None) -> None:
        await live(story, opening, self)
        if story.state.acts and story.state.id not in self._acts_lost:
            self._done.append(story.state.id)
        self._stories.pop(story.state.id, None)
        story.close()
        self._owners.let_go(story.legs)
        self._acts_lost.discard(story.state.id)
        self.desk.release(story.state.id)
        self._offer()

    def _tell_dialogs(self, moved: Moved) -> None:
        """Whoever has left the call goes on with their card: of several who had it, each when they left."""
        if not any(isinstance(fact, LegGone | TalkEnded | CallEnded) for fact in moved.facts):
            return
        for dialog in moved.state.cast.dialogs:
            card = self._stories.get(dialog)
            if card is not None and adoption.talk_is_over(card.state, moved.state):
                card.mailbox.put_nowait(Letter(TalkOver(call=moved.state.id)))

    def _offer(self) -> None:
        """Let the desk decide, and tell each chosen story."""
        for chosen in self.desk.choose(self.waiting.requests(), self.setup.queues, self.clock.now()):
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

    async def _found(self, node: str) -> None:
        was_lost, self.switch_lost = self.switch_lost, False
        try:
            lost = await self._adopt()
        except SwitchLost:
            self.switch_lost = True  # gone again: it will be found again
            return
        if was_lost:
            await self.tell(SwitchFound(node=node, calls_lost=lost))

    async def _adopt(self) -> int:
        """Take up what was saved and what the switch holds; returns how many calls lost their caller."""
        holdings = await self._switch.holdings()
        known = (*self.setup.every_device(), *self.setup.trunks)
        reached = self._reach({device: DeviceId(device) in holdings.reachable for device in known})
        for state in self._ledger.living():
            if state.id not in self._stories:
                self._take_up(state, holdings)
        states = self.living()
        for state in states:
            self._tell_what_was_missed(state, holdings)
        for dialog, call in adoption.talks_over(states):
            self._stories[dialog].mailbox.put_nowait(Letter(TalkOver(call=call)))
        for orphan in adoption.orphans(states, holdings):
            await self._do(HangUp(leg=orphan))
        for arrival in adoption.unheard(states, holdings):
            self._arrive(arrival)
        await reached
        for device in self._reachable:
            self.phone_changed(DeviceReturned(device=device, anew=False))
        self._offer()
        return sum(1 for state in states if state.cast.caller is not None and state.cast.caller not in holdings.legs)

    def _take_up(self, state: StoryState, holdings: Holdings) -> None:
        self.waiting.follow(state)
        self.lines.follow(state)
        self.places.follow(state)
        self._owners.follow(state)
        returned = adoption.returned(state, holdings, self._away() or timedelta(0))
        resumed = stories.resume(state, self.around(), returned)
        self._begin(resumed.state, resumed)

    def _tell_what_was_missed(self, state: StoryState, holdings: Holdings) -> None:
        mailbox = self._stories[state.id].mailbox
        for event in adoption.differences(state, holdings, self.clock.behind()):
            mailbox.put_nowait(Letter(event))
        if state.id in self._acts_lost:
            self._acts_lost.discard(state.id)
            mailbox.put_nowait(Letter(SwitchReturned()))
