"""What is installed elsewhere works there: the wheel carries the built pages, and a source archive can become one."""

import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
DIST = ROOT / "web" / "dist"


def built_pages() -> set[str]:
    """All files of the built client, by their path in it."""
    return {path.relative_to(DIST).as_posix() for path in DIST.rglob("*") if path.is_file()}


@pytest.mark.timeout(300)
def test_the_wheel_carries_the_pages_and_all_that_the_program_reads(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        assert packed.read("switchroom/pages/index.html") == (DIST / "index.html").read_bytes()
    assert {f"switchroom/pages/{name}" for name in built_pages()} <= names
    assert any(name.endswith(".js.br") for name in names)
    assert any(name.startswith("switchroom/media/sounds/") for name in names)
    assert any(name.startswith("switchroom/storage/migrations/versions/") for name in names)
    assert not {name for name in names if name.startswith(("web/", "tests/")) or "node_modules" in name}


@pytest.mark.timeout(300)
def test_a_source_archive_has_the_pages_beside_their_sources(tmp_path: Path) -> None:
    (archive,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {f"web/dist/{name}" for name in built_pages()} <= names
    assert {"web/build.py", "web/wheel.py", "web/package-lock.json", "web/src/main.tsx"} <= names
    assert not {name for name in names if "node_modules" in name or name.startswith(".cache/")}
