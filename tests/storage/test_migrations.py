"""Every schema that ever was leads to the one of today, with all that lies in it, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Column, Engine, LargeBinary, MetaData, Table, create_engine, insert, select
from sqlalchemy.types import Float, Integer, String

from switchroom.domain.identity import StoryId
from switchroom.domain.replay import read
from switchroom.domain.shapes import dump
from switchroom.storage import database as opening
from switchroom.storage.database import migrate
from switchroom.storage.ledger import Ledger
from switchroom.storage.schema import METADATA
from tests.stories.record import FOLDER

SCRIPTS = ScriptDirectory(str(Path(opening.__file__).parent / "migrations"))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
VALUES: tuple[tuple[type, Any], ...] = (
    (Boolean, False), (Integer, 7), (Float, 1764000000.5), (LargeBinary, b"{}"), (JSON, {"a": [1, None]}),
    (String, "x"),
)  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    file = f"sqlite:///{tmp_path}/old.db"
    engine = create_engine(file if request.param == "sqlite" else request.getfixturevalue("emptied_postgres"))
    yield engine
    engine.dispose()


def at(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        migrate(connection, revision)


def tables(engine: Engine) -> list[Table]:
    found = MetaData()
    found.reflect(engine)
    apart = ("alembic_version", "call_words")
    return [table for table in found.sorted_tables if not table.name.startswith(apart)]


def not_of_the_index(name: str | None, kind: str, _: object) -> bool:
    """The index of words is of another kind in each database, and made apart."""
    return kind != "table" or name is None or not name.startswith("call_words")


def value_of(column: Column[Any]) -> Any:
    if column.name == "body" and not isinstance(column.type, LargeBinary):
        return {"a": [1, None]}
    return next(value for kind, value in VALUES if isinstance(column.type, kind))


def rows(engine: Engine, table: Table, columns: list[str]) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        chosen = select(*(table.c[name] for name in columns))
        return [dict(row._mapping) for row in connection.execute(chosen)]


def test_there_is_one_line_of_revisions_from_the_first_to_the_last() -> None:
    assert [f"{n:04d}" for n in range(1, len(REVISIONS) + 1)] == REVISIONS
    assert len(SCRIPTS.get_heads()) == 1


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_that_time_becomes_one_of_today_and_keeps_its_rows(bare: Engine, revision: str) -> None:
    at(bare, revision)
    kept: dict[str, dict[str, Any]] = {}
    with bare.begin() as connection:
        for table in tables(bare):
            kept[table.name] = {column.name: value_of(column) for column in table.columns}
            connection.execute(insert(table).values(kept[table.name]))
    assert kept
    at(bare, "head")
    with bare.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": not_of_the_index})
        assert compare_metadata(context, METADATA) == []
    today = {table.name: table for table in tables(bare)}
    for name, row in kept.items():
        (found,) = rows(bare, today[name], list(row))
        assert found == row, name


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*served-and-carded.json")), ids=lambda path: path.stem)
def test_a_call_that_lived_in_the_first_schema_is_read_by_the_ledger_of_today(bare: Engine, path: Path) -> None:
    stored = read(path.read_bytes())
    at(bare, REVISIONS[0])
    with bare.begin() as connection:
        known = {table.name: table for table in tables(bare)}
        for seq, fact in enumerate(stored.told, start=1):
            row = {"seq": seq, "at": 1764000000.0 + seq, "story": stored.story, "body": dump(fact)}
            connection.execute(insert(known["facts"]).values(row))
        body = dump(stored.states[-1].state)
        connection.execute(insert(known["stories"]).values(id=stored.story, over=False, body=body))
    at(bare, "head")
    ledger = Ledger(bare, "today")
    assert tuple(kept.fact for kept in ledger.facts_of(StoryId(stored.story))) == stored.told
    (living,) = ledger.living()
    assert living.id == stored.story
