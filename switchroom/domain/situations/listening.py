"""Listening to a talk: an ear on one leg of it hears both sides, and nobody hears who listens.

The ear is a leg of the story that listens; the facts that tell of it belong to the call that is listened to.
"""

from datetime import datetime

from switchroom.domain.acts import Connect, Dissolve, Overhear
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, LegEnded
from switchroom.domain.facts.calls import ListeningBegan, ListeningEnded
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import BridgeId, LegId, UserId
from switchroom.domain.scenario.effects import CallerLeft, Done, ListenTo, Outcome
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import Parted, Scene, Turn, gone, hang_up, whose


class Listening(Kind, frozen=True, kw_only=True):
    """The ear is there."""

    ear: LegId
    since: datetime


def listen(scene: Scene, want: ListenTo) -> Turn[Listening]:
    """Make the ear, and let who wants it hear it."""
    ear = LegId(scene.named("ear"))
    began = ListeningBegan(call=want.call, by=_who(scene), through=scene.story, leg=ear)
    acts = (Overhear(leg=ear, of=want.leg), Connect(bridge=_bridge(scene), legs=(scene.caller(), ear)))
    return Turn(situation=Listening(ear=ear, since=scene.now), acts=acts, facts=(began,))


def listen_again(scene: Scene, want: ListenTo, situation: Listening) -> Turn[Listening]:
    """After a crash: the switch kept them connected."""
    return Turn(situation=situation)


def while_listening(scene: Scene, want: ListenTo, situation: Listening, event: Event) -> Turn[Listening]:
    """Until the call ends, or who listens has heard enough."""
    match event:
        case LegEnded(leg=leg) if leg == situation.ear:
            return _over(scene, want, situation, event, Done())
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            return _over(scene, want, situation, event, left)
        case _:
            return Turn(situation=situation)


def _who(scene: Scene) -> UserId:
    user = scene.cast.legs[scene.caller()].user
    if user is None:
        raise ValueError("Only one of us listens.")
    return user


def _bridge(scene: Scene) -> BridgeId:
    return BridgeId(scene.named("listen"))


def _over(scene: Scene, want: ListenTo, situation: Listening, event: LegEnded, outcome: Outcome) -> Turn[Listening]:
    lasted = scene.now - situation.since
    told: tuple[Fact, ...] = (
        gone(scene, event),
        ListeningEnded(call=want.call, by=_who(scene), through=scene.story, lasted=lasted),
    )
    ears = (situation.ear,) if event.leg != situation.ear else ()
    ended = Parted((), told) + hang_up(scene, ears, EndCause.NORMAL) + Parted((Dissolve(bridge=_bridge(scene)),))
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=outcome)
