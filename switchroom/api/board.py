"""The supervisor's board: operators, queues, who waits and trunks at one moment; over HTTP, or pushed as it changes."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Response, WebSocket
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.api.feed import NOT_ALLOWED, until_gone, visitor_of
from switchroom.api.people import OtherOut, by_wall, masked, other_of, seconds
from switchroom.api.words import Why, why
from switchroom.domain import load, metrics
from switchroom.domain.access import Right
from switchroom.domain.identity import QueueId, UserId
from switchroom.domain.metrics import OperatorFigures, QueueFigures, SubjectKind
from switchroom.domain.operators import Operator, Status
from switchroom.domain.parts import Hold, Part, Stage, part_of, users_in
from switchroom.domain.quality import Grade
from switchroom.domain.queues import Queue
from switchroom.domain.refusals import Refusal
from switchroom.domain.stories import StoryState
from switchroom.engine.snapshots import FRESH_FOR
from switchroom.engine.waiting import Place

router = APIRouter(prefix="/api/board", tags=["board"], responses=PROBLEMS)


class BoardCall(BaseModel):
    """What an operator is busy with; `since` of this stage. A talk can be listened to."""

    id: str
    stage: Stage
    since: datetime
    other: OtherOut
    queue: str | None
    hold: Hold | None
    recorded: bool
    away: bool
    """The page or phone of one side is away for a moment, and is waited for."""
    quality: Grade | None
    """How well the operator hears it, by the word of their page; null: it has not said so lately."""


class BoardOperator(BaseModel):
    """`strip`: statuses of the last ten minutes with their seconds, the oldest first. `load`: share of these ten
    minutes in talk and wrap-up. `on_break`: seconds on breaks today. Durations in seconds."""

    user: str
    name: str
    status: Status
    since: datetime | None
    after: Status
    break_kind: str | None
    break_limit: float | None
    queues: list[str]
    strip: list[tuple[Status, float]]
    load: float | None
    call: BoardCall | None
    cards: int
    talks: int
    mean_handling: float | None
    missed: int
    occupancy: float | None
    on_break: float


class BoardQueue(BaseModel):
    """`service_level` and `lost_share` of today, `…_hour` of the quarters that touch the last hour; null: no wait has
    ended. `hour`: mean number of those who waited, for each two minutes of the last hour, the oldest first."""

    queue: str
    title: str
    project: str
    waiting: int
    longest_since: datetime | None
    norm_within: float
    norm_share: float
    service_level: float | None
    service_level_hour: float | None
    lost_share: float | None
    lost_share_hour: float | None
    entered: int
    served: int
    mean_wait: float | None
    mean_handling: float | None
    operators: dict[Status, int]
    hour: list[float]


class BoardWaiting(BaseModel):
    """Somebody who waits; `offered_to` rings now."""

    call: str
    queue: str
    since: datetime
    number: str
    name: str
    priority: int
    offered_to: str | None


class BoardTrunk(BaseModel):
    """`up` is null while it is not known; `busy` counts its channels in use."""

    trunk: str
    title: str
    up: bool | None
    why: Why | None
    busy: int
    most: int


class BoardOut(BaseModel):
    """Everything at the moment `now`; `seq` is the number of the last fact in it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "now": "2026-11-24T12:00:00Z",
                "seq": 118,
                "switch_up": True,
                "operators": [
                    {
                        "user": "anna", "name": "Анна Соколова", "status": "talking",
                        "since": "2026-11-24T11:58:10Z", "after": "ready", "break_kind": None, "break_limit": None,
                        "queues": ["service"], "strip": [["ready", 490.0], ["talking", 110.0]], "load": 0.183,
                        "call": {
                            "id": "20261124T115750-7f3kq2", "stage": "talking", "since": "2026-11-24T11:58:10Z",
                            "other": {"user": None, "name": "Иван Петров", "number": "+79161234567"},
                            "queue": "service", "hold": None, "recorded": True, "away": False,
                            "quality": "good",
                        },
                        "cards": 1, "talks": 12, "mean_handling": 185.0, "missed": 0, "occupancy": 0.72,
                        "on_break": 1310.0,
                    }
                ],
                "queues": [
                    {
                        "queue": "service", "title": "Вызов мастера", "project": "main", "waiting": 1,
                        "longest_since": "2026-11-24T11:59:40Z", "norm_within": 20.0, "norm_share": 0.8,
                        "service_level": 0.91, "service_level_hour": 0.84, "lost_share": 0.02, "lost_share_hour": 0.0,
                        "entered": 96, "served": 90, "mean_wait": 11.5, "mean_handling": 190.0,
                        "operators": {"talking": 1}, "hour": [0.0, 0.4, 1.2],
                    }
                ],
                "waiting": [
                    {
                        "call": "20261124T115935-8a2b1c", "queue": "service", "since": "2026-11-24T11:59:40Z",
                        "number": "+79167654321", "name": "", "priority": 0, "offered_to": None,
                    }
                ],
                "trunks": [{"trunk": "demo", "title": "Линия", "up": True, "why": None, "busy": 2, "most": 30}],
            }
        }
    )  # fmt: skip

    now: datetime
    seq: int
    switch_up: bool
    operators: list[BoardOperator]
    queues: list[BoardQueue]
    waiting: list[BoardWaiting]
    trunks: list[BoardTrunk]


@router.get(
    "",
    operation_id="get_board",
    summary="The supervisor's board at this moment",
    response_model=BoardOut,
    response_class=Response,
)
async def get_board(house: House, me: Me) -> Response:
    """Needs `supervise`. Made once for all who see the same, at most twice a second; never older than your question.

    Operators, queues and waiting callers of your projects. Ask again whenever the feed tells a fact, or listen at
    `/api/board/live`.
    """
    me.scope.need(Right.SUPERVISE)
    return Response(await _snapshot(house, me), media_type="application/json")


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Each message is a whole board, as `GET /api/board` has it: one at once, then one whenever something changed, at
    most two a second, and one every five seconds all the same.

    Closed with 4401 for those who may not see it.
    """
    house: Rooms = socket.app.state.rooms
    try:
        me = visitor_of(house, socket)
        me.scope.need(Right.SUPERVISE)
    except Refusal:
        await socket.close(NOT_ALLOWED)
        return
    await socket.accept()
    await until_gone(socket, _push(house, me, socket))


async def _push(house: Rooms, me: Visitor, socket: WebSocket) -> None:
    while True:
        seen = house.feed.last
        await socket.send_text((await _snapshot(house, me)).decode())
        with suppress(TimeoutError):
            async with asyncio.timeout(FRESH_FOR):
                await house.feed.beyond(seen)


async def _snapshot(house: Rooms, me: Visitor) -> bytes:
    return await house.snapshots.of(_class_of(me), lambda: board_of(house, me).model_dump_json().encode())


def _class_of(me: Visitor) -> str:
    """All who see the same are one class."""
    projects = "*" if me.scope.projects is None else ",".join(sorted(me.scope.projects))
    return f"board {me.scope.may(Right.SEE_NUMBERS)} {projects}"


def board_of(house: Rooms, me: Visitor) -> BoardOut:
    """The board as this visitor may see it."""
    living = house.engine.living()
    queues = {key: q for key, q in sorted(house.engine.setup.queues.items()) if me.scope.sees(q.project)}
    staff = sorted({UserId(user) for queue in queues.values() for user in queue.operators})
    parts = _parts(living, set(staff))
    return BoardOut(
        now=house.wall(),
        seq=house.feed.last,
        switch_up=house.engine.switch_lost is False,
        operators=[_operator(house, me, user, parts.get(user)) for user in staff if user in house.engine.setup.users],
        queues=[_queue(house, QueueId(key), queue) for key, queue in queues.items()],
        waiting=_waiting(house, me, queues),
        trunks=_trunks(house, living),
    )


def _parts(living: Iterable[StoryState], staff: set[UserId]) -> dict[UserId, Part]:
    """What each is busy with; a talk before what rings."""
    found: dict[UserId, Part] = {}
    for state in living:
        for user in users_in(state) & staff:
            part = part_of(state, user)
            if part is not None and (user not in found or part.stage is Stage.TALKING):
                found[user] = part
    return found


def _operator(house: Rooms, me: Visitor, user: UserId, part: Part | None) -> BoardOperator:
    engine, setup = house.engine, house.engine.setup
    operator = engine.desk.shown.get(user) or Operator(id=user)
    now = engine.clock.now()
    figures = today_of(house, operator)
    kind = setup.company.break_of(operator.break_kind)
    return BoardOperator(
        user=user,
        name=setup.users[user].name,
        status=operator.status,
        since=by_wall(house, operator.status_since) if operator.status_since else None,
        after=operator.resting,
        break_kind=operator.break_kind,
        break_limit=seconds(kind.limit) if kind else None,
        queues=[key for key, queue in sorted(setup.queues.items()) if user in queue.operators],
        strip=[(status, round(lasting.total_seconds(), 1)) for status, lasting in load.strip(operator, now)],
        load=load.lately(operator, now).occupancy,
        call=_call(house, me, user, part) if part else None,
        cards=len(operator.cards),
        talks=figures.talks,
        mean_handling=seconds(figures.mean_handling),
        missed=figures.missed,
        occupancy=figures.occupancy,
        on_break=figures.spent(Status.BREAK).total_seconds(),
    )


def today_of(house: Rooms, operator: Operator) -> OperatorFigures:
    """An operator's figures since midnight, with what goes on."""
    kept = house.figures.today(SubjectKind.OPERATOR, operator.id)
    midnight = house.figures.midnight()
    figures = metrics.until_now(kept, operator, house.engine.clock.now(), house.wall(), midnight)
    assert isinstance(figures, OperatorFigures)
    return figures


def _call(house: Rooms, me: Visitor, user: UserId, part: Part) -> BoardCall:
    return BoardCall(
        id=part.call,
        stage=part.stage,
        since=by_wall(house, part.since),
        other=other_of(house, me, part),
        queue=part.queue,
        hold=part.hold,
        recorded=part.recorded,
        away=part.lost is not None,
        quality=house.engine.heard_by_pages.now(user, part.call, house.engine.clock.now()),
    )


def _queue(house: Rooms, key: QueueId, queue: Queue) -> BoardQueue:
    engine, figures = house.engine, house.figures
    today, hour = figures.today(SubjectKind.QUEUE, key), figures.last_hour(SubjectKind.QUEUE, key)
    assert isinstance(today, QueueFigures)
    assert isinstance(hour, QueueFigures)
    since = sorted(by_wall(house, p.request.since) for p in engine.waiting.places() if p.request.queue == key)
    statuses = [engine.desk.shown[o].status for o in map(UserId, queue.operators) if o in engine.desk.shown]
    return BoardQueue(
        queue=key,
        title=queue.title,
        project=queue.project,
        waiting=len(since),
        longest_since=since[0] if since else None,
        norm_within=queue.norm.within.total_seconds(),
        norm_share=queue.norm.share,
        service_level=today.service_level,
        service_level_hour=hour.service_level,
        lost_share=today.lost_share,
        lost_share_hour=hour.lost_share,
        entered=today.entered,
        served=today.served,
        mean_wait=seconds(today.mean_wait),
        mean_handling=seconds(today.mean_handling),
        operators={status: statuses.count(status) for status in Status if status in statuses},
        hour=figures.waits.mean(key, house.wall(), since),
    )


def _waiting(house: Rooms, me: Visitor, queues: dict[str, Queue]) -> list[BoardWaiting]:
    places = [place for place in house.engine.waiting.places() if place.request.queue in queues]
    return [_waits(house, me, place) for place in sorted(places, key=lambda place: place.request.since)]


def _waits(house: Rooms, me: Visitor, place: Place) -> BoardWaiting:
    request = place.request
    return BoardWaiting(
        call=request.story,
        queue=request.queue,
        since=by_wall(house, request.since),
        number=masked(me, place.shown.number),
        name=place.shown.name,
        priority=request.priority,
        offered_to=place.offered_to,
    )


def _trunks(house: Rooms, living: Iterable[StoryState]) -> list[BoardTrunk]:
    engine = house.engine
    busy = [leg.trunk for state in living for leg in state.cast.legs.values() if leg.trunk]
    standing = {key: engine.trunks.now(key).standing for key in engine.setup.trunks}
    return [
        BoardTrunk(
            trunk=key,
            title=trunk.title,
            up=standing[key].up,
            why=why(reason) if (reason := standing[key].why) else None,
            busy=busy.count(trunk.id),  # type: ignore[arg-type]  # its key
            most=trunk.most_channels,
        )
        for key, trunk in sorted(engine.setup.trunks.items())
    ]
