"""A small made-up company for tests of the trade."""

from datetime import UTC, datetime, timedelta

from switchroom.domain.acts import Shown
from switchroom.domain.cards import Card, Field
from switchroom.domain.devices import Device
from switchroom.domain.dispositions import Disposition
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import CallArrived
from switchroom.domain.identity import DeviceId, LegId, PartyId, StoryId, TrunkId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.plans import plan_of
from switchroom.domain.queues import Queue
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import Surroundings
from switchroom.domain.stories import Beginning
from switchroom.domain.titles import Title
from switchroom.domain.traces import StoryKind
from switchroom.domain.users import User

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CALLER = LegId("pbx-1")
CALL = StoryId("call1")
BORIS = UserId("boris")

GREETING = Graph(
    start="answer",
    nodes={
        "answer": Node(kind="answer", exits={"done": "menu"}),
        "menu": Node(
            kind="menu",
            params={"prompt": "welcome", "keys": ["1", "2"], "tries": 2},
            exits={"1": "queue", "2": "anna", "no_choice": "bye"},
        ),
        "queue": Node(kind="queue", params={"queue": "service"}, exits={"served": "bye", "waited_too_long": "bye"}),
        "anna": Node(kind="transfer", params={"extension": "101"}),
        "bye": Node(kind="play", params={"prompts": ["goodbye"]}, exits={"done": "end"}),
        "end": Node(kind="hang_up"),
    },
)

CARD = Card(
    id="repair",
    title="Repair",
    fields=(
        Field(key="address", title=Title("Address", "Адрес"), required=True),
        Field(key="number", title=Title("Number", "Номер"), filled_from="caller_number"),
    ),
    dispositions=(Disposition(key="solved", title=Title("Solved", "Решено"), success=True),),
)


def a_company(**queue: object) -> Setup:
    """Two operators with a phone each, a queue with a card, a menu at extension 500."""
    rules = {"card": "repair", "operators": ("anna", "boris"), "ring_for": timedelta(seconds=20), **queue}
    return Setup(
        users={key: User(id=key, name=key.title()) for key in ("anna", "boris")},
        devices={f"{key}-desk": Device(id=f"{key}-desk", user=key) for key in ("anna", "boris")},
        queues={"service": Queue.model_validate({"id": "service", "title": "Service", **rules})},
        cards={"repair": CARD},
        scenarios={"main": ScenarioVersion(id="main", title="Main", graph=GREETING)},
        extensions={
            "101": Extension(number="101", target=Target(kind=TargetKind.USER, key="anna")),
            "400": Extension(number="400", target=Target(kind=TargetKind.QUEUE, key="service")),
            "500": Extension(number="500", target=Target(kind=TargetKind.SCENARIO, key="main")),
        },
        versions={"scenario:main": 3},
    )


def a_caller(setup: Setup, extension: str = "500") -> Beginning:
    """A call from outside that was routed to this extension."""
    plan = plan_of(setup, extension)
    assert plan is not None
    arrived = CallArrived(call=CALL, leg=CALLER, caller=PartyId("p1"), dialled="74951234567", trunk=TrunkId("carrier"))
    return Beginning(
        story=CALL,
        kind=StoryKind.CALL,
        plan=plan,
        variables=Variables({"caller_number": "+79161234567"}),
        language="ru",
        shown=Shown(number="+79161234567"),
        facts=(arrived,),
    )


def a_colleague(extension: str) -> Beginning:
    """A call of Boris, from his desk phone, to this extension."""
    setup = a_company()
    plan = plan_of(setup, extension)
    assert plan is not None
    arrived = CallArrived(
        call=CALL, leg=CALLER, caller=PartyId("p1"), dialled=extension, device=DeviceId("boris-desk"), user=BORIS
    )
    return Beginning(
        story=CALL,
        kind=StoryKind.CALL,
        plan=plan,
        variables=Variables({"dialled": extension}),
        language="ru",
        shown=Shown(number="102", name="Boris"),
        facts=(arrived,),
    )


def around(setup: Setup, now: datetime = NOON) -> Surroundings:
    """This company at this moment, with nobody waiting."""
    return Surroundings(now=now, wall=now, setup=setup)
