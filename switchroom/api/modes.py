"""Switches between day and night: what each says now and why, and throwing one."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import Body
from pydantic import BaseModel, ConfigDict

from switchroom.api.configured import Key, resource
from switchroom.api.deps import House, Me, Rooms
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.facts.house import ModeThrown
from switchroom.domain.identity import ModeId
from switchroom.domain.modes import DayPart, Mode, Thrown, read
from switchroom.domain.refusals import NotFound
from switchroom.storage.modes import LastThrow, last_throws

router = resource(ThingKind.MODE, Mode, "modes", needs=None)


class ModeNow(BaseModel):
    """What a switch says now, and why. `by` and `at` tell who threw it last; null: nobody ever did."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "mode": "office", "title": "Офис", "says": "night", "position": "night", "by": "anna",
                "at": "2026-11-24T12:00:00Z",
                "why": {"en": "“Офис” is thrown to night", "ru": "«Офис»: вручную ночь"},
            }
        }
    )  # fmt: skip

    mode: str
    title: str
    says: DayPart
    position: Thrown
    why: Words
    by: str | None
    at: datetime | None


class ThrowIn(BaseModel):
    """Where to; `by_itself`: by its calendar again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"to": "night"}})

    to: Thrown


@router.get("/-/live", operation_id="list_modes_now", summary="Is it day or night?")
async def now(house: House, me: Me) -> list[ModeNow]:
    """All switches, as routes and scenarios see them at this moment."""
    lasts = await asyncio.to_thread(last_throws, house.database)
    return [_now(house, mode, lasts.get(key)) for key, mode in sorted(house.engine.setup.modes.items())]


@router.post("/{key}/throw", operation_id="throw_mode", summary="Switch to day or night")
async def throw(key: Key, body: Annotated[ThrowIn, Body()], house: House, me: Me) -> ModeNow:
    """It holds for the next call, and after a restart too. Needs the right `throw_modes`."""
    me.scope.need(Right.THROW_MODES)
    mode = house.engine.setup.modes.get(key)
    if mode is None:
        raise NotFound(kind="mode", key=key)
    await house.engine.tell(ModeThrown(mode=ModeId(key), to=body.to, by=me.user, door=me.door))
    return _now(house, mode, LastThrow(body.to, me.user, house.wall()))


def _now(house: Rooms, mode: Mode, last: LastThrow | None) -> ModeNow:
    thrown = house.engine.modes.thrown()
    reading = read(mode, thrown, house.engine.setup.calendars, house.wall())
    return ModeNow(
        mode=mode.id,
        title=mode.title,
        says=reading.part,
        position=thrown.get(mode.id, Thrown.BY_ITSELF),
        why=words(reading.why),
        by=last.by if last else None,
        at=last.at if last else None,
    )
