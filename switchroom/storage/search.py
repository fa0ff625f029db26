"""The index of calls that are over: which of them have all these words, the newest first.

A word is kept as a number of 32 bits. SQLite has the index in a full-text table without content, whose rows are in the
order of time. PostgreSQL has it in arrays under GIN, which knows no order: there a word is another one in each era of
twelve days, so that eras can be gone through from the newest on, and none gives more than the calls of its own time.
Neither needs an extension. What two words share by chance is sorted out by whoever reads the calls.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    TextClause,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from switchroom.domain.search import Words
from switchroom.storage.prepared import Prepared

CALL_WORDS = Table(
    "call_words",
    MetaData(),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    Column("words", ARRAY(Integer), nullable=False),
)
"""As PostgreSQL has it; not among the common tables, for SQLite's is of another kind."""
_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE call_words USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE call_words (no BIGINT PRIMARY KEY, words INTEGER[] NOT NULL)",
        "CREATE INDEX ix_call_words_words ON call_words USING gin (words)",
    ),
}
_LIST = {
    "sqlite": Prepared(text("INSERT INTO call_words (rowid, words) VALUES (:no, :words)")),
    "postgresql": Prepared(text("INSERT INTO call_words (no, words) VALUES (:no, CAST(:words AS INTEGER[]))")),
}
_ERA = 30
"""Bits of a call's number within an era: milliseconds of twelve days and a half."""
_NEWEST = 5000
"""So many of the newest are looked through before an index of no order is asked: what is common is found there."""


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers of calls from `low` to below `below`."""

    low: int
    below: int


def make_index(connection: Connection) -> None:
    """Make the table."""
    for statement in _MAKE[connection.dialect.name]:
        connection.execute(text(statement))


def listed(connection: Connection, calls: Mapping[int, Words]) -> None:
    """List these calls, each by its number, under its words; none of them was listed before."""
    if calls:
        dialect = connection.dialect.name
        rows = [{"no": no, "words": kept_as(dialect, no, words)} for no, words in calls.items()]
        _LIST[dialect].write(connection, rows)


def kept_as(dialect: str, no: int, words: Words) -> Any:
    """The words of a call as its row has them."""
    if dialect == "sqlite":
        return " ".join(_text(word) for word in words)
    return [_in_era(word, no >> _ERA) for word in words]


def having(connection: Connection, groups: Sequence[Words], span: Span, most: int) -> list[int]:
    """Numbers of calls with a word of each group, the newest first, at most so many."""
    by_dialect = _having_sqlite if connection.dialect.name == "sqlite" else _having_postgresql
    return by_dialect(connection, groups, span, most)


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return crc32(word.encode())


def _text(word: str) -> str:
    return f"{_number(word):x}"


def _in_era(word: str, era: int) -> int:
    """A number that the database takes, with its sign."""
    spread = (_number(word) ^ (era * 0x9E3779B1)) & 0xFFFFFFFF
    return spread - (1 << 32) if spread >> 31 else spread


_IN_ORDER = text(
    "SELECT rowid FROM call_words WHERE call_words MATCH :words AND rowid >= :low AND rowid < :below"
    " ORDER BY rowid DESC LIMIT :most"
)


def _having_sqlite(connection: Connection, groups: Sequence[Words], span: Span, most: int) -> list[int]:
    asked = " AND ".join(f"({' OR '.join(_text(word) for word in sorted(group))})" for group in groups)
    values = {"words": asked, "low": span.low, "below": span.below, "most": most}
    return list(connection.execute(_IN_ORDER, values).scalars())


def _having_postgresql(connection: Connection, groups: Sequence[Words], span: Span, most: int) -> list[int]:
    found: list[int] = []
    looked_through = False
    for era in _eras(connection, span):
        part = Span(max(span.low, era << _ERA), min(span.below, (era + 1) << _ERA))
        if not looked_through:
            looked_through = True
            near = list(connection.execute(_newest(groups, era), _bounds(part, most)).scalars())
            if len(near) == most:
                return near
        found += connection.execute(_by_index(groups, era), _bounds(part, most - len(found))).scalars()
        if len(found) == most:
            break
    return found


def _bounds(span: Span, most: int) -> dict[str, int]:
    return {"low": span.low, "below": span.below, "most": most}


def _eras(connection: Connection, span: Span) -> Iterator[int]:
    """Eras in which there are calls, the newest first."""
    below = span.below
    newest = select(func.max(CALL_WORDS.c.no)).where(CALL_WORDS.c.no < bindparam("below"))
    while (no := connection.execute(newest, {"below": below}).scalar()) is not None and no >= span.low:
        yield no >> _ERA
        below = (no >> _ERA) << _ERA


def _conditions(groups: Sequence[Words], era: int) -> str:
    """Numbers only, made by us: each is as well written out."""
    single = [_in_era(word, era) for group in groups if len(group) == 1 for word in group]
    several = [sorted(_in_era(word, era) for word in group) for group in groups if len(group) > 1]
    all_of = [f"words @> ARRAY{single}::int[]"] if single else []
    return " AND ".join(all_of + [f"words && ARRAY{ones}::int[]" for ones in several])


def _newest(groups: Sequence[Words], era: int) -> TextClause:
    return text(
        "SELECT no FROM (SELECT no, words FROM call_words WHERE no >= :low AND no < :below"
        f" ORDER BY no DESC LIMIT {_NEWEST}) AS newest WHERE {_conditions(groups, era)} ORDER BY no DESC LIMIT :most"
    )


def _by_index(groups: Sequence[Words], era: int) -> TextClause:
    """`no + 0`: not by the order of numbers, which would read all of an era to find that there is nothing."""
    return text(
        f"SELECT no FROM call_words WHERE {_conditions(groups, era)} AND no + 0 >= :low AND no + 0 < :below"
        " ORDER BY no + 0 DESC LIMIT :most"
    )
