"""Which situation belongs to which effect, and how it is entered, goes on, and is taken up after a crash."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from switchroom.domain.acts import Answer, HangUp
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, HangUpAsked, LegEnded, Request, TakeInAsked, TransferAsked
from switchroom.domain.facts.calls import CallAnswered, CardShown, Whose
from switchroom.domain.identity import DeviceId
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import (
    AnswerCall,
    CallerLeft,
    CollectDigits,
    Done,
    Effect,
    EndCall,
    EnterRoom,
    FillCard,
    HearOneself,
    ListenTo,
    LookAtMode,
    OpenCard,
    ParkCall,
    PickUp,
    PlayMedia,
    RingCaller,
    RingGroup,
    RingOutside,
    RingUser,
    SetRecording,
    SpeakToAll,
    TakeMessage,
    Talk,
    ThrowMode,
    WaitForOperator,
)
from switchroom.domain.situations.day_and_night import look_at_mode, throw_mode
from switchroom.domain.situations.echoing import Echoing, hear_again, hear_oneself, while_echoing
from switchroom.domain.situations.filling import Filling, open_again, open_card, while_filling
from switchroom.domain.situations.grouping import InGroup, ring_group, ring_group_again, while_in_group
from switchroom.domain.situations.guests import Fetching, fetch_again, pick_up, while_fetching
from switchroom.domain.situations.interrupted import Lost
from switchroom.domain.situations.keyed import keyed_talk_again, while_in_keyed_talk
from switchroom.domain.situations.listening import Listening, listen, listen_again, while_listening
from switchroom.domain.situations.message import (
    Greeting,
    Speaking,
    take_message,
    take_message_again,
    while_leaving,
)
from switchroom.domain.situations.paging import Paged, speak_again, speak_to_all, while_speaking
from switchroom.domain.situations.parking import Parked, park, park_again, while_parked
from switchroom.domain.situations.placing import Placing, place, place_again, while_placing
from switchroom.domain.situations.playing import (
    Collecting,
    Playing,
    collect,
    collect_again,
    play,
    play_again,
    while_collecting,
    while_playing,
)
from switchroom.domain.situations.recording import set_recording
from switchroom.domain.situations.returning import Away
from switchroom.domain.situations.ringing import Ringing, ring_again, ring_outside, ring_user, while_ringing
from switchroom.domain.situations.rooms import AtDoor, TurnedAway, enter_room, enter_room_again, while_entering
from switchroom.domain.situations.scene import AtOnce, NewDialog, Scene, Turn, hang_up
from switchroom.domain.situations.standing import Consulting, Rung, Talking, Together
from switchroom.domain.situations.talk import talk
from switchroom.domain.situations.waiting import Offer, Waiting, wait, wait_again, while_waiting
from switchroom.domain.titles import Title

Situation = (
    AtOnce
    | Placing
    | Echoing
    | Listening
    | Playing
    | Collecting
    | Ringing
    | InGroup
    | Paged
    | Waiting
    | Talking
    | Consulting
    | Together
    | Parked
    | Fetching
    | AtDoor
    | TurnedAway
    | Filling
    | Greeting
    | Speaking
)


@dataclass(frozen=True, slots=True)
class _Rules:
    enter: Callable[[Scene, Any], Turn[Any]]
    react: Callable[[Scene, Any, Any, Event], Turn[Any]]
    resume: Callable[[Scene, Any, Any], Turn[Any]]


def awaited(situation: Situation | None) -> frozenset[DeviceId]:
    """Phones in browsers that are waited for: they are told of to the story, though it has no leg of theirs."""
    match situation:
        case Talking(lost=Lost(device=device)):
            return frozenset({device})
        case Consulting(lost=one, rung=rung):
            return _pages((one,) if one else (), (rung,) if rung else ())
        case Together(lost=several, rung=called):
            return _pages(several, called)
        case Ringing() | Waiting():
            return frozenset(_waited_for(situation))
        case _:
            return frozenset()


def _pages(lost: Iterable[Lost], rung: Iterable[Rung]) -> frozenset[DeviceId]:
    away = (device for one in rung for device in _waited_for(one.ringing))
    return frozenset((*(one.device for one in lost), *away))


def _waited_for(ringing: Ringing | InGroup | Waiting) -> tuple[DeviceId, ...]:
    """The page that was reloaded while it rang."""
    match ringing:
        case Ringing(away=Away(device=device)) | Waiting(offer=Offer(away=Away(device=device))):
            return (device,)
        case _:
            return ()


def enter(scene: Scene, want: Effect) -> Turn[Situation]:
    """Begin an effect."""
    return _RULES[type(want)].enter(scene, want)


def react(scene: Scene, want: Effect, situation: Situation, event: Event) -> Turn[Situation]:
    """Take an event in. Raises: Refusal; also if somebody asked for what means nothing to this effect."""
    turn = _RULES[type(want)].react(scene, want, situation, event)
    asked = isinstance(event, Request | TakeInAsked | TransferAsked)
    if not asked or turn.facts or turn.outcome or turn.situation != situation:
        return turn
    if isinstance(event, HangUpAsked) and scene.is_caller(event.by):
        return _caller_hangs_up(scene, want, situation)
    raise NotNow(what=Title("the call is at another stage", "звонок сейчас на другом этапе"))


def _caller_hangs_up(scene: Scene, want: Effect, situation: Situation) -> Turn[Situation]:
    """One of us who calls ends the call by our door: as if the phone had been put down."""
    ended = LegEnded(leg=scene.caller(), cause=EndCause.NORMAL, ordered=True)
    turn = _RULES[type(want)].react(scene, want, situation, ended)
    return replace(turn, acts=(*turn.acts, HangUp(leg=scene.caller())))


def resume(scene: Scene, want: Effect, situation: Situation) -> Turn[Situation]:
    """Take an effect up after a crash."""
    return _RULES[type(want)].resume(scene, want, situation)


def _answer(scene: Scene, want: AnswerCall) -> Turn[AtOnce]:
    caller = scene.caller()
    if scene.cast.caller_is_up():
        return Turn(situation=AtOnce(), outcome=Done())
    answered = CallAnswered(call=scene.story, leg=caller)
    return Turn(situation=AtOnce(), acts=(Answer(leg=caller),), facts=(answered,), outcome=Done())


def _open_card(scene: Scene, want: OpenCard) -> Turn[AtOnce]:
    """After a talk the card opens at who served; before, the component's variable names it for the queue."""
    holder = scene.cast.served_by
    if holder is None or want.card not in scene.setup.cards:
        return Turn(situation=AtOnce(), outcome=Done())
    dialog = scene.dialog()
    opened = NewDialog(story=dialog, card=want.card, holder=holder, queue=scene.cast.queue)
    shown = CardShown(call=scene.story, dialog=dialog, card=want.card, holder=holder)
    return Turn(situation=AtOnce(), facts=(shown,), opens=(opened,), outcome=Done())


def _end_call(scene: Scene, want: EndCall) -> Turn[AtOnce]:
    ended = hang_up(scene, (scene.caller(),), want.cause)
    left = CallerLeft(by=Whose.US, cause=want.cause)
    return Turn(situation=AtOnce(), acts=ended.acts, facts=ended.facts, outcome=left)


def _nothing_heard(scene: Scene, want: Effect, situation: AtOnce, event: Event) -> Turn[AtOnce]:
    return Turn(situation=situation)


def _nothing_again(scene: Scene, want: Effect, situation: AtOnce) -> Turn[AtOnce]:
    return Turn(situation=situation)


_RULES: dict[type, _Rules] = {
    AnswerCall: _Rules(_answer, _nothing_heard, _nothing_again),
    LookAtMode: _Rules(look_at_mode, _nothing_heard, _nothing_again),
    ThrowMode: _Rules(throw_mode, _nothing_heard, _nothing_again),
    OpenCard: _Rules(_open_card, _nothing_heard, _nothing_again),
    EndCall: _Rules(_end_call, _nothing_heard, _nothing_again),
    PlayMedia: _Rules(play, while_playing, play_again),
    CollectDigits: _Rules(collect, while_collecting, collect_again),
    RingCaller: _Rules(place, while_placing, place_again),
    HearOneself: _Rules(hear_oneself, while_echoing, hear_again),
    ListenTo: _Rules(listen, while_listening, listen_again),
    TakeMessage: _Rules(take_message, while_leaving, take_message_again),
    ParkCall: _Rules(park, while_parked, park_again),
    PickUp: _Rules(pick_up, while_fetching, fetch_again),
    EnterRoom: _Rules(enter_room, while_entering, enter_room_again),
    RingUser: _Rules(ring_user, while_ringing, ring_again),
    RingGroup: _Rules(ring_group, while_in_group, ring_group_again),
    SpeakToAll: _Rules(speak_to_all, while_speaking, speak_again),
    RingOutside: _Rules(ring_outside, while_ringing, ring_again),
    WaitForOperator: _Rules(wait, while_waiting, wait_again),
    SetRecording: _Rules(set_recording, _nothing_heard, _nothing_again),
    Talk: _Rules(talk, while_in_keyed_talk, keyed_talk_again),
    FillCard: _Rules(open_card, while_filling, open_again),
}
