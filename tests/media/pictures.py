"""Pictures made for tests, and what is seen in what was kept of them."""

import struct
from fractions import Fraction
from typing import Literal

import numpy as np
from av.codec import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
_CODINGS = {"jpeg": ("mjpeg", "yuvj420p"), "png": ("png", "rgba"), "webp": ("libwebp", "yuv420p")}


def two_halves(width: int, height: int, left: tuple[int, int, int] = RED, right: tuple[int, int, int] = BLUE) -> Pixels:
    """One colour on the left, another on the right, nothing transparent."""
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[:, : width // 2, :3], pixels[:, width // 2 :, :3] = left, right
    return pixels


def a_picture(kind: str, pixels: Pixels) -> bytes:
    """A file of this kind (jpeg, png, webp) with these pixels (RGBA)."""
    coding, form = _CODINGS[kind]
    encoder = _context(coding, "w")
    encoder.height, encoder.width = pixels.shape[:2]
    encoder.pix_fmt, encoder.time_base = form, Fraction(1, 1)
    frame = VideoFrame.from_ndarray(pixels, "rgba").reformat(format=form)
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def with_exif(jpeg: bytes, orientation: int, secret: bytes = b"") -> bytes:
    """As a camera writes it: how it was held, and whatever else it tells."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + secret
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def seen_in(webp: bytes) -> Pixels:
    """The pixels (RGB) of a picture that was kept."""
    decoder = _context("webp", "r")
    (frame,) = [*decoder.decode(Packet(webp)), *decoder.decode(None)]
    return np.asarray(frame.reformat(format="rgb24").to_ndarray(), np.uint8)


def is_like(seen: NDArray[np.uint8], colour: tuple[int, int, int]) -> bool:
    """Near enough for an eye."""
    return bool(np.abs(seen.astype(int) - colour).max() < 24)


def _context(coding: str, mode: Literal["r", "w"]) -> VideoCodecContext:
    context = CodecContext.create(coding, mode)
    assert isinstance(context, VideoCodecContext)
    return context


