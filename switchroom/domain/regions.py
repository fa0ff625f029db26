"""Where a number is from: its country, and its region as the number plan tells it."""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException

UNKNOWN = "ZZ"
"""The country of what is no number of any country."""


def country_of(number: str) -> str | None:
    """The country of an E.164 number, two letters; None if nobody knows."""
    parsed = _parsed(number)
    return phonenumbers.region_code_for_number(parsed) if parsed else None


def region_of(number: str, language: str) -> str:
    """The region or town of an E.164 number in this language; the country where no more is known, or nothing."""
    from phonenumbers import geocoder  # half a second and 30 MB: only for who has rules that ask

    parsed = _parsed(number)
    return geocoder.description_for_number(parsed, language) if parsed else ""


def is_from(number: str, region: str) -> bool:
    """Whether what is known of the number's place, in either language, names this region."""
    wanted = region.casefold()
    return any(wanted in region_of(number, language).casefold() for language in ("ru", "en"))


@lru_cache(maxsize=4096)
def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number) if number.startswith("+") else None
    except NumberParseException:
        return None
