"""Telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchroom.domain.numbers import E164, masked, shown, to_e164


@pytest.mark.parametrize(("text", "country", "number"), [
    ("8 (916) 123-45-67", "RU", "+79161234567"), ("79161234567", "RU", "+79161234567"),
    ("9161234567", "RU", "+79161234567"), ("+44 20 7946 0958", "RU", "+442079460958"),
    ("442079460958", "RU", "+442079460958"), ("8101442079460958", "RU", None), ("101", "RU", None), ("", "RU", None),
    ("+7916;drop", "RU", None), ("anonymous", "RU", None), ("020 7946 0958", "GB", "+442079460958"),
])
def test_numbers_of_people_and_carriers_become_e164(text: str, country: str, number: str | None) -> None:
    assert to_e164(text, country) == number


@given(st.text(max_size=60))
def test_hostile_text_is_no_number_and_breaks_nothing(text: str) -> None:
    found = to_e164(text, "RU")
    assert found is None or (found.startswith("+") and found[1:].isdigit())


def test_a_number_is_read_nationally_at_home_and_internationally_abroad() -> None:
    assert shown(E164("+79161234567"), "RU") == "8 (916) 123-45-67"
    assert shown(E164("+79161234567"), "GB") == "+7 916 123-45-67"


def test_a_masked_number_can_be_known_again_and_not_called() -> None:
    assert masked("+79161234567") == "+7••••••••67"
    assert masked("101") == "101"
