"""Opening a house's database: SQLite by default, PostgreSQL for production; brought up to date by Alembic."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

_LOOK_AGAIN = 0.01
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str) -> Engine:
    """Open the database and bring its schema up to date.

    Args:
        url: `sqlite:///FILE`, `postgresql+psycopg://...`, or `sqlite://` for one that lives in memory.
    """
    in_memory = url == "sqlite://"
    engine = create_engine(url, poolclass=StaticPool) if in_memory else create_engine(url, pool_size=4)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _careful_sqlite)
    with engine.begin() as connection:
        migrate(connection)
    return engine


async def let_readers_finish(engine: Engine, within: float = 5.0) -> None:
    """Until nobody reads any more, at most so many seconds: who asked may have gone, but its thread reads on."""
    for _ in range(round(within / _LOOK_AGAIN)):
        if not isinstance(engine.pool, QueuePool) or not engine.pool.checkedout():
            return
        await asyncio.sleep(_LOOK_AGAIN)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to a revision, forwards only."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _careful_sqlite(raw: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Written is on disk, and erased is erased; readers do not hold up the writer."""
    cursor = raw.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
