"""`switchroom check`: what is wrong with an installation, and what to do about it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from switchroom import house
from switchroom.cli import health
from switchroom.cli.console import LANGUAGE, show
from switchroom.cli.doors import context_of
from switchroom.domain.refusals import Refusal
from switchroom.domain.titles import Title
from switchroom.settings import Settings, SwitchKind
from switchroom.storage.certificates import RENEWED_BEFORE, Certificates, Pair
from switchroom.switch.asterisk.loader import ask_version
from switchroom.switch.asterisk.troubles import SwitchTrouble

_LEAST_FREE = 1024**3
_CERTIFICATE = Title("The certificate", "Сертификат")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `todo` is None if it is right."""

    what: Title
    todo: Title | None = None


def check(settings: Settings) -> int:
    """Print what was found; returns 0 if nothing is wrong."""
    findings = [finding for look in _LOOKS for finding in look(settings)]
    for finding in findings:
        mark = "✓" if finding.todo is None else "✗"
        show(f"{mark} {finding.what.in_(LANGUAGE)}")
        if finding.todo is not None:
            show(f"    {finding.todo.in_(LANGUAGE)}")
    return 1 if any(finding.todo for finding in findings) else 0


def _python(_: Settings) -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    todo = Title("Install Python 3.11 or newer.", "Установите Python 3.11 или новее.")
    yield Finding(Title(f"Python {found}", f"Python {found}"), None if sys.version_info >= (3, 11) else todo)


def _libraries(_: Settings) -> Iterator[Finding]:
    lock = Path(__file__).parents[2] / "requirements.lock"
    if not lock.exists():
        return
    wanted = [line.split(" ")[0].split("==") for line in lock.read_text().splitlines() if _names_package(line)]
    off = [name for name, number in wanted if _installed(name) not in (number, None)]
    what = Title(f"{len(wanted)} libraries as locked", f"Библиотеки по списку: {len(wanted)}")
    names = ", ".join(off)
    todo = Title(f"Other versions: {names}. Run ./start again.", f"Другие версии: {names}. Снова запустите ./start.")
    yield Finding(what, todo if off else None)


def _names_package(line: str) -> bool:
    return "==" in line and not line.startswith((" ", "#"))


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None  # for another system or Python


def _folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data.resolve()
    if not data.exists():
        what = Title(f"Nothing is kept yet in {data}", f"В папке {data} пока ничего нет")
        yield Finding(what, Title("Run ./start first.", "Сначала запустите ./start."))
        return
    private = data.stat().st_mode & 0o077 == 0
    todo = Title(f"Others can read it: chmod 700 {data}", f"Её могут читать другие: chmod 700 {data}")
    yield Finding(Title(f"The folder {data}", f"Папка {data}"), None if private else todo)
    free = shutil.disk_usage(data).free
    what = Title(f"{free // 1024**3} GB free on the disk", f"Свободно на диске: {free // 1024**3} ГБ")
    yield Finding(what, None if free > _LEAST_FREE else Title("Make room.", "Освободите место."))


def _database(settings: Settings) -> Iterator[Finding]:
    what = Title("The database", "База данных")
    if not settings.data.exists():
        return
    try:
        with house.open_ground(settings) as ground:
            picture = ground.store.picture()
    except Refusal as trouble:
        yield Finding(what, Title(trouble.sentence("en"), trouble.sentence("ru")))
    except SQLAlchemyError as trouble:
        said = str(trouble).splitlines()[0]
        yield Finding(what, Title(f"It can't be opened: {said}", f"Не открывается: {said}"))
    else:
        counts = f"{len(picture.users)} / {len(picture.devices)} / {len(picture.trunks)} / {len(picture.queues)}"
        yield Finding(
            Title(f"The database: users / devices / trunks / queues: {counts}",
                  f"База данных: пользователи / устройства / линии / очереди: {counts}")
        )


def _certificate(settings: Settings) -> Iterator[Finding]:
    own = Certificates(settings.data)
    if settings.certificate is None and not own.are_there:
        return
    pair = Pair(settings.certificate, settings.key) if settings.certificate else own.leaf
    try:
        left = pair.ends - datetime.now(UTC)
        context_of(pair)
    except Refusal as trouble:
        yield Finding(_CERTIFICATE, Title(trouble.sentence("en"), trouble.sentence("ru")))
        return
    days = max(0, left.days)
    what = Title(f"The certificate, good for {days} days more", f"Сертификат, ещё дней: {days}")
    own_todo = Title("It is renewed at the next start: ./start --https", "Он обновится при запуске: ./start --https")
    todo = Title("Get a new one from whoever issued it.", "Получите новый у того, кто его выдал.")
    soon = left < RENEWED_BEFORE
    yield Finding(what, (todo if settings.certificate else own_todo) if soon else None)


def _reached(settings: Settings) -> Iterator[Finding]:
    """Pages that others reach while sound stays on this machine: everything would work but the talk."""
    if settings.switch is SwitchKind.PRIVATE and not _is_here(settings.host) and _is_here(settings.sip_bind):
        what = Title("Sound for browsers on other machines", "Звук для браузеров на других машинах")
        bind = settings.host
        yield Finding(what, Title(f"Add --sip-bind {bind}", f"Добавьте --sip-bind {bind}"))


def _is_here(host: str) -> bool:
    return host.startswith("127.") or host in ("localhost", "::1")


def _switch(settings: Settings) -> Iterator[Finding]:
    if settings.switch is not SwitchKind.PRIVATE:
        return
    found = house.fetched_switch(settings)
    if found is None:
        todo = Title("Run ./start: it is fetched then.", "Запустите ./start: он будет загружен.")
        yield Finding(Title("Asterisk is not fetched", "Asterisk не загружен"), todo)
        return
    try:
        name = f"Asterisk {ask_version(found)}"
        yield Finding(Title(name, name))
    except SwitchTrouble as trouble:
        yield Finding(Title("Asterisk", "Asterisk"), Title(trouble.sentence("en"), trouble.sentence("ru")))


def _living(settings: Settings) -> Iterator[Finding]:
    seen = health.look(settings)
    what = Title(f"The program at {settings.address}", f"Программа по адресу {settings.address}")
    if seen is None:
        yield Finding(what, Title("It does not run: ./start", "Не запущена: ./start"))
        return
    lacking = ", ".join(seen.lacking)
    todo = Title(f"Calls can't be taken yet: {lacking}", f"Звонки пока не принимаются: {lacking}")
    yield Finding(what, todo if lacking else None)


_LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _python, _libraries, _folder, _database, _certificate, _reached, _switch, _living,
)
