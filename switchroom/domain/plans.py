"""What a call is to run: a published scenario, or one made from its route. Every call runs one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from switchroom.domain.causes import EndCause
from switchroom.domain.company import EmergencyNumber
from switchroom.domain.extensions import Service, Target, TargetKind
from switchroom.domain.groups import Group
from switchroom.domain.identity import UserId
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.scenario.graph import Graph, Node
from switchroom.domain.setup import Setup
from switchroom.domain.shapes import Shape, teach
from switchroom.domain.users import User


class Plan(Shape, frozen=True, kw_only=True):
    """A scenario with the version that the call keeps; version 0 is built in."""

    scenario: str
    version: int
    graph: Graph


_MOST_REMEMBERED = 256
_written: dict[int, tuple[Graph, Any]] = {}
"""Published graphs are frozen and saved with every step of every call; kept by identity, with the graph itself."""


def _write(graph: Graph) -> Any:
    found = _written.get(id(graph))
    if found is None:
        if len(_written) >= _MOST_REMEMBERED:
            _written.clear()
        found = _written[id(graph)] = (graph, graph.model_dump(mode="json", exclude_defaults=True))
    return found[1]


teach(Graph, _write, Graph.model_validate)


def plan_of(setup: Setup, extension: str) -> Plan | None:
    """What a call to this extension runs; None if the extension leads nowhere."""
    target = setup.target_of(extension)
    return _picked_up_at(setup, extension) if target is None else plan_for(setup, target, extension)


def _picked_up_at(setup: Setup, dialled: str) -> Plan | None:
    """The code of picking up, followed by the extension at which it rings."""
    for code, found in setup.extensions.items():
        target, of = found.target, dialled[len(code):]
        if target.kind is TargetKind.SERVICE and target.key == Service.PICK_UP and dialled.startswith(code):
            return pick_up_plan(of) if setup.target_of(of) is not None else None
    return None


def plan_for(setup: Setup, target: Target, extension: str = "") -> Plan | None:
    """What a call runs that was sent to this target; a parking place is known by its extension."""
    match target.kind:
        case TargetKind.EXTENSION:
            return plan_of(setup, target.key)
        case TargetKind.SERVICE:
            return _to_service(target.key, extension)
        case TargetKind.OUTSIDE:
            return _to_outside(setup, target.key)
        case TargetKind.USER | TargetKind.VOICEMAIL:
            return _to_person(setup, target)
        case _:
            return _to_thing(setup, target)


def _to_person(setup: Setup, target: Target) -> Plan | None:
    user = setup.users.get(target.key)
    if user is None:
        return None
    return _to_user(user) if target.kind is TargetKind.USER else _to_voicemail(user)


def _to_thing(setup: Setup, target: Target) -> Plan | None:
    """What has a name of its own, and no person behind it."""
    match target.kind:
        case TargetKind.SCENARIO:
            return _published(setup, target.key)
        case TargetKind.GROUP:
            return _to_group(setup.groups[target.key]) if target.key in setup.groups else None
        case TargetKind.ROOM:
            return _to_room(target.key) if target.key in setup.rooms else None
        case TargetKind.PAGING:
            return _to_paging(target.key) if target.key in setup.pagings else None
        case TargetKind.MODE:
            return _to_mode(target.key) if target.key in setup.modes else None
        case TargetKind.QUEUE:
            return _to_queue(target.key) if target.key in setup.queues else None
        case _:
            return None


def emergency_of(setup: Setup, dialled: str) -> EmergencyNumber | None:
    """The emergency number that was dialled, if it is one."""
    return next((e for e in setup.company.emergency if e.number == dialled), None)


def emergency_plan(number: EmergencyNumber) -> Plan:
    """What a call to an emergency number runs: it is put through by the first trunk that works."""
    params = {"number": number.sent_as or number.number, "trunks": list(number.trunks), "always": True}
    return _built_in("emergency", {"dial": Node(kind="dial_outside", params=params)}, "dial")


def outside_plan(
    route: OutboundRoute, number: str, trunks: tuple[str, ...], caller_id: str | None, destination: str,
    payer: UserId | None,
) -> Plan:
    """What a call outside runs; `number` is in the carrier's form already, `destination` is what was meant."""
    ring_for = route.ring_for.total_seconds()
    params = {
        "number": number, "trunks": list(trunks), "ring_for": ring_for, "caller_id": caller_id,
        "destination": destination, "payer": payer,
    }  # fmt: skip
    return _built_in(f"outside-{route.id}", {"dial": Node(kind="dial_outside", params=params)}, "dial")


def own_phone_first(plan: Plan, user: str, devices: tuple[str, ...]) -> Plan:
    """The same for one of us who wants a call: their own phone is rung before all else."""
    own = Node(kind="ring_caller", params={"user": user, "devices": list(devices)}, exits={"done": plan.graph.start})
    key = next(key for key in _own_phones() if key not in plan.graph.nodes)
    graph = Graph(start=key, nodes={key: own, **plan.graph.nodes})
    return Plan(scenario=plan.scenario, version=plan.version, graph=graph)


def _own_phones() -> Iterator[str]:
    yield "own_phone"
    yield from (f"own_phone_{n}" for n in count(2))


def coming_back(plan: Plan, user: str) -> Plan:
    """The same for a call that this user sent on: it rings at them if nobody takes it there.

    A queue, a scenario and a group that has an overflow decide themselves what becomes of it.
    """
    node = plan.graph.nodes[plan.graph.start]
    if plan.version == 0 and node.kind == "park":
        return _with_return(_parking_plan(str(node.params["place"]), user), user, ("taken", "timed_out"))
    if plan.version or len(plan.graph.nodes) > 1 or node.kind not in ("dial", "dial_outside", "ring_group"):
        return plan
    not_reached = ("no_answer", "unreachable", *(() if node.kind == "ring_group" else ("busy",)))
    return _with_return(plan, user, not_reached)


def _with_return(plan: Plan, user: str, exits: tuple[str, ...]) -> Plan:
    start = plan.graph.start
    nodes = {
        start: plan.graph.nodes[start].model_copy(update={"exits": dict.fromkeys(exits, "back")}),
        "back": Node(kind="dial", params={"user": user, "returned": True}),
    }
    return Plan(scenario=plan.scenario, version=0, graph=Graph(start=start, nodes=nodes))


def echo_plan() -> Plan:
    """What a call to oneself runs."""
    return _built_in("echo", {"echo": Node(kind="echo")}, "echo")


def listen_plan(call: str, leg: str, user: str | None) -> Plan:
    """What a call runs that only hears another one."""
    params = {"call": call, "leg": leg, "user": user}
    return _built_in("listen", {"listen": Node(kind="listen", params=params)}, "listen")


def refusal_plan(cause: EndCause = EndCause.UNALLOCATED) -> Plan:
    """What a call runs that is not put through."""
    return _built_in("nowhere", {"end": Node(kind="hang_up", params={"cause": cause})}, "end")


def dialog_plan(card: str, params: dict[str, Any]) -> Plan:
    """What a dialog runs: its card lies open until it is closed."""
    return _built_in(f"card-{card}", {"card": Node(kind="fill_card", params={"card": card, **params})}, "card")


def _published(setup: Setup, key: str) -> Plan | None:
    found = setup.scenarios.get(key)
    if found is None:
        return None
    return Plan(scenario=key, version=setup.version("scenario", key), graph=found.graph)


def _to_user(user: User) -> Plan:
    """Rung, and where they say so their voicemail takes the call."""
    if user.voicemail.always:
        return _to_voicemail(user)
    dial = Node(kind="dial", params={"user": user.id})
    if not user.voicemail.exits:
        return _built_in(f"user-{user.id}", {"dial": dial}, "dial")
    ring_for = user.voicemail.ring_for.total_seconds()
    dial = Node(
        kind="dial", params={"user": user.id, "ring_for": ring_for},
        exits=dict.fromkeys(user.voicemail.exits, "voicemail"),
    )  # fmt: skip
    return _built_in(f"user-{user.id}", {"dial": dial, "voicemail": _message_for(user)}, "dial")


def _to_voicemail(user: User) -> Plan:
    return _built_in(f"voicemail-{user.id}", {"voicemail": _message_for(user)}, "voicemail")


def _message_for(user: User) -> Node:
    return Node(kind="voicemail", params={"user": user.id, "greeting": user.voicemail.greeting})


def _to_group(group: Group) -> Plan:
    ring = Node(kind="ring_group", params={"group": group.id})
    if group.overflow is None:
        return _built_in(f"group-{group.id}", {"group": ring}, "group")
    ring = ring.model_copy(update={"exits": {"no_answer": "overflow", "unreachable": "overflow"}})
    overflow = Node(kind="transfer", params={"extension": group.overflow})
    return _built_in(f"group-{group.id}", {"group": ring, "overflow": overflow}, "group")


def _to_paging(paging: str) -> Plan:
    return _built_in(f"paging-{paging}", {"paging": Node(kind="paging", params={"paging": paging})}, "paging")


def _to_room(room: str) -> Plan:
    return _built_in(f"room-{room}", {"room": Node(kind="conference", params={"room": room})}, "room")


def _to_outside(setup: Setup, dialled: str) -> Plan | None:
    """The house calls there by itself: what people may dial, and when, is no question."""
    route = setup.way_out(dialled)
    if route is None:
        return None
    dialling = setup.dialling_of(None, dialled, _NEVER_ASKED)
    sent = route.sent(dialling, setup.company.country)
    return outside_plan(route, sent, route.trunks, route.caller_id, dialling.number, None)


_NEVER_ASKED = datetime.min.replace(tzinfo=UTC)
"""The moment of a call that no hours are looked at for."""


def _to_mode(mode: str) -> Plan:
    """A feature code: whoever dials it throws the mode to its other side."""
    return _built_in(f"mode-{mode}", {"throw": Node(kind="throw_mode", params={"mode": mode})}, "throw")


def _to_service(service: str, extension: str) -> Plan | None:
    if service == Service.PICK_UP:
        return pick_up_plan(None)
    return _parking_plan(extension, None) if extension else None


def pick_up_plan(of: str | None = None, call: str | None = None) -> Plan:
    """What a call runs that wants what rings elsewhere: at an extension, at colleagues, or this call."""
    return _built_in("pick-up", {"pick_up": Node(kind="pick_up", params={"of": of, "call": call})}, "pick_up")


def _parking_plan(place: str, back_to: str | None) -> Plan:
    park = Node(kind="park", params={"place": place, "back_to": back_to})
    return _built_in(f"parking-{place}", {"park": park}, "park")


def _to_queue(queue: str) -> Plan:
    nodes = {
        "answer": Node(kind="answer", exits={"done": "queue"}),
        "queue": Node(kind="queue", params={"queue": queue}),
    }
    return _built_in(f"queue-{queue}", nodes, "answer")


def _built_in(name: str, nodes: dict[str, Node], start: str) -> Plan:
    return Plan(scenario=name, version=0, graph=Graph(start=start, nodes=nodes))
