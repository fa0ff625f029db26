"""A user's part in a call at one moment: what they do in it, with whom, and what they can ask for now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from switchroom.domain.identity import DeviceId, LegId, QueueId, StoryId, UserId
from switchroom.domain.scenario.effects import CollectDigits, FillCard, ListenTo, RingCaller, RingUser, WaitForOperator
from switchroom.domain.situations.interrupted import Lost
from switchroom.domain.situations.listening import Listening
from switchroom.domain.situations.ringing import Ringing
from switchroom.domain.situations.talking import Talking
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
    DIGITS = "digits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Who is on the other side: one of us, or somebody outside."""

    user: UserId | None = None
    number: str = ""
    name: str = ""


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


def users_in(state: StoryState) -> set[UserId]:
    """Who of us takes part in this call."""
    lost = _lost(state)
    here = {leg.user for leg in state.cast.legs.values() if leg.user is not None}
    return here | {lost.user} if lost else here


def serves_call(state: StoryState, user: UserId, call: StoryId) -> bool:
    """Whether by this story the user has the call at hand: takes part in it, or holds a card of it that lies open."""
    if isinstance(state.effect, FillCard):
        return state.effect.call == call and state.effect.holder == user
    return state.id == call and user in users_in(state)


def part_of(state: StoryState, user: UserId) -> Part | None:
    """What this user does in this call; None if they have no part in it."""
    lost = _lost(state)
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
        queue=queue_of(state),
        hold=_hold(state, _side(state, mine, lost)),
        recorded=state.cast.recording is not None,
        muted=isinstance(state.situation, Talking) and state.situation.muted,
        lost=lost,
        can=_can(state, stage, mine, lost),
    )


def _lost(state: StoryState) -> Lost | None:
    return state.situation.lost if isinstance(state.situation, Talking) else None


def _side(state: StoryState, mine: LegId | None, lost: Lost | None) -> LegId | None:
    """The leg by which they take part; the one that was lost stands for the one that is to come."""
    if mine is not None and mine in (state.cast.caller, state.cast.callee):
        return mine
    return lost.leg if lost else mine


def _stage(state: StoryState, mine: LegId | None, lost: Lost | None) -> Stage:
    if isinstance(state.situation, Talking) and (lost or mine in (state.cast.caller, state.cast.callee)):
        return Stage.TALKING
    if isinstance(state.effect, ListenTo):
        return Stage.LISTENING
    calls = mine == state.cast.caller or isinstance(state.effect, RingCaller)
    return Stage.CALLING if calls else Stage.RINGING


def _since(state: StoryState, stage: Stage) -> datetime:
    match state.situation:
        case Waiting(offer=offer) if offer is not None and stage is Stage.RINGING:
            return offer.since
        case Talking() if state.cast.talk_began is not None:
            return state.cast.talk_began
        case Listening(since=since):
            return since
        case _:
            return state.born if stage is Stage.CALLING else state.began


def _until(state: StoryState) -> datetime | None:
    match state.situation:
        case Waiting(offer=offer) if offer is not None:
            return offer.until
        case Ringing(until=until):
            return until
        case _:
            return None


def queue_of(state: StoryState) -> QueueId | None:
    """The queue in which a call waits, or from which it was taken last; the queue of a card."""
    if isinstance(state.effect, FillCard):
        return state.effect.queue
    return state.effect.queue if isinstance(state.effect, WaitForOperator) else state.cast.queue


def _other(state: StoryState, side: LegId | None) -> Other:
    if side != state.cast.caller and not isinstance(state.effect, RingCaller):
        return _caller(state)
    callee = state.cast.legs.get(state.cast.callee) if state.cast.callee else None
    if callee is not None and callee.user is not None:
        return Other(user=callee.user)
    match state.effect:
        case RingUser(user=user) if state.cast.callee is None:
            return Other(user=user)
        case ListenTo(user=user):
            return Other(user=user)
        case _:
            return Other(number=str(state.variables.get("dialled") or ""))


def _caller(state: StoryState) -> Other:
    leg = state.cast.legs.get(state.cast.caller) if state.cast.caller else None
    user = leg.user if leg else None
    return Other(user=user, number=state.shown.number, name=state.shown.name)


def _hold(state: StoryState, side: LegId | None) -> Hold | None:
    held = state.situation.held if isinstance(state.situation, Talking) else None
    if held is None:
        return None
    return Hold.ME if held == side else Hold.THEM


def _can(state: StoryState, stage: Stage, mine: LegId | None, lost: Lost | None) -> frozenset[Can]:
    if stage is Stage.CALLING and isinstance(state.effect, CollectDigits):
        return frozenset({Can.HANG_UP, Can.DIGITS})
    if stage is not Stage.TALKING or lost is not None or mine is None:
        return frozenset({Can.HANG_UP})
    found = {Can.HANG_UP}
    hold = _hold(state, mine)
    if hold is None:
        found |= {Can.HOLD, Can.DIGITS}
    if hold is Hold.THEM:
        found.add(Can.TAKE_BACK)
    if mine == state.cast.callee:
        found.add(Can.SEND_ON)
    if state.cast.recording is not None:
        found.add(Can.MUTE_RECORDING)
    return frozenset(found)
