"""A message as it is kept: what came from the caller's leg, and whether anything at all was said."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from switchroom.domain.recording_rules import SoundFormat
from switchroom.media.formats import Samples
from switchroom.media.stereo import samples_of, written

_FRAME = timedelta(milliseconds=20)
_HEARD = 10 ** (-50 / 20)
"""A frame that is louder was somebody, or something; silence on a line lies far below."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sound as a file, how long it lasts, and whether nobody said a word."""

    sound: bytes
    lasts: timedelta
    silent: bool


def spoken(came: bytes) -> Spoken:
    """From the half of a recording that came from the leg. Raises: HalfBroken."""
    samples, rate = samples_of(came)
    sound = written(samples.reshape(-1, 1), rate, SoundFormat.OGG)
    return Spoken(sound, timedelta(seconds=len(samples) / rate), _is_silent(samples, rate))


def _is_silent(samples: Samples, rate: int) -> bool:
    frame = int(rate * _FRAME.total_seconds())
    whole = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return not len(whole) or float(np.sqrt(np.mean(whole**2, axis=1)).max()) < _HEARD
