"""Routes, and the test box: where would this call go, and why?"""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from switchroom.api.configured import resource
from switchroom.api.deps import House, Me
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.extensions import Target
from switchroom.domain.plans import plan_for
from switchroom.domain.routes import Route

router = resource(ThingKind.ROUTE, Route, "routes", drafted=True)


class Considered(BaseModel):
    """A route that was looked at, in the order of looking."""

    route: str
    title: str
    matched: bool
    why: str


class Tested(BaseModel):
    """Where a call would go. `scenario` is what it would run; null: it would be refused."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "considered": [{"route": "main", "title": "Main", "matched": True, "why": "trunk any, number *"}],
                "target": {"kind": "queue", "key": "sales"},
                "scenario": "queue-sales",
            }
        }
    )

    considered: list[Considered]
    target: Target | None
    scenario: str | None


@router.get("/-/test", operation_id="test_routes", summary="Where would a call go?")
async def test(
    house: House,
    me: Me,
    trunk: Annotated[str, Query(max_length=48, description="Trunk by which it comes", examples=["carrier"])],
    dialled: Annotated[str, Query(max_length=40, description="Number that was called", examples=["74951234567"])],
) -> Tested:
    """Every route that is considered, until one matches."""
    me.scope.need(Right.ADMINISTER)
    setup = house.engine.setup
    considered: list[Considered] = []
    for route in sorted(setup.routes.values(), key=lambda r: (r.order, r.id)):
        matched = route.matches(trunk, dialled)
        considered.append(Considered(route=route.id, title=route.title, matched=matched, why=route.reason()))
        if matched:
            plan = plan_for(setup, route.target)
            return Tested(considered=considered, target=route.target, scenario=plan.scenario if plan else None)
    return Tested(considered=considered, target=None, scenario=None)
