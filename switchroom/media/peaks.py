"""The wave form of a recording: how loud each of its two channels was, at about a thousand moments."""

import io

import numpy as np
import soundfile
from numpy.typing import NDArray

from switchroom.domain.shapes import Shape, dump, load
from switchroom.media.formats import Samples

POINTS = 1000
FULL = 255
"""The loudest point there can be."""
_AT_ONCE = 60 * 8000


class Peaks(Shape, frozen=True, kw_only=True):
    """`left` is what the customer said, `right` what they heard: the loudest of each stretch, 0 to FULL."""

    seconds: float
    left: list[int]
    right: list[int]


def peaks_of(sound: bytes, points: int = POINTS) -> Peaks:
    """Of a sound in one or two channels. A sound of fewer samples has fewer points."""
    with soundfile.SoundFile(io.BytesIO(sound)) as file:
        stretch = max(1, -(-file.frames // points))
        loudest = [_loudest(block, stretch) for block in file.blocks(_whole(stretch), dtype="float32", always_2d=True)]
        both = np.concatenate(loudest) if loudest else np.zeros((0, file.channels), np.float32)
        scaled = np.clip(np.rint(both * FULL), 0, FULL).astype(int)
        seconds = file.frames / file.samplerate
    return Peaks(seconds=round(seconds, 3), left=scaled[:, 0].tolist(), right=scaled[:, -1].tolist())


def _whole(stretch: int) -> int:
    """So many samples at once that each block holds whole stretches."""
    return stretch * max(1, _AT_ONCE // stretch)


def _loudest(block: Samples, stretch: int) -> NDArray[np.float32]:
    missing = -len(block) % stretch
    padded = np.pad(np.abs(block), ((0, missing), (0, 0)))
    loudest: NDArray[np.float32] = padded.reshape(-1, stretch, block.shape[1]).max(axis=1)
    return loudest


def written(peaks: Peaks) -> bytes:
    """As they are kept."""
    return dump(peaks)


def read(body: bytes) -> Peaks:
    """Back again."""
    found: Peaks = load(body, Peaks)
    return found
