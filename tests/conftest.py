"""Markers mean what they say: where the real Asterisk runs, and rows of the product's list that exist."""

import pytest

from tests.house.features import known

_REAL = {"asterisk_root": "asterisk", "real": "asterisk", "standing_house": "browser"}
"""Whoever asks for one of these fixtures runs on the real thing, and says so by this marker."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to run while a marker is missing or names nothing."""
    numbers = known()
    for item in items:
        for marker in {_REAL[name] for name in getattr(item, "fixturenames", ()) if name in _REAL}:
            if item.get_closest_marker(marker) is None:
                raise pytest.UsageError(f"{item.nodeid} needs the marker {marker}.")
        for row in item.iter_markers("feature"):
            if len(row.args) != 1 or row.args[0] not in numbers:
                raise pytest.UsageError(f"{item.nodeid}: there is no feature {row.args}.")
