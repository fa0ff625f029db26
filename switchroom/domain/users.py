"""Users: people with a login and an extension."""

from typing import Annotated

from switchroom.domain.company import Language
from switchroom.domain.configured import Configured, Key, Name, Names, ThingKind, written
from switchroom.domain.limits import Limits
from switchroom.domain.titles import Title
from switchroom.domain.trunks import ShownNumber
from switchroom.domain.voicemail import Mailbox


class KeptPhoto:
    """Stands in a field's annotation: its value names a photo that lies with the media, and means nothing to people."""


PhotoName = Annotated[
    str, written(r"^[0-9a-f]{32}$", "The name of a photo that was uploaded", "Имя загруженной фотографии")
]


class User(Configured):
    """A person. As an operator they serve the queues that name them."""

    id: Key
    name: Annotated[Name, Title("Name", "Имя")]
    language: Annotated[Language | None, Title("Language", "Язык")] = None
    roles: Annotated[tuple[Key, ...], Title("Roles", "Роли"), Names(ThingKind.ROLE)] = ("user",)
    department: Annotated[str, Title("Department", "Отдел")] = ""
    position: Annotated[str, Title("Position", "Должность")] = ""
    photo: Annotated[PhotoName | None, Title("Photo", "Фото"), KeptPhoto()] = None
    service_class: Annotated[
        Key | None, Title("Class of service", "Класс обслуживания"), Names(ThingKind.SERVICE_CLASS)
    ] = None
    outside_number: Annotated[ShownNumber | None, Title("Shown outside as", "Показывать снаружи как")] = None
    limits: Annotated[Limits, Title("Limits of calls outside", "Лимиты исходящих")] = Limits()
    voicemail: Annotated[Mailbox, Title("Voicemail", "Голосовая почта")] = Mailbox()
    calls_in_browser: Annotated[bool, Title("Calls in the browser", "Звонки в браузере")] = True
    active: Annotated[bool, Title("May sign in", "Может входить")] = True
