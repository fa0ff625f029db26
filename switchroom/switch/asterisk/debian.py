"""Debian packages fetched by the machine's own apt into private folders: no root, nothing of the host touched."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from switchroom.switch.asterisk.troubles import (
    FetchTrouble,
    KeyringMissing,
    MachineUnsupported,
    MirrorUnreachable,
    NoDebianSource,
    SignatureBad,
    ToolMissing,
)

LIBRARIES = {"amd64": "x86_64-linux-gnu", "arm64": "aarch64-linux-gnu"}
RELEASE = "forky"
_RELEASES = ("bullseye", "bookworm", "trixie", "forky", "sid", "oldstable", "stable", "testing", "unstable")
_KEYRINGS = tuple(Path("/usr/share/keyrings") / f"debian-archive-keyring.{ending}" for ending in ("gpg", "pgp"))
_SOURCES = Path("/etc/apt")
_NETWORK = re.compile(r"resolv|connect|unreachable|timed out|Failed to fetch|40[0-9] |50[0-9] ", re.IGNORECASE)
_SIGNATURE = re.compile(r"NO_PUBKEY|not signed|invalid signature|EXPKEYSIG|BADSIG|/usr/bin/sqv", re.IGNORECASE)
Percent = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the machine's package sources."""

    kinds: tuple[str, ...]
    addresses: tuple[str, ...]
    suites: tuple[str, ...]
    components: tuple[str, ...]

    @property
    def is_debian(self) -> bool:
        """Whether this is Debian's own main archive, not security, backports or another vendor's."""
        return "deb" in self.kinds and "main" in self.components and any(suite in _RELEASES for suite in self.suites)


def one_line_sources(text: str) -> Iterator[Source]:
    """Entries of a `sources.list` (see sources.list(5), one-line style)."""
    for line in text.splitlines():
        words = re.sub(r"\[[^]]*\]", " ", line.split("#", 1)[0]).split()
        if len(words) >= 3:
            yield Source((words[0],), (words[1],), (words[2],), tuple(words[3:]))


def deb822_sources(text: str) -> Iterator[Source]:
    """Entries of a `.sources` file (see sources.list(5), deb822 style)."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for stanza in re.split(r"\n\s*\n", "\n".join(lines)):
        fields = {name.lower(): tuple(value.split()) for name, value in _fields(stanza)}
        if fields.get("enabled", ("yes",))[0].lower() not in ("no", "false", "off", "0"):
            yield Source(*(fields.get(name, ()) for name in ("types", "uris", "suites", "components")))


def _fields(stanza: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"^([A-Za-z-]+):(.*(?:\n[ \t]+.*)*)", stanza, re.MULTILINE):
        yield match[1], match[2]


def mirrors(sources: Path = _SOURCES) -> list[str]:
    """Addresses of Debian mirrors that the machine's own sources name, in their order, each once."""
    entries: list[Source] = []
    for path in [sources / "sources.list", *sorted((sources / "sources.list.d").glob("*"))]:
        if path.suffix in (".list", ".sources") and path.is_file():
            read = deb822_sources if path.suffix == ".sources" else one_line_sources
            entries += read(path.read_text(errors="replace"))
    return list(dict.fromkeys(address for entry in entries if entry.is_debian for address in entry.addresses))


def architecture() -> str:
    """`amd64` or `arm64`. Raises: ToolMissing; MachineUnsupported."""
    arch = _run([_tool("dpkg"), "--print-architecture"]).strip()
    if arch not in LIBRARIES:
        raise MachineUnsupported(arch=arch)
    return arch


def _tool(name: str) -> str:
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/bin:/bin")
    if path is None:
        raise ToolMissing(tool=name)
    return path


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_plain_words())
    if done.returncode:
        raise FetchTrouble(why=_last_words(done.stderr or done.stdout))
    return done.stdout


def _plain_words() -> dict[str, str]:
    return os.environ | {"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}


def _last_words(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith(("E:", "W:", "Err"))] or text.splitlines()
    return " ".join(lines[-3:])[:600]


class PrivateApt:
    """apt with lists, archives and state of its own under `folder`, for one mirror."""

    def __init__(self, folder: Path, mirror: str) -> None:
        self._folder = folder
        self._settings = folder / "apt.conf"
        self.archives = folder / "archives"
        for part in ("lists/partial", "archives/partial"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        keyring = next((path for path in _KEYRINGS if path.exists()), None)
        if keyring is None:
            raise KeyringMissing
        (folder / "sources.list").write_text(f"deb [signed-by={keyring}] {mirror} {RELEASE} main\n")
        self._settings.write_text(self._configuration())

    def update(self) -> None:
        """Fetch the mirror's signed list of packages. Raises: MirrorUnreachable; SignatureBad; FetchTrouble."""
        self._apt("update", lambda _: None)

    def download(self, names: Iterable[str], percent: Percent) -> None:
        """Fetch packages and all they need into `archives`; those already there are kept. Raises as `update`."""
        self._apt("install", percent, "-d", *names)
        self._apt("autoclean", percent)  # a broken-off run of last week has left versions that are now superseded

    def _configuration(self) -> str:
        # The host's own hooks would run on the host's files, so only its ways to reach the network are taken over.
        network = [line for line in _run([_tool("apt-config"), "dump"]).splitlines() if _says_how_to_reach(line)]
        own = {
            "Dir::Etc::SourceList": self._folder / "sources.list", "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Main": "/dev/null", "Dir::Etc::Parts": "/dev/null", "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null", "Dir::State": self._folder,
            "Dir::State::Lists": self._folder / "lists", "Dir::State::status": "/dev/null",
            "Dir::State::extended_states": self._folder / "extended_states",
            "Dir::Cache": self._folder, "Dir::Cache::archives": self.archives, "Dir::Cache::pkgcache": "",
            "Dir::Cache::srcpkgcache": "", "Dir::Log": self._folder, "APT::Install-Recommends": "0",
            "APT::Architecture": architecture(), "APT::Sandbox::User": "root", "APT::Update::Error-Mode": "any",
            "Debug::NoLocking": "1", "Acquire::Languages": "none", "Acquire::Retries": "2",
            "Acquire::http::Timeout": "30", "Acquire::https::Timeout": "30",
        }
        return "\n".join([*network, *(f'{name} "{value}";' for name, value in own.items())]) + "\n"

    def _apt(self, verb: str, percent: Percent, *words: str) -> None:
        command = [_tool("apt-get"), "-q", "-y", "-o", "APT::Status-Fd=1", verb, *words]
        # APT_CONFIG is read before the host's files, and says that there are none.
        env = _plain_words() | {"APT_CONFIG": str(self._settings)}
        said: list[str] = []
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env) as apt:
            assert apt.stdout is not None
            for line in apt.stdout:
                said.append(line.rstrip())
                if line.startswith("dlstatus:"):
                    percent(float(line.split(":")[2]))
        if apt.returncode:
            raise _why("\n".join(said))


def _says_how_to_reach(line: str) -> bool:
    names = "Check-Valid-Until|Check-Date|ForceIPv4|ForceIPv6|https?::(Proxy|Verify|Ca|Timeout|SslCert|SslKey)"
    return re.match(rf"Acquire::({names})", line) is not None and not line.endswith(' "";')


def _why(said: str) -> FetchTrouble:
    words = _last_words(said)
    if _SIGNATURE.search(said):
        return SignatureBad(why=words)
    if "No space left" in said or "don't have enough free space" in said:
        return FetchTrouble(why="no space left on the disk. " + words)
    return MirrorUnreachable(why=words) if _NETWORK.search(said) else FetchTrouble(why=words)


def apt_of(folder: Path) -> PrivateApt:
    """A private apt whose lists are fresh, by the first mirror that answers.

    Raises: NoDebianSource; MirrorUnreachable, SignatureBad or FetchTrouble of the last mirror tried.
    """
    trouble: FetchTrouble = NoDebianSource()
    for mirror in mirrors():
        apt = PrivateApt(folder, mirror)
        try:
            apt.update()
        except FetchTrouble as why:
            trouble = why
            continue
        return apt
    raise trouble


def unpack(archives: Sequence[Path], into: Path, percent: Percent) -> dict[str, str]:
    """Unpack packages into a folder; returns the version of each by name.

    Set-user-id bits are dropped: nothing here is to be more than its caller, even when fetched by root.
    """
    into.mkdir(parents=True, exist_ok=True)
    tool, versions = _tool("dpkg-deb"), {}
    for number, archive in enumerate(archives, 1):
        name, version = _run([tool, "--show", "--showformat=${Package} ${Version}", str(archive)]).split()
        _run([tool, "-x", str(archive), str(into)])
        versions[name] = version
        percent(100 * number / len(archives))
    for path in into.rglob("*"):
        mode = path.lstat().st_mode
        if mode & 0o6000 and not path.is_symlink():
            path.chmod(mode & 0o1777)
    return versions
