"""Prompts: recorded words of the library, in each language."""

from typing import Annotated

from switchroom.domain.company import Language
from switchroom.domain.configured import Configured, Key, Name
from switchroom.domain.titles import Title


class KeptSound:
    """Stands in a field's annotation: its value names a sound that lies with the media, and means nothing to people."""


class Prompt(Configured):
    """One prompt. `files` says which languages are recorded; the sound itself lies with the media.

    `builtin` names a file of the switch's own sets instead, such as `vm-goodbye`.
    """

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    words: Annotated[dict[Language, str], Title("Words", "Текст")] = {}
    files: Annotated[dict[Language, str], Title("Sound", "Звук"), KeptSound()] = {}
    builtin: Annotated[str | None, Title("Built-in sound", "Встроенный звук")] = None
