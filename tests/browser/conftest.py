"""People at real browsers before the doors of a real house."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.asterisk.real_house import RealHouse
from tests.browser.at_set_up import Plan, at_set_up
from tests.browser.visitor import Visitors, visitors


@pytest_asyncio.fixture
async def people(standing_house: RealHouse, tmp_path: Path) -> AsyncIterator[Visitors]:
    """Browsers."""
    async with visitors(standing_house.settings.address, tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture
async def plan(house: RealHouse, people: Visitors) -> AsyncIterator[Plan]:
    """An administrator at the set-up; what they make is gone after the test."""
    async with at_set_up(house, people) as opened:
        yield opened
