"""What of a table became nothing, answered."""

from collections.abc import Iterable

from pydantic import BaseModel

from switchroom.api.words import Words, words
from switchroom.domain.sheets import BadLine


class BadLineOut(BaseModel):
    """A line of the file that became nothing: its number from 1 on, as it was, and what is wrong."""

    line: int
    text: str
    why: Words


def bad_lines(lines: Iterable[BadLine]) -> list[BadLineOut]:
    """Each of these lines."""
    return [BadLineOut(line=one.line, text=one.text, why=words(one.why)) for one in lines]
