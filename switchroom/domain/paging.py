"""Paging: one of us speaks at once through the phones of many, which take the call by themselves."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import model_validator

from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind
from switchroom.domain.titles import Title


class Paging(Configured):
    """Whoever dials it is heard from the members' desk phones, and hears none of them."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    members: Annotated[
        tuple[Key, ...], MinLen(1), MaxLen(200), Names(ThingKind.USER), Title("Who hears it", "Кто слышит")
    ]
    at_most: Annotated[
        timedelta, Ge(timedelta(seconds=5)), Le(timedelta(minutes=15)), Title("Speak for at most", "Говорить не дольше")
    ] = timedelta(minutes=1)

    @model_validator(mode="after")
    def _each_once(self) -> "Paging":
        if len(set(self.members)) < len(self.members):
            raise Misfit("Somebody stands here twice", "Кто-то указан дважды", field="members")
        return self


class NotPagedWhy(StrEnum):
    """Why somebody did not hear it."""

    BUSY = "busy"
    """They talk, or their phone rings: nobody is broken in upon."""
    UNREACHABLE = "unreachable"
    NO_ANSWER = "no_answer"
    """Their phone rang, and did not take the call by itself; nor did they."""
    DECLINED = "declined"


class PagingOver(StrEnum):
    """Why it ended."""

    SPEAKER_LEFT = "speaker_left"
    TIME_IS_UP = "time_is_up"
    NOBODY_THERE = "nobody_there"
    """Nobody could be reached, or the last one has hung up."""
