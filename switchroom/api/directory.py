"""The directory: whom one can call or send a caller to, and whether they could take it now."""

from datetime import datetime
from enum import StrEnum

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.api.people import OtherOut, by_wall, other_out
from switchroom.domain.access import Right
from switchroom.domain.extensions import SERVICES, Extension, Service, TargetKind
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.operators import Operator, Status
from switchroom.domain.parts import caller_in, in_room
from switchroom.domain.setup import colleagues

router = APIRouter(prefix="/api/directory", tags=["directory"], responses=PROBLEMS)


class Presence(StrEnum):
    """What a colleague does, as far as it concerns somebody who wants to reach them."""

    FREE = "free"
    RINGING = "ringing"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    BREAK = "break"
    AWAY = "away"
    """No phone of theirs can be rung."""


_PRESENCE = {
    Status.TALKING: Presence.TALKING, Status.RINGING: Presence.RINGING, Status.RESERVED: Presence.RINGING,
    Status.WRAP_UP: Presence.WRAP_UP, Status.BREAK: Presence.BREAK,
}  # fmt: skip


class EntryOut(BaseModel):
    """One number. `presence` and `since`: of a person; `ready`, `waiting`, `longest_since`: of a queue.

    `inside`: how many are in a conference room. `call`: what rings at a colleague and can be picked up, or who waits at
    a parking place (since `longest_since`) and is fetched by dialling it; `who` it is.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "number": "102", "kind": "user", "key": "boris", "title": "Борис Волков", "department": "Колл-центр",
                "position": "Оператор", "presence": "talking", "since": "2026-11-24T12:00:00Z", "ready": None,
                "waiting": None, "longest_since": None, "inside": None, "call": None, "who": None,
            }
        }
    )  # fmt: skip

    number: str
    kind: TargetKind
    key: str
    title: str
    department: str = ""
    position: str = ""
    presence: Presence | None = None
    since: datetime | None = None
    ready: int | None = None
    waiting: int | None = None
    longest_since: datetime | None = None
    inside: int | None = None
    call: str | None = None
    who: OtherOut | None = None


@router.get("", operation_id="list_directory", summary="Everybody and everything that has a number")
async def list_directory(house: House, me: Me) -> list[EntryOut]:
    """Needs `call`. People first, then queues, then the rest; without yourself."""
    me.scope.need(Right.CALL)
    extensions = [e for _, e in sorted(house.engine.setup.extensions.items()) if e.target.key != me.user]
    found = [entry for extension in extensions if (entry := _entry(house, me, extension)) is not None]
    order = list(TargetKind)
    return sorted(found, key=lambda entry: (order.index(entry.kind), entry.title))


def _entry(house: Rooms, me: Visitor, extension: Extension) -> EntryOut | None:
    match extension.target.kind:
        case TargetKind.USER:
            return _person(house, me, extension)
        case TargetKind.SERVICE if extension.target.key == Service.PARKING:
            return _parking(house, me, extension)
        case TargetKind.QUEUE:
            return _queue(house, extension)
        case TargetKind.GROUP:
            group = house.engine.setup.groups.get(extension.target.key)
            return _plain(extension, group.title) if group else None
        case TargetKind.PAGING:
            paging = house.engine.setup.pagings.get(extension.target.key)
            return _plain(extension, paging.title) if paging else None
        case TargetKind.ROOM:
            return _room(house, extension)
        case TargetKind.SCENARIO:
            scenario = house.engine.setup.scenarios.get(extension.target.key)
            return _plain(extension, scenario.title) if scenario else None
        case _:
            return None


def _plain(extension: Extension, title: str) -> EntryOut:
    return EntryOut(number=extension.number, kind=extension.target.kind, key=extension.target.key, title=title)


def _room(house: Rooms, extension: Extension) -> EntryOut | None:
    room = house.engine.setup.rooms.get(extension.target.key)
    host = house.engine.places.rooms().get(extension.target.key)
    state = house.engine.state_of(host) if host else None
    if room is None:
        return None
    return _plain(extension, room.title).model_copy(update={"inside": len(in_room(state)) if state else 0})


def _parking(house: Rooms, me: Visitor, extension: Extension) -> EntryOut:
    call = house.engine.places.parked().get(extension.number)
    state = house.engine.state_of(call) if call else None
    title = SERVICES[Service.PARKING]
    entry = _plain(extension, title.ru if house.engine.setup.language_of(me.user) == "ru" else title.en)
    since = by_wall(house, state.began) if state else None
    return entry.model_copy(update={"call": call, "who": _who(house, me, call), "longest_since": since})


def _who(house: Rooms, me: Visitor, call: StoryId | None) -> OtherOut | None:
    state = house.engine.state_of(call) if call else None
    return other_out(house, me, caller_in(state)) if state else None


def _picks_up(house: Rooms, me: Visitor, user: UserId) -> StoryId | None:
    """What rings at a colleague of the visitor."""
    if user not in colleagues(house.engine.setup, me.user):
        return None
    ringing = house.engine.places.ringing().items()
    return next((call for call, users in ringing if user in users), None)


def _person(house: Rooms, me: Visitor, extension: Extension) -> EntryOut | None:
    user = house.engine.setup.users.get(extension.target.key)
    if user is None or not user.active:
        return None
    state = house.engine.desk.shown.get(UserId(user.id)) or Operator(id=UserId(user.id))
    since = by_wall(house, state.status_since) if state.status_since else None
    return _plain(extension, user.name).model_copy(
        update={
            "department": user.department,
            "position": user.position,
            "presence": presence_of(state),
            "since": since,
            "call": (call := _picks_up(house, me, UserId(user.id))),
            "who": _who(house, me, call),
        }
    )


def presence_of(state: Operator) -> Presence:
    """One who serves no queue now can be rung all the same."""
    known = _PRESENCE.get(state.status)
    return known or (Presence.FREE if state.devices else Presence.AWAY)


def _queue(house: Rooms, extension: Extension) -> EntryOut | None:
    engine = house.engine
    queue = engine.setup.queues.get(extension.target.key)
    if queue is None:
        return None
    since = [place.request.since for place in engine.waiting.places() if place.request.queue == queue.id]
    states = [engine.desk.shown[o].status for o in map(UserId, queue.operators) if o in engine.desk.shown]
    return _plain(extension, queue.title).model_copy(
        update={
            "ready": states.count(Status.READY),
            "waiting": len(since),
            "longest_since": by_wall(house, min(since)) if since else None,
        }
    )
