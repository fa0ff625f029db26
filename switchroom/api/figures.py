"""Figures: queues now and over time, operators over time."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.domain import metrics
from switchroom.domain.access import Right
from switchroom.domain.identity import UserId
from switchroom.domain.metrics import CallFigures, OperatorFigures, QueueFigures, SubjectKind
from switchroom.domain.operators import Status

router = APIRouter(prefix="/api/figures", tags=["figures"], responses=PROBLEMS)
Since = Annotated[datetime | None, Query(description="Left out: the beginning of today in the company's zone, UTC")]


class QueueOut(BaseModel):
    """Durations in seconds; shares from 0 to 1, null where nothing happened."""

    queue: str
    entered: int
    served: int
    in_norm: int
    abandoned: int
    lost: int
    refused: int
    failed: int
    service_level: float | None
    mean_wait: float | None
    longest_wait: float
    talked: float
    wrapped_up: float
    mean_handling: float | None


class QueueNow(BaseModel):
    """A queue at this moment."""

    queue: str
    title: str
    waiting: int
    longest_waiting: float
    norm: float
    operators: dict[Status, int]


class OperatorOut(BaseModel):
    """Durations in seconds."""

    operator: str
    offers: int
    taken: int
    missed: int
    talks: int
    talked: float
    wrapped_up: float
    signed_in: float
    occupancy: float | None
    time: dict[Status, float]


class CallsOut(BaseModel):
    """Calls of one direction that ended in this time; durations in seconds."""

    direction: str
    ended: int
    answered: int
    while_away: int
    waited: float
    talked: float
    lasted: float
    dispositions: dict[str, int]
    whose: dict[str, int]


@router.get("/calls", operation_id="call_figures", summary="All calls over time, by direction")
async def call_figures(house: House, me: Me, since: Since = None, until: datetime | None = None) -> list[CallsOut]:
    """Of whole quarters of an hour; of the whole company, so not for those who see some projects only."""
    me.scope.need(Right.SUPERVISE)
    if me.scope.projects is not None:
        return []
    found = await _together(house, SubjectKind.CALLS, since, until)
    return [_calls(key, f) for key, f in sorted(found.items()) if isinstance(f, CallFigures)]


@router.get("/queues/now", operation_id="queues_now", summary="Every queue at this moment")
async def queues_now(house: House, me: Me) -> list[QueueNow]:
    """Needs `supervise`."""
    me.scope.need(Right.SUPERVISE)
    engine = house.engine
    return [
        _now(house, key) for key, queue in sorted(engine.setup.queues.items()) if me.scope.sees(queue.project)
    ]


@router.get("/queues", operation_id="queue_figures", summary="Queues over time")
async def queue_figures(house: House, me: Me, since: Since = None, until: datetime | None = None) -> list[QueueOut]:
    """Of whole quarters of an hour."""
    me.scope.need(Right.SUPERVISE)
    found = await _together(house, SubjectKind.QUEUE, since, until)
    return [_queue(key, f) for key, f in sorted(found.items()) if isinstance(f, QueueFigures) and _sees(house, me, key)]


@router.get("/operators", operation_id="operator_figures", summary="Operators over time")
async def operator_figures(
    house: House, me: Me, since: Since = None, until: datetime | None = None
) -> list[OperatorOut]:
    """With what goes on now. Without `supervise` you see yourself."""
    found = await _together(house, SubjectKind.OPERATOR, since, until)
    if until is None or until >= house.wall():
        for user, operator in house.engine.desk.shown.items():
            known = found.get(user, OperatorFigures())
            now = house.engine.clock.now()
            found[user] = metrics.until_now(known, operator, now, house.wall(), _start(house, since))
    shown = [key for key in sorted(found) if me.scope.may(Right.SUPERVISE) or key == me.user]
    return [_operator(key, figures) for key in shown if isinstance(figures := found[key], OperatorFigures)]


async def _together(
    house: Rooms, kind: SubjectKind, since: datetime | None, until: datetime | None
) -> dict[str, metrics.Figures]:
    return await asyncio.to_thread(
        house.rollups.together, kind, _start(house, since), until or house.wall() + metrics.INTERVAL
    )


def _start(house: Rooms, since: datetime | None) -> datetime:
    if since is not None:
        return since
    local = house.wall().astimezone(house.engine.setup.company.tz)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _sees(house: Rooms, me: Visitor, queue: str) -> bool:
    found = house.engine.setup.queues.get(queue)
    return me.scope.projects is None if found is None else me.scope.sees(found.project)


def _now(house: Rooms, key: str) -> QueueNow:
    engine, queue = house.engine, house.engine.setup.queues[key]
    places = [place for place in engine.waiting.places() if place.request.queue == key]
    oldest = min((place.request.since for place in places), default=engine.clock.now())
    statuses = [engine.desk.shown[o].status for o in map(UserId, queue.operators) if o in engine.desk.shown]
    return QueueNow(
        queue=key,
        title=queue.title,
        waiting=len(places),
        longest_waiting=(engine.clock.now() - oldest).total_seconds(),
        norm=queue.norm.within.total_seconds(),
        operators={status: statuses.count(status) for status in Status},
    )


def _seconds(lasting: timedelta | None) -> float | None:
    return None if lasting is None else round(lasting.total_seconds(), 3)


def _queue(key: str, figures: QueueFigures) -> QueueOut:
    return QueueOut(
        queue=key, entered=figures.entered, served=figures.served, in_norm=figures.in_norm,
        abandoned=figures.abandoned, lost=figures.lost, refused=figures.refused, failed=figures.failed,
        service_level=figures.service_level, mean_wait=_seconds(figures.mean_wait),
        longest_wait=figures.longest.total_seconds(), talked=figures.talked.total_seconds(),
        wrapped_up=figures.wrapped_up.total_seconds(), mean_handling=_seconds(figures.mean_handling),
    )  # fmt: skip


def _calls(key: str, figures: CallFigures) -> CallsOut:
    return CallsOut(
        direction=key, ended=figures.ended, answered=figures.answered, while_away=figures.while_away,
        waited=figures.waited.total_seconds(), talked=figures.talked.total_seconds(),
        lasted=figures.lasted.total_seconds(), dispositions=figures.dispositions,
        whose={whose.value: count for whose, count in figures.whose.items()},
    )  # fmt: skip


def _operator(key: str, figures: OperatorFigures) -> OperatorOut:
    return OperatorOut(
        operator=key, offers=figures.offers, taken=figures.taken, missed=figures.missed, talks=figures.talks,
        talked=figures.talked.total_seconds(), wrapped_up=figures.wrapped_up.total_seconds(),
        signed_in=figures.signed_in.total_seconds(), occupancy=figures.occupancy,
        time={status: spent.total_seconds() for status, spent in figures.time.items()},
    )  # fmt: skip
