"""Routes, and the test box: where would this call go, and why?"""

from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict

from switchroom.api.configured import resource
from switchroom.api.deps import House, Me
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.extensions import Target
from switchroom.domain.numbers import to_e164
from switchroom.domain.plans import plan_for
from switchroom.domain.routes import Arriving, Route, Tried
from switchroom.domain.titles import Title

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
                        "why": {"en": "matches: trunk any, number *", "ru": "подходит: trunk any, number *"},
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
    setup = house.engine.setup
    number = to_e164(caller, setup.company.country) or caller
    arriving = Arriving(trunk=trunk, dialled=dialled, caller=number, moment=moment or house.wall())
    considered: list[Considered] = []
    for tried in setup.tried_routes(arriving):
        considered.append(_considered(tried))
        if tried.refusal is None:
            plan = plan_for(setup, tried.route.target)
            return Tested(considered=considered, target=tried.route.target, scenario=plan.scenario if plan else None)
    return Tested(considered=considered, target=None, scenario=None)


def _considered(tried: Tried) -> Considered:
    route, refusal = tried.route, tried.refusal
    matched = Title(f"matches: {route.reason()}", f"подходит: {route.reason()}")
    why = refusal or matched
    return Considered(route=route.id, title=route.title, matched=refusal is None, why=words(why))
