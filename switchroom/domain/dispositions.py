"""Outcomes of calls and attempts, and whose doing they were: the system's own, and those of a project."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

from switchroom.domain.causes import EndCause
from switchroom.domain.configured import Configured, Key, Words
from switchroom.domain.facts.calls import Whose
from switchroom.domain.titles import Title


class Disposition(Configured):
    """A result that an operator can choose; `parent` makes a tree."""

    key: Key
    title: Annotated[Words, Title("Title", "Название")]
    parent: Annotated[Key | None, Title("Under", "Внутри")] = None
    final: Annotated[bool, Title("Final", "Окончательный")] = True
    success: Annotated[bool, Title("Success", "Успех")] = False


def circles(dispositions: Iterable[Disposition]) -> list[str]:
    """Keys of those that lie within one that is not there, or within themselves."""
    parents = {one.key: one.parent for one in dispositions}
    return [key for key in parents if not _comes_to_an_end(key, parents)]


def _comes_to_an_end(key: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str | None] = set()
    at: str | None = key
    while at is not None and at in parents and at not in seen:
        seen.add(at)
        at = parents[at]
    return at is None


class SystemDisposition(StrEnum):
    """How a call ended, as the house itself knows it."""

    SERVED = "served"
    ENDED_BY_SCENARIO = "ended_by_scenario"
    ABANDONED_IN_MENU = "abandoned_in_menu"
    ABANDONED_IN_QUEUE = "abandoned_in_queue"
    LOST = "lost"
    """We had nobody in time."""
    LEFT_MESSAGE = "left_message"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    FAILED = "failed"
    SWITCH_LOST = "switch_lost"


DISPOSITION_TITLES: dict[SystemDisposition, Title] = {
    SystemDisposition.SERVED: Title("Served", "Обслужен"),
    SystemDisposition.ENDED_BY_SCENARIO: Title("Ended by the scenario", "Завершён сценарием"),
    SystemDisposition.ABANDONED_IN_MENU: Title("Left in the menu", "Сброшен в меню"),
    SystemDisposition.ABANDONED_IN_QUEUE: Title("Left while waiting", "Сброшен в ожидании"),
    SystemDisposition.LOST: Title("Lost: nobody in time", "Потерян: некому ответить вовремя"),
    SystemDisposition.LEFT_MESSAGE: Title("Left a message", "Оставил сообщение"),
    SystemDisposition.NOT_REACHED: Title("Not reached", "Не дозвонились"),
    SystemDisposition.REFUSED: Title("Refused by rule", "Отклонён по правилу"),
    SystemDisposition.FAILED: Title("Failed", "Сбой"),
    SystemDisposition.SWITCH_LOST: Title("The switch failed", "Отказ коммутатора"),
}

_THEIR_DOING = {EndCause.BUSY, EndCause.NO_ANSWER, EndCause.REJECTED, EndCause.UNWANTED, EndCause.NORMAL}
_CARRIERS_DOING = {EndCause.CONGESTION, EndCause.UNALLOCATED, EndCause.UNREACHABLE}


def whose_doing(cause: EndCause) -> Whose:
    """Whose doing it was that a rung leg ended with this cause."""
    if cause in _THEIR_DOING:
        return Whose.CUSTOMER
    return Whose.CARRIER if cause in _CARRIERS_DOING else Whose.US
