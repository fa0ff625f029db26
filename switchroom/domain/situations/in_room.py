"""Who is in a conference room: the story of the first one hosts it, and goes on until the last one leaves.

A room is a talk of many that may be one: whoever is alone hears music. Its facts tell of the talk of two of them as
long as there are two, so that its length, its recording and its books are those of any talk.
"""

from msgspec.structs import replace

from switchroom.domain.acts import (
    Act,
    Connect,
    Disconnect,
    Dissolve,
    MuteRecording,
    Play,
    Shown,
    StartMusic,
    StartRecording,
    StopMusic,
    StopPlaying,
    WatchTalking,
)
from switchroom.domain.cast import Cast
from switchroom.domain.cast import after as cast_after
from switchroom.domain.events import (
    CancelConsultationAsked,
    CompleteTransferAsked,
    ConsultAsked,
    DigitsAsked,
    Event,
    HoldAsked,
    JoinAllAsked,
    LegEnded,
    ParkAsked,
    PlaybackEnded,
    SendOnAsked,
    TakeInAsked,
    ToggleAsked,
    TransferAsked,
)
from switchroom.domain.facts.calls import TalkBegan, Whose
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import CallerChanged, ConferenceJoined, RoomOpened
from switchroom.domain.identity import BridgeId, LegId, PlaybackId
from switchroom.domain.media import Piece
from switchroom.domain.refusals import NotNow, Refusal
from switchroom.domain.rooms import Room
from switchroom.domain.scenario.effects import EnterRoom, Talk
from switchroom.domain.situations.asking import user_at
from switchroom.domain.situations.guests import taken_in
from switchroom.domain.situations.keyed import while_in_keyed_talk
from switchroom.domain.situations.recording import in_place, start
from switchroom.domain.situations.scene import Parted, Scene, Taking, Turn, end_talk, whose
from switchroom.domain.situations.standing import InTalk, Member, Together, wake_of
from switchroom.domain.situations.third import shown_of_user
from switchroom.domain.speaking import spoken
from switchroom.domain.titles import Title

_ONLY_ONE = Piece(name="conf-onlyperson")
_TALK = Talk()
_NOT_HERE = (
    HoldAsked | SendOnAsked | ParkAsked | ConsultAsked | CompleteTransferAsked | CancelConsultationAsked | ToggleAsked
    | JoinAllAsked | DigitsAsked | TransferAsked
)  # fmt: skip


class RoomFull(Refusal):
    """As many are in it as may be."""

    code = "room.full"
    en = "{count} are in the conference room already. Wait until somebody leaves."
    ru = "В комнате конференций уже {count} человек. Подождите, пока кто-нибудь выйдет."


def open_room(scene: Scene, want: EnterRoom, room: Room) -> Turn[InTalk]:
    """The first one is there: they hear so, and then music."""
    caller = scene.caller()
    recorded, decided = in_place(scene, own_wish=room.record)
    bridge, greeting = BridgeId(scene.named("room")), PlaybackId(scene.named("alone"))
    member = Member(leg=caller, user=user_at(scene, caller))
    situation = Together(
        bridge=bridge, members=(member,), since=scene.now, thirds=0, began=True, recorded=recorded,
        room=want.room, most=room.most, greeting=greeting,
    )  # fmt: skip
    acts = (
        Play(playback=greeting, leg=caller, media=spoken((_ONLY_ONE,), scene.language), language=scene.language),
        WatchTalking(leg=caller, on=True),
    )
    facts = (
        *decided,
        RoomOpened(call=scene.story, room=want.room, bridge=bridge),
        ConferenceJoined(call=scene.story, leg=caller, user=member.user),
    )
    return Turn(situation=situation, acts=acts, facts=facts)


def in_room_again(scene: Scene, situation: Together) -> Turn[InTalk]:
    """After a crash: the switch kept them as they were; a greeting that was broken off is not heard again."""
    there = situation.there
    quiet: tuple[Act, ...] = (StopPlaying(playback=situation.greeting),) if situation.greeting else ()
    heard: tuple[Act, ...] = (Connect(bridge=situation.bridge, legs=there),)
    if len(there) < 2:
        heard = tuple(StartMusic(leg=leg) for leg in there)
    situation = replace(situation, greeting=None)
    return Turn(situation=situation, acts=quiet + heard, wake=wake_of(situation))


def while_in_room(scene: Scene, situation: Together, event: Event) -> Turn[InTalk]:
    """Whatever they do, and whoever comes."""
    turn = _turn(scene, situation, event)
    after = turn.situation
    if turn.outcome is not None or not isinstance(after, Together):
        return turn
    talk, shown = _talk(scene, after, turn.facts, event)
    after, heard = _heard(situation, after)
    acts = (*turn.acts, *heard, *talk.acts)
    facts = turn.facts + talk.facts
    return replace(turn, situation=after, acts=acts, facts=facts, shown=shown, wake=wake_of(after))


def _turn(scene: Scene, situation: Together, event: Event) -> Turn[InTalk]:
    match event:
        case TakeInAsked():
            return _comes_in(scene, situation, event)
        case PlaybackEnded(playback=playback) if playback == situation.greeting:
            music = tuple(StartMusic(leg=leg) for leg in situation.there)
            return Turn(situation=replace(situation, greeting=None), acts=music)
        case _ if isinstance(event, _NOT_HERE):
            raise NotNow(what=Title("not in a conference room", "в комнате конференций этого сделать нельзя"))
        case _:
            return while_in_keyed_talk(scene, _TALK, situation, event)


def _comes_in(scene: Scene, situation: Together, asked: TakeInAsked) -> Turn[InTalk]:
    """One more. Raises: RoomFull."""
    count = len(situation.members) + len(situation.rung)
    if count >= situation.most:
        raise RoomFull(count=count)
    joined = ConferenceJoined(call=scene.story, leg=asked.leg, user=asked.user)
    acts = (Connect(bridge=situation.bridge, legs=(asked.leg,)), WatchTalking(leg=asked.leg, on=True))
    parted = taken_in(scene, asked, Parted(acts, (joined,)))
    member = Member(leg=asked.leg, user=asked.user, number=asked.number)
    changed = replace(situation, members=(*situation.members, member))
    taking = Taking(giver=asked.giver, leg=asked.leg)
    return Turn(situation=changed, acts=parted.acts, facts=parted.facts, takes=(taking,))


# ---- who hears music, and who others


def _heard(before: Together, after: Together) -> tuple[Together, tuple[Act, ...]]:
    """Whoever is not alone any more hears the others, and whoever is left alone hears music."""
    was, now = before.there, after.there
    acts: list[Act] = []
    if len(was) == 1 and now != was:
        if after.greeting is not None:
            acts.append(StopPlaying(playback=after.greeting))
            after = replace(after, greeting=None)
        acts.extend(_from_music(after.bridge, was[0]) if was[0] in now else ())
    if len(now) == 1 and now != was:
        acts += [Disconnect(bridge=after.bridge, leg=now[0]), StartMusic(leg=now[0])]
    return after, tuple(acts)


def _from_music(bridge: BridgeId, leg: LegId) -> tuple[Act, ...]:
    return StopMusic(leg=leg), Connect(bridge=bridge, legs=(leg,))


# ---- the talk that the books tell of


def _talk(
    scene: Scene, after: Together, told: tuple[Fact, ...], event: Event
) -> tuple[Parted, Shown | None]:
    """Two of them talk by the books, as long as there are two; whoever is there longest follows a caller who left."""
    cast, legs, shown = _cast(scene, told), [one.leg for one in after.members], None
    parted = Parted()
    if cast.bridge is not None and not {cast.caller, cast.callee} <= set(legs):
        parted += _ended(scene, event)
    if cast.caller not in legs:
        heir = after.members[0]
        parted += Parted((), (CallerChanged(call=scene.story, leg=heir.leg, user=heir.user),))
        shown = shown_of_user(scene, heir.user) if heir.user else Shown(number=heir.number)
    cast = _cast(scene, told + parted.facts)
    if cast.bridge is None and len(legs) > 1:
        parted += _begun(replace(scene, cast=cast), after)
    return parted, shown


def _cast(scene: Scene, told: tuple[Fact, ...]) -> Cast:
    cast = scene.cast
    for fact in told:
        cast = cast_after(cast, fact, scene.now)
    return cast


def _ended(scene: Scene, event: Event) -> Parted:
    by = whose(event.cause) if isinstance(event, LegEnded) and event.leg == scene.cast.caller else Whose.US
    ended = end_talk(scene, by)
    return Parted(tuple(act for act in ended.acts if not isinstance(act, Dissolve)), ended.facts)


def _begun(scene: Scene, after: Together) -> Parted:
    caller = scene.caller()
    callee = next(one for one in after.members if one.leg != caller)
    began = TalkBegan(call=scene.story, bridge=after.bridge, caller=caller, callee=callee.leg, user=callee.user)
    return Parted((), (began,)) + _recorded(scene, after)


def _recorded(scene: Scene, after: Together) -> Parted:
    if not after.recorded or scene.cast.recording is not None:
        return Parted()
    begun = start(scene, None)
    started = [act.recording for act in begun.acts if isinstance(act, StartRecording)]
    return begun + Parted(tuple(MuteRecording(recording=one, muted=True) for one in started if after.muted))
