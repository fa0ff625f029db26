"""Devices: where a user can be reached. The key is the name that the phone registers with."""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from switchroom.domain.configured import Configured, Key, KeyBesideLive, Name, Names, ThingKind
from switchroom.domain.titles import Title


class DeviceKind(StrEnum):
    """What sort of phone it is."""

    SIP = "sip"
    BROWSER = "browser"


DEVICE_KINDS: dict[DeviceKind, Title] = {
    DeviceKind.SIP: Title("SIP phone", "SIP-телефон"),
    DeviceKind.BROWSER: Title("Browser", "Браузер"),
}


class Device(Configured):
    """A SIP phone, a softphone or a browser. Its password is kept apart."""

    id: KeyBesideLive
    user: Annotated[Key, Title("User", "Пользователь"), Names(ThingKind.USER)]
    title: Annotated[Name, Title("Title", "Название")] = "Phone"
    kind: Annotated[DeviceKind, Title("Kind", "Вид")] = DeviceKind.SIP
    most_contacts: Annotated[int, Ge(1), Le(10), Title("Phones at once", "Телефонов сразу")] = 1


_IN_BROWSER = "web."


def browser_device(user: str) -> Device:
    """The phone in a user's browser: nobody configures it, and its key can't be that of a configured one."""
    return Device.model_construct(
        id=f"{_IN_BROWSER}{user}", user=user, title="Browser", kind=DeviceKind.BROWSER, most_contacts=1
    )


def user_in_browser(device: str) -> str | None:
    """Whose browser this is; None for any other device."""
    return device.removeprefix(_IN_BROWSER) if device.startswith(_IN_BROWSER) else None
