"""A leg that arrives begins a story: by its route, its extension, or as an emergency."""

from dataclasses import dataclass
from datetime import timedelta

from switchroom.domain.acts import Shown
from switchroom.domain.events import LegArrived
from switchroom.domain.facts.calls import CallAnswered, CallArrived, Routed
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import DeviceId, PartyId, RouteId, StoryId, TrunkId, UserId
from switchroom.domain.numbers import to_e164
from switchroom.domain.people import Party, Variables
from switchroom.domain.plans import Plan, emergency_of, emergency_plan, plan_for, plan_of, refusal_plan
from switchroom.domain.routes import Arriving
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import Surroundings
from switchroom.domain.stories import Beginning
from switchroom.domain.traces import StoryKind

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Arrival:
    """A story to begin, and the personal values that its facts point to."""

    beginning: Beginning
    party: Party


@dataclass(frozen=True, slots=True)
class _Way:
    plan: Plan
    routed: Routed


def arrival_of(event: LegArrived, story: StoryId, around: Surroundings) -> Arrival:
    """The story that this leg begins. A number that leads nowhere is told so, and that is a story too."""
    setup = around.setup
    way = _way(event, story, around) or _nowhere(event, story)
    party = Party(id=PartyId(f"{story}-caller"), number=caller_of(event, setup), name=clean(event.name))
    facts: tuple[Fact, ...] = (_arrived(event, story, party, around), way.routed)
    if event.answered:
        facts += (CallAnswered(call=story, leg=event.leg),)
    return Arrival(
        Beginning(
            story=story,
            kind=StoryKind.CALL,
            plan=way.plan,
            variables=Variables({"caller_number": party.number, "caller_name": party.name, "dialled": event.dialled}),
            language=setup.company.language,
            shown=Shown(number=party.number, name=party.name),
            facts=facts,
        ),
        party,
    )


def clean(text: str) -> str:
    """Words of an outsider without control characters, and not endless."""
    return "".join(c for c in text if c.isprintable())[:LONGEST_NAME]


def caller_of(event: LegArrived, setup: Setup) -> str:
    """The caller's number: E.164 where a trunk gave one, else as it came, cleaned."""
    if event.by_trunk:
        return to_e164(event.number, setup.company.country) or clean(event.number)
    return clean(event.number)


def _way(event: LegArrived, story: StoryId, around: Surroundings) -> _Way | None:
    setup = around.setup
    emergency = emergency_of(setup, event.dialled)
    if emergency is not None and not event.by_trunk:
        return _Way(emergency_plan(emergency), Routed(call=story, route=None, to=event.dialled, why="emergency"))
    if not event.by_trunk:
        plan = plan_of(setup, event.dialled)
        routed = Routed(call=story, route=None, to=event.dialled, why="extension")
        return _Way(plan, routed) if plan else None
    caller = caller_of(event, setup)
    arriving = Arriving(trunk=event.via, dialled=event.dialled, caller=caller, moment=around.wall)
    route = setup.route_of(arriving)
    plan = plan_for(setup, route.target) if route else None
    if route is None or plan is None:
        return None
    return _Way(plan, Routed(call=story, route=RouteId(route.id), to=plan.scenario, why=route.reason()))


def _nowhere(event: LegArrived, story: StoryId) -> _Way:
    return _Way(refusal_plan(), Routed(call=story, route=None, to="", why="no route"))


def _arrived(event: LegArrived, story: StoryId, party: Party, around: Surroundings) -> CallArrived:
    held = max(timedelta(0), around.wall - event.since) if event.since else timedelta(0)
    device = None if event.by_trunk else around.setup.device(event.via)
    return CallArrived(
        call=story,
        leg=event.leg,
        caller=party.id,
        dialled=clean(event.dialled),
        trunk=TrunkId(event.via) if event.by_trunk else None,
        device=DeviceId(device.id) if device else None,
        user=UserId(device.user) if device else None,
        sip_call_id=clean(event.sip_call_id),
        held_before=held,
    )
