"""The mail room: what callers said is fetched from the switch, sealed, and laid into the box of whom it is for."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from switchroom.domain.access import Scope
from switchroom.domain.deeds import Deed
from switchroom.domain.facts.messages import (
    MessageDeleted,
    MessageEnded,
    MessageErased,
    MessageFact,
    MessageHeard,
    MessageLeft,
    MessageNotKept,
    MessageTakenBack,
    NotAMessageWhy,
)
from switchroom.domain.identity import RecordingId, StoryId, UserId
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.domain.voicemail import SHORTEST
from switchroom.engine.engine import Engine
from switchroom.engine.fetching import fetched, forgotten
from switchroom.media.message import Spoken, spoken
from switchroom.media.stereo import HalfBroken
from switchroom.media.vault import Sealed, Vault
from switchroom.storage.agenda import Due, later
from switchroom.storage.audit import Entry, noting
from switchroom.storage.ledger import Change, Ledger, Write
from switchroom.storage.messages import Message, Messages, kept
from switchroom.switch.port import Switch

log = structlog.get_logger()
KEEP, ERASE = "keep message", "erase messages"
ERASE_EVERY = timedelta(minutes=10)


class MessageErasedAlready(Refusal):
    """It was there once."""

    code = "message.erased"
    status = 410
    en = "The message {message} was erased. It can't be taken back any more."
    ru = "Сообщение {message} стёрто. Вернуть его уже нельзя."


def bookkeeper(change: Change) -> Sequence[Write]:
    """Whatever was said is to be kept, at once."""
    ended = [fact for fact in change.facts if isinstance(fact, MessageEnded)]
    return [later(_keeping(fact, change.at)) for fact in ended]


def _keeping(fact: MessageEnded, at: datetime) -> Due:
    body = {"call": fact.call, "message": fact.message, "user": fact.user}
    return Due(id=f"{KEEP} {fact.message}", kind=KEEP, due=at, body=body)


class MailRoom:
    """Of one house."""

    def __init__(self, engine: Engine, ledger: Ledger, switch: Switch, vault: Vault, rows: Messages) -> None:
        self._engine, self._ledger, self._switch, self._vault, self._rows = engine, ledger, switch, vault, rows
        self.jobs = {KEEP: self.keep, ERASE: self.erase_overdue}

    # ---- jobs

    async def keep(self, job: Due) -> None:
        """Fetch, seal, and tell; done twice it changes nothing. Raises: NotYet."""
        call, user = StoryId(job.body["call"]), UserId(job.body["user"])
        message = RecordingId(job.body["message"])
        if await asyncio.to_thread(self._rows.find, message) is None:
            await self._keep(call, message, user, job.tries)
        await forgotten(self._switch, message)

    async def _keep(self, call: StoryId, message: RecordingId, user: UserId, tries: int) -> None:
        halves = await fetched(self._switch, message, tries)
        said = await asyncio.to_thread(_said, halves)
        if isinstance(said, NotAMessageWhy):
            log.info("no message", call=call, message=message, why=said.value)
            await self._not_kept(call, message, user, said)
            return
        sealed = await asyncio.to_thread(self._vault.seal, message, said.sound)
        now = self._engine.clock.wall()
        row = Message(
            id=message, user=user, call=call, kept=now, lasts=said.lasts, octets=sealed.octets,
            wrapped_key=sealed.wrapped_key, until=now + self._engine.setup.company.recordings_kept_for,
        )  # fmt: skip
        left = MessageLeft(call=call, message=message, user=user, lasts=said.lasts, octets=sealed.octets)
        await self._engine.tell(left, also=(kept(row),))

    async def _not_kept(self, call: StoryId, message: RecordingId, user: UserId, why: NotAMessageWhy) -> None:
        told = await asyncio.to_thread(self._ledger.facts_of, call)
        if not any(isinstance(one.fact, MessageNotKept) and one.fact.message == message for one in told):
            await self._engine.tell(MessageNotKept(call=call, message=message, user=user, why=why))

    async def erase_overdue(self, job: Due) -> None:
        """What was thrown away, or kept for long enough, goes; then the job is put on the agenda anew."""
        now = self._engine.clock.wall()
        for message in await asyncio.to_thread(self._rows.overdue, now):
            why = "its time was over" if message.deleted is None else f"by {message.user}"
            await self._engine.tell(MessageErased(message=message.id, user=message.user, why=why))
            await asyncio.to_thread(self._vault.erase, message.id)
        await self._ledger.save(Change(at=now, also=(next_erasing(now + ERASE_EVERY),)))

    # ---- what their owner asks

    def of(self, scope: Scope) -> tuple[list[Message], int]:
        """What lies in one's own box, the newest first, and how many of all are new."""
        return self._rows.of(scope.user), self._rows.unheard(scope.user)

    async def hear(
        self, scope: Scope, message: str, *, first: bool, door: str = ""
    ) -> tuple[Message, Callable[[int, int], bytes]]:
        """A message of one's own, and how to read a part of its sound; with the `first` part it is told.

        Raises: NotFound, MessageErasedAlready.
        """
        found = await asyncio.to_thread(self._own, scope, message)
        if first or found.heard is None:
            heard = MessageHeard(message=found.id, user=found.user)
            await self._tell(heard, Deed.MESSAGE_HEARD, door)
        sealed = Sealed(found.id, found.wrapped_key or b"", found.octets)
        return found, lambda start, end: self._vault.read(sealed, start, end)

    def find(self, scope: Scope, message: str) -> Message:
        """One's own, without listening. Raises as `hear`."""
        return self._own(scope, message)

    async def mark(self, scope: Scope, message: str, *, heard: bool) -> None:
        """One's own counts as known, or as new again, without being listened to. Raises as `hear`."""
        found = await asyncio.to_thread(self._own, scope, message)
        if (found.heard is not None) != heard:
            await self._engine.tell(MessageHeard(message=found.id, user=found.user, heard=heard))

    async def delete(self, scope: Scope, message: str, door: str) -> None:
        """Throw one's own away; for an hour it can be taken back. Raises as `hear`."""
        found = await asyncio.to_thread(self._own, scope, message)
        if found.deleted is None:
            await self._tell(MessageDeleted(message=found.id, user=found.user), Deed.MESSAGE_DELETED, door)

    async def take_back(self, scope: Scope, message: str, door: str) -> None:
        """It was not to be thrown away. Raises as `hear`."""
        found = await asyncio.to_thread(self._own, scope, message)
        if found.deleted is not None:
            await self._tell(MessageTakenBack(message=found.id, user=found.user), Deed.MESSAGE_TAKEN_BACK, door)

    def _own(self, scope: Scope, message: str) -> Message:
        found = self._rows.find(message)
        if found is None or found.user != scope.user:
            raise NotFound(kind="message", key=message)
        if found.wrapped_key is None:
            raise MessageErasedAlready(message=message)
        return found

    async def _tell(self, fact: MessageFact, what: Deed, door: str) -> None:
        now = self._engine.clock.wall()
        line = Entry(at=now, by=fact.user, what=what, kind="message", key=fact.message, door=door)
        await self._engine.tell(fact, also=(noting(line),))  # type: ignore[arg-type]  # one of the closed union


def _said(halves: tuple[bytes, bytes] | None) -> Spoken | NotAMessageWhy:
    """What was said, or why it is no message."""
    if halves is None:
        return NotAMessageWhy.MISSING
    try:
        said = spoken(halves[0])
    except HalfBroken:
        return NotAMessageWhy.BROKEN
    if said.lasts < SHORTEST:
        return NotAMessageWhy.TOO_SHORT
    return NotAMessageWhy.SILENT if said.silent else said


def next_erasing(due: datetime) -> Write:
    """There is one such job, named by its minute."""
    return later(Due(id=f"{ERASE} {due:%Y-%m-%dT%H:%M}", kind=ERASE, due=due, body={}))
