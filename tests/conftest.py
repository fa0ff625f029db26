"""Markers mean what they say: by folder, and by rows of the product's list that exist."""

from pathlib import Path

import pytest

from tests.house.features import known

ROOT = Path(__file__).parent
_BY_FOLDER = {"asterisk": "asterisk"}
"""Every test of the folder carries the marker."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to run while a marker is missing or names nothing."""
    numbers = known()
    for item in items:
        needed = _BY_FOLDER.get(item.path.relative_to(ROOT).parts[0])
        if needed and item.get_closest_marker(needed) is None:
            raise pytest.UsageError(f"{item.nodeid} needs the marker {needed}.")
        for marker in item.iter_markers("feature"):
            if len(marker.args) != 1 or marker.args[0] not in numbers:
                raise pytest.UsageError(f"{item.nodeid}: there is no feature {marker.args}.")
