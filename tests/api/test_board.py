"""The supervisor's board and the operator's desk: one look has all of a moment, by right, and costs little."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
import websockets

from switchroom.domain.identity import DeviceId, LegId, TrunkId
from switchroom.engine.snapshots import Snapshots
from switchroom.switch.simulated.switch import Habit
from tests.api.conftest import Doors
from tests.api.test_feed import served, token_of
from tests.api.test_live import LEG, a_talk, becomes


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def of(rows: list[dict[str, Any]], key: str, value: str) -> dict[str, Any]:
    """The one row with this value."""
    (found,) = [row for row in rows if row[key] == value]
    return found


@pytest.mark.feature("C7")
async def test_the_board_shows_who_talks_with_whom_since_when_and_who_waits(doors: Doors) -> None:
    await a_talk(doors)
    olga = await doors.person("olga")
    doors.switch.arrive(LegId("in2"), TrunkId("demo"), "74951234567", number="+79167654321", name="Пётр")
    await asyncio.sleep(0.1)
    doors.switch.press(LegId("in2"), "1")
    board = await becomes(olga, "board", lambda b: len(b["waiting"]) == 1)
    anna = of(board["operators"], "user", "anna")
    assert (anna["status"], anna["after"], anna["queues"], anna["cards"]) == ("talking", "ready", ["service"], 1)
    assert anna["call"]["stage"] == "talking"
    assert anna["call"]["other"] == {"user": None, "name": "Иван<b>", "number": "+79161234567"}
    assert anna["call"]["queue"] == "service"
    assert moment(anna["call"]["since"]) <= moment(board["now"])
    assert anna["strip"][-1][0] == "talking"
    assert of(board["operators"], "user", "boris")["call"] is None
    queue = of(board["queues"], "queue", "service")
    assert (queue["waiting"], queue["entered"], queue["served"], queue["service_level"]) == (1, 2, 1, 1.0)
    assert (queue["lost_share"], queue["norm_within"], queue["norm_share"]) == (0.0, 20.0, 0.8)
    assert queue["operators"]["talking"] == 1
    assert len(queue["hour"]) == 30
    (waiting,) = board["waiting"]
    assert (waiting["number"], waiting["name"], waiting["offered_to"]) == ("+79167654321", "Пётр", None)
    assert waiting["since"] == queue["longest_since"]
    assert of(board["trunks"], "trunk", "demo")["busy"] == 2


@pytest.mark.feature("C7")
async def test_a_caller_who_gives_up_lowers_the_service_level_at_once(doors: Doors) -> None:
    await a_talk(doors)
    olga = await doors.person("olga")
    doors.switch.arrive(LegId("in2"), TrunkId("demo"), "74951234567")
    await asyncio.sleep(0.1)
    doors.switch.press(LegId("in2"), "1")
    await becomes(olga, "board", lambda b: len(b["waiting"]) == 1)
    doors.switch.leave(LegId("in2"))
    board = await becomes(olga, "board", lambda b: not b["waiting"])
    queue = of(board["queues"], "queue", "service")
    (figures,) = (await olga.get("/api/figures/queues")).json()
    for name in ("service_level", "entered", "served", "mean_wait", "mean_handling"):
        assert queue[name] == figures[name], name
    assert queue["lost_share"] == queue["lost_share_hour"] == 0.5


@pytest.mark.feature("A2")
async def test_the_board_is_for_supervisors_and_masks_numbers_by_right(doors: Doors) -> None:
    await a_talk(doors)
    anna, admin = await doors.person("anna"), await doors.person("admin")
    assert (await anna.get("/api/board")).json()["code"] == "access.not_allowed"
    made = await admin.post("/api/tokens", json={"title": "wall", "rights": ["supervise"]})
    wall = await doors.stranger(headers={"Authorization": f"Bearer {made.json()['text']}"})
    board = await wall.get("/api/board")
    assert of(board.json()["operators"], "user", "anna")["call"]["other"]["number"] == "+7••••••••67"
    assert "+79161234567" in (await admin.get("/api/board")).text


@pytest.mark.feature("R4")
async def test_a_wallboard_is_told_of_each_change_and_strangers_of_nothing(doors: Doors) -> None:
    token = await token_of(doors, "olga", "supervise")
    operator = await token_of(doors, "anna", "serve")
    async with served(doors) as feed:
        address = feed.replace("/api/feed", "/api/board/live")
        for headers in ({}, operator):
            with pytest.raises(websockets.exceptions.InvalidStatus):
                await websockets.connect(address, additional_headers=headers)
        async with websockets.connect(address, additional_headers=token) as socket, asyncio.timeout(20):
            first = json.loads(await socket.recv())
            assert of(first["operators"], "user", "anna")["status"] == "signed_out"
            await a_talk(doors)
            while of((told := json.loads(await socket.recv()))["operators"], "user", "anna")["status"] != "talking":
                assert told["seq"] >= first["seq"]


@pytest.mark.feature("R4")
async def test_a_thousand_who_ask_at_once_cost_one_making_and_none_gets_an_older_answer() -> None:
    happened, made = 0, 0

    def make() -> bytes:
        nonlocal made
        made += 1
        return str(happened).encode()

    snapshots = Snapshots(lambda: happened, pause=0.05)
    assert await snapshots.of("all", make) == b"0"
    happened = 1
    answers = await asyncio.gather(*(snapshots.of("all", make) for _ in range(1000)))
    assert (set(answers), made) == ({b"1"}, 2)
    first = asyncio.create_task(snapshots.of("all", make))
    await asyncio.sleep(0)
    happened = 2
    assert await snapshots.of("all", make) == b"2"
    await first
    assert await snapshots.of("others", make) == b"2"


# ---- the desk


async def desk_of(person: httpx.AsyncClient) -> Any:
    answer = await person.get("/api/desk")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.feature("C6")
async def test_the_desk_has_the_call_the_card_and_ones_own_day_in_one_look(doors: Doors) -> None:
    anna = await a_talk(doors)
    desk = await becomes(anna, "desk", lambda d: len(d["cards"]) == 1)
    assert (desk["user"], desk["number"], desk["state"]["status"]) == ("anna", "101", "talking")
    (call,), (card,) = desk["calls"], desk["cards"]
    assert (call["stage"], call["queue"], call["queue_title"]) == ("talking", "service", "Вызов мастера")
    assert call["other"] == {"user": None, "name": "Иван<b>", "number": "+79161234567"}
    assert (call["dialled"], call["why"]["code"], call["considered"]) == ("74951234567", "longest_idle", 3)
    assert {p["user"]: p["why"]["ru"] for p in call["passed_over"]} == {"boris": "не работает", "vera": "не работает"}
    assert call["can"] == ["consult", "digits", "hang_up", "hold", "invite", "mute_recording", "send_on"]
    assert (card["call"], card["revision"], card["closes_at"]) == (call["id"], 0, None)
    assert card["values"]["phone"] == "+79161234567"
    assert {"address", "trouble", "disposition"} <= set(card["missing"])
    assert "Анна Соколова" in card["script"]
    assert card["definition"]["id"] == "request"
    assert (desk["today"]["offers"], desk["today"]["taken"]) == (1, 1)
    assert [b["key"] for b in desk["breaks"]][:2] == ["break", "lunch"]


@pytest.mark.feature("C6")
async def test_hold_pause_and_wrap_up_are_seen_as_they_are(doors: Doors) -> None:
    anna = await a_talk(doors)
    call = (await desk_of(anna))["calls"][0]["id"]
    await anna.post(f"/api/calls/{call}/hold", json={"on": True})
    await anna.post(f"/api/calls/{call}/mute-recording", json={"on": True})
    mine = (await desk_of(anna))["calls"][0]
    assert (mine["hold"], mine["recording_muted"]) == ("them", True)
    await anna.post(f"/api/calls/{call}/hang-up")
    desk = await becomes(anna, "desk", lambda d: d["cards"][0]["wrap_up_since"] is not None)
    assert (desk["calls"], desk["state"]["status"]) == ([], "wrap_up")
    card = desk["cards"][0]
    lasts = moment(card["closes_at"]) - moment(card["wrap_up_since"])
    assert lasts == timedelta(seconds=60)
    assert desk["today"]["talks"] == 1


@pytest.mark.feature("C4")
async def test_the_desk_says_why_one_is_in_ones_state(doors: Doors) -> None:
    anna, olga = await doors.person("anna"), await doors.person("olga")
    assert (await desk_of(anna))["state"]["status"] == "signed_out"
    await anna.post("/api/operators/anna/sign-in")
    assert (await desk_of(anna))["state"]["reason"]["code"] == "no_phone"
    doors.switch.plug(DeviceId("anna-desk"))
    await becomes(anna, "operators/anna", lambda o: o["status"] == "ready")
    assert (await olga.post("/api/operators/anna/break", json={"kind": "gossip"})).status_code == 404
    await olga.post("/api/operators/anna/break", json={"kind": "lunch"})
    assert (await desk_of(anna))["state"]["reason"] == {
        "code": "by_supervisor", "en": "Lunch, by Ольга Лебедева", "ru": "Обед, отправили: Ольга Лебедева",
    }  # fmt: skip
    await anna.post("/api/operators/anna/ready")
    doors.switch.habits[DeviceId("anna-desk")] = Habit(refuses=True)
    doors.switch.arrive(LEG, TrunkId("demo"), "74951234567")
    await asyncio.sleep(0.1)
    doors.switch.press(LEG, "1")
    desk = await becomes(anna, "desk", lambda d: d["state"]["status"] == "break")
    assert desk["state"]["reason"]["code"] == "missed_call"
    assert desk["today"]["missed"] == 1


async def test_who_neither_serves_nor_calls_has_no_desk(doors: Doors) -> None:
    admin = await doors.person("admin")
    made = await admin.post("/api/tokens", json={"title": "CRM", "rights": ["see_calls"]})
    program = await doors.stranger(headers={"Authorization": f"Bearer {made.json()['text']}"})
    assert (await program.get("/api/desk")).json()["code"] == "access.not_allowed"
    assert (await desk_of(await doors.person("gleb")))["queues"] == []
