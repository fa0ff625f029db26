"""Extensions: numbers of the dial plan, and where they lead."""

from enum import StrEnum
from typing import Annotated

from switchroom.domain.configured import Configured, Key, written
from switchroom.domain.titles import Title


class TargetKind(StrEnum):
    """What a number can lead to."""

    USER = "user"
    GROUP = "group"
    QUEUE = "queue"
    SCENARIO = "scenario"
    EXTENSION = "extension"
    MODE = "mode"
    """Dialling it throws a switch between day and night."""


Number = Annotated[
    str, written(r"^[0-9*#]{1,12}$", "Digits, * and #; at most 12 of them", "Цифры, * и #; не больше 12 знаков")
]


class Target(Configured):
    """Where a number leads."""

    kind: Annotated[TargetKind, Title("Kind", "Вид")]
    key: Annotated[str, Title("Which", "Что именно")]


class Extension(Configured):
    """A number of the dial plan."""

    number: Annotated[Number, Title("Number", "Номер")]
    target: Annotated[Target, Title("Leads to", "Ведёт на")]

    @property
    def id(self) -> Key:
        """The number is the key."""
        return self.number
