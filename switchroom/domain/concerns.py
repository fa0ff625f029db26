"""What is doubtful about a rule that is being written: nothing reaches it, it takes calls from others, it goes round.

None of it keeps a rule from being published: a person may want it so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from switchroom.domain.calendars import Calendar
from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.patterns import covers, meet
from switchroom.domain.routes import Route, When
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.setup import Setup
from switchroom.domain.titles import Title


@dataclass(frozen=True, slots=True)
class Concern:
    """One doubt, and the rules that it is about."""

    code: str
    why: Title
    others: tuple[str, ...] = ()


def of_route(setup: Setup, route: Route) -> list[Concern]:
    """All doubts about an inbound route, put into this picture or not yet."""
    others = [other for other in setup.routes_in_order() if other.id != route.id]
    above = [other for other in others if (other.order, other.id) < (route.order, route.id)]
    below = [other for other in others if (other.order, other.id) > (route.order, route.id)]
    found = [*_hidden(route, above), *_hides(route, below), *_never(setup, route), *_round(setup, route.target)]
    return found if any(one.code == "hidden" for one in found) else [*found, *_overlapped(route, above)]


def of_outbound(setup: Setup, route: OutboundRoute) -> list[Concern]:
    """All doubts about an outbound route."""
    ordered = sorted((*(r for r in setup.outbound_routes.values() if r.id != route.id), route), key=_place)
    at = ordered.index(route)
    hider = next((other for other in ordered[:at] if _covers_outbound(other, route)), None)
    hidden = [] if hider is None else [_concern_hidden(hider.title, hider.id)]
    below = [other for other in ordered[at + 1 :] if _covers_outbound(route, other)]
    return [*hidden, *_concern_hides([(one.title, one.id) for one in below])]


def _place(route: OutboundRoute) -> tuple[int, str]:
    return route.order, route.id


def _hidden(route: Route, above: Sequence[Route]) -> Iterator[Concern]:
    hider = next((other for other in above if _covers(other, route)), None)
    if hider is not None:
        yield _concern_hidden(hider.title, hider.id)


def _concern_hidden(title: str, key: str) -> Concern:
    en = f"Calls don’t get here: “{title}” above takes them all."
    return Concern("hidden", Title(en, f"Сюда звонки не дойдут: раньше их все забирает «{title}»."), (key,))


def _hides(route: Route, below: Sequence[Route]) -> list[Concern]:
    return _concern_hides([(other.title, other.id) for other in below if _covers(route, other)])


def _concern_hides(found: Sequence[tuple[str, str]]) -> list[Concern]:
    if not found:
        return []
    named = ", ".join(f"“{title}”" for title, _ in found)
    ru = ", ".join(f"«{title}»" for title, _ in found)
    why = Title(f"Nothing is left for these below: {named}.", f"Ниже ничего не останется для: {ru}.")
    return [Concern("hides", why, tuple(key for _, key in found))]


def _overlapped(route: Route, above: Sequence[Route]) -> Iterator[Concern]:
    """Rules above that take a part of the calls, though neither is simply a special case of the other."""
    found = [other for other in above if _meet(other, route) and not _covers(route, other)]
    if found:
        named = ", ".join(f"“{other.title}”" for other in found)
        ru = ", ".join(f"«{other.title}»" for other in found)
        why = Title(f"Some of its calls go to these above: {named}.", f"Часть звонков раньше заберут: {ru}.")
        yield Concern("overlapped", why, tuple(other.id for other in found))


def _never(setup: Setup, route: Route) -> Iterator[Concern]:
    calendar = setup.calendars.get(route.calendar or "")
    if calendar is None or route.when is When.ALWAYS:
        return
    if route.when is When.OPEN and not _opens(calendar):
        en = f"“{calendar.title}” is never open, so this never holds."
        yield Concern("never", Title(en, f"«{calendar.title}» никогда не открыт, маршрут не сработает."))


def _opens(calendar: Calendar) -> bool:
    return any(calendar.week.values()) or any(exception.hours for exception in calendar.exceptions)


def _round(setup: Setup, target: Target) -> Iterator[Concern]:
    """Where the call leads back to where it was, whatever the caller does; menus may lead back on purpose."""
    seen: list[str] = []
    at = target
    while True:
        name = f"{at.kind.value} {at.key}"
        if name in seen:
            chain = " → ".join((*seen[seen.index(name) :], name))
            yield Concern("round", Title(f"It goes round: {chain}.", f"Ведёт по кругу: {chain}."))
            return
        seen.append(name)
        following = _only_way_on(setup, at)
        if following is None or following not in setup.extensions:
            return
        at = setup.extensions[following].target


def _only_way_on(setup: Setup, target: Target) -> str | None:
    """The extension that a call certainly goes on to from here, if nobody takes it."""
    match target.kind:
        case TargetKind.EXTENSION:
            return target.key
        case TargetKind.GROUP if target.key in setup.groups:
            return setup.groups[target.key].overflow
        case TargetKind.SCENARIO if target.key in setup.scenarios:
            return _sent_on_by(setup, target.key)
        case _:
            return None


def _sent_on_by(setup: Setup, scenario: str) -> str | None:
    """Where a scenario sends every call: one way through it, and a transfer at its end."""
    graph = setup.scenarios[scenario].graph
    node, steps = graph.nodes.get(graph.start), 0
    while node is not None and steps <= len(graph.nodes):
        if node.kind == "transfer":
            return str(node.params.get("extension", ""))
        ways = set(node.exits.values())
        if len(ways) != 1 or node.kind not in COMPONENTS:
            return None
        node, steps = graph.nodes.get(ways.pop()), steps + 1
    return None


def _covers(outer: Route, inner: Route) -> bool:
    """Whether one route takes every call that another would take."""
    return (
        (outer.trunk is None or outer.trunk == inner.trunk)
        and covers(outer.number, inner.number)
        and covers(outer.caller, inner.caller)
        and _all_of(outer.caller_lists, inner.caller_lists)
        and (outer.contact is None or outer.contact.covers(inner.contact))
        and _all_of(outer.countries, inner.countries)
        and _all_of(outer.regions, inner.regions)
        and _hours_cover(outer, inner)
        and (outer.mode is None or (outer.mode, outer.mode_says) == (inner.mode, inner.mode_says))
    )


def _all_of(outer: tuple[str, ...], inner: tuple[str, ...]) -> bool:
    return not outer or (bool(inner) and set(inner) <= set(outer))


def _hours_cover(outer: Route | OutboundRoute, inner: Route | OutboundRoute) -> bool:
    return outer.when is When.ALWAYS or (outer.when, outer.calendar) == (inner.when, inner.calendar)


def _meet(one: Route, other: Route) -> bool:
    """Whether some call may fit both."""
    hours_apart = one.calendar == other.calendar and {one.when, other.when} == {When.OPEN, When.CLOSED}
    mode_apart = one.mode is not None and one.mode == other.mode and one.mode_says is not other.mode_says
    countries_apart = one.countries and other.countries and not set(one.countries) & set(other.countries)
    return (
        (one.trunk is None or other.trunk is None or one.trunk == other.trunk)
        and meet(one.number, other.number)
        and meet(one.caller, other.caller)
        and not hours_apart
        and not mode_apart
        and not countries_apart
        and not (one.contact is not None and one.contact.is_apart_from(other.contact))
    )


def _covers_outbound(outer: OutboundRoute, inner: OutboundRoute) -> bool:
    people = outer.service_classes is None or (
        inner.service_classes is not None and inner.service_classes <= outer.service_classes
    )
    numbers = all(any(covers(pattern, number) for pattern in outer.numbers) for number in inner.numbers)
    return people and numbers and _hours_cover(outer, inner)
