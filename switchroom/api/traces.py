"""Calls as tests: what happened, cut out of the house, to be told again by later releases."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.domain import replay
from switchroom.domain.access import Right
from switchroom.domain.identity import StoryId
from switchroom.domain.refusals import NotFound

router = APIRouter(prefix="/api/calls", tags=["calls"], responses=PROBLEMS)
StoryKey = Annotated[
    str, Path(max_length=80, pattern=r"^[A-Za-z0-9_-]+$", description="Key of the call, or of one of its cards")
]
_EXAMPLE: dict[str, Any] = {
    "format": 1, "release": "0.1.0", "story": "20261124T120000123-7f3kq2ab", "born": "2026-11-24T12:00:00Z",
    "setup": [{"kind": "queue", "key": "service", "version": 3, "body": {"id": "service", "title": "Service"}}],
    "heard": [{"after": "PT4S", "event": {"kind": "DigitHeard", "leg": "1764000000.1", "digit": "1"}}],
    "told": [{"kind": "NodeLeft", "call": "20261124T120000123-7f3kq2ab", "node": "menu", "exit": "1"}],
    "acts": [{"kind": "Answer", "leg": "1764000000.1"}], "states": [], "remarks": [],
}  # fmt: skip


@router.get(
    "/{key}/as-test",
    operation_id="get_call_as_test",
    summary="A call as a test",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}, "example": _EXAMPLE}}}},
)
async def call_as_test(key: StoryKey, house: House, me: Me) -> Response:
    """A file for `tests/stories/stored`: what the call heard and told, with the things that it used.

    People's numbers, names and words are made up. `remarks` tells whether it reads otherwise under today's
    configuration. Needs `see_calls` and `administer`; possible while the events of the call are kept.
    """
    me.scope.need(Right.SEE_CALLS)
    me.scope.need(Right.ADMINISTER)
    await _seen(house, me, key)
    stored = await asyncio.to_thread(house.copier.as_test, StoryId(key), house.engine.setup)
    named = {"Content-Disposition": f'attachment; filename="{stored.release}-{key}.json"'}
    return Response(replay.write(stored), media_type="application/json", headers=named)


async def _seen(house: Rooms, me: Visitor, key: str) -> None:
    """Of a card it is its call that must be seen."""
    call = key.partition("-card")[0]
    found = await asyncio.to_thread(house.calls.find, call)
    queue = house.engine.setup.queues.get(found.call.queue) if found and found.call.queue else None
    if found is None or (queue is not None and not me.scope.sees(queue.project)):
        raise NotFound(kind="call", key=key)
