"""A caller waits with music at a parking place, until somebody fetches them or it goes back to who parked them."""

from datetime import datetime

from switchroom.domain.acts import Act, Answer, StartMusic, StopMusic
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, LegEnded, TakeInAsked, TimePassed
from switchroom.domain.extensions import Service, Target, TargetKind
from switchroom.domain.facts.calls import CallAnswered
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import CallParked, CallRetrieved, ParkingEnded
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import CallerLeft, Connected, NotReached, ParkCall
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.guests import (
    Fetching,
    fetch,
    fetch_again,
    nothing_there,
    taken_in,
    while_fetching,
)
from switchroom.domain.situations.ringing import connect
from switchroom.domain.situations.scene import Parted, Scene, Taking, Turn, gone, whose
from switchroom.domain.titles import Title


def free_place(scene: Scene) -> str:
    """The first parking place at which nobody waits. Raises: NotNow."""
    places = (
        number
        for number, extension in sorted(scene.setup.extensions.items())
        if extension.target == Target(kind=TargetKind.SERVICE, key=Service.PARKING)
    )
    found = next((place for place in places if place not in scene.around.parked), None)
    if found is None:
        raise NotNow(what=Title("no parking place is free", "нет свободного места парковки"))
    return found


class Parked(Kind, frozen=True, kw_only=True):
    """The caller waits."""

    until: datetime


Parking = Parked | Fetching


def park(scene: Scene, want: ParkCall) -> Turn[Parking]:
    """Wait at the place; one of us who dials it fetches who waits there."""
    here = scene.around.parked.get(want.place)
    if scene.cast.ours and want.back_to is None:
        return nothing_there(scene, "nobody waits there") if here is None else fetch(scene, here)
    situation = Parked(until=scene.now + scene.setup.company.park_for)
    if here is not None and here != scene.story:
        return Turn(situation=situation, outcome=NotReached(cause=EndCause.BUSY))
    caller = scene.caller()
    acts: list[Act] = [StartMusic(leg=caller)]
    facts: list[Fact] = [CallParked(call=scene.story, place=want.place, by=want.back_to)]
    if not scene.cast.caller_is_up():
        acts.insert(0, Answer(leg=caller))
        facts.insert(0, CallAnswered(call=scene.story, leg=caller))
    return Turn(situation=situation, acts=tuple(acts), facts=tuple(facts), wake=situation.until)


def park_again(scene: Scene, want: ParkCall, situation: Parking) -> Turn[Parking]:
    """After a crash: they wait on."""
    if isinstance(situation, Fetching):
        return fetch_again(scene, want, situation)
    return Turn(situation=situation, acts=(StartMusic(leg=scene.caller()),), wake=situation.until)


def while_parked(scene: Scene, want: ParkCall, situation: Parking, event: Event) -> Turn[Parking]:
    """Until somebody comes, nobody came in time, or the caller leaves."""
    if isinstance(situation, Fetching):
        return while_fetching(scene, want, situation, event)
    match event:
        case TakeInAsked():
            return _fetched(scene, want, situation, event)
        case TimePassed() if scene.now >= situation.until:
            acts = (StopMusic(leg=scene.caller()),)
            no_one = NotReached(cause=EndCause.NO_ANSWER)
            return Turn(situation=situation, acts=acts, facts=(_over(scene, want),), outcome=no_one)
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            return Turn(situation=situation, facts=(_over(scene, want), gone(scene, event)), outcome=left)
        case _:
            return Turn(situation=situation, wake=situation.until)


def _over(scene: Scene, want: ParkCall) -> ParkingEnded:
    return ParkingEnded(call=scene.story, place=want.place, waited=scene.now - scene.began)


def _fetched(scene: Scene, want: ParkCall, situation: Parked, asked: TakeInAsked) -> Turn[Parking]:
    told = CallRetrieved(call=scene.story, place=want.place, by=asked.user)
    quiet = Parted((StopMusic(leg=scene.caller()),), (told,))
    talk = taken_in(scene, asked, quiet + connect(scene, asked.leg, asked.user, None, record=False))
    return Turn(
        situation=situation, acts=talk.acts, facts=talk.facts, outcome=Connected(leg=asked.leg, user=asked.user),
        takes=(Taking(giver=asked.giver, leg=asked.leg),),
    )  # fmt: skip
