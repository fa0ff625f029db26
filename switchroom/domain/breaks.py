"""Kinds of breaks: what an operator may be away for, and for how long."""

from datetime import timedelta
from typing import Annotated

from annotated_types import Ge, Le

from switchroom.domain.configured import Configured, Key, Words
from switchroom.domain.titles import Title


class BreakKind(Configured):
    """One kind. Beyond its `limit` a break is shown as too long; nobody is called back by force."""

    key: Annotated[Key, Title("Key", "Ключ")]
    title: Annotated[Words, Title("Title", "Название")]
    limit: Annotated[
        timedelta | None, Ge(timedelta(minutes=1)), Le(timedelta(hours=12)), Title("At most", "Не дольше")
    ] = None


USUAL_BREAKS = (
    BreakKind(key="break", title=Title("Break", "Перерыв"), limit=timedelta(minutes=15)),
    BreakKind(key="lunch", title=Title("Lunch", "Обед"), limit=timedelta(minutes=45)),
    BreakKind(key="meeting", title=Title("Meeting", "Совещание"), limit=timedelta(hours=1)),
    BreakKind(key="training", title=Title("Training", "Обучение"), limit=timedelta(hours=2)),
)
