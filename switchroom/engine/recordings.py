"""The archive: what was recorded is fetched from the switch, joined, sealed and kept; each listening is told."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from switchroom.domain.access import Right, Scope
from switchroom.domain.deeds import Deed
from switchroom.domain.facts.calls import (
    RecordingBegan,
    RecordingDecided,
    RecordingEnded,
    RecordingFailed,
    RecordingKept,
    TalkBegan,
)
from switchroom.domain.facts.house import RecordingErased, RecordingExported, RecordingHeard
from switchroom.domain.identity import QueueId, RecordingId, StoryId, UserId
from switchroom.domain.recording_rules import SoundFormat
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.engine.engine import Engine
from switchroom.engine.fetching import fetched, forgotten
from switchroom.media import peaks
from switchroom.media.peaks import Peaks
from switchroom.media.stereo import HalfBroken, joined
from switchroom.media.vault import Sealed, Vault
from switchroom.storage.agenda import Due, later
from switchroom.storage.audit import Entry, noting
from switchroom.storage.ledger import Change, Ledger, Write
from switchroom.storage.recordings import Recording, Recordings, erased, kept
from switchroom.switch.port import Switch

log = structlog.get_logger()
KEEP, ERASE = "keep recording", "erase recordings"
ERASE_EVERY = timedelta(hours=1)
ONE_LISTENING = timedelta(minutes=10)
"""Parts of a recording that one person asks for within so long belong to one listening."""
_PEAKS = "peaks"


class Erased(Refusal):
    """It was there once."""

    code = "recording.erased"
    status = 410
    en = "The recording {recording} was erased."
    ru = "Запись {recording} удалена."


def bookkeeper(change: Change) -> Sequence[Write]:
    """Whatever ended is to be kept, at once."""
    ended = [fact for fact in change.facts if isinstance(fact, RecordingEnded)]
    return [later(_keeping(fact, change.at)) for fact in ended]


def _keeping(fact: RecordingEnded, at: datetime) -> Due:
    body = {"call": fact.call, "recording": fact.recording}
    return Due(id=f"{KEEP} {fact.recording}", kind=KEEP, due=at, body=body)


@dataclass(frozen=True, slots=True)
class _ToldOf:
    """What was decided when a recording began, and who of us talked then."""

    queue: QueueId | None = None
    operator: UserId | None = None
    format: SoundFormat = SoundFormat.OGG
    kept_for: timedelta | None = None


class Archive:
    """Of one house."""

    def __init__(self, engine: Engine, ledger: Ledger, switch: Switch, vault: Vault, rows: Recordings) -> None:
        self._engine, self._ledger, self._switch, self._vault, self._rows = engine, ledger, switch, vault, rows
        self._listening: dict[tuple[UserId, RecordingId], datetime] = {}
        """Since when somebody is known to listen; steady time."""
        self.jobs = {KEEP: self.keep, ERASE: self.erase_overdue}

    # ---- jobs

    async def keep(self, job: Due) -> None:
        """Fetch, join, seal, and tell; done twice it changes nothing. Raises: NotYet."""
        call, recording = StoryId(job.body["call"]), RecordingId(job.body["recording"])
        if await asyncio.to_thread(self._rows.find, recording) is None:
            await self._keep(call, recording, job.tries)
        await forgotten(self._switch, recording)

    async def _keep(self, call: StoryId, recording: RecordingId, tries: int) -> None:
        halves = await fetched(self._switch, recording, tries)
        if halves is None:
            await self._fail(call, recording, "missing")
            return
        of = await asyncio.to_thread(self._told_of, call, recording)
        try:
            sound, lasts = await asyncio.to_thread(joined, *halves, of.format)
        except HalfBroken as why:
            log.error("a recording is broken", call=call, recording=recording, why=str(why))
            await self._fail(call, recording, "broken")
            return
        sealed = await asyncio.to_thread(self._vault.seal, recording, sound)
        now = self._engine.clock.wall()
        row = Recording(
            id=recording, call=call, queue=of.queue, operator=of.operator, kept=now, lasts=lasts, octets=sealed.octets,
            wrapped_key=sealed.wrapped_key, format=of.format,
            until=now + (of.kept_for or self._engine.setup.company.recordings_kept_for),
        )  # fmt: skip
        fact = RecordingKept(call=call, recording=recording, lasts=lasts, octets=sealed.octets)
        await self._engine.tell(fact, also=(kept(row),))

    async def _fail(self, call: StoryId, recording: RecordingId, why: str) -> None:
        told = await asyncio.to_thread(self._ledger.facts_of, call)
        if not any(isinstance(k.fact, RecordingFailed) and k.fact.recording == recording for k in told):
            await self._engine.tell(RecordingFailed(call=call, recording=recording, why=why))

    def _told_of(self, call: StoryId, recording: RecordingId) -> "_ToldOf":
        """From the call's own facts up to where it began."""
        found = _ToldOf()
        for told in self._ledger.facts_of(call):
            match told.fact:
                case RecordingDecided(format=form, kept_for=kept_for):
                    found = replace(found, format=SoundFormat(form or SoundFormat.OGG), kept_for=kept_for)
                case TalkBegan(user=user):
                    found = replace(found, operator=user or found.operator)
                case RecordingBegan(recording=begun, queue=queue) if begun == recording:
                    return replace(found, queue=queue)
        return found

    async def erase_overdue(self, job: Due) -> None:
        """What was kept for long enough goes; then the job is put on the agenda anew."""
        now = self._engine.clock.wall()
        for recording in await asyncio.to_thread(self._rows.overdue, now):
            await self.erase(recording.id, "its time was over")
        await self._ledger.save(Change(at=now, also=(next_erasing(now + ERASE_EVERY),)))

    # ---- what people ask

    async def erase(self, recording: RecordingId, why: str, *also: Write) -> None:
        """Destroy its key, then its file."""
        await self._engine.tell(RecordingErased(recording=recording, why=why), also=(erased(recording), *also))
        await asyncio.to_thread(self._vault.erase, recording)

    async def erase_by(self, scope: Scope, recording: str, door: str) -> None:
        """The same by somebody's wish. Raises: NotAllowed, NotFound, Erased."""
        scope.need(Right.ADMINISTER)
        found = await asyncio.to_thread(self._audible, scope, recording)
        await self.erase(found.id, f"by {scope.user}", noting(self._line(scope, found, Deed.RECORDING_ERASED, door)))

    def find(self, scope: Scope, recording: str) -> Recording:
        """What is known of a recording, without its sound. Raises: NotFound."""
        found = self._rows.find(recording)
        if found is None or not self._seen(scope, found):
            raise NotFound(kind="recording", key=recording)
        return found

    async def hear(
        self, scope: Scope, recording: str, *, first: bool, door: str = ""
    ) -> tuple[Recording, Callable[[int, int], bytes]]:
        """A recording, and how to read a part of its sound.

        It is told who listens: with the `first` part, and with any other that belongs to no listening that was told.
        Raises: NotAllowed, NotFound, Erased.
        """
        scope.need(Right.HEAR_RECORDINGS)
        found = await asyncio.to_thread(self._audible, scope, recording)
        if self._begins_to_listen(scope.user, found.id) or first:
            heard = RecordingHeard(recording=found.id, call=found.call, by=scope.user)
            await self._engine.tell(heard, also=(noting(self._line(scope, found, Deed.RECORDING_HEARD, door)),))
        sealed = _sealed(found)
        return found, lambda start, end: self._vault.read(sealed, start, end)

    def _audible(self, scope: Scope, recording: str) -> Recording:
        found = self.find(scope, recording)
        if found.wrapped_key is None:
            raise Erased(recording=recording)
        return found

    def _begins_to_listen(self, user: UserId, recording: RecordingId) -> bool:
        now = self._engine.clock.now()
        self._listening = {key: since for key, since in self._listening.items() if now - since < ONE_LISTENING}
        goes_on = (user, recording) in self._listening
        self._listening[user, recording] = now
        return not goes_on

    def _line(self, scope: Scope, recording: Recording, what: Deed, door: str) -> Entry:
        now = self._engine.clock.wall()
        return Entry(at=now, by=scope.user, what=what, kind="recording", key=recording.id, door=door)

    async def taken_out(
        self, scope: Scope, calls: Sequence[StoryId], door: str = ""
    ) -> tuple[list[Recording], Callable[[Recording], bytes]]:
        """The recordings of these calls that the scope may have, and how to read one; that each was taken is told.

        Raises: NotAllowed.
        """
        scope.need(Right.EXPORT_RECORDINGS)
        found = [one for one in await asyncio.to_thread(self._rows.of_calls, calls) if self._seen(scope, one)]
        lines = tuple(noting(self._line(scope, one, Deed.RECORDING_EXPORTED, door)) for one in found)
        taken = (RecordingExported(recording=one.id, call=one.call, by=scope.user) for one in found)
        await self._engine.tell(*taken, also=lines)
        return found, lambda one: self._vault.read(_sealed(one))

    async def peaks(self, scope: Scope, recording: str) -> Peaks:
        """The wave form; made when it is first asked for. Raises: NotAllowed, NotFound, Erased."""
        scope.need(Right.HEAR_RECORDINGS)
        found = await asyncio.to_thread(self._audible, scope, recording)
        return await asyncio.to_thread(self._peaks, _sealed(found))

    def _peaks(self, sealed: Sealed) -> Peaks:
        kept = self._rows.peaks(sealed.file)
        if kept is not None:
            return peaks.read(self._vault.open_beside(sealed, _PEAKS, kept))
        made = peaks.peaks_of(self._vault.read(sealed))
        self._rows.keep_peaks(sealed.file, self._vault.seal_beside(sealed, _PEAKS, peaks.written(made)))
        return made

    def _seen(self, scope: Scope, recording: Recording) -> bool:
        queue = self._engine.setup.queues.get(recording.queue) if recording.queue else None
        return queue is None or scope.sees(queue.project)


def _sealed(recording: Recording) -> Sealed:
    assert recording.wrapped_key is not None
    return Sealed(recording.id, recording.wrapped_key, recording.octets)


def next_erasing(due: datetime) -> Write:
    """There is one such job, named by its hour."""
    return later(Due(id=f"{ERASE} {due:%Y-%m-%dT%H}", kind=ERASE, due=due, body={}))
