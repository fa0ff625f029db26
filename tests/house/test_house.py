"""The house keeps its own rules: sizes, names, empty packages, nothing of one machine in the files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.house.features import PAGE, page

ROOT = Path(__file__).parents[2]
PACKAGES = ("switchroom", "demo")
LONGEST_FILE, LONGEST_STORY, LONGEST_FUNCTION = 600, 200, 40
MAY_BE_LONGER = 0.01
"""Share of functions that may be longer, up to twice as long."""


def sources(*roots: str) -> Iterator[Path]:
    for root in roots:
        yield from sorted((ROOT / root).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 1


def test_files_are_of_one_subject_and_the_loop_never_grows() -> None:
    for path in sources(*PACKAGES, "tests", "bench"):
        assert len(path.read_text().splitlines()) < LONGEST_FILE, path
    assert len((ROOT / "switchroom/engine/story.py").read_text().splitlines()) < LONGEST_STORY


def test_functions_are_small() -> None:
    lengths = {f"{path.name}:{f.name}": length(f) for path in sources(*PACKAGES) for f in functions(path)}
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}
    assert median(lengths.values()) < 8
    assert len(long) / len(lengths) < MAY_BE_LONGER, long
    assert all(lines < 2 * LONGEST_FUNCTION for lines in long.values()), long


def test_public_functions_and_classes_say_what_they_are_for() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in sources("switchroom")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_packages_are_empty_and_there_is_no_drawer() -> None:
    for path in sources(*PACKAGES):
        if path.name == "__init__.py":
            assert path.read_text() == "", path
        assert not re.search(r"util|helper|manager|misc|common", path.stem), path


def test_nothing_of_one_machine_stands_in_the_files() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    hosts = r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|mirror\.(?!example)[a-z]"
    found = [
        name
        for name in tracked
        if (ROOT / name).suffix in (".py", ".md", ".toml", ".lock", ".tsv", ".sh", "") and (ROOT / name).is_file()
        if re.search(rf"/(work|root)/|{hosts}", (ROOT / name).read_text(errors="ignore"))
        if name != "tests/house/test_house.py"
    ]
    assert found == []


def test_the_page_of_what_is_proven_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "run: python -m tests.house.features"
