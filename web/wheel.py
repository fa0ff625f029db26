"""Lets a wheel and a source archive carry the built pages: hatch asks this before it packs.

A source archive holds them beside their sources, so that a wheel can be made of it where there is no Node.
"""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_WEB = Path(__file__).resolve().parent
_PLACE = {"wheel": "switchroom/pages", "sdist": "web/dist"}
"""Where the pages lie in each of them; `settings.py` looks for the first."""


class Pages(BuildHookInterface):  # type: ignore[type-arg]  # hatch reads no more of it
    """Builds the pages, unless they are what their sources say, and has them packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable install needs none: the clone has its own."""
        if version == "editable":
            return
        _build()
        build_data["force_include"][str(_WEB / "dist")] = _PLACE[self.target_name]


def _build() -> None:
    """By `build.py`, which no package knows by name. Raises: NotBuilt."""
    found = importlib.util.spec_from_file_location("build_pages", _WEB / "build.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    module.build()
