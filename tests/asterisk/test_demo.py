"""What a visitor does to the demo: lets customers call, and kills the engine during a call."""

from typing import Any

import httpx
import pytest

from demo.phone.sound import tone
from tests.asterisk.real_house import Door, RealHouse

pytestmark = pytest.mark.asterisk


async def newest(door: Door) -> str:
    """Key of the newest call; empty if there was none."""
    items = (await door.get("calls"))["items"]
    return str(items[0]["id"]) if items else ""


async def story_after(door: Door, before: str, kind: str) -> dict[str, Any]:
    """The facts of the call that came after this one, once its story tells of that."""
    found = await door.becomes("calls", lambda told: told["items"] and told["items"][0]["id"] != before)
    key = found["items"][0]["id"]
    told = await door.becomes(f"calls/{key}", lambda story: any(f["fact"]["kind"] == kind for f in story["facts"]))
    return {fact["fact"]["kind"]: fact["fact"] for fact in told["facts"]}


async def test_whoever_comes_sees_who_can_sign_in_and_no_password(house: RealHouse) -> None:
    async with httpx.AsyncClient(base_url=house.settings.address) as stranger:
        answer = await stranger.get("/api/demo")
        told = answer.json()
        assert {"user": "anna", "name": "Анна Соколова", "role": "operator"} in told["accounts"]
        assert not any(house.password(one["user"]) in answer.text for one in told["accounts"])
        assert (await stranger.post("/api/demo/customers", json={"count": 1})).status_code == 401
        assert (await stranger.post("/api/demo/kill-engine")).status_code == 401


async def test_a_customer_who_is_let_call_rings_at_the_operator_who_wished_it(house: RealHouse) -> None:
    anna, boris, olga = await house.door("anna"), await house.door("boris"), await house.door("olga")
    phones = [await house.phone("anna"), await house.phone("boris")]
    await anna.begin_work()
    await boris.begin_work()
    before = await newest(olga)
    assert await boris.do("POST", "demo/customers", {"count": 1}) == {"operator": "boris"}
    call = await phones[1].next_ring(30)
    await call.answer()
    await boris.is_now("talking")
    assert await anna.status() == "ready"
    facts = await story_after(olga, before, "OperatorConnected")
    assert facts["QueueEntered"]["queue"] == "service"
    assert facts["OperatorOffered"]["why"] == "personal"
    crowd = (await olga.get("demo"))["crowds"][0]
    assert (crowd["calling"], crowd["customers"][0]["doing"]) == (1, "presses")
    await call.hang_up()
    await olga.becomes("demo", lambda told: told["crowds"][0]["calling"] == 0)


@pytest.mark.feature("Z3")
async def test_the_engine_killed_by_a_visitor_is_back_in_seconds_and_the_call_tells_the_gap(house: RealHouse) -> None:
    anna, olga = await house.door("anna"), await house.door("olga")
    phone = await house.phone("anna")
    await anna.begin_work()
    before = await newest(olga)
    await anna.do("POST", "demo/customers", {"count": 1})
    call = await phone.next_ring(30)
    await call.answer()
    call.repeat(tone(700))
    await anna.is_now("talking")
    killed = await anna.do("POST", "demo/kill-engine")
    facts = await story_after(olga, before, "CallAdopted")
    assert (facts["CallAdopted"]["legs"], facts["CallAdopted"].get("legs_lost", 0)) == (2, 0)
    assert house.serving_pid() != killed["process"]
    assert await anna.status() == "talking"
    assert (await olga.get("demo"))["crowds"][0]["calling"] == 1
    entry = (await (await house.door("admin")).get("audit?kind=demo"))[0]
    assert (entry["by"], entry["what"]) == ("anna", "engine killed")
    await call.hang_up()


async def test_twenty_customers_come_by_themselves_and_too_many_are_refused(real: RealHouse) -> None:
    olga = await real.door("olga")
    for _ in range(2):
        await olga.do("POST", "demo/customers", {"count": 20})
    refused = await olga.client.post("/api/demo/customers", json={"count": 20})
    assert (refused.status_code, refused.json()["code"]) == (409, "demo.customers_enough")
    misfit = await olga.client.post("/api/demo/customers", json={"count": 500})
    assert misfit.status_code == 422
    told = await olga.becomes("demo", lambda told: sum(len(c["customers"]) for c in told["crowds"]) == 40, within=60)
    assert len({c["number"] for crowd in told["crowds"] for c in crowd["customers"]}) == 40
