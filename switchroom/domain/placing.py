"""Calls that one of us places from a page: their own phone is rung first, then the way of what they dialled."""

from dataclasses import dataclass

from switchroom.domain.acts import Shown
from switchroom.domain.ears import Ear
from switchroom.domain.facts.calls import CallPlaced, Purpose, Routed
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import DeviceId, PartyId, RouteId, StoryId, UserId
from switchroom.domain.people import Party, Variables
from switchroom.domain.plans import Plan, echo_plan, listen_plan, own_phone_first, pick_up_plan
from switchroom.domain.setup import Setup
from switchroom.domain.stories import Beginning
from switchroom.domain.traces import StoryKind
from switchroom.domain.ways import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Who wants a call, to whom, and the phones at which they are rung. `number` is their own extension."""

    story: StoryId
    user: UserId
    number: str
    devices: tuple[DeviceId, ...]
    dialled: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A story to begin, and the personal values that its facts point to."""

    beginning: Beginning
    parties: tuple[Party, ...]


def call(placing: Placing, way: Way, setup: Setup) -> Placed:
    """A call to an extension, or to somebody outside."""
    callee = Party(id=PartyId(f"{placing.story}-callee"), number=way.outside) if way.outside else None
    dialled = "" if callee else placing.dialled
    routed = Routed(call=placing.story, route=RouteId(way.route) if way.route else None, to=way.to, why=way.why)
    return _placed(placing, way.plan, setup, Purpose.TALK, (dialled, callee), (routed,))


def test_call(placing: Placing, setup: Setup) -> Placed:
    """A call to oneself: whoever talks hears themselves."""
    return _placed(placing, echo_plan(), setup, Purpose.TEST, ("", None))


def listening(placing: Placing, ear: Ear, setup: Setup) -> Placed:
    """A call that only hears another one."""
    return _placed(placing, listen_plan(ear.call, ear.leg, ear.user), setup, Purpose.LISTEN, ("", None))


def picking_up(placing: Placing, call: StoryId, setup: Setup) -> Placed:
    """A call that takes what rings elsewhere."""
    return _placed(placing, pick_up_plan(call=call), setup, Purpose.TALK, ("", None))


def _placed(
    placing: Placing, plan: Plan, setup: Setup, purpose: Purpose, whom: tuple[str, Party | None],
    more: tuple[Fact, ...] = (),
) -> Placed:  # fmt: skip
    dialled, callee = whom
    name = setup.users[placing.user].name
    caller = Party(id=PartyId(f"{placing.story}-caller"), number=placing.number, name=name)
    told = CallPlaced(
        call=placing.story, user=placing.user, caller=caller.id, dialled=dialled,
        callee=callee.id if callee else None, purpose=purpose,
    )  # fmt: skip
    variables = {"caller_number": placing.number, "caller_name": name, "dialled": placing.dialled}
    beginning = Beginning(
        story=placing.story,
        kind=StoryKind.CALL,
        plan=own_phone_first(plan, placing.user, placing.devices),
        variables=Variables(variables),
        language=setup.language_of(placing.user),
        shown=Shown(number=placing.number, name=name),
        facts=(told, *more),
    )
    return Placed(beginning, (caller, callee) if callee else (caller,))
