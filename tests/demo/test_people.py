"""Customers of the demo call a phone that stands for the exchange: they press, talk, leave, and are counted."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest

from demo.people import Doing, Person, Tally, Temper, customers
from demo.phone.phone import Call, Phone

QUICK = Temper(
    listens=(0.0, 0.1), presses_wrong=0, impatient=0, patience=(0.2, 0.4), pause_between=(0.0, 0.1), at_once=4
)
IMPATIENT = Temper(listens=(0.0, 0.1), impatient=1, patience=(0.2, 0.4), pause_between=(0.0, 0.1))


class Exchange:
    """Answers every call, and ends it once the customer has been heard to talk, if it is of that kind."""

    def __init__(self, phone: Phone, ends: bool) -> None:
        self.phone, self._ends = phone, ends
        self.calls: list[Call] = []
        self.told: list[tuple[Person, Doing, str]] = []
        self.most_at_once = 0

    async def serve(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                call = await self.phone.rings.get()
                self.calls.append(call)
                group.create_task(self._one(call))

    async def _one(self, call: Call) -> None:
        await call.answer()
        self.most_at_once = max(self.most_at_once, sum(not c.over.is_set() for c in self.calls))
        while self._ends and not call.over.is_set():
            if np.abs(call.heard(0.5).astype(np.int32)).max(initial=0) > 2000:
                await call.hang_up()
            await asyncio.sleep(0.05)

    async def called_by(self, count: int, temper: Temper, seed: int = 1) -> Tally:
        """Let customers call."""
        server = ("127.0.0.1", self.phone.port)
        return await customers(count, server, "pw", random.Random(seed), self._tell, temper)

    def _tell(self, who: Person, doing: Doing, more: str) -> None:
        self.told.append((who, doing, more))


@asynccontextmanager
async def exchange(*, ends: bool = True, busy: bool = False) -> AsyncIterator[Exchange]:
    phone = await Phone.open("exchange", "pw", ("127.0.0.1", 9))
    phone.busy = busy
    made = Exchange(phone, ends)
    serving = asyncio.create_task(made.serve())
    try:
        yield made
    finally:
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
        await phone.close()


async def test_customers_call_with_their_names_press_a_key_talk_and_are_counted_as_served() -> None:
    async with exchange() as there:
        tally = await there.called_by(6, QUICK)
        assert (tally.called, tally.served, tally.left, tally.refused) == (6, 6, 0, 0)
        assert {tuple(c.sound.keys) for c in there.calls} <= {("1",), ("2",)}
        assert all('<sip:7916' in c.remote and c.remote.startswith('"') for c in there.calls)
        assert 1 < there.most_at_once <= QUICK.at_once


async def test_an_impatient_customer_leaves_and_nothing_stays_open() -> None:
    async with exchange(ends=False) as there:
        tally = await there.called_by(3, IMPATIENT)
        assert (tally.called, tally.left, tally.served) == (3, 3, 0)
        assert all(call.over.is_set() for call in there.calls)


async def test_a_wrong_key_comes_before_the_right_one() -> None:
    async with exchange() as there:
        await there.called_by(2, Temper(listens=(0, 0.1), presses_wrong=1, impatient=0, pause_between=(0, 0.1)))
        assert [call.sound.keys for call in there.calls] == [["7", "1"], ["7", "1"]]


async def test_refused_customers_are_counted_and_told_with_the_number_of_the_refusal() -> None:
    async with exchange(busy=True) as there:
        tally = await there.called_by(3, QUICK)
        assert (tally.called, tally.refused) == (3, 3)
        assert [told[1:] for told in there.told if told[1] is not Doing.CALLS] == [(Doing.REFUSED, "486")] * 3


@pytest.mark.parametrize("seed", [1, 7])
async def test_the_same_seed_makes_the_same_people(seed: int) -> None:
    stories = []
    for _ in range(2):
        async with exchange() as there:
            await there.called_by(3, QUICK, seed)
            stories.append(sorted(there.told))
    assert stories[0] == stories[1]
