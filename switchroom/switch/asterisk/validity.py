"""Refuses descriptions whose values could mean something else in a configuration file, or open a hole."""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from switchroom.domain.titles import Title
from switchroom.domain.trunks import is_this_machine
from switchroom.switch.asterisk.description import Device, LastResort, SwitchDescription, Trunk, TrunkKind, Way
from switchroom.switch.asterisk.troubles import DescriptionRefused

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,47}")
_USERNAME = re.compile(r"[A-Za-z0-9+*_.@-]{1,80}")
_NUMBER = re.compile(r"[+*#0-9]{1,32}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45}")
_PROXY = re.compile(r"([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
_CODECS = frozenset({"alaw", "ulaw", "g722", "opus", "gsm", "slin", "slin16", "g726", "speex"})
_PATH = re.compile(r"/[\w./+@~ -]*[\w/]")
# Printable ASCII but `;`, which begins a comment; no space at the ends, which is cut off.
_PASSWORD = re.compile(r"[!-:<-~]([ -:<-~]{0,126}[!-:<-~])?")


def check(description: SwitchDescription) -> None:
    """Raises: DescriptionRefused, naming the first thing that can't be used and why (never showing a password)."""
    for device in description.devices:
        _check_device(device)
    for trunk in description.trunks:
        _check_trunk(trunk)
    _check_once(description)
    _check_static_rules(description)
    _check_frame(description)


@dataclass(frozen=True, slots=True)
class _What:
    """What is looked at: a part of a thing, which has a name where there are many."""

    en: str
    ru: str
    of: str = ""

    def title(self, value: str | None = None) -> Title:
        """In words; with the value, unless it is secret."""
        shown = f" {value[:60]!r}" if value is not None else ""
        name = f" {self.of[:60]}" if self.of else ""
        return Title(f"{self.en}{name}{shown}", f"{self.ru}{name}{shown}")


def _must(what: _What, value: str, pattern: re.Pattern[str], *, secret: bool = False) -> None:
    if pattern.fullmatch(value) is None:
        raise _refused(what.title(None if secret else value),
                       "characters that are not allowed there, or a wrong length",
                       "недопустимые символы или неверная длина")


def _refused(what: Title, why_en: str, why_ru: str) -> DescriptionRefused:
    return DescriptionRefused(what=what, why=Title(why_en, why_ru))


def _check_codecs(what: _What, codecs: tuple[str, ...]) -> None:
    unknown = [codec for codec in codecs if codec not in _CODECS]
    if unknown or not codecs:
        raise _refused(what.title(", ".join(unknown)), "these codecs are unknown", "такие кодеки неизвестны")


def _check_device(device: Device) -> None:
    _must(_What("device", "устройство"), device.name, _NAME)
    _must(_What("password of device", "пароль устройства", device.name), device.password, _PASSWORD, secret=True)
    _must(_What("name for sign-in of device", "имя для входа устройства", device.name),
          device.username or device.name, _USERNAME)
    _check_codecs(_What("codecs of device", "кодеки устройства", device.name), device.codecs)


def _check_trunk(trunk: Trunk) -> None:
    _must(_What("trunk", "линия"), trunk.name, _NAME)
    _check_codecs(_What("codecs of trunk", "кодеки линии", trunk.name), trunk.codecs)
    if trunk.host or trunk.kind is not TrunkKind.PEER:
        _must(_What("host of trunk", "адрес линии", trunk.name), trunk.host, _HOST)
    if trunk.username or trunk.kind is not TrunkKind.BY_IP:
        _must(_What("name for sign-in of trunk", "имя для входа линии", trunk.name), trunk.username, _USERNAME)
    if trunk.username:
        _must(_What("password of trunk", "пароль линии", trunk.name), trunk.password, _PASSWORD, secret=True)
    if trunk.caller_id:
        _must(_What("caller ID of trunk", "наш номер на линии", trunk.name), trunk.caller_id, _NUMBER)
    if trunk.proxy:
        _must(_What("proxy of trunk", "прокси линии", trunk.name), trunk.proxy, _PROXY)
    _check_addresses(trunk)


def _check_addresses(trunk: Trunk) -> None:
    """Calls known by their address alone must not come from this machine: every program on it could make them."""
    hosts = (trunk.host,) if trunk.kind is TrunkKind.BY_IP else ()
    for address in (*trunk.addresses, *hosts):
        what = _What("host of trunk", "адрес линии", trunk.name)
        _must(what, address.split("/")[0], _HOST)
        if _is_this_machine(address):
            raise _refused(what.title(address),
                           "every program on this machine could call in by it; give the trunk a name and a password",
                           "так могла бы звонить любая программа этой машины; задайте линии имя и пароль")


def _is_this_machine(address: str) -> bool:
    if address.rstrip(".").lower().split(".")[-1] in ("localhost", "localdomain"):
        return True
    try:
        return is_this_machine(ipaddress.ip_network(address, strict=False))
    except ValueError:
        return "/" in address


def _check_once(description: SwitchDescription) -> None:
    """The switch tells who calls by name; two things of one name could be taken for each other."""
    seen: set[str] = set()
    for name in _names(description):
        if name in seen:
            raise _refused(_What("name", "имя").title(name), "two devices or trunks have it",
                           "его носят два устройства или две линии")
        seen.add(name)


def _names(description: SwitchDescription) -> Iterator[str]:
    yield from (device.name for device in description.devices)
    for trunk in description.trunks:
        yield trunk.name
        if trunk.kind is TrunkKind.PEER and trunk.username != trunk.name:
            yield trunk.username


def _check_static_rules(description: SwitchDescription) -> None:
    known = frozenset(device.name for device in description.devices)
    for extension in description.extensions:
        _must(_What("extension", "внутренний номер"), extension.number, _NUMBER)
        for device in extension.devices:
            _check_device_known(known, device)
    for emergency in description.emergencies:
        _must(_What("emergency number", "экстренный номер"), emergency.number, _NUMBER)
        for way in emergency.ways:
            _check_way(description, way)
    _check_last_resort(description, description.last_resort)


def _check_last_resort(description: SwitchDescription, last: LastResort) -> None:
    if isinstance(last.target, Way):
        _check_way(description, last.target)
    elif last.target is not None:
        _check_device_known(frozenset(device.name for device in description.devices), last.target)


def _check_way(description: SwitchDescription, way: Way) -> None:
    _must(_What("number", "номер"), way.number, _NUMBER)
    if way.trunk not in {trunk.name for trunk in description.trunks}:
        raise _refused(_What("trunk", "линия").title(way.trunk), "there is none of that name", "такой линии нет")


def _check_device_known(known: frozenset[str], name: str) -> None:
    if name not in known:
        raise _refused(_What("device", "устройство").title(name), "there is none of that name", "такого устройства нет")


def _check_frame(description: SwitchDescription) -> None:
    for what, word in ((_What("application", "приложение"), description.app),
                       (_What("ARI user", "пользователь ARI"), description.ari_user),
                       (_What("tone zone", "страна тонов"), description.tone_zone),
                       (_What("language", "язык"), description.language)):
        _must(what, word, _NAME)
    _must(_What("ARI password", "пароль ARI"), description.ari_password, _PASSWORD, secret=True)
    for name, folder in description.music.items():
        _must(_What("class of music", "вид музыки"), name, _NAME)
        _must(_What("folder of music", "папка музыки", name), str(folder), _PATH)
    for folder in (description.folder, description.root.folder):
        _must(_What("folder", "папка"), str(folder), _PATH)
    for address in filter(None, (description.bind, description.outside_address)):
        _must(_What("address", "адрес"), address, _HOST)
    for network in description.local_networks:
        _must(_What("network", "сеть"), network.replace("/", "."), _HOST)
