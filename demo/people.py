"""People of the demo, at real SIP phones: customers who call, and operators who answer."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from demo.company import DID
from demo.phone.phone import Address, Call, CallFailed, Phone
from demo.phone.sound import Samples, read

_SOUNDS = Path(__file__).parent / "sounds"
_NAMES = ("Иван Петров", "Мария Кузнецова", "Пётр Смирнов", "Елена Попова", "John Smith", "Дмитрий Новиков")
Telling = Callable[[str, str], None]
"""Who, and what they did, in a word: called, pressed 1, talks, left, …"""


@dataclass(frozen=True, slots=True)
class Temper:
    """How customers behave. Seconds; shares from 0 to 1."""

    listens: tuple[float, float] = (2.0, 7.0)
    presses_wrong: float = 0.1
    impatient: float = 0.15
    patience: tuple[float, float] = (5.0, 12.0)
    pause_between: tuple[float, float] = (0.5, 4.0)
    at_once: int = 5


@dataclass(slots=True)
class Tally:
    """What became of the customers."""

    called: int = 0
    served: int = 0
    left: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)


async def customers(
    count: int, server: Address, password: str, chance: random.Random, tell: Telling, temper: Temper = Temper()
) -> Tally:
    """Let so many customers call by the demo's trunk, some at once; returns what became of them."""
    tally, room = Tally(), asyncio.Semaphore(temper.at_once)
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            await room.acquire()
            own = random.Random(chance.getrandbits(64))
            task = group.create_task(_customer(number + 1, server, password, own, tell, temper, tally))
            task.add_done_callback(lambda _: room.release())
            await asyncio.sleep(own.uniform(*temper.pause_between) if number + 1 < count else 0)
    return tally


async def _customer(
    number: int, server: Address, password: str, chance: random.Random, tell: Telling, temper: Temper, tally: Tally
) -> None:
    name = chance.choice(_NAMES)
    who = f"{number:>3} {name}"
    phone = await Phone.open("demo", password, server, username="demo-carrier")
    phone.name = f"7916{chance.randrange(10**7):07d}"
    tally.called += 1
    tell(who, "calls")
    try:
        call = await phone.dial(DID, shown=name)
        await _behave(call, who, chance, tell, temper, tally)
    except (CallFailed, TimeoutError) as why:
        tally.refused += 1
        tell(who, f"refused: {why.status if isinstance(why, CallFailed) else 408}")
    finally:
        with suppress(TimeoutError):
            await phone.close()


async def _behave(
    call: Call, who: str, chance: random.Random, tell: Telling, temper: Temper, tally: Tally
) -> None:
    await asyncio.sleep(chance.uniform(*temper.listens))
    keys = ["7", "1"] if chance.random() < temper.presses_wrong else [chance.choice("112")]
    for key in keys:
        call.press(key)
        tell(who, f"presses {key}")
        await asyncio.sleep(2.5)
    speech = read(_SOUNDS / f"customer-{chance.randint(1, 3)}.ogg")
    if chance.random() < temper.impatient:
        await _until_over(call, chance.uniform(*temper.patience))
        if not call.over.is_set():
            tally.left += 1
            tell(who, "leaves")
            await call.hang_up()
        return
    call.say(speech)
    call.repeat(speech)
    await _until_over(call, 240)
    tally.served += 1
    tell(who, "is done")
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
        tell(who.user, "is at the phone")
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
    tell(user, "answers")
    ring.say(speech)
    await _until_over(ring, chance.uniform(8.0, 20.0))
    await ring.hang_up()
    tell(user, "hangs up")
