"""Sound of a telephone: G.711, tones, and what is heard in what was received. 8 kHz, 16 bits."""

import io
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

RATE = 8000
FRAME = 160
"""Samples of 20 ms."""
Samples = NDArray[np.int16]

PCMU, PCMA, EVENTS = 0, 8, 101
NAMES = {PCMA: "PCMA", PCMU: "PCMU"}


def _alaw_table() -> Samples:
    """Decoding of A-law. Source: ITU-T G.711, table 1a."""
    codes = np.arange(256, dtype=np.int32) ^ 0x55
    exponent, mantissa = (codes >> 4) & 7, codes & 15
    linear = np.where(exponent == 0, (mantissa << 4) + 8, ((mantissa << 4) + 0x108) << np.maximum(exponent - 1, 0))
    return np.where(codes & 0x80, linear, -linear).astype(np.int16)


def _ulaw_table() -> Samples:
    """Decoding of u-law. Source: ITU-T G.711, table 2a."""
    codes = ~np.arange(256, dtype=np.int32) & 0xFF
    exponent, mantissa = (codes >> 4) & 7, codes & 15
    linear = (((mantissa << 3) + 0x84) << exponent) - 0x84
    return np.where(codes & 0x80, -linear, linear).astype(np.int16)


def _nearest(decoding: Samples) -> NDArray[np.uint8]:
    """For each of 65,536 values the code that decodes nearest to it."""
    order = np.argsort(decoding, kind="stable")
    levels = decoding[order].astype(np.int32)
    borders = (levels[1:] + levels[:-1]) / 2
    values = np.arange(-32768, 32768)
    return order[np.searchsorted(borders, values)].astype(np.uint8)


_DECODE = {PCMA: _alaw_table(), PCMU: _ulaw_table()}
_ENCODE = {codec: _nearest(table) for codec, table in _DECODE.items()}


def encode(samples: Samples, codec: int) -> bytes:
    """As G.711, one octet a sample."""
    return _ENCODE[codec][samples.astype(np.int32) + 32768].tobytes()


def decode(octets: bytes, codec: int) -> Samples:
    """Back again."""
    return _DECODE[codec][np.frombuffer(octets, dtype=np.uint8)]


def tone(frequency: float, seconds: float = 1.0, level: float = 0.3) -> Samples:
    """A sine; `level` from 0 to 1."""
    moments = np.arange(int(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * frequency * moments) * level * 32767).astype(np.int16)


def loudness_of(samples: Samples, frequency: float) -> float:
    """Level from 0 to 1 of this frequency (within 20 Hz) in the sound; by FFT with a Hann window."""
    if len(samples) < FRAME:
        return 0.0
    window = np.hanning(len(samples))
    spectrum = np.abs(np.fft.rfft(samples / 32768.0 * window)) / (window.sum() / 2)
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    near = np.abs(frequencies - frequency) <= max(20.0, RATE / len(samples))
    return float(spectrum[near].max(initial=0.0))


def read(path: Path | io.BytesIO) -> Samples:
    """A sound file of any rate, as a phone would say it."""
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = sound.mean(axis=1)
    fitted = mono if rate == RATE else soxr.resample(mono, rate, RATE)
    samples: Samples = (np.clip(fitted, -1, 1) * 32767).astype(np.int16)
    return samples
