"""A talk and its recording: what is announced before, and what the two ask of it by a key, a page or a program."""

from dataclasses import replace

import msgspec

from switchroom.domain.acts import Act, Connect, Play, StopPlaying, StopRecording
from switchroom.domain.events import (
    DigitHeard,
    DigitsAsked,
    Event,
    HangUpAsked,
    MuteRecordingAsked,
    PlaybackEnded,
    RecordAsked,
    Request,
    TransferAsked,
)
from switchroom.domain.facts.calls import DecidedBy, RecordingDecided, RecordingEnded
from switchroom.domain.identity import LegId, PlaybackId, UserId
from switchroom.domain.media import Tone
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import Talk
from switchroom.domain.situations.recording import forbidding, start
from switchroom.domain.situations.scene import Parted, Scene, Turn
from switchroom.domain.situations.standing import InTalk, Talking
from switchroom.domain.situations.talk import in_talk_again, while_in_talk
from switchroom.domain.titles import Title


def while_in_recorded_talk(scene: Scene, want: Talk, situation: InTalk, event: Event) -> Turn[InTalk]:
    """Whatever those who talk may wish, and what two of them ask of the recording."""
    if not isinstance(situation, Talking):
        return while_in_talk(scene, want, situation, event)
    match event:
        case PlaybackEnded(playback=playback) if scene.cast.announcing and playback == scene.cast.announcing[0]:
            return _announced(scene, situation)
        case HangUpAsked() | DigitsAsked() | MuteRecordingAsked() if scene.cast.announcing:
            return while_in_talk(scene, want, situation, event)
        case _ if scene.cast.announcing and isinstance(event, Request | TransferAsked):
            raise NotNow(what=Title("the announcement is being played", "сейчас звучит предупреждение о записи"))
        case RecordAsked() if situation.lost is None:
            return _asked(scene, situation, event)
        case DigitHeard(leg=leg, digit=digit) if situation.lost is None:
            return _key(scene, want, situation, leg, digit)
        case _:
            return while_in_talk(scene, want, situation, event)


def recorded_talk_again(scene: Scene, want: Talk, situation: InTalk) -> Turn[InTalk]:
    """After a crash the announcement may have come to its end while we were away: the talk begins."""
    turn = in_talk_again(scene, want, situation)
    if not scene.cast.announcing or not isinstance(situation, Talking):
        return turn
    begun = _announced(scene, situation)
    return replace(turn, acts=turn.acts + begun.acts, facts=turn.facts + begun.facts)


def _announced(scene: Scene, situation: Talking) -> Turn[InTalk]:
    cast = scene.cast
    acts: list[Act] = [StopPlaying(playback=playback) for playback in cast.announcing[1:]]
    apart = situation.held is not None or situation.lost is not None
    if not apart and cast.bridge is not None and cast.callee is not None:
        acts.append(Connect(bridge=cast.bridge, legs=(scene.caller(), cast.callee)))
    begun = Parted(tuple(acts)) + start(scene, cast.queue)
    wake = situation.lost.until if situation.lost else None
    return Turn(situation=situation, acts=begun.acts, facts=begun.facts, wake=wake)


def _asked(scene: Scene, situation: Talking, asked: RecordAsked) -> Turn[InTalk]:
    if scene.cast.leg_of(asked.by) is None:
        raise NotNow(what=Title("you take no part in this talk", "вы не участвуете в этом разговоре"))
    changed = _begin(scene, asked.by) if asked.on else _end(scene)
    return Turn(situation=msgspec.structs.replace(situation, muted=False), acts=changed.acts, facts=changed.facts)


def _begin(scene: Scene, by: UserId) -> Parted:
    if scene.cast.recording is not None or scene.cast.announcing:
        raise NotNow(what=Title("this talk is recorded already", "этот разговор уже записывается"))
    rule = forbidding(scene)
    if rule is not None:
        raise NotNow(what=Title(f"the rule “{rule.title}” forbids it", f"это запрещает правило «{rule.title}»"))
    decided = RecordingDecided(call=scene.story, record=True, by=DecidedBy.ON_DEMAND, user=by)
    return Parted((), (decided,)) + start(scene, scene.cast.queue)


def _end(scene: Scene) -> Parted:
    recording = scene.cast.recording
    if recording is None:
        raise NotNow(what=Title("this talk is not recorded", "этот разговор не записывается"))
    if not scene.cast.on_demand:
        raise NotNow(what=Title("it is recorded by a rule: pause it", "её требует правило: поставьте запись на паузу"))
    return Parted((StopRecording(recording=recording),), (RecordingEnded(call=scene.story, recording=recording),))


def _key(scene: Scene, want: Talk, situation: Talking, leg: LegId, digit: str) -> Turn[InTalk]:
    """The code on a phone of ours: pause, go on, or begin to record; a tone tells that it was taken."""
    code, held = scene.setup.company.recording_code, scene.cast.legs.get(leg)
    if not code or held is None or held.user is None:
        return while_in_talk(scene, want, situation, DigitHeard(leg=leg, digit=digit))
    keys = (situation.keys + digit)[-len(code) :]
    if keys != code:
        return Turn(situation=msgspec.structs.replace(situation, keys=keys))
    pressed = msgspec.structs.replace(situation, keys="", presses=situation.presses + 1)
    try:
        turn = _by_code(scene, want, pressed, held.user)
    except NotNow:
        return Turn(situation=pressed)
    return replace(turn, acts=(*turn.acts, _tone(scene, leg, pressed.presses)))


def _by_code(scene: Scene, want: Talk, situation: Talking, user: UserId) -> Turn[InTalk]:
    if scene.cast.recording is None:
        return _asked(scene, situation, RecordAsked(by=user, on=True))
    return while_in_talk(scene, want, situation, MuteRecordingAsked(by=user, muted=not situation.muted))


def _tone(scene: Scene, leg: LegId, presses: int) -> Act:
    playback = PlaybackId(scene.named("key", presses))
    return Play(playback=playback, leg=leg, media=(Tone(name="beep"),), language=scene.language)
