"""A user's part in a call at one moment: what they do in it, with whom, and what they can ask for now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from switchroom.domain.identity import DeviceId, LegId, QueueId, RoomId, StoryId, UserId
from switchroom.domain.scenario.effects import (
    CollectDigits,
    EnterRoom,
    FillCard,
    ListenTo,
    RingCaller,
    RingOutside,
    RingUser,
    WaitForOperator,
)
from switchroom.domain.situations.interrupted import Lost
from switchroom.domain.situations.listening import Listening
from switchroom.domain.situations.paging import Paged
from switchroom.domain.situations.ringing import Ringing
from switchroom.domain.situations.rooms import AtDoor
from switchroom.domain.situations.standing import Consulting, Rung, Talking, Together
from switchroom.domain.situations.waiting import Waiting
from switchroom.domain.stories import StoryState


class Stage(StrEnum):
    """How far a call has come for one user."""

    RINGING = "ringing"
    """It rings at them."""
    CALLING = "calling"
    """They call, and nobody has taken it yet."""
    TALKING = "talking"
    LISTENING = "listening"
    """They hear a call of others."""


class Hold(StrEnum):
    """Who waits with music."""

    THEM = "them"
    ME = "me"


class Can(StrEnum):
    """What can be asked for now."""

    HANG_UP = "hang_up"
    HOLD = "hold"
    TAKE_BACK = "take_back"
    SEND_ON = "send_on"
    MUTE_RECORDING = "mute_recording"
    RECORD = "record"
    """Record on demand."""
    STOP_RECORDING = "stop_recording"
    DIGITS = "digits"
    CONSULT = "consult"
    COMPLETE_TRANSFER = "complete_transfer"
    CANCEL_CONSULTATION = "cancel_consultation"
    TOGGLE = "toggle"
    JOIN_ALL = "join_all"
    INVITE = "invite"
    STEER = "steer"
    """Mute and remove others of a conference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Who is on the other side: one of us, or somebody outside."""

    user: UserId | None = None
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A third one is called: whom, whether they have answered, and whether one talks with the first one meanwhile.

    `queue`: they are whoever takes the call from there.
    """

    other: Other
    answered: bool
    with_first: bool
    queue: QueueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of a conference, or somebody who is called into it."""

    leg: LegId
    other: Other
    mine: bool = False
    ringing: bool = False
    muted: bool = False
    speaking: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Moments are steady time. `since`: of this stage; `until`: when it stops ringing."""

    call: StoryId
    stage: Stage
    since: datetime
    until: datetime | None
    other: Other
    dialled: str
    leg: LegId | None
    device: DeviceId | None
    queue: QueueId | None
    hold: Hold | None
    recorded: bool
    muted: bool
    lost: Lost | None
    can: frozenset[Can]
    consultation: Consultation | None = None
    together: tuple[Party, ...] = ()
    """All of a conference, this user too."""
    room: RoomId | None = None
    """In which conference room it is."""


def users_in(state: StoryState) -> set[UserId]:
    """Who of us takes part in this call."""
    here = {leg.user for leg in state.cast.legs.values() if leg.user is not None}
    return here | {lost.user for lost in _all_lost(state)}


def talks_in(state: StoryState, user: UserId) -> bool:
    """Whether they have taken the call, and have it still; also while their page is away for a moment."""
    up = any(leg.user == user and leg.up for leg in state.cast.legs.values())
    return up or any(lost.user == user for lost in _all_lost(state))


def serves_call(state: StoryState, user: UserId, call: StoryId) -> bool:
    """Whether by this story the user has the call at hand: takes part in it, or holds a card of it that lies open."""
    if isinstance(state.effect, FillCard):
        return state.effect.call == call and state.effect.holder == user
    return state.id == call and user in users_in(state)


def part_of(state: StoryState, user: UserId) -> Part | None:
    """What this user does in this call; None if they have no part in it."""
    lost = _lost(state, user)
    leg = state.cast.leg_of(user)
    if leg is None and not (lost and lost.user == user):
        return None
    mine = leg.id if leg else None
    stage = _stage(state, mine, lost)
    return Part(
        call=state.id,
        stage=stage,
        since=_since(state, stage),
        until=_until(state) if stage is Stage.RINGING else None,
        other=_other(state, _side(state, mine, lost)),
        dialled=str(state.variables.get("dialled") or ""),
        leg=mine,
        device=leg.device if leg else lost.device if lost else None,
        queue=_queue_at(state, mine),
        hold=_hold(state, _side(state, mine, lost)),
        recorded=state.cast.recording is not None,
        muted=isinstance(state.situation, _IN_TALK) and state.situation.muted,
        lost=lost,
        can=_can(state, stage, mine, lost),
        consultation=_consultation(state, user),
        together=_together(state, mine),
        room=room_of(state),
    )


def room_of(state: StoryState) -> RoomId | None:
    """The conference room that lives in this call, or at whose door the caller stands."""
    if isinstance(state.situation, Together):
        return state.situation.room
    return state.effect.room if isinstance(state.effect, EnterRoom) else None


def in_room(state: StoryState) -> tuple[Party, ...]:
    """All of a conference, and who is called into it."""
    return _together(state, None)


_IN_TALK = (Talking, Consulting, Together)


def _all_lost(state: StoryState) -> tuple[Lost, ...]:
    match state.situation:
        case Talking(lost=lost) | Consulting(lost=lost):
            return (lost,) if lost else ()
        case Together(lost=several):
            return several
        case _:
            return ()


def _lost(state: StoryState, user: UserId) -> Lost | None:
    """The page that is waited for, as far as it concerns this user: in a conference the others talk on."""
    lost = _all_lost(state)
    own = next((one for one in lost if one.user == user), None)
    return own or (lost[0] if lost and not isinstance(state.situation, Together) else None)


def _consultation(state: StoryState, user: UserId) -> Consultation | None:
    situation = state.situation
    if not isinstance(situation, Consulting) or situation.by != user or situation.asker is None:
        return None
    rung = situation.rung
    other = _called(state, rung) if rung else _at(state, situation.third)
    queue = rung.queue if rung else situation.queue
    return Consultation(other=other, answered=rung is None, with_first=situation.with_first, queue=queue)


def _called(state: StoryState, rung: Rung) -> Other:
    """Who is called; a group, or somebody outside, by what was dialled."""
    match rung.want:
        case RingUser(user=user):
            return Other(user=user)
        case RingOutside():
            return Other(number=rung.number_outside)
        case _:
            return Other(number=rung.to)


def _at(state: StoryState, leg: LegId | None) -> Other:
    """Who is at a leg: one of us, who called, or whom we called."""
    known = state.cast.legs.get(leg) if leg is not None else None
    if known is not None and known.user is not None:
        return Other(user=known.user)
    if leg == state.cast.caller:
        return caller_in(state)
    return Other(number=_number_at(state, leg) or str(state.variables.get("dialled") or ""))


def _number_at(state: StoryState, leg: LegId | None) -> str:
    """The number of somebody outside who was called into the talk."""
    match state.situation:
        case Consulting(third=third, number=number) if third == leg:
            return number
        case Talking(number=number) if leg == state.cast.callee:
            return number
        case Together(members=members):
            return next((one.number for one in members if one.leg == leg), "")
        case _:
            return ""


def _together(state: StoryState, mine: LegId | None) -> tuple[Party, ...]:
    situation = state.situation
    if not isinstance(situation, Together):
        return ()
    away = {lost.leg for lost in situation.lost}
    there = tuple(
        Party(
            leg=one.leg, other=Other(user=one.user) if one.user else _at(state, one.leg), mine=one.leg == mine,
            muted=one.muted, speaking=one.leg in situation.speaking, away=one.leg in away,
        )
        for one in situation.members
    )  # fmt: skip
    called = tuple(
        Party(leg=rung.ringing.legs[0], other=_called(state, rung), ringing=True)
        for rung in situation.rung if rung.ringing.legs
    )  # fmt: skip
    return there + called


def _side(state: StoryState, mine: LegId | None, lost: Lost | None) -> LegId | None:
    """The leg by which they take part; the one that was lost stands for the one that is to come."""
    if mine is not None and mine in (state.cast.caller, state.cast.callee):
        return mine
    return lost.leg if lost else mine


def _stage(state: StoryState, mine: LegId | None, lost: Lost | None) -> Stage:
    if isinstance(state.situation, _IN_TALK) and (lost or mine in _talking_legs(state)):
        return Stage.TALKING
    if isinstance(state.effect, ListenTo):
        return Stage.LISTENING
    if isinstance(state.situation, Paged):
        return _stage_of_paging(state, state.situation, mine)
    calls = mine == state.cast.caller or isinstance(state.effect, RingCaller)
    return Stage.CALLING if calls else Stage.RINGING


def _stage_of_paging(state: StoryState, paged: Paged, mine: LegId | None) -> Stage:
    if mine == state.cast.caller:
        return Stage.CALLING if paged.heard_since is None else Stage.TALKING
    return Stage.RINGING if mine in paged.ringing else Stage.LISTENING


def _talking_legs(state: StoryState) -> tuple[LegId | None, ...]:
    match state.situation:
        case Consulting(asker=asker, first=first, third=third):
            return asker, first, third
        case Together(members=members):
            return tuple(one.leg for one in members)
        case _:
            return state.cast.caller, state.cast.callee


def _since(state: StoryState, stage: Stage) -> datetime:
    match state.situation:
        case Waiting(offer=offer) | Consulting(rung=Rung(ringing=Waiting(offer=offer))) if (
            offer is not None and stage is Stage.RINGING
        ):
            return offer.since
        case Consulting(rung=rung) if rung is not None and stage is Stage.RINGING:
            return rung.began
        case Together(rung=rung) if rung and stage is Stage.RINGING:
            return rung[-1].began
        case Together(room=room, since=since) if room is not None:
            return since
        case Talking() | Consulting() | Together() if state.cast.talk_began is not None:
            return state.cast.talk_began
        case Listening(since=since):
            return since
        case Paged(heard_since=since) if since is not None and stage is not Stage.RINGING:
            return since
        case _:
            return state.born if stage is Stage.CALLING else state.began


def _until(state: StoryState) -> datetime | None:
    match state.situation:
        case Waiting(offer=offer) | Consulting(rung=Rung(ringing=Waiting(offer=offer))) if offer is not None:
            return offer.until
        case Ringing(until=until):
            return until
        case Consulting(rung=rung) if rung is not None:
            return rung.ringing.until
        case _:
            return None


def queue_of(state: StoryState) -> QueueId | None:
    """The queue in which a call waits, or from which it was taken last; the queue of a card."""
    if isinstance(state.effect, FillCard):
        return state.effect.queue
    return state.effect.queue if isinstance(state.effect, WaitForOperator) else state.cast.queue


def _queue_at(state: StoryState, mine: LegId | None) -> QueueId | None:
    """The queue from which this leg has the call, or rings."""
    situation = state.situation
    if isinstance(situation, Consulting) and situation.third == mine and mine is not None:
        return situation.queue
    if isinstance(situation, Consulting) and situation.rung is not None and mine in situation.rung.ringing.legs:
        return situation.rung.queue
    return queue_of(state)


def _other(state: StoryState, side: LegId | None) -> Other:
    situation = state.situation
    if isinstance(situation, Consulting) and side is not None and side != situation.first:
        return _at(state, situation.first if side == situation.asker else situation.asker or situation.first)
    if isinstance(situation, Consulting):
        return _at(state, situation.asker)
    if isinstance(situation, Together) and side not in (state.cast.caller, state.cast.callee):
        return caller_in(state)
    if side != state.cast.caller and not isinstance(state.effect, RingCaller):
        return caller_in(state)
    callee = state.cast.legs.get(state.cast.callee) if state.cast.callee else None
    if callee is not None and callee.user is not None:
        return Other(user=callee.user)
    match state.effect:
        case RingUser(user=user) if state.cast.callee is None:
            return Other(user=user)
        case ListenTo(user=user):
            return Other(user=user)
        case _:
            return Other(number=_number_at(state, state.cast.callee) or str(state.variables.get("dialled") or ""))


def caller_in(state: StoryState) -> Other:
    """Who called."""
    leg = state.cast.legs.get(state.cast.caller) if state.cast.caller else None
    user = leg.user if leg else None
    return Other(user=user, number=state.shown.number, name=state.shown.name)


def _hold(state: StoryState, side: LegId | None) -> Hold | None:
    situation = state.situation
    if isinstance(situation, Consulting):
        waits = situation.asker is not None and side == situation.waits
        return Hold.ME if waits else None
    held = situation.held if isinstance(situation, Talking) else None
    if held is None:
        return None
    return Hold.ME if held == side else Hold.THEM


def _can(state: StoryState, stage: Stage, mine: LegId | None, lost: Lost | None) -> frozenset[Can]:
    if stage is Stage.CALLING and (isinstance(state.effect, CollectDigits) or isinstance(state.situation, AtDoor)):
        return frozenset({Can.HANG_UP, Can.DIGITS})
    if stage is not Stage.TALKING or isinstance(state.situation, Paged) or lost is not None or mine is None:
        return frozenset({Can.HANG_UP})
    if isinstance(state.situation, Consulting):
        return _can_consulting(state.situation, mine, recorded=state.cast.recording is not None)
    if isinstance(state.situation, Together):
        return frozenset({Can.HANG_UP, Can.INVITE, Can.STEER})
    found = {Can.HANG_UP}
    hold = _hold(state, mine)
    if hold is None:
        found |= {Can.HOLD, Can.DIGITS}
    if hold is Hold.THEM:
        found.add(Can.TAKE_BACK)
    if hold is not Hold.ME:
        found |= {Can.SEND_ON, Can.CONSULT}
    if hold is None:
        found.add(Can.INVITE)
    return frozenset(found) | _can_record(state, hold)


def _can_record(state: StoryState, hold: Hold | None) -> frozenset[Can]:
    if state.cast.recording is None:
        return frozenset() if state.cast.announcing or hold is Hold.ME else frozenset({Can.RECORD})
    return frozenset({Can.MUTE_RECORDING} | ({Can.STOP_RECORDING} if state.cast.on_demand else set()))


def _can_consulting(situation: Consulting, mine: LegId, *, recorded: bool) -> frozenset[Can]:
    found = {Can.HANG_UP}
    if mine == situation.asker and situation.first is not None:
        found |= {Can.COMPLETE_TRANSFER, Can.CANCEL_CONSULTATION}
        if situation.rung is None:
            found |= {Can.TOGGLE, Can.JOIN_ALL, Can.DIGITS}
    if recorded:
        found.add(Can.MUTE_RECORDING)
    return frozenset(found)
