"""Walks every declaration of the house: what is declared is whole, in both languages."""

import importlib
import re
from collections.abc import Iterator
from enum import Enum
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from switchroom.domain.breaks import USUAL_BREAKS
from switchroom.domain.configured import Configured, Names, ThingKind
from switchroom.domain.described import VALUE_TITLES, titled, types_in
from switchroom.domain.dispositions import DISPOSITION_TITLES, SystemDisposition
from switchroom.domain.distribution import STRATEGIES
from switchroom.domain.facts.calls import NotTakenWhy
from switchroom.domain.facts.every import FACT_TYPES, Fact
from switchroom.domain.operators import Status
from switchroom.domain.publishing import SHAPES, TITLES
from switchroom.domain.queues import StrategyKind
from switchroom.domain.reasons import NOT_TAKEN_TITLES, STATUS_TITLES
from switchroom.domain.refusals import Refusal
from switchroom.domain.scenario.component import Component
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.titles import Title

importlib.import_module("switchroom.cli.demo")  # and with it every room, so that every refusal is declared
importlib.import_module("switchroom.cli.up")
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
PERSONAL = {"number", "name", "phone", "text", "words", "values"}


def is_whole(title: Title) -> bool:
    """Both languages, and the Russian one is Russian unless it is a name."""
    return bool(title.en.strip()) and bool(CYRILLIC.search(title.ru)) and not CYRILLIC.search(title.en)


@pytest.mark.parametrize("kind", sorted(COMPONENTS))
def test_a_component_has_titles_parameters_with_titles_and_exits_with_titles(kind: str) -> None:
    made: type[Component] = COMPONENTS[kind]  # type: ignore[type-arg]
    assert is_whole(made.title)
    assert is_whole(made.about)
    for name, field in made.Params.model_fields.items():
        titles = [m for m in field.metadata if isinstance(m, Title)]
        assert titles, f"{kind}.{name} has no title"
        assert is_whole(titles[0]), titles[0]
    for example in made.examples:
        assert is_whole(example.title)
        component = made(made.Params.model_validate(example.params))
        assert all(is_whole(exit_.title) or exit_.key.isdigit() for exit_ in component.exits())


@pytest.mark.parametrize("kind", list(ThingKind))
def test_every_kind_of_thing_has_a_shape_a_title_and_fields_with_titles(kind: ThingKind) -> None:
    shape: type[Configured] = SHAPES[kind]
    assert is_whole(TITLES[kind])
    for name, field in shape.model_fields.items():
        if any(isinstance(m, Names) for m in field.metadata):
            assert any(isinstance(m, Title) for m in field.metadata), f"{kind}.{name}"


@pytest.mark.parametrize("kind", list(ThingKind))
def test_every_field_in_depth_has_a_title_and_few_values_have_theirs(kind: ThingKind) -> None:
    for shape in shapes_in(SHAPES[kind]):
        for name, field in shape.model_fields.items():
            title = titled(name, field)
            assert title is not None, f"{shape.__name__}.{name}"
            assert is_whole(title), f"{shape.__name__}.{name}"
            for found in types_in(field.annotation):
                few = get_origin(found) is Literal or (isinstance(found, type) and issubclass(found, Enum))
                assert not few or set(VALUE_TITLES[found]) == set(get_args(found) or found), f"{shape.__name__}.{name}"
    assert all(is_whole(title) for titles in VALUE_TITLES.values() for title in titles.values())


def shapes_in(shape: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield shape
    for field in shape.model_fields.values():
        for found in types_in(field.annotation):
            if isinstance(found, type) and issubclass(found, BaseModel):
                yield from shapes_in(found)


@pytest.mark.parametrize("code", sorted(Refusal.declared))
def test_a_refusal_says_in_both_languages_what_happened(code: str) -> None:
    refusal = Refusal.declared[code]
    assert CYRILLIC.search(refusal.ru)
    assert not CYRILLIC.search(refusal.en)
    for sentence in (refusal.en, refusal.ru):
        assert sentence.endswith((".", "}", "DIR", "--demo", "HOST:PORT.")), sentence
        assert not re.search(r"\(s\)|\(ов\)|\(а\)", sentence), "words that need no plural"
    assert 400 <= refusal.status < 600


@pytest.mark.parametrize("fact", FACT_TYPES, ids=lambda f: f.__name__)
def test_a_fact_is_frozen_documented_in_the_past_tense_and_holds_nobodys_values(fact: type[Fact]) -> None:
    assert fact.__struct_config__.frozen
    assert fact.__doc__
    assert not PERSONAL & set(get_type_hints(fact))
    endings = r"(ed|ent|ung|old|aken|egan|one|ept|eard|wn|eft|ack|On|ost|und|Away|In|Into|Out|Up)$"
    past = re.search(endings, fact.__name__)
    assert past, fact.__name__


def test_every_strategy_and_every_disposition_has_its_words() -> None:
    assert set(STRATEGIES) == set(StrategyKind)
    assert all(is_whole(s.title) and is_whole(s.why) and is_whole(s.to_chosen) for s in STRATEGIES.values())
    assert all(is_whole(title) for titles in (STATUS_TITLES, NOT_TAKEN_TITLES) for title in titles.values())
    assert set(STATUS_TITLES) == set(Status)
    assert set(NOT_TAKEN_TITLES) == set(NotTakenWhy)
    assert all(is_whole(kind.title) for kind in USUAL_BREAKS)
    assert set(DISPOSITION_TITLES) == set(SystemDisposition)
    assert all(is_whole(title) for title in DISPOSITION_TITLES.values())
