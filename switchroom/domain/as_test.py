"""A real call as a stored story: cut out of its house, with everybody's personal values made up."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
from pydantic import BaseModel

from switchroom.domain.acts import Shown
from switchroom.domain.cards import Card, FieldKind
from switchroom.domain.configured import Configured, ThingKind
from switchroom.domain.contacts import OF_CONTACT
from switchroom.domain.events import DigitHeard, Event, FieldsTyped, LegEnded
from switchroom.domain.facts.calls import CallArrived, LegRung, OperatorOffered, RecordingFailed, RecordingKept, SentOn
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.messages import MessageLeft, MessageNotKept
from switchroom.domain.identity import StoryId
from switchroom.domain.people import Value, Variables
from switchroom.domain.publishing import named_by, shelf
from switchroom.domain.refusals import Refusal
from switchroom.domain.replay import FORMAT, Retold, StoredEvent, StoredStory, StoredThing, retell, saved_states, walk
from switchroom.domain.scenario.effects import CollectDigits, Effect, FillCard
from switchroom.domain.scenario.graph import Graph, ScenarioVersion
from switchroom.domain.setup import Setup
from switchroom.domain.traces import Begun, Heard
from switchroom.domain.users import User

SOMEBODY, THEIR_NUMBER, WORDS = "Somebody", "+70000000000", "Words"
_DIGIT, _SOME_DAY = "1", "2000-01-01"
_SHORTEST_NUMBER = 4
_KINDS = (
    ThingKind.USER, ThingKind.DEVICE, ThingKind.QUEUE, ThingKind.CARD, ThingKind.EXTENSION, ThingKind.SCENARIO
)  # fmt: skip
"""What stories look up while they run."""
_TOLD_BY_THE_ARCHIVE = (RecordingKept, RecordingFailed, MessageLeft, MessageNotKept)
Thing = tuple[ThingKind, str]


class NoTrace(Refusal):
    """Its events are not kept."""

    code = "story.no_trace"
    status = 410
    en = "What happened in the call {call} is told by its facts only: its events are kept for {days} days."
    ru = "От звонка {call} остались только факты: события хранятся столько дней: {days}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of a story: what it heard and told, the scenario that it began with, and the house of today."""

    story: StoryId
    trace: tuple[Heard, ...]
    told: tuple[Fact, ...]
    graph: Graph
    setup: Setup
    release: str


def as_test(case: Case) -> StoredStory:
    """The stored story. Whatever reads otherwise when it is told again stands in its remarks.

    The trace must be whole: its first event is `Begun`.
    """
    told = tuple(_fact(fact, case.setup) for fact in case.told if not isinstance(fact, _TOLD_BY_THE_ARCHIVE))
    stored = StoredStory(
        format=FORMAT,
        release=case.release,
        story=case.story,
        born=case.trace[0].at,
        setup=_things(case, told),
        heard=tuple(_event(case, heard) for heard in case.trace),
        told=told,
        acts=(),
    )
    stored = _with_made_up_values(stored, case.setup)
    try:
        return _with_what_came(stored, retell(stored))
    except Refusal as refused:
        return msgspec.structs.replace(stored, remarks=(f"Told again, it is refused: {refused.sentence('en')}",))


def _with_what_came(stored: StoredStory, retold: Retold) -> StoredStory:
    return msgspec.structs.replace(
        stored, acts=retold.acts, states=saved_states(retold), remarks=tuple(_differences(stored.told, retold.told))
    )


def _differences(told: tuple[Fact, ...], retold: tuple[Fact, ...]) -> Iterator[str]:
    """The first place where the two part; what follows it says little."""
    for number, (then, now) in enumerate(zip(told, retold, strict=False), start=1):
        if then != now:
            yield f"Told again, fact {number} is {now}; then it was {then}."
            return
    if len(told) != len(retold):
        yield f"Told again, there are {len(retold)} facts; then there were {len(told)}."


# ---- the configuration that it knew


def _things(case: Case, told: tuple[Fact, ...]) -> tuple[StoredThing, ...]:
    found: set[Thing] = set()
    ahead = [*_named_by_scenario(case.graph), *_named_by_facts(told)]
    while ahead:
        thing = ahead.pop()
        kind, key = thing
        if thing not in found and kind in _KINDS and key in shelf(case.setup, kind):
            found.add(thing)
            ahead += _named(case.setup, kind, shelf(case.setup, kind)[key])
    return tuple(_stored(case.setup, kind, key) for kind, key in sorted(found))


def _named_by_scenario(graph: Graph) -> Iterator[Thing]:
    scenario = ScenarioVersion(id="it", title="It", graph=graph)
    yield from ((r.kind, r.key) for r in named_by(ThingKind.SCENARIO, scenario))


def _named_by_facts(told: tuple[Fact, ...]) -> Iterator[Thing]:
    for fact in told:
        match fact:
            case OperatorOffered(operator=user):
                yield ThingKind.USER, user
            case LegRung(user=user) if user is not None:
                yield ThingKind.USER, user
            case SentOn(to=extension):
                yield ThingKind.EXTENSION, extension
            case _:
                continue


def _named(setup: Setup, kind: ThingKind, body: Configured) -> list[Thing]:
    named = [(r.kind, r.key) for r in named_by(kind, body)]
    if isinstance(body, User):
        named += [(ThingKind.DEVICE, device.id) for device in setup.devices_of(body.id)]
    return named


def _stored(setup: Setup, kind: ThingKind, key: str) -> StoredThing:
    body: BaseModel = shelf(setup, kind)[key]
    if isinstance(body, User):
        body = body.model_copy(update={"name": key, "department": "", "position": ""})
    plain = body.model_dump(mode="json", exclude_defaults=True)
    return StoredThing(kind=kind, key=key, version=setup.version(kind, key), body=plain)


def _event(case: Case, heard: Heard) -> StoredEvent:
    event = heard.event
    if isinstance(event, Begun) and event.graph is None:
        event = msgspec.structs.replace(event, graph=case.graph)
    return StoredEvent(after=heard.at - case.trace[0].at, event=event, seen=heard.seen)


# ---- made-up values


def _with_made_up_values(stored: StoredStory, setup: Setup) -> StoredStory:
    """Keys pressed in a menu and choices of a card stay; numbers and words of people do not."""
    effects = _effects(stored)
    heard = tuple(
        msgspec.structs.replace(one, event=_made_up(one.event, effects[n] if n < len(effects) else None, setup))
        for n, one in enumerate(stored.heard)
    )
    return msgspec.structs.replace(stored, heard=heard)


def _effects(stored: StoredStory) -> list[Effect | None]:
    """What the story was busy with when it heard each event; nothing behind the first that is refused today."""
    effects: list[Effect | None] = [None]
    with suppress(Refusal):
        effects += [moved.state.effect for moved in walk(stored)]
    return effects


def _made_up(event: Begun | Event, effect: Effect | None, setup: Setup) -> Begun | Event:
    match event:
        case Begun():
            variables = Variables({name: _variable(name, value) for name, value in event.variables.items()})
            return msgspec.structs.replace(event, variables=variables, shown=_shown(event.shown))
        case DigitHeard(digit=digit):
            chosen = isinstance(effect, CollectDigits) and (effect.most == 1 or digit in effect.end_keys)
            return event if chosen else msgspec.structs.replace(event, digit=_DIGIT)
        case LegEnded(moved_to=to) if to not in setup.extensions:
            return msgspec.structs.replace(event, moved_to=_number(to))
        case FieldsTyped(fields=fields):
            card = setup.cards.get(effect.card) if isinstance(effect, FillCard) else None
            typed = {key: _typed(card, key, value) for key, value in fields.items()}
            return msgspec.structs.replace(event, fields=typed)
        case _:
            return event


def _variable(name: str, value: Value) -> Value:
    if name == "caller_name":
        return SOMEBODY if value else value
    if name == "caller_number":
        return THEIR_NUMBER if value else value
    if name.startswith(OF_CONTACT):
        return WORDS if isinstance(value, str) else None
    return _number(value) if isinstance(value, str) else value


def _number(text: str) -> str:
    """Of a number of somebody only its length is left."""
    digits = text.removeprefix("+")
    return _DIGIT * len(text) if digits.isdigit() and len(digits) >= _SHORTEST_NUMBER else text


def _shown(shown: Shown) -> Shown:
    return Shown(number=THEIR_NUMBER if shown.number else "", name=SOMEBODY if shown.name else "")


def _typed(card: Card | None, key: str, value: Any) -> Any:
    kind = next((field.kind for field in card.fields if field.key == key), FieldKind.TEXT) if card else FieldKind.TEXT
    if not isinstance(value, str) or not value or kind is FieldKind.LIST:
        return value
    return {FieldKind.PHONE: THEIR_NUMBER, FieldKind.DATE: _SOME_DAY}.get(kind, WORDS)


def _fact(fact: Fact, setup: Setup) -> Fact:
    if not isinstance(fact, CallArrived):
        return fact
    dialled = fact.dialled if fact.dialled in setup.extensions else _number(fact.dialled)
    return msgspec.structs.replace(fact, dialled=dialled, sip_call_id="")
