"""Trunks: connections to carriers, their passwords, and whether they are up."""

from typing import Annotated

from fastapi import Body

from switchroom.api.configured import Key, resource
from switchroom.api.deps import House, Me
from switchroom.api.devices import Reach, ShownPassword, SignInPassword, set_sign_in_password
from switchroom.api.words import why
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.refusals import NotFound
from switchroom.domain.trunks import Trunk

router = resource(ThingKind.TRUNK, Trunk, "trunks")


@router.post("/{key}/password", operation_id="set_trunk_password", summary="Another password for a trunk")
async def set_trunk_password(key: Key, body: Annotated[SignInPassword, Body()], house: House, me: Me) -> ShownPassword:
    """What the carrier gave you, or, for a peer that signs in to us, a random one."""
    return await set_sign_in_password(house, me, ThingKind.TRUNK, key, body)


@router.get("/{key}/reach", operation_id="get_trunk_reach", summary="Is the trunk up?")
async def trunk_reach(key: Key, house: House, me: Me) -> Reach:
    """As the switch sees its registration, or its answers to OPTIONS."""
    me.scope.need(Right.ADMINISTER)
    if key not in house.engine.setup.trunks:
        raise NotFound(kind="trunk", key=key)
    standing = house.engine.trunks.now(key).standing
    return Reach(key=key, reachable=standing.up, why=why(standing.why) if standing.why else None)
