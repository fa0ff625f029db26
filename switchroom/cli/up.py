"""`switchroom up`: get everything ready, keep the switch and the process that serves running, until told to stop."""

import asyncio
import fcntl
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from demo import load as demo
from switchroom import house
from switchroom.cli import health, processes
from switchroom.cli.console import LANGUAGE, progress, say, show
from switchroom.cli.doors import context_of, pair_of
from switchroom.domain.refusals import Refusal
from switchroom.domain.titles import Title
from switchroom.settings import Settings, SwitchKind
from switchroom.switch.asterisk.fetch import Step
from switchroom.switch.asterisk.keeper import Keeper

log = structlog.get_logger()

CANNOT_GO_ON = 78
"""Exit code of the child: its settings are wrong; starting it again would not help (EX_CONFIG of sysexits)."""
TAKEN_OVER = 75
HUNG_AFTER = 20.0
_LOOK_EVERY = 3.0

_STEPS = {
    Step.WAIT: Title("Another start is fetching Asterisk; waiting", "Asterisk уже загружается другим запуском; жду"),
    Step.INDEX: Title("Reading the lists of packages", "Читаю списки пакетов"),
    Step.DOWNLOAD: Title("Fetching Asterisk (once)", "Загружаю Asterisk (один раз)"),
    Step.UNPACK: Title("Unpacking Asterisk", "Распаковываю Asterisk"),
    Step.CHECK: Title("Checking Asterisk", "Проверяю Asterisk"),
}


class AlreadyUp(Refusal):
    """Another `up` keeps this folder."""

    code = "house.already_up"
    en = "Switchroom already runs on {folder} (process {pid}). Stop it first, or choose another folder: --data DIR."
    ru = "Switchroom уже работает с папкой {folder} (процесс {pid}). Остановите его или выберите другую: --data DIR."


class DoorTaken(Refusal):
    """Somebody else listens at the address."""

    code = "house.door_taken"
    en = "Nobody can listen at {listen}: {why}. Choose another address: --listen HOST:PORT."
    ru = "Нельзя слушать {listen}: {why}. Выберите другой адрес: --listen АДРЕС:ПОРТ."


async def up(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM. Raises: Refusal, SwitchTrouble: what is missing and what to do."""
    with _alone(settings.data), _door(settings) as door:
        settings = settings.model_copy(update={"listen": _listening_at(door)})
        if (pair := pair_of(settings)) is not None:
            context_of(pair)  # what is wrong with it is told here, not by a child that dies again and again
        _furnish(settings)
        keeper = await _switch_up(settings)
        return await _Supervisor(settings, door, keeper).run()


def _furnish(settings: Settings) -> None:
    """Make the house if it is new; with `--demo` put the made-up company into it."""
    with house.open_ground(settings) as ground:
        if settings.demo and demo.is_empty(ground.store):
            say(Title("Furnishing the made-up company ...", "Обставляю демонстрационную компанию ..."))
            demo.load(ground.store, ground.credentials, house.library_of(settings), settings.data)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one `up` on a folder."""
    house.make_folder(folder)
    with (folder / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyUp(folder=folder, pid=lock.read().strip() or "?") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def _door(settings: Settings) -> Iterator[socket.socket]:
    """Held open here, so that nobody is turned away while the process that serves starts again."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((settings.host, settings.port))
        except OSError as why:
            raise DoorTaken(listen=settings.listen, why=why.strerror or why) from None
        door.listen(1024)
        yield door


def _listening_at(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"[{host}]:{port}" if door.family == socket.AF_INET6 else f"{host}:{port}"


async def _switch_up(settings: Settings) -> Keeper | None:
    """Fetch, configure and start the private switch, or find it running."""
    if settings.switch is not SwitchKind.PRIVATE:
        await house.check_switch(settings)
        return None
    with progress() as advance:
        root = await asyncio.to_thread(
            house.fetch_switch, settings, lambda step, part: advance(_STEPS[step].in_(LANGUAGE), part)
        )
    keeper = house.keeper_of(settings, root)
    say(Title("Starting the switch ...", "Запускаю коммутатор ..."))
    await keeper.up()
    return keeper


class _Supervisor:
    def __init__(self, settings: Settings, door: socket.socket, keeper: Keeper | None) -> None:
        self._settings, self._door, self._keeper = settings, door, keeper
        self._stop = asyncio.Event()
        self._code = 0

    async def run(self) -> int:
        """Keep both until told to stop; then stop both, in order."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._stop.set)
        async with asyncio.TaskGroup() as tasks:
            kept = [tasks.create_task(self._keep_child())]
            if self._keeper is not None:
                kept.append(tasks.create_task(self._keep_switch(self._keeper)))
            await self._stop.wait()
            say(Title("Stopping ...", "Останавливаю ..."))
            for task in kept:
                task.cancel()
        if self._keeper is not None:
            self._keeper.let_go() if self._settings.keep_switch else await self._keeper.stop()
        return self._code

    async def _keep_switch(self, keeper: Keeper) -> None:
        """An Asterisk that died is started again with the configuration that lies in its folder."""
        patience = processes.Patience()
        while True:
            began = time.monotonic()
            ended = await keeper.watch()
            log.error("the switch died", pid=ended.pid, said=ended.said)
            await asyncio.sleep(patience.after(time.monotonic() - began))
            await keeper.up()
            log.warning("the switch runs again", pid=keeper.pid)

    async def _keep_child(self) -> None:
        patience, first = processes.Patience(), True
        while True:
            began = time.monotonic()
            child = await processes.start_child(self._door, self._settings.as_environment())
            try:
                code = await self._live(child, greet=first)
            finally:
                await processes.end(child)
            if code in (CANNOT_GO_ON, TAKEN_OVER):
                self._code = code
                self._stop.set()
                return
            log.error("the serving process ended and is started again", code=code)
            first = False
            await asyncio.sleep(patience.after(time.monotonic() - began))

    async def _live(self, child: asyncio.subprocess.Process, *, greet: bool) -> int:
        """Watch a child until it ends; one that does not answer any more is ended."""
        watching = asyncio.create_task(self._watch(child, greet=greet))
        try:
            return await child.wait()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self, child: asyncio.subprocess.Process, *, greet: bool) -> None:
        answered = time.monotonic()
        while True:
            seen = await asyncio.to_thread(health.look, self._settings)
            if seen is not None:
                answered = time.monotonic()
            if seen is not None and seen.ready and greet:
                greet = False
                _greet(self._settings)
            if time.monotonic() - answered > HUNG_AFTER:
                log.error("the serving process does not answer and is ended", pid=child.pid)
                child.kill()
                return
            await asyncio.sleep(0.1 if greet else _LOOK_EVERY)


def _greet(settings: Settings) -> None:
    address = settings.address
    say(Title(f"Switchroom is ready: {address}", f"Switchroom готов: {address}"))
    for words in house.welcome(settings):
        say(words)
    accounts = demo.accounts(settings.data)
    if accounts:
        say(Title("Who can sign in (name, password, role):", "Кто может войти (имя, пароль, роль):"))
    for account in accounts:
        show(f"  {account.user:<8} {account.password:<14} {account.role:<14} {account.name}")
    if accounts:
        command = "switchroom demo call --count 5 --with-operators"
        say(Title(f"Let customers call: .venv/bin/{command}", f"Пусть позвонят клиенты: .venv/bin/{command}"))
