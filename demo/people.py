"""People of the demo, at real SIP phones: customers who call, and operators who answer."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np

from demo.company import DID
from demo.phone.phone import Address, Call, CallFailed, Phone
from demo.phone.sound import RATE, Samples, read

_SOUNDS = Path(__file__).parent / "sounds"
_NAMES = ("Иван Петров", "Мария Кузнецова", "Пётр Смирнов", "Елена Попова", "John Smith", "Дмитрий Новиков")


class Doing(StrEnum):
    """What somebody does."""

    CALLS = "calls"
    PRESSES = "presses"
    LEAVES = "leaves"
    DONE = "is done"
    REFUSED = "refused"
    AT_PHONE = "is at the phone"
    ANSWERS = "answers"
    HANGS_UP = "hangs up"


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """Who calls, as the so-manyth; or an operator, who has no number."""

    number: int
    name: str
    phone: str = ""


Telling = Callable[[Person, Doing, str], None]
"""Who, what they do, and what more there is to it: the key, or the status of the refusal."""


@dataclass(frozen=True, slots=True)
class Temper:
    """How customers behave. Seconds; shares from 0 to 1."""

    listens: tuple[float, float] = (2.0, 7.0)
    presses_wrong: float = 0.1
    impatient: float = 0.15
    patience: tuple[float, float] = (5.0, 12.0)
    pause_between: tuple[float, float] = (0.5, 4.0)
    at_once: int = 5
    keys: str = "112"
    """One of these is pressed."""
    breathes: float = 0.0
    """How long nothing is said before it is said again."""


@dataclass(slots=True)
class Tally:
    """What became of the customers."""

    called: int = 0
    served: int = 0
    left: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)


async def customers(
    count: int, server: Address, password: str, chance: random.Random, tell: Telling, temper: Temper = Temper(),
    dialled: str = DID,
) -> Tally:
    """Let so many customers call by the demo's trunk, some at once; returns what became of them."""
    tally, room = Tally(), asyncio.Semaphore(temper.at_once)
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            await room.acquire()
            own = random.Random(chance.getrandbits(64))
            customer = _Customer(number + 1, own, tell, temper, tally)
            task = group.create_task(customer.call(server, password, dialled))
            task.add_done_callback(lambda _: room.release())
            await asyncio.sleep(own.uniform(*temper.pause_between) if number + 1 < count else 0)
    return tally


class _Customer:
    def __init__(self, number: int, chance: random.Random, tell: Telling, temper: Temper, tally: Tally) -> None:
        self._chance, self._tell, self._temper, self._tally = chance, tell, temper, tally
        self._who = Person(number, chance.choice(_NAMES), f"7916{chance.randrange(10**7):07d}")

    def _does(self, doing: Doing, more: str = "") -> None:
        self._tell(self._who, doing, more)

    async def call(self, server: Address, password: str, dialled: str) -> None:
        """From the first ring to the end."""
        phone = await Phone.open("demo", password, server, username="demo-carrier")
        phone.name = self._who.phone
        self._tally.called += 1
        self._does(Doing.CALLS)
        try:
            await self._behave(await phone.dial(dialled, shown=self._who.name))
        except (CallFailed, TimeoutError) as why:
            self._tally.refused += 1
            self._does(Doing.REFUSED, str(why.status if isinstance(why, CallFailed) else 408))
        finally:
            with suppress(TimeoutError):
                await phone.close()

    async def _behave(self, call: Call) -> None:
        chance, temper = self._chance, self._temper
        await asyncio.sleep(chance.uniform(*temper.listens))
        for key in ["7", "1"] if chance.random() < temper.presses_wrong else [chance.choice(temper.keys)]:
            call.press(key)
            self._does(Doing.PRESSES, key)
            await asyncio.sleep(2.5)
        speech = read(_SOUNDS / f"customer-{chance.randint(1, 3)}.ogg")
        if chance.random() < temper.impatient:
            await _until_over(call, chance.uniform(*temper.patience))
            if not call.over.is_set():
                self._tally.left += 1
                self._does(Doing.LEAVES)
                await call.hang_up()
            return
        call.say(speech)
        call.repeat(np.concatenate([np.zeros(int(temper.breathes * RATE), np.int16), speech]))
        await _until_over(call, 240)
        self._tally.served += 1
        self._does(Doing.DONE)
        await call.hang_up()


async def _until_over(call: Call, within: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            await call.over.wait()


@dataclass(frozen=True, slots=True)
class OperatorAtPhone:
    """An operator's phone that is signed in and takes calls by itself."""

    user: str
    device: str
    password: str


async def operator(
    who: OperatorAtPhone, server: Address, chance: random.Random, tell: Telling,
    finished: Callable[[str], None] = lambda _user: None,
) -> None:
    """Answer until cancelled: after a while, talk, and end the call. `finished` is told after each talk."""
    phone = await Phone.open(who.device, who.password, server)
    speech = read(_SOUNDS / f"operator-{1 if who.user == 'anna' else 2}.ogg")
    try:
        await phone.stay_registered()
        tell(Person(0, who.user), Doing.AT_PHONE, "")
        while True:
            await _serve(await phone.rings.get(), who.user, speech, chance, tell)
            finished(who.user)
    finally:
        await phone.close()


async def _serve(ring: Call, user: str, speech: Samples, chance: random.Random, tell: Telling) -> None:
    await _until_over(ring, chance.uniform(1.0, 4.0))
    if ring.over.is_set():
        return
    await ring.answer()
    tell(Person(0, user), Doing.ANSWERS, "")
    ring.say(speech)
    await _until_over(ring, chance.uniform(8.0, 20.0))
    await ring.hang_up()
    tell(Person(0, user), Doing.HANGS_UP, "")
