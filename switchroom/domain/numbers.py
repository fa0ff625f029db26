"""Telephone numbers: E.164 inside, as people and carriers write them outside."""

import re
from typing import NewType

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

E164 = NewType("E164", str)
"""`+` and 7 to 15 digits."""

LONGEST = 40
_DIALABLE = re.compile(r"^[0-9+*#() .\-]+$")
_E164 = re.compile(r"^\+[1-9][0-9]{6,14}$")
_INTERNATIONAL = re.compile(r"^[1-9][0-9]{9,14}$")


def to_e164(text: str, country: str) -> E164 | None:
    """A number as people or carriers of this country write it; None if it is none that exists by its plan.

    Carriers often leave the `+` out (`74951234567`): what is no number of the country is tried as international.
    """
    if len(text) > LONGEST or not _DIALABLE.match(text):
        return None
    return _parsed(text, country) or (_parsed("+" + text, country) if _INTERNATIONAL.match(text) else None)


def _parsed(text: str, country: str) -> E164 | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return E164(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def is_e164(text: str) -> bool:
    """Whether this is a whole number as we keep it; one of us has an extension instead."""
    return _E164.match(text) is not None


def shown(number: E164, country: str) -> str:
    """As a person of this country reads it: their own numbers nationally, others internationally."""
    parsed = phonenumbers.parse(number)
    own = parsed.country_code == phonenumbers.country_code_for_region(country)
    form = PhoneNumberFormat.NATIONAL if own else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def masked(text: str) -> str:
    """All but the country's beginning and the last two digits: enough to know a customer again, too little to call."""
    digits = sum(c.isdigit() for c in text)
    if digits < 5:
        return text
    kept, seen = {0, digits - 2, digits - 1}, -1
    out = []
    for character in text:
        seen += character.isdigit()
        out.append("•" if character.isdigit() and seen not in kept else character)
    return "".join(out)
