"""A leg that goes over from one living call to another: asked for, decided by the one that takes it, saved at once."""

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from switchroom.domain import stories
from switchroom.domain.events import (
    DeviceReturned,
    Event,
    JoinRefused,
    PhoneTakenOver,
    Request,
    TakeInAsked,
    TransferAsked,
)
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.refusals import NotNow, Refusal
from switchroom.domain.scenario.effects import FillCard
from switchroom.domain.situations.guests import Fetching
from switchroom.domain.situations.scene import Asking, Surroundings
from switchroom.domain.situations.standing import Together
from switchroom.domain.stories import Moved
from switchroom.domain.titles import Title
from switchroom.engine.story import Letter, Story


def check(living: Mapping[StoryId, Story], asked: TakeInAsked, into: StoryId | None = None) -> None:
    """Whether the giver still has the leg, stands still, and still wants it to go `into` that call, if it asked.

    Raises: NotNow.
    """
    giver = living.get(asked.giver)
    if giver is None or giver.turning or giver.giving is not None or asked.leg not in giver.state.cast.legs:
        raise NotNow(what=Title("who asked has hung up", "тот, кто просил, положил трубку"))
    wish = giver.state.situation
    if into is not None and not (isinstance(wish, Fetching) and wish.of == into):
        raise NotNow(what=Title("who asked has hung up", "тот, кто просил, положил трубку"))


def with_third(
    living: Mapping[StoryId, Story], event: TransferAsked, consulted: StoryId | None, now: datetime
) -> TransferAsked:
    """The same with the other party of the call in which the phone has asked; `now` is steady."""
    story = living.get(consulted) if consulted else None
    other = story.state.cast.other_than(event.consulted) if story and event.consulted else None
    leg = story.state.cast.legs.get(other) if story and other else None
    if story is None or leg is None or isinstance(story.state.situation, Together):
        return event  # of a conference nobody is taken out like that: it would end for the others
    third = TakeInAsked(
        giver=story.state.id, leg=leg.id, user=leg.user, device=leg.device, trunk=leg.trunk, up=leg.up,
        goes_out=leg.goes_out(now), queue=story.state.cast.queue, dialogs=_cards_of(living, story, leg.user),
    )  # fmt: skip
    return msgspec.structs.replace(event, third=third)


def _cards_of(living: Mapping[StoryId, Story], story: Story, user: UserId | None) -> tuple[StoryId, ...]:
    """The cards of this call that lie before them."""
    effects = {key: living[key].state.effect for key in story.state.cast.dialogs if key in living}
    return tuple(key for key, effect in effects.items() if isinstance(effect, FillCard) and effect.holder == user)


def reserved(living: Mapping[StoryId, Story], moved: Moved) -> Moved:
    """From this decision on until it is saved, the givers wait."""
    for taken in moved.takes:
        giver = living[taken.giver]
        giver.wait_for_giving()
        _pass_on(giver, living[moved.state.id], taken.leg)
    return moved


def given(living: Mapping[StoryId, Story], moved: Moved, around: Callable[[], Surroundings]) -> list[Moved]:
    """How the givers end."""
    return [
        stories.give(living[taken.giver].state, taken.leg, moved.state.id, around())
        for taken in moved.takes if taken.giver in living
    ]  # fmt: skip


def finish(living: Mapping[StoryId, Story], moved: Moved, gone: list[Moved]) -> None:
    """It is saved: the givers are over, and the legs are no longer theirs."""
    for taken, over in zip(moved.takes, gone, strict=True):
        giver = living[taken.giver]
        _pass_on(giver, living[moved.state.id], taken.leg)
        giver.moved_to(over.state)
        giver.legs.discard(taken.leg)
        giver.gave()


def _pass_on(giver: Story, taker: Story, leg: LegId) -> None:
    """What was told of this leg, and not heard yet, is for the taker: that it has ended, above all."""
    device = giver.state.cast.legs[leg].device
    for letter in giver.take_back(lambda event: _is_about(event, leg, device)):
        taker.mailbox.put_nowait(letter)


def _is_about(event: Event, leg: LegId, device: DeviceId | None) -> bool:
    if isinstance(event, DeviceReturned | PhoneTakenOver):
        return event.device == device
    return getattr(event, "leg", None) == leg and not isinstance(event, Request)


def ask(living: Mapping[StoryId, Story], asking: Asking, by: StoryId) -> None:
    """Tell the other call; who asks hears of it if it is refused."""
    asker, other = living.get(by), living.get(asking.story)
    if asker is None:
        return
    if other is None:
        asker.mailbox.put_nowait(Letter(JoinRefused(why="it is over")))
        return

    def refused(why: Refusal) -> None:
        told = JoinRefused(why=why.sentence("en"), code=why.code, taken_by=_talks_in(other))
        asker.mailbox.put_nowait(Letter(told))

    other.mailbox.put_nowait(Letter(asking.event, refusing=refused))


def _talks_in(story: Story) -> UserId | None:
    """Who of us has the call now."""
    cast = story.state.cast
    return cast.served_by if cast.talk_began is not None else None
