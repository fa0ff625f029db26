"""Photos of people at the doors: who may give one, who sees it, and that it goes again."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import Doors
from tests.media.pictures import a_picture, two_halves

FILE = {"photo": ("anna.jpg", a_picture("jpeg", two_halves(300, 200)))}


async def user_of(door: httpx.AsyncClient, key: str) -> dict[str, Any]:
    found: dict[str, Any] = (await door.get(f"/api/users/{key}")).json()["thing"]
    return found


async def given(admin: httpx.AsyncClient, key: str) -> str:
    """A photo for this user."""
    answer = await admin.post("/api/photos", files=FILE)
    assert answer.status_code == 201, answer.text
    photo: str = answer.json()["photo"]
    answer = await admin.put(f"/api/users/{key}", json={**await user_of(admin, key), "photo": photo})
    assert answer.status_code == 200, answer.text
    return photo


@pytest.mark.feature("P1")
async def test_a_photo_is_given_seen_by_colleagues_and_taken_away(doors: Doors) -> None:
    admin, boris = await doors.person("admin"), await doors.person("boris")
    photo = await given(admin, "anna")
    assert (await boris.get("/api/names")).json()["photos"] == {"anna": photo}
    seen = await boris.get(f"/api/photos/{photo}")
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/webp")
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert seen.headers["cache-control"].startswith("private")
    await admin.put("/api/users/anna", json={**await user_of(admin, "anna"), "photo": None})
    assert (await boris.get("/api/names")).json()["photos"] == {}
    assert (await boris.get(f"/api/photos/{photo}")).status_code == 404
    assert (await admin.get(f"/api/photos/{photo}")).content == seen.content


async def test_a_photo_that_is_known_is_not_sent_again(doors: Doors) -> None:
    admin = await doors.person("admin")
    photo = await given(admin, "anna")
    tag = (await admin.get(f"/api/photos/{photo}")).headers["etag"]
    again = await admin.get(f"/api/photos/{photo}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


async def test_an_earlier_version_of_a_user_brings_the_photo_back(doors: Doors) -> None:
    admin = await doors.person("admin")
    photo = await given(admin, "anna")
    version = (await admin.get("/api/users/anna")).json()["version"]
    await admin.put("/api/users/anna", json={**await user_of(admin, "anna"), "photo": None})
    await admin.post(f"/api/users/anna/versions/{version}/restore")
    assert (await user_of(admin, "anna"))["photo"] == photo


async def test_everybody_changes_their_own_photo_and_the_audit_tells(doors: Doors) -> None:
    admin, anna = await doors.person("admin"), await doors.person("anna")
    answer = await anna.put("/api/session/photo", files=FILE)
    assert answer.status_code == 200, answer.text
    assert (await user_of(admin, "anna"))["photo"] == answer.json()["photo"]
    assert (await anna.delete("/api/session/photo")).status_code == 204
    assert (await user_of(admin, "anna"))["photo"] is None
    lines = (await admin.get("/api/audit", params={"kind": "user", "key": "anna"})).json()
    assert [(line["by"], line["before"]["photo"], line["after"]["photo"]) for line in lines[:2]] == [
        ("anna", answer.json()["photo"], None), ("anna", None, answer.json()["photo"]),
    ]  # fmt: skip


async def test_strangers_see_nothing_and_users_give_photos_to_nobody_else(doors: Doors) -> None:
    admin, anna, stranger = await doors.person("admin"), await doors.person("anna"), await doors.stranger()
    photo = await given(admin, "boris")
    assert (await stranger.get(f"/api/photos/{photo}")).status_code == 401
    assert (await stranger.put("/api/session/photo", files=FILE)).status_code == 401
    refused = await anna.post("/api/photos", files=FILE)
    assert (refused.status_code, refused.json()["code"]) == (403, "access.not_allowed")


async def test_what_is_no_photo_or_too_large_is_refused_in_words(doors: Doors) -> None:
    admin = await doors.person("admin")
    no_photo = await admin.post("/api/photos", files={"photo": ("evil.png", b"<svg onload='alert(1)'/>")})
    assert (no_photo.status_code, no_photo.json()["code"]) == (422, "photo.unreadable")
    assert "evil.png" in no_photo.json()["ru"]
    large = await admin.post("/api/photos", files={"photo": ("big.jpg", b"\xff\xd8\xff" + b"\0" * 10 * 1024 * 1024)})
    assert (large.status_code, large.json()["code"]) == (413, "photo.too_large")
    assert (await admin.get("/api/photos/..%2f..%2fhouse.key")).status_code in (404, 422)


async def test_a_user_names_no_file_but_a_photo(doors: Doors) -> None:
    admin = await doors.person("admin")
    answer = await admin.put("/api/users/anna", json={**await user_of(admin, "anna"), "photo": "../house"})
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "body.photo"
