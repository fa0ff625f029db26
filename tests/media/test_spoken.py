"""Our recorded pieces: one for every word that can be needed, heard, telephone sound, and part of the package."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from switchroom.domain.media import Piece
from switchroom.domain.speaking import every_noun_en, every_word_ru, piece_of, piece_of_en
from switchroom.media.spoken import SPOKEN, sound_of

PIECES = [piece_of(word) for word in every_word_ru()] + [piece_of_en(noun) for noun in every_noun_en()]


@pytest.mark.feature("S3")
@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name)
def test_every_piece_is_there_is_heard_and_is_short(piece: Piece) -> None:
    samples, rate = soundfile.read(f"{sound_of(piece)}.wav", dtype="float32", always_2d=True)
    assert (rate, samples.shape[1]) == (8000, 1)
    assert 0.15 < len(samples) / rate < 1.5
    assert float(np.sqrt(np.mean(samples**2))) > 0.03
    assert float(np.abs(samples).max()) < 0.95
    first = np.abs(samples[: rate // 20]).max()
    assert first > 0.01, "no silence before the word"


def test_nothing_lies_there_that_is_never_said() -> None:
    there = {path.relative_to(SPOKEN).with_suffix("").as_posix() for path in SPOKEN.rglob("*.wav")}
    assert there == {piece.name for piece in PIECES}


def test_a_piece_of_asterisk_has_only_its_name_and_ours_a_place() -> None:
    assert sound_of(Piece(name="digits/20")) == "digits/20"
    assert Path(sound_of(piece_of("сто"))).is_absolute()
