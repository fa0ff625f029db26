"""A database is closed when nobody reads it any more: no connection is left open behind it."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.pool import QueuePool

from switchroom.storage.database import let_readers_finish, open_database


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'house.db'}")


def read_until(engine: Engine, over: threading.Event, begun: threading.Event) -> None:
    """A reader in its thread, which nobody waits for."""
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        begun.set()
        over.wait(20)


async def test_whoever_reads_still_finishes_first(engine: Engine) -> None:
    assert isinstance(engine.pool, QueuePool)
    over, begun = threading.Event(), threading.Event()
    reading = asyncio.create_task(asyncio.to_thread(read_until, engine, over, begun))
    await asyncio.to_thread(begun.wait, 20)
    waiting = asyncio.create_task(let_readers_finish(engine, within=20))
    await asyncio.sleep(0)
    assert not waiting.done()
    over.set()
    await waiting
    assert engine.pool.checkedout() == 0
    await reading
    engine.dispose()


async def test_a_reader_that_never_ends_is_not_waited_for_for_ever(engine: Engine) -> None:
    over, begun = threading.Event(), threading.Event()
    reading = asyncio.create_task(asyncio.to_thread(read_until, engine, over, begun))
    await asyncio.to_thread(begun.wait, 20)
    await let_readers_finish(engine, within=0.05)
    assert not reading.done()
    over.set()
    await reading
    engine.dispose()
