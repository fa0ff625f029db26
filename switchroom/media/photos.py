"""Photos of people: whatever comes is decoded with care, cut to a small square and written anew.

What is written holds the picture and nothing else: no place, no camera, no hidden text of the upload. FFmpeg (PyAV
brings it along) decodes; which coding it is is said by the first octets, no container is ever opened, and a picture
that would swell is refused before its memory is taken.
"""

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
from av.codec import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

from switchroom.domain.refusals import Refusal
from switchroom.media.prompts import write_whole

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
SIDE = 256
MEDIA_TYPE = "image/webp"
_LEAST, _MOST_TIMES = 32, 5
_PAPER = 255.0
_DECODERS = {b"\xff\xd8\xff": "mjpeg", b"\x89PNG\r\n\x1a\n": "png"}

Pixels = NDArray[np.uint8]


class NotPhoto(Refusal):
    """The file is none that we can read."""

    code = "photo.unreadable"
    status = 422
    en = "The file {name} is no picture that can be read. Upload JPEG, PNG or WebP."
    ru = "Файл {name} не похож на изображение. Загрузите JPEG, PNG или WebP."


class PhotoTooNarrow(Refusal):
    """A strip, or a dot: nothing that a square could be cut from."""

    code = "photo.shape"
    status = 422
    en = "The picture {name} is {width} by {height}. Take one of {least} pixels or more that is no strip."
    ru = "Изображение {name}: {width} на {height}. Нужно от {least} точек и не узкая полоса."


class PhotoTooLarge(Refusal):
    """More octets, or more pixels, than are taken."""

    code = "photo.too_large"
    status = 413
    en = "The picture {name} is too large. Up to {most} MB and {pixels} million pixels are taken."
    ru = "Изображение {name} слишком большое. Принимается до {most} МБ и {pixels} млн пикселей."


@dataclass(frozen=True, slots=True)
class Photos:
    """The folder of photos; a changed photo is another file, so an earlier version of a user still has theirs."""

    folder: Path

    def put(self, data: bytes, name: str = "") -> str:
        """Keep an upload; returns what it is called from now on: 32 hexadecimal digits.

        Raises: NotPhoto, PhotoTooLarge.
        """
        square = squared(data, name)
        photo = hashlib.sha256(square).hexdigest()[:32]
        write_whole(self.folder / f"{photo}.webp", square)
        return photo

    def path_of(self, photo: str) -> Path | None:
        """The WebP file of a photo; None if it is not there."""
        path = self.folder / f"{photo}.webp"
        return path if photo.isalnum() and path.exists() else None


def squared(data: bytes, name: str = "") -> bytes:
    """The middle square of a JPEG, PNG or WebP picture, upright, SIDE pixels wide, as WebP.

    Raises: NotPhoto, PhotoTooLarge.
    """
    if len(data) > LARGEST:
        raise _too_large(name)
    try:
        return _encoded(_square_of(_decoded(data, name), name))
    except (av.error.FFmpegError, ValueError, IndexError, EOFError):
        raise NotPhoto(name=name) from None


def _decoded(data: bytes, name: str) -> VideoFrame:
    """The first picture of the file, as it lies in it."""
    decoder = _context(_coding_of(data, name), "r")
    decoder.options = {"max_pixels": str(MOST_PIXELS), "err_detect": "explode"}
    try:
        frames = [*decoder.decode(Packet(data)), *decoder.decode(None)]
    except av.error.ArgumentError:  # what FFmpeg says of a picture larger than it is allowed
        raise _too_large(name) from None
    if not frames:
        raise NotPhoto(name=name)
    return frames[0]


def _context(coding: str, mode: Literal["r", "w"]) -> VideoCodecContext:
    context = CodecContext.create(coding, mode)
    assert isinstance(context, VideoCodecContext)
    return context


def _coding_of(data: bytes, name: str) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    found = next((coding for head, coding in _DECODERS.items() if data.startswith(head)), None)
    if found is None:
        raise NotPhoto(name=name)
    return found


def _square_of(frame: VideoFrame, name: str) -> Pixels:
    """The middle of it, upright, on white where it is transparent."""
    short, long = sorted((frame.width, frame.height))
    if short < _LEAST or long > short * _MOST_TIMES:
        raise PhotoTooNarrow(name=name, width=frame.width, height=frame.height, least=f"{_LEAST}×{_LEAST}")
    small = frame.reformat(
        width=round(frame.width * SIDE / short), height=round(frame.height * SIDE / short), format="rgba",
        interpolation=Interpolation.LANCZOS,
    )  # fmt: skip
    pixels = small.to_ndarray()
    top, left = (pixels.shape[0] - SIDE) // 2, (pixels.shape[1] - SIDE) // 2
    middle = pixels[top : top + SIDE, left : left + SIDE]
    return _on_white(np.rot90(middle, round(frame.rotation / 90)))


def _on_white(pixels: Pixels) -> Pixels:
    seen = pixels[..., 3:].astype(np.float32) / 255
    mixed: Pixels = np.round(pixels[..., :3] * seen + _PAPER * (1 - seen)).astype(np.uint8)
    return mixed


def _encoded(square: Pixels) -> bytes:
    encoder = _context("libwebp", "w")
    encoder.width = encoder.height = SIDE
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, 1)
    encoder.options = {"quality": "85"}
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(square), "rgb24").reformat(format="yuv420p")
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def _too_large(name: str) -> PhotoTooLarge:
    return PhotoTooLarge(name=name, most=LARGEST // 1024 // 1024, pixels=MOST_PIXELS // 1_000_000)
