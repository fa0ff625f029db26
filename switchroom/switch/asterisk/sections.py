"""Sections of Asterisk's configuration files. Values were refused before if they could mean something else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Section:
    """One `[name]` with its lines in order; a key may come more than once."""

    name: str
    lines: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """As written in a file."""
        # `= ` with the space: a value that begins with `>` would else be read as `=>` and lose it.
        return f"[{self.name}]\n" + "".join(f"{key} = {value}\n" for key, value in self.lines)


def section(name: str, values: Mapping[str, Value | Iterable[str]]) -> Section:
    """A section; yes and no for booleans, a line for each of several values, none for an empty text."""
    lines = [(key, word) for key, value in values.items() for word in _words(value) if word]
    return Section(name, tuple(lines))


def _words(value: Value | Iterable[str]) -> Iterable[str]:
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return (str(value),) if isinstance(value, str | int) else value


def file(sections: Iterable[Section]) -> str:
    """The text of a file."""
    return "\n".join(part.text() for part in sections)
