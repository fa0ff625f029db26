"""The life of a call, decided purely: what is saved, what is asked of the switch, and in what order."""

from datetime import timedelta

import pytest

from switchroom.domain.acts import (
    Answer,
    Connect,
    Disconnect,
    Dissolve,
    HangUp,
    Play,
    Ring,
    StartMusic,
    StartRecording,
    StopPlaying,
    StopRecording,
)
from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    DigitHeard,
    HangUpAsked,
    HoldAsked,
    LegAnswered,
    LegEnded,
    MuteRecordingAsked,
    OfferMade,
    PlaybackEnded,
    SendOnAsked,
)
from switchroom.domain.facts.calls import (
    CallEnded,
    CardShown,
    LeftQueueWhy,
    NodeLeft,
    NotTakenWhy,
    OfferNotTaken,
    OperatorConnected,
    QueueLeft,
    TalkEnded,
    Whose,
)
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import CollectDigits, RingUser, Talk, WaitForOperator
from switchroom.domain.stories import resume
from tests.company import BORIS, CALLER, a_colleague, a_company, around
from tests.told import ANNA, Told, in_queue, ringing, talking


def test_the_caller_is_answered_and_asked_for_a_key() -> None:
    call = Told()
    assert isinstance(call.state.effect, CollectDigits)
    assert [type(act) for act in call.acts] == [Answer, Play]


def test_a_key_breaks_the_prompt_off_and_leads_to_the_queue_with_music() -> None:
    call = in_queue()
    assert isinstance(call.state.effect, WaitForOperator)
    assert [type(act) for act in call.acts] == [StopPlaying, StartMusic]


def test_silence_and_a_wrong_key_are_asked_again_and_then_the_caller_is_sent_off() -> None:
    call = Told()
    first = call.asked(Play).playback
    call.hears(PlaybackEnded(playback=first), after=4).waits()
    assert call.asked(Play).playback != first
    call.hears(DigitHeard(leg=CALLER, digit="9"), after=1)
    goodbye = call.asked(Play)
    call.hears(PlaybackEnded(playback=goodbye.playback), after=2)
    assert call.state.over
    assert call.asked(HangUp).leg == CALLER


@pytest.mark.feature("C2")
def test_an_operator_who_answers_is_connected_recorded_and_gets_the_card() -> None:
    call = talking()
    assert isinstance(call.state.effect, Talk)
    assert call.asked(Connect).legs == (CALLER, call.state.cast.callee)
    assert call.asked(StartRecording).leg == CALLER
    assert call.fact(OperatorConnected).waited == timedelta(seconds=7)
    assert call.fact(CardShown).holder == ANNA
    assert len(call.opens) == 1


def test_a_silent_operator_is_passed_over_and_the_caller_keeps_the_place() -> None:
    call = ringing()
    rung = call.asked(Ring).leg
    call.waits()
    assert call.asked(HangUp).leg == rung
    missed = call.fact(OfferNotTaken)
    assert (missed.why, missed.rang, missed.takes_out_of_ready) == (
        NotTakenWhy.NO_ANSWER,
        timedelta(seconds=20),
        True,
    )
    offer = OfferMade(operator=UserId("boris"), devices=(DeviceId("boris-desk"),))
    call.hears(offer, after=1)
    assert call.asked(Ring).leg != rung
    call.hears(LegAnswered(leg=call.asked(Ring).leg), after=4)
    assert call.fact(OperatorConnected).waited == timedelta(seconds=30)


def test_a_caller_who_gives_up_stops_the_ringing_and_is_counted_as_abandoned() -> None:
    call = ringing()
    rung = call.asked(Ring).leg
    call.hears(LegEnded(leg=CALLER, cause=EndCause.NORMAL), after=1)
    assert call.asked(HangUp).leg == rung
    assert call.fact(QueueLeft).why is LeftQueueWhy.ABANDONED
    assert call.fact(OfferNotTaken).takes_out_of_ready is False
    assert call.fact(CallEnded).disposition == "abandoned_in_queue"
    assert call.fact(CallEnded).whose is Whose.CUSTOMER


def test_a_caller_for_whom_nobody_was_found_in_time_goes_on_in_the_scenario() -> None:
    call = in_queue(a_company(give_up_after=timedelta(seconds=30))).waits()
    assert call.fact(QueueLeft).why is LeftQueueWhy.WAITED_TOO_LONG
    assert call.asked(Play)
    call.hears(PlaybackEnded(playback=call.asked(Play).playback), after=2)
    assert call.fact(CallEnded).disposition == "lost"


def test_the_talk_ends_when_the_operator_hangs_up_and_the_caller_goes_on() -> None:
    call = talking()
    callee = call.state.cast.callee
    assert callee is not None
    call.hears(LegEnded(leg=callee, cause=EndCause.NORMAL), after=60)
    assert call.fact(TalkEnded).talked == timedelta(seconds=60)
    assert [type(act) for act in call.acts] == [StopRecording, Dissolve, Play]
    assert not call.state.over


def test_the_talk_ends_when_the_caller_hangs_up_and_nothing_of_it_is_left() -> None:
    call = talking()
    call.hears(LegEnded(leg=CALLER, cause=EndCause.NORMAL), after=60)
    assert call.state.over
    assert call.state.cast.legs == {}
    assert call.fact(CallEnded).disposition == "served"


@pytest.mark.feature("P7")
def test_the_operator_holds_the_caller_and_takes_them_back() -> None:
    call = talking().hears(HoldAsked(by=ANNA, on=True), after=1)
    assert call.asked(Disconnect).leg == CALLER
    assert call.asked(StartMusic).leg == CALLER
    with pytest.raises(NotNow):
        call.hears(HoldAsked(by=ANNA, on=True))
    call.hears(HoldAsked(by=ANNA, on=False), after=9)
    assert CALLER in call.asked(Connect).legs


def test_whoever_takes_no_part_in_a_talk_cannot_end_it() -> None:
    call = talking()
    with pytest.raises(NotNow):
        call.hears(HangUpAsked(by=UserId("boris")))
    with pytest.raises(NotNow):
        call.hears(MuteRecordingAsked(by=UserId("boris"), muted=True))


@pytest.mark.feature("P7")
def test_the_operator_sends_the_caller_on_to_another_extension() -> None:
    call = talking()
    with pytest.raises(NotNow):
        call.hears(SendOnAsked(by=ANNA, to="999"))
    call.hears(SendOnAsked(by=ANNA, to="101"), after=5)
    assert isinstance(call.state.effect, RingUser)
    assert call.state.plan.scenario == "user-anna"


@pytest.mark.feature("P7")
def test_an_operator_who_declines_is_passed_over_and_the_caller_waits_on() -> None:
    call = ringing()
    rung = call.asked(Ring).leg
    with pytest.raises(NotNow):
        call.hears(HangUpAsked(by=UserId("boris")))
    call.hears(HangUpAsked(by=ANNA), after=1)
    assert call.asked(HangUp).leg == rung
    assert call.fact(OfferNotTaken).why is NotTakenWhy.DECLINED
    assert isinstance(call.state.effect, WaitForOperator)


@pytest.mark.feature("P7")
def test_a_user_who_is_called_declines_and_nobody_else_can_end_the_call() -> None:
    call = Told(extension="101")
    with pytest.raises(NotNow):
        call.hears(HangUpAsked(by=UserId("boris")))
    call.hears(HangUpAsked(by=ANNA))
    assert call.fact(NodeLeft).exit == "busy"
    assert call.state.over


@pytest.mark.feature("P7")
@pytest.mark.parametrize("extension", ["500", "400", "101"])
def test_one_of_us_who_calls_hangs_up_at_any_stage(extension: str) -> None:
    call = Told(beginning=a_colleague(extension))
    with pytest.raises(NotNow) as refused:
        call.hears(HoldAsked(by=BORIS, on=True))
    assert "на другом этапе" in refused.value.sentence("ru")
    call.hears(HangUpAsked(by=BORIS), after=2)
    assert CALLER in {act.leg for act in call.acts if isinstance(act, HangUp)}
    assert (call.state.over, call.state.cast.legs, call.fact(CallEnded).whose) == (True, {}, Whose.CUSTOMER)


def test_a_call_between_users_rings_all_devices_and_answers_the_caller_when_one_is_taken() -> None:
    call = Told(extension="101")
    assert call.asked(Ring).to
    call.hears(LegAnswered(leg=call.asked(Ring).leg), after=2)
    assert [type(act) for act in call.acts][-2:] == [Answer, Connect]


def test_transfers_that_go_in_a_circle_come_to_an_end() -> None:
    setup = a_company()
    loop = setup.scenarios["main"].graph.model_copy(
        update={"start": "anna", "nodes": {"anna": setup.scenarios["main"].graph.nodes["anna"]}}
    )
    nodes = {"anna": loop.nodes["anna"].model_copy(update={"params": {"extension": "500"}})}
    looped = setup.scenarios["main"].model_copy(update={"graph": loop.model_copy(update={"nodes": nodes})})
    object.__setattr__(setup, "scenarios", {"main": looped})
    call = Told(setup)
    assert call.state.over
    assert call.fact(CallEnded).disposition == "failed"


def test_after_a_crash_the_last_acts_are_done_again_but_nothing_rings_twice() -> None:
    call = talking()
    again = resume(call.state, around(call.setup, call.now + timedelta(seconds=3)))
    kinds = [type(act) for act in again.acts]
    assert Connect in kinds
    assert StartRecording in kinds
    assert Ring not in kinds
    assert again.facts == ()


def test_after_a_crash_an_operator_whose_ringing_was_lost_is_not_blamed() -> None:
    call = ringing()
    rung = call.asked(Ring).leg
    call.take(resume(call.state, around(call.setup, call.now + timedelta(seconds=3))))
    call.hears(LegEnded(leg=rung, cause=EndCause.LOST), after=3)
    missed = call.fact(OfferNotTaken)
    assert (missed.why, missed.takes_out_of_ready) == (NotTakenWhy.WE_WERE_AWAY, False)
    assert not call.state.over


def test_when_the_switch_dies_the_call_is_closed_honestly() -> None:
    call = talking().hears(LegEnded(leg=CALLER, cause=EndCause.LOST), after=60)
    assert call.fact(CallEnded).disposition == "switch_lost"
    assert call.fact(CallEnded).whose is Whose.US
