"""Rows that are put in their place whether there was one before or not, on SQLite and PostgreSQL alike."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import Insert


def upsert(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], only_new: frozenset[str] = frozenset()
) -> None:
    """Write each row, in order, over the one of the same primary key; all rows have the same columns.

    `only_new` names columns that an older row keeps.
    """
    if rows:
        connection.execute(_wish(table, connection.dialect.name, frozenset(rows[0]) - only_new), rows)


@lru_cache
def _wish(table: Table, dialect: str, columns: frozenset[str]) -> Insert:
    keys = [column.name for column in table.primary_key]
    wish = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    changed = {name: wish.excluded[name] for name in sorted(columns.difference(keys))}
    return wish.on_conflict_do_update(index_elements=keys, set_=changed)
