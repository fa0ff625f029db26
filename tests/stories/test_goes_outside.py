"""A number of the dial plan that leads to a phone outside: whoever is not reached here is called there."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import LegRung
from switchroom.domain.groups import Group
from switchroom.domain.identity import DeviceId, LegId
from switchroom.domain.outbound import NumberForm, OutboundRoute
from switchroom.domain.trunks import Trunk, TrunkKind
from tests.stories.world import World, in_virtual_time

CARRIER, MOBILE = DeviceId("carrier"), "+79031112233"


def number(key: str, kind: TargetKind, to: str) -> Extension:
    return Extension(number=key, target=Target(kind=kind, key=to))


async def with_a_mobile_behind_a_group(world: World) -> None:
    """Boris, and whom nobody takes there goes on to his mobile."""
    out = OutboundRoute(id="out", title="Out", trunks=(CARRIER,), form=NumberForm.DIGITS)
    trunk = Trunk(id=CARRIER, title="Carrier", kind=TrunkKind.BY_ADDRESS, host="203.0.113.7")
    numbers = (number("901", TargetKind.OUTSIDE, MOBILE), number("902", TargetKind.GROUP, "boris"))
    group = Group(id="boris", title="Boris, then his mobile", members=("boris",), overflow="901")
    await world.engine.take_setup(replace(
        world.setup, trunks=MappingProxyType({str(CARRIER): trunk}), outbound_routes=MappingProxyType({"out": out}),
        groups=MappingProxyType({"boris": group}),
        extensions=MappingProxyType({**world.setup.extensions, **{one.number: one for one in numbers}}),
    ))  # fmt: skip
    world.switch.plug(CARRIER)
    await world.later(1)


def by_trunk(world: World) -> list[str | None]:
    return [fact.trunk for fact in world.facts("call1") if isinstance(fact, LegRung) and fact.trunk]


@pytest.mark.feature("P1")
@pytest.mark.parametrize("dialled", ["901", "902"])
def test_whoever_is_not_reached_here_is_called_outside(dialled: str) -> None:
    async def play(world: World) -> list[str | None]:
        await with_a_mobile_behind_a_group(world)
        world.switch.dial(LegId("pbx-7"), DeviceId("anna-desk"), dialled)
        await world.until(lambda: bool(by_trunk(world)), within=90)
        return by_trunk(world)

    assert in_virtual_time(play) == [CARRIER]
