"""Trunks: SIP connections to carriers and other exchanges."""

import ipaddress
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AfterValidator, model_validator

from switchroom.domain.configured import Configured, Key, KeyBesideLive, Misfit, Name, Names, ThingKind, written
from switchroom.domain.limits import Limits
from switchroom.domain.patterns import Pattern, fits
from switchroom.domain.titles import Title

Host = Annotated[
    str,
    written(
        r"^[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$",
        "A name or an address, like sip.example.com or 203.0.113.7",
        "Имя или адрес: sip.example.com или 203.0.113.7",
    ),
]
Proxy = Annotated[
    str,
    written(
        r"^([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?$",
        "A name or an address, with a port if it has one of its own: proxy.example.com:5070",
        "Имя или адрес, с портом, если он особый: proxy.example.com:5070",
    ),
]


def is_this_machine(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    """Whether calls from there may be those of any program on this machine."""
    return any(network.version == loop.version and network.overlaps(loop) for loop in _LOOPS)


_LOOPS = tuple(
    ipaddress.ip_network(one) for one in ("127.0.0.0/8", "0.0.0.0/32", "::1/128", "::ffff:127.0.0.0/104")
)


def _is_a_source(written_so: str) -> str:
    """Normalised: `203.0.113.7`, `203.0.113.0/24`."""
    try:
        network = ipaddress.ip_network(written_so, strict=False)
    except ValueError:
        raise Misfit(*_SOURCE) from None
    if is_this_machine(network):
        raise Misfit(*_OWN)
    return str(network.network_address) if network.num_addresses == 1 else str(network)


_SOURCE = (
    "An address or a network, like 203.0.113.7 or 203.0.113.0/24", "Адрес или сеть: 203.0.113.7 или 203.0.113.0/24"
)
_OWN = (
    "Every program on this machine could call in by it", "Так могла бы звонить любая программа этой машины"
)
Source = Annotated[str, MaxLen(60), AfterValidator(_is_a_source)]
SignInName = Annotated[
    str,
    written(
        r"^[A-Za-z0-9+*_.@-]{1,80}$",
        "Latin letters, digits and + * _ . @ -, without spaces",
        "Латинские буквы, цифры и + * _ . @ -, без пробелов",
    ),
]
ShownNumber = Annotated[
    str, written(r"^\+?[0-9*#]{1,32}$", "Digits, a + before them if you wish", "Цифры, перед ними можно +")
]
Codec = Literal["alaw", "ulaw", "g722", "opus", "gsm", "g726", "speex"]


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


class Dtmf(StrEnum):
    """How pressed keys go over the trunk."""

    AUTO = "auto"
    RFC4733 = "rfc4733"
    INFO = "info"
    INBAND = "inband"


DTMFS: dict[Dtmf, Title] = {
    Dtmf.AUTO: Title("As the other side wishes", "Как захочет другая сторона"),
    Dtmf.RFC4733: Title("RFC 4733, beside the sound", "RFC 4733, рядом со звуком"),
    Dtmf.INFO: Title("As SIP INFO", "Сообщениями SIP INFO"),
    Dtmf.INBAND: Title("As tones in the sound", "Тонами в самом звуке"),
}


CODECS: dict[Codec, Title] = {
    "alaw": Title("G.711 A-law, usual in Europe", "G.711 A, обычный в России и Европе"),
    "ulaw": Title("G.711 µ-law, usual in America", "G.711 µ, обычный в Америке"),
    "g722": Title("G.722, wideband", "G.722, широкополосный"),
    "opus": Title("Opus, wideband", "Opus, широкополосный"),
    "gsm": Title("GSM, for narrow lines", "GSM, для узких каналов"),
    "g726": Title("G.726, for narrow lines", "G.726, для узких каналов"),
    "speex": Title("Speex, for narrow lines", "Speex, для узких каналов"),
}


class Trunk(Configured):
    """One connection. Its password is kept apart."""

    id: KeyBesideLive
    title: Annotated[Name, Title("Title", "Название")]
    kind: Annotated[TrunkKind, Title("Kind", "Вид")]
    host: Annotated[Host | None, Title("Host", "Адрес")] = None
    port: Annotated[int, Ge(1), Le(65535), Title("Port", "Порт")] = 5060
    username: Annotated[SignInName | None, Title("Name for sign-in", "Имя для входа")] = None
    most_channels: Annotated[int, Ge(1), Le(10_000), Title("Channels at most", "Каналов не больше")] = 30
    proxy: Annotated[Proxy | None, Title("Outbound proxy", "Исходящий прокси")] = None
    sources: Annotated[tuple[Source, ...], MaxLen(100), Title("Calls come from", "Откуда приходят звонки")] = ()
    codecs: Annotated[tuple[Codec, ...], MinLen(1), Title("Codecs", "Кодеки")] = ("alaw", "ulaw")
    caller_id: Annotated[ShownNumber | None, Title("Our number outside", "Наш номер для внешних звонков")] = None

    numbers: Annotated[tuple[Pattern, ...], Title("Numbers of this trunk", "Номера этой линии")] = ()
    keeps_caller: Annotated[
        bool, Title("Passes the caller’s number on", "Передаёт номер звонящего дальше")
    ] = False
    dtmf: Annotated[Dtmf, Title("Keys are sent", "Как передаются нажатия")] = Dtmf.AUTO
    tariff: Annotated[Key | None, Title("Tariff", "Тариф"), Names(ThingKind.TARIFF)] = None
    most_outgoing: Annotated[int | None, Ge(1), Le(10_000), Title("Of them outgoing", "Из них исходящих")] = None
    most_incoming: Annotated[int | None, Ge(1), Le(10_000), Title("Of them incoming", "Из них входящих")] = None
    weight: Annotated[int, Ge(1), Le(100), Title("Weight when sharing", "Вес при делении нагрузки")] = 1
    limits: Annotated[Limits, Title("Limits of calls outside", "Лимиты исходящих")] = Limits()

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Trunk":
        lacking = tuple(self._lacking())
        if lacking:
            raise Misfit(lacking[0].title.en, lacking[0].title.ru, field=lacking[0].field, also=lacking[1:])
        return self

    @property
    def signs_in_as(self) -> str:
        """The name under which the switch knows where the other side is."""
        return self.username if self.kind is TrunkKind.PEER and self.username else self.id

    def may_show(self, number: str) -> bool:
        """Whether the carrier lets this number of ours be shown: where nothing is said, any."""
        digits = number.removeprefix("+")
        return not self.numbers or any(fits(pattern.removeprefix("+"), digits) for pattern in self.numbers)

    def takes_calls_from(self, source: str) -> bool:
        """Whether some of this address or network is taken for this carrier."""
        theirs = ipaddress.ip_network(source)
        ours = [ipaddress.ip_network(one) for one in (*self.sources, *self._own_address())]
        return any(one.version == theirs.version and one.overlaps(theirs) for one in ours)

    def _own_address(self) -> Iterator[str]:
        if self.kind is TrunkKind.BY_ADDRESS and self.host is not None:
            with suppress(ValueError):
                yield str(ipaddress.ip_address(self.host))

    def _lacking(self) -> Iterator[Misfit]:
        if self.kind is TrunkKind.PEER and self.sources:
            en, ru = "Who signs in to us may call from anywhere", "Кто регистрируется у нас, звонит откуда угодно"
            yield Misfit(en, ru, field="sources")
        if self.kind is not TrunkKind.PEER and self.host is None:
            yield Misfit("This kind of trunk needs a host", "Для линии этого вида нужен адрес", field="host")
        if self.kind is not TrunkKind.BY_ADDRESS and self.username is None:
            words = "This kind of trunk needs a name for sign-in", "Для линии этого вида нужно имя для входа"
            yield Misfit(*words, field="username")
