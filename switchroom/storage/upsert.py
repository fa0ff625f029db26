"""Rows that are put in their place whether there was one before or not, on SQLite and PostgreSQL alike."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from switchroom.storage.prepared import Prepared


def upsert(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], only_new: frozenset[str] = frozenset()
) -> None:
    """Write each row, in order, over the one of the same primary key; all rows have the same columns.

    `only_new` names columns that an older row keeps.
    """
    if rows:
        _prepared(table, connection.dialect.name, tuple(rows[0]), only_new).write(connection, rows)


def insert_new(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Write a row unless there is one of the same `id`: the same again changes nothing."""
    there = connection.execute(select(table.c.id).where(table.c.id == row["id"])).scalar_one_or_none()
    if there is None:
        connection.execute(insert(table).values(**row))


@lru_cache
def _prepared(table: Table, dialect: str, columns: tuple[str, ...], only_new: frozenset[str]) -> Prepared:
    keys = [column.name for column in table.primary_key]
    wish = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    changed = {name: wish.excluded[name] for name in columns if name not in {*keys, *only_new}}
    return Prepared(wish.on_conflict_do_update(index_elements=keys, set_=changed), columns)
