"""Which rows of the product's list are proven by which kinds of test.

`python -m tests.house.features` writes the page.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST, PAGE = ROOT / "docs" / "features.tsv", ROOT / "docs" / "features.md"
KINDS = ("laws", "domain", "stories", "crash", "storage", "media", "api", "demo", "asterisk", "browser", "house")
_HEAD = """# What is proven

Made by `python -m tests.house.features` from the tests themselves; a test fails while it is out of date. A number is
how many tests of that kind carry the row's mark. A row counts as *touched*, not as done: what is still missing from it
stands in the issues.

"""


def known() -> dict[str, str]:
    """Title of each row, by its number."""
    lines = LIST.read_text().splitlines()[1:]
    return dict(line.split("\t", 1) for line in lines)


def marked() -> Iterator[tuple[str, str]]:
    """Kind of test and row, for each mark."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        kind = path.relative_to(ROOT / "tests").parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from ((kind, number) for number in _numbers(node))


def _numbers(test: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "feature":
            for argument in mark.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


def page() -> str:
    """The page as it should be."""
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, number in marked():
        counts[number][kind] += 1
    rows = [f"| {number} | {title} | {_told(counts[number])} |" for number, title in known().items()]
    touched = sum(1 for number in known() if counts[number])
    return (
        _HEAD + f"{touched} of {len(rows)} rows are touched by a test.\n\n| row | title | tests |\n|---|---|---|\n"
        + "\n".join(rows) + "\n"
    )  # fmt: skip


def _told(by_kind: dict[str, int]) -> str:
    return ", ".join(f"{kind} {by_kind[kind]}" for kind in KINDS if by_kind.get(kind)) or "not yet"


if __name__ == "__main__":
    PAGE.write_text(page())
