"""After a start, or when the switch is back: what it still holds against what was saved."""

from datetime import timedelta

from switchroom.domain.acts import HangUp
from switchroom.domain.causes import EndCause
from switchroom.domain.events import EngineReturned, LegAnswered, LegArrived, LegEnded, LegEvent
from switchroom.domain.identity import LegId, StoryId, story_of
from switchroom.domain.parts import talks_in
from switchroom.domain.scenario.effects import FillCard
from switchroom.domain.stories import StoryState
from switchroom.switch.port import Holdings


def differences(state: StoryState, holdings: Holdings, behind: timedelta) -> list[LegEvent]:
    """What must have happened to this story's legs while nobody listened; `behind` as of the clock.

    The caller's end comes last: it ends the story, and the others are told of before.
    """
    forgotten = holdings.started is not None and holdings.started > state.born + behind
    cause = EndCause.LOST if forgotten else EndCause.UNHEARD
    legs = sorted(state.cast.legs.values(), key=lambda leg: leg.id == state.cast.caller)
    events: list[LegEvent] = []
    for leg in legs:
        held = holdings.legs.get(leg.id)
        if held is None:
            events.append(LegEnded(leg=leg.id, cause=cause))
        elif held.up and not leg.up and leg.id != state.cast.caller:
            events.append(LegAnswered(leg=leg.id))
    return events


def returned(state: StoryState, holdings: Holdings, away: timedelta) -> EngineReturned:
    """What the switch still holds of a story that nobody looked after for so long."""
    there = sum(leg in holdings.legs for leg in state.cast.legs)
    return EngineReturned(away=max(timedelta(0), away), legs=there, legs_lost=len(state.cast.legs) - there)


def orphans(states: list[StoryState], holdings: Holdings) -> list[LegId]:
    """Legs of our naming that no living story owns."""
    owned = {leg for state in states for leg in state.cast.legs}
    return [leg for leg in holdings.legs if story_of(leg) is not None and leg not in owned]


def unheard(states: list[StoryState], holdings: Holdings) -> list[LegArrived]:
    """Callers who came in just when nobody listened any more."""
    owned = {leg for state in states for leg in state.cast.legs}
    ended = {act.leg for state in states for act in state.acts if isinstance(act, HangUp)}
    return [arrival for arrival in holdings.arrivals if arrival.leg not in owned | ended]


def talks_over(states: list[StoryState]) -> list[tuple[StoryId, StoryId]]:
    """Dialogs whose holder talks no more in the call that they belong to: (dialog, call)."""
    call_of = {dialog: state for state in states for dialog in state.cast.dialogs}
    cards = [(state, state.effect.call) for state in states if isinstance(state.effect, FillCard)]
    return [
        (card.id, call) for card, call in cards
        if call is not None and (card.id not in call_of or talk_is_over(card, call_of[card.id]))
    ]  # fmt: skip


def talk_is_over(card: StoryState, call: StoryState) -> bool:
    """Whether the holder of this card has the call no more."""
    return isinstance(card.effect, FillCard) and not talks_in(call, card.effect.holder)
