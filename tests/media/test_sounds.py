"""Uploads, stereo recordings and the vault."""

import gzip
import io
import tracemalloc
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from switchroom.domain.identity import PromptId
from switchroom.domain.media import Prompt
from switchroom.domain.prompts import Prompt as ConfiguredPrompt
from switchroom.domain.setup import Setup
from switchroom.media.formats import NotSound, SoundTooLong, convert, wav_of
from switchroom.media.peaks import POINTS, peaks_of, read, written
from switchroom.media.prompts import PromptLibrary
from switchroom.media.stereo import HalfBroken, joined
from switchroom.media.vault import CHUNK, NotGenuine, Sealed, Vault

KEY = b"k" * 32


def sine(frequency: float, seconds: float, rate: int = 8000, channels: int = 1) -> np.ndarray:
    moments = np.arange(int(seconds * rate)) / rate
    one = 0.5 * np.sin(2 * np.pi * frequency * moments).astype(np.float32)
    return np.repeat(one[:, None], channels, axis=1)


def loudest(samples: np.ndarray, rate: int) -> float:
    """The frequency that is heard most."""
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[spectrum.argmax()])


@pytest.mark.parametrize(("kind", "coding", "rate", "channels"), [
    ("WAV", "PCM_16", 44100, 2), ("WAV", "FLOAT", 96000, 1), ("WAV", "ALAW", 8000, 1), ("WAV", "GSM610", 8000, 1),
    ("WAV", "PCM_U8", 11025, 1), ("FLAC", "PCM_24", 48000, 6), ("OGG", "VORBIS", 22050, 2), ("OGG", "OPUS", 48000, 1),
    ("MP3", "MPEG_LAYER_III", 44100, 2), ("AIFF", "PCM_16", 16000, 1),
])
def test_any_usual_upload_becomes_what_the_switch_plays(kind: str, coding: str, rate: int, channels: int) -> None:
    upload = io.BytesIO()
    soundfile.write(upload, sine(440, 1.0, rate, channels), rate, format=kind, subtype=coding)
    converted = convert(upload.getvalue())
    samples, found = soundfile.read(io.BytesIO(converted.wav), dtype="float32")
    assert (found, samples.ndim) == (8000, 1)
    assert loudest(samples, 8000) == pytest.approx(440, abs=3)
    assert converted.lasts.total_seconds() == pytest.approx(1.0, abs=0.1)


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_whatever_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises((NotSound, SoundTooLong)):
        convert(data)


def test_the_half_of_a_recording_whose_writer_was_killed_keeps_its_sound() -> None:
    whole = wav_of(sine(440, 1.0))
    assert whole[36:40] == b"data"
    cut = whole[:40] + bytes(4) + whole[44:]
    sound, lasts = joined(whole, cut)
    samples, _ = soundfile.read(io.BytesIO(sound), dtype="float32")
    assert lasts == timedelta(seconds=1)
    assert loudest(samples[:, 1], 8000) == pytest.approx(440, abs=3)


def test_a_cut_header_a_too_long_and_a_too_short_sound_are_refused() -> None:
    with pytest.raises(NotSound):
        convert(wav_of(sine(440, 1.0))[:30])
    with pytest.raises(SoundTooLong):
        convert(wav_of(np.zeros(8000 * 601, np.float32)))
    with pytest.raises(SoundTooLong):
        convert(wav_of(np.zeros(80, np.float32)))


def test_a_small_file_that_swells_takes_little_memory() -> None:
    upload = io.BytesIO()
    with soundfile.SoundFile(upload, "w", 192_000, 8, format="FLAC", subtype="PCM_16") as sound:
        for _ in range(20):
            sound.write(np.zeros((192_000, 8), np.int16))
    assert len(upload.getvalue()) < 500_000
    tracemalloc.start()
    converted = convert(upload.getvalue())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert converted.lasts == timedelta(seconds=20)
    assert peak < 40 * 1024 * 1024  # whole it would take 123 MB, and ten minutes of it 3.7 GB


@pytest.mark.parametrize("rate", [4000, 8000, 11025, 16000, 44100, 48000, 96000, 192_000])
def test_a_sound_keeps_its_length_and_its_tones_over_the_borders_of_pieces(rate: int) -> None:
    upload = io.BytesIO()
    soundfile.write(upload, sine(440, 3.7, rate), rate, format="WAV", subtype="PCM_16")
    converted = convert(upload.getvalue())
    samples, _ = soundfile.read(io.BytesIO(converted.wav), dtype="float32")
    assert converted.lasts.total_seconds() == pytest.approx(3.7, abs=0.01)
    wanted = sine(440, len(samples) / 8000)[:, 0]
    assert np.abs(samples[200:-200] - wanted[200:-200]).max() < 0.05


def test_a_silent_and_a_clipped_sound_are_taken_with_a_remark() -> None:
    assert [r.en for r in convert(wav_of(np.zeros(8000, np.float32))).remarks] == ["It is nearly silent."]
    loud = np.clip(sine(440, 1.0)[:, 0] * 9, -1, 1)
    assert [r.ru for r in convert(wav_of(loud)).remarks] == ["Слишком громко, звук обрезан."]


def test_a_recording_has_the_customer_left_and_the_operator_right(tmp_path: Path) -> None:
    sound, lasts = joined(wav_of(sine(440, 3.0)), wav_of(sine(1000, 2.5)))
    assert lasts == timedelta(seconds=3)
    vault = Vault(tmp_path, KEY)
    sealed = vault.seal("call.1.record.0", sound)
    assert sound[:400] not in (tmp_path / "call.1.record.0.sealed").read_bytes()
    both, rate = soundfile.read(io.BytesIO(vault.read(sealed)), dtype="float32")
    assert loudest(both[4000:16000, 0], rate) == pytest.approx(440, abs=3)
    assert loudest(both[4000:16000, 1], rate) == pytest.approx(1000, abs=3)
    assert np.abs(both[-2000:, 1]).max() < 0.02


def test_a_broken_half_is_told_so() -> None:
    with pytest.raises(HalfBroken):
        joined(b"nothing", wav_of(sine(440, 1.0)))


@settings(deadline=None, max_examples=30)
@given(size=st.integers(0, 3 * CHUNK), start=st.integers(0, 3 * CHUNK), length=st.integers(0, CHUNK * 2))
def test_any_part_of_a_sealed_sound_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, size: int, start: int, length: int
) -> None:
    data = np.random.default_rng(1).bytes(size)
    vault = Vault(tmp_path_factory.mktemp("vault"), KEY)
    sealed = vault.seal("r", data)
    assert vault.read(sealed, start, start + length) == data[start : start + length]


def test_a_changed_cut_or_foreign_file_does_not_open(tmp_path: Path) -> None:
    vault = Vault(tmp_path, KEY)
    sealed = vault.seal("r", b"x" * (CHUNK + 10))
    path = tmp_path / "r.sealed"
    whole = path.read_bytes()
    path.write_bytes(whole[:50] + bytes([whole[50] ^ 1]) + whole[51:])
    with pytest.raises(NotGenuine):
        vault.read(sealed)
    path.write_bytes(whole[: CHUNK + 16])
    with pytest.raises(NotGenuine):
        vault.read(sealed)
    with pytest.raises(NotGenuine):
        vault.read(Sealed("r", sealed.wrapped_key, CHUNK))
    with pytest.raises(NotGenuine):
        Vault(tmp_path, b"x" * 32).read(sealed)
    with pytest.raises(ValueError, match="no name"):
        vault.seal("../evil", b"")


@pytest.mark.feature("P10")
def test_the_wave_form_shows_when_each_side_was_heard_and_how_loud() -> None:
    sound, _ = joined(wav_of(sine(440, 10.0)), wav_of(np.concatenate([np.zeros((40_000, 1)), sine(700, 5.0) / 3])))
    found = peaks_of(sound)
    assert found.seconds == pytest.approx(10)
    assert len(found.left) == len(found.right) == POINTS
    assert min(found.left[10:990]) > 0.9 * max(found.left)
    assert max(found.right[:480]) < 5
    assert max(found.right[510:]) == pytest.approx(max(found.left) / 3, rel=0.1)
    assert read(written(found)) == found
    short = peaks_of(wav_of(np.zeros((8, 2), np.float32)))
    assert short.left == [0] * 8


def test_what_is_kept_beside_a_sound_opens_with_its_key_only(tmp_path: Path) -> None:
    vault = Vault(tmp_path, KEY)
    one, two = vault.seal("r1", b"one"), vault.seal("r2", b"two")
    box = vault.seal_beside(one, "peaks", b"loud")
    assert vault.open_beside(one, "peaks", box) == b"loud"
    assert box != vault.seal_beside(one, "peaks", b"loud")
    for sealed, what in ((two, "peaks"), (one, "words")):
        with pytest.raises(NotGenuine):
            vault.open_beside(sealed, what, box)


def test_a_changed_prompt_is_another_file_and_the_language_falls_back(tmp_path: Path) -> None:
    library = PromptLibrary(tmp_path / "prompts", tmp_path / "sounds")
    one, _ = library.put(wav_of(sine(440, 1.0)), "a.wav")
    two, _ = library.put(wav_of(sine(700, 1.0)), "b.wav")
    assert one != two
    prompts = {
        "hello": ConfiguredPrompt(id="hello", title="Hello", files={"ru": one}),
        "bye": ConfiguredPrompt(id="bye", title="Bye", builtin="vm-goodbye"),
    }
    setup = Setup(prompts=prompts)
    russian = library.sound_of(Prompt(prompt=PromptId("hello")), "ru", setup)
    assert russian is not None
    assert Path(f"{russian}.wav").exists()
    assert library.sound_of(Prompt(prompt=PromptId("hello")), "en", setup) == russian
    assert library.sound_of(Prompt(prompt=PromptId("bye")), "en", setup) == "vm-goodbye"
    assert library.sound_of(Prompt(prompt=PromptId("none")), "en", setup) is None


def test_the_switchs_own_sounds_are_found_in_their_sets_with_what_they_say(tmp_path: Path) -> None:
    sounds = tmp_path / "asterisk/sounds"
    for path in ("ru_RU_f_Voice/beep.wav", "ru_RU_f_Voice/digits/1.wav", "en_US_f_Voice/beep.wav"):
        (sounds / path).parent.mkdir(parents=True, exist_ok=True)
        (sounds / path).write_bytes(b"RIFF")
    words = tmp_path / "doc/asterisk-core-sounds-en/core-sounds-en.txt.gz"
    words.parent.mkdir(parents=True)
    words.write_bytes(gzip.compress(b"; Sounds\n\nbeep: [this is a simple beep tone]\n"))
    own = PromptLibrary(tmp_path / "prompts", sounds).built_in
    assert [(one.name, one.languages, one.words) for one in own.every()] == [
        ("beep", ("ru", "en"), "[this is a simple beep tone]"), ("digits/1", ("ru",), ""),
    ]  # fmt: skip
    assert own.path("digits/1", "ru") == (sounds / "ru_RU_f_Voice/digits/1.wav").resolve()
    assert own.path("digits/1", "en") is None
    assert own.path("../../../../etc/passwd", "ru") is None
    assert PromptLibrary(tmp_path, tmp_path / "nowhere/at/all").built_in.every() == []
