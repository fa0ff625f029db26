"""The door of a conference room: its PIN, whether there is a place, and in whose call the room lives."""

from typing import cast

from msgspec.structs import replace

from switchroom.domain.acts import Act, Answer, Play
from switchroom.domain.cast import after as cast_after
from switchroom.domain.events import Event, JoinRefused, LegEnded, PlaybackEnded, TimePassed
from switchroom.domain.facts.calls import CallAnswered
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import RoomNotEntered, RoomReached
from switchroom.domain.identity import PlaybackId
from switchroom.domain.media import Media, Piece
from switchroom.domain.people import Secret
from switchroom.domain.rooms import NotLetInWhy, pin_of
from switchroom.domain.scenario.effects import CallerLeft, CollectDigits, Collected, EnterRoom, NotLetIn
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.asking import user_at
from switchroom.domain.situations.guests import Fetching, fetch
from switchroom.domain.situations.in_room import RoomFull, in_room_again, open_room, while_in_room
from switchroom.domain.situations.playing import Collecting, collect, collect_again, while_collecting
from switchroom.domain.situations.scene import Scene, Turn, gone, whose
from switchroom.domain.situations.standing import InTalk, Together
from switchroom.domain.speaking import spoken

TRIES = 3
"""So often a PIN may be keyed in."""
_ASKS = 5
"""So often it is looked where the room lives: others come and go at the same moment."""
_PIN = (Piece(name="conf-getpin"),)
_NO_PIN = (Piece(name="conf-invalidpin"),)
_SAID: dict[NotLetInWhy, tuple[Media, ...]] = {
    NotLetInWhy.WRONG_PIN: (*_NO_PIN, Piece(name="vm-goodbye")),
    NotLetInWhy.FULL: (Piece(name="conf-full"),),
    NotLetInWhy.CLOSED: (Piece(name="conf-invalid"),),
}


class AtDoor(Kind, frozen=True, kw_only=True):
    """The PIN is asked for; `wrong` were keyed in so far."""

    wrong: int = 0
    asking: Collecting = Collecting()


class TurnedAway(Kind, frozen=True, kw_only=True):
    """They hear why they can't come in."""

    why: NotLetInWhy


Entering = AtDoor | Fetching | TurnedAway | InTalk


def enter_room(scene: Scene, want: EnterRoom) -> Turn[Entering]:
    """Answered, and let in, or asked for the PIN."""
    acts: tuple[Act, ...] = ()
    facts: tuple[Fact, ...] = ()
    if not scene.cast.caller_is_up():
        acts, facts = (Answer(leg=scene.caller()),), (CallAnswered(call=scene.story, leg=scene.caller()),)
        scene = replace(scene, cast=cast_after(scene.cast, facts[0], scene.now))
    turn = _arrives(scene, want)
    return replace(turn, acts=acts + turn.acts, facts=facts + turn.facts)


def enter_room_again(scene: Scene, want: EnterRoom, situation: Entering) -> Turn[Entering]:
    """After a crash."""
    match situation:
        case AtDoor():
            turn = collect_again(_at_door(scene, situation.wrong), _keys(situation.wrong), situation.asking)
            return Turn(situation=replace(situation, asking=turn.situation), acts=turn.acts, wake=turn.wake)
        case Fetching():
            return _to_where_it_lives(scene, want, situation.tries)
        case Together():
            return _in_it(in_room_again(scene, situation))
        case TurnedAway(why=why):
            return Turn(situation=situation, outcome=NotLetIn(why=why))
        case _:
            return Turn(situation=situation)


def while_entering(scene: Scene, want: EnterRoom, situation: Entering, event: Event) -> Turn[Entering]:
    """At the door, and in the room."""
    match situation:
        case Together():
            return _in_it(while_in_room(scene, situation, event))
        case _ if isinstance(event, LegEnded) and event.leg == scene.cast.caller:
            left = CallerLeft(by=whose(event.cause), cause=event.cause)
            return Turn(situation=situation, facts=(gone(scene, event),), outcome=left)
        case AtDoor():
            return _while_at_door(scene, want, situation, event)
        case Fetching():
            return _while_fetching(scene, want, situation, event)
        case TurnedAway(why=why) if isinstance(event, PlaybackEnded):
            return Turn(situation=situation, outcome=NotLetIn(why=why))
        case _:
            return Turn(situation=situation)


# ---- its PIN


def _arrives(scene: Scene, want: EnterRoom) -> Turn[Entering]:
    room = scene.setup.rooms.get(want.room)
    if room is None:
        return _turned_away(scene, want, NotLetInWhy.CLOSED)
    return _asks(scene, 0) if room.asks_pin else _let_in(scene, want)


def _asks(scene: Scene, wrong: int) -> Turn[Entering]:
    turn = collect(_at_door(scene, wrong), _keys(wrong))
    return Turn(situation=AtDoor(wrong=wrong, asking=turn.situation), acts=turn.acts, wake=turn.wake)


def _at_door(scene: Scene, wrong: int) -> Scene:
    return replace(scene, prefix=f"pin{wrong}-")


def _keys(wrong: int) -> CollectDigits:
    return CollectDigits(media=(*(_NO_PIN if wrong else ()), *_PIN), most=12, secret=True)


def _while_at_door(scene: Scene, want: EnterRoom, situation: AtDoor, event: Event) -> Turn[Entering]:
    turn = while_collecting(_at_door(scene, situation.wrong), _keys(situation.wrong), situation.asking, event)
    if not isinstance(turn.outcome, Collected):
        return Turn(situation=replace(situation, asking=turn.situation), acts=turn.acts, wake=turn.wake)
    after = _keyed(scene, want, situation, turn.outcome.digits)
    return replace(after, acts=turn.acts + after.acts)


def _keyed(scene: Scene, want: EnterRoom, situation: AtDoor, digits: str | Secret) -> Turn[Entering]:
    pin = pin_of(scene.setup.passwords, want.room)
    if pin is not None and digits == pin:
        return _let_in(scene, want)
    wrong = situation.wrong + 1
    return _asks(scene, wrong) if wrong < TRIES else _turned_away(scene, want, NotLetInWhy.WRONG_PIN)


# ---- in whose call it lives


def _let_in(scene: Scene, want: EnterRoom) -> Turn[Entering]:
    caller = scene.caller()
    reached = RoomReached(call=scene.story, room=want.room, leg=caller, user=user_at(scene, caller))
    turn = _to_where_it_lives(scene, want, 0)
    return replace(turn, facts=(reached, *turn.facts))


def _to_where_it_lives(scene: Scene, want: EnterRoom, tries: int) -> Turn[Entering]:
    """To those who are there; else the room is opened, and lives in this call."""
    room, host = scene.setup.rooms.get(want.room), scene.around.rooms.get(want.room)
    if host is not None and host != scene.story:
        turn = fetch(scene, host)
        return replace(turn, situation=replace(turn.situation, tries=tries + 1))
    return _turned_away(scene, want, NotLetInWhy.CLOSED) if room is None else _in_it(open_room(scene, want, room))


def _in_it(turn: Turn[InTalk]) -> Turn[Entering]:
    """The same, of all that may be when somebody enters a room."""
    return cast("Turn[Entering]", turn)


def _while_fetching(scene: Scene, want: EnterRoom, situation: Fetching, event: Event) -> Turn[Entering]:
    """Until they are taken in, which ends this call; whoever had the room may have left it just now."""
    match event:
        case JoinRefused(code=RoomFull.code):
            return _turned_away(scene, want, NotLetInWhy.FULL)
        case JoinRefused():
            return _once_more(scene, want, situation)
        case TimePassed() if scene.now >= situation.until:
            return _once_more(scene, want, situation)
        case _:
            return Turn(situation=situation, wake=situation.until)


def _once_more(scene: Scene, want: EnterRoom, situation: Fetching) -> Turn[Entering]:
    if situation.tries >= _ASKS:
        return _turned_away(scene, want, NotLetInWhy.CLOSED)
    return _to_where_it_lives(scene, want, situation.tries)


def _turned_away(scene: Scene, want: EnterRoom, why: NotLetInWhy) -> Turn[Entering]:
    told = RoomNotEntered(call=scene.story, room=want.room, why=why)
    media = spoken(_SAID[why], scene.language)
    said = Play(playback=PlaybackId(scene.named("away")), leg=scene.caller(), media=media, language=scene.language)
    return Turn(situation=TurnedAway(why=why), acts=(said,), facts=(told,))
