"""Somebody hears themselves: a leg of the switch's own gives back what they say."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from switchroom.domain.acts import Act, Answer, AtEcho, Connect, Dissolve, Ring, Shown
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, LegAnswered, LegEnded, TimePassed
from switchroom.domain.facts.calls import CallAnswered, LegRung, LegTaken
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import BridgeId, LegId
from switchroom.domain.scenario.effects import CallerLeft, Done, HearOneself, Outcome, Trouble
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import Parted, Scene, Turn, gone, hang_up, whose

_COMES_WITHIN = timedelta(seconds=5)


class Echoing(Kind, frozen=True, kw_only=True):
    """`leg` is the one that gives back; `tries` counts those that were made."""

    leg: LegId
    until: datetime
    tries: int = 1


def hear_oneself(scene: Scene, want: HearOneself) -> Turn[Echoing]:
    """Make the leg that gives back."""
    return _make(scene, scene.began + want.at_most, 0)


def _make(scene: Scene, until: datetime, made: int) -> Turn[Echoing]:
    leg = LegId(scene.named("echo", made))
    act = Ring(leg=leg, to=AtEcho(), shown=Shown(), at_most=_COMES_WITHIN)
    echoing = Echoing(leg=leg, until=until, tries=made + 1)
    return Turn(situation=echoing, acts=(act,), facts=(LegRung(call=scene.story, leg=leg),), wake=until)


def hear_again(scene: Scene, want: HearOneself, situation: Echoing) -> Turn[Echoing]:
    """After a crash: the switch kept them connected."""
    return Turn(situation=situation, wake=situation.until)


def while_echoing(scene: Scene, want: HearOneself, situation: Echoing, event: Event) -> Turn[Echoing]:
    """Until the caller hangs up, or has heard enough."""
    match event:
        case LegAnswered(leg=leg) if leg == situation.leg:
            return _joined(scene, situation)
        case LegEnded(leg=leg, cause=EndCause.UNHEARD) if leg == situation.leg and scene.now < situation.until:
            turn = _make(scene, situation.until, situation.tries)  # lost with us, perhaps before it came to be
            return replace(turn, facts=(gone(scene, event), *turn.facts))
        case LegEnded(leg=leg) if leg == situation.leg:
            trouble = Trouble(why="The switch has no echo.")
            return _over(scene, situation, Parted((), (gone(scene, event),)), trouble)
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            return _over(scene, situation, Parted((), (gone(scene, event),)), left)
        case TimePassed() if scene.now >= situation.until:
            return _over(scene, situation, Parted(), Done())
        case _:
            return Turn(situation=situation, wake=situation.until)


def _bridge(scene: Scene) -> BridgeId:
    return BridgeId(scene.named("echo-talk"))


def _joined(scene: Scene, situation: Echoing) -> Turn[Echoing]:
    caller = scene.caller()
    acts: list[Act] = [Connect(bridge=_bridge(scene), legs=(caller, situation.leg))]
    facts: list[Fact] = [LegTaken(call=scene.story, leg=situation.leg)]
    if not scene.cast.caller_is_up():
        acts.insert(0, Answer(leg=caller))
        facts.append(CallAnswered(call=scene.story, leg=caller))
    return Turn(situation=situation, acts=tuple(acts), facts=tuple(facts), wake=situation.until)


def _over(scene: Scene, situation: Echoing, so_far: Parted, outcome: Outcome) -> Turn[Echoing]:
    ended = so_far + hang_up(scene, (situation.leg,), EndCause.NORMAL) + Parted((Dissolve(bridge=_bridge(scene)),))
    return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=outcome)
