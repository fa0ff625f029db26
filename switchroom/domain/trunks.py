"""Trunks: SIP connections to carriers and other exchanges."""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le
from pydantic import StringConstraints, model_validator

from switchroom.domain.configured import Configured, Key, Misfit, Name
from switchroom.domain.titles import Title

Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$")]


class TrunkKind(StrEnum):
    """How the two sides know each other."""

    REGISTERING = "registering"
    BY_ADDRESS = "by_address"
    PEER = "peer"
    """The other side signs in to us with a name and a password."""


TRUNK_KINDS: dict[TrunkKind, Title] = {
    TrunkKind.REGISTERING: Title("We sign in to the carrier", "Мы регистрируемся у оператора связи"),
    TrunkKind.BY_ADDRESS: Title("Known by address", "По адресу"),
    TrunkKind.PEER: Title("The other side signs in to us", "Другая сторона регистрируется у нас"),
}


class Trunk(Configured):
    """One connection. Its password is kept apart."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    kind: Annotated[TrunkKind, Title("Kind", "Вид")]
    host: Annotated[Host | None, Title("Host", "Адрес")] = None
    port: Annotated[int, Ge(1), Le(65535), Title("Port", "Порт")] = 5060
    username: Annotated[Key | None, Title("Name for sign-in", "Имя для входа")] = None
    most_channels: Annotated[int, Ge(1), Le(10_000), Title("Channels at most", "Каналов не больше")] = 30
    codecs: Annotated[tuple[str, ...], Title("Codecs", "Кодеки")] = ("alaw", "ulaw")
    caller_id: Annotated[str | None, Title("Our number outside", "Наш номер для внешних звонков")] = None

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Trunk":
        if self.kind is not TrunkKind.PEER and self.host is None:
            raise Misfit("This kind of trunk needs a host", "Для линии этого вида нужен адрес")
        if self.kind is not TrunkKind.BY_ADDRESS and self.username is None:
            raise Misfit("This kind of trunk needs a name for sign-in", "Для линии этого вида нужно имя для входа")
        return self
