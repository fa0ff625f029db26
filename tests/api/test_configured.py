"""The configuration at the door: versions, drafts, refusals in both languages, hostile input."""

from collections.abc import AsyncIterator

import pytest

from tests.api.conftest import Doors

QUEUE = {"id": "sales", "title": "Продажи", "operators": ["anna"], "ring_for": 20}


async def test_a_thing_is_made_changed_looked_at_and_removed(doors: Doors) -> None:
    admin = await doors.person("admin")
    made = await admin.put("/api/queues/sales", json=QUEUE, headers={"If-Match": "0"})
    assert made.json()["version"] == 1, made.text
    assert (await admin.get("/api/queues/sales")).json()["thing"]["title"] == "Продажи"
    stale = await admin.put("/api/queues/sales", json=QUEUE, headers={"If-Match": "0"})
    assert (stale.status_code, stale.json()["code"]) == (409, "version.stale")
    assert (await admin.delete("/api/queues/sales", headers={"If-Match": "1"})).status_code == 200
    assert (await admin.get("/api/queues/sales")).status_code == 404
    versions = (await admin.get("/api/queues/sales/versions")).json()
    assert [v["thing"] is None for v in versions] == [True, False]
    assert (await admin.post("/api/queues/sales/versions/1/restore")).json()["version"] == 3


async def test_what_others_name_stays_and_the_answer_says_who(doors: Doors) -> None:
    admin = await doors.person("admin")
    answer = await admin.delete("/api/cards/request")
    assert answer.json()["code"] == "thing.in_use"
    assert "queue service" in answer.json()["facts"]["users"]


async def test_everything_wrong_is_told_at_once_beside_its_field(doors: Doors) -> None:
    admin = await doors.person("admin")
    answer = await admin.put("/api/queues/sales", json={"id": "sales", "ring_for": 1, "weight": "heavy", "colour": 1})
    fields = {fault["field"]: fault["ru"] for fault in answer.json()["fields"]}
    assert set(fields) == {"body.title", "body.ring_for", "body.weight", "body.colour"}
    assert fields["body.title"] == "Заполните это поле"
    assert fields["body.ring_for"] == "Не меньше 3 с"
    dangling = await admin.put("/api/queues/sales", json={**QUEUE, "operators": ["nobody"], "card": "none"})
    assert {f["field"] for f in dangling.json()["fields"]} == {"queue/sales/operators", "queue/sales/card"}


async def test_a_draft_may_be_wrong_until_it_is_published(doors: Doors) -> None:
    admin = await doors.person("admin")
    draft = (await admin.put("/api/scenarios/night/draft", json={"body": {"id": "night"}})).json()
    refused = await admin.post("/api/scenarios/night/draft/publish")
    assert refused.json()["code"] == "setup.draft_misfit"
    graph = {"start": "end", "nodes": {"end": {"kind": "hang_up"}}}
    whole = {"id": "night", "title": "Ночь", "graph": graph}
    await admin.put("/api/scenarios/night/draft", json={"body": whole, "edit": draft["edit"]})
    assert (await admin.put("/api/scenarios/night/draft", json={"body": {}, "edit": 1})).status_code == 409
    assert (await admin.post("/api/scenarios/night/draft/publish")).json()["version"] == 1
    gone = await admin.get("/api/scenarios/night/draft")
    assert (gone.status_code, gone.json()) == (200, None)


async def test_a_graph_is_checked_while_it_is_drawn(doors: Doors) -> None:
    admin = await doors.person("admin")
    graph = {"start": "a", "nodes": {"a": {"kind": "menu", "params": {}}, "b": {"kind": "nothing"}}}
    faults = (await admin.post("/api/components/check", json=graph)).json()["faults"]
    assert {f["field"] for f in faults} >= {"nodes.a.prompt", "nodes.a.keys", "nodes.b.kind"}
    kinds = {c["kind"]: c for c in (await admin.get("/api/components")).json()}
    assert next(p["names"] for p in kinds["queue"]["parameters"]) == "queue"


async def test_a_scenario_is_read_in_words_in_the_order_in_which_a_call_meets_it(doors: Doors) -> None:
    admin = await doors.person("admin")
    read = (await admin.get("/api/scenarios/main/steps")).json()
    order = [step["node"] for step in read]
    assert order[0] == "answer"
    assert order.index("menu") < order.index("wait") < order.index("end")
    menu = read[order.index("menu")]
    assert (menu["title"]["ru"], menu["params"]["prompt"]) == ("Голосовое меню", "welcome")
    assert [(way["title"]["ru"], way["to"]) for way in menu["ways"]] == [
        ("Кнопка 1", "wait"), ("Кнопка 2", "wait_requests"), ("Кнопка 9", "english"), ("Ничего не выбрано", "wait"),
    ]  # fmt: skip
    prompt = next(field for field in menu["fields"] if field["key"] == "prompt")
    assert (prompt["names"], prompt["title"]["en"]) == ("prompt", "Prompt")
    assert (await admin.get("/api/scenarios/nothing/steps")).json()["code"] == "thing.not_found"


async def test_the_test_box_tells_which_route_matched_and_why(doors: Doors) -> None:
    admin = await doors.person("admin")
    told = (await admin.get("/api/routes/-/test?trunk=demo&dialled=74951234567")).json()
    assert told["target"] == {"kind": "scenario", "key": "main"}
    assert told["considered"][-1]["matched"]
    assert told["considered"][-1]["why"]["ru"] == "линия «Демонстрационная линия», любой номер"
    assert (await admin.get("/api/routes/-/test?trunk=other&dialled=1")).json()["target"] is None


async def test_a_route_is_tried_before_it_is_published(doors: Doors) -> None:
    admin = await doors.person("admin")
    route = {"id": "vip", "title": "VIP", "caller": "+7916*", "order": 1, "target": {"kind": "user", "key": "olga"}}
    call = {"route": route, "trunk": "demo", "dialled": "74951234567"}
    vip = (await admin.post("/api/routes/-/try", json={**call, "caller": "8 916 123-45-67"})).json()
    assert vip["target"] == {"kind": "user", "key": "olga"}
    other = (await admin.post("/api/routes/-/try", json={**call, "caller": "+74950000000"})).json()
    assert [(c["route"], c["matched"]) for c in other["considered"]] == [("vip", False), ("main", True)]
    assert other["considered"][0]["why"]["ru"] == "только для звонящего +7916*"
    assert (await admin.get("/api/routes/vip")).status_code == 404
    wrong = await admin.post("/api/routes/-/try", json={**call, "route": {**route, "when": "open"}})
    assert [fault["field"] for fault in wrong.json()["fields"]] == ["body.route.calendar"]


async def test_a_prompt_is_uploaded_converted_and_heard(doors: Doors) -> None:
    from demo.phone.sound import tone
    from switchroom.media.formats import wav_of

    admin = await doors.person("admin")
    sound = wav_of((tone(440, 1.0) / 32768).astype("float32"), 44100)
    answer = await admin.put("/api/prompts/welcome/ru/sound", files={"sound": ("a.wav", sound)})
    assert answer.status_code == 200, answer.text
    heard = await admin.get("/api/prompts/welcome/ru/sound")
    assert heard.headers["content-type"] == "audio/wav"
    refused = await admin.put("/api/prompts/welcome/ru/sound", files={"sound": ("evil.wav", b"RIFF" + b"\x00" * 99)})
    assert (refused.status_code, refused.json()["code"]) == (422, "sound.unreadable")
    assert (await admin.get("/api/prompts/welcome/ru/sound")).content == heard.content


@pytest.mark.parametrize("body", [b"{", b"\x00\xff", b"[1,2", b'{"id": "sales", "title": "\\ud800"}'])
async def test_broken_json_is_told_so(doors: Doors, body: bytes) -> None:
    admin = await doors.person("admin")
    answer = await admin.put("/api/queues/sales", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text


@pytest.mark.parametrize("key", ["..%2f..%2fetc", "a;drop table things", "<script>", "%00", "a" * 500, "' or 1=1 --"])
async def test_a_hostile_key_names_nothing(doors: Doors, key: str) -> None:
    admin = await doors.person("admin")
    answer = await admin.get(f"/api/queues/{key}")
    assert answer.status_code in (404, 422), answer.text


async def test_markup_in_a_title_is_kept_as_text(doors: Doors) -> None:
    admin = await doors.person("admin")
    await admin.put("/api/queues/sales", json={**QUEUE, "title": "<script>alert(1)</script>"})
    answer = await admin.get("/api/queues/sales")
    assert answer.json()["thing"]["title"] == "<script>alert(1)</script>"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_endless_bodies_are_cut_off(doors: Doors) -> None:
    admin = await doors.person("admin")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b"x" * 65536

    answer = await admin.put("/api/queues/sales", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
    assert (await admin.get("/api/queues")).status_code == 200


async def test_an_endless_sound_is_cut_off_and_the_old_one_stays(doors: Doors) -> None:
    admin = await doors.person("admin")
    before = (await admin.get("/api/prompts/welcome/ru/sound")).content

    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="sound"; filename="a.wav"\r\n\r\nRIFF'
        for _ in range(26):
            yield b"\x00" * 1024 * 1024

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await admin.put("/api/prompts/welcome/ru/sound", content=endless(), headers=kind)
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
    assert (await admin.get("/api/prompts/welcome/ru/sound")).content == before


async def test_a_phone_gets_a_password_that_is_shown_once(doors: Doors) -> None:
    admin = await doors.person("admin")
    given = (await admin.post("/api/devices/anna-desk/password", json={})).json()["password"]
    assert doors.rooms.engine.setup.passwords["device:anna-desk"].reveal() == given
    assert given not in (await admin.get("/api/devices/anna-desk")).text
    assert given not in (await admin.get("/api/audit")).text


async def test_each_kind_describes_its_fields_for_forms_and_for_differences_in_words(doors: Doors) -> None:
    anna = await doors.person("anna")
    kinds = {one["kind"]: one for one in (await anna.get("/api/kinds")).json()}
    fields = {field["key"]: field for field in kinds["queue"]["fields"]}
    assert (fields["operators"]["names"], fields["operators"]["many"]) == ("user", "list")
    assert fields["strategy"]["values"]["round_robin"]["ru"] == "По кругу"
    assert fields["ring_for"]["sort"] == "duration"
    assert {p["key"]: p["sort"] for p in fields["norm"]["parts"]} == {"within": "duration", "share": "share"}
    assert {f["key"]: f["sort"] for f in kinds["prompt"]["fields"]}["words"] == "text"


async def test_a_draft_of_a_card_is_checked_without_publishing_it(doors: Doors) -> None:
    admin = await doors.person("admin")
    card = {
        "id": "poll", "title": "Опрос", "project": "nowhere", "disposition_required": True,
        "fields": [{"key": "a", "title": {"en": "A", "ru": "А"}, "kind": "list"}],
    }  # fmt: skip
    await admin.put("/api/cards/poll/draft", json={"body": card})
    faults = (await admin.post("/api/cards/poll/draft/check")).json()["faults"]
    assert [(f["field"], f["ru"]) for f in faults] == [("fields.0", "У списка есть варианты, и только у списка")]
    card["fields"] = [{"key": "a", "title": {"en": "A", "ru": "А"}}]
    await admin.put("/api/cards/poll/draft", json={"body": card})
    (needed,) = (await admin.post("/api/cards/poll/draft/check")).json()["faults"]
    assert needed["ru"] == "Результат обязателен, а выбирать не из чего"
    await admin.put("/api/cards/poll/draft", json={"body": {**card, "disposition_required": False}})
    (dangling,) = (await admin.post("/api/cards/poll/draft/check")).json()["faults"]
    assert dangling["field"] == "card/poll/project"
    await admin.put("/api/cards/poll/draft", json={"body": {**card, "disposition_required": False, "project": "main"}})
    assert (await admin.post("/api/cards/poll/draft/check")).json()["faults"] == []
    assert (await admin.get("/api/cards/poll")).status_code == 404
    assert (await admin.post("/api/cards/poll/draft/publish")).json()["version"] == 1


async def test_an_older_sound_is_heard_by_its_version(doors: Doors) -> None:
    from demo.phone.sound import tone
    from switchroom.media.formats import wav_of

    admin = await doors.person("admin")
    for hertz in (440, 880):
        sound = wav_of((tone(hertz, 0.5) / 32768).astype("float32"), 8000)
        await admin.put("/api/prompts/welcome/en/sound", files={"sound": ("a.wav", sound)})
    newest = (await admin.get("/api/prompts/welcome")).json()["version"]
    now = (await admin.get("/api/prompts/welcome/en/sound")).content
    assert (await admin.get(f"/api/prompts/welcome/en/sound?version={newest}")).content == now
    assert (await admin.get(f"/api/prompts/welcome/en/sound?version={newest - 1}")).content != now
    assert (await admin.get("/api/prompts/welcome/en/sound?version=99")).status_code == 404


async def test_the_audit_is_narrowed_by_person_thing_and_time(doors: Doors) -> None:
    admin = await doors.person("admin")
    await admin.put("/api/queues/sales", json=QUEUE)
    await admin.put("/api/queues/sales", json={**QUEUE, "weight": 7})
    (last, first) = (await admin.get("/api/audit", params={"kind": "queue", "key": "sales", "by": "admin"})).json()
    assert (last["before"]["weight"], last["after"]["weight"], first["before"]) == (10, 7, None)
    earlier = (await admin.get("/api/audit", params={"key": "sales", "until": last["at"]})).json()
    assert [line["number"] for line in earlier] == [first["number"]]
    later = (await admin.get("/api/audit", params={"key": "sales", "since": last["at"]})).json()
    assert [line["number"] for line in later] == [last["number"]]
    assert (await admin.get("/api/audit", params={"by": "nobody"})).json() == []
    kinds = {line["kind"] for line in (await admin.get("/api/audit", params={"but_kind": "session"})).json()}
    assert "queue" in kinds
    assert "session" not in kinds
