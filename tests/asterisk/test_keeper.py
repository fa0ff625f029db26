"""The switch's process: started, adopted, watched, ended; two side by side; packages fetched once."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from switchroom.switch.asterisk import debian
from switchroom.switch.asterisk.ari import AriAccess, AriClient
from switchroom.switch.asterisk.debian import deb822_sources, mirrors, one_line_sources
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.fetch import fetch_asterisk, versions
from switchroom.switch.asterisk.keeper import HowFound, Keeper, access_of, check_named, running
from switchroom.switch.asterisk.loader import Unpacked, check_version
from switchroom.switch.asterisk.modules import MODULES
from switchroom.switch.asterisk.ports import is_free, ports_for
from switchroom.switch.asterisk.process import look_up
from switchroom.switch.asterisk.troubles import (
    FetchTrouble,
    InstanceHeld,
    MirrorUnreachable,
    NoDebianSource,
    NotReachable,
    NotStarted,
    PortTaken,
    VersionTooOld,
)
from switchroom.switch.asterisk.writer import write
from tests.asterisk.conftest import CACHE, a_description

DEB822 = """# the machine's own
Types: deb
URIs: http://mirror.example/debian
 http://second.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main
"""
ONE_LINE = """
deb [arch=amd64 signed-by=/k.gpg] https://old.example/debian/ bookworm main contrib # ours
deb-src https://src.example/debian bookworm main
deb https://packages.example/apt vendor-bookworm main
#deb http://off.example/debian bookworm main
"""


def test_the_mirror_is_the_one_that_the_machine_names_in_either_style(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(ONE_LINE)
    (tmp_path / "sources.list.d" / "debian.sources").write_text(DEB822)
    assert mirrors(tmp_path) == [
        "https://old.example/debian/", "http://mirror.example/debian", "http://second.example/debian"]
    assert len(list(deb822_sources(DEB822))) == 2
    assert [source.is_debian for source in one_line_sources(ONE_LINE)] == [True, False, False]


def test_a_machine_without_a_debian_mirror_is_told_so_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(debian.mirrors, "__defaults__", (tmp_path,))
    with pytest.raises(NoDebianSource) as trouble:
        fetch_asterisk(tmp_path / "root")
    assert "Debian" in trouble.value.sentence("en")
    assert "зеркала" in trouble.value.sentence("ru")
    assert not (tmp_path / "root").exists()


def test_a_mirror_that_does_not_answer_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    (tmp_path / "sources.list").write_text(f"deb http://127.0.0.1:{port}/debian bookworm main\n")
    monkeypatch.setattr(debian.mirrors, "__defaults__", (tmp_path,))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(MirrorUnreachable):
        fetch_asterisk(tmp_path / "root")


@pytest.mark.asterisk
def test_a_second_fetch_takes_milliseconds_and_nothing_fetched_has_a_set_user_id_bit(asterisk_root: Unpacked) -> None:
    began = time.monotonic()
    assert fetch_asterisk(CACHE / "asterisk") == asterisk_root
    assert time.monotonic() - began < 0.1
    assert ":22." in versions(asterisk_root)["asterisk"]
    bits = [path for path in asterisk_root.folder.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o6000]
    assert bits == []


@pytest.mark.parametrize("said", ["Asterisk 22.10.0", "Asterisk 20.19.5", "23.1.0", "", "nonsense"])
def test_an_old_or_strange_version_is_refused(said: str) -> None:
    with pytest.raises(VersionTooOld):
        check_version(said)


@pytest.mark.parametrize("said", ["Asterisk 22.10.1~dfsg+~cs6", "1:22.10.1+dfsg", "22.11.0"])
def test_a_right_version_is_taken(said: str) -> None:
    check_version(said)


def test_a_folder_without_a_loader_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FetchTrouble):
        Unpacked(tmp_path, "amd64").command("usr/sbin/asterisk")


@pytest_asyncio.fixture
async def own(asterisk_root: Unpacked, tmp_path: Path) -> AsyncIterator[SwitchDescription]:
    """An instance of the test's own, written, not started; ended afterwards whatever happened."""
    description = a_description(asterisk_root, tmp_path / "own")
    write(description)
    yield description
    if (left := running(description.folder)) is not None:
        os.kill(left.pid, signal.SIGKILL)


@pytest.mark.asterisk
async def test_the_next_keeper_adopts_the_running_switch_and_its_ports(own: SwitchDescription) -> None:
    first = Keeper(own)
    assert await first.up() is HowFound.STARTED
    pid = first.pid
    first.let_go()
    assert ports_for(own.folder, running=True) == own.ports
    second = Keeper(own)
    assert await second.up() is HowFound.ADOPTED
    assert second.pid == pid
    with pytest.raises(InstanceHeld) as held:
        await Keeper(own).up()
    assert str(os.getpid()) in held.value.sentence("en")
    await second.stop()
    assert running(own.folder) is None
    assert is_free("127.0.0.1", own.ports.http, socket.SOCK_STREAM)
    assert ports_for(own.folder) == own.ports


@pytest.mark.asterisk
async def test_the_death_of_the_switch_is_told_at_once_and_it_starts_again(own: SwitchDescription) -> None:
    keeper = Keeper(own)
    await keeper.up()
    watching = asyncio.create_task(keeper.watch())
    first = keeper.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(5):
        ended = await watching
    assert ended.pid == first
    began = time.monotonic()
    assert await keeper.up() is HowFound.STARTED
    assert keeper.pid != first
    assert time.monotonic() - began < 10
    await keeper.stop()


@pytest.mark.asterisk
async def test_a_switch_that_is_still_dying_is_waited_for(own: SwitchDescription) -> None:
    control = own.folder / "run" / "asterisk.ctl"
    keeper = Keeper(own)
    with socket.socket(socket.AF_UNIX) as dying:
        dying.bind(str(control))
        dying.listen()
        coming = asyncio.create_task(keeper.up())
        await asyncio.sleep(0.5)
        assert keeper.pid is None
    assert await coming is HowFound.STARTED
    await keeper.stop()


@pytest.mark.asterisk
async def test_an_adopted_switch_that_is_no_child_of_ours_is_watched_too(own: SwitchDescription) -> None:
    command = own.root.command("usr/sbin/asterisk", "-f", "-C", str(own.etc / "asterisk.conf"))
    starter = await asyncio.create_subprocess_exec(
        "sh", "-c", '"$@" >/dev/null 2>&1 & echo $!', "sh", *command, stdout=asyncio.subprocess.PIPE)
    assert starter.stdout is not None
    pid = int(await starter.stdout.readline())
    await starter.wait()
    process = look_up(pid)
    assert process is not None
    (own.folder / "process.json").write_text(f'{{"pid":{pid},"started":{process.started}}}')
    keeper = Keeper(own)
    assert await keeper.up() is HowFound.ADOPTED
    watching = asyncio.create_task(keeper.watch())
    os.kill(pid, signal.SIGKILL)
    async with asyncio.timeout(5):
        assert (await watching).pid == pid
    keeper.let_go()


@pytest.mark.asterisk
async def test_every_module_is_loaded_and_asterisk_complains_of_nothing(own: SwitchDescription) -> None:
    keeper = Keeper(own)
    await keeper.up()
    log = (own.folder / "log/messages.log").read_text()
    assert [line for line in log.splitlines() if "ERROR" in line or "WARNING" in line] == []
    ari = AriClient(access_of(own))
    for name in MODULES:
        module = await ari.get("asterisk", "modules", f"{name}.so")
        assert isinstance(module, dict)
        assert module["status"] == "Running"
    ari.close()
    await keeper.stop()


@pytest.mark.asterisk
async def test_two_switches_run_side_by_side(switch: SwitchDescription, own: SwitchDescription, ari: AriClient) -> None:
    keeper = Keeper(own)
    await keeper.up()
    assert {own.ports.sip, own.ports.http}.isdisjoint({switch.ports.sip, switch.ports.http})
    assert await ari.get("asterisk", "ping")
    other = AriClient(access_of(own))
    assert await other.get("asterisk", "ping")
    other.close()
    await keeper.stop()
    assert await ari.get("asterisk", "ping")


def test_another_process_under_the_kept_id_is_not_taken_for_the_switch(tmp_path: Path) -> None:
    started = Path("/proc/self/stat").read_text().rpartition(") ")[2].split()[19]
    (tmp_path / "process.json").write_text(f'{{"pid":{os.getpid()},"started":{started}}}')
    assert running(tmp_path) is None
    (tmp_path / "process.json").write_text("torn {")
    assert running(tmp_path) is None


@pytest.mark.asterisk
async def test_a_switch_that_cannot_start_says_why(own: SwitchDescription) -> None:
    (own.etc / "modules.conf").write_text("[modules]\nautoload = no\nrequire = nothing.so\n")
    with pytest.raises(NotStarted) as trouble:
        await Keeper(own).up(within=20)
    assert "nothing" in trouble.value.sentence("ru")


def test_a_port_asked_for_by_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as taken:
            ports_for(tmp_path, http=port)
        assert str(port) in taken.value.sentence("ru")


@pytest.mark.asterisk
async def test_a_named_asterisk_is_checked_for_presence_password_and_version(switch: SwitchDescription) -> None:
    await check_named(access_of(switch))
    with pytest.raises(NotReachable, match="name and password"):
        await check_named(AriAccess(url=access_of(switch).url, user="switchroom", password="wrong"))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(NotReachable, match="Nobody answers"):
        await check_named(AriAccess(url=f"http://127.0.0.1:{port}", user="a", password="b"))


def _opened(pid: int) -> list[str]:
    return [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()]


@pytest.mark.asterisk
async def test_nothing_is_written_outside_the_instance_folder(switch: SwitchDescription) -> None:
    pid = running(switch.folder)
    assert pid is not None
    opened = await asyncio.to_thread(_opened, pid.pid)
    files = [name for name in opened if name.startswith("/") and not name.startswith(("/dev/", "/proc/", "/sys/"))]
    assert files
    assert all(name.startswith((str(switch.folder), str(switch.root.folder), "/memfd:")) for name in files)
