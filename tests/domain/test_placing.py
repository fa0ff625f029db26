"""Calls that one of us places from a page: to a colleague, outside, to oneself, and only to hear."""

from datetime import timedelta

import pytest

from switchroom.domain import placing
from switchroom.domain.acts import (
    Answer,
    AtDevice,
    AtEcho,
    AtTrunk,
    Connect,
    Dissolve,
    HangUp,
    Overhear,
    Ring,
    SendDigits,
)
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.ears import Ear, ear_on
from switchroom.domain.events import DigitsAsked, HangUpAsked, HoldAsked, LegAnswered, LegEnded
from switchroom.domain.facts.calls import (
    CalleeNotReached,
    CallEnded,
    CallPlaced,
    DigitsSent,
    LegRung,
    ListeningBegan,
    ListeningEnded,
    NodeLeft,
    Purpose,
    TalkBegan,
)
from switchroom.domain.history import Direction, after
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.parts import Can, Other, Stage, part_of
from switchroom.domain.people import Secret
from switchroom.domain.placing import Placed, Placing
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import CollectDigits
from switchroom.domain.setup import Setup
from switchroom.domain.shapes import dump
from switchroom.domain.stories import resume
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.domain.ways import Traffic, way_of_dialled
from tests.company import BORIS, CALL, NOON, a_company, around
from tests.told import ANNA, Told, talking

PAGE = DeviceId(browser_device("boris").id)
NUMBER = "+79161234567"


def an_office() -> Setup:
    """The company, with a way outside."""
    setup = a_company()
    trunk = Trunk(id="carrier", title="Carrier", kind=TrunkKind.BY_ADDRESS, host="sip.example", caller_id="74951234567")
    object.__setattr__(setup, "trunks", {"carrier": trunk})
    object.__setattr__(setup, "outbound_routes", {"all": OutboundRoute(id="all", title="All", trunks=("carrier",))})
    return setup


def wish(dialled: str = "", devices: tuple[DeviceId, ...] = (PAGE,)) -> Placing:
    return Placing(story=CALL, user=BORIS, number="102", devices=devices, dialled=dialled)


def placed(dialled: str, devices: tuple[DeviceId, ...] = (PAGE,)) -> Placed:
    setup = an_office()
    way = way_of_dialled(setup, BORIS, dialled, Traffic(moment=NOON))
    return placing.call(wish(dialled, devices), way, setup)


def told(made: Placed) -> Told:
    return Told(setup=an_office(), beginning=made.beginning)


def rung(call: Told) -> list[Ring]:
    return [act for act in call.acts if isinstance(act, Ring)]


def taken(call: Told) -> Told:
    """Their own phone was taken."""
    return call.hears(LegAnswered(leg=rung(call)[0].leg), after=1)


@pytest.mark.feature("P13")
def test_the_page_is_rung_first_with_whom_it_calls_then_the_colleague_with_who_calls() -> None:
    call = told(placed("101"))
    (own,) = rung(call)
    assert (own.to, own.shown.number) == (AtDevice(device=PAGE), "101")
    assert own.headers["X-Switchroom"].endswith(";answer=auto")
    mine = part_of(call.state, BORIS)
    assert mine is not None
    assert (mine.stage, mine.other, mine.can) == (Stage.CALLING, Other(number="101"), frozenset({Can.HANG_UP}))
    (theirs,) = rung(taken(call))
    assert theirs.to == AtDevice(device=DeviceId("anna-desk"))
    assert (theirs.shown.number, theirs.shown.name) == ("102", "Boris")
    call.hears(LegAnswered(leg=theirs.leg), after=3)
    assert call.asked(Connect).legs == (own.leg, theirs.leg)
    assert not [act for act in call.acts if isinstance(act, Answer)]
    assert call.fact(TalkBegan).user == ANNA
    assert {u for u in (BORIS, ANNA) if (p := part_of(call.state, u)) and p.stage is Stage.TALKING} == {BORIS, ANNA}
    call.hears(HangUpAsked(by=BORIS), after=9)
    assert (call.state.over, call.fact(CallEnded).disposition) == (True, "served")


@pytest.mark.feature("P5")
def test_a_number_outside_is_called_by_its_route_and_stands_in_no_fact() -> None:
    made = placed("8 (916) 123-45-67".translate(str.maketrans("", "", " ()-")))
    assert [party.number for party in made.parties] == ["102", NUMBER]
    call = taken(told(made))
    (outside,) = rung(call)
    assert (outside.to, outside.shown.number) == (AtTrunk(trunk="carrier", number=NUMBER), "74951234567")  # type: ignore[arg-type]
    call.hears(LegEnded(leg=outside.leg, cause=EndCause.BUSY), after=4)
    assert (call.fact(CalleeNotReached).cause, call.fact(CallEnded).disposition) == (EndCause.BUSY, "not_reached")
    assert not [fact for fact in call.facts if "9161234567" in dump(fact).decode()]
    line = after(None, call.fact(CallPlaced), NOON)
    assert line is not None
    assert (line.direction, line.party, line.user) == (Direction.OUTBOUND, "call1-callee", BORIS)


@pytest.mark.parametrize("end", [
    LegEnded(leg=LegId("call1.1.ring.0"), cause=EndCause.REJECTED), HangUpAsked(by=BORIS), None,
])  # fmt: skip
def test_nobody_else_is_rung_while_ones_own_phone_is_not_taken(end: LegEnded | HangUpAsked | None) -> None:
    call = told(placed("101", (DeviceId("boris-desk"), PAGE)))
    assert len(rung(call)) == 2
    with pytest.raises(NotNow):
        call.hears(HangUpAsked(by=ANNA))
    call = call.waits() if end is None else call.hears(end, after=1)
    assert (call.state.over, call.state.cast.legs, call.fact(CallEnded).disposition) == (True, {}, "not_reached")
    assert all(fact.user == BORIS for fact in call.facts if isinstance(fact, LegRung))


def test_the_other_phones_stop_ringing_once_one_is_taken() -> None:
    call = taken(told(placed("101", (DeviceId("boris-desk"), PAGE))))
    assert call.asked(HangUp).cause is EndCause.ANSWERED_ELSEWHERE


@pytest.mark.feature("P13")
def test_keys_pressed_on_the_page_choose_in_a_menu_and_are_heard_by_the_other_side_but_kept_nowhere() -> None:
    call = taken(told(placed("500")))
    assert isinstance(call.state.effect, CollectDigits)
    mine = part_of(call.state, BORIS)
    assert mine is not None
    assert Can.DIGITS in mine.can
    call.hears(DigitsAsked(by=BORIS, digits="1"), after=2)
    assert call.fact(NodeLeft).exit == "1"
    talk = talking().hears(DigitsAsked(by=ANNA, digits="9876#"), after=2)
    act = talk.asked(SendDigits)
    assert (act.digits, act.leg) == (Secret("9876#"), talk.state.cast.caller)
    assert talk.fact(DigitsSent).count == 5
    assert b"9876" not in dump(talk.state)
    again = resume(talk.state, around(talk.setup, talk.now))
    assert not [act for act in again.acts if isinstance(act, SendDigits)]
    talk.hears(HoldAsked(by=ANNA, on=True))
    for by in (ANNA, BORIS):
        with pytest.raises(NotNow):
            talk.hears(DigitsAsked(by=by, digits="1"))


@pytest.mark.feature("P13")
def test_a_test_call_gives_back_what_is_said_until_one_has_heard_enough() -> None:
    call = taken(told(placing.test_call(wish(), an_office())))
    (echo,) = rung(call)
    assert isinstance(echo.to, AtEcho)
    call.hears(LegAnswered(leg=echo.leg))
    assert call.asked(Connect).legs == (call.state.cast.caller, echo.leg)
    call.waits()
    assert {act.leg for act in call.acts if isinstance(act, HangUp)} == {echo.leg, "call1.1.ring.0"}
    assert call.asked(Dissolve)
    assert call.state.over
    assert after(None, call.fact(CallPlaced), NOON) is None


@pytest.mark.feature("P13")
@pytest.mark.parametrize("who", ["caller", "echo", "door"])
def test_a_test_call_ends_whoever_ends_it(who: str) -> None:
    call = taken(told(placing.test_call(wish(), an_office())))
    (echo,) = rung(call)
    call.hears(LegAnswered(leg=echo.leg))
    caller = call.state.cast.caller
    assert caller is not None
    ends: dict[str, LegEnded | HangUpAsked] = {
        "caller": LegEnded(leg=caller, cause=EndCause.NORMAL),
        "echo": LegEnded(leg=echo.leg, cause=EndCause.FAILED),
        "door": HangUpAsked(by=BORIS),
    }
    call.hears(ends[who], after=5)
    assert (call.state.over, call.state.cast.legs) == (True, {})


# ---- listening


def listener(ear: Ear | None = None) -> Told:
    """Boris listens to Anna's talk."""
    heard = ear or ear_on(talking().state)
    assert heard is not None
    own = Placing(story=StoryId("call2"), user=BORIS, number="102", devices=(PAGE,))
    return taken(told(placing.listening(own, heard, an_office())))


@pytest.mark.feature("C8")
def test_who_listens_hears_by_an_ear_on_the_customers_leg_and_the_call_tells_of_it() -> None:
    call = listener()
    ear = call.asked(Overhear)
    assert ear.of == talking().state.cast.caller
    assert call.asked(Connect).legs == (call.state.cast.caller, ear.leg)
    began = call.fact(ListeningBegan)
    assert (began.call, began.by, began.through) == (CALL, BORIS, "call2")
    mine = part_of(call.state, BORIS)
    assert mine is not None
    assert (mine.stage, mine.other, mine.can) == (Stage.LISTENING, Other(user=ANNA), frozenset({Can.HANG_UP}))
    assert call.fact(CallPlaced).purpose is Purpose.LISTEN


@pytest.mark.feature("C8")
@pytest.mark.parametrize("who", ["call", "listener", "door"])
def test_listening_ends_with_the_call_or_when_one_has_heard_enough(who: str) -> None:
    call = listener()
    ear, caller = call.asked(Overhear).leg, call.state.cast.caller
    assert caller is not None
    ends: dict[str, LegEnded | HangUpAsked] = {
        "call": LegEnded(leg=ear, cause=EndCause.NORMAL),
        "listener": LegEnded(leg=caller, cause=EndCause.NORMAL),
        "door": HangUpAsked(by=BORIS),
    }
    call.hears(ends[who], after=30)
    assert call.fact(ListeningEnded).lasted == timedelta(seconds=30)
    assert len([fact for fact in call.facts if isinstance(fact, ListeningEnded)]) == 1
    assert (call.state.over, call.state.cast.legs) == (True, {})


@pytest.mark.feature("Z3")
def test_after_a_crash_the_ear_is_made_again_if_it_was_not() -> None:
    call = listener()
    again = resume(call.state, around(call.setup, call.now))
    assert [type(act) for act in again.acts] == [Overhear, Connect]


def test_a_call_in_which_nobody_talks_has_no_ear() -> None:
    assert ear_on(Told(extension="101").state) is None
    ear = ear_on(talking().state)
    assert ear is not None
    assert (ear.user, ear.leg) == (UserId("anna"), talking().state.cast.caller)
