"""Statements compiled once and handed to the driver: at every save, building them anew costs more than the writing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Boolean, Connection, Dialect, Float, LargeBinary
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

Values = Mapping[str, Any]
T = TypeVar("T")
_TAKEN_AS_THEY_ARE = (LargeBinary, Float, Boolean)
"""By both drivers."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What the driver of a dialect is given. `convert` has the columns whose values it does not take as they are."""

    sql: str
    arranged: Callable[[Values], Any]
    convert: Mapping[str, Callable[[Any], Any]]

    def filled(self, values: Values) -> Any:
        if self.convert:
            values = {**values, **{name: make(values[name]) for name, make in self.convert.items() if name in values}}
        return self.arranged(values)

    def written(self, cursor: DBAPICursor, rows: Sequence[Values]) -> int:
        if len(rows) == 1:
            cursor.execute(self.sql, self.filled(rows[0]))
        else:
            cursor.executemany(self.sql, [self.filled(row) for row in rows])
        return cursor.rowcount

    def read(self, cursor: DBAPICursor, values: Values) -> Sequence[Any]:
        cursor.execute(self.sql, self.filled(values))
        return cursor.fetchall()


class Prepared:
    """One statement. `columns` are those that an INSERT fills. The driver's own errors come out as they are."""

    def __init__(self, statement: ClauseElement, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._texts: dict[str, _Text] = {}

    def write(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Once for each row; returns how many rows of the table that concerned."""
        return _with_cursor(connection, self._text(connection.dialect).written, rows)

    def read(self, connection: Connection, **values: Any) -> Sequence[Any]:
        """The rows, as the driver gives them."""
        return _with_cursor(connection, self._text(connection.dialect).read, values)

    def _text(self, dialect: Dialect) -> _Text:
        made = self._texts.get(dialect.name)
        if made is None:
            made = self._texts[dialect.name] = _compiled(self._statement, self._columns, dialect)
        return made


def _compiled(statement: ClauseElement, columns: list[str] | None, dialect: Dialect) -> _Text:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    types = {name: bind.type for name, bind in compiled.binds.items() if not isinstance(bind.type, _TAKEN_AS_THEY_ARE)}
    converters = {name: type_.dialect_impl(dialect).bind_processor(dialect) for name, type_ in types.items()}
    convert = {name: make for name, make in converters.items() if make is not None}
    return _Text(compiled.string, _arranging(compiled.positiontup), convert)


def _arranging(positions: Sequence[str] | None) -> Callable[[Values], Any]:
    """How a driver that counts its parameters is given values by name."""
    match positions:
        case None:
            return lambda values: values
        case [only]:
            return lambda values: (values[only],)
        case _:
            return itemgetter(*positions)


def _with_cursor(connection: Connection, do: Callable[[DBAPICursor, Any], T], given: Any) -> T:
    raw = connection.connection
    cursor = raw.cursor()
    try:
        return do(cursor, given)
    except Exception as why:
        driver = connection.dialect.loaded_dbapi
        if isinstance(why, driver.Error) and connection.dialect.is_disconnect(why, raw, cursor):
            connection.invalidate(why)
        raise
    finally:
        cursor.close()
