"""What does not fit in what was sent, in words of both languages, beside its field."""

from collections.abc import Sequence

from pydantic import BaseModel

from switchroom.domain.misfits import Error, told


class FieldFault(BaseModel):
    """One thing to mend in what was sent."""

    field: str
    en: str
    ru: str


def fields_of(errors: Sequence[Error]) -> list[FieldFault]:
    """Pydantic's errors as faults beside their fields; what was sent is not repeated."""
    return [FieldFault(field=field, en=title.en, ru=title.ru) for field, title in told(errors)]
