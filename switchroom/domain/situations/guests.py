"""A leg of one call goes over to another: who picks up, or fetches, is taken in with the phone that they hold.

The one who wants it asks (`Fetching`); the call that is wanted decides, so that of two who ask the first one gets it;
and both are saved in one transaction.
"""

from datetime import datetime, timedelta
from typing import Any

from switchroom.domain.acts import Act, Answer
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, JoinRefused, LegEnded, TakeInAsked, TimePassed
from switchroom.domain.extensions import TargetKind
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import LegJoined, NotJoined
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.scenario.effects import CallerLeft, NotReached, ParkCall, PickUp
from switchroom.domain.setup import colleagues
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import Asking, Parted, Scene, Turn, gone, whose

_DECIDES_WITHIN = timedelta(seconds=10)


class Fetching(Kind, frozen=True, kw_only=True):
    """Another call was asked to take our caller in."""

    of: StoryId
    until: datetime
    tries: int = 0
    """How often others were asked before."""


def fetch(scene: Scene, of: StoryId) -> Turn[Any]:
    """Ask that call."""
    leg = scene.cast.legs[scene.caller()]
    event = TakeInAsked(
        giver=scene.story, leg=leg.id, user=leg.user, device=leg.device, trunk=leg.trunk, up=leg.up,
        number="" if leg.user else scene.shown.number, goes_out=leg.goes_out(scene.now),
    )  # fmt: skip
    fetching = Fetching(of=of, until=scene.now + _DECIDES_WITHIN)
    return Turn(situation=fetching, asks=(Asking(story=of, event=event),), wake=fetching.until)


def fetch_again(scene: Scene, want: ParkCall | PickUp, situation: Fetching) -> Turn[Any]:
    """After a crash: had it been granted, we would be no more."""
    return fetch(scene, situation.of)


def while_fetching(scene: Scene, want: ParkCall | PickUp, situation: Fetching, event: Event) -> Turn[Any]:
    """Until it is granted, which ends this call, or refused."""
    match event:
        case JoinRefused(why=why, taken_by=taken_by):
            return not_there(scene, situation, why, taken_by)
        case TimePassed() if scene.now >= situation.until:
            return not_there(scene, situation, "no answer")
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            return Turn(situation=situation, facts=(gone(scene, event),), outcome=left)
        case _:
            return Turn(situation=situation, wake=situation.until)


def not_there(scene: Scene, situation: Fetching, why: str, taken_by: UserId | None = None) -> Turn[Any]:
    """Somebody else was faster, or it has ended."""
    wanted_by = scene.cast.legs[scene.caller()].user
    told = NotJoined(call=scene.story, why=why, by=wanted_by, taken_by=taken_by)
    return Turn(situation=situation, facts=(told,), outcome=NotReached(cause=EndCause.BUSY))


def nothing_there(scene: Scene, why: str) -> Turn[Any]:
    """There is nothing to ask for."""
    return not_there(scene, Fetching(of=StoryId(""), until=scene.now), why)


def pick_up(scene: Scene, want: PickUp) -> Turn[Any]:
    """Ask the oldest call that rings there."""
    if want.call is not None:
        return fetch(scene, want.call)
    me = scene.cast.legs[scene.caller()].user
    wanted = _whose_phones(scene, me, want.of)
    for story, users in scene.around.ringing.items():
        if story != scene.story and wanted & set(users):
            return fetch(scene, story)
    return nothing_there(scene, "nothing rings there")


def _whose_phones(scene: Scene, me: UserId | None, of: str | None) -> set[str]:
    """Of whom it may be picked up: by the extension; else colleagues of the same group or department."""
    if of is None:
        return set(colleagues(scene.setup, me))
    target = scene.setup.target_of(of)
    if target is not None and target.kind is TargetKind.GROUP and target.key in scene.setup.groups:
        return set(scene.setup.groups[target.key].members)
    return {target.key} if target is not None and target.kind is TargetKind.USER else set()


def taken_in(scene: Scene, asked: TakeInAsked, talk: Parted) -> Parted:
    """The guest's leg is ours from now on, answered, and talks."""
    joined = LegJoined(
        call=scene.story, leg=asked.leg, was_of=asked.giver, user=asked.user, device=asked.device,
        trunk=asked.trunk, up=True, goes_out=asked.goes_out, dialogs=asked.dialogs,
    )  # fmt: skip
    answered: tuple[Act, ...] = () if asked.up else (Answer(leg=asked.leg),)
    told: tuple[Fact, ...] = (joined,)
    return Parted(answered, told) + talk
