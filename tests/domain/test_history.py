"""A line of the history is told by the facts of its call, and by nothing else."""

from datetime import datetime, timedelta

import pytest

from switchroom.domain import metrics
from switchroom.domain.acts import Ring
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event, LegAnswered, LegEnded, OfferMade
from switchroom.domain.facts.calls import (
    CallArrived,
    CallEnded,
    CallWhileAway,
    LegGone,
    LegRung,
    TalkBegan,
    TalkEnded,
    Whose,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.messages import MessageBegan
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.facts.talks import ConsultationAnswered, JoinedInto
from switchroom.domain.history import CallSummary, Direction, after
from switchroom.domain.identity import BridgeId, DeviceId, LegId, PartyId, RecordingId, StoryId, TrunkId, UserId
from switchroom.domain.search import Wanted, fits
from switchroom.domain.stories import Moved, begin, hear
from tests.company import CALL, CALLER, NOON, a_caller, a_company, around

ANNA = UserId("anna")
MINUTE = timedelta(minutes=1)


class Told:
    """A call from outside, and its line as its facts are told; the wall clock may be ahead of steady time."""

    def __init__(self, extension: str = "400") -> None:
        self.setup = a_company()
        self.now, self.ahead = NOON, timedelta(0)
        self.line: CallSummary | None = None
        self.moved = self._tell(begin(a_caller(self.setup, extension), around(self.setup)))

    def later(self, passed: timedelta, event: Event) -> "Told":
        """This happens after so much time."""
        self.now += passed
        self.moved = self._tell(hear(self.moved.state, event, around(self.setup, self.now)))
        return self

    def _tell(self, moved: Moved) -> Moved:
        for fact in moved.facts:
            self.line = after(self.line, fact, self.now + self.ahead)
        return moved

    def rung(self) -> LegId:
        """The leg of the operator who is rung now."""
        return next(act.leg for act in self.moved.acts if isinstance(act, Ring))

    def summary(self) -> CallSummary:
        """The line."""
        assert self.line is not None
        return self.line


def offer(user: str = "anna") -> OfferMade:
    """The desk chose them."""
    return OfferMade(operator=UserId(user), devices=(DeviceId(f"{user}-desk"),), passed_over=(), considered=1, why="")


def a_talk() -> Told:
    """Waited 20 s for Anna, and talks."""
    told = Told().later(timedelta(seconds=15), offer())
    return told.later(timedelta(seconds=5), LegAnswered(leg=told.rung()))


def left(cause: EndCause = EndCause.NORMAL) -> LegEnded:
    """The caller hung up."""
    return LegEnded(leg=CALLER, cause=cause)


@pytest.mark.feature("P11")
def test_a_served_call_tells_who_served_it_after_what_wait_and_how_long_they_talked() -> None:
    line = a_talk().later(3 * MINUTE, left()).summary()
    assert (line.id, line.direction, line.dialled, line.trunk) == (CALL, Direction.INBOUND, "74951234567", "carrier")
    assert (line.queue, line.operator, line.answered) == ("service", "anna", True)
    assert (line.waited, line.talked, line.lasted) == (
        timedelta(seconds=20),
        3 * MINUTE,
        3 * MINUTE + timedelta(seconds=20),
    )
    assert (line.began, line.ended) == (NOON, NOON + 3 * MINUTE + timedelta(seconds=20))
    assert (line.disposition, line.whose) == ("served", Whose.CUSTOMER)
    assert len(line.dialogs) == len(line.recordings) == 1


def test_a_call_that_lives_has_no_end_and_no_result() -> None:
    line = a_talk().summary()
    assert (line.ended, line.lasted, line.disposition, line.operator) == (None, None, None, "anna")


def test_who_gave_up_while_waiting_was_served_by_nobody() -> None:
    line = Told().later(MINUTE, left()).summary()
    assert (line.operator, line.talked, line.waited) == (None, timedelta(0), MINUTE)
    assert (line.disposition, line.whose) == ("abandoned_in_queue", Whose.CUSTOMER)


def test_a_wait_counts_from_its_beginning_though_the_first_operator_did_not_answer() -> None:
    told = Told().later(MINUTE, offer())
    told.later(timedelta(seconds=20), LegEnded(leg=told.rung(), cause=EndCause.NO_ANSWER))
    told.later(timedelta(seconds=10), offer("boris"))
    line = told.later(timedelta(seconds=5), LegAnswered(leg=told.rung())).summary()
    assert (line.operator, line.waited) == ("boris", timedelta(seconds=95))


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_jump_of_the_wall_clock_changes_no_duration_and_no_call_ends_before_it_began(jump: timedelta) -> None:
    told = a_talk()
    told.ahead = jump
    line = told.later(MINUTE, left()).summary()
    assert (line.talked, line.lasted) == (MINUTE, MINUTE + timedelta(seconds=20))
    assert line.ended is not None
    assert line.ended >= line.began


def arrived(**more: object) -> CallArrived:
    """A call, of a user if not said otherwise."""
    known = {"call": CALL, "leg": CALLER, "caller": PartyId("p1"), "dialled": "101", "user": ANNA, **more}
    return CallArrived(**known)  # type: ignore[arg-type]  # any field can be given


def told(*facts: Fact, at: datetime = NOON) -> CallSummary:
    """The line of these facts."""
    line = None
    for fact in facts:
        line = after(line, fact, at)
    assert line is not None
    return line


def test_a_call_among_us_is_internal_and_by_a_trunk_outbound() -> None:
    inside = LegRung(call=CALL, leg=LegId("a"), user=UserId("boris"))
    outside = LegRung(call=CALL, leg=LegId("b"), trunk=TrunkId("carrier"))
    assert told(arrived(), inside).direction is Direction.INTERNAL
    line = told(arrived(), outside)
    assert (line.direction, line.trunk, line.user) == (Direction.OUTBOUND, "carrier", ANNA)
    customer = arrived(user=None, trunk=TrunkId("one"))
    assert told(customer, outside).direction is Direction.INBOUND


def test_the_last_of_us_at_whom_it_rang_is_known_and_never_the_caller() -> None:
    own, boris, vera = (LegRung(call=CALL, leg=LegId(u), user=UserId(u)) for u in ("anna", "boris", "vera"))
    assert told(arrived(), own).rung is None
    assert told(arrived(), own, boris, vera).rung == "vera"


def rings(*users: str) -> tuple[Fact, ...]:
    """The phones of these ring."""
    return tuple(LegRung(call=CALL, leg=LegId(user), user=UserId(user)) for user in users)


def gone(user: str, cause: EndCause) -> LegGone:
    """The phone of this one rings no longer, or their talk is over."""
    return LegGone(call=CALL, leg=LegId(user), cause=cause, user=UserId(user))


def takes(user: str) -> TalkBegan:
    """They talk with the caller."""
    return TalkBegan(call=CALL, bridge=BridgeId("b"), caller=CALLER, callee=LegId(user), user=UserId(user))


@pytest.mark.feature("P11")
def test_who_did_not_take_it_has_missed_it_unless_somebody_else_took_it_while_it_rang() -> None:
    began = told(arrived(), *rings("boris"), gone("boris", EndCause.NO_ANSWER), *rings("vera", "gleb"))
    assert began.missed_by == ("boris",)
    taken = told(
        arrived(), *rings("boris"), gone("boris", EndCause.NO_ANSWER), *rings("vera", "gleb"),
        gone("gleb", EndCause.ANSWERED_ELSEWHERE), takes("vera"), gone("vera", EndCause.NORMAL),
    )  # fmt: skip
    assert (taken.missed_by, taken.talkers) == (("boris",), ("vera",))
    again = told(arrived(), *rings("boris"), gone("boris", EndCause.BUSY), *rings("boris"), takes("boris"))
    assert again.missed_by == ()


@pytest.mark.feature("P11")
def test_whoever_talked_or_was_rung_finds_the_call_among_their_own() -> None:
    asked = ConsultationAnswered(call=CALL, by=UserId("boris"), leg=LegId("vera"), user=UserId("vera"))
    line = told(
        arrived(), *rings("gleb"), gone("gleb", EndCause.NO_ANSWER), *rings("boris"), takes("boris"), *rings("vera"),
        asked, gone("vera", EndCause.NORMAL), takes("dina"),
    )  # fmt: skip
    assert line.ours == {"anna", "boris", "vera", "gleb", "dina"}
    assert all(fits(Wanted(user=user), line, None) for user in line.ours)
    assert line.missed_by == ("gleb",)


def test_who_dials_only_to_fetch_somebody_makes_no_second_call() -> None:
    into = JoinedInto(call=CALL, into=StoryId("other"), leg=CALLER)
    over = CallEnded(call=CALL, disposition="served", whose=Whose.US, lasted=MINUTE)
    assert metrics.ended(told(arrived(), into, over)) == []
    talk = TalkEnded(call=CALL, by=Whose.US, talked=MINUTE)
    assert len(metrics.ended(told(arrived(), takes("boris"), talk, into, over))) == 1
    customer = arrived(user=None, trunk=TrunkId("carrier"))
    assert len(metrics.ended(told(customer, into, over))) == 1


def test_a_caller_whom_the_static_rules_held_began_to_wait_before_we_came_back() -> None:
    assert told(arrived(held_before=MINUTE)).began == NOON - MINUTE


def test_a_call_served_while_we_were_away_has_a_whole_line_at_once() -> None:
    away = CallWhileAway(
        call=CALL, caller=PartyId("p1"), dialled="112", rule="emergency", disposition="served",
        lasted=2 * MINUTE, talked=MINUTE, ago=10 * MINUTE, user=ANNA,
    )  # fmt: skip
    line = told(away)
    assert (line.began, line.ended, line.lasted) == (NOON - 12 * MINUTE, NOON - 10 * MINUTE, 2 * MINUTE)
    assert (line.while_away, line.answered, line.direction) == (True, True, Direction.INTERNAL)


def test_facts_of_operators_and_of_unknown_calls_tell_no_line() -> None:
    assert after(None, OperatorSignedIn(operator=ANNA, by=ANNA), NOON) is None
    lost = TalkEnded(call=StoryId("other"), by=Whose.US, talked=MINUTE)
    assert after(None, lost, NOON) is None
    over = CallEnded(call=StoryId("other"), disposition="served", whose=Whose.US, lasted=MINUTE)
    assert after(None, over, NOON) is None


@pytest.mark.feature("P8")
def test_who_has_a_message_finds_its_call_among_those_they_missed_though_nothing_rang() -> None:
    told = Told()
    began = MessageBegan(call=CALL, message=RecordingId("call1.1.message.0"), user=ANNA, leg=CALLER)
    line = after(told.summary(), began, NOON)
    assert line is not None
    assert (line.rung, line.rung_at, line.missed_by) == (ANNA, (ANNA,), (ANNA,))
    assert ANNA in line.ours
