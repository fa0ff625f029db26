"""A conference room by ear on the real Asterisk: three who call it hear one another, whoever leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from demo.phone.phone import Call
from demo.phone.sound import tone
from tests.asterisk.real_house import Door, RealHouse
from tests.asterisk.test_consulting import ASKER, FIRST, FOURTH, THIRD, over

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]
ROOM, OUTSIDE_NUMBER, PIN = "810", "74957770810", "2580"


@asynccontextmanager
async def room(house: RealHouse, **more: object) -> AsyncIterator[Door]:
    """A room at its number, inside and outside."""
    admin = await house.door("admin")
    target = {"kind": "room", "key": "planning"}
    await admin.do("PUT", "rooms/planning", {"id": "planning", "title": "Planning", **more})
    await admin.do("PUT", f"extensions/{ROOM}", {"number": ROOM, "target": target})
    route = {"id": "to-room", "title": "To the room", "number": OUTSIDE_NUMBER, "order": 0, "target": target}
    await admin.do("PUT", "routes/to-room", route)
    try:
        yield admin
    finally:
        for door in ("routes/to-room", f"extensions/{ROOM}", "rooms/planning"):
            await admin.do("DELETE", door)


async def hear_one_another(calls: dict[int, Call]) -> None:
    """Each hears the tones of all others."""
    for own, call in calls.items():
        for other in calls:
            assert other == own or await call.hears(other), f"{own} does not hear {other}"


@pytest.mark.feature("P1")
@pytest.mark.feature("P9")
async def test_three_one_of_them_from_outside_hear_one_another_also_after_the_first_one_left(house: RealHouse) -> None:
    async with room(house) as admin:
        anna, boris, outside = await house.phone("anna"), await house.phone("boris"), await house.carrier()
        first = await anna.dial(ROOM)
        first.repeat(tone(ASKER))
        second, third = await outside.dial(OUTSIDE_NUMBER), await boris.dial(ROOM)
        second.repeat(tone(FIRST))
        third.repeat(tone(THIRD))
        await hear_one_another({ASKER: first, FIRST: second, THIRD: third})
        now = await admin.becomes("rooms/planning/now", lambda now: len(now["people"]) == 3)
        assert [one["other"]["user"] for one in now["people"]] == ["anna", None, "boris"]

        await first.hang_up()
        assert await second.falls_silent(ASKER)
        await hear_one_another({FIRST: second, THIRD: third})
        again = await anna.dial(ROOM)
        again.repeat(tone(FOURTH))
        await hear_one_another({FIRST: second, THIRD: third, FOURTH: again})

        house.kill_serving()
        await house.ready()
        await again.hang_up()
        assert await third.falls_silent(FOURTH)
        await hear_one_another({FIRST: second, THIRD: third})
        await second.hang_up()
        assert await third.falls_silent(FIRST)
        await third.hang_up()
        await admin.becomes("rooms/planning/now", lambda now: now["call"] is None)
        story = await admin.becomes(f"calls/{now['call']}", lambda told: told["call"]["ended"] is not None)
        kinds = [fact["fact"]["kind"] for fact in story["facts"]]
        assert (kinds.count("ConferenceJoined"), kinds.count("ConferenceLeft"), kinds.count("RoomClosed")) == (4, 4, 1)


@pytest.mark.feature("P9")
async def test_a_pin_is_asked_for_and_a_full_room_refuses(house: RealHouse) -> None:
    async with room(house, asks_pin=True, most=2) as admin:
        await admin.do("POST", "rooms/planning/pin", {"pin": PIN})
        anna, boris, vera = [await house.phone(user) for user in ("anna", "boris", "vera")]
        refused = await anna.dial(ROOM)
        for _ in range(3):
            refused.press("1111#")
        await over(refused)
        calls = {ASKER: await anna.dial(ROOM), FIRST: await boris.dial(ROOM)}
        for own, call in calls.items():
            call.press(f"{PIN}#")
            call.repeat(tone(own))
        await hear_one_another(calls)
        full = await vera.dial(ROOM)
        full.press(f"{PIN}#")
        await over(full)
        reasons = []
        for kept in (await admin.get("calls"))["items"][:4]:
            told = await admin.get(f"calls/{kept['id']}")
            reasons += [fact["fact"]["why"] for fact in told["facts"] if fact["fact"]["kind"] == "RoomNotEntered"]
        assert sorted(reasons) == ["full", "wrong_pin"]
        for call in calls.values():
            await call.hang_up()
