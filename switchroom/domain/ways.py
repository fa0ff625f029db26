"""Where a call goes: what it runs, and why. By its route from outside, by what a user dialled from inside."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from switchroom.domain.capacity import lets_in
from switchroom.domain.causes import EndCause
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.limits import NOBODY, NOTHING, Limits, Spent, SpentBy, reached
from switchroom.domain.modes import Thrown
from switchroom.domain.outbound import Dialling, OutboundRoute, TrunkNow, in_turn, refused_by_class
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
    outgoing: Mapping[str, int] = field(default_factory=dict)
    """How many of them go out."""
    outside: Mapping[UserId, int] = field(default_factory=dict)
    """Calls outside that each user has."""
    spent: SpentBy = NOBODY
    """What users and trunks have called outside."""
    blocked: AbstractSet[UserId] = frozenset()
    """Whom the fraud guard has stopped."""
    blocked_devices: AbstractSet[DeviceId] = frozenset()
    """Phones that it has stopped."""
    down: AbstractSet[str] = frozenset()
    """Trunks whose other side is known not to answer."""
    thrown: Mapping[str, Thrown] = field(default_factory=dict)
    """The modes that somebody has thrown."""


def way_in(setup: Setup, arriving: Arriving, traffic: Traffic) -> Way:
    """Where a call from outside goes."""
    trunk = setup.trunks.get(arriving.trunk)
    if trunk is not None and not lets_in(trunk, traffic.lines, traffic.outgoing):
        return Way(plan=refusal_plan(EndCause.CONGESTION), why="all channels are in use")
    route = setup.route_of(arriving)
    plan = plan_for(setup, route.target) if route else None
    if route is None or plan is None:
        return Way(plan=refusal_plan(), why="no route")
    return Way(plan=plan, route=route.id, to=plan.scenario, why=route.reason())


def way_of_dialled(
    setup: Setup, user: UserId | None, dialled: str, traffic: Traffic, device: DeviceId | None = None
) -> Way:
    """Where a call goes that one of us dialled: an emergency first, then our own numbers, then outside.

    `device` is their phone, where it is known.
    """
    emergency = emergency_of(setup, dialled)
    if emergency is not None:
        return Way(plan=emergency_plan(emergency), to=dialled, why="emergency")
    plan = plan_of(setup, dialled)
    if plan is not None:
        return Way(plan=plan, to=dialled, why="extension")
    return _outside(setup, user, dialled, traffic, device)


def _outside(
    setup: Setup, user: UserId | None, dialled: str, traffic: Traffic, device: DeviceId | None
) -> Way:
    calls = traffic.outside.get(user, 0) if user else 0
    dialling = setup.dialling_of(user, dialled, traffic.moment, calls)
    route = next((tried.route for tried in setup.tried_outbound(dialling) if tried.refusal is None), None)
    if route is None:
        nowhere = Title("no route leads there", "туда нет маршрута")
        return Way(plan=refusal_plan(), why="no route", outside=dialling.number, refused=nowhere)
    forbidden = refused_outside(setup, user, dialling, traffic, device)
    if forbidden is not None:
        return _refused(route, dialling, forbidden)
    trunks = trunks_for(setup, route, dialling, traffic)
    if not trunks:
        spent = Title("the limits of all its trunks are used up", "лимиты всех линий израсходованы")
        return _refused(route, dialling, spent)
    return _by_route(setup, user, dialling, route, trunks)


def refused_outside(
    setup: Setup, user: UserId | None, dialling: Dialling, traffic: Traffic, device: DeviceId | None = None
) -> Title | None:
    """Why this user may not make this call, by this phone, although a route leads there; None if they may."""
    if device is not None and device in traffic.blocked_devices:
        return Title("calls outside of this phone were stopped by the fraud guard",
                     "внешние звонки этого телефона остановлены защитой")  # fmt: skip
    if user in traffic.blocked:
        return Title("calls outside were stopped by the fraud guard", "внешние звонки остановлены защитой")
    forbidden = refused_by_class(dialling)
    if forbidden is not None:
        return forbidden
    return next((why for why in _used_up(setup, user, traffic) if why is not None), None)


def _used_up(setup: Setup, user: UserId | None, traffic: Traffic) -> Iterator[Title | None]:
    """Each limit that holds for a user: their own, that of their class for each, and for all of it together."""
    found = setup.users.get(user or "")
    if found is None or user is None:
        return
    own = _spent(traffic, user)
    yield reached(found.limits, own)
    held = setup.service_classes.get(found.service_class or "")
    if held is None:
        return
    yield reached(held.each, own)
    if held.together != _UNLIMITED:
        members = (UserId(key) for key, one in setup.users.items() if one.service_class == held.id)
        yield reached(held.together, sum((_spent(traffic, one) for one in members), NOTHING))


def _spent(traffic: Traffic, user: UserId) -> Spent:
    return _with_calls(traffic.spent.users.get(user, NOTHING), traffic.outside.get(user, 0))


def _with_calls(spent: Spent, calls: int) -> Spent:
    return msgspec.structs.replace(spent, calls=calls)


def trunks_for(setup: Setup, route: OutboundRoute, dialling: Dialling, traffic: Traffic) -> tuple[str, ...]:
    """The trunks of a route in the order in which they are tried, without those whose limits are used up."""
    found = [setup.trunks[key] for key in route.trunks if key in setup.trunks]
    spent = {trunk.id: traffic.spent.trunks.get(trunk.id, NOTHING) for trunk in found}
    now = [
        TrunkNow(
            trunk=trunk,
            used=traffic.lines.get(trunk.id, 0),
            made=spent[trunk.id].made_today,
            price=setup.price_of(trunk.id, dialling.number),
            down=trunk.id in traffic.down,
        )
        for trunk in found
        if reached(trunk.limits, _with_calls(spent[trunk.id], traffic.outgoing.get(trunk.id, 0))) is None
    ]
    return in_turn(route, now)


def _refused(route: OutboundRoute, dialling: Dialling, why: Title) -> Way:
    plan = refusal_plan(EndCause.REJECTED)
    return Way(plan=plan, route=route.id, why=f"refused: {why.en}", outside=dialling.number, refused=why)


def _by_route(
    setup: Setup, user: UserId | None, dialling: Dialling, route: OutboundRoute, trunks: tuple[str, ...]
) -> Way:
    found = setup.users.get(user or "")
    shown = (found.outside_number if found else None) or route.caller_id
    sent = route.sent(dialling, setup.company.country)
    plan = outside_plan(route, sent, trunks, shown, dialling.number, user)
    return Way(plan=plan, route=route.id, to=plan.scenario, why=route.reason(), outside=dialling.number)


_UNLIMITED = Limits()
