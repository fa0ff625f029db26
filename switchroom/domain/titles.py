"""Words that people read, in both languages of the house."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """A text in English and in Russian; written twice, not translated word by word."""

    en: str
    ru: str

    def in_(self, language: str) -> str:
        """The text in this language; English where we have no other."""
        return self.ru if language == "ru" else self.en
