"""The library of prompts: sounds by key and language; a changed prompt is another file, so nothing playing breaks."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from switchroom.domain.media import Prompt
from switchroom.domain.setup import Setup
from switchroom.media.built_in import LANGUAGES, BuiltInSounds
from switchroom.media.formats import Converted, convert


@dataclass(frozen=True, slots=True)
class PromptLibrary:
    """`folder` holds uploaded sounds; `sounds` the switch's own sets."""

    folder: Path
    sounds: Path

    def put(self, data: bytes, name: str) -> tuple[str, Converted]:
        """Keep an upload; returns the name of its file, which the prompt's `files` then names.

        Raises: NotSound, SoundTooLong, SoundTooLarge.
        """
        converted = convert(data, name)
        file = hashlib.sha256(converted.wav).hexdigest()[:32]
        write_whole(self.folder / f"{file}.wav", converted.wav)
        return file, converted

    def sound_of(self, prompt: Prompt, language: str, setup: Setup) -> str | None:
        """Where the sound lies, without its ending: in this language, else in the other, else the built-in one."""
        found = setup.prompts.get(prompt.prompt)
        if found is None:
            return None
        others = [other for other in (language, setup.company.language, *LANGUAGES) if other in found.files]
        if others:
            return str(self.folder.resolve() / found.files[others[0]])
        return found.builtin

    def path_of(self, file: str) -> Path | None:
        """The WAV file of an upload; None if it is not there."""
        path = self.folder / f"{file}.wav"
        return path if file.isalnum() and path.exists() else None

    @property
    def built_in(self) -> BuiltInSounds:
        """The switch's own sounds."""
        return BuiltInSounds(self.sounds)


def write_whole(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
