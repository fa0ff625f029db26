"""A caller leaves a message: they hear a greeting and a tone, and what they say after it is recorded.

The recording is one of the caller's leg, as that of a talk: the switch goes on with it while we are away. It ends when
the caller hangs up, presses the end key, is silent for long enough, or has spoken for as long as may be.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from switchroom.domain.acts import Act, Answer, Play, StartRecording, StopPlaying, StopRecording, WatchTalking
from switchroom.domain.events import DigitHeard, DigitsAsked, Event, LegEnded, LegTalks, PlaybackEnded, TimePassed
from switchroom.domain.facts.calls import CallAnswered
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.messages import MessageBegan, MessageEnded
from switchroom.domain.identity import PlaybackId, PromptId, RecordingId
from switchroom.domain.media import Media, Piece, Prompt
from switchroom.domain.scenario.effects import CallerLeft, Done, Outcome, TakeMessage
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import Parted, Scene, Turn, gone, whose
from switchroom.domain.speaking import spoken

END_KEY = "#"
_GREETING, _TONE = Piece(name="vm-intro"), Piece(name="beep")
"""Asterisk has both in Russian and in English."""


class Greeting(Kind, frozen=True, kw_only=True):
    """The greeting is heard, or the tone after it. `attempt` grows when it has to begin again after a crash."""

    attempt: int = 0
    tone: bool = False


class Speaking(Kind, frozen=True, kw_only=True):
    """The caller speaks; `silent_since` is None while they are heard."""

    message: RecordingId
    since: datetime
    until: datetime
    silent_since: datetime | None


Leaving = Greeting | Speaking


def take_message(scene: Scene, want: TakeMessage) -> Turn[Leaving]:
    """Answer, and greet."""
    caller = scene.caller()
    acts: list[Act] = []
    facts: list[Fact] = []
    if not scene.cast.caller_is_up():
        acts.append(Answer(leg=caller))
        facts.append(CallAnswered(call=scene.story, leg=caller))
    greeting = Greeting()
    acts.append(_play(scene, want, greeting))
    return Turn(situation=greeting, acts=tuple(acts), facts=tuple(facts))


def take_message_again(scene: Scene, want: TakeMessage, situation: Leaving) -> Turn[Leaving]:
    """After a crash: what was played is heard anew; what is said was recorded all the while.

    Whether they speak now is asked anew: how they fell silent while we were away was told to nobody.
    """
    if isinstance(situation, Greeting):
        again = replace(situation, attempt=situation.attempt + 1)
        stop = StopPlaying(playback=_playback(scene, situation))
        return Turn(situation=again, acts=(stop, _play(scene, want, again)))
    heard = replace(situation, silent_since=scene.now)
    watch = (WatchTalking(leg=scene.caller(), on=False), WatchTalking(leg=scene.caller(), on=True))
    return _goes_on(scene, heard, watch)


def while_leaving(scene: Scene, want: TakeMessage, situation: Leaving, event: Event) -> Turn[Leaving]:
    """Until the message is left, or the caller is gone before."""
    if isinstance(situation, Greeting):
        return _while_greeted(scene, want, situation, event)
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            ended = Parted((), (gone(scene, event),)) + _ended(scene, want, situation)
            return Turn(situation=situation, acts=ended.acts, facts=ended.facts, outcome=left)
        case LegTalks(leg=leg, on=on) if leg == scene.cast.caller:
            return _goes_on(scene, replace(situation, silent_since=None if on else scene.now))
        case TimePassed() if scene.now >= _wake(scene, situation):
            return _done(scene, want, situation)
        case _ if _ends(scene, event):
            return _done(scene, want, situation)
        case _:
            return _goes_on(scene, situation)


def _while_greeted(scene: Scene, want: TakeMessage, situation: Greeting, event: Event) -> Turn[Leaving]:
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            return Turn(situation=situation, facts=(gone(scene, event),), outcome=left)
        case PlaybackEnded(playback=playback) if playback == _playback(scene, situation):
            return _speak(scene, want) if situation.tone else _tone(scene, want, situation)
        case _ if _ends(scene, event) and not situation.tone:
            stop = StopPlaying(playback=_playback(scene, situation))
            turn = _tone(scene, want, situation)
            return replace(turn, acts=(stop, *turn.acts))
        case _:
            return Turn(situation=situation)


def _ends(scene: Scene, event: Event) -> bool:
    """Whether the caller pressed the key that ends the greeting, or the message; on a phone or on a page."""
    match event:
        case DigitHeard(leg=leg, digit=digit):
            return leg == scene.cast.caller and digit == END_KEY
        case DigitsAsked(by=by, digits=digits):
            return scene.is_caller(by) and END_KEY in digits
        case _:
            return False


# ---- greeting


def _playback(scene: Scene, situation: Greeting) -> PlaybackId:
    return PlaybackId(scene.named("tone" if situation.tone else "greeting", situation.attempt))


def _play(scene: Scene, want: TakeMessage, situation: Greeting) -> Play:
    media = _TONE if situation.tone else _greeting(scene, want)
    sounds = spoken((media,), scene.language)
    return Play(playback=_playback(scene, situation), leg=scene.caller(), media=sounds, language=scene.language)


def _greeting(scene: Scene, want: TakeMessage) -> Media:
    """Their own, or the one that every language has."""
    if want.greeting is not None and want.greeting in scene.setup.prompts:
        return Prompt(prompt=PromptId(want.greeting))
    return _GREETING


def _tone(scene: Scene, want: TakeMessage, situation: Greeting) -> Turn[Leaving]:
    """Also where the greeting could not be played: nobody is turned away for that."""
    tone = replace(situation, tone=True)
    return Turn(situation=tone, acts=(_play(scene, want, tone),))


# ---- speaking


def _speak(scene: Scene, want: TakeMessage) -> Turn[Leaving]:
    caller, message = scene.caller(), RecordingId(scene.named("message"))
    longest = scene.setup.company.voicemail.longest
    speaking = Speaking(message=message, since=scene.now, until=scene.now + longest, silent_since=scene.now)
    acts = (StartRecording(recording=message, leg=caller), WatchTalking(leg=caller, on=True))
    began = MessageBegan(call=scene.story, message=message, user=want.user, leg=caller)
    return replace(_goes_on(scene, speaking, acts), facts=(began,))


def _wake(scene: Scene, situation: Speaking) -> datetime:
    if situation.silent_since is None:
        return situation.until
    return min(situation.until, situation.silent_since + scene.setup.company.voicemail.silence)


def _goes_on(scene: Scene, situation: Speaking, acts: tuple[Act, ...] = ()) -> Turn[Leaving]:
    return Turn(situation=situation, acts=acts, wake=_wake(scene, situation))


def _ended(scene: Scene, want: TakeMessage, situation: Speaking) -> Parted:
    lasted = max(timedelta(0), scene.now - situation.since)
    ended = MessageEnded(call=scene.story, message=situation.message, user=want.user, lasted=lasted)
    return Parted((StopRecording(recording=situation.message),), (ended,))


def _done(scene: Scene, want: TakeMessage, situation: Speaking) -> Turn[Leaving]:
    outcome: Outcome = Done()
    ended = _ended(scene, want, situation)
    quiet = WatchTalking(leg=scene.caller(), on=False)
    return Turn(situation=situation, acts=(quiet, *ended.acts), facts=ended.facts, outcome=outcome)
