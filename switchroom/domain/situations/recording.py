"""Whether a talk that begins is recorded, and why; and what is announced before it."""

from dataclasses import dataclass

from switchroom.domain import numbers
from switchroom.domain.acts import Act, Connect, Play, StartRecording
from switchroom.domain.facts.calls import (
    DecidedBy,
    RecordingAnnounced,
    RecordingBegan,
    RecordingDecided,
    RecordingWish,
    RecordingWished,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.history import Direction
from switchroom.domain.identity import BridgeId, LegId, PlaybackId, PromptId, QueueId, RecordingId, UserId
from switchroom.domain.media import Prompt
from switchroom.domain.recording_rules import RecordingRule, TalkToRecord, first_of, tried
from switchroom.domain.scenario.effects import Done, SetRecording
from switchroom.domain.situations.scene import AtOnce, Parted, Scene, Turn
from switchroom.domain.speaking import spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Talkers:
    """Who is about to talk with the caller, and through which queue they met."""

    bridge: BridgeId
    callee: LegId
    user: UserId | None
    queue: QueueId | None


@dataclass(frozen=True, slots=True)
class _Decision:
    record: bool
    by: DecidedBy
    rule: RecordingRule | None = None


def begin_talk(scene: Scene, talkers: Talkers, *, own_wish: bool) -> Parted:
    """Connect the two, recorded if that is decided; `own_wish`: what the queue, group or scenario says by itself.

    Where something is announced, they are connected after it.
    """
    decision = _decide(scene, talkers.callee, talkers.user, talkers.queue, own_wish=own_wish)
    facts = _told(scene, decision)
    connect = Connect(bridge=talkers.bridge, legs=(scene.caller(), talkers.callee))
    if not decision.record:
        return Parted((connect,), facts)
    prompt = decision.rule.announcement if decision.rule else None
    if prompt is not None and prompt in scene.setup.prompts:
        return Parted((), facts) + _announce(scene, talkers, PromptId(prompt))
    return Parted((connect,), facts) + start(scene, talkers.queue)


def in_place(scene: Scene, *, own_wish: bool) -> tuple[bool, tuple[Fact, ...]]:
    """Whether a talk of many is recorded, decided when its first one is there; nothing is announced in it."""
    decision = _decide(scene, None, None, None, own_wish=own_wish)
    return decision.record, _told(scene, decision)


def start(scene: Scene, queue: QueueId | None, of: LegId | None = None) -> Parted:
    """Record what the caller, or whoever is at the leg `of`, says and hears, from now on."""
    leg, number = of or scene.caller(), scene.cast.recordings
    recording = RecordingId(scene.named("record", number))
    began = RecordingBegan(call=scene.story, recording=recording, leg=leg, queue=queue)
    return Parted((StartRecording(recording=recording, leg=leg),), (began,))


def forbidding(scene: Scene) -> RecordingRule | None:
    """The rule by which the talk that goes on must not be recorded."""
    rule = _rule(scene, scene.cast.callee, scene.cast.queue, frozenset())
    return rule if rule is not None and not rule.record else None


def set_recording(scene: Scene, want: SetRecording) -> Turn[AtOnce]:
    """What the scenario wishes holds for every talk of this call from now on."""
    wished = RecordingWished(call=scene.story, wish=want.wish)
    return Turn(situation=AtOnce(), facts=(wished,), outcome=Done())


def _decide(
    scene: Scene, callee: LegId | None, user: UserId | None, queue: QueueId | None, *, own_wish: bool
) -> _Decision:
    wish = scene.cast.recording_wish
    if wish is not RecordingWish.BY_RULES:
        return _Decision(wish is RecordingWish.RECORD, DecidedBy.SCENARIO)
    rule = _rule(scene, callee, queue, frozenset({user}) if user else frozenset())
    if rule is not None:
        return _Decision(rule.record, DecidedBy.RULE, rule)
    return _Decision(own_wish, DecidedBy.PLACE)


def _rule(scene: Scene, callee: LegId | None, queue: QueueId | None, users: frozenset[str]) -> RecordingRule | None:
    if not scene.setup.recording_rules:
        return None
    legs = [leg for key in (scene.cast.caller, callee) if key and (leg := scene.cast.legs.get(key))]
    ours = users | {leg.user for leg in legs if leg.user}
    direction = _direction(scene, callee)
    talk = TalkToRecord(
        call=scene.story, direction=direction, number=_number(scene, direction), queue=queue, users=ours
    )
    return first_of(tried(scene.setup.recording_rules, talk))


def _direction(scene: Scene, callee: LegId | None) -> Direction:
    if not scene.cast.ours:
        return Direction.INBOUND
    leg = scene.cast.legs.get(callee) if callee else None
    return Direction.OUTBOUND if leg and leg.trunk else Direction.INTERNAL


def _number(scene: Scene, direction: Direction) -> str:
    if direction is Direction.INBOUND:
        return scene.shown.number
    dialled = str(scene.variables.get("dialled") or "")
    outside = numbers.to_e164(dialled, scene.setup.company.country) if direction is Direction.OUTBOUND else None
    return outside or dialled


def _told(scene: Scene, decision: _Decision) -> tuple[Fact, ...]:
    """Where nothing but the place itself decides, there is nothing to explain."""
    if decision.by is DecidedBy.PLACE and not scene.setup.recording_rules:
        return ()
    rule = decision.rule
    decided = RecordingDecided(call=scene.story, record=decision.record, by=decision.by)
    if rule is None:
        return (decided,)
    return (
        RecordingDecided(
            call=scene.story, record=decision.record, by=decision.by, rule=rule.id, title=rule.title,
            share=rule.share if rule.share < 100 else None, format=rule.format.value, kept_for=rule.kept_for,
        ),
    )  # fmt: skip


def _announce(scene: Scene, talkers: Talkers, prompt: PromptId) -> Parted:
    """Both hear it, each for themselves; what counts is that the one outside has heard it to its end."""
    outbound = _direction(scene, talkers.callee) is Direction.OUTBOUND
    outside, ours = (talkers.callee, scene.caller()) if outbound else (scene.caller(), talkers.callee)
    media = spoken((Prompt(prompt=prompt),), scene.language)
    names = PlaybackId(scene.named("announce")), PlaybackId(scene.named("announce", 1))
    acts: tuple[Act, ...] = tuple(
        Play(playback=name, leg=leg, media=media, language=scene.language)
        for name, leg in zip(names, (outside, ours), strict=True)
    )
    told = RecordingAnnounced(call=scene.story, prompt=prompt, playbacks=names)
    return Parted(acts, (told,))
