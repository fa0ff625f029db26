"""What the API says of facts: a schema of every kind, so that clients are typed by what is really told."""

import inspect
from typing import Any

import msgspec
from fastapi import FastAPI

from switchroom.domain.facts.every import Kept

_REF = "#/components/schemas/{name}"


def described() -> dict[str, Any]:
    """JSON Schema of each kind of fact by its name, of `Fact` (one of them), and of `Kept` (how the feed tells one)."""
    _, found = msgspec.json.schema_components((Kept,), ref_template=_REF)
    kept = found["Kept"]["properties"]
    found["Fact"] = {"description": "One fact; `kind` says which.", **kept["fact"]}
    kept["fact"] = {"$ref": _REF.format(name="Fact")}
    return {name: _as_told(schema) for name, schema in sorted(found.items())}


def describe(app: FastAPI) -> None:
    """Let the application's description name the facts."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        told = plain()
        schemas: dict[str, Any] = told["components"]["schemas"]
        schemas["FactOut"]["properties"]["fact"] = {"$ref": _REF.format(name="Fact")}
        for name, schema in described().items():
            schemas.setdefault(name, schema)
        return told

    app.openapi = openapi  # type: ignore[method-assign]


def _as_told(schema: dict[str, Any]) -> dict[str, Any]:
    """Lines of the description without their indent; and what is as usual is not told, so nothing is filled in."""
    properties = {
        name: {key: value for key, value in found.items() if key != "default"}
        for name, found in schema.get("properties", {}).items()
    }
    changed = {"description": inspect.cleandoc(schema["description"])} if "description" in schema else {}
    return {**schema, **changed, **({"properties": properties} if properties else {})}
