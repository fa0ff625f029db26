"""`switchroom demo call`: customers, and if wished operators, at real SIP phones."""

import asyncio
import random
from contextlib import suppress

from demo.company import OPERATORS, TRUNK
from demo.desk import Desk, DoorRefused
from demo.load import accounts
from demo.people import Doing, OperatorAtPhone, Person, Tally, customers, operator
from switchroom import house
from switchroom.cli import health
from switchroom.cli.console import LANGUAGE, say, show
from switchroom.domain.people import Secret
from switchroom.domain.refusals import Refusal
from switchroom.domain.setup import Setup
from switchroom.domain.titles import Title
from switchroom.settings import Settings

_WORDS = {
    Doing.CALLS: "звонит", Doing.PRESSES: "нажимает", Doing.LEAVES: "не дождался", Doing.DONE: "закончил",
    Doing.REFUSED: "отказ", Doing.AT_PHONE: "у телефона", Doing.ANSWERS: "отвечает",
    Doing.HANGS_UP: "кладёт трубку",
}  # fmt: skip


class NotRunning(Refusal):
    """Nobody is there to take calls."""

    code = "demo.not_running"
    status = 503
    en = "Switchroom does not run at {address}. Start it in another window: ./start --demo"
    ru = "Switchroom не запущен по адресу {address}. Запустите его в другом окне: ./start --demo"


class NoDemo(Refusal):
    """The house holds a real company."""

    code = "demo.not_there"
    en = "There is no made-up company in {folder}. Start with an empty folder: ./start --demo --data DIR"
    ru = "В папке {folder} нет демонстрационной компании. Начните с пустой папки: ./start --demo --data DIR"


async def call(settings: Settings, count: int, with_operators: bool, seed: int | None) -> int:
    """Let customers call; returns 0 if any was served or nobody was there to serve. Raises: Refusal."""
    if health.look(settings) is None:
        raise NotRunning(address=settings.address)
    with house.open_ground(settings) as ground:
        setup = ground.store.picture()
    if TRUNK not in setup.trunks:
        raise NoDemo(folder=settings.data)
    chance = random.Random(seed)
    server = ("127.0.0.1", house.sip_port(settings))
    at_work = [asyncio.create_task(_work(settings, setup, user, server, chance)) for user in OPERATORS] * with_operators
    if at_work:
        await asyncio.sleep(2)  # until the switch has told of their phones
    password = setup.passwords[f"trunk:{TRUNK}"].reveal() or ""
    tally = await customers(count, server, password, chance, _tell)
    await _finish(at_work)
    _sum_up(settings, tally)
    return 0


async def _work(settings: Settings, setup: Setup, user: str, server: tuple[str, int], chance: random.Random) -> None:
    """An operator at the phone and at the desk, until cancelled."""
    known = {account.user: account.password for account in accounts(settings.data)}
    desk = Desk("127.0.0.1", settings.port, user, known[user])
    device = f"{user}-desk"
    password = setup.passwords.get(f"device:{device}", Secret("")).reveal() or ""
    await asyncio.to_thread(desk.sign_in)
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(operator(OperatorAtPhone(user, device, password), server, chance, _tell))
            both.create_task(_fill_cards(desk))
    finally:
        await asyncio.to_thread(desk.sign_out)


async def _fill_cards(desk: Desk) -> None:
    while True:
        await asyncio.sleep(1.5)
        with suppress(DoorRefused):
            for _ in range(await asyncio.to_thread(desk.close_cards)):
                _show(desk.user, Title("closed a card", "закрыл карточку").in_(LANGUAGE))


async def _finish(at_work: list[asyncio.Task[None]]) -> None:
    """The last cards are closed before everybody goes."""
    if at_work:
        await asyncio.sleep(4)
    for task in at_work:
        task.cancel()
    for gone in await asyncio.gather(*at_work, return_exceptions=True):
        if isinstance(gone, Exception):
            raise gone


def _tell(who: Person, doing: Doing, more: str) -> None:
    word = Title(doing.value, _WORDS[doing]).in_(LANGUAGE)
    _show(f"{who.number:>3} {who.name}" if who.number else who.name, f"{word} {more}")


def _show(who: str, what: str) -> None:
    show(f"{who:<24} {what}")


def _sum_up(settings: Settings, tally: Tally) -> None:
    say(
        Title(
            f"{tally.called} called, {tally.served} stayed to the end, {tally.left} left, {tally.refused} refused. "
            f"Look at {settings.address}/api/calls",
            f"Позвонили: {tally.called}, дождались: {tally.served}, ушли: {tally.left}, отказано: {tally.refused}. "
            f"Смотрите {settings.address}/api/calls",
        )
    )
