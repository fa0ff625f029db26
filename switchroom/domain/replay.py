"""A story that happens again: from what it began with and what it heard, by the code of today.

A stored story is one file: the things that were configured, the events with their times, and what was told and asked
of the switch. It serves as a test: told again, it must read the same; and so must its rest from each saved state.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from types import MappingProxyType
from typing import Any

import msgspec

from switchroom.domain.acts import Act
from switchroom.domain.configured import ThingKind
from switchroom.domain.events import Event
from switchroom.domain.facts.calls import ScenarioBegan
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import StoryId
from switchroom.domain.lifting import read_story
from switchroom.domain.limits import SpentBy
from switchroom.domain.noticing import Seen
from switchroom.domain.plans import Plan
from switchroom.domain.publishing import SHAPES, with_things
from switchroom.domain.scenario.graph import Graph
from switchroom.domain.setup import Setup
from switchroom.domain.shapes import Shape, dump, load, to_plain
from switchroom.domain.situations.scene import Surroundings
from switchroom.domain.stories import Beginning, Moved, StoryState, begin, hear
from switchroom.domain.traces import Begun

FORMAT = 1
"""Of the file."""


class StoredThing(Shape, frozen=True, kw_only=True):
    """One configured thing that the story uses, in this version."""

    kind: ThingKind
    key: str
    version: int = 0
    body: dict[str, Any]


class StoredEvent(Shape, frozen=True, kw_only=True):
    """One event, so long after the story began; see `traces.Heard`."""

    after: timedelta
    event: Begun | Event
    seen: Seen = Seen()


class StoredState(Shape, frozen=True, kw_only=True):
    """How the story was saved once it had heard so many events."""

    heard: int
    state: dict[str, Any]


class StoredStory(Shape, frozen=True, kw_only=True):
    """A story as a test. The first event is what it began with."""

    format: int
    release: str
    story: StoryId
    born: datetime
    setup: tuple[StoredThing, ...]
    heard: tuple[StoredEvent, ...]
    told: tuple[Fact, ...]
    acts: tuple[Act, ...]
    states: tuple[StoredState, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retold:
    """What came of it this time. `states` are those after each event."""

    told: tuple[Fact, ...]
    acts: tuple[Act, ...]
    states: tuple[StoryState, ...]


def write(stored: StoredStory) -> bytes:
    """As a file that people can read and compare."""
    return msgspec.json.format(dump(stored), indent=1) + b"\n"


def read(body: bytes) -> StoredStory:
    """Back again. Raises: msgspec.ValidationError."""
    stored: StoredStory = load(body, StoredStory)
    return stored


def setup_of(stored: StoredStory) -> Setup:
    """The configuration that the story knew."""
    things = [(thing.kind, thing.key, SHAPES[thing.kind].model_validate(thing.body)) for thing in stored.setup]
    versions = {f"{thing.kind}:{thing.key}": thing.version for thing in stored.setup}
    return replace(with_things(Setup(), things), versions=MappingProxyType(versions))


def walk(stored: StoredStory) -> Iterator[Moved]:
    """Let it happen again, decision by decision. Raises: Refusal where what was granted then is refused now."""
    setup, first = setup_of(stored), stored.heard[0]
    assert isinstance(first.event, Begun)
    opening = begin(beginning_of(stored.story, first.event, stored.told), _around(stored, first, setup))
    yield opening
    yield from _heard(stored, opening.state, setup, 1)


def retell(stored: StoredStory) -> Retold:
    """The whole of it. Raises: Refusal."""
    return _together(list(walk(stored)))


def retell_from(stored: StoredStory, saved: StoredState) -> Retold:
    """The rest of it, from a state that was saved then. Raises: Refusal; lifting.SavedByNewer."""
    state = read_story(msgspec.json.encode(saved.state))
    return _together(list(_heard(stored, state, setup_of(stored), saved.heard)))


def saved_states(retold: Retold) -> tuple[StoredState, ...]:
    """The states in which effects began, as they are saved."""
    found, before = [], -1
    for number, state in enumerate(retold.states, start=1):
        if state.effect_no != before and not state.over:
            found.append(StoredState(heard=number, state=to_plain(state)))
            before = state.effect_no
    return tuple(found)


def beginning_of(story: StoryId, begun: Begun, told: tuple[Fact, ...]) -> Beginning:
    """What a story began with; the graph must be there. What was told before its scenario began is given."""
    return Beginning(
        story=story,
        kind=begun.of,
        plan=Plan(scenario=begun.scenario, version=begun.version, graph=_graph(begun)),
        variables=begun.variables,
        language=begun.language,
        shown=begun.shown,
        facts=tuple(takewhile(lambda fact: not isinstance(fact, ScenarioBegan), told)),
    )


def _graph(begun: Begun) -> Graph:
    if begun.graph is None:
        raise ValueError(f"The graph of {begun.scenario}, version {begun.version}, is not with the story.")
    return begun.graph


def _heard(stored: StoredStory, state: StoryState, setup: Setup, since: int) -> Iterator[Moved]:
    for one in stored.heard[since:]:
        assert not isinstance(one.event, Begun)
        moved = hear(state, one.event, _around(stored, one, setup))
        state = moved.state
        yield moved


def _around(stored: StoredStory, one: StoredEvent, setup: Setup) -> Surroundings:
    now, seen = stored.born + one.after, one.seen
    return Surroundings(
        now=now, wall=now, setup=setup, waiting=seen.waiting, reachable=frozenset(seen.reachable), lines=seen.lines,
        operators=seen.operators, outside=seen.outside, thrown=seen.thrown, outgoing=seen.outgoing,
        spent=SpentBy(seen.spent_by_users, seen.spent_by_trunks), blocked=frozenset(seen.blocked),
        blocked_devices=frozenset(seen.blocked_devices), down=frozenset(seen.down),
    )  # fmt: skip


def _together(moves: list[Moved]) -> Retold:
    return Retold(
        told=tuple(fact for moved in moves for fact in moved.facts),
        acts=tuple(act for moved in moves for act in moved.acts),
        states=tuple(moved.state for moved in moves),
    )
