"""Rules of recording: the first that a talk fits says whether it is recorded, how, and for how long it is kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated
from zlib import crc32

from annotated_types import Ge, Le, MinLen

from switchroom.domain.configured import Configured, Key, Name, Names, ThingKind
from switchroom.domain.history import Direction
from switchroom.domain.patterns import Pattern, fits
from switchroom.domain.titles import Title

DIRECTIONS: dict[Direction, Title] = {
    Direction.INBOUND: Title("From outside", "Входящие"),
    Direction.OUTBOUND: Title("To outside", "Исходящие"),
    Direction.INTERNAL: Title("Among us", "Внутренние"),
}


class SoundFormat(StrEnum):
    """How a recording is kept; each in stereo."""

    OGG = "ogg"
    MP3 = "mp3"
    FLAC = "flac"
    WAV = "wav"


SOUND_FORMATS: dict[SoundFormat, Title] = {
    SoundFormat.OGG: Title("Ogg Vorbis: small", "Ogg Vorbis: маленький файл"),
    SoundFormat.MP3: Title("MP3: small, plays everywhere", "MP3: маленький, играет везде"),
    SoundFormat.FLAC: Title("FLAC: without loss", "FLAC: без потерь"),
    SoundFormat.WAV: Title("WAV: without loss and not packed", "WAV: без потерь и без сжатия"),
}


class RecordingRule(Configured):
    """Talks like these are recorded, or are not."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    record: Annotated[bool, Title("Record", "Записывать")] = True
    directions: Annotated[frozenset[Direction] | None, Title("Directions", "Направления")] = None
    numbers: Annotated[tuple[Pattern, ...], MinLen(1), Title("Numbers", "Номера")] = ("*",)
    """Of the person outside; among us, what was dialled."""
    users: Annotated[frozenset[Key] | None, Names(ThingKind.USER), Title("People", "Люди")] = None
    queues: Annotated[frozenset[Key] | None, Names(ThingKind.QUEUE), Title("Queues", "Очереди")] = None
    share: Annotated[int, Ge(1), Le(100), Title("Share of talks, %", "Доля разговоров, %")] = 100
    announcement: Annotated[
        Key | None, Names(ThingKind.PROMPT), Title("Announced before the talk", "Предупредить перед разговором")
    ] = None
    kept_for: Annotated[timedelta | None, Ge(timedelta(days=1)), Title("Kept for", "Хранить")] = None
    """None: as long as the company keeps recordings."""
    format: Annotated[SoundFormat, Title("Format", "Формат")] = SoundFormat.OGG
    order: Annotated[int, Title("Order", "Порядок")] = 100

    def refusal(self, talk: "TalkToRecord") -> Title | None:
        """Why the rule does not concern this talk; None if it does."""
        if self.directions is not None and talk.direction not in self.directions:
            return Title("another direction", "другое направление")
        if not any(fits(pattern, talk.number) for pattern in self.numbers):
            return Title("another number", "другой номер")
        if self.users is not None and not self.users & talk.users:
            return Title("other people", "другие люди")
        if self.queues is not None and talk.queue not in self.queues:
            return Title("another queue", "другая очередь")
        if self.share < 100 and lot(talk.call) >= self.share:
            return Title(f"not among the {self.share} %", f"не попал в {self.share} %")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkToRecord:
    """A talk as the rules look at it. `number`: the person outside, E.164 if it is such a number; among us what was
    dialled. `users`: who of us takes part.
    """

    call: str
    direction: Direction
    number: str
    queue: str | None = None
    users: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TriedRule:
    """A rule that was looked at; `refusal` is None if the talk fits it."""

    rule: RecordingRule
    refusal: Title | None


def lot(call: str) -> int:
    """0 to 99; every call has one of its own, the same for ever, so that what a rule says can be told again."""
    return crc32(call.encode()) % 100


def tried(rules: Mapping[str, RecordingRule], talk: TalkToRecord) -> Iterator[TriedRule]:
    """Every rule in its order, up to the first that fits."""
    for rule in sorted(rules.values(), key=lambda r: (r.order, r.id)):
        refusal = rule.refusal(talk)
        yield TriedRule(rule, refusal)
        if refusal is None:
            return


def first_of(found: Iterable[TriedRule]) -> RecordingRule | None:
    """The rule that a talk fits, if any."""
    return next((one.rule for one in found if one.refusal is None), None)
