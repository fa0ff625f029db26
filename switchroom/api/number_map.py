"""Where every number leads, as one picture."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.number_map import Stop, Way, number_map

router = APIRouter(prefix="/api/number-map", tags=["routes"], responses=PROBLEMS)


class MapStop(BaseModel):
    """A rule, a number, or something that calls go on to.

    `note` says when a rule holds, or what the house does by itself under a number; `people` are those whom a queue or a
    group rings; `there` is false for what was removed while something still leads to it.
    """

    id: str
    kind: ThingKind
    key: str
    title: str
    note: Words | None
    people: list[str]
    there: bool


class MapWay(BaseModel):
    """A call may go on from one stop to another; `why` is what was chosen on the way, if anything was."""

    start: str
    end: str
    why: Words | None


class NumberMapOut(BaseModel):
    """The rules in the order in which they are tried, then the numbers, then what they lead to."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "stops": [
                    {
                        "id": "route:main", "kind": "route", "key": "main", "title": "Все входящие", "people": [],
                        "note": {"en": "any number", "ru": "любой номер"}, "there": True,
                    },
                    {
                        "id": "queue:service", "kind": "queue", "key": "service", "title": "Вызов мастера",
                        "note": None, "people": ["Анна Соколова", "Борис Ким"], "there": True,
                    },
                ],
                "ways": [{"start": "route:main", "end": "queue:service", "why": None}],
            }
        }
    )  # fmt: skip

    stops: list[MapStop]
    ways: list[MapWay]


@router.get("", operation_id="number_map", summary="Where does every number lead?")
async def picture(house: House, me: Me) -> NumberMapOut:
    """All rules and numbers, and everything that a call by them can come to."""
    me.scope.need(Right.ADMINISTER)
    found = number_map(house.engine.setup)
    return NumberMapOut(stops=[_stop(stop) for stop in found.stops], ways=[_way(way) for way in found.ways])


def _stop(stop: Stop) -> MapStop:
    return MapStop(
        id=stop.id, kind=stop.kind, key=stop.key, title=stop.title, people=list(stop.people), there=stop.there,
        note=words(stop.note) if stop.note else None,
    )  # fmt: skip


def _way(way: Way) -> MapWay:
    return MapWay(start=way.start, end=way.end, why=words(way.why) if way.why else None)
