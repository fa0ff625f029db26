"""Writes what the API says of itself for the browser client: `python -m tests.house.openapi`."""

import json
from pathlib import Path

from switchroom.api.app import described_app

WRITTEN = Path(__file__).parents[2] / "web" / "openapi.json"


def described() -> str:
    """The OpenAPI description, in a form whose lines can be compared."""
    return json.dumps(described_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    WRITTEN.write_text(described())
