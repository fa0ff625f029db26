"""The description of the API is complete: every body that is sent or answered has an example, and each one fits."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from switchroom.api import examples
from switchroom.api.app import described_app
from switchroom.domain.configured import ThingKind
from switchroom.domain.publishing import SHAPES, TITLES, faults_of, key_of, with_things
from switchroom.domain.setup import Setup

TOLD = described_app().openapi()
SCHEMAS: dict[str, dict[str, Any]] = TOLD["components"]["schemas"]
JSON = "application/json"


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON that is sent or answered, with the door's name."""
    for methods in TOLD["paths"].values():
        for door in methods.values():
            sent = door.get("requestBody", {}).get("content", {})
            answers = [answer.get("content", {}) for code, answer in door["responses"].items() if code < "300"]
            for direction, found in (("sends", sent), *(("answers", answer) for answer in answers)):
                if JSON in found:
                    yield f"{door['operationId']} {direction}", found[JSON]


def example_of(body: dict[str, Any]) -> Any:
    """As a reader of the description sees it: beside the body, else of its schema, else of the items of a list."""
    if "example" in body:
        return body["example"]
    schema = body["schema"]
    if "$ref" in schema:
        return SCHEMAS[schema["$ref"].rpartition("/")[2]].get("example")
    for part in schema.get("anyOf", ()):
        if (found := example_of({"schema": part})) is not None:
            return found
    if schema.get("type") == "array":
        item = example_of({"schema": schema["items"]})
        return None if item is None else [item]
    plain = {"string": "RU", "integer": 1, "boolean": True}
    return schema.get("example", next(iter(schema.get("examples", ())), plain.get(schema.get("type", ""))))


BODIES = dict(bodies())


@pytest.mark.feature("I3")
@pytest.mark.parametrize("name", sorted(BODIES))
def test_every_body_has_an_example_that_fits(name: str) -> None:
    body = BODIES[name]
    example = example_of(body)
    assert example is not None, "give its model an example, or add one to switchroom/api/examples.py"
    whole = {**body["schema"], "components": TOLD["components"]}
    jsonschema_rs.validate(whole, example)


@pytest.mark.parametrize("kind", list(ThingKind))
def test_the_example_of_a_thing_is_one(kind: ThingKind) -> None:
    assert kind in examples.THINGS, f"{TITLES[kind].en} has no example in switchroom/api/examples.py"
    SHAPES[kind].model_validate(examples.THINGS[kind])


def test_the_examples_together_are_nearly_a_company() -> None:
    """What one names, another is, but for a few people and trunks that stand for more."""
    bodies = [(kind, SHAPES[kind].model_validate(body)) for kind, body in examples.THINGS.items()]
    setup = with_things(Setup(), [(kind, key_of(kind, body), body) for kind, body in bodies])
    missing = {fault.title.en for fault in faults_of(setup, Setup())}
    assert missing <= {f"there is no user {name}" for name in ("boris", "gleb", "denis")}, missing


def test_no_example_is_left_over() -> None:
    of_things = {SHAPES[kind].__name__ for kind in examples.THINGS}
    known = {name.removesuffix("-Input").removesuffix("-Output") for name in SCHEMAS}
    assert set(examples.OTHERS) | of_things <= known
