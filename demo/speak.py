"""Makes the demo's sounds and our own pieces of spoken numbers anew with espeak-ng: `python -m demo.speak`.

They are kept in the project as small files. The pieces are telephone sound, 8 kHz, as Asterisk plays it.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from switchroom.domain.media import Piece
from switchroom.domain.speaking import every_noun_en, every_word_ru, piece_of, piece_of_en
from switchroom.media.spoken import SPOKEN
from switchroom.settings import Settings
from switchroom.switch.asterisk.fetch import fetch_packages
from switchroom.switch.asterisk.loader import Unpacked

FOLDER = Path(__file__).parent / "sounds"
RATE = 16000
TELEPHONE = 8000


@dataclass(frozen=True, slots=True)
class Line:
    """One sound: who says what, how high and how fast."""

    file: str
    voice: str
    words: str
    pitch: int = 50
    speed: int = 150


LINES = (
    Line("welcome-ru", "ru", "Здравствуйте! Вы позвонили в компанию «Тёплый дом». Чтобы вызвать мастера, нажмите один. "
         "Чтобы узнать о своей заявке, нажмите два. For English, press nine."),
    Line("welcome-en", "en", "Hello! You have called Warm Home. To call a technician, press one. "
         "To ask about your request, press two."),
    Line("wait-ru", "ru", "Соединяем с оператором. Разговор записывается."),
    Line("wait-en", "en", "We are connecting you with an operator. The call is recorded."),
    Line("nobody-ru", "ru", "К сожалению, все операторы заняты. Мы обязательно вам перезвоним. До свидания."),
    Line("nobody-en", "en", "All our operators are busy, unfortunately. We will call you back. Goodbye."),
    Line("goodbye-ru", "ru", "Спасибо за звонок. До свидания!"),
    Line("goodbye-en", "en", "Thank you for calling. Goodbye!"),
    Line("customer-1", "ru", "Добрый день. У меня не греет батарея в большой комнате. Адрес: улица Садовая, "
         "дом пять, квартира двенадцать. Когда сможет прийти мастер?", pitch=40, speed=140),
    Line("customer-2", "ru", "Здравствуйте. Я оставляла заявку в понедельник, номер четыреста семнадцать. "
         "Мастер так и не пришёл. Подскажите, что с ней?", pitch=75, speed=155),
    Line("customer-3", "en", "Hello, my boiler makes a strange noise since this morning. "
         "Could somebody have a look at it, please?", pitch=45, speed=150),
    Line("operator-1", "ru", "Здравствуйте, меня зовут Анна. Чем могу помочь? ... Сейчас посмотрю. "
         "Мастер будет у вас сегодня до шести вечера.", pitch=70, speed=150),
    Line("operator-2", "ru", "Добрый день, Борис слушает. ... Понял вас. Записываю заявку. "
         "Мы позвоним за час до прихода мастера.", pitch=30, speed=145),
)  # fmt: skip


def main() -> None:
    """Say every line into its file."""
    root = fetch_packages(("espeak-ng",), Settings().cache / "espeak")
    FOLDER.mkdir(exist_ok=True)
    _say_numbers(root)
    for line in LINES:
        sound = _levelled(_said(root, line))
        soundfile.write(FOLDER / f"{line.file}.ogg", sound, RATE, format="OGG", subtype="VORBIS")
        sys.stderr.write(f"{line.file}: {len(sound) / RATE:.1f} s\n")


def _say_numbers(root: Unpacked) -> None:
    for word in every_word_ru():
        _say_piece(root, piece_of(word), Line(word, "ru", word, pitch=60, speed=150))
    for noun in every_noun_en():
        _say_piece(root, piece_of_en(noun), Line(noun, "en-us+f3", noun, pitch=60, speed=150))


def _say_piece(root: Unpacked, piece: Piece, line: Line) -> None:
    path = SPOKEN / f"{piece.name}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    spoken = _trimmed(_levelled(_said(root, line)))
    soundfile.write(path, soxr.resample(spoken, RATE, TELEPHONE), TELEPHONE, subtype="PCM_16")


def _trimmed(
    sound: np.ndarray[tuple[int], np.dtype[np.float32]],
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Without the silence before and behind, so that words follow one another as in speech; 60 ms stay behind."""
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    return sound[loud[0] : loud[-1] + int(0.06 * RATE)]


def _said(root: Unpacked, line: Line) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "said.wav"
        options = ["-v", line.voice, "-p", str(line.pitch), "-s", str(line.speed), "-w", str(wav), line.words]
        environment = {**os.environ, "ESPEAK_DATA_PATH": str(root.libraries / "espeak-ng-data")}
        subprocess.run(root.command("usr/bin/espeak-ng", *options), check=True, env=environment)
        samples, rate = soundfile.read(wav, dtype="float32")
    fitted: np.ndarray[tuple[int], np.dtype[np.float32]] = soxr.resample(samples, rate, RATE).astype(np.float32)
    return fitted


def _levelled(
    sound: np.ndarray[tuple[int], np.dtype[np.float32]],
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The loudest at 70 %."""
    return (sound / max(1e-6, float(np.abs(sound).max())) * 0.7).astype(np.float32)


if __name__ == "__main__":
    main()
