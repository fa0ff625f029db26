"""Recordings: to be listened to in parts; each listening is told."""

import asyncio
import re
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Path, Response
from pydantic import BaseModel

from switchroom.api.deps import House, Me
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.identity import RecordingId
from switchroom.domain.refusals import NotFound

router = APIRouter(prefix="/api/recordings", tags=["recordings"], responses=PROBLEMS)
RecordingKey = Annotated[str, Path(max_length=120, pattern=r"^[A-Za-z0-9_.-]+$", description="Key of the recording")]
_RANGE = re.compile(r"^bytes=(\d{1,12})-(\d{0,12})$")
_LARGEST_PART = 4 * 1024 * 1024


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
    erased: bool


@router.get("/{key}", operation_id="get_recording", summary="What is known of a recording")
async def get_recording(key: RecordingKey, house: House, me: Me) -> RecordingOut:
    """Without listening."""
    me.scope.need(Right.HEAR_RECORDINGS)
    found = await asyncio.to_thread(house.archive.find, me.scope, key)
    return RecordingOut(
        id=found.id, call=found.call, queue=found.queue, operator=found.operator,
        seconds=found.lasts.total_seconds(), octets=found.octets, kept=found.kept, until=found.until,
        erased=found.wrapped_key is None,
    )  # fmt: skip


@router.get(
    "/{key}/sound",
    operation_id="hear_recording",
    summary="Listen: left is the customer, right what they heard",
    response_class=Response,
    responses={200: {"content": {"audio/ogg": {}}}, 206: {"content": {"audio/ogg": {}}}},
)
async def hear(
    key: RecordingKey, house: House, me: Me, wanted: Annotated[str | None, Header(alias="Range", max_length=80)] = None
) -> Response:
    """Ogg Vorbis in stereo; parts by `Range`. Whoever listens is told of in the audit of the call."""
    found = _RANGE.match(wanted) if wanted else None
    start = int(found[1]) if found else 0
    recording, read = await house.archive.hear(me.scope, key, first=start == 0)
    end = min(recording.octets, int(found[2]) + 1 if found and found[2] else start + _LARGEST_PART)
    if found is None:
        end = recording.octets
    if start >= recording.octets:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{recording.octets}"})
    sound = await asyncio.to_thread(read, start, end)
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "no-store"}
    if found is None:
        return Response(sound, media_type="audio/ogg", headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{recording.octets}"
    return Response(sound, status_code=206, media_type="audio/ogg", headers=headers)


@router.delete("/{key}", operation_id="erase_recording", status_code=204, summary="Erase a recording for good")
async def erase(key: RecordingKey, house: House, me: Me) -> None:
    """Its key is destroyed: it is gone from every backup, too."""
    me.scope.need(Right.ADMINISTER)
    found = await asyncio.to_thread(house.archive.find, me.scope, key)
    if found.wrapped_key is None:
        raise NotFound(kind="recording", key=key)
    await house.archive.erase(RecordingId(key), f"by {me.user}")
