"""Photos of people: an administrator's upload for a user, everybody's own, and what the pages show."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, File, Header, Path, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.publishing import Put
from switchroom.domain.refusals import NotFound
from switchroom.domain.setup import Setup
from switchroom.media.photos import LARGEST, MEDIA_TYPE

router = APIRouter(prefix="/api", tags=["photos"], responses=PROBLEMS)
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}


class PhotoOut(BaseModel):
    """What the photo is known by: the field `photo` of a user, and the end of its address."""

    model_config = ConfigDict(json_schema_extra={"example": {"photo": "3f0c9a5d1be24c7f86a2d94e07b1c358"}})

    photo: str


@router.post("/photos", operation_id="keep_photo", status_code=201, summary="Upload a photo for a user")
async def keep_photo(photo: Annotated[UploadFile, File()], house: House, me: Me) -> PhotoOut:
    """JPEG, PNG or WebP; its middle square is kept, and nothing else of it. A user has it once `photo` names it."""
    me.scope.need(Right.ADMINISTER)
    return PhotoOut(photo=await _kept(house, photo))


@router.get(
    "/photos/{photo}",
    operation_id="get_photo",
    summary="See a photo",
    response_class=FileResponse,
    responses={200: {"content": {MEDIA_TYPE: {}}}, 304: {"description": "You have it already"}},
)
async def get_photo(
    photo: Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="What it is known by")],
    house: House,
    me: Me,
    known: Annotated[str | None, Header(alias="If-None-Match", max_length=200)] = None,
) -> Response:
    """256 by 256 pixels. Photos that nobody has now are seen by administrators only."""
    path = house.photos.path_of(photo) if _may_see(house.engine.setup, me, photo) else None
    if path is None:
        raise NotFound(kind="photo", key=photo)
    headers = {**_KEPT, "ETag": f'"{photo}"'}
    if known is not None and headers["ETag"] in known:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=MEDIA_TYPE, headers=headers)


@router.put("/session/photo", operation_id="set_own_photo", summary="Upload one's own photo")
async def set_own_photo(photo: Annotated[UploadFile, File()], house: House, me: Me) -> PhotoOut:
    """JPEG, PNG or WebP; its middle square is kept, and nothing else of it."""
    kept = await _kept(house, photo)
    await _has(house, me, kept)
    return PhotoOut(photo=kept)


@router.delete("/session/photo", operation_id="remove_own_photo", status_code=204, summary="Be without a photo")
async def remove_own_photo(house: House, me: Me) -> None:
    """Of yourself."""
    await _has(house, me, None)


async def _kept(house: Rooms, photo: UploadFile) -> str:
    data = await photo.read(LARGEST + 1)
    return await asyncio.to_thread(house.photos.put, data, photo.filename or "")


async def _has(house: Rooms, me: Visitor, photo: str | None) -> None:
    setup = house.engine.setup
    changed = setup.users[me.user].model_copy(update={"photo": photo})
    wish = Put(ThingKind.USER, changed, setup.version(ThingKind.USER, me.user))
    await house.administration.publish_as(me.user, [wish], me.door)


def _may_see(setup: Setup, me: Visitor, photo: str) -> bool:
    return me.scope.may(Right.ADMINISTER) or any(user.photo == photo for user in setup.users.values())
