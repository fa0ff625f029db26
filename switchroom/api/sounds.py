"""Sounds at the door: whole, or in parts as a player asks for them."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header, Response

_RANGE = re.compile(r"^bytes=(\d{0,12})-(\d{0,12})$")
_LARGEST_PART = 4 * 1024 * 1024

AskedRange = Annotated[str | None, Header(alias="Range", max_length=80)]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a sound is asked for: `a-b`, `a-` as far as is sent at once, or `-n`, the last n octets."""

    first: str
    last: str

    @property
    def begins(self) -> bool:
        """Whether somebody begins to listen with it."""
        return self.first in ("", "0")

    def within(self, octets: int) -> tuple[int, int]:
        """As [start, end)."""
        if not self.first:
            return (max(0, octets - int(self.last)), octets) if self.last else (0, 0)
        start = int(self.first)
        return start, min(octets, int(self.last) + 1 if self.last else start + _LARGEST_PART)


def part_of(wanted: str | None) -> Part | None:
    """What a Range asks for; None is all."""
    found = _RANGE.match(wanted) if wanted else None
    return Part(found[1], found[2]) if found else None


async def answer(part: Part | None, octets: int, kind: str, read: Callable[[int, int], bytes]) -> Response:
    """The sound, or the part of it; 416 if there is no such part. `kind` is its media type."""
    start, end = part.within(octets) if part else (0, octets)
    if start >= end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{octets}"})
    sound = await asyncio.to_thread(read, start, end)
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "no-store"}
    if part is None:
        return Response(sound, media_type=kind, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{octets}"
    return Response(sound, status_code=206, media_type=kind, headers=headers)
