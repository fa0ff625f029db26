"""A change of a big configuration on the real Asterisk: it holds at once, and no call notices."""

import asyncio

import numpy as np
import pytest

from demo.phone.phone import Call
from demo.phone.sound import RATE, loudness_of
from tests.asterisk.big_company import move_in
from tests.asterisk.real_house import Door, RealHouse
from tests.asterisk.test_consulting import ASKER, FIRST, three

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(400)]
WINDOW = RATE // 5


def gaps(call: Call, frequency: float, seconds: float) -> int:
    """Fifths of a second, of the last so many seconds, in which the tone of the other side was not heard."""
    sound = call.heard(seconds)
    parts = [sound[at : at + WINDOW] for at in range(0, len(sound) - WINDOW + 1, WINDOW)]
    return sum(loudness_of(part, frequency) < 0.05 for part in parts)


async def changed(admin: Door) -> None:
    """One thing of each kind that the switch must know of, and one that it need not."""
    user = await admin.get("users/user7")
    await admin.do("PUT", "users/user7", {**user["thing"], "name": "Renamed"})
    await admin.do("PUT", "devices/another", {"id": "another", "user": "user7"})
    await admin.do("POST", "devices/another/password", {})
    group = await admin.get("groups/group3")
    await admin.do("PUT", "groups/group3", {**group["thing"], "members": ["user1", "user2"]})
    trunk = await admin.get("trunks/trunk4")
    await admin.do("PUT", "trunks/trunk4", {**trunk["thing"], "host": "203.0.113.77"})
    route = await admin.get("routes/route5")
    told = await admin.do("PUT", "routes/route5", {**route["thing"], "title": "Another"})
    assert told["switch_is_behind"] is False


@pytest.mark.feature("P1")
@pytest.mark.feature("P3")
async def test_a_talk_notices_nothing_while_the_configuration_of_2000_people_is_changed(real: RealHouse) -> None:
    admin = await real.door("admin")
    await move_in(admin)
    talk = await three(real, ())
    assert await talk.first.hears(ASKER)
    await asyncio.sleep(1.0)  # of the talk before
    began = asyncio.get_running_loop().time()
    await changed(admin)
    await asyncio.sleep(1.0)  # and after
    lasted = min(25.0, asyncio.get_running_loop().time() - began + 1.0)
    assert gaps(talk.first, ASKER, lasted) == gaps(talk.asker, FIRST, lasted) == 0
    assert not talk.asker.over.is_set()
    assert np.abs(talk.first.heard()).max() > 0
    await talk.asker.hang_up()
    await real.is_so(talk.first.over.is_set)
