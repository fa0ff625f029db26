"""A house over https: pages, phones and the feed by one certificate on one port."""

import asyncio
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import httpx
import pytest
import websockets.exceptions
from websockets.asyncio.client import ClientConnection, connect

from demo.load import accounts
from switchroom.storage.certificates import Certificates
from tests.asterisk.real_house import ROOT, a_free_port

SIMULATED = {**os.environ, "SWITCHROOM_SWITCH": "simulated", "LC_ALL": "C"}


class House:
    """`up --https` with a simulated switch."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.trusting = ssl.create_default_context(cafile=str(Certificates(data).authority.certificate))

    def client(self, host: str = "127.0.0.1") -> httpx.AsyncClient:
        """A browser that trusts the authority."""
        return httpx.AsyncClient(base_url=f"https://{host}:{self.port}", verify=self.trusting)

    async def signed_in(self, client: httpx.AsyncClient) -> httpx.Response:
        anna = next(account for account in accounts(self.data) if account.user == "anna")
        return await client.post("/api/session", json={"name": "anna", "password": anna.password})


def command(data: Path, port: int, *more: str) -> list[str]:
    listen = f"127.0.0.1:{port}"
    return [sys.executable, "-m", "switchroom", "up", "--demo", "--data", str(data), "--listen", listen, *more]


def started(what: list[str], log: BinaryIO) -> subprocess.Popen[bytes]:
    return subprocess.Popen(what, env=SIMULATED, cwd=ROOT, stdout=log, stderr=log)


@asynccontextmanager
async def a_house(data: Path) -> AsyncIterator[House]:
    house = House(data, a_free_port())
    with (data / "up.log").open("wb") as log:
        up = started(command(data, house.port, "--https"), log)
        try:
            async with asyncio.timeout(60), house.client() as client:
                while not await is_ready(client):
                    await asyncio.sleep(0.1)
            yield house
        finally:
            up.send_signal(signal.SIGTERM)
            await asyncio.to_thread(up.wait, 30)


async def is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/api/health")).status_code == 200
    except httpx.TransportError:
        return False


async def test_pages_the_feed_and_the_cookie_are_safe_and_plain_http_is_sent_to_https(tmp_path: Path) -> None:
    own = Certificates(tmp_path)
    own.make(["pbx.lan"], datetime.now(UTC))
    async with a_house(tmp_path) as house, house.client() as client:
        answer = await house.signed_in(client)
        assert answer.status_code == 201
        cookie = answer.headers["set-cookie"]
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert (await client.get("/api/certificate-authority")).content == own.authority.certificate.read_bytes()
        assert (await client.get("/api/health", headers={"Host": f"pbx.lan:{house.port}"})).status_code == 200
        assert (await client.get("/api/health", headers={"Host": "evil.example"})).status_code == 421
        async with feed(house, client, f"https://127.0.0.1:{house.port}") as heard:
            await heard.ping()
        with pytest.raises(websockets.exceptions.InvalidStatus):
            async with feed(house, client, "https://evil.example"):
                pass
        await hinted(house.port)
        await asyncio.to_thread(silent_visitor_is_no_hindrance, house)


@asynccontextmanager
async def feed(house: House, client: httpx.AsyncClient, origin: str) -> AsyncIterator[ClientConnection]:
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    address = f"wss://127.0.0.1:{house.port}/api/feed"
    async with connect(address, ssl=house.trusting, origin=origin, additional_headers={"Cookie": cookie}) as socket:  # type: ignore[arg-type]
        yield socket


async def hinted(port: int) -> None:
    """By plain http one is told where to go; what is no http at all is simply let go."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as plain:
        answer = await plain.get("/desk?x=1")
        assert answer.status_code == 307
        assert answer.headers["location"] == f"https://127.0.0.1:{port}/desk?x=1"
        split = await plain.get("/", headers={"Host": "pbx.lan"})
        assert split.headers["location"] == "https://pbx.lan/"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: a b\r\nSet-Cookie: x\r\n\r\n")
    assert await reader.read() == b""
    writer.close()


def silent_visitor_is_no_hindrance(house: House) -> None:
    """Who connects and says nothing holds up nobody."""
    with socket.create_connection(("127.0.0.1", house.port)):
        connection = http.client.HTTPSConnection("127.0.0.1", house.port, context=house.trusting, timeout=5)
        connection.request("GET", "/api/health")
        assert connection.getresponse().status == 200
        connection.close()


def test_without_a_certificate_the_start_says_how_to_make_one(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path, a_free_port(), "--https"), env=SIMULATED, cwd=ROOT, capture_output=True,
                          text=True, timeout=60, check=False)  # fmt: skip
    assert done.returncode == 1
    assert "switchroom certificate NAME" in done.stderr


@pytest.mark.parametrize(("days_ago", "mark"), [(0, "✓"), (380, "✗"), (500, "✗")])
def test_the_check_tells_how_long_the_certificate_is_good_for(tmp_path: Path, days_ago: int, mark: str) -> None:
    Certificates(tmp_path).make(["pbx.lan"], datetime.now(UTC) - timedelta(days=days_ago))
    check = [sys.executable, "-m", "switchroom", "check", "--data", str(tmp_path)]
    done = subprocess.run(check, env=SIMULATED, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    (line,) = [line for line in done.stdout.splitlines() if "certificate" in line]
    assert line.startswith(mark)
