"""Where every number leads: one picture of the rules, the numbers, and all that calls go on to."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from switchroom.domain.configured import ThingKind, references
from switchroom.domain.extensions import SERVICES, Extension, Service, Target, TargetKind
from switchroom.domain.plans import plan_for
from switchroom.domain.publishing import shelf
from switchroom.domain.routes import Route
from switchroom.domain.scenario.component import ERROR, Component
from switchroom.domain.scenario.graph import Graph, Node
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.setup import Setup
from switchroom.domain.titles import Title

_LEADS = {kind.value: ThingKind(kind.value) for kind in TargetKind if kind.value in set(ThingKind)}
"""Things that a call can be in, by the name of their kind."""
_VOICEMAIL = Title("voicemail", "голосовая почта")
_SAY_NOTHING = frozenset({"done", ERROR})
"""Exits that are no choice of anybody's."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing on the picture. `there` is false for what was removed.

    `note` says in words when a rule holds, or what the house does by itself under a number.
    """

    id: str
    kind: ThingKind
    key: str
    title: str
    note: Title | None = None
    people: tuple[str, ...] = ()
    there: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """A call may go on from one stop to another; `why` is what was chosen, if anything was."""

    start: str
    end: str
    why: Title | None = None


@dataclass(frozen=True, slots=True)
class NumberMap:
    """The whole picture; the rules first, in their order, then the numbers, then what they lead to."""

    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]


def number_map(setup: Setup) -> NumberMap:
    """Everything that a call from outside or between us can come to."""
    ahead = deque((ThingKind.ROUTE, route.id) for route in setup.routes_in_order())
    ahead.extend((ThingKind.EXTENSION, number) for number in sorted(setup.extensions, key=lambda n: (len(n), n)))
    stops: dict[str, Stop] = {}
    ways: list[Way] = []
    while ahead:
        kind, key = ahead.popleft()
        if _id(kind, key) in stops:
            continue
        stops[_id(kind, key)] = _stop(setup, kind, key)
        for to, of, why in _onward(setup, kind, key):
            ways.append(Way(_id(kind, key), _id(to, of), why))
            ahead.append((to, of))
    return NumberMap(tuple(stops.values()), tuple(dict.fromkeys(ways)))


def _id(kind: ThingKind, key: str) -> str:
    return f"{kind}:{key}"


Onward = tuple[ThingKind, str, Title | None]


def _onward(setup: Setup, kind: ThingKind, key: str) -> Iterator[Onward]:
    target = _target(setup, kind, key)
    if target is None:
        return
    if kind in (ThingKind.ROUTE, ThingKind.EXTENSION):
        if target.kind is TargetKind.VOICEMAIL:
            yield ThingKind.USER, target.key, _VOICEMAIL
        if target.kind.value in _LEADS:
            yield _LEADS[target.kind.value], target.key, None
        return
    plan = plan_for(setup, target)
    if plan is not None:
        yield from (one for one in _named_in(plan.graph) if one[:2] != (kind, key))


def _target(setup: Setup, kind: ThingKind, key: str) -> Target | None:
    """Where a rule or a number leads; of anything else, itself."""
    match kind:
        case ThingKind.ROUTE:
            return setup.routes[key].target if key in setup.routes else None
        case ThingKind.EXTENSION:
            return setup.extensions[key].target if key in setup.extensions else None
        case _:
            return Target(kind=TargetKind(kind.value), key=key)


def _named_in(graph: Graph) -> Iterator[Onward]:
    """What the components name that a call can go on to, each with the choices that lead to it."""
    ahead: deque[tuple[str, tuple[Title, ...]]] = deque([(graph.start, ())])
    seen: set[str] = set()
    while ahead:
        key, chosen = ahead.popleft()
        node = graph.nodes.get(key)
        if key in seen or node is None:
            continue
        seen.add(key)
        component = _component(node)
        if component is None:
            continue
        for named in references(component.params):
            if named.kind.value in _LEADS:
                yield named.kind, named.key, _together(chosen)
        ahead.extend((to, (*chosen, *_choice(component, way))) for way, to in node.exits.items())


def _component(node: Node) -> "Component | None":  # type: ignore[type-arg]  # of whatever parameters and state
    made = COMPONENTS.get(node.kind)
    try:
        return made(made.Params.model_validate(node.params)) if made else None
    except ValidationError:
        return None  # a published scenario has none of these; a build that knows fewer components may


def _choice(component: "Component", way: str) -> tuple[Title, ...]:  # type: ignore[type-arg]  # as above
    if way in _SAY_NOTHING:
        return ()
    return tuple(one.title for one in component.exits() if one.key == way)


def _together(chosen: tuple[Title, ...]) -> Title | None:
    """The last two choices: what came before is the way there."""
    if not chosen:
        return None
    last = chosen[-2:]
    return Title(", ".join(one.en for one in last), ", ".join(one.ru for one in last))


# ---- what stands at a stop


def _stop(setup: Setup, kind: ThingKind, key: str) -> Stop:
    found = shelf(setup, kind).get(key)
    if found is None:
        return Stop(_id(kind, key), kind, key, key, there=False)
    title = key if kind is ThingKind.EXTENSION else str(getattr(found, "title", None) or getattr(found, "name", key))
    return Stop(_id(kind, key), kind, key, title, _note(setup, found), _people(setup, kind, key))


def _note(setup: Setup, thing: object) -> Title | None:
    match thing:
        case Route():
            return thing.said(setup.known_to_routes())
        case Extension(target=Target(kind=TargetKind.SERVICE, key=service)):
            return SERVICES[Service(service)]
        case Extension(target=Target(kind=TargetKind.OUTSIDE, key=number)):
            return _same(number)
        case _:
            return None


def _people(setup: Setup, kind: ThingKind, key: str) -> tuple[str, ...]:
    match kind:
        case ThingKind.QUEUE:
            keys = setup.queues[key].operators
        case ThingKind.GROUP:
            keys = setup.groups[key].members
        case ThingKind.PAGING:
            keys = setup.pagings[key].members
        case _:
            return ()
    return tuple(setup.users[one].name if one in setup.users else one for one in keys)


def _same(words: str) -> Title:
    return Title(words, words)
