"""Sounds that libsndfile does not read: AAC, M4A, WMA, WebM, AMR and others, decoded by FFmpeg (PyAV brings it along).

FFmpeg reads a hundred formats, some of which name other files and addresses. So which one it is is said by the first
octets, and by nothing in the file; only these few are ever opened, and only these codings are decoded.
"""

import io
from collections.abc import Iterator

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_WMA = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_CODINGS = frozenset({
    "aac", "aac_latm", "alac", "mp3", "mp3float", "mp2", "ac3", "eac3", "flac", "opus", "libopus", "vorbis",
    "wmav1", "wmav2", "wmapro", "wmalossless", "wmavoice", "amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb",
    "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_f32le", "pcm_alaw", "pcm_mulaw", "gsm", "gsm_ms",
})  # fmt: skip


class Foreign(Exception):
    """FFmpeg can't, or is not to, read it."""


def samples_of(data: bytes, rate: int) -> Iterator[Samples]:
    """Mono at this rate, piece by piece; nothing is kept, so a small file that swells takes little memory.

    Raises: Foreign, also in the middle.
    """
    form = _form_of(data)
    if form is None:
        raise Foreign("of no kind that we know")
    try:
        with av.open(io.BytesIO(data), "r", format=form, metadata_errors="ignore") as container:
            yield from _decoded(container, rate)
    except (av.error.FFmpegError, ValueError, IndexError, EOFError) as why:
        raise Foreign(str(why)) from why


def _decoded(container: av.container.InputContainer, rate: int) -> Iterator[Samples]:
    stream = next(iter(container.streams.audio), None)
    if stream is None or stream.codec_context.name not in _CODINGS:
        raise Foreign("without sound in it that we decode")
    resampler = AudioResampler(format="flt", layout="mono", rate=rate)
    for frame in container.decode(stream):
        yield from _mono(resampler, frame)
    yield from _mono(resampler, None)


def _mono(resampler: AudioResampler, frame: AudioFrame | None) -> Iterator[Samples]:
    for piece in resampler.resample(frame):
        yield np.nan_to_num(piece.to_ndarray().reshape(-1)).astype(np.float32)


def _form_of(data: bytes) -> str | None:
    """FFmpeg's name of the format whose first octets these are."""
    if data[4:8] == b"ftyp":
        return "mov"
    if data[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "aac"
    begins = {_WMA: "asf", b"\x1a\x45\xdf\xa3": "matroska", b"#!AMR": "amr", b"caff": "caf"}
    return next((form for head, form in begins.items() if data.startswith(head)), None)
