"""Recordings taken out in bulk: an archive with an index, for those who may, and noted in the audit."""

import asyncio
import csv
import io
import json
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from switchroom.api.calls import CallOut, Sought, call_out, wanted_of
from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.refusals import Refusal
from switchroom.media.bundle import Packed, bundled
from switchroom.storage.calls import LONGEST_PAGE, Found
from switchroom.storage.recordings import Recording

router = APIRouter(prefix="/api/recordings", tags=["recordings"], responses=PROBLEMS)
MOST_CALLS = 1000
_COLUMNS = {
    "id", "began", "ended", "direction", "number", "name", "dialled", "trunk", "user", "queue", "operator", "waited",
    "talked", "disposition",
}  # fmt: skip
_FORMULA = tuple("=+-@\t\r")


class IndexForm(StrEnum):
    """How the list of what is in the archive is written."""

    CSV = "csv"
    JSON = "json"


class ExportQuery(Sought):
    """Recordings of which calls, and how the index is written."""

    index: IndexForm = IndexForm.CSV


class TooManyCalls(Refusal):
    """More than one archive holds."""

    code = "recordings.too_many"
    status = 422
    en = "More than {most} recorded calls fit. Narrow it down, for instance to a day."
    ru = "Подходит больше {most} звонков с записью. Сузьте выбор, например до одного дня."


@router.get(
    "/-/export",
    operation_id="export_recordings",
    summary="Take recordings out in bulk",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}}},
)
async def export(asked: Annotated[ExportQuery, Query()], house: House, me: Me) -> StreamingResponse:
    """A zip of the recordings of up to a thousand calls that fit, in the formats in which they are kept, with an index
    (`index.csv` or `index.json`) that tells of each call. Needs `export_recordings`; each recording that is taken out
    stands in the audit.
    """
    me.scope.need(Right.EXPORT_RECORDINGS)
    calls = {found.call.id: found for found in await asyncio.to_thread(_recorded, house, me, asked)}
    taken, read = await house.archive.taken_out(me.scope, list(calls), me.door)
    lines = [_line(one, call_out(me, calls[one.call])) for one in taken]
    sounds = [Packed(line["file"], partial(read, one)) for line, one in zip(lines, taken, strict=True)]
    index = Packed(f"index.{asked.index}", partial(_INDEXES[asked.index], lines))
    name = f"recordings-{house.wall():%Y-%m-%d-%H%M%S}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(bundled([index, *sounds]), media_type="application/zip", headers=headers)


def _recorded(house: Rooms, me: Visitor, asked: Sought) -> list[Found]:
    """All calls that fit. Raises: TooManyCalls."""
    wanted = replace(wanted_of(asked, house, me), recorded=True)
    found: list[Found] = []
    before: int | None = None
    while True:
        page = house.calls.search(wanted, before, LONGEST_PAGE)
        found += page.found
        if len(found) > MOST_CALLS:
            raise TooManyCalls(most=MOST_CALLS)
        if page.next is None:
            return found
        before = page.next


def _line(recording: Recording, call: CallOut) -> dict[str, Any]:
    """A line of the index: the file, and of which call it is."""
    told = call.model_dump(mode="json", include=_COLUMNS)
    file = f"{recording.kept:%Y-%m-%d_%H-%M-%S}_{recording.id}.{recording.format}"
    return {"file": file, "recording": recording.id, "seconds": recording.lasts.total_seconds(), **told}


def _as_json(lines: list[dict[str, Any]]) -> bytes:
    return json.dumps(lines, ensure_ascii=False, indent=1).encode()


def _as_csv(lines: list[dict[str, Any]]) -> bytes:
    """For a table program: with the mark of UTF-8, and no cell that it would take for a formula."""
    out = io.StringIO()
    if lines:
        table = csv.DictWriter(out, list(lines[0]))
        table.writeheader()
        table.writerows([{key: _cell(value) for key, value in line.items()} for line in lines])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULA and not value[1:].isdigit() else value


_INDEXES = {IndexForm.CSV: _as_csv, IndexForm.JSON: _as_json}
