"""A whole Switchroom as a user starts it: `up --demo` in a process of its own, with phones and doors around it."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection

from demo.company import CARD_FIELDS, OPERATORS
from demo.load import accounts
from demo.phone.phone import Phone
from switchroom import house
from switchroom.settings import Settings
from switchroom.switch.asterisk.ari import AriClient
from switchroom.switch.asterisk.ports import is_free
from switchroom.switch.asterisk.process import command_of, look_up

ROOT = Path(__file__).parents[2]
SIP_NAME = "demo-carrier"
DID = "74951234567"
_DOORS = (10_000, 15_000)
"""Below those of the switch, and of connections to others."""


def a_free_port() -> int:
    """A port that nobody has now, and that nobody is given by chance while a killed house is away from it."""
    chosen = (random.randrange(*_DOORS) for _ in range(1000))
    return next(port for port in chosen if is_free("127.0.0.1", port, socket.SOCK_STREAM))


class RealHouse:
    """`up` and what it keeps. Only processes that were started here are ever ended."""

    def __init__(self, folder: Path, *, demo: bool = True) -> None:
        self.settings = Settings(data=folder / "data", listen=f"127.0.0.1:{a_free_port()}", demo=demo)
        self._log = (folder / "up.log").open("ab")
        self._up: subprocess.Popen[bytes] | None = None
        self._phones: list[Phone] = []
        self._clients: list[httpx.AsyncClient] = []

    # ---- its life

    async def start(self) -> None:
        """As `./start --demo` does, or `./start`; returns once calls can be taken."""
        command = [sys.executable, "-m", "switchroom", "up", *(["--demo"] if self.settings.demo else [])]
        command += ["--data", str(self.settings.data), "--listen", self.settings.listen]
        self._up = self._begin(command)
        try:
            await self.ready()
        except TimeoutError:
            await self.stop()
            raise

    def _begin(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=ROOT, stdout=self._log, stderr=self._log)

    async def ready(self, within: float = 90) -> None:
        """Returns once calls can be taken."""
        async with httpx.AsyncClient(base_url=self.settings.address) as client, asyncio.timeout(within):
            while not await _is_up(client):
                await asyncio.sleep(0.1)

    async def stop(self) -> None:
        """In order, with everything."""
        await self._see_out()
        if self._up is not None and self._up.poll() is None:
            self._up.send_signal(signal.SIGTERM)
            await asyncio.to_thread(self._up.wait, 40)
        await self.stop_orphaned_switch()
        self._log.close()

    async def empty(self) -> None:
        """Everybody hangs up, closes their cards and goes home: the next test finds it as this one did."""
        try:
            for phone in self._phones:
                await phone.sign_out()
                await phone.close()
            for user in OPERATORS:
                await (await self.door(user)).go_home()
        finally:
            await self._see_out()

    async def _see_out(self) -> None:
        """What fails here is of this test alone: the next one has another loop, and finds nothing of this one's."""
        phones, clients = self._phones, self._clients
        self._phones, self._clients = [], []
        for phone in phones:
            await phone.close()
        for client in clients:
            await client.aclose()

    async def stop_orphaned_switch(self) -> None:
        """The switch survives `up`; after a test it must not."""
        pid = self.switch_pid()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)

    def switch_pid(self) -> int | None:
        """Of our Asterisk."""
        found = house.running_switch(self.settings)
        return found.pid if found else None

    def serving_pid(self) -> int | None:
        """Of the process that serves."""
        if self._up is None or self._up.poll() is not None:
            return None
        children = Path(f"/proc/{self._up.pid}/task/{self._up.pid}/children").read_text().split()
        found = [process for pid in children if (process := look_up(int(pid))) and "serve" in command_of(process)]
        return found[0].pid if found else None

    def kill_serving(self) -> None:
        """kill -9."""
        pid = self.serving_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    async def kill_up(self) -> None:
        """kill -9; what serves dies with it, the switch does not."""
        assert self._up is not None
        serving = self.serving_pid()
        self._up.kill()
        await asyncio.to_thread(self._up.wait, 10)
        await self.is_so(lambda: serving is None or look_up(serving) is None)

    async def switch_has_noticed(self) -> None:
        """That nobody listens; only while there are no calls. What comes before waits for us: see `test_house.py`."""
        access = house.access_to_switch(self.settings)
        ari = AriClient(access, connections=1)
        try:
            async with asyncio.timeout(20):
                while access.app in str(await ari.get("applications")).replace(access.reach_app, ""):
                    await asyncio.sleep(0.02)
        finally:
            ari.close()

    def kill_switch(self) -> None:
        """kill -9 of Asterisk."""
        pid = self.switch_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    # ---- people

    @property
    def server(self) -> tuple[str, int]:
        """Where phones register."""
        return "127.0.0.1", house.sip_port(self.settings)

    async def phone(self, user: str) -> Phone:
        """The desk phone of somebody, signed in."""
        phone = await Phone.open(f"{user}-desk", self._secret(f"device:{user}-desk"), self.server)
        self._phones.append(phone)
        await phone.stay_registered(60)
        return phone

    async def carrier(self, number: str = "79161234567") -> Phone:
        """Somebody outside, behind the demo's trunk."""
        phone = await Phone.open("demo", self._secret("trunk:demo"), self.server, username=SIP_NAME)
        phone.name = number
        self._phones.append(phone)
        return phone

    @contextmanager
    def database(self) -> Iterator[Connection]:
        """The house's own database, to look at or to spoil."""
        with house.open_ground(self.settings) as ground, ground.database.begin() as connection:
            yield connection

    def _secret(self, name: str) -> str:
        with house.open_ground(self.settings) as ground:
            return ground.store.picture().passwords[name].reveal() or ""

    async def door(self, user: str) -> "Door":
        """A browser in which somebody is signed in."""
        password = self.password(user)
        client = httpx.AsyncClient(base_url=self.settings.address, timeout=20)
        self._clients.append(client)
        answer = await client.post("/api/session", json={"name": user, "password": password})
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return Door(client, user)

    def password(self, user: str) -> str:
        """With which somebody signs in."""
        return next(a.password for a in accounts(self.settings.data) if a.user == user)

    async def is_so(self, true: Callable[[], bool], within: float = 20) -> None:
        """Poll until it is so."""
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(0.05)


class Door:
    """The API, as one user."""

    def __init__(self, client: httpx.AsyncClient, user: str) -> None:
        self.client, self.user = client, user

    async def get(self, path: str) -> Any:
        """What is there; a door that is just being opened again is knocked at once more."""
        async with asyncio.timeout(15):
            while True:
                try:
                    answer = await self.client.get(f"/api/{path}")
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
                    continue
                assert answer.status_code == 200, answer.text
                return answer.json()

    async def do(self, method: str, path: str, body: Any = None) -> Any:
        """Change something."""
        answer = await self.client.request(method, f"/api/{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def becomes(self, path: str, true: Callable[[Any], bool], within: float = 40) -> Any:
        """Poll until what is there is so; returns it. A machine with much to do is given its time."""
        last: Any = None
        try:
            async with asyncio.timeout(within):
                while not true(last := await self.get(path)):
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"{path} stayed {_outline(last)}") from None
        return last

    async def status(self) -> str:
        """One's own state."""
        return str((await self.get(f"operators/{self.user}"))["status"])

    async def is_now(self, status: str, within: float = 40) -> None:
        """Poll until one's own state is this."""
        await self.becomes(f"operators/{self.user}", lambda o: o["status"] == status, within)

    async def begin_work(self) -> None:
        """Sign in as an operator, and be ready."""
        await self.do("POST", f"operators/{self.user}/sign-in")
        await self.is_now("ready")


    async def go_home(self) -> None:
        """Close every card, and end work, once one's calls are over."""
        mine = f"operators/{self.user}"
        await self.becomes(mine, lambda told: told["status"] not in ("talking", "ringing"))
        for record in await self.get(f"records?open_only=true&holder={self.user}"):
            typed = {"fields": CARD_FIELDS, "revision": record["revision"]}
            await self.do("PATCH", f"records/{record['id']}", typed)
            await self.do("POST", f"records/{record['id']}/close", {"disposition": "answered"})
        await self.do("POST", f"{mine}/sign-out")
        await self.is_now("signed_out")


def _outline(told: Any) -> str:
    """A story in few words, anything else as it is."""
    if isinstance(told, dict) and "facts" in told:
        return f"a story of {told['call']}: {[kept['fact']['kind'] for kept in told['facts']]}"
    return str(told)


async def _is_up(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/api/health")).status_code == 200
    except httpx.TransportError:
        return False

