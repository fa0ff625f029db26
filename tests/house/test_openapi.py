"""The browser client is typed by what the API really is."""

from tests.house import openapi


def test_the_client_knows_the_api_as_it_is() -> None:
    """Otherwise: `python -m tests.house.openapi`."""
    assert openapi.WRITTEN.read_text() == openapi.described()
