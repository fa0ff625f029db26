"""Our own recorded pieces of speech: the Russian words of numbers, and English nouns. They are part of the package."""

from pathlib import Path

from switchroom.domain.media import Piece
from switchroom.domain.speaking import OWN_EN, OWN_RU

SPOKEN = Path(__file__).parent / "sounds"
"""A piece named `switchroom/ru/sto` lies here in `switchroom/ru/sto.wav`."""


def sound_of(piece: Piece) -> str:
    """Where its sound lies, without its ending; a piece of the switch's own sets has only its name."""
    own = piece.name.startswith((f"{OWN_RU}/", f"{OWN_EN}/"))
    return str(SPOKEN / piece.name) if own else piece.name
