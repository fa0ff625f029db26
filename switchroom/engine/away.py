"""Calls that the static rules served while we were away come into the books."""

from collections.abc import Callable
from datetime import timedelta

from switchroom.domain.dispositions import SystemDisposition
from switchroom.domain.facts.calls import CallWhileAway
from switchroom.domain.identity import DeviceId, PartyId, StoryId, TrunkId, UserId
from switchroom.domain.people import Party
from switchroom.domain.setup import Setup
from switchroom.engine.arrivals import clean
from switchroom.engine.engine import Engine
from switchroom.switch.port import Configurable, ServedWhileAway, SwitchLost


async def take_in(switch: Configurable, engine: Engine, new_story: Callable[[], StoryId]) -> None:
    """Take in what the switch noted, then let it forget.

    A crash between the two tells a call twice rather than never; its key keeps it from standing twice.
    """
    try:
        served = await switch.served_while_away()
        for call in served:
            await engine.take_in(_told(call, new_story(), engine.setup, engine), _party(call))
        await switch.forget_served([call.key for call in served])
    except SwitchLost:
        return  # it is noted still, and is taken in after the next start


def _party(call: ServedWhileAway) -> Party:
    return Party(id=_caller(call), number=clean(call.number), name=clean(call.name))


def _caller(call: ServedWhileAway) -> PartyId:
    """Named by the switch's key of the call, so that the same call is known when it is told again."""
    return PartyId(f"away-{call.key}")


def _told(call: ServedWhileAway, story: StoryId, setup: Setup, engine: Engine) -> CallWhileAway:
    device = None if call.by_trunk else setup.device(call.via)
    return CallWhileAway(
        call=story,
        caller=_caller(call),
        dialled=clean(call.dialled),
        rule=call.rule,
        disposition=SystemDisposition.SERVED if call.taken else SystemDisposition.LOST,
        lasted=max(timedelta(0), call.ended - call.began),
        talked=call.talked,
        ago=max(timedelta(0), engine.clock.wall() - call.ended),
        trunk=TrunkId(call.via) if call.by_trunk else None,
        device=DeviceId(device.id) if device else None,
        user=UserId(device.user) if device else None,
    )
