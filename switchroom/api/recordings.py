"""Recordings: to be listened to in parts; each listening is told."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS
from switchroom.api.sounds import AskedRange, answer, part_of
from switchroom.domain.access import Right
from switchroom.domain.deeds import Deed
from switchroom.domain.recording_rules import SoundFormat
from switchroom.media.stereo import MEDIA_TYPES
from switchroom.storage.audit import Entry, noted

router = APIRouter(prefix="/api/recordings", tags=["recordings"], responses=PROBLEMS)
RecordingKey = Annotated[str, Path(max_length=120, pattern=r"^[A-Za-z0-9_.-]+$", description="Key of the recording")]


class RecordingOut(BaseModel):
    """`erased`: its key was destroyed."""

    id: str
    call: str
    queue: str | None
    operator: str | None
    seconds: float
    octets: int
    kept: datetime
    until: datetime
    format: SoundFormat
    erased: bool


@router.get("/{key}", operation_id="get_recording", summary="What is known of a recording")
async def get_recording(key: RecordingKey, house: House, me: Me) -> RecordingOut:
    """Without listening."""
    me.scope.need(Right.HEAR_RECORDINGS)
    found = await asyncio.to_thread(house.archive.find, me.scope, key)
    return RecordingOut(
        id=found.id, call=found.call, queue=found.queue, operator=found.operator,
        seconds=found.lasts.total_seconds(), octets=found.octets, kept=found.kept, until=found.until,
        format=found.format, erased=found.wrapped_key is None,
    )  # fmt: skip


@router.get(
    "/{key}/sound",
    operation_id="hear_recording",
    summary="Listen: left is the customer, right what they heard",
    response_class=Response,
    responses={code: {"content": {kind: {} for kind in MEDIA_TYPES.values()}} for code in (200, 206)},
)
async def hear(key: RecordingKey, house: House, me: Me, wanted: AskedRange = None) -> Response:
    """Stereo, in the format in which it is kept; parts by `Range`. Who listened when stands in the audit."""
    part = part_of(wanted)
    recording, read = await house.archive.hear(me.scope, key, first=part is None or part.begins, door=me.door)
    return await answer(part, recording.octets, MEDIA_TYPES[recording.format], read)


class PeaksOut(BaseModel):
    """`left` is the customer, `right` what they heard: the loudest of each stretch of `seconds` / points, 0 to 255."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"seconds": 12.5, "left": [0, 31, 144], "right": [12, 0, 90]}}
    )

    seconds: float
    left: list[int]
    right: list[int]


@router.get("/{key}/peaks", operation_id="get_recording_peaks", summary="The wave form of a recording")
async def get_peaks(key: RecordingKey, house: House, me: Me) -> PeaksOut:
    """About a thousand points in each channel. Needs `hear_recordings`; that you looked is noted in the audit."""
    found = await house.archive.peaks(me.scope, key)
    entry = Entry(at=house.wall(), by=me.user, what=Deed.WAVE_FORM_SEEN, kind="recording", key=key, door=me.door)
    await asyncio.to_thread(noted, house.database, entry)
    return PeaksOut(seconds=found.seconds, left=found.left, right=found.right)


@router.delete("/{key}", operation_id="erase_recording", status_code=204, summary="Erase a recording for good")
async def erase(key: RecordingKey, house: House, me: Me) -> None:
    """Its key is destroyed: it is gone from every backup, too."""
    await house.archive.erase_by(me.scope, key, me.door)
