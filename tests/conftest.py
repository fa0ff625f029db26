"""Markers mean what they say: where the real Asterisk runs, and rows of the product's list that exist."""

import pytest

from tests.house.features import known

_REAL = frozenset({"asterisk_root", "real"})
"""Whoever asks for one of these fixtures runs on the real Asterisk, and says so."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to run while a marker is missing or names nothing."""
    numbers = known()
    for item in items:
        if _REAL & set(getattr(item, "fixturenames", ())) and item.get_closest_marker("asterisk") is None:
            raise pytest.UsageError(f"{item.nodeid} needs the marker asterisk.")
        for marker in item.iter_markers("feature"):
            if len(marker.args) != 1 or marker.args[0] not in numbers:
                raise pytest.UsageError(f"{item.nodeid}: there is no feature {marker.args}.")
