"""The recipes of the guide can be set up as they are written, and calls go as they say."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import Doors

DUTY, OFFICE = {"kind": "user", "key": "anna"}, {"kind": "group", "key": "office"}
NIGHT, NOON = "2026-11-24T20:00:00Z", "2026-11-24T09:00:00Z"  # a Tuesday; Moscow is three hours ahead
VIP = "+79161234567"


class Plan:
    """An administrator at the doors, with the one trunk of the house and a group called Office."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.trunk = ""

    async def begin(self) -> "Plan":
        self.trunk = (await self._client.get("/api/trunks")).json()["items"][0]["thing"]["id"]
        for route in (await self._client.get("/api/routes")).json()["items"]:
            await self._client.delete(f"/api/routes/{route['thing']['id']}")
        await self.put("groups/office", title="Office", members=["gleb", "vera"])
        return self

    async def put(self, path: str, **more: Any) -> None:
        """Publish a thing."""
        own = {"number": path.split("/")[1]} if path.startswith("extensions/") else {"id": path.split("/")[1]}
        answer = await self._client.put(f"/api/{path}", json={**own, **more})
        assert answer.status_code == 200, answer.text

    async def post(self, path: str, body: Any) -> None:
        """Ask for something."""
        assert (await self._client.post(f"/api/{path}", json=body)).is_success

    async def leads_to(self, moment: str = NOON, caller: str = "", trunk: str = "", dialled: str = "7495") -> Any:
        """Where a call from outside goes."""
        params = {"trunk": trunk or self.trunk, "dialled": dialled, "caller": caller, "moment": moment}
        return (await self._client.get("/api/routes/-/test", params=params)).json()["target"]

    async def goes_out(self, dialled: str) -> Any:
        """By which trunks, and as what."""
        told = (await self._client.get("/api/outbound-routes/-/test", params={"dialled": dialled})).json()
        return told["trunks"], told["sent"]


@pytest.fixture
async def plan(doors: Doors) -> Plan:
    return await Plan(await doors.person("admin")).begin()


@pytest.mark.feature("P4")
@pytest.mark.feature("P6")
async def test_by_time(plan: Plan) -> None:
    week = {str(day): [{"begin": "09:00", "end": "18:00"}] for day in range(5)}
    await plan.put("calendars/office", title="Office", week=week, holidays_of="RU")
    await plan.put("routes/day", title="Day", when="open", calendar="office", target=OFFICE, order=1)
    await plan.put("routes/night", title="Night", when="closed", calendar="office", target=DUTY, order=2)
    assert await plan.leads_to(NOON) == OFFICE
    assert await plan.leads_to(NIGHT) == DUTY
    assert await plan.leads_to("2027-01-01T09:00:00Z") == DUTY


@pytest.mark.feature("P1")
async def test_a_ring_group_with_overflow_and_follow_to_a_mobile(plan: Plan) -> None:
    await plan.put("outbound-routes/out", title="Out", trunks=[plan.trunk])
    await plan.put("extensions/901", target={"kind": "outside", "key": "+79031112233"})
    await plan.put("groups/gleb", title="Gleb, then his mobile", members=["gleb"], overflow="901")
    await plan.put("extensions/902", target={"kind": "group", "key": "gleb"})
    await plan.put("groups/office", title="Office", members=["vera"], overflow="902")
    await plan.put("routes/all", title="All", target=OFFICE)
    assert await plan.leads_to() == OFFICE


@pytest.mark.feature("P4")
async def test_day_and_night(plan: Plan) -> None:
    await plan.put("modes/office", title="Office")
    await plan.put("routes/day", title="Day", mode="office", mode_says="day", target=OFFICE, order=1)
    await plan.put("routes/night", title="Night", mode="office", mode_says="night", target=DUTY, order=2)
    await plan.put("extensions/*28", target={"kind": "mode", "key": "office"})
    assert await plan.leads_to() == OFFICE
    await plan.post("modes/office/throw", {"to": "night"})
    assert await plan.leads_to() == DUTY


@pytest.mark.feature("P3")
@pytest.mark.feature("P5")
async def test_two_offices(plan: Plan) -> None:
    await plan.put("trunks/north", title="North", kind="peer", username="north-office")
    await plan.put("outbound-routes/north", title="North", numbers=["2*"], trunks=["north"], form="as_dialled")
    await plan.put("routes/from-north", title="From North", trunk="north", number="101", target=DUTY, order=1)
    await plan.put("routes/all", title="All", target=OFFICE, order=2)
    assert await plan.goes_out("2101") == (["north"], "2101")
    assert await plan.leads_to(trunk="north", dialled="101") == DUTY
    assert await plan.leads_to() == OFFICE


@pytest.mark.feature("P4")
async def test_a_reception_desk(plan: Plan) -> None:
    await plan.put("groups/office", title="Desk", members=["gleb", "vera"], strategy="longest_idle")
    await plan.put("caller-lists/vip", title="Important", numbers=[VIP])
    await plan.put("routes/vip", title="Important", caller_lists=["vip"], target=DUTY, order=1)
    await plan.put("routes/all", title="All", target=OFFICE, order=2)
    assert await plan.leads_to(caller=VIP) == DUTY
    assert await plan.leads_to(caller="+79031112233") == OFFICE
