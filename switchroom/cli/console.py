"""Talking to the person at the terminal, in Russian or English as the terminal is set."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from switchroom.domain.titles import Title

LANGUAGE: Literal["ru", "en"] = (
    "ru" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).lower().startswith("ru") else "en"
)
_err = Console(stderr=True, highlight=False, soft_wrap=True)
_out = Console(highlight=False, soft_wrap=True)


def say(words: Title) -> None:
    """Something that the person should know."""
    _err.print(words.in_(LANGUAGE), markup=False)


def show(text: str) -> None:
    """What was asked for; goes to standard output."""
    _out.print(text, markup=False)


def complain(words: str) -> None:
    """Why it can't go on, and what to do."""
    _err.print(words, style="red" if sys.stderr.isatty() else None, markup=False)


Advance = Callable[[str, float], None]


@contextmanager
def progress() -> Iterator[Advance]:
    """A bar for each step on a terminal, a line for each step elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, TimeElapsedColumn(), console=_err, transient=True) as bars:
        tasks = {}

        def advance(step: str, part: float) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=1.0)
            bars.update(tasks[step], completed=part)

        yield advance


def _lines() -> Advance:
    begun: set[str] = set()

    def advance(step: str, part: float) -> None:
        if step not in begun:
            begun.add(step)
            _err.print(f"{step} ...", markup=False)

    return advance
