"""Statements compiled once and handed to the driver: at every save, building them anew costs more than the writing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Text:
    """What the driver of a dialect is given. `convert` has the columns whose values it does not take as they are."""

    sql: str
    positions: tuple[str, ...] | None
    convert: Mapping[str, Callable[[Any], Any]]

    def filled(self, values: Values) -> Any:
        if self.convert:
            values = {**values, **{name: make(values[name]) for name, make in self.convert.items() if name in values}}
        return values if self.positions is None else [values[name] for name in self.positions]


class Prepared:
    """One statement. `columns` are those that an INSERT fills. The driver's own errors come out as they are."""

    def __init__(self, statement: ClauseElement, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._texts: dict[str, _Text] = {}

    def write(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Once for each row; returns how many rows of the table that concerned."""
        text = self._text(connection.dialect)
        with _cursor(connection) as cursor:
            cursor.executemany(text.sql, [text.filled(row) for row in rows])
            return cursor.rowcount

    def read(self, connection: Connection, **values: Any) -> Sequence[Any]:
        """The rows, as the driver gives them."""
        text = self._text(connection.dialect)
        with _cursor(connection) as cursor:
            cursor.execute(text.sql, text.filled(values))
            return cursor.fetchall()

    def _text(self, dialect: Dialect) -> _Text:
        made = self._texts.get(dialect.name)
        if made is None:
            made = self._texts[dialect.name] = _compiled(self._statement, self._columns, dialect)
        return made


def _compiled(statement: ClauseElement, columns: list[str] | None, dialect: Dialect) -> _Text:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    converters = {name: type_.bind_processor(dialect) for name, type_ in types.items()}
    positions = tuple(compiled.positiontup) if compiled.positiontup is not None else None
    return _Text(compiled.string, positions, {name: make for name, make in converters.items() if make is not None})


@contextmanager
def _cursor(connection: Connection) -> Iterator[DBAPICursor]:
    raw = connection.connection
    cursor = raw.cursor()
    try:
        yield cursor
    except Exception as why:
        driver = connection.dialect.loaded_dbapi
        if isinstance(why, driver.Error) and connection.dialect.is_disconnect(why, raw, cursor):
            connection.invalidate(why)
        raise
    finally:
        cursor.close()
