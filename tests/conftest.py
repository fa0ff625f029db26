"""Markers mean what they say: where the real Asterisk runs, and rows of the product's list that exist.

And one real house for all tests of a worker that leave it as they found it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings

from tests.asterisk.real_house import RealHouse
from tests.house.features import known

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("searching", derandomize=False, max_examples=1000)
settings.load_profile("repeatable")
"""`./test` tries the same cases each time: what fails has changed. `./test --long` searches for new ones."""

_REAL = {"asterisk_root": ("asterisk",), "real": ("asterisk",), "standing_house": ("asterisk", "browser")}
"""Whoever asks for one of these fixtures runs on the real thing, and says so by one of these markers."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is asked of a house at its doors can be asked of one on PostgreSQL."""
    parser.addoption("--postgres", action="store_true", help="tests/api on PostgreSQL instead of SQLite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to run while a marker is missing or names nothing."""
    numbers = known()
    for item in items:
        for markers in {_REAL[name] for name in getattr(item, "fixturenames", ()) if name in _REAL}:
            if not any(item.get_closest_marker(marker) for marker in markers):
                raise pytest.UsageError(f"{item.nodeid} needs the marker {' or '.join(markers)}.")
        for row in item.iter_markers("feature"):
            if len(row.args) != 1 or row.args[0] not in numbers:
                raise pytest.UsageError(f"{item.nodeid}: there is no feature {row.args}.")


@pytest.fixture(scope="session")
def standing_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    """Started once. Tests must leave it running; what they may leave on its desks is cleared away."""
    house = RealHouse(tmp_path_factory.mktemp("house"))
    asyncio.run(house.start())
    yield house
    asyncio.run(house.stop())


@pytest_asyncio.fixture
async def house(standing_house: RealHouse) -> AsyncIterator[RealHouse]:
    """The house, with nobody in it."""
    yield standing_house
    await standing_house.empty()


@pytest_asyncio.fixture
async def real(tmp_path: Path) -> AsyncIterator[RealHouse]:
    """A house of its own, started as a user starts it: for tests that kill it, or look at all that is in it."""
    made = RealHouse(tmp_path)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
