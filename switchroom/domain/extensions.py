"""Extensions: numbers of the dial plan, and where they lead."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import model_validator

from switchroom.domain.configured import Called, Configured, Key, Misfit, written
from switchroom.domain.titles import Title


class TargetKind(StrEnum):
    """What a number can lead to."""

    USER = "user"
    GROUP = "group"
    QUEUE = "queue"
    ROOM = "room"
    """A conference room."""
    SCENARIO = "scenario"
    EXTENSION = "extension"
    PAGING = "paging"
    """Whoever dials it speaks through the phones of many."""
    MODE = "mode"
    """Dialling it throws a switch between day and night."""
    OUTSIDE = "outside"
    """A phone outside, by its number: it goes out by the first outbound route that has it."""
    VOICEMAIL = "voicemail"
    """Callers leave a message for a user, who is the key."""
    SERVICE = "service"
    """A place or a code of the house itself, see `Service`."""


class Service(StrEnum):
    """What the house does by itself under a number."""

    PARKING = "parking"
    """A place where a caller waits; who dials it while somebody waits there fetches them."""
    PICK_UP = "pick_up"
    """Takes what rings at a colleague; followed by an extension, what rings there."""


SERVICES: dict[Service, Title] = {
    Service.PARKING: Title("Parking place", "Место парковки"),
    Service.PICK_UP: Title("Pick up", "Перехват звонка"),
}


Number = Annotated[
    str, written(r"^[0-9*#]{1,12}$", "Digits, * and #; at most 12 of them", "Цифры, * и #; не больше 12 знаков")
]


_OUTSIDE = re.compile(r"^\+?[0-9]{3,20}$")


class Target(Configured):
    """Where a number leads."""

    kind: Annotated[TargetKind, Title("Kind", "Вид")]
    key: Annotated[str, Title("Which", "Что именно"), Called(SERVICES)]

    @model_validator(mode="after")
    def _known_service(self) -> "Target":
        if self.kind is TargetKind.SERVICE and self.key not in SERVICES:
            raise Misfit("There is no such service", "Такой услуги нет", field="key")
        return self

    @model_validator(mode="after")
    def _a_number_outside(self) -> "Target":
        if self.kind is TargetKind.OUTSIDE and not _OUTSIDE.match(self.key):
            raise Misfit("A phone number, like +79161234567", "Номер телефона, например +79161234567", field="key")
        return self


class Extension(Configured):
    """A number of the dial plan."""

    number: Annotated[Number, Title("Number", "Номер")]
    target: Annotated[Target, Title("Leads to", "Ведёт на")]

    @property
    def id(self) -> Key:
        """The number is the key."""
        return self.number
