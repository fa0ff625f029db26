"""The life of a call or a dialog as a pure machine: it hears an event, and tells what to save and then to do.

A story runs one scenario after another (a transfer leads to the next), one effect at a time. Each decision is a
`Moved`: the new state with its facts is saved first; its acts are done afterwards, and are kept in the state so
that they are done again if we die in between.
"""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from switchroom.domain import cast as casting
from switchroom.domain.acts import Act, Play, Ring, SendDigits, Shown
from switchroom.domain.cast import Cast
from switchroom.domain.causes import EndCause
from switchroom.domain.dispositions import SystemDisposition
from switchroom.domain.events import EngineReturned, Event, SwitchReturned
from switchroom.domain.extensions import TargetKind
from switchroom.domain.facts.calls import CallAdopted, CallEnded, LeftQueueWhy, ScenarioBegan, SentOn, Whose
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import CallForwarded, CodePressed, JoinedInto
from switchroom.domain.identity import GroupId, LegId, NodeId, PartyId, ScenarioId, StoryId, UserId
from switchroom.domain.noticing import Noticing
from switchroom.domain.people import Party, Variables
from switchroom.domain.plans import Plan, coming_back, plan_of
from switchroom.domain.scenario import interpreter
from switchroom.domain.scenario.effects import (
    CallerLeft,
    Connected,
    Effect,
    Forwarded,
    NotReached,
    Outcome,
    RingExtension,
    RingGroup,
    RingUser,
)
from switchroom.domain.scenario.interpreter import Ended, Position, Step
from switchroom.domain.shapes import Shape, Value
from switchroom.domain.situations import conduct
from switchroom.domain.situations.conduct import Situation
from switchroom.domain.situations.forwarding import ahead_of
from switchroom.domain.situations.scene import (
    Asking,
    NewDialog,
    Scene,
    Surroundings,
    Taking,
    Turn,
    end_talk,
    hang_up,
    traffic_around,
)
from switchroom.domain.traces import Begun, Heard, StoryKind, without_secrets
from switchroom.domain.voicemail import SHORTEST
from switchroom.domain.ways import way_of_dialled

SHAPE = 1
"""The version of the saved form; older ones are lifted when they are read."""
MOST_JUMPS = 20
_SWITCH = SwitchReturned()


class StoryState(Shape, frozen=True, kw_only=True):
    """Everything that a story is, between two events. Moments are steady time."""

    id: StoryId
    kind: StoryKind
    plan: Plan
    position: Position
    variables: Variables
    language: str
    shown: Shown
    born: datetime
    began: datetime
    effect_no: int = 0
    effect: Effect | None = None
    situation: Situation | None = None
    wake: datetime | None = None
    cast: Cast = Cast()
    acts: tuple[Act, ...] = ()
    """What the last decision asked for; done again after a crash."""
    jumps: int = 0
    forwarded: tuple[UserId, ...] = ()
    """Whose phones have sent the call on since somebody last talked."""
    over: bool = False
    shape: int = 1
    """Of this form. What says nothing is of the first; so this default stays 1 for ever."""


class Moved(Value, frozen=True, kw_only=True):
    """A decision: save `state` with `facts` and the people they point to, begin the dialogs, then do the acts."""

    state: StoryState
    acts: tuple[Act, ...] = ()
    facts: tuple[Fact, ...] = ()
    opens: tuple[NewDialog, ...] = ()
    heard: tuple[Heard, ...] = ()
    """What it decided on, to be kept in the trace."""
    parties: tuple[Party, ...] = ()
    asks: tuple[Asking, ...] = ()
    """To be told to other stories once this is saved."""
    takes: tuple[Taking, ...] = ()
    """Legs that come from other stories, which end with this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Who the story is about, before it has moved."""

    story: StoryId
    kind: StoryKind
    plan: Plan
    variables: Variables
    language: str
    shown: Shown
    facts: tuple[Fact, ...] = ()


def begin(beginning: Beginning, around: Surroundings) -> Moved:
    """Begin the first scenario of a story."""
    state = StoryState(
        id=beginning.story,
        kind=beginning.kind,
        plan=beginning.plan,
        position=Position(node=NodeId(beginning.plan.graph.start)),
        variables=beginning.variables,
        language=beginning.language,
        shown=beginning.shown,
        born=around.now,
        began=around.now,
        cast=_cast_after(Cast(), beginning.facts, around.now),
        shape=SHAPE,
    )
    looking = Noticing(around)
    moved = _enter_plan(Moved(state=state, facts=beginning.facts), looking.around)
    return _traced(moved, _begun(beginning), looking)


def hear(state: StoryState, event: Event, around: Surroundings) -> Moved:
    """Take an event in.

    When the switch was lost for a while and is back, the story is taken up as after a crash. What changes nothing
    leaves the very same state, and no trace.
    Raises: Refusal if somebody asked for what can't be done now; nothing has changed then.
    """
    if isinstance(event, SwitchReturned | EngineReturned):
        return resume(state, around, event)
    if state.effect is None or state.situation is None:
        return Moved(state=state)
    looking = Noticing(around)
    turn = conduct.react(_scene(state, looking.around), state.effect, state.situation, event)
    if turn == Turn(situation=state.situation, wake=state.wake):
        return Moved(state=state)
    moved = _follow(Moved(state=state), turn, looking.around)
    heard = without_secrets(event, state.effect, is_code=_is_code(state, moved))
    return _traced(moved, heard, looking)


def _is_code(before: StoryState, moved: Moved) -> bool:
    """Whether a key, if it was one, asked something of us, and was not meant for the other side."""
    keying = getattr(before.situation, "keying", None)
    begun = getattr(moved.state.situation, "keys", "")
    return bool(keying or begun) or any(isinstance(fact, CodePressed) for fact in moved.facts)


def resume(state: StoryState, around: Surroundings, returned: SwitchReturned | EngineReturned = _SWITCH) -> Moved:
    """Take a story up after a crash: what was saved and perhaps not done is done now.

    What rang is not rung again and what played is not simply repeated: both are looked up, and the situation
    decides.
    """
    repeated = tuple(act for act in state.acts if not isinstance(act, Ring | Play))
    again = Moved(state=state, acts=repeated, facts=_adopted(state, returned))
    looking = Noticing(around)
    if state.effect is not None and state.situation is not None:
        turn = conduct.resume(_scene(state, looking.around), state.effect, state.situation)
        again = _follow(again, turn, looking.around)
    return _traced(again, returned, looking)


def _adopted(state: StoryState, returned: SwitchReturned | EngineReturned) -> tuple[Fact, ...]:
    if isinstance(returned, SwitchReturned) or state.kind is StoryKind.DIALOG or state.over:
        return ()
    return (CallAdopted(call=state.id, away=returned.away, legs=returned.legs, legs_lost=returned.legs_lost),)


def give(state: StoryState, leg: LegId, into: StoryId, around: Surroundings) -> Moved:
    """This story gives a leg to another one, and ends: whoever else is in it is let go."""
    told = _told(Moved(state=state), state, (JoinedInto(call=state.id, into=into, leg=leg),), around.now)
    return _end(told, Whose.US, EndCause.NORMAL, None, around)


def _begun(beginning: Beginning) -> Begun:
    plan = beginning.plan
    return Begun(
        of=beginning.kind,
        scenario=plan.scenario,
        version=plan.version,
        graph=None if plan.version else plan.graph,
        variables=beginning.variables,
        language=beginning.language,
        shown=beginning.shown,
    )


def _traced(moved: Moved, event: Begun | Event, looking: Noticing) -> Moved:
    heard = Heard(story=moved.state.id, at=looking.around.now, event=event, seen=looking.seen())
    return replace(moved, heard=(heard,))


def _scene(state: StoryState, around: Surroundings) -> Scene:
    return Scene(
        story=state.id,
        effect_no=state.effect_no,
        began=state.began,
        around=around,
        cast=state.cast,
        language=_language(state),
        shown=state.shown,
        variables=state.variables,
    )


def _language(state: StoryState) -> str:
    """The variable `language` changes the language of a call, for instance after a menu."""
    chosen = state.variables.get("language")
    return chosen if chosen in ("ru", "en") and isinstance(chosen, str) else state.language


def _cast_after(cast: Cast, facts: tuple[Fact, ...], now: datetime) -> Cast:
    for fact in facts:
        cast = casting.after(cast, fact, now)
    return cast


def _told(so_far: Moved, state: StoryState, facts: tuple[Fact, ...], now: datetime) -> Moved:
    """The decision so far, and these facts with the state that follows from them."""
    if not facts:
        return replace(so_far, state=state)
    state = replace(state, cast=_cast_after(state.cast, facts, now))
    return replace(so_far, state=state, facts=so_far.facts + facts)


def _acting(so_far: Moved, acts: tuple[Act, ...]) -> Moved:
    acts = so_far.acts + acts
    return replace(so_far, state=replace(so_far.state, acts=_kept(acts)), acts=acts)


def _kept(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """What is done once more after a crash."""
    return tuple(act for act in acts if not isinstance(act, SendDigits))


def _follow(so_far: Moved, turn: Turn[Situation], around: Surroundings) -> Moved:
    """Take a situation's decision over, and if it ended the effect go on to the next."""
    before, acts = so_far.state, so_far.acts + turn.acts
    state = replace(
        before, situation=turn.situation, wake=turn.wake, shown=turn.shown or before.shown, acts=_kept(acts),
        cast=_cast_after(before.cast, turn.facts, around.now),
    )  # fmt: skip
    moved = replace(
        so_far, state=state, facts=so_far.facts + turn.facts, acts=acts, opens=so_far.opens + turn.opens,
        parties=so_far.parties + turn.parties, asks=so_far.asks + turn.asks, takes=so_far.takes + turn.takes,
    )  # fmt: skip
    return moved if turn.outcome is None else _conclude(moved, turn.outcome, around)


def _conclude(moved: Moved, outcome: Outcome, around: Surroundings) -> Moved:
    if isinstance(outcome, CallerLeft):
        return _end(moved, outcome.by, outcome.cause, None, around)
    if isinstance(outcome, Forwarded):
        return _forward(moved, outcome, around)
    if isinstance(outcome, Connected) and moved.state.forwarded:
        moved = replace(moved, state=replace(moved.state, forwarded=()))
    state = moved.state
    step = interpreter.step(state.plan.graph, state.id, state.position, state.variables, outcome)
    return _take(moved, step, around)


def _forward(moved: Moved, wish: Forwarded, around: Surroundings) -> Moved:
    """It rings where the phone said, and the scenario goes on afterwards; a queue or a scenario takes the call over."""
    state = moved.state
    party = PartyId(f"{state.id}-forwarded{state.effect_no}")
    ahead = ahead_of(_scene(state, around), wish, state.forwarded, party)
    state = replace(state, forwarded=(*state.forwarded, wish.by))
    told = _told(moved, state, ahead.facts, around.now)
    if ahead.extension:
        return _jump(told, ahead.extension, around)
    if ahead.want is None:
        return _conclude(told, NotReached(cause=EndCause.MOVED), around)
    parties = (ahead.party,) if ahead.party else ()
    return _enter_effect(replace(told, parties=told.parties + parties), ahead.want, around)


def _enter_plan(moved: Moved, around: Surroundings) -> Moved:
    state = moved.state
    began = ScenarioBegan(call=state.id, scenario=ScenarioId(state.plan.scenario), version=state.plan.version)
    moved = _told(moved, state, (began,), around.now)
    return _take(moved, interpreter.begin(state.plan.graph, state.id, state.variables), around)


def _take(moved: Moved, step: Step, around: Surroundings) -> Moved:
    """Go where the interpreter says: to an effect, to another scenario, or to the end."""
    state = replace(moved.state, position=step.position, variables=step.variables)
    moved = _told(moved, state, step.facts, around.now)
    match step.next:
        case Ended(trouble=trouble):
            return _end(moved, Whose.US, EndCause.NORMAL, trouble, around)
        case str(extension):
            return _jump(moved, extension, around)
        case RingExtension():
            return _ring_extension(moved, step.next, around)
        case effect:
            return _enter_effect(moved, effect, around)


def _enter_effect(moved: Moved, effect: Effect, around: Surroundings) -> Moved:
    state = replace(
        moved.state, effect=effect, effect_no=moved.state.effect_no + 1, began=around.now, situation=None, wake=None
    )
    turn = conduct.enter(_scene(state, around), effect)
    return _follow(replace(moved, state=state), turn, around)


def _ring_extension(moved: Moved, want: RingExtension, around: Surroundings) -> Moved:
    """People are rung, and the scenario goes on afterwards; a queue or a scenario takes the call over."""
    target = around.setup.target_of(want.extension)
    if target is None:
        return _conclude(moved, NotReached(cause=EndCause.UNREACHABLE), around)
    match target.kind:
        case TargetKind.USER:
            user = RingUser(user=UserId(target.key), ring_for=want.ring_for, record=want.record)
            return _enter_effect(moved, user, around)
        case TargetKind.GROUP:
            return _enter_effect(moved, RingGroup(group=GroupId(target.key)), around)
        case _:
            return _jump(moved, want.extension, around)


def _jump(moved: Moved, extension: str, around: Surroundings) -> Moved:
    by = moved.facts[-1].by if moved.facts and isinstance(moved.facts[-1], SentOn) else None
    plan = plan_of(around.setup, extension) if by is None else _sent_on(extension, by, around)
    if plan is None or moved.state.jumps >= MOST_JUMPS:
        return _end(moved, Whose.US, EndCause.UNALLOCATED, f"The extension {extension} leads nowhere.", around)
    state = replace(moved.state, plan=plan, jumps=moved.state.jumps + 1)
    facts: tuple[Fact, ...] = ()
    if not (moved.facts and isinstance(moved.facts[-1], SentOn | CallForwarded)):
        facts = (SentOn(call=state.id, to=extension),)
    return _enter_plan(_told(moved, state, facts, around.now), around)


def _sent_on(dialled: str, by: UserId, around: Surroundings) -> Plan:
    """What somebody of us sends a call on to, by their own rights; to them it comes back."""
    return coming_back(way_of_dialled(around.setup, by, dialled, traffic_around(around)).plan, by)


def _end(moved: Moved, by: Whose, cause: EndCause, trouble: str | None, around: Surroundings) -> Moved:
    """Release whatever is left, and close the book."""
    state = moved.state
    if state.kind is StoryKind.DIALOG:
        return _over(moved, (), (), around.now)
    scene = _scene(state, around)
    disposition = disposition_of(state.cast, by, cause, trouble)
    talk = end_talk(scene, by)
    released = hang_up(scene, tuple(state.cast.legs), cause)
    ended = CallEnded(call=state.id, disposition=disposition, whose=by, lasted=around.now - state.born)
    return _over(moved, talk.acts + released.acts, (*talk.facts, *released.facts, ended), around.now)


def _over(moved: Moved, acts: tuple[Act, ...], facts: tuple[Fact, ...], now: datetime) -> Moved:
    state = replace(moved.state, effect=None, situation=None, wake=None, over=True)
    return _acting(_told(moved, state, facts, now), acts)


_BY_WAIT = {
    LeftQueueWhy.ABANDONED: SystemDisposition.ABANDONED_IN_QUEUE,
    LeftQueueWhy.WAITED_TOO_LONG: SystemDisposition.LOST,
    LeftQueueWhy.REFUSED: SystemDisposition.REFUSED,
}


def disposition_of(cast: Cast, by: Whose, cause: EndCause, trouble: str | None) -> SystemDisposition:
    """How a call ended, in the system's own words."""
    if cause is EndCause.LOST:
        return SystemDisposition.SWITCH_LOST
    if cast.talked or cast.joined:
        return SystemDisposition.SERVED
    if cast.spoken >= SHORTEST:
        return SystemDisposition.LEFT_MESSAGE
    if cast.left_queue in _BY_WAIT:
        return _BY_WAIT[cast.left_queue]
    if cast.ours and (cast.not_reached or cast.caller is None):
        return SystemDisposition.NOT_REACHED
    if trouble is not None:
        return SystemDisposition.FAILED
    if by is Whose.US and cause is EndCause.UNALLOCATED:
        return SystemDisposition.REFUSED
    return SystemDisposition.ABANDONED_IN_MENU if by is Whose.CUSTOMER else SystemDisposition.ENDED_BY_SCENARIO
