"""Phones and trunks at this moment, and what a phone is told so that it can sign in."""

from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest

from switchroom.domain.identity import DeviceId
from switchroom.domain.reach import Registration, SigningIn
from switchroom.engine.links import GOOD_FOR, Links
from tests.api.conftest import Doors
from tests.api.test_live import becomes

CARRIER = {
    "id": "carrier", "title": "Оператор связи", "kind": "registering", "host": "sip.example.com", "username": "7495",
}  # fmt: skip


@pytest.mark.feature("P2")
async def test_a_phone_is_seen_with_its_address_its_model_and_how_soon_it_answers(doors: Doors) -> None:
    admin = await doors.person("admin")
    before = (await admin.get("/api/devices/live")).json()
    anna = next(device for device in before["devices"] if device["device"] == "anna-desk")
    assert (anna["reachable"], anna["has_password"], anna["contacts"]) == (False, True, [])
    assert {"device": "web.anna", "kind": "browser"}.items() <= next(
        device for device in before["devices"] if device["device"] == "web.anna"
    ).items()
    for device in ("anna-desk", "web.boris"):
        doors.switch.plug(DeviceId(device))
    live = await becomes(admin, "devices/live", lambda live: sum(d["reachable"] for d in live["devices"]) == 2)
    shown = {device["device"]: device for device in live["devices"]}
    (contact,) = shown["anna-desk"]["contacts"]
    assert contact == {
        "address": "192.0.2.10:5060", "agent": "Simulated", "answers": True, "latency_ms": 12.0, "until": None,
    }  # fmt: skip
    assert shown["web.boris"]["contacts"][0]["address"] == ""
    assert live["switch_up"]


@pytest.mark.feature("P3")
async def test_a_trunk_says_in_words_why_it_is_down_and_the_board_says_the_same(doors: Doors) -> None:
    admin = await doors.person("admin")
    doors.switch.at_carriers["carrier"] = Registration(state=SigningIn.REFUSED, code=401)
    assert (await admin.put("/api/trunks/carrier", json=CARRIER)).status_code == 200
    missing = await becomes(admin, "trunks/live", lambda live: live["trunks"][0]["trunk"] == "carrier")
    assert missing["trunks"][0]["why"]["code"] == "no_password"
    assert missing["trunks"][0]["has_password"] is False
    assert (missing["trunks"][1]["up"], missing["trunks"][1]["why"]["code"]) == (None, "peer_away")
    assert (await admin.post("/api/trunks/carrier/password", json={"password": "wrong"})).status_code == 200
    doors.switch.plug(DeviceId("carrier"))
    doors.switch.plug(DeviceId("demo"))
    doors.switch.plug(DeviceId("demo-carrier"))
    live = await becomes(admin, "trunks/live", lambda live: live["trunks"][1]["up"])
    carrier, demo = live["trunks"]
    doors.switch.plug(DeviceId("demo"), reachable=False)
    gone = await becomes(admin, "trunks/live", lambda live: live["trunks"][1]["up"] is False)
    assert gone["trunks"][1]["why"]["code"] == "peer_away"
    assert (carrier["up"], carrier["why"]["code"]) == (False, "wrong_password")
    assert "sip.example.com" in carrier["why"]["ru"]
    assert carrier["since"] is not None
    assert (demo["up"], demo["why"], demo["contact"]["latency_ms"]) == (True, None, 12.0)
    on_board = {trunk["trunk"]: trunk for trunk in (await admin.get("/api/board")).json()["trunks"]}
    assert on_board["carrier"]["why"]["code"] == "wrong_password"
    reach = (await admin.get("/api/trunks/carrier/reach")).json()
    assert (reach["reachable"], reach["why"]["code"]) == (False, "wrong_password")
    doors.switch.at_carriers["carrier"] = Registration(state=SigningIn.DONE)
    up = (await admin.get("/api/trunks/live")).json()["trunks"][0]
    assert (up["up"], up["why"]) == (True, None)
    assert up["since"] > carrier["since"]


@pytest.mark.parametrize("path", ["devices/live", "trunks/live", "devices/anna-desk/provisioning"])
async def test_only_an_administrator_sees_it(doors: Doors, path: str) -> None:
    olga = await doors.person("olga")
    assert (await olga.get(f"/api/{path}")).status_code == 403


async def test_no_thing_takes_the_name_of_that_door(doors: Doors) -> None:
    admin = await doors.person("admin")
    refused = await admin.put("/api/devices/live", json={"id": "live", "user": "anna"})
    assert refused.status_code == 422
    assert "занято" in refused.json()["fields"][0]["ru"]


@pytest.mark.feature("P2")
async def test_a_phone_fetches_what_it_signs_in_with_by_a_link_that_is_good_once(doors: Doors) -> None:
    admin, phone = await doors.person("admin"), await doors.stranger()
    typed = (await admin.get("/api/devices/anna-desk/provisioning")).json()
    assert (typed["server"], typed["port"], typed["user"], typed["number"]) == ("127.0.0.1", 5060, "anna-desk", "101")
    assert "password" not in typed
    assert "--sip-bind" in typed["remark"]["en"]
    spoilt = (await admin.post("/api/devices/anna-desk/provisioning")).json()["link"]
    made = await admin.post("/api/devices/anna-desk/provisioning")
    assert made.status_code == 201
    assert made.json()["qr"].startswith("<svg")
    path = made.json()["link"].removeprefix("http://localhost")
    settings = await phone.get(path)
    assert settings.status_code == 200
    password = doors.rooms.engine.setup.passwords["device:anna-desk"].reveal()
    told = {entry.attrib["name"]: entry.text for section in Xml.fromstring(settings.content) for entry in section}
    assert (told["username"], told["passwd"]) == ("anna-desk", password)
    assert settings.headers["cache-control"] == "no-store"
    again = await phone.get(path)
    assert (again.status_code, again.json()["code"]) == (404, "phone.link_used")
    assert (await phone.get(spoilt.removeprefix("http://localhost"))).status_code == 404
    lines = (await admin.get("/api/audit", params={"kind": "device", "key": "anna-desk"})).json()
    assert [line["what"] for line in lines][:3] == ["provisioning link used"] + ["provisioning link made"] * 2
    assert password is not None
    assert password not in str(lines)


async def test_a_new_phone_gets_a_password_with_its_first_link_and_a_browser_needs_none(doors: Doors) -> None:
    admin = await doors.person("admin")
    for key, kind in (("new", "sip"), ("page", "browser")):
        thing = {"id": key, "user": "anna", "kind": kind}
        assert (await admin.put(f"/api/devices/{key}", json=thing)).status_code == 200
    assert (await admin.get("/api/devices/new/provisioning")).json()["has_password"] is False
    assert (await admin.post("/api/devices/new/provisioning")).status_code == 201
    assert (await admin.get("/api/devices/new/provisioning")).json()["has_password"] is True
    refused = await admin.post("/api/devices/page/provisioning")
    assert (refused.status_code, refused.json()["code"]) == (409, "phone.browser")
    assert (await admin.post("/api/devices/nobody/provisioning")).status_code == 404


async def test_a_link_is_good_for_a_quarter_of_an_hour(doors: Doors) -> None:
    late = timedelta(0)
    links = Links(lambda: doors.rooms.wall() + late)
    token, _ = links.make("anna-desk", "localhost", "admin")
    late = GOOD_FOR + timedelta(seconds=1)
    assert links.take(token) is None
