"""Outbound routes, and the test box: by which trunk would this number go out, and may this user dial it?"""

from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import Body, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict

from switchroom.api.concerns import ConcernOut, concern_out
from switchroom.api.configured import resource
from switchroom.api.deps import House, Me
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.concerns import of_outbound
from switchroom.domain.configured import ThingKind
from switchroom.domain.identity import UserId
from switchroom.domain.outbound import Dialling, OutboundRoute, TriedOutbound
from switchroom.domain.situations.scene import traffic_around
from switchroom.domain.ways import refused_outside, trunks_for

router = resource(ThingKind.OUTBOUND_ROUTE, OutboundRoute, "outbound-routes", drafted=True)


class ConsideredOutbound(BaseModel):
    """An outbound route that was looked at, in the order of looking."""

    route: str
    title: str
    matched: bool
    why: Words


class TestedOutbound(BaseModel):
    """What would happen. `number` is what the dialled digits mean; `sent` and `trunks` are null where nothing goes out.

    `refused` says why the user may not call it although a route matches.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "number": "+79161234567", "extension": False, "refused": None, "sent": "79161234567",
                "trunks": ["carrier"],
                "considered": [
                    {"route": "out", "title": "Everything outside", "matched": True,
                     "why": {"en": "any number", "ru": "любой номер"}}
                ],
            }
        }
    )  # fmt: skip

    number: str
    extension: bool
    """It is a number of our own, and never goes outside."""
    considered: list[ConsideredOutbound]
    refused: Words | None
    sent: str | None
    trunks: list[str] | None


@router.get("/-/test", operation_id="test_outbound_routes", summary="By which trunk would this number go out?")
async def by_which_trunk(
    house: House,
    me: Me,
    dialled: Annotated[
        str, Query(min_length=1, max_length=40, description="As it is dialled", examples=["89161234567"])
    ],
    user: Annotated[str | None, Query(max_length=48, description="Who dials; left out: nobody in particular")] = None,
    moment: Annotated[AwareDatetime | None, Query(description="When; left out: now")] = None,
) -> TestedOutbound:
    """Every outbound route that is considered, until one matches, each with the reason in words."""
    me.scope.need(Right.ADMINISTER)
    around = house.engine.around()
    setup, traffic, who = around.setup, traffic_around(around), UserId(user) if user else None
    calls = traffic.outside.get(who, 0) if who else 0
    dialling = setup.dialling_of(user, dialled, moment or house.wall(), calls)
    tried = list(_until_one_matches(setup.tried_outbound(dialling)))
    route = next((one.route for one in tried if one.refusal is None), None)
    refused = refused_outside(setup, who, dialling, traffic) if route else None
    goes = route if refused is None else None
    return TestedOutbound(
        number=dialling.number,
        extension=setup.target_of(dialled) is not None,
        considered=[_considered(one, dialling) for one in tried],
        refused=words(refused) if refused else None,
        sent=goes.sent(dialling, setup.company.country) if goes else None,
        trunks=list(trunks_for(setup, goes, dialling, traffic)) if goes else None,
    )


@router.post("/-/concerns", operation_id="list_outbound_concerns", summary="Is anything doubtful about this route?")
async def concerns(body: Annotated[OutboundRoute, Body()], house: House, me: Me) -> list[ConcernOut]:
    """Whether others above take its numbers, or it takes theirs; nothing is kept."""
    me.scope.need(Right.ADMINISTER)
    return [concern_out(one) for one in of_outbound(house.engine.setup, body)]


def _until_one_matches(tried: Iterable[TriedOutbound]) -> Iterator[TriedOutbound]:
    for one in tried:
        yield one
        if one.refusal is None:
            return


def _considered(tried: TriedOutbound, dialling: Dialling) -> ConsideredOutbound:
    why = tried.refusal or tried.route.match(dialling, tried.calendar)
    return ConsideredOutbound(
        route=tried.route.id, title=tried.route.title, matched=tried.refusal is None,
        why=words(why),
    )  # fmt: skip
