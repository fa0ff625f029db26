"""What a user's page is told of their part in a call."""

from datetime import timedelta

import pytest

from switchroom.domain.acts import Ring
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import (
    DeviceReturned,
    HoldAsked,
    LegAnswered,
    LegEnded,
    MuteRecordingAsked,
    OfferMade,
    TalkOver,
)
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.parts import Can, Hold, Other, Part, Stage, part_of
from tests.company import BORIS, CALLER, a_colleague
from tests.told import ANNA, Told, in_queue, ringing, talking

PAGE = DeviceId(browser_device("anna").id)
CUSTOMER = Other(number="+79161234567")


def part(call: Told, user: UserId = ANNA) -> Part:
    found = part_of(call.state, user)
    assert found is not None
    return found


@pytest.mark.feature("C6")
def test_a_call_that_rings_at_an_operator_is_theirs_with_who_calls_and_until_when() -> None:
    call = ringing()
    mine = part(call)
    assert (mine.stage, mine.other, mine.queue) == (Stage.RINGING, CUSTOMER, "service")
    assert (mine.since, mine.until) == (call.now, call.now + timedelta(seconds=20))
    assert mine.can == {Can.HANG_UP}
    assert part_of(call.state, BORIS) is None
    assert part_of(in_queue().state, ANNA) is None


@pytest.mark.feature("C6")
def test_a_talk_says_who_is_on_hold_whether_it_is_recorded_and_what_can_be_asked_for() -> None:
    call = talking()
    began = call.now
    mine = part(call)
    assert (mine.stage, mine.since, mine.hold, mine.recorded, mine.muted) == (Stage.TALKING, began, None, True, False)
    asked = {Can.HANG_UP, Can.HOLD, Can.DIGITS, Can.SEND_ON, Can.CONSULT, Can.INVITE, Can.MUTE_RECORDING}
    assert mine.can == asked
    call.hears(HoldAsked(by=ANNA, on=True), after=5).hears(MuteRecordingAsked(by=ANNA, muted=True))
    mine = part(call)
    assert (mine.hold, mine.muted, mine.since) == (Hold.THEM, True, began)
    assert Can.TAKE_BACK in mine.can
    assert Can.HOLD not in mine.can


@pytest.mark.feature("C6")
def test_over_a_reload_the_talk_stays_the_users_and_nothing_but_hanging_up_can_be_asked_for() -> None:
    call = in_queue().hears(OfferMade(operator=ANNA, devices=(PAGE,)), after=5)
    leg = call.asked(Ring).leg
    call.hears(LegAnswered(leg=leg), after=2)
    began = call.now
    call.hears(LegEnded(leg=leg, cause=EndCause.NORMAL), after=30)
    mine = part(call)
    assert mine.lost is not None
    assert (mine.stage, mine.since, mine.leg, mine.device, mine.other) == (Stage.TALKING, began, None, PAGE, CUSTOMER)
    assert mine.can == {Can.HANG_UP}
    call.hears(DeviceReturned(device=PAGE), after=1)
    assert part(call).stage is Stage.TALKING
    call.hears(LegAnswered(leg=call.asked(Ring).leg), after=1)
    mine = part(call)
    assert (mine.lost, mine.since, mine.other) == (None, began, CUSTOMER)
    assert Can.HOLD in mine.can


@pytest.mark.feature("C6")
def test_colleagues_see_each_other_and_the_held_one_knows_it() -> None:
    call = Told(beginning=a_colleague("101"))
    assert part(call, BORIS).stage is Stage.CALLING
    assert part(call, BORIS).other == Other(user=ANNA)
    assert part(call).other == Other(user=BORIS, number="102", name="Boris")
    call.hears(LegAnswered(leg=call.asked(Ring).leg), after=2).hears(HoldAsked(by=ANNA, on=True))
    theirs = part(call, BORIS)
    assert (theirs.other, theirs.hold, theirs.leg) == (Other(user=ANNA), Hold.ME, CALLER)
    assert theirs.can == {Can.HANG_UP}


def test_a_call_that_is_over_is_nobodys() -> None:
    call = talking()
    call.hears(LegEnded(leg=CALLER, cause=EndCause.NORMAL), after=60)
    call.hears(TalkOver(call=call.state.id))
    assert part_of(call.state, ANNA) is None
