"""Prompts: their titles, and their sounds in each language."""

import asyncio
from typing import Annotated, Literal

from fastapi import File, Path, Query, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel

from switchroom.api.configured import Key, published, resource
from switchroom.api.deps import House, Me
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.prompts import Prompt
from switchroom.domain.publishing import Put
from switchroom.domain.refusals import NotFound
from switchroom.media.formats import LARGEST, SoundTooLarge

router = resource(ThingKind.PROMPT, Prompt, "prompts")
Language = Annotated[Literal["ru", "en"], Path()]


class BuiltInOut(BaseModel):
    """A sound of the switch's own sets. `words`: what it says in English, where that is known."""

    name: str
    languages: tuple[str, ...]
    words: str


@router.get("/-/built-in", operation_id="list_built_in_sounds", summary="Sounds that come with the switch")
async def list_built_in_sounds(house: House, me: Me) -> list[BuiltInOut]:
    """Empty where the switch is another machine's."""
    me.scope.need(Right.ADMINISTER)
    every = await asyncio.to_thread(house.library.built_in.every)
    return [BuiltInOut(name=one.name, languages=one.languages, words=one.words) for one in every]


@router.get(
    "/-/built-in/{language}/{name:path}",
    operation_id="get_built_in_sound",
    summary="Listen to a sound that comes with the switch",
    response_class=FileResponse,
    responses={200: {"content": {"audio/wav": {}}}},
)
async def get_built_in_sound(
    language: Language, name: Annotated[str, Path(max_length=200)], house: House, me: Me
) -> FileResponse:
    """As the switch plays it."""
    me.scope.need(Right.ADMINISTER)
    path = house.library.built_in.path(name, language)
    if path is None:
        raise NotFound(kind=f"{language} sound", key=name)
    return FileResponse(path, media_type="audio/wav")


class Uploaded(BaseModel):
    """The sound is in use from now on; `remarks` are what a person should hear about it."""

    version: int
    seconds: float
    remarks: list[Words]


@router.put("/{key}/{language}/sound", operation_id="put_prompt_sound", summary="Upload a sound")
async def put_sound(
    key: Key, language: Language, sound: Annotated[UploadFile, File()], house: House, me: Me
) -> Uploaded:
    """WAV, MP3, Ogg, FLAC or Opus of any rate; it is converted to what the switch plays."""
    me.scope.need(Right.ADMINISTER)
    prompt = _prompt(house, key)
    data = await sound.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SoundTooLarge(name=sound.filename or "", most=LARGEST // 1024 // 1024)
    file, converted = await asyncio.to_thread(house.library.put, data, sound.filename or "")
    changed = prompt.model_copy(update={"files": {**prompt.files, language: file}})
    picture = await house.administration.publish(me.scope, [Put(ThingKind.PROMPT, changed)], me.door)
    remarks = [words(remark) for remark in converted.remarks]
    version = published(house, picture, ThingKind.PROMPT, key).version
    return Uploaded(version=version, seconds=converted.lasts.total_seconds(), remarks=remarks)


@router.get(
    "/{key}/{language}/sound",
    operation_id="get_prompt_sound",
    summary="Listen to a prompt",
    response_class=FileResponse,
    responses={200: {"content": {"audio/wav": {}}}},
)
async def get_sound(
    key: Key,
    language: Language,
    house: House,
    me: Me,
    version: Annotated[int | None, Query(ge=1, le=10**9, description="Left out: the published one")] = None,
) -> FileResponse:
    """As the switch plays it."""
    me.scope.need(Right.ADMINISTER)
    prompt = _prompt(house, key) if version is None else await _of_version(house, key, version)
    path = house.library.path_of(prompt.files[language]) if language in prompt.files else None
    if path is None and prompt.builtin:
        path = house.library.built_in.path(prompt.builtin, language)
    if path is None:
        raise NotFound(kind=f"{language} sound of prompt", key=key)
    return FileResponse(path, media_type="audio/wav")


async def _of_version(house: House, key: str, version: int) -> Prompt:
    found = await asyncio.to_thread(house.administration.store.version_of, ThingKind.PROMPT, key, version)
    assert isinstance(found, Prompt)
    return found


def _prompt(house: House, key: str) -> Prompt:
    found = house.engine.setup.prompts.get(key)
    if found is None:
        raise NotFound(kind="prompt", key=key)
    return found
