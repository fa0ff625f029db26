"""Where a call goes: what it runs, and why. By its route from outside, by what a user dialled from inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from switchroom.domain.capacity import has_room
from switchroom.domain.causes import EndCause
from switchroom.domain.identity import UserId
from switchroom.domain.modes import Thrown
from switchroom.domain.outbound import Dialling, OutboundRoute, in_turn, refused_by_class
from switchroom.domain.plans import Plan, emergency_of, emergency_plan, outside_plan, plan_for, plan_of, refusal_plan
from switchroom.domain.routes import Arriving
from switchroom.domain.setup import Setup
from switchroom.domain.titles import Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The plan, and for the story: by which route, to what, and why. `outside` is the number of whom we call there."""

    plan: Plan
    route: str | None = None
    to: str = ""
    why: str
    outside: str | None = None
    refused: Title | None = None
    """Why the call is not put through, for whoever dialled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What goes on while a way is looked for: the moment by the wall clock, and what is in use."""

    moment: datetime
    lines: Mapping[str, int] = field(default_factory=dict)
    """Channels of each trunk in use."""
    outside: Mapping[UserId, int] = field(default_factory=dict)
    """Calls outside that each user has."""
    thrown: Mapping[str, Thrown] = field(default_factory=dict)
    """The modes that somebody has thrown."""


def way_in(setup: Setup, arriving: Arriving, traffic: Traffic) -> Way:
    """Where a call from outside goes."""
    trunk = setup.trunks.get(arriving.trunk)
    if trunk is not None and not has_room(trunk, traffic.lines):
        return Way(plan=refusal_plan(EndCause.CONGESTION), why=f"all {trunk.most_channels} channels are in use")
    route = setup.route_of(arriving)
    plan = plan_for(setup, route.target) if route else None
    if route is None or plan is None:
        return Way(plan=refusal_plan(), why="no route")
    return Way(plan=plan, route=route.id, to=plan.scenario, why=route.reason())


def way_of_dialled(setup: Setup, user: UserId | None, dialled: str, traffic: Traffic) -> Way:
    """Where a call goes that one of us dialled: an emergency first, then our own numbers, then outside."""
    emergency = emergency_of(setup, dialled)
    if emergency is not None:
        return Way(plan=emergency_plan(emergency), to=dialled, why="emergency")
    plan = plan_of(setup, dialled)
    if plan is not None:
        return Way(plan=plan, to=dialled, why="extension")
    return _outside(setup, user, dialled, traffic)


def _outside(setup: Setup, user: UserId | None, dialled: str, traffic: Traffic) -> Way:
    calls = traffic.outside.get(user, 0) if user else 0
    dialling = setup.dialling_of(user, dialled, traffic.moment, calls)
    route = next((tried.route for tried in setup.tried_outbound(dialling) if tried.refusal is None), None)
    if route is None:
        nowhere = Title("no route leads there", "туда нет маршрута")
        return Way(plan=refusal_plan(), why="no route", outside=dialling.number, refused=nowhere)
    forbidden = refused_by_class(dialling)
    if forbidden is not None:
        why = f"class of service: {forbidden.en}"
        plan = refusal_plan(EndCause.REJECTED)
        return Way(plan=plan, route=route.id, why=why, outside=dialling.number, refused=forbidden)
    return _by_route(setup, user, dialling, route, traffic)


def _by_route(setup: Setup, user: UserId | None, dialling: Dialling, route: OutboundRoute, traffic: Traffic) -> Way:
    found = setup.users.get(user or "")
    shown = (found.outside_number if found else None) or route.caller_id
    sent = route.sent(dialling, setup.company.country)
    trunks = in_turn(route, setup.trunks, traffic.lines)
    plan = outside_plan(route, sent, trunks, shown)
    return Way(plan=plan, route=route.id, to=plan.scenario, why=route.reason(), outside=dialling.number)
