"""Conference rooms: whoever calls one talks with all others who are there."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from switchroom.domain.configured import Configured, Key, Misfit, Name
from switchroom.domain.people import Secret
from switchroom.domain.titles import Title

MOST = 20
"""How many can be in one conference."""
_PIN = re.compile(r"^[0-9]{4,12}$")


class Room(Configured):
    """One room. Its PIN is kept apart, as passwords are; while none is set, a room that asks for it lets nobody in."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    asks_pin: Annotated[bool, Title("Ask for a PIN", "Спрашивать ПИН-код")] = False
    most: Annotated[int, Ge(2), Le(MOST), Title("The most people", "Не больше человек")] = MOST
    record: Annotated[bool, Title("Record", "Записывать")] = False


class NotLetInWhy(StrEnum):
    """Why somebody did not come into a room."""

    WRONG_PIN = "wrong_pin"
    FULL = "full"
    CLOSED = "closed"
    """There is no such room any more, or it could not be reached."""


def must_be_pin(pin: str) -> None:
    """Raises: Misfit."""
    if not _PIN.match(pin):
        raise Misfit("4 to 12 digits", "От 4 до 12 цифр")


def pin_of(passwords: Mapping[str, Secret], room: str) -> Secret | None:
    """The PIN of a room; None while none is set."""
    return passwords.get(f"room:{room}")
