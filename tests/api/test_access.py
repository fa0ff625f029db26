"""Who gets in, who does not, and what a foreign page can't do."""

import pytest
from sqlalchemy import update

from switchroom import house
from switchroom.domain.identity import UserId
from switchroom.storage.sessions import SESSIONS, Sessions
from tests.api.conftest import Doors

OPEN_TO_ALL = frozenset({
    "/api/health", "/api/session", "/api/first-start", "/api/demo", "/api/certificate-authority",
})
CHANGED = {"id": "service", "title": "Service", "operators": []}


async def test_the_first_administrator_is_made_once_with_the_printed_code(empty: Doors) -> None:
    stranger = await empty.stranger()
    assert (await stranger.get("/api/first-start")).json() == {"wanted": True}
    first = {"id": "root", "name": "Root", "password": "correct horse", "code": "guessed", "language": "en"}
    assert (await stranger.post("/api/first-start", json=first)).status_code == 403
    code = empty.first_start_code()
    made = await stranger.post("/api/first-start", json={**first, "code": code})
    assert made.status_code == 201
    assert "administer" in made.json()["rights"]
    assert made.json()["language"] == "en"
    assert (await stranger.get("/api/first-start")).json() == {"wanted": False}
    again = await stranger.post("/api/first-start", json={**first, "id": "evil", "code": code})
    assert again.json()["code"] == "house.not_first"


async def test_a_hundred_wrong_passwords_are_slowed_and_the_owner_elsewhere_is_not_locked_out(doors: Doors) -> None:
    guesser = await doors.stranger()
    answers = [
        await guesser.post("/api/session", json={"name": "anna", "password": f"guess {n} of many"}) for n in range(100)
    ]
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {401, 429}
    assert statuses.count(429) > 80
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].json()["ru"].startswith("Слишком много")


async def test_nobody_gets_in_without_signing_in(doors: Doors) -> None:
    stranger = await doors.stranger()
    for path, methods in doors.app.openapi()["paths"].items():
        if path in OPEN_TO_ALL:
            continue
        for method in methods:
            address = path.replace("{", "").replace("}", "")
            answer = await stranger.request(method, address, json={})
            assert answer.status_code in (401, 422), (method, path, answer.status_code)
    assert (await stranger.get("/api/calls")).json()["code"] == "access.not_signed_in"


async def test_a_change_without_the_pages_own_token_is_refused(doors: Doors) -> None:
    admin = await doors.person("admin")
    del admin.headers["X-CSRF-Token"]
    assert (await admin.put("/api/queues/service", json=CHANGED)).json()["code"] == "access.foreign_page"
    assert (await admin.get("/api/queues/service")).status_code == 200


async def test_only_what_a_person_does_keeps_a_session_from_being_idle(doors: Doors) -> None:
    anna = await doors.person("anna")
    with house.open_ground(doors.settings) as ground:
        with ground.database.begin() as connection:
            connection.execute(update(SESSIONS).values(seen=SESSIONS.c.seen - 3600))
        (before,) = Sessions(ground.database).of(UserId("anna"))
        assert (await anna.get("/api/desk", headers={"X-Unattended": "yes"})).status_code == 200
        assert Sessions(ground.database).of(UserId("anna")) == [before]
        assert (await anna.get("/api/desk")).status_code == 200
        (after,) = Sessions(ground.database).of(UserId("anna"))
    assert after.seen > before.seen


async def test_a_forged_or_ended_session_is_none(doors: Doors) -> None:
    forged = await doors.stranger(cookies={"switchroom": "f" * 43})
    assert (await forged.get("/api/session")).status_code == 401
    anna = await doors.person("anna")
    cookie = anna.cookies["switchroom"]
    assert (await anna.delete("/api/session")).status_code == 204
    again = await doors.stranger(cookies={"switchroom": cookie})
    assert (await again.get("/api/session")).status_code == 401


async def test_a_foreign_name_is_refused_so_that_a_rebound_page_reaches_nothing(doors: Doors) -> None:
    stranger = await doors.stranger(headers={"Host": "evil.example"})
    assert (await stranger.get("/api/health")).status_code == 421


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(doors: Doors) -> None:
    await doors.person("anna")
    stranger = await doors.stranger()
    from demo import load

    password = next(a.password for a in load.accounts(doors.settings.data) if a.user == "boris")
    answer = await stranger.post("/api/session", json={"name": "boris", "password": password})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("user", "path", "status"), [
    ("anna", "queues/service", 403), ("olga", "queues/service", 403), ("admin", "queues/service", 200),
])
async def test_only_an_administrator_changes_the_configuration(
    doors: Doors, user: str, path: str, status: int
) -> None:
    person = await doors.person(user)
    answer = await person.put(f"/api/{path}", json=CHANGED)
    assert answer.status_code == status, answer.text


async def test_a_token_does_no_more_than_it_says(doors: Doors) -> None:
    admin = await doors.person("admin")
    made = await admin.post("/api/tokens", json={"title": "CRM", "rights": ["see_calls"], "days": 30})
    program = await doors.stranger(headers={"Authorization": f"Bearer {made.json()['text']}"})
    assert (await program.get("/api/calls")).status_code == 200
    assert (await program.put("/api/queues/service", json=CHANGED)).json()["code"] == "access.not_allowed"
    assert (await program.get("/api/audit")).status_code == 403
    assert (await admin.delete(f"/api/tokens/{made.json()['token']['id']}")).status_code == 204
    assert (await program.get("/api/calls")).status_code == 401
    revoked, made_line = (await admin.get("/api/audit", params={"kind": "token"})).json()
    assert (revoked["what"], revoked["before"]["title"]) == ("token revoked", "CRM")
    assert made_line["after"]["rights"] == ["see_calls"]
    assert made.json()["text"] not in str([revoked, made_line])


async def test_another_password_signs_the_user_out_everywhere(doors: Doors) -> None:
    admin, anna = await doors.person("admin"), await doors.person("anna")
    given = (await admin.post("/api/users/anna/password", json={})).json()["password"]
    assert (await anna.get("/api/session")).status_code == 401
    stranger = await doors.stranger()
    assert (await stranger.post("/api/session", json={"name": "anna", "password": given})).status_code == 201
    audit = (await admin.get("/api/audit?kind=user&key=anna")).json()
    assert audit[0]["what"] == "password set"
    assert given not in str(audit)


async def test_who_may_not_sign_in_any_more_is_out_at_once(doors: Doors) -> None:
    admin, gleb = await doors.person("admin"), await doors.person("gleb")
    thing = (await admin.get("/api/users/gleb")).json()["thing"]
    answer = await admin.put("/api/users/gleb", json={**thing, "active": False})
    assert answer.status_code == 200, answer.text
    assert (await gleb.get("/api/session")).status_code == 401
