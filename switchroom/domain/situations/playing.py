"""Playing to the caller: to the end, or until a key breaks it off; and the keys that follow."""

from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from switchroom.domain.acts import Act, Play, StopPlaying
from switchroom.domain.events import DigitHeard, DigitsAsked, Event, LegEnded, PlaybackEnded, TimePassed
from switchroom.domain.identity import PlaybackId
from switchroom.domain.media import Media
from switchroom.domain.people import Secret
from switchroom.domain.scenario.effects import (
    CallerLeft,
    CollectDigits,
    Collected,
    Done,
    Outcome,
    PlayMedia,
    Trouble,
)
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import Scene, Turn, gone, whose
from switchroom.domain.speaking import spoken

S = TypeVar("S")


class Playing(Kind, frozen=True, kw_only=True):
    """A prompt is heard. `attempt` grows when it has to begin again after a crash."""

    attempt: int = 0


class Collecting(Kind, frozen=True, kw_only=True):
    """Keys are taken. `typed` is empty for secrets, which live in `secret` only and are not saved."""

    attempt: int = 0
    prompting: bool = True
    typed: str = ""
    secret: Secret | None = None
    until: datetime | None = None


def _playback(scene: Scene, attempt: int) -> PlaybackId:
    return PlaybackId(scene.named("play", attempt))


def _play(scene: Scene, attempt: int, media: tuple[Media, ...]) -> Act:
    sounds = spoken(media, scene.language)
    return Play(playback=_playback(scene, attempt), leg=scene.caller(), media=sounds, language=scene.language)


def play(scene: Scene, want: PlayMedia) -> Turn[Playing]:
    """Begin to play."""
    return Turn(situation=Playing(), acts=(_play(scene, 0, want.media),))


def play_again(scene: Scene, want: PlayMedia, situation: Playing) -> Turn[Playing]:
    """After a crash: what was broken off is heard from its beginning."""
    again = Playing(attempt=situation.attempt + 1)
    stop = StopPlaying(playback=_playback(scene, situation.attempt))
    return Turn(situation=again, acts=(stop, _play(scene, again.attempt, want.media)))


def while_playing(scene: Scene, want: PlayMedia, situation: Playing, event: Event) -> Turn[Playing]:
    """A prompt ends by itself, fails, or the caller leaves; keys are of no interest."""
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            return _left(scene, situation, event)
        case PlaybackEnded(playback=playback, failed=failed) if playback == _playback(scene, situation.attempt):
            outcome: Outcome = Trouble(why="The prompt could not be played.") if failed else Done()
            return Turn(situation=situation, outcome=outcome)
        case _:
            return Turn(situation=situation)


def collect(scene: Scene, want: CollectDigits) -> Turn[Collecting]:
    """Begin to play and to listen for keys."""
    if not want.media:
        return _listening(scene, want, Collecting(prompting=False))
    return Turn(situation=Collecting(), acts=(_play(scene, 0, want.media),))


def collect_again(scene: Scene, want: CollectDigits, situation: Collecting) -> Turn[Collecting]:
    """After a crash: typed keys stay, a forgotten secret is asked for again."""
    forgotten = situation.secret is not None and situation.secret.reveal() is None
    if situation.prompting or forgotten:
        again = Collecting(attempt=situation.attempt + 1)
        stop = StopPlaying(playback=_playback(scene, situation.attempt))
        return Turn(situation=again, acts=(stop, _play(scene, again.attempt, want.media)))
    return Turn(situation=situation, wake=situation.until)


def while_collecting(scene: Scene, want: CollectDigits, situation: Collecting, event: Event) -> Turn[Collecting]:
    """The first key breaks the prompt off; the last one, an end key, or silence ends it."""
    match event:
        case LegEnded(leg=leg) if leg == scene.cast.caller:
            return _left(scene, situation, event)
        case DigitHeard(leg=leg, digit=digit) if leg == scene.cast.caller:
            return _key(scene, want, situation, digit)
        case DigitsAsked(by=by, digits=digits) if scene.is_caller(by):
            return _keys(scene, want, situation, digits)
        case PlaybackEnded(playback=p) if situation.prompting and p == _playback(scene, situation.attempt):
            return _listening(scene, want, replace(situation, prompting=False))
        case TimePassed() if situation.until is not None and scene.now >= situation.until:
            return Turn(situation=situation, outcome=_collected(want, situation))
        case _:
            return Turn(situation=situation, wake=situation.until)


def _key(scene: Scene, want: CollectDigits, situation: Collecting, digit: str) -> Turn[Collecting]:
    acts: tuple[Act, ...] = ()
    if situation.prompting:
        acts = (StopPlaying(playback=_playback(scene, situation.attempt)),)
        situation = replace(situation, prompting=False)
    if digit in want.end_keys:
        return Turn(situation=situation, acts=acts, outcome=_collected(want, situation))
    situation = _typed(want, situation, digit)
    if len(_digits(want, situation)) >= want.most:
        return Turn(situation=situation, acts=acts, outcome=_collected(want, situation))
    situation = replace(situation, until=scene.now + want.next_wait)
    return Turn(situation=situation, acts=acts, wake=situation.until)


def _keys(scene: Scene, want: CollectDigits, situation: Collecting, digits: str) -> Turn[Collecting]:
    """Keys that one of us who calls pressed on their page; those beyond the end are of no interest."""
    turn, acts = Turn(situation=situation, wake=situation.until), tuple[Act, ...]()
    for digit in digits:
        turn = _key(scene, want, turn.situation, digit)
        acts += turn.acts
        if turn.outcome is not None:
            break
    return replace(turn, acts=acts)


def _typed(want: CollectDigits, situation: Collecting, digit: str) -> Collecting:
    if want.secret:
        return replace(situation, secret=Secret(_digits(want, situation) + digit))
    return replace(situation, typed=situation.typed + digit)


def _digits(want: CollectDigits, situation: Collecting) -> str:
    if want.secret:
        return (situation.secret.reveal() or "") if situation.secret else ""
    return situation.typed


def _collected(want: CollectDigits, situation: Collecting) -> Collected:
    digits = _digits(want, situation)
    return Collected(digits=Secret(digits) if want.secret else digits)


def _listening(scene: Scene, want: CollectDigits, situation: Collecting) -> Turn[Collecting]:
    situation = replace(situation, until=scene.now + want.first_wait)
    return Turn(situation=situation, wake=situation.until)


def _left(scene: Scene, situation: S, event: LegEnded) -> Turn[S]:
    left = CallerLeft(by=whose(event.cause), cause=event.cause)
    return Turn(situation=situation, facts=(gone(scene, event),), outcome=left)
