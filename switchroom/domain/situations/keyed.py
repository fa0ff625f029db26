"""Keys on a phone during a talk: a code asks for what a page or a program asks for, and is granted or refused alike.

Codes begin with `*`, and their keys follow each other closely; whatever else is pressed is meant for the other side,
which hears all keys. After some codes a number is keyed in; meanwhile the other party waits with music and hears none.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from msgspec.structs import replace

from switchroom.domain.acts import Act, Play, StopPlaying
from switchroom.domain.events import (
    CancelConsultationAsked,
    CompleteTransferAsked,
    ConsultAsked,
    DigitHeard,
    Event,
    HangUpAsked,
    HoldAsked,
    JoinAllAsked,
    LegEnded,
    MuteRecordingAsked,
    ParkAsked,
    PlaybackEnded,
    RecordAsked,
    SendOnAsked,
    TimePassed,
    ToggleAsked,
)
from switchroom.domain.facts.talks import CodePressed
from switchroom.domain.identity import LegId, PlaybackId, UserId
from switchroom.domain.media import Media, Piece, SaidDigits, Tone
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import Talk
from switchroom.domain.situations.parking import free_place
from switchroom.domain.situations.recorded_talk import recorded_talk_again, while_in_recorded_talk
from switchroom.domain.situations.scene import Scene, Turn
from switchroom.domain.situations.standing import Consulting, InTalk, Keying, Talking, Together, wake_of
from switchroom.domain.speaking import spoken
from switchroom.domain.talk_keys import TalkKey, codes_of
from switchroom.domain.titles import Title

CLOSELY = timedelta(seconds=3)
"""So soon the next key of a code follows."""
NEXT_KEY = timedelta(seconds=4)
"""After so long a pause a number is whole."""
FIRST_KEY = timedelta(seconds=10)
"""So long the first digit of a number is waited for, and a parking place may take to be told."""
_LONGEST_NUMBER = 20
_DONE, _REFUSED = Piece(name="beep"), Piece(name="beeperr")


def while_in_keyed_talk(scene: Scene, want: Talk, situation: InTalk, event: Event) -> Turn[InTalk]:
    """Whatever those who talk may wish, at a page, by a program or by keys."""
    if isinstance(situation, Talking) and situation.keying is not None:
        return _while_keying(scene, want, situation, situation.keying, event)
    if isinstance(event, DigitHeard) and not situation.lost:
        known = scene.cast.legs.get(event.leg)
        if known is not None and known.user is not None:
            return _key(scene, want, situation, event, known.user)
    return while_in_recorded_talk(scene, want, situation, event)


def keyed_talk_again(scene: Scene, want: Talk, situation: InTalk) -> Turn[InTalk]:
    """After a crash: what was keyed in so far is not lost; nothing is played again."""
    return _awake(recorded_talk_again(scene, want, situation))


def _awake(turn: Turn[InTalk]) -> Turn[InTalk]:
    """Awake at the moment at which the number is taken as it is."""
    keying = isinstance(turn.situation, Talking) and turn.situation.keying is not None
    return replace(turn, wake=wake_of(turn.situation)) if keying and turn.outcome is None else turn


# ---- codes


def _key(scene: Scene, want: Talk, situation: InTalk, event: DigitHeard, user: UserId) -> Turn[InTalk]:
    codes = _codes(scene, situation, event.leg)
    pressed = _pressed(scene, situation, event, codes)
    if pressed in codes:
        return _code(scene, want, situation, codes[pressed], event.leg, user)
    turn = while_in_recorded_talk(scene, want, situation, event)
    by, at = (event.leg, scene.now) if pressed else (None, None)
    return replace(turn, situation=replace(turn.situation, keys=pressed, keyed_by=by, keyed_at=at))


def _codes(scene: Scene, situation: InTalk, leg: LegId) -> Mapping[str, TalkKey]:
    """The codes of this phone now: in a consultation all of them are only for who asks."""
    codes = codes_of(scene.setup.company.recording_code, scene.setup.company.talk_keys)
    if isinstance(situation, Talking) or (isinstance(situation, Consulting) and leg == situation.asker):
        return codes
    return {code: key for code, key in codes.items() if key is TalkKey.RECORD}


def _pressed(scene: Scene, situation: InTalk, event: DigitHeard, codes: Iterable[str]) -> str:
    """The last keys, as far as they are the beginning of a code, or one."""
    closely = situation.keyed_at is not None and scene.now - situation.keyed_at <= CLOSELY
    keys = (situation.keys if closely and situation.keyed_by == event.leg else "") + event.digit
    tails = (keys[start:] for start in range(len(keys)))
    return next((tail for tail in tails if any(code.startswith(tail) for code in codes)), "")


def _code(scene: Scene, want: Talk, situation: InTalk, key: TalkKey, leg: LegId, user: UserId) -> Turn[InTalk]:
    pressed = replace(situation, keys="", keyed_at=None, presses=situation.presses + 1)
    try:
        turn, granted = _asked(scene, want, pressed, key, leg, user), True
    except NotNow:
        neutral = while_in_recorded_talk(scene, want, pressed, DigitHeard(leg=leg, digit=""))
        turn, granted = replace(neutral, acts=(*neutral.acts, _play(scene, leg, pressed, _REFUSED))), False
    told = CodePressed(call=scene.story, by=user, leg=leg, code=key, granted=granted)
    return _awake(replace(turn, facts=(told, *turn.facts)))


def _asked(scene: Scene, want: Talk, situation: InTalk, key: TalkKey, leg: LegId, user: UserId) -> Turn[InTalk]:
    """What the code asks for. Raises: NotNow."""
    if isinstance(situation, Talking) and key in (TalkKey.CONSULT, TalkKey.SEND_ON, TalkKey.PARK):
        return _keying(scene, want, situation, key, leg, user)
    event = _event_of(scene, situation, key, user)
    if event is None:
        raise NotNow(what=Title("the call is at another stage", "звонок сейчас на другом этапе"))
    turn = while_in_recorded_talk(scene, want, situation, event)
    if key is TalkKey.SEND_ON:
        return turn  # who pressed it is gone
    return replace(turn, acts=(*turn.acts, _play(scene, leg, situation, _DONE)))


def _event_of(scene: Scene, situation: InTalk, key: TalkKey, user: UserId) -> Event | None:
    """What a page would ask for; None if it makes no sense now."""
    if key is TalkKey.RECORD and (scene.cast.recording is None or scene.cast.on_demand):
        return RecordAsked(by=user, on=scene.cast.recording is None)
    if key is TalkKey.RECORD:
        return MuteRecordingAsked(by=user, muted=not situation.muted)
    if isinstance(situation, Talking):
        return HoldAsked(by=user, on=situation.held is None) if key is TalkKey.HOLD else None
    match key:
        case TalkKey.HOLD:
            return ToggleAsked(by=user)
        case TalkKey.CONSULT:
            return CancelConsultationAsked(by=user)
        case TalkKey.SEND_ON:
            return CompleteTransferAsked(by=user)
        case TalkKey.JOIN:
            return JoinAllAsked(by=user)
        case _:
            return None


def _play(scene: Scene, leg: LegId, situation: InTalk, *media: Media) -> Play:
    """Each form of a talk counts its presses anew, so what is played is named by its form."""
    known = scene.cast.legs.get(leg)
    language = scene.setup.language_of(known.user) if known and known.user else scene.language
    form = {Consulting: "asking-", Together: "together-"}.get(type(situation), "")
    playback = PlaybackId(scene.named(f"key-{form}{situation.thirds}", situation.presses))
    return Play(playback=playback, leg=leg, media=spoken(media, language), language=language)


# ---- a number after a code


def _keying(scene: Scene, want: Talk, situation: Talking, key: TalkKey, leg: LegId, user: UserId) -> Turn[InTalk]:
    """The other party waits; the phone gives a dial tone, or tells the parking place. Raises: NotNow."""
    place = free_place(scene) if key is TalkKey.PARK else ""
    waits = scene.cast.other_than(leg)
    if waits is None or situation.held == leg:
        raise NotNow(what=Title("you talk with nobody now", "вы сейчас ни с кем не говорите"))
    turn: Turn[InTalk] = Turn(situation=situation)
    if situation.held is None:
        turn = while_in_recorded_talk(scene, want, situation, HoldAsked(by=user, on=True))
    hears: Media = SaidDigits(text=place) if place else Tone(name="dial")
    play = _play(scene, leg, situation, hears)
    keying = Keying(
        by=user, leg=leg, waits=waits, wants=key, number=place, playback=play.playback, until=scene.now + FIRST_KEY
    )
    assert isinstance(turn.situation, Talking)
    return replace(turn, situation=replace(turn.situation, keying=keying), acts=(*turn.acts, play))


def _while_keying(scene: Scene, want: Talk, situation: Talking, keying: Keying, event: Event) -> Turn[InTalk]:
    parks, back = keying.wants is TalkKey.PARK, HoldAsked(by=keying.by, on=False)
    match event:
        case DigitHeard(leg=leg, digit=digit) if leg == keying.leg and not parks:
            return _digit(scene, want, situation, keying, digit)
        case PlaybackEnded(playback=playback) if parks and playback == keying.playback:
            return _told(scene, want, situation, keying)
        case TimePassed() if scene.now >= keying.until:
            return _keyed(scene, want, situation, keying, back)
        case HangUpAsked(by=by) if parks and by == keying.by:
            return _keyed(scene, want, situation, keying, event)
        case LegEnded(leg=leg) if parks and leg == keying.leg:
            return _keyed(scene, want, situation, keying, event)
        case _:
            return _meanwhile(scene, want, situation, keying, event)


def _digit(scene: Scene, want: Talk, situation: Talking, keying: Keying, digit: str) -> Turn[InTalk]:
    if digit == "#" or len(keying.number) >= _LONGEST_NUMBER:
        return _keyed(scene, want, situation, keying, HoldAsked(by=keying.by, on=False))
    quiet = _silenced(keying)
    more = replace(keying, number=keying.number + digit, playback=None, until=scene.now + NEXT_KEY)
    return _awake(Turn(situation=replace(situation, keying=more), acts=quiet))


def _silenced(keying: Keying) -> tuple[Act, ...]:
    return (StopPlaying(playback=keying.playback),) if keying.playback else ()


def _meanwhile(scene: Scene, want: Talk, situation: Talking, keying: Keying, event: Event) -> Turn[InTalk]:
    """Whatever else happens; once the other party waits no longer, no number is keyed in any more."""
    turn = while_in_recorded_talk(scene, want, situation, event)
    now = turn.situation
    if not isinstance(now, Talking):
        return replace(turn, acts=(*_silenced(keying), *turn.acts))
    if turn.outcome is None and now.held == keying.waits and now.lost is None:
        return _awake(turn)
    return replace(turn, situation=replace(now, keying=None), acts=(*_silenced(keying), *turn.acts))


def _told(scene: Scene, want: Talk, situation: Talking, keying: Keying) -> Turn[InTalk]:
    """They have heard the place; if somebody else has it by now, they hear of another."""
    entered = replace(situation, presses=situation.presses + 1)
    try:
        moved = free_place(scene) != keying.number
    except NotNow:
        moved = False
    if moved:
        return _awake(_keying(scene, want, entered, keying.wants, keying.leg, keying.by))
    return _keyed(scene, want, situation, keying, HoldAsked(by=keying.by, on=False))


def _keyed(scene: Scene, want: Talk, situation: Talking, keying: Keying, otherwise: Event) -> Turn[InTalk]:
    """The number is whole: it is asked for; refused, or without a number, `otherwise` follows."""
    event, quiet = _wanted(keying), _silenced(keying)
    entered = replace(situation, keying=None, presses=situation.presses + 1)
    refused: tuple[Act, ...] = ()
    if event is not None:
        try:
            turn = while_in_recorded_talk(scene, want, entered, event)
            return replace(turn, acts=quiet + turn.acts)
        except NotNow:
            refused = (_play(scene, keying.leg, entered, _REFUSED),)
    turn = while_in_recorded_talk(scene, want, entered, otherwise)
    return replace(turn, acts=(*quiet, *turn.acts, *refused))


def _wanted(keying: Keying) -> Event | None:
    if keying.wants is TalkKey.PARK:
        return ParkAsked(by=keying.by)
    if not keying.number:
        return None
    if keying.wants is TalkKey.CONSULT:
        return ConsultAsked(by=keying.by, to=keying.number)
    return SendOnAsked(by=keying.by, to=keying.number)
