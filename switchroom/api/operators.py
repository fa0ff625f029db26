"""Operators: who does what now, and their own wishes: work, break, ready, go."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from switchroom.api.configured import Key
from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.facts.operators import BreakWished, OperatorSignedIn, OperatorSignedOut, ReadyWished
from switchroom.domain.identity import UserId
from switchroom.domain.operators import Operator, Status
from switchroom.domain.refusals import NotFound, NotNow
from switchroom.domain.titles import Title

router = APIRouter(prefix="/api/operators", tags=["operators"], responses=PROBLEMS)


class OperatorOut(BaseModel):
    """What an operator does, and since when."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "anna", "name": "Анна", "status": "ready", "since": "2026-11-24T12:00:00Z",
                "break_kind": None, "signed_in": True, "devices": ["anna-desk"], "cards": [],
                "queues": ["service"], "load": 0.4,
            }
        }
    )  # fmt: skip

    user: str
    name: str
    status: Status
    since: datetime | None
    break_kind: str | None
    signed_in: bool
    devices: list[str]
    cards: list[str]
    queues: list[str]
    load: float | None
    """Share of the last ten minutes in talk and wrap-up."""


class BreakIn(BaseModel):
    """What for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"kind": "lunch"}})

    kind: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,47}$")] = "break"


@router.get("", operation_id="list_operators", summary="Everybody's state now")
async def list_operators(house: House, me: Me) -> list[OperatorOut]:
    """Needs `supervise`; without it you see yourself."""
    everybody = sorted({o for q in house.engine.setup.queues.values() if me.scope.sees(q.project) for o in q.operators})
    shown = everybody if me.scope.may(Right.SUPERVISE) else [me.user]
    return [operator_out(house, UserId(user)) for user in shown if user in house.engine.setup.users]


@router.get("/{key}", operation_id="get_operator", summary="One operator's state now")
async def get_operator(key: Key, house: House, me: Me) -> OperatorOut:
    """Your own, or with `supervise` anybody's."""
    return operator_out(house, _whom(house, me, key))


@router.post("/{key}/sign-in", operation_id="begin_work", summary="Begin to work")
async def begin_work(key: Key, house: House, me: Me) -> OperatorOut:
    """From now on calls are offered, once a phone can be rung."""
    user = _whom(house, me, key)
    if not _state(house, user).signed_in:
        await house.engine.tell(OperatorSignedIn(operator=user, by=me.user))
    return operator_out(house, user)


@router.post("/{key}/sign-out", operation_id="end_work", summary="End work")
async def end_work(key: Key, house: House, me: Me) -> OperatorOut:
    """A call or card that is going on is brought to its end first."""
    user = _whom(house, me, key)
    if _state(house, user).signed_in:
        await house.engine.tell(OperatorSignedOut(operator=user, by=me.user))
    return operator_out(house, user)


@router.post("/{key}/break", operation_id="begin_break", summary="Wish for a break")
async def begin_break(key: Key, body: BreakIn, house: House, me: Me) -> OperatorOut:
    """It begins at once, or as soon as the present work is done. The kinds are the company's `breaks`."""
    user = _working(house, me, key)
    if house.engine.setup.company.break_of(body.kind) is None:
        raise NotFound(kind="break", key=body.kind)
    await house.engine.tell(BreakWished(operator=user, break_kind=body.kind, by=me.user))
    return operator_out(house, user)


@router.post("/{key}/ready", operation_id="be_ready", summary="Ready again")
async def be_ready(key: Key, house: House, me: Me) -> OperatorOut:
    """Ends a break, and what a missed call brought."""
    user = _working(house, me, key)
    if _state(house, user).break_kind is not None:
        await house.engine.tell(ReadyWished(operator=user, by=me.user))
    return operator_out(house, user)


def _whom(house: Rooms, me: Visitor, key: str) -> UserId:
    """Oneself, with the right to serve; or somebody else, with the right to supervise."""
    me.scope.need(Right.SERVE if key == me.user else Right.SUPERVISE)
    if key not in house.engine.setup.users:
        raise NotFound(kind="user", key=key)
    return UserId(key)


def _working(house: Rooms, me: Visitor, key: str) -> UserId:
    user = _whom(house, me, key)
    if not _state(house, user).signed_in:
        raise NotNow(what=Title("this operator has not begun to work", "оператор ещё не начал работу"))
    return user


def _state(house: Rooms, user: UserId) -> Operator:
    return house.engine.desk.shown.get(user) or Operator(id=user)


def operator_out(house: Rooms, user: UserId) -> OperatorOut:
    """As it is shown."""
    setup, state = house.engine.setup, _state(house, user)
    since = state.status_since + house.engine.clock.behind() if state.status_since else None
    return OperatorOut(
        user=user,
        name=setup.users[user].name,
        status=state.status,
        since=since,
        break_kind=state.break_kind,
        signed_in=state.signed_in,
        devices=sorted(state.devices),
        cards=sorted(state.cards),
        queues=[key for key, queue in sorted(setup.queues.items()) if user in queue.operators],
        load=house.engine.desk.lately(user, house.engine.clock.now()).occupancy,
    )
