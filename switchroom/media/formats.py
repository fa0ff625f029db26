"""Uploads of any usual kind, turned into what the switch plays: 8 kHz mono WAV, 16 bits."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from switchroom.domain.refusals import Refusal
from switchroom.domain.titles import Title
from switchroom.media import foreign

RATE = 8000
LARGEST = 25 * 1024 * 1024
LONGEST = timedelta(minutes=10)
SHORTEST = timedelta(milliseconds=100)
_MOST_CHANNELS = 8
_SILENT, _CLIPPED = 10 ** (-45 / 20), 0.999

Samples = NDArray[np.float32]


class NotSound(Refusal):
    """The file is none that we can read."""

    code = "sound.unreadable"
    status = 422
    en = "The file {name} is no sound that can be read. Upload WAV, MP3, M4A, AAC, WMA, Ogg, Opus, FLAC or WebM."
    ru = "Файл {name} не похож на звук. Загрузите WAV, MP3, M4A, AAC, WMA, Ogg, Opus, FLAC или WebM."


class SoundTooLong(Refusal):
    """Too long, too short, or too large."""

    code = "sound.size"
    status = 422
    en = "The sound {name} lasts {seconds} s. Between {least} s and {most} s are taken."
    ru = "Звук {name} длится {seconds} с. Принимается от {least} до {most} с."


class SoundTooLarge(Refusal):
    """More octets than are taken."""

    code = "sound.too_large"
    status = 413
    en = "The file {name} is larger than {most} MB."
    ru = "Файл {name} больше {most} МБ."


@dataclass(frozen=True, slots=True)
class Converted:
    """A sound for the switch, how long it lasts, and what a person should hear about it."""

    wav: bytes
    lasts: timedelta
    remarks: tuple[Title, ...]


def convert(data: bytes, name: str = "") -> Converted:
    """What the switch plays.

    Raises: NotSound, SoundTooLong, SoundTooLarge.
    """
    if len(data) > LARGEST:
        raise SoundTooLarge(name=name, most=LARGEST // 1024 // 1024)
    samples = _samples(data, name)
    lasts = timedelta(seconds=len(samples) / RATE)
    return Converted(wav_of(samples), lasts, _remarks(samples))


def wav_of(samples: Samples, rate: int = RATE) -> bytes:
    """Samples (frames, or frames by channels) as a WAV file of 16 bits."""
    out = io.BytesIO()
    soundfile.write(out, samples, rate, format="WAV", subtype="PCM_16")
    return out.getvalue()


def _samples(data: bytes, name: str) -> Samples:
    """Mono at our rate; read piece by piece, since an hour of silence in eight channels fits into a small file."""
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as sound:
            _check_length(sound.frames / sound.samplerate, name)
            if sound.channels > _MOST_CHANNELS:
                raise NotSound(name=name)
            samples = _fitted(sound, name)
    except (soundfile.LibsndfileError, RuntimeError, ValueError, TypeError):
        samples = _foreign(data, name)
    _check_length(len(samples) / RATE, name)
    return samples


def _foreign(data: bytes, name: str) -> Samples:
    """What libsndfile can't read, with the same care."""
    pieces, taken = [], 0
    try:
        for piece in foreign.samples_of(data, RATE):
            pieces.append(piece)
            taken += len(piece)
            if taken > (LONGEST.total_seconds() + 1) * RATE:
                _check_length(taken / RATE, name)
    except foreign.Foreign:
        raise NotSound(name=name) from None
    if not pieces:
        raise NotSound(name=name)
    fitted: Samples = np.clip(np.concatenate(pieces), -1.0, 1.0)
    return fitted


def _fitted(sound: soundfile.SoundFile, name: str) -> Samples:
    stream = soxr.ResampleStream(sound.samplerate, RATE, 1, dtype="float32")
    pieces = [stream.resample_chunk(block) for block in _seconds(sound, name)]
    pieces.append(stream.resample_chunk(np.zeros(0, np.float32), last=True))
    fitted: Samples = np.clip(np.concatenate(pieces), -1.0, 1.0).astype(np.float32)
    return fitted


def _seconds(sound: soundfile.SoundFile, name: str) -> Iterator[Samples]:
    """Second by second, in mono. By `read`: GSM can't be asked for its blocks."""
    taken, most = 0, LONGEST.total_seconds() + 1
    while len(block := sound.read(sound.samplerate, dtype="float32", always_2d=True)):
        taken += len(block)
        if taken > most * sound.samplerate:  # a header may lie
            _check_length(taken / sound.samplerate, name)
        yield np.nan_to_num(block.mean(axis=1)).astype(np.float32)


def _check_length(seconds: float, name: str) -> None:
    least, most = SHORTEST.total_seconds(), LONGEST.total_seconds()
    if not least <= seconds <= most:
        raise SoundTooLong(name=name, seconds=round(seconds, 1), least=least, most=int(most))


def _remarks(samples: Samples) -> tuple[Title, ...]:
    remarks = []
    if float(np.sqrt(np.mean(samples**2))) < _SILENT:
        remarks.append(Title("It is nearly silent.", "Почти тишина."))
    if float(np.mean(np.abs(samples) >= _CLIPPED)) > 0.001:
        remarks.append(Title("It is too loud and clipped.", "Слишком громко, звук обрезан."))
    return tuple(remarks)
