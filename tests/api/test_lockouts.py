"""Brute force is locked out by address, told of, kept over a restart, and let in again by time or by hand."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from switchroom.storage.lockouts import locked_ones
from tests.api.conftest import Doors

THIEF, OFFICE = "198.51.100.7", "203.0.113.5"


async def is_so(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # a poll with a deadline
            await asyncio.sleep(0.02)


def guesses(doors: Doors, address: str, times: int = 21) -> None:
    for _ in range(times):
        doors.switch.guess(address)


@pytest.mark.feature("P3")
async def test_whoever_guesses_passwords_is_not_heard_and_let_in_by_who_may(doors: Doors) -> None:
    admin, anna = await doors.person("admin"), await doors.person("anna")
    guesses(doors, OFFICE, times=15)
    doors.switch.guess(OFFICE, right=True)
    guesses(doors, OFFICE, times=15)
    guesses(doors, THIEF)
    await is_so(lambda: doors.switch.locked_out == {THIEF})
    (told,) = (await admin.get("/api/lockouts")).json()
    assert (told["address"], told["tries"]) == (THIEF, 21)
    assert [row.address for row in locked_ones(doors.rooms.database)] == [THIEF]
    (line,) = (await admin.get("/api/audit", params={"kind": "address", "key": THIEF})).json()
    assert (line["what"], line["by"]) == ("address locked", "house")
    assert (await anna.get("/api/lockouts")).status_code == 403
    assert (await anna.post(f"/api/lockouts/{THIEF}/release")).status_code == 403
    assert (await admin.post(f"/api/lockouts/{THIEF}/release")).status_code == 204
    assert doors.switch.locked_out == set()
    assert (await admin.get("/api/lockouts")).json() == []
    assert (await admin.post(f"/api/lockouts/{THIEF}/release")).status_code == 404


@pytest.mark.feature("P3")
async def test_carriers_and_this_machine_are_never_locked_out_and_it_can_be_off(doors: Doors) -> None:
    admin = await doors.person("admin")
    carrier = {"id": "other", "title": "Other", "kind": "by_address", "host": OFFICE}
    assert (await admin.put("/api/trunks/other", json=carrier)).status_code == 200
    for address in (OFFICE, "127.0.0.1"):
        guesses(doors, address, times=40)
    guesses(doors, THIEF)
    await is_so(lambda: doors.switch.locked_out == {THIEF})
    lasts = doors.rooms.lockouts.now()[0]
    assert lasts.until - lasts.at == timedelta(hours=1)
