"""A switch that exists in thought only: legs, bridges and playbacks in virtual time, with people at their ends."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from switchroom.domain.acts import (
    Act,
    Answer,
    AtDevice,
    AtEcho,
    AtTrunk,
    Connect,
    Disconnect,
    Dissolve,
    HangUp,
    MuteLeg,
    Overhear,
    Play,
    Ring,
    StopPlaying,
    WatchTalking,
)
from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    DigitHeard,
    LegAnswered,
    LegArrived,
    LegEnded,
    LegRinging,
    LegTalks,
    LegUnnoticed,
    PlaybackEnded,
    TransferAsked,
)
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PlaybackId, RecordingId, TrunkId
from switchroom.domain.quality import Quality
from switchroom.domain.reach import Registration
from switchroom.domain.setup import Setup
from switchroom.domain.trunks import Trunk
from switchroom.switch.port import (
    Contact,
    DeviceReach,
    Holdings,
    LegHeldBySwitch,
    LegMeasured,
    Report,
    ServedWhileAway,
    SignInTry,
    SwitchFoundAgain,
)

PROMPT_LASTS = 3.0


@dataclass(frozen=True, slots=True)
class Habit:
    """What a person does when their phone rings: answer after a while, refuse, forward, or let it ring.

    A trunk that is slow, or dead, takes note of a call only after `notices_after`.
    """

    answers_after: timedelta | None = None
    refuses: bool = False
    forwards_to: str = ""
    """Their phone says so as soon as it rings."""
    notices_after: timedelta = timedelta(0)


@dataclass(slots=True)
class _Wire:
    """Where reports go; replaced when a new listener comes, and what is told meanwhile is lost."""

    queue: "asyncio.Queue[Report]" = field(default_factory=asyncio.Queue)


class SimulatedSwitch:
    """Implements the port and its looks; `arrive`, `dial`, `press`, `speak`, `leave`, `plug` are people's doors."""

    node = "simulated"

    def __init__(self, habits: dict[DeviceId, Habit] | None = None) -> None:
        self.habits = habits or {}
        self.done: list[Act] = []
        self.at_carriers: dict[str, Registration] = {}
        self.recorded: dict[RecordingId, tuple[bytes, bytes]] = {}
        """What was said in recordings, where somebody said something."""
        self._legs: dict[LegId, LegHeldBySwitch] = {}
        self._bridges: dict[BridgeId, frozenset[LegId]] = {}
        self._arrivals: dict[LegId, LegArrived] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._ears: dict[LegId, LegId] = {}
        self._muted: set[LegId] = set()
        self._watched: set[LegId] = set()
        self._speaking: set[LegId] = set()
        self._plugged: set[DeviceId] = set()
        self._tries: asyncio.Queue[SignInTry] = asyncio.Queue()
        self.locked_out: set[str] = set()
        """Addresses that are not heard."""
        self._wire: _Wire | None = None

    # ---- people

    def arrive(self, leg: LegId, trunk: TrunkId, dialled: str, number: str = "", name: str = "") -> None:
        """Somebody calls by a trunk."""
        self._legs[leg] = LegHeldBySwitch(leg=leg, up=False)
        arrived = LegArrived(leg=leg, via=trunk, by_trunk=True, dialled=dialled, number=number, name=name)
        self._arrivals[leg] = arrived
        self._tell(arrived)

    def dial(self, leg: LegId, device: DeviceId, dialled: str) -> None:
        """One of us takes a phone and dials."""
        self._legs[leg] = LegHeldBySwitch(leg=leg, up=False)
        self._arrivals[leg] = LegArrived(leg=leg, via=device, by_trunk=False, dialled=dialled, number="", name="")
        self._tell(self._arrivals[leg])

    def press(self, leg: LegId, digit: str) -> None:
        """Somebody presses a key."""
        self._tell(DigitHeard(leg=leg, digit=digit))

    def refer(self, leg: LegId, to: str = "", consulted: LegId | None = None) -> None:
        """A phone asks by REFER for a transfer."""
        self._tell(TransferAsked(leg=leg, to=to, consulted=consulted))

    def speak(self, leg: LegId, *, on: bool = True) -> None:
        """Somebody begins to speak, or falls silent; told only if somebody wants to know."""
        (self._speaking.add if on else self._speaking.discard)(leg)
        if leg in self._watched:
            self._tell(LegTalks(leg=leg, on=on))

    def leave(self, leg: LegId, cause: EndCause = EndCause.NORMAL) -> None:
        """Somebody hangs up."""
        self._end(leg, cause, ordered=False)

    def measure(self, leg: LegId, quality: Quality) -> None:
        """So well was this leg heard."""
        self._tell(LegMeasured(leg, quality))

    def plug(self, device: DeviceId, reachable: bool = True) -> None:
        """A device registers, or vanishes."""
        (self._plugged.add if reachable else self._plugged.discard)(device)
        self._tell(DeviceReach(device, reachable))

    def hears(self, leg: LegId) -> frozenset[LegId]:
        """Whom somebody hears."""
        together = [members for members in self._bridges.values() if leg in members]
        heard = frozenset().union(*together) - {leg}
        ears = heard & self._ears.keys()
        both = [{self._ears[ear], *self.hears(self._ears[ear])} for ear in ears]
        return (heard - ears).union(*both) - self._muted

    def legs(self) -> dict[LegId, LegHeldBySwitch]:
        """All legs that there are."""
        return dict(self._legs)

    # ---- the port

    async def open(self) -> None:
        self._wire = _Wire()
        self._tell(SwitchFoundAgain(self.node))

    async def close(self) -> None:
        self._wire = None

    async def reports(self) -> AsyncIterator[Report]:
        wire = self._wire
        while wire is not None and wire is self._wire:
            yield await wire.queue.get()

    async def do(self, act: Act) -> None:
        self.done.append(act)
        match act:
            case Answer(leg=leg) if leg in self._legs:
                self._legs[leg] = replace(self._legs[leg], up=True)
            case Ring():
                self._ring(act)
            case Overhear():
                self._overhear(act)
            case HangUp(leg=leg, cause=cause):
                self._end(leg, cause, ordered=True)
            case Play(playback=playback):
                self._later(playback, PROMPT_LASTS, PlaybackEnded(playback=playback))
            case StopPlaying(playback=playback):
                self._stop(playback)
            case MuteLeg(leg=leg, on=on):
                (self._muted.add if on else self._muted.discard)(leg)
            case WatchTalking(leg=leg, on=on):
                self._watch(leg, on=on)
            case _:
                self._do_to_bridge(act)

    def _watch(self, leg: LegId, *, on: bool) -> None:
        """Whoever speaks when it begins is told of, as on a real switch."""
        if on and leg in self._speaking and leg not in self._watched:
            self._tell(LegTalks(leg=leg, on=True))
        (self._watched.add if on else self._watched.discard)(leg)

    def _do_to_bridge(self, act: Act) -> None:
        match act:
            case Connect(bridge=bridge, legs=legs):
                there = frozenset(leg for leg in legs if leg in self._legs)
                self._bridges = {other: members - there for other, members in self._bridges.items()}
                self._bridges[bridge] = self._bridges.get(bridge, frozenset()) | there
            case Disconnect(bridge=bridge, leg=leg):
                self._bridges[bridge] = self._bridges.get(bridge, frozenset()) - {leg}
            case Dissolve(bridge=bridge):
                self._bridges.pop(bridge, None)
            case _:
                pass  # music, ringback, recording: nobody here has ears for them

    async def holdings(self) -> Holdings:
        return Holdings(
            legs=self.legs(),
            bridges=dict(self._bridges),
            reachable=frozenset(self._plugged),
            arrivals=tuple(self._arrivals.values()),
        )

    async def still_playing(self, playback: PlaybackId) -> bool:
        return playback in self._timers

    async def halves(self, recording: RecordingId) -> tuple[bytes, bytes] | None:
        return self.recorded.get(recording)

    async def forget_recording(self, recording: RecordingId) -> None:
        self.recorded.pop(recording, None)

    async def configure(self, setup: Setup) -> None:
        return None

    async def served_while_away(self) -> list[ServedWhileAway]:
        return []

    async def forget_served(self, keys: list[str]) -> None:
        return None

    async def contacts(self, names: Collection[str]) -> Mapping[str, tuple[Contact, ...]]:
        here = Contact(address="192.0.2.10:5060", agent="Simulated", answers=True, latency=timedelta(milliseconds=12))
        return {name: (here,) for name in names if name in self._plugged}

    async def tries(self) -> AsyncIterator[SignInTry]:
        """What `guess` tells."""
        while True:
            yield await self._tries.get()

    def guess(self, address: str, *, right: bool = False) -> None:
        """Somebody tries to sign in from there."""
        self._tries.put_nowait(SignInTry(address, right))

    async def lock(self, address: str) -> None:
        """Hear it no more."""
        self.locked_out.add(address)

    async def unlock(self, address: str) -> None:
        """Hear it again."""
        self.locked_out.discard(address)

    async def registrations(self, trunks: Collection[Trunk]) -> Mapping[str, Registration]:
        return {trunk.id: self.at_carriers[trunk.id] for trunk in trunks if trunk.id in self.at_carriers}

    # ---- inside

    def _tell(self, report: Report) -> None:
        if self._wire is not None:
            self._wire.queue.put_nowait(report)

    def _later(self, name: str, after: float, report: Report) -> None:
        def happen() -> None:
            self._timers.pop(name, None)
            self._happen(report)

        self._stop(name)
        self._timers[name] = asyncio.get_running_loop().call_later(after, happen)

    def _happen(self, report: Report) -> None:
        match report:
            case LegAnswered(leg=leg):
                self._legs[leg] = replace(self._legs[leg], up=True)
                self._tell(report)
            case LegEnded(leg=leg, cause=cause, moved_to=moved_to):
                self._end(leg, cause, ordered=False, moved_to=moved_to)
            case _:
                self._tell(report)

    def _stop(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()

    def _overhear(self, act: Overhear) -> None:
        if act.leg in self._legs:
            return
        if act.of not in self._legs:
            self._tell(LegEnded(leg=act.leg, cause=EndCause.UNREACHABLE))
            return
        self._legs[act.leg] = LegHeldBySwitch(leg=act.leg, up=True)
        self._ears[act.leg] = act.of

    def _ring(self, act: Ring) -> None:
        if act.leg in self._legs:
            return
        device = act.to.device if isinstance(act.to, AtDevice) else None
        if device is not None and device not in self._plugged:
            self._tell(LegEnded(leg=act.leg, cause=EndCause.UNREACHABLE))
            return
        self._legs[act.leg] = LegHeldBySwitch(leg=act.leg, up=False)
        at = device or (DeviceId(act.to.trunk) if isinstance(act.to, AtTrunk) else None)
        habit = self.habits.get(at, Habit()) if at else Habit()
        if act.noticed_within is not None and habit.notices_after > act.noticed_within:
            self._later(act.leg, act.noticed_within.total_seconds(), LegUnnoticed(leg=act.leg))
            return
        self._tell(LegRinging(leg=act.leg))
        if isinstance(act.to, AtEcho):
            self._later(act.leg, 0.0, LegAnswered(leg=act.leg))
            return
        self._behave(act, habit)

    def _behave(self, act: Ring, habit: Habit) -> None:
        ends_after = act.at_most.total_seconds()
        if habit.forwards_to:
            self._later(act.leg, 0.5, LegEnded(leg=act.leg, cause=EndCause.MOVED, moved_to=habit.forwards_to))
        elif habit.refuses:
            self._later(act.leg, 1.0, LegEnded(leg=act.leg, cause=EndCause.REJECTED))
        elif habit.answers_after is not None and habit.answers_after.total_seconds() <= ends_after:
            self._later(act.leg, habit.answers_after.total_seconds(), LegAnswered(leg=act.leg))
        else:
            self._later(act.leg, ends_after, LegEnded(leg=act.leg, cause=EndCause.NO_ANSWER))

    def _end(self, leg: LegId, cause: EndCause, *, ordered: bool, moved_to: str = "") -> None:
        self._stop(leg)
        self._arrivals.pop(leg, None)
        if self._legs.pop(leg, None) is None:
            return
        self._bridges = {bridge: members - {leg} for bridge, members in self._bridges.items()}
        self._tell(LegEnded(leg=leg, cause=cause, ordered=ordered, moved_to=moved_to))
        self._ears.pop(leg, None)
        for ear in [ear for ear, of in self._ears.items() if of == leg]:
            self._end(ear, EndCause.NORMAL, ordered=False)
