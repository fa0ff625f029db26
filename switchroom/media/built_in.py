"""The switch's own sets of recorded words: which there are, where they lie, and what the English ones say."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("ru", "en")
_WORDS = Path("doc/asterisk-core-sounds-en/core-sounds-en.txt.gz")
_LINE = re.compile(r"^([a-z0-9_/-]+):\s*(.+)$")


@dataclass(frozen=True, slots=True)
class BuiltInSound:
    """One sound by its name, such as `vm-goodbye`; `words` are empty where nobody wrote them down."""

    name: str
    languages: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class BuiltInSounds:
    """`sounds` holds a folder for each set, such as `ru_RU_f_IvrvoiceRU`."""

    sounds: Path

    def path(self, name: str, language: str) -> Path | None:
        """The file of a sound in this language; None if there is none."""
        root = self._root(language)
        path = (root / f"{name}.wav").resolve()
        return path if path.is_relative_to(root) and path.exists() else None

    def every(self) -> list[BuiltInSound]:
        """All sounds, by name."""
        names = {language: set(self._names(language)) for language in LANGUAGES}
        words = dict(self._words())
        return [
            BuiltInSound(name, tuple(one for one in LANGUAGES if name in names[one]), words.get(name, ""))
            for name in sorted(set().union(*names.values()))
        ]

    def _root(self, language: str) -> Path:
        found = next(iter(sorted(self.sounds.glob(f"{language}_*"))), self.sounds / language)
        return found.resolve()

    def _names(self, language: str) -> Iterator[str]:
        root = self._root(language)
        return (path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.wav"))

    def _words(self) -> Iterator[tuple[str, str]]:
        path = self.sounds.parents[1] / _WORDS
        if not path.exists():
            return
        for line in gzip.decompress(path.read_bytes()).decode(errors="replace").splitlines():
            if found := _LINE.match(line):
                yield found[1], found[2]
