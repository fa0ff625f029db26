"""One real house for all browser tests of a worker, and people at real browsers before its doors."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.asterisk.real_house import RealHouse
from tests.browser.visitor import Visitors, visitors


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
async def people(standing_house: RealHouse, tmp_path: Path) -> AsyncIterator[Visitors]:
    """Browsers."""
    async with visitors(standing_house.settings.address, tmp_path) as opened:
        yield opened
