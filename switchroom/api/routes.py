"""Routes, and the test box: where would this call go, and why?"""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Body, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from switchroom.api.concerns import ConcernOut, concern_out
from switchroom.api.configured import resource
from switchroom.api.deps import House, Me, Rooms
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.concerns import of_route
from switchroom.domain.configured import ThingKind
from switchroom.domain.extensions import Target
from switchroom.domain.numbers import to_e164
from switchroom.domain.plans import plan_for
from switchroom.domain.publishing import with_thing
from switchroom.domain.routes import Arriving, Route, Tried
from switchroom.domain.setup import Setup

_TRIED: dict[str, Any] = {
    "example": {
        "route": {"id": "night", "title": "Ночь", "target": {"kind": "queue", "key": "service"}},
        "trunk": "demo", "dialled": "74951234567", "caller": "+79161234567",
    }
}  # fmt: skip
router = resource(ThingKind.ROUTE, Route, "routes", drafted=True)


class Considered(BaseModel):
    """A route that was looked at, in the order of looking."""

    route: str
    title: str
    matched: bool
    why: Words


class Tested(BaseModel):
    """Where a call would go. `scenario` is what it would run; null: it would be refused."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "considered": [
                    {
                        "route": "main",
                        "title": "Main",
                        "matched": True,
                        "why": {"en": "any line, any number", "ru": "любая линия, любой номер"},
                    }
                ],
                "target": {"kind": "queue", "key": "sales"},
                "scenario": "queue-sales",
            }
        }
    )

    considered: list[Considered]
    target: Target | None
    scenario: str | None


class RouteTryIn(BaseModel):
    """A call, and a route that is not published yet, to be looked at in its place."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_TRIED)

    route: Route
    trunk: Annotated[str, Field(max_length=48)]
    dialled: Annotated[str, Field(max_length=40)]
    caller: Annotated[str, Field(max_length=40)] = ""
    moment: AwareDatetime | None = None


@router.get("/-/test", operation_id="test_routes", summary="Where would a call go?")
async def where_to(
    house: House,
    me: Me,
    trunk: Annotated[str, Query(max_length=48, description="Trunk by which it comes", examples=["carrier"])],
    dialled: Annotated[str, Query(max_length=40, description="Number that was called", examples=["74951234567"])],
    caller: Annotated[str, Query(max_length=40, description="Who calls")] = "",
    moment: Annotated[AwareDatetime | None, Query(description="When; left out: now")] = None,
) -> Tested:
    """Every route that is considered, until one matches, each with the reason in words."""
    me.scope.need(Right.ADMINISTER)
    at = moment or house.wall()
    asked = _arriving(house, trunk, dialled, caller, at)
    return _tested(house.engine.setup, asked)


@router.post("/-/try", operation_id="try_route", summary="Where would a call go, were this route published?")
async def try_route(body: RouteTryIn, house: House, me: Me) -> Tested:
    """The same with a route that is being drawn; nothing is kept."""
    me.scope.need(Right.ADMINISTER)
    setup = with_thing(house.engine.setup, ThingKind.ROUTE, body.route.id, body.route)
    return _tested(setup, _arriving(house, body.trunk, body.dialled, body.caller, body.moment or house.wall()))


@router.post("/-/concerns", operation_id="list_route_concerns", summary="Is anything doubtful about this route?")
async def concerns(body: Annotated[Route, Body()], house: House, me: Me) -> list[ConcernOut]:
    """Whether others above take its calls, or it takes theirs, or it leads in a circle; nothing is kept."""
    me.scope.need(Right.ADMINISTER)
    setup = with_thing(house.engine.setup, ThingKind.ROUTE, body.id, body)
    return [concern_out(one) for one in of_route(setup, body)]


class RouteSaid(BaseModel):
    """What a route takes, in words."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "route": "night",
                "said": {
                    "en": "any line, any number, out of its hours (Office)",
                    "ru": "любая линия, любой номер, в нерабочие часы (Офис)",
                },
            }
        }
    )

    route: str
    said: Words


@router.get("/-/said", operation_id="say_routes", summary="What does each route take, in words?")
async def say_routes(house: House, me: Me) -> list[RouteSaid]:
    """In the order in which they are tried."""
    me.scope.need(Right.ADMINISTER)
    setup = house.engine.setup
    return [_said(setup, route) for route in setup.routes_in_order()]


@router.post("/-/said", operation_id="say_route", summary="What does this route take, in words?")
async def say_route(body: Annotated[Route, Body()], house: House, me: Me) -> RouteSaid:
    """While it is being drawn; nothing is kept."""
    me.scope.need(Right.ADMINISTER)
    return _said(house.engine.setup, body)


def _said(setup: Setup, route: Route) -> RouteSaid:
    return RouteSaid(route=route.id, said=words(route.said(setup.known_to_routes())))


def _arriving(house: Rooms, trunk: str, dialled: str, caller: str, moment: datetime) -> Arriving:
    country = house.engine.setup.company.country
    return Arriving(
        trunk=trunk,
        dialled=dialled,
        caller=to_e164(caller, country) or caller,
        moment=moment,
        thrown=house.engine.modes.thrown(),
        contacts=house.engine.contacts.of(to_e164(caller, country) or caller),
    )


def _tested(setup: Setup, arriving: Arriving) -> Tested:
    considered: list[Considered] = []
    for tried in setup.tried_routes(arriving):
        considered.append(_considered(tried))
        if tried.matched:
            plan = plan_for(setup, tried.route.target)
            return Tested(considered=considered, target=tried.route.target, scenario=plan.scenario if plan else None)
    return Tested(considered=considered, target=None, scenario=None)


def _considered(tried: Tried) -> Considered:
    route = tried.route
    return Considered(route=route.id, title=route.title, matched=tried.matched, why=words(tried.why))
