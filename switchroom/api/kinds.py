"""What can be configured, described: for forms, and for differences in words."""

from fastapi import APIRouter
from pydantic import BaseModel

from switchroom.api.deps import Me
from switchroom.api.errors import PROBLEMS
from switchroom.api.words import Words, words
from switchroom.domain.configured import ThingKind
from switchroom.domain.described import FieldOf, Many, Sort, described
from switchroom.domain.publishing import SHAPES, TITLES

router = APIRouter(prefix="/api/kinds", tags=["kinds"], responses=PROBLEMS)


class FieldOut(BaseModel):
    """One field. `many`: how many of `sort` stand together. `names`: its value is the key of such a thing."""

    key: str
    title: Words
    sort: Sort
    many: Many | None
    names: ThingKind | None
    values: dict[str, Words]
    parts: list["FieldOut"]


class KindOut(BaseModel):
    """One kind of thing."""

    kind: ThingKind
    title: Words
    fields: list[FieldOut]


@router.get("", operation_id="list_kinds", summary="What can be configured")
async def list_kinds(me: Me) -> list[KindOut]:
    """Every kind with its fields, as they are declared; never changes while the house runs."""
    return _KINDS


def field_out(field: FieldOf) -> FieldOut:
    """A described field, answered."""
    return FieldOut(
        key=field.key,
        title=words(field.title),
        sort=field.sort,
        many=field.many,
        names=field.names,
        values={value: words(title) for value, title in field.values.items()},
        parts=[field_out(part) for part in field.parts],
    )


_KINDS = [
    KindOut(kind=kind, title=words(TITLES[kind]), fields=[field_out(f) for f in described(shape)])
    for kind, shape in SHAPES.items()
]
