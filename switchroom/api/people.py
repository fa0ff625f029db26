"""People and moments as pages are told of them: by right, and in UTC."""

from datetime import datetime, timedelta

from pydantic import BaseModel

from switchroom.api.deps import Rooms, Visitor
from switchroom.domain import numbers
from switchroom.domain.access import Right
from switchroom.domain.extensions import TargetKind
from switchroom.domain.identity import UserId
from switchroom.domain.parts import Other, Part


class OtherOut(BaseModel):
    """Who is on the other side. `user` is the key of one of us; null: somebody outside. `number` masked by right."""

    user: str | None
    name: str
    number: str


def other_out(house: Rooms, me: Visitor, other: Other) -> OtherOut:
    """As this visitor may see them; an extension of one of us is told with its user."""
    target = house.engine.setup.target_of(other.number) if other.user is None and not other.name else None
    user = UserId(target.key) if target and target.kind is TargetKind.USER else other.user
    return OtherOut(user=user, name=name_of(house, user) if user else other.name, number=masked(me, other.number))


def other_of(house: Rooms, me: Visitor, part: Part) -> OtherOut:
    """The other side of a call: in a conference room that is the room."""
    room = house.engine.setup.rooms.get(part.room) if part.room else None
    return OtherOut(user=None, name=room.title, number="") if room else other_out(house, me, part.other)


def masked(me: Visitor, number: str) -> str:
    """The number, or enough of it to know a customer again."""
    return number if me.scope.may(Right.SEE_NUMBERS) else numbers.masked(number)


def name_of(house: Rooms, user: UserId) -> str:
    """What a user is called; the key of one who is no more."""
    found = house.engine.setup.users.get(user)
    return found.name if found else user


def by_wall(house: Rooms, steady: datetime) -> datetime:
    """A steady moment as people read it; the same each time, though the two clocks drift by moments."""
    return steady + timedelta(seconds=round(house.engine.clock.behind().total_seconds(), 1))


def seconds(lasting: timedelta | None) -> float | None:
    """A duration."""
    return None if lasting is None else round(lasting.total_seconds(), 3)
