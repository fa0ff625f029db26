"""How well each page hears its call now, by its own word; kept when it becomes better or worse, not at every word.

Its last word also completes what the switch measures at the end: only the page knows how long the way is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from switchroom.domain.facts.calls import QualityMeasured
from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.quality import Grade, Quality, grade_of, mos_of

FRESH_FOR = timedelta(seconds=20)
_KEPT_EVERY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Word:
    call: StoryId
    quality: Quality
    at: datetime
    kept: Grade
    kept_at: datetime | None

    @property
    def grade(self) -> Grade:
        """How it is felt."""
        return grade_of(mos_of(self.quality))


class Heard:
    """The last word of each user's page. Moments are steady time."""

    def __init__(self) -> None:
        self._last: dict[UserId, _Word] = {}

    def now(self, user: UserId, call: StoryId, now: datetime) -> Grade | None:
        """How this user hears this call; None if their page has not said so lately."""
        word = self._lately(user, call, now)
        return word.grade if word else None

    def complete(self, user: UserId | None, call: StoryId, measured: Quality, now: datetime) -> Quality:
        """What the switch measured of a leg, with what only its page knows."""
        word = self._lately(user, call, now) if user else None
        if word is None:
            return measured
        said = word.quality
        return msgspec.structs.replace(
            measured, told=measured.told or said.told, round_trip=measured.round_trip or said.round_trip
        )

    def _lately(self, user: UserId, call: StoryId, now: datetime) -> _Word | None:
        word = self._last.get(user)
        return word if word is not None and word.call == call and now - word.at < FRESH_FOR else None

    def say(
        self, call: StoryId, leg: LegId, user: UserId, quality: Quality, now: datetime
    ) -> QualityMeasured | None:
        """A page's word; a fact if it says something new. What is good from the beginning is nothing new."""
        grade = grade_of(mos_of(quality))
        before = self._last.get(user)
        if before is None or before.call != call:
            before = _Word(call, quality, now, Grade.GOOD, None)
        rested = before.kept_at is None or now - before.kept_at >= _KEPT_EVERY
        if grade is before.kept or not rested:
            self._last[user] = _Word(call, quality, now, before.kept, before.kept_at)
            return None
        self._last[user] = _Word(call, quality, now, grade, now)
        return QualityMeasured(call=call, leg=leg, user=user, by_page=True, quality=quality)
