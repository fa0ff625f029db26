"""Two halves of a recording become one: left is what came from the leg, right is what went to it.

Kept as a rule of recording says. Ogg Vorbis, if none does: every browser plays it, and a minute takes about a sixth of
what FLAC takes.
"""

import io
from datetime import timedelta

import numpy as np
import soundfile

from switchroom.domain.recording_rules import SoundFormat
from switchroom.media.formats import Samples


class HalfBroken(Exception):
    """A half is no WAV file."""


_WRITTEN = {
    SoundFormat.OGG: ("OGG", "VORBIS"),
    SoundFormat.MP3: ("MP3", "MPEG_LAYER_III"),
    SoundFormat.FLAC: ("FLAC", "PCM_16"),
    SoundFormat.WAV: ("WAV", "PCM_16"),
}
MEDIA_TYPES = {
    SoundFormat.OGG: "audio/ogg", SoundFormat.MP3: "audio/mpeg", SoundFormat.FLAC: "audio/flac",
    SoundFormat.WAV: "audio/wav",
}  # fmt: skip


def joined(came: bytes, went: bytes, form: SoundFormat = SoundFormat.OGG) -> tuple[bytes, timedelta]:
    """The stereo sound as a file, and how long it lasts. A half that is shorter is silent at its end.

    Raises: HalfBroken.
    """
    left, left_rate = samples_of(came)
    right, right_rate = samples_of(went)
    if left_rate != right_rate:
        raise HalfBroken(f"The halves differ: {left_rate} Hz and {right_rate} Hz.")
    both = np.zeros((max(len(left), len(right)), 2), dtype=np.float32)
    both[: len(left), 0] = left
    both[: len(right), 1] = right
    return written(both, left_rate, form), timedelta(seconds=len(both) / left_rate)


def written(samples: Samples, rate: int, form: SoundFormat) -> bytes:
    """Frames by channels as a file of this format."""
    out = io.BytesIO()
    container, coding = _WRITTEN[form]
    with soundfile.SoundFile(out, "w", rate, samples.shape[1], format=container, subtype=coding) as sound:
        for start in range(0, len(samples), rate):  # libsndfile crashes on very long blocks of Vorbis
            sound.write(samples[start : start + rate])
    return out.getvalue()


def samples_of(wav: bytes) -> tuple[Samples, int]:
    """The samples of one half, and how many make a second. Raises: HalfBroken."""
    try:
        samples, rate = soundfile.read(io.BytesIO(_with_its_length(wav)), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as why:
        raise HalfBroken(str(why)) from why
    return samples[:, 0], int(rate)


def _with_its_length(wav: bytes) -> bytes:
    """A file whose writer was killed says that it is empty: its sound is what stands after the header."""
    if wav[36:40] != b"data" or int.from_bytes(wav[40:44], "little") > 0:
        return wav
    return wav[:40] + (len(wav) - 44).to_bytes(4, "little") + wav[44:]
