"""The port of the switch, spoken as ARI: acts become requests, events become reports in our words."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from switchroom.domain.acts import (
    Act,
    Address,
    Answer,
    AtDevice,
    AtEcho,
    AtTrunk,
    Connect,
    Disconnect,
    Dissolve,
    HangUp,
    MuteLeg,
    MuteRecording,
    Overhear,
    Play,
    Ring,
    SendDigits,
    Show,
    Shown,
    StartMusic,
    StartRecording,
    StartRingback,
    StopMusic,
    StopPlaying,
    StopRecording,
    StopRingback,
    TellTransfer,
    WatchTalking,
)
from switchroom.domain.devices import user_in_browser
from switchroom.domain.events import LegAnswered, LegEnded, LegRinging, LegUnnoticed, PlaybackEnded
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PlaybackId, RecordingId
from switchroom.domain.media import Piece, Prompt, Silence, Sound, Tone
from switchroom.switch.asterisk import heard
from switchroom.switch.asterisk.ari import (
    AriAnswerLost,
    AriClient,
    AriConflict,
    AriError,
    AriNotFound,
    AriRefused,
    AriUnreachable,
    Connected,
    Json,
    Lost,
    Query,
)
from switchroom.switch.asterisk.causes import REASONS
from switchroom.switch.asterisk.dialplan import ECHO
from switchroom.switch.asterisk.registrations import follow_reach, is_reached, pjsip_endpoints
from switchroom.switch.asterisk.reports import Translator
from switchroom.switch.port import (
    ActRefused,
    Holdings,
    LegHeldBySwitch,
    Report,
    SwitchFoundAgain,
    SwitchGone,
    SwitchLost,
)

_TALKS = "1500,256"
"""After so many milliseconds of silence somebody has fallen silent; so loud is speech."""
ENTERS_WITHIN = 2.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1
_CLOSED_WITHIN = 5.0
_FOUND_AGAIN_AFTER = 0.5
_PLAYS_WITHIN, _TOLD_WITHIN = 0.2, 0.2
_DIALLED = "SWITCHROOM_DIALLED"
"""The variable of a channel that tells, even to the next process, that its call is under way."""
_ANSWERS = "HANGUPCAUSE_KEYS()"
"""Channels whose other sides have answered anything at all to this leg: itself, once `100 Trying` came."""
SIDES = (("in", "in"), ("out", "out"))
"""The halves of a recording: what comes from the leg, and what goes to it."""

T = TypeVar("T")
SoundOf = Callable[[Prompt | Piece, str], str]
"""Where a sound lies in a language: a path without its ending, or a name in Asterisk's own sets."""


def snoop_of(recording: RecordingId, side: str) -> str:
    """The name of the channel, and of the file, that holds one half of a recording."""
    return f"{recording}-{side}"


class AsteriskSwitch:
    """One Asterisk. Implements all of the port that is spoken over ARI."""

    def __init__(self, ari: AriClient, sound_of: SoundOf, node: str = "asterisk") -> None:
        self._ari = ari
        self._sound_of = sound_of
        self._translator = Translator()
        self._reports: asyncio.Queue[Report | Exception] = asyncio.Queue()
        self._listening: asyncio.Task[None] | None = None
        self._finding: asyncio.Task[None] | None = None
        self._unnoticed: set[LegId] = set()
        self._bridged: set[LegId] = set()
        """Legs that are, or have been, in a bridge."""
        self._doubtful: set[PlaybackId] = set()
        """Playbacks of such legs, which may have got lost."""
        """Rung outside, and nothing was heard of them yet."""
        self._looking: set[asyncio.Task[None]] = set()
        self.node = node

    async def open(self) -> None:
        """Begin to listen."""
        self._listening = asyncio.create_task(self._listen(), name="switch events")

    async def close(self) -> None:
        """Stop listening; calls go on."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, *self._looking, return_exceptions=True)
            self._listening = None
        self._ari.close()

    async def reports(self) -> AsyncIterator[Report]:
        """Everything, in Asterisk's order."""
        while True:
            report = await self._reports.get()
            if isinstance(report, Exception):
                raise report
            yield report

    async def do(self, act: Act) -> None:
        """Carry out an act. Raises: ActRefused; SwitchLost."""
        try:
            await self._do(act)
        except AriNotFound:
            return  # the leg or the thing is gone: nothing is left to do, and an event tells of it
        except (AriUnreachable, AriAnswerLost) as why:
            raise SwitchLost(str(why)) from why
        except AriRefused as why:
            raise ActRefused(str(why)) from why

    async def holdings(self) -> Holdings:
        """What Asterisk holds now. Raises: SwitchLost."""
        try:
            channels = await self._ari.read(list[heard.Channel], "channels")
            bridges = await self._ari.read(list[heard.Bridge], "bridges")
            endpoints = await pjsip_endpoints(self._ari)
            about = await self._ari.read(heard.About, "asterisk", "info")
        except AriError as why:
            raise SwitchLost(str(why)) from why
        self._translator.found(c.id for c in channels)
        self._bridged |= {LegId(channel) for bridge in bridges for channel in bridge.channels}
        self._translator.reach_is({e.resource: is_reached(e) for e in endpoints})
        return Holdings(
            legs={LegId(c.id): LegHeldBySwitch(leg=LegId(c.id), up=c.state == "Up") for c in channels},
            bridges={BridgeId(b.id): frozenset(LegId(c) for c in b.channels) for b in bridges},
            reachable=frozenset(DeviceId(e.resource) for e in endpoints if is_reached(e)),
            started=about.status.startup_time,
            arrivals=tuple(found for c in channels if (found := self._translator.arrival_of(c)) is not None),
        )

    async def still_playing(self, playback: PlaybackId) -> bool:
        """Whether this playback goes on. Raises: SwitchLost."""
        try:
            return await self._is_there("playbacks", playback)
        except AriError as why:
            raise SwitchLost(str(why)) from why

    async def halves(self, recording: RecordingId) -> tuple[bytes, bytes] | None:
        """The two halves as WAV. Raises: SwitchLost.

        Whoever asks may be faster than the act that ends the recording, and a file that is still being written has
        no length in its header yet: its sound would be taken for silence.
        """
        try:
            for side, _ in SIDES:
                await self._finish_recording(snoop_of(recording, side))
            came, went = [
                await self._ari.raw("recordings", "stored", snoop_of(recording, side), "file", within=60.0)
                for side, _ in SIDES
            ]
        except AriNotFound:
            return None
        except AriError as why:
            raise SwitchLost(str(why)) from why
        return came, went

    async def forget_recording(self, recording: RecordingId) -> None:
        """Remove the halves. Raises: SwitchLost."""
        for side, _ in SIDES:
            try:
                await self._ari.delete("recordings", "stored", snoop_of(recording, side))
            except AriNotFound:
                continue
            except AriError as why:
                raise SwitchLost(str(why)) from why

    # ---- events

    async def _listen(self) -> None:
        try:
            async for event in self._ari.events():
                await self._hear(event)
        except Exception as why:
            self._reports.put_nowait(why)  # whoever reads the reports must not wait for ever
            raise

    async def _hear(self, event: heard.Event | Connected | Lost) -> None:
        match event:
            case Connected():
                await self._found()
            case Lost():
                self._reports.put_nowait(SwitchGone(self.node))
            case heard.StasisEnd(channel=channel):
                self._tell(event)
                asyncio.get_running_loop().call_later(self._translator.patience, self._left, channel.id)
            case _:
                if isinstance(event, heard.StasisStart) and event.args[:1] == ["held"]:
                    with suppress(AriError):
                        await self._ari.delete("channels", event.channel.id, "moh")
                self._tell(event)

    def _tell(self, event: heard.Event) -> None:
        for report in self._translator.reports_of(event):
            match report:
                case LegRinging(leg=leg) | LegAnswered(leg=leg):
                    self._unnoticed.discard(leg)
                case LegEnded(leg=leg):
                    self._unnoticed.discard(leg)
                    self._bridged.discard(leg)
                case PlaybackEnded(playback=playback):
                    self._doubtful.discard(playback)
            self._reports.put_nowait(report)

    async def _found(self) -> None:
        """Connected; if it can't be used yet all the same, once more."""
        try:
            await follow_reach(self._ari)
        except AriError:
            asyncio.get_running_loop().call_later(_FOUND_AGAIN_AFTER, self._find_again)
        else:
            self._reports.put_nowait(SwitchFoundAgain(self.node))

    def _find_again(self) -> None:
        if self._listening is not None and not self._listening.done():
            self._finding = asyncio.get_running_loop().create_task(self._found())

    def _left(self, channel: str) -> None:
        """A channel that left us without an end of its own: its end may never be told."""
        for report in self._translator.left(channel):
            self._reports.put_nowait(report)

    # ---- acts

    async def _do(self, act: Act) -> None:
        match act:
            case Ring():
                await self._ring(act)
            case Play():
                await self._play(act)
            case Connect(bridge=bridge, legs=legs):
                self._bridged.update(legs)
                with suppress(AriConflict):  # it is there already
                    await self._ari.post("bridges", bridge, type="mixing,dtmf_events")
                await self._in_stasis("bridges", bridge, "addChannel", channel=list(legs))
            case StartRecording(recording=recording, leg=leg):
                for side, spy in SIDES:
                    await self._record(leg, snoop_of(recording, side), spy)
            case MuteRecording(recording=recording, muted=muted):
                change = self._ari.post if muted else self._ari.delete
                for side, _ in SIDES:
                    await change("recordings", "live", snoop_of(recording, side), "mute")
            case StopRecording(recording=recording):
                for side, _ in SIDES:
                    await self._stop_recording(snoop_of(recording, side))
            case _:
                await self._do_to_leg(act)

    async def _do_to_leg(self, act: Act) -> None:
        match act:
            case Answer(leg=leg):
                await self._ari.post("channels", leg, "answer")
            case HangUp(leg=leg, cause=cause):
                self._translator.ordered(leg)
                await self._ari.delete("channels", leg, reason=REASONS.get(cause, "normal"))
            case StopPlaying(playback=playback):
                self._doubtful.discard(playback)
                await self._ari.delete("playbacks", playback)
            case StartMusic(leg=leg, music=music):
                await self._ari.post("channels", leg, "moh", mohClass=music)
            case StopMusic(leg=leg):
                await self._ari.delete("channels", leg, "moh")
            case StartRingback(leg=leg):
                await self._ari.post("channels", leg, "ring")
            case StopRingback(leg=leg):
                await self._ari.delete("channels", leg, "ring")
            case _:
                await self._do_to_bridge(act)

    async def _do_to_bridge(self, act: Act) -> None:
        match act:
            case Disconnect(bridge=bridge, leg=leg):
                await self._ari.post("bridges", bridge, "removeChannel", channel=leg)
            case Dissolve(bridge=bridge):
                with suppress(AriConflict):  # it is being dissolved already
                    await self._ari.delete("bridges", bridge)
            case MuteLeg(leg=leg, on=on):
                change = self._ari.post if on else self._ari.delete
                await change("channels", leg, "mute", direction="in")
            case WatchTalking(leg=leg, on=on):
                action = f"TALK_DETECT({'set' if on else 'remove'})"
                await self._ari.post("channels", leg, "variable", variable=action, value=_TALKS if on else "")
            case TellTransfer(leg=leg, granted=granted):
                states = "channel_answered" if granted else "channel_declined"
                await self._ari.post("channels", leg, "transfer_progress", states=states)
            case Show(leg=leg, shown=shown):
                for variable, value in _connected(shown, ""):
                    await self._ari.post("channels", leg, "variable", variable=variable, value=value)
            case SendDigits(leg=leg, digits=digits) if keys := digits.reveal():
                await self._ari.post("channels", leg, "dtmf", dtmf=keys)
            case Overhear():
                await self._overhear(act)

    async def _overhear(self, act: Overhear) -> None:
        self._translator.rung(act.leg)
        if await self._is_there("channels", act.leg):
            return
        try:
            app = self._ari.access.app
            await self._ari.post("channels", act.of, "snoop", act.leg, spy="both", app=app, appArgs="ear")
        except AriRefused:
            for report in self._translator.never_made(act.leg):
                self._reports.put_nowait(report)

    async def _ring(self, act: Ring) -> None:
        at = act.to
        endpoint = _endpoint(at)
        shown = dict(_connected(act.shown, ",i"))
        headers = {f"PJSIP_HEADER(add,{name})": value for name, value in act.headers.items()}
        self._translator.rung(act.leg)
        try:
            await self._ari.post(
                "channels",
                "create",
                endpoint=endpoint,
                app=self._ari.access.app,
                channelId=act.leg,
                appArgs="rung",
                formats=_preferred(at),
                body={"variables": {**shown, **headers}},
            )
        except AriConflict:  # made before, and perhaps not dialled
            # Without the variable it was not dialled; if the leg is gone, dialling it will say so.
            if not await self._is_there("channels", act.leg, "variable", variable=_DIALLED):
                with suppress(AriConflict):
                    await self._dial(act)
            return
        except AriRefused:
            for report in self._translator.never_made(act.leg):
                self._reports.put_nowait(report)
            return
        await self._dial(act)

    async def _dial(self, act: Ring) -> None:
        """Dial, and note it on the channel: Asterisk ends a call that is dialled twice before it rings."""
        await self._in_stasis("channels", act.leg, "dial", timeout=_seconds(act.at_most))
        if act.noticed_within is not None:
            self._unnoticed.add(act.leg)
            self._later(act.noticed_within.total_seconds(), self._look_for_notice, act.leg)
        await self._ari.post("channels", act.leg, "variable", variable=_DIALLED, value="1")

    async def _play(self, act: Play) -> None:
        sounds: Json = {"media": [self._sound(one, act.language) for one in act.media], "lang": act.language}
        await self._in_stasis("channels", act.leg, "play", act.playback, body=sounds)  # too long for an address
        if act.leg in self._bridged:
            self._doubtful.add(act.playback)
            self._later(_PLAYS_WITHIN, self._look_for_playback, act)

    async def _look_for_playback(self, act: Play) -> None:
        """What is asked for just when a leg leaves its bridge may be forgotten by Asterisk, without a word.

        The word that it has ended may also be on its way.
        """
        with suppress(AriError):  # the leg is gone, or Asterisk is: that is told anyway
            if act.playback in self._doubtful and not await self._is_there("playbacks", act.playback):
                await asyncio.sleep(_TOLD_WITHIN)
                if act.playback in self._doubtful:
                    await self._play(act)
                    return
        self._doubtful.discard(act.playback)

    def _later(self, seconds: float, look: Callable[[T], Awaitable[None]], at: T) -> None:
        """Have a look after a while, if somebody still listens."""

        def begin() -> None:
            if self._listening is not None and not self._listening.done():
                task = asyncio.ensure_future(look(at))
                self._looking.add(task)
                task.add_done_callback(self._looking.discard)

        asyncio.get_running_loop().call_later(seconds, begin)

    async def _look_for_notice(self, leg: LegId) -> None:
        """No event tells of `100 Trying`, but Asterisk notes every answer of the other side on the channel."""
        if leg not in self._unnoticed:
            return
        self._unnoticed.discard(leg)
        with suppress(AriError):  # it is gone, or Asterisk is: that is told anyway
            told = await self._ari.get("channels", leg, "variable", variable=_ANSWERS)
            if isinstance(told, dict) and not told.get("value"):
                self._reports.put_nowait(LegUnnoticed(leg=leg))

    async def _is_there(self, *path: str, **query: Query) -> bool:
        """Whether Asterisk has it. Raises: AriError if it can't say."""
        try:
            await self._ari.get(*path, within=None, **query)
        except AriNotFound:
            return False
        return True

    async def _in_stasis(self, *path: str, body: Json = None, **query: Query) -> None:
        """Ask as soon as the channel has entered our application: it was made, or came, a moment ago."""
        until = asyncio.get_running_loop().time() + ENTERS_WITHIN
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._ari.post(*path, body=body, within=None, **query)
            except AriConflict:
                if asyncio.get_running_loop().time() > until:
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)  # a busy Asterisk must not be asked all the more
            else:
                return

    async def _record(self, leg: LegId, name: str, spy: str) -> None:
        if await self._is_there("channels", name):
            return  # recording already: a second one of that name is refused as a failure of Asterisk's own
        await self._ari.post("channels", leg, "snoop", name, spy=spy, app=self._ari.access.app, appArgs="snoop")
        await self._in_stasis("channels", name, "record", name=name, format="wav", ifExists="fail")

    async def _stop_recording(self, name: str) -> None:
        with suppress(AriNotFound):  # stopped already; its channel may still be there
            await self._ari.post("recordings", "live", name, "stop")
        await self._ari.delete("channels", name)

    async def _finish_recording(self, name: str) -> None:
        """End it if it goes on, and wait until its file is closed. Raises: AriUnreachable if it never is."""
        with suppress(AriNotFound):
            await self._stop_recording(name)
        until = asyncio.get_running_loop().time() + _CLOSED_WITHIN
        while await self._is_there("recordings", "live", name):
            if asyncio.get_running_loop().time() > until:
                raise AriUnreachable(f"The recording {name} does not come to its end.")
            await asyncio.sleep(_LONGEST_PAUSE)

    def _sound(self, sound: Sound, language: str) -> str:
        match sound:
            case Prompt() | Piece():
                return f"sound:{self._sound_of(sound, language)}"
            case Tone(name=name):
                return f"tone:{name};tonezone={language}"
            case Silence(lasting=lasting):
                return f"sound:silence/{min(10, max(1, _seconds(lasting)))}"


def _connected(shown: Shown, option: str) -> list[tuple[str, str]]:
    """What a phone is told of whom it is connected to; with the option `i` only when the next message goes out."""
    return [("CONNECTEDLINE(name,i)", shown.name), (f"CONNECTEDLINE(num{option})", shown.number)]


def _preferred(at: Address) -> str | None:
    """Opus for a page: it bears a bad line, which G.711 does not. Unasked, Asterisk offers G.711 first.

    For sound inside itself it takes 192,000 samples a second, which costs much and halves the loudness.
    """
    match at:
        case AtDevice(device=device):
            return "opus" if user_in_browser(device) else None
        case AtEcho():
            return "slin16"
        case AtTrunk():
            return None


def _endpoint(at: Address) -> str:
    match at:
        case AtDevice(device=device):
            return f"PJSIP/{device}"
        case AtTrunk(trunk=trunk, number=number):
            return f"PJSIP/{number}@{trunk}"
        case AtEcho():
            return f"Local/s@{ECHO}/n"


def _seconds(lasting: timedelta) -> int:
    return max(1, round(lasting.total_seconds()))
