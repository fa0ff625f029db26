"""How well each page hears its call now, by its own word; kept when it becomes better or worse, not at every word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from switchroom.domain.facts.calls import QualityMeasured
from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.quality import Grade, Quality, grade_of, mos_of

FRESH_FOR = timedelta(seconds=20)
_KEPT_EVERY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Word:
    call: StoryId
    grade: Grade
    at: datetime
    kept: Grade
    kept_at: datetime | None


class Heard:
    """The last word of each user's page. Moments are steady time."""

    def __init__(self) -> None:
        self._last: dict[UserId, _Word] = {}

    def now(self, user: UserId, call: StoryId, now: datetime) -> Grade | None:
        """How this user hears this call; None if their page has not said so lately."""
        word = self._last.get(user)
        fresh = word is not None and word.call == call and now - word.at < FRESH_FOR
        return word.grade if word is not None and fresh else None

    def say(
        self, call: StoryId, leg: LegId, user: UserId, quality: Quality, now: datetime
    ) -> QualityMeasured | None:
        """A page's word; a fact if it says something new. What is good from the beginning is nothing new."""
        grade = grade_of(mos_of(quality))
        before = self._last.get(user)
        if before is None or before.call != call:
            before = _Word(call, Grade.GOOD, now, Grade.GOOD, None)
        rested = before.kept_at is None or now - before.kept_at >= _KEPT_EVERY
        if grade is before.kept or not rested:
            self._last[user] = _Word(call, grade, now, before.kept, before.kept_at)
            return None
        self._last[user] = _Word(call, grade, now, grade, now)
        return QualityMeasured(call=call, leg=leg, user=user, by_page=True, quality=quality)
