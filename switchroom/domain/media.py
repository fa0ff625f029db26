"""What can be played into a leg."""

from datetime import timedelta

from switchroom.domain.identity import PromptId
from switchroom.domain.shapes import Kind


class Prompt(Kind, frozen=True, kw_only=True):
    """A prompt of the library, in the language of the call."""

    prompt: PromptId


class Piece(Kind, frozen=True, kw_only=True):
    """A recorded piece of the language's own set, such as `digits/20`."""

    name: str


class Tone(Kind, frozen=True, kw_only=True):
    """A named tone of the country: `busy`, `ring`, `congestion`, `beep`."""

    name: str


class Silence(Kind, frozen=True, kw_only=True):
    """Nothing, for a while."""

    lasting: timedelta


Media = Prompt | Piece | Tone | Silence
