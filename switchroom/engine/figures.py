"""Today's figures and those of the last hour, live: the same sums as in the roll-ups, kept at hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from switchroom.domain import metrics
from switchroom.domain.metrics import EMPTY, Figures, Subject, SubjectKind
from switchroom.domain.waits import SPAN, WaitsByStep
from switchroom.storage.ledger import Change, Ledger
from switchroom.storage.rollups import Gain, Rollups

KEPT_FOR = timedelta(hours=26)
"""A day, also one that a change of the clocks makes longer, and the interval before it."""
HOUR = timedelta(hours=1)


class LiveFigures:
    """Follows what is written into the roll-ups, so that a board needs no database.

    Not safe for threads: read and told on the loop.
    """

    def __init__(self, wall: Callable[[], datetime], zone: Callable[[], ZoneInfo]) -> None:
        self._wall, self._zone = wall, zone
        self._rows: dict[Subject, dict[datetime, Figures]] = {}
        self._today: dict[Subject, Figures] = {}
        self._midnight: datetime | None = None
        self.waits = WaitsByStep()

    def open(self, rollups: Rollups, ledger: Ledger) -> None:
        """Take up what is on disk."""
        now = self._wall()
        self._rows, self._midnight = {}, None
        for kind in SubjectKind:
            for (start, subject), figures in rollups.by_interval(kind, now - KEPT_FOR, now + HOUR).items():
                self._rows.setdefault(subject, {})[start] = figures
        for told in ledger.facts_from(now - SPAN):
            self.waits.tell(told.fact, told.at)

    def follow(self, change: Change) -> None:
        """A change is on disk."""
        for write in change.also:
            if isinstance(write, Gain):
                self._add(*write.row, write.figures)
        for fact in change.facts:
            self.waits.tell(fact, change.at)

    def _add(self, start: datetime, subject: Subject, figures: Figures) -> None:
        rows = self._rows.setdefault(subject, {})
        rows[start] = metrics.merged(rows[start], figures) if start in rows else figures
        if self._midnight is not None and start >= self._midnight:
            known = self._today.get(subject)
            self._today[subject] = figures if known is None else metrics.merged(known, figures)

    def midnight(self) -> datetime:
        """The beginning of today in the company's zone."""
        return self._wall().astimezone(self._zone()).replace(hour=0, minute=0, second=0, microsecond=0)

    def today(self, kind: SubjectKind, key: str) -> Figures:
        """Since midnight."""
        midnight = self.midnight()
        if midnight != self._midnight:
            self._begin_day(midnight)
        return self._today.get(Subject(kind=kind, key=key), EMPTY[kind])

    def last_hour(self, kind: SubjectKind, key: str) -> Figures:
        """Of the quarters of an hour that touch the last hour."""
        since = metrics.interval_of(self._wall() - HOUR)
        found = EMPTY[kind]
        for start, figures in self._rows.get(Subject(kind=kind, key=key), {}).items():
            if start >= since:
                found = metrics.merged(found, figures)
        return found

    def _begin_day(self, midnight: datetime) -> None:
        oldest = self._wall() - KEPT_FOR
        self._midnight, self._today = midnight, {}
        for subject, rows in list(self._rows.items()):
            self._rows[subject] = {start: figures for start, figures in rows.items() if start >= oldest}
            for start, figures in self._rows[subject].items():
                if start >= midnight:
                    known = self._today.get(subject)
                    self._today[subject] = figures if known is None else metrics.merged(known, figures)
