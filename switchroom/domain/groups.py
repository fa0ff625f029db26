"""Groups: people behind one number, who are rung together or one after the other."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MinLen
from pydantic import model_validator

from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind
from switchroom.domain.identity import StoryId, UserId
from switchroom.domain.operators import Operator
from switchroom.domain.titles import Title


class GroupStrategy(StrEnum):
    """In which order the members of a group are rung."""

    ALL = "all"
    IN_ORDER = "in_order"
    IN_TURN = "in_turn"
    LONGEST_IDLE = "longest_idle"
    FEWEST_CALLS = "fewest_calls"
    RANDOM = "random"


GROUP_STRATEGIES: dict[GroupStrategy, Title] = {
    GroupStrategy.ALL: Title("All at once", "Все сразу"),
    GroupStrategy.IN_ORDER: Title("In this order", "По порядку"),
    GroupStrategy.IN_TURN: Title("In turn", "По кругу"),
    GroupStrategy.LONGEST_IDLE: Title("Longest without a call first", "Сначала кто дольше без звонка"),
    GroupStrategy.FEWEST_CALLS: Title("Fewest calls lately first", "Сначала у кого меньше звонков"),
    GroupStrategy.RANDOM: Title("At random", "Случайно"),
}


class Group(Configured):
    """Who is rung, in which order, how long, and where callers go whom nobody takes."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    members: Annotated[tuple[Key, ...], MinLen(1), Names(ThingKind.USER), Title("Members", "Участники")]
    strategy: Annotated[GroupStrategy, Title("Order", "Порядок")] = GroupStrategy.ALL
    ring_each: Annotated[
        timedelta, Ge(timedelta(seconds=3)), Le(timedelta(minutes=5)), Title("Ring each for", "Звонить каждому")
    ] = timedelta(seconds=20)
    ring_for: Annotated[
        timedelta, Ge(timedelta(seconds=3)), Le(timedelta(minutes=30)), Title("Ring in all for", "Звонить всего")
    ] = timedelta(seconds=60)
    skip_busy: Annotated[bool, Title("Pass over who talks", "Не звонить тем, кто говорит")] = True
    overflow: Annotated[
        Key | None, Names(ThingKind.EXTENSION), Title("Nobody answered: on to", "Никто не ответил: дальше на")
    ] = None
    record: Annotated[bool, Title("Record", "Записывать")] = False

    @model_validator(mode="after")
    def _each_once(self) -> "Group":
        if len(set(self.members)) < len(self.members):
            raise Misfit("Somebody stands here twice", "Кто-то указан дважды", field="members")
        return self


def order_of(
    group: Group, story: StoryId, operators: Mapping[UserId, Operator], now: datetime
) -> tuple[UserId, ...]:
    """The members in the order in which this call rings them; `now` is steady. All strategies keep ties in order."""
    members = [UserId(member) for member in group.members]
    known = {member: operators.get(member) or Operator(id=member) for member in members}
    match group.strategy:
        case GroupStrategy.ALL | GroupStrategy.IN_ORDER:
            return tuple(members)
        case GroupStrategy.IN_TURN:
            return tuple(sorted(members, key=lambda member: _moment(known[member].last_rung)))
        case GroupStrategy.LONGEST_IDLE:
            return tuple(sorted(members, key=lambda member: _moment(known[member].idle_since)))
        case GroupStrategy.FEWEST_CALLS:
            return tuple(sorted(members, key=lambda member: known[member].lately_taken(now)))
        case GroupStrategy.RANDOM:
            return tuple(sorted(members, key=lambda member: hashlib.sha256(f"{story} {member}".encode()).digest()))


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at is not None else 0.0
