"""An office of four with a group and two rooms, customers by a trunk, and whoever hears whom; in virtual time."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from switchroom.domain.devices import Device
from switchroom.domain.events import Request
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.groups import Group, GroupStrategy
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.rooms import Room
from switchroom.domain.routes import Route
from switchroom.domain.situations.conduct import Situation
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.domain.users import User
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import World, in_a_world

T = TypeVar("T")
ANNA, BORIS, CLARA, DIMA = (UserId(name) for name in ("anna", "boris", "clara", "dima"))
NUMBERS = {"101": ANNA, "102": BORIS, "103": CLARA, "104": DIMA}
GROUP, ROOM, SMALL, OUTSIDE = "200", "800", "801", "+79990000001"
CALL = StoryId("call1")
SOON, NEVER, REFUSES = Habit(answers_after=timedelta(seconds=2)), Habit(), Habit(refuses=True)


class Office(World):
    """Customers who call reach Anna; everybody can be called by their extension."""

    def __init__(self) -> None:
        super().__init__()
        users = {user: User(id=user, name=user.title(), department="Office") for user in NUMBERS.values()}
        extensions = {
            number: Extension(number=number, target=Target(kind=TargetKind.USER, key=user))
            for number, user in NUMBERS.items()
        }
        extensions[GROUP] = Extension(number=GROUP, target=Target(kind=TargetKind.GROUP, key="sales"))
        for number, key in ((ROOM, "all"), (SMALL, "small")):
            extensions[number] = Extension(number=number, target=Target(kind=TargetKind.ROOM, key=key))
        for number, service in (("701", "parking"), ("702", "parking"), ("*8", "pick_up")):
            target = Target(kind=TargetKind.SERVICE, key=service)
            extensions[number] = Extension(number=number, target=target)
        group = Group(
            id="sales", title="Sales", members=("clara", "dima"), strategy=GroupStrategy.IN_TURN,
            ring_each=timedelta(seconds=10), ring_for=timedelta(seconds=40), skip_busy=False,
        )  # fmt: skip
        changes = {
            "users": users,
            "devices": {f"{user}-desk": Device(id=f"{user}-desk", user=user) for user in users},
            "extensions": {**extensions, "500": self.setup.extensions["500"], "400": self.setup.extensions["400"]},
            "groups": {"sales": group},
            "rooms": {"all": Room(id="all", title="All"), "small": Room(id="small", title="Small", most=2)},
            "trunks": {"carrier": Trunk(id="carrier", title="Carrier", kind=TrunkKind.PEER, username="carrier")},
            "outbound_routes": {
                "out": OutboundRoute(id="out", title="Out", trunks=("carrier",)),
            },
            "routes": {"main": Route(id="main", title="Main", target=Target(kind=TargetKind.USER, key="anna"))},
        }  # fmt: skip
        for name, value in changes.items():
            object.__setattr__(self.setup, name, value)

    async def phones(self, **habits: Habit) -> None:
        """All phones are plugged in; who is not named answers after two seconds."""
        for user in NUMBERS.values():
            device = DeviceId(f"{user}-desk")
            self.switch.habits[device] = habits.get(user, SOON)
            self.switch.plug(device)
        await self.later(1)

    async def customer(self) -> LegId:
        """A customer talks with Anna."""
        caller = self.call()
        await self.until(lambda: bool(self.switch.hears(caller)))
        return caller

    def dial(self, user: UserId, number: str, leg: str) -> LegId:
        """One of us takes their desk phone and dials."""
        self.switch.dial(LegId(leg), DeviceId(f"{user}-desk"), number)
        return LegId(leg)

    async def ask(self, request: Request, call: StoryId = CALL) -> None:
        """At our doors. Raises: Refusal."""
        await self.engine.ask(call, request)

    def leg(self, user: UserId, call: StoryId = CALL) -> LegId:
        """The leg of somebody in a call."""
        state = self.engine.state_of(call)
        leg = state.cast.leg_of(user) if state else None
        assert leg is not None, self.told(call)
        return leg.id

    def standing(self, call: StoryId = CALL) -> Situation | None:
        """How a call stands."""
        state = self.engine.state_of(call)
        return state.situation if state else None

    async def over(self, call: StoryId = CALL) -> None:
        """The call ends, and nothing of it is left."""
        await self.until(lambda: self.engine.state_of(call) is None)
        assert self.switch.legs() == {}


def in_the_office(play: Callable[[Office], Awaitable[T]], made: Callable[[], Office] = Office) -> T:
    """Run a play in an office of its own."""
    return in_a_world(made, play)


