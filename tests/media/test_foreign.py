"""Sounds that only FFmpeg reads: taken from phones and messengers, and none that leads elsewhere."""

import contextlib
import io
import tracemalloc
import wave
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from hypothesis import given, settings
from hypothesis import strategies as st

from switchroom.media.formats import NotSound, SoundTooLong, convert
from tests.media.test_sounds import loudest, sine

HEADS = (b"\x00\x00\x00\x18ftypM4A ", bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), b"\x1a\x45\xdf\xa3",
         b"\xff\xf1", b"#!AMR\n", b"caff")  # fmt: skip


def encoded(samples: np.ndarray, form: str, coding: str, rate: int) -> bytes:
    """A file of that kind, as a phone would make it."""
    out = io.BytesIO()
    with av.open(out, "w", format=form) as container:
        stream = container.add_stream(coding, rate=rate, layout="mono")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = 12_200 if rate == 8000 else 96_000
        size = 160 if coding == "libopencore_amrnb" else 1024
        for start in range(0, len(samples), size):
            piece = (samples[None, start : start + size, 0] * 32767).astype(np.int16)
            frame = AudioFrame.from_ndarray(piece, "s16", "mono")
            frame.sample_rate = rate
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.feature("S10")
@pytest.mark.parametrize(("form", "coding", "rate"), [
    ("adts", "aac", 44_100), ("ipod", "aac", 48_000), ("ipod", "alac", 44_100), ("asf", "wmav2", 44_100),
    ("webm", "libopus", 48_000), ("matroska", "aac", 22_050), ("amr", "libopencore_amrnb", 8000),
    ("caf", "pcm_s16be", 44_100),
])  # fmt: skip
def test_what_phones_and_messengers_send_becomes_what_the_switch_plays(form: str, coding: str, rate: int) -> None:
    upload = encoded(sine(440, 1.0, rate), form, coding, rate)
    converted = convert(upload)
    with wave.open(io.BytesIO(converted.wav)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (8000, 1, 2)
    samples, _ = soundfile.read(io.BytesIO(converted.wav), dtype="float32")
    assert loudest(samples, 8000) == pytest.approx(440, abs=5)
    assert converted.lasts.total_seconds() == pytest.approx(1.0, abs=0.2)


def test_a_small_file_that_swells_is_broken_off_in_time() -> None:
    silence = encoded(np.zeros((8000 * 700, 1), np.float32), "ipod", "aac", 8000)
    assert len(silence) < 3_000_000
    tracemalloc.start()
    with pytest.raises(SoundTooLong):
        convert(silence)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * 1024 * 1024


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_short_gives_what_is_left_or_is_refused(share: float) -> None:
    whole = encoded(sine(440, 2.0, 44_100), "adts", "aac", 44_100)
    with contextlib.suppress(NotSound, SoundTooLong):
        assert convert(whole[: int(len(whole) * share)]).lasts.total_seconds() <= 2.1


@settings(deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=2000))
def test_a_head_that_promises_a_sound_does_not_make_one(head: bytes, rest: bytes) -> None:
    with pytest.raises((NotSound, SoundTooLong)):
        convert(head + rest)


def test_a_list_that_names_other_files_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    soundfile.write(secret, sine(440, 1.0), 8000)
    lists = (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile {secret}\n",
        f'<?xml version="1.0"?><MPD><Period><BaseURL>file://{secret}</BaseURL></Period></MPD>',
    )
    for text in lists:
        with pytest.raises(NotSound):
            convert(text.encode())


def test_a_picture_or_a_film_without_sound_is_refused() -> None:
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as container:
        stream = container.add_stream("mpeg4", rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width = stream.height = 16
        stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), "rgb24")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(NotSound):
        convert(out.getvalue())
