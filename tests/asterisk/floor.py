"""A quick call centre at a real house: customers at real phones, operators who answer and close their cards."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

from demo.company import CARD_FIELDS, OPERATORS
from demo.phone.phone import Call, CallFailed, Phone
from demo.phone.sound import tone
from tests.asterisk.real_house import DID, Door, RealHouse

AT_MOST = 90.0
"""Seconds that a customer stays."""
CUSTOMER, OPERATOR = 440, 1000
PAIRS = (("TalkBegan", "TalkEnded"), ("QueueEntered", "QueueLeft"), ("RecordingBegan", "RecordingEnded"))


@dataclass(slots=True)
class Floor:
    """Everybody goes by the chances of one seed. `outcomes` counts how customers fared."""

    real: RealHouse
    chance: random.Random
    outcomes: Counter[str] = field(default_factory=Counter)
    _at_work: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self) -> None:
        """All operators come to work; they stay until `close`."""
        for user in OPERATORS:
            phone, door = await self.real.phone(user), await self.real.door(user)
            await door.begin_work()
            self._at_work += [asyncio.create_task(self._answers(phone)), asyncio.create_task(self._tidies(door))]

    @property
    def talks(self) -> int:
        """How many customers heard an operator and know of it; who left while waiting may have talked as well."""
        return self.outcomes["served to the end"] + self.outcomes["hung up after a talk"]

    async def close(self) -> None:
        """They go. Raises what went wrong with any of them."""
        for task in self._at_work:
            task.cancel()
        for gone in await asyncio.gather(*self._at_work, return_exceptions=True):
            if isinstance(gone, Exception):
                raise gone

    async def customers(self, count: int, at_once: int = 10) -> None:
        """So many call; returns once the last one has gone."""
        room = asyncio.Semaphore(at_once)

        async def one() -> None:
            async with room:
                self.outcomes[await self._calls(random.Random(self.chance.random()))] += 1

        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(one())

    async def _calls(self, chance: random.Random) -> str:
        phone = await self.real.carrier(f"7916{chance.randrange(10**7):07d}")
        try:
            call = await phone.dial(DID)
        except (CallFailed, TimeoutError):
            return "refused"
        try:
            return await self._behaves(call, chance)
        finally:
            with suppress(TimeoutError):
                await phone.close()

    async def _behaves(self, call: Call, chance: random.Random) -> str:
        call.repeat(tone(CUSTOMER))
        await asyncio.sleep(chance.uniform(0.2, 2.0))
        if chance.random() < 0.1:
            return "left in the menu"
        call.press(chance.choice("1112"))
        if chance.random() < 0.15:
            await asyncio.sleep(chance.uniform(1, 6))
            return "left while waiting"
        if not await call.hears(OPERATOR, within=AT_MOST):
            return "ended unserved" if call.over.is_set() else "was not served"
        if chance.random() < 0.5:
            return "hung up after a talk"
        with suppress(TimeoutError):
            async with asyncio.timeout(AT_MOST):
                await call.over.wait()
        return "served to the end"

    async def _answers(self, phone: Phone) -> None:
        while True:
            ring = await phone.rings.get()
            await asyncio.sleep(self.chance.uniform(0.0, 0.5))
            if ring.over.is_set():
                continue
            with suppress(TimeoutError):
                await ring.answer()
                ring.repeat(tone(OPERATOR))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self.chance.uniform(1.0, 3.0)):
                        await ring.over.wait()
                await ring.hang_up()

    async def _tidies(self, door: Door) -> None:
        """Closes cards, and is ready again after a missed call; a door that is shut is tried again."""
        mine = f"operators/{door.user}"
        while True:
            await asyncio.sleep(0.3)
            with suppress(httpx.TransportError, TimeoutError, AssertionError):
                status = (await door.get(mine))["status"]
                if status == "wrap_up":
                    await self._closes_cards(door)
                elif status == "break":
                    await door.do("POST", f"{mine}/ready")

    async def _closes_cards(self, door: Door) -> None:
        for record in await door.get(f"records?open_only=true&holder={door.user}"):
            typed = {"fields": CARD_FIELDS, "revision": record["revision"]}
            await door.do("PATCH", f"records/{record['id']}", typed)
            await door.do("POST", f"records/{record['id']}/close", {"disposition": "answered"})


async def all_calls(door: Door) -> list[dict[str, object]]:
    """The whole history, page by page."""
    found: list[dict[str, object]] = []
    page = await door.get("calls?most=200")
    while True:
        found += page["items"]
        if page["next"] is None:
            return found
        page = await door.get(f"calls?most=200&before={quote(page['next'])}")


async def the_books_close(door: Door) -> list[dict[str, object]]:
    """Every call has ended, and whatever began in its story ended in it, once; returns the calls."""
    calls = await all_calls(door)
    for line in calls:
        assert line["ended"] is not None, line
        story = await door.get(f"calls/{line['id']}")
        told = Counter(fact["fact"]["kind"] for fact in story["facts"])
        if line["while_away"]:  # came and went while nobody of us was there
            assert told == {"CallWhileAway": 1}, told
            continue
        assert told["CallArrived"] == told["CallEnded"] == 1, told
        for begun, ended in PAIRS:
            assert told[begun] == told[ended], (line["id"], told)
        assert told["RecordingEnded"] == told["RecordingKept"] + told["RecordingFailed"], (line["id"], told)
        assert told["OperatorOffered"] == told["OperatorConnected"] + told["OfferNotTaken"], (line["id"], told)
    return calls
