"""What can be played into a leg."""

from datetime import timedelta
from enum import StrEnum

from switchroom.domain.identity import PromptId
from switchroom.domain.shapes import Kind


class Prompt(Kind, frozen=True, kw_only=True):
    """A prompt of the library, in the language of the call."""

    prompt: PromptId


class Piece(Kind, frozen=True, kw_only=True):
    """A recorded piece of speech: of the language's own set, such as `digits/20`, or of ours."""

    name: str


class Tone(Kind, frozen=True, kw_only=True):
    """A named tone of the country: `busy`, `ring`, `congestion`, `beep`."""

    name: str


class Silence(Kind, frozen=True, kw_only=True):
    """Nothing, for a while."""

    lasting: timedelta


Sound = Prompt | Piece | Tone | Silence
"""What the switch plays."""


class Gender(StrEnum):
    """Of what is counted; matters in Russian only."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"


class Case(StrEnum):
    """What the phrase asks for: «у вас две заявки», «осталось около двух минут», «оставили одну заявку»."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    ACCUSATIVE = "accusative"


class Thing(StrEnum):
    """What can be counted."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    ROUBLE = "rouble"
    KOPECK = "kopeck"
    CALL = "call"
    REQUEST = "request"


class SaidNumber(Kind, frozen=True, kw_only=True):
    """A whole number, spoken; with a `thing` so many of it, in its own gender."""

    number: int
    thing: Thing | None = None
    gender: Gender = Gender.MASCULINE
    case: Case = Case.NOMINATIVE


class SaidMoney(Kind, frozen=True, kw_only=True):
    """An amount in roubles and kopecks, spoken."""

    kopecks: int
    case: Case = Case.NOMINATIVE


class SaidDigits(Kind, frozen=True, kw_only=True):
    """A phone or order number, spoken digit by digit; everything else in it is passed over."""

    text: str


Media = Sound | SaidNumber | SaidMoney | SaidDigits
"""What a scenario asks for; what is to be spoken becomes sounds in the language that the call has by then."""
