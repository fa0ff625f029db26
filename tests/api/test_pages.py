"""The built pages: as small as the browser takes them, kept as long as they hold, one front page for all addresses."""

import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from switchroom.api.pages import pages_route
from tests.api.conftest import Doors


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<p>front</p>")
    (tmp_path / "assets" / "index-1.js").write_text("run()")
    (tmp_path / "assets" / "index-1.js.gz").write_bytes(gzip.compress(b"run()"))
    (tmp_path / "app.webmanifest").write_text("{}")
    return tmp_path


def browser(folder: Path) -> httpx.AsyncClient:
    app = Starlette(routes=[pages_route(folder)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost")


async def test_a_file_is_sent_packed_and_kept_for_ever_a_page_is_asked_for_each_time(built: Path) -> None:
    async with browser(built) as client:
        script = await client.get("/assets/index-1.js")
        front = await client.get("/")
        again = await client.get("/", headers={"If-None-Match": front.headers["ETag"]})
        plain = await client.get("/assets/index-1.js", headers={"Accept-Encoding": "identity"})
        manifest = await client.get("/app.webmanifest")
    assert (script.text, script.headers["Content-Encoding"]) == ("run()", "gzip")
    assert "immutable" in script.headers["Cache-Control"]
    assert (front.text, front.headers["Cache-Control"]) == ("<p>front</p>", "no-cache")
    assert again.status_code == 304
    assert (plain.text, "Content-Encoding" in plain.headers) == ("run()", False)
    assert manifest.headers["Content-Type"] == "application/manifest+json"


async def test_an_address_of_the_client_leads_to_its_front_page_and_a_lost_file_is_told(built: Path) -> None:
    async with browser(built) as client:
        assert (await client.get("/calls/20261124T120000-7f3kq2")).text == "<p>front</p>"
        assert (await client.get("/assets/old-1.js")).status_code == 404
        assert (await client.get("/%2e%2e/%2e%2e/etc/passwd")).text == "<p>front</p>"


async def test_without_built_pages_it_is_said_what_to_do(tmp_path: Path) -> None:
    async with browser(tmp_path) as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    assert "./start" in answer.text


async def test_doors_keep_their_own_answers(doors: Doors) -> None:
    client = await doors.stranger()
    assert (await client.get("/api/nothing")).json()["code"] == "http.404"
    assert (await client.get("/api/session/password")).status_code == 405


async def test_a_long_answer_is_packed_and_a_short_one_goes_as_it_is(doors: Doors) -> None:
    admin = await doors.person("admin")
    described = await admin.get("/api/openapi.json")
    assert (described.headers["content-encoding"], described.json()["openapi"][:2]) == ("gzip", "3.")
    assert "content-encoding" not in (await admin.get("/api/session")).headers
    plain = await admin.get("/api/openapi.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == described.json()
