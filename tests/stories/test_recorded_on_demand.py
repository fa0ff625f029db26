"""Recording on demand however a talk stands: whose leg is recorded, who may ask, and what becomes of it afterwards."""

import pytest

from switchroom.domain.acts import MuteRecording, Play, StartRecording
from switchroom.domain.events import (
    CompleteTransferAsked,
    ConsultAsked,
    HangUpAsked,
    JoinAllAsked,
    MuteRecordingAsked,
    RecordAsked,
    Request,
    ToggleAsked,
)
from switchroom.domain.facts.calls import DecidedBy, RecordingDecided
from switchroom.domain.identity import LegId
from switchroom.domain.refusals import NotNow
from tests.stories.office import ANNA, BORIS, CALL, Office, in_the_office
from tests.stories.test_consulting import consulting


def recorded(office: Office) -> list[LegId]:
    """Whose legs were recorded, one after the other."""
    return [act.leg for act in office.switch.done if isinstance(act, StartRecording)]


def counts(office: Office) -> tuple[int, int]:
    """How many recordings began, and how many ended."""
    told = office.told(CALL)
    return told.count("RecordingBegan"), told.count("RecordingEnded")


async def presses(office: Office, leg: LegId, keys: str) -> None:
    """Keys on a phone."""
    for key in keys:
        office.switch.press(leg, key)
        await office.later(0.2)


async def refused(office: Office, request: Request) -> None:
    """It is said that this can't be done now."""
    with pytest.raises(NotNow):
        await office.ask(request)


@pytest.mark.feature("P10")
def test_in_a_consultation_the_asker_s_side_is_recorded_and_whoever_waits_has_no_say() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        await consulting(office)
        await office.ask(ToggleAsked(by=ANNA))
        await refused(office, RecordAsked(by=BORIS, on=True))
        await office.ask(ToggleAsked(by=ANNA))
        await office.ask(RecordAsked(by=BORIS, on=True))
        assert recorded(office) == [office.leg(ANNA)]
        await refused(office, RecordAsked(by=ANNA, on=True))
        await office.ask(RecordAsked(by=ANNA, on=False))
        assert counts(office) == (1, 1)
        decided = [fact for fact in office.facts(CALL) if isinstance(fact, RecordingDecided)]
        assert [(fact.by, fact.user) for fact in decided] == [(DecidedBy.ON_DEMAND, BORIS)]
        await office.ask(HangUpAsked(by=ANNA))
        await office.ask(HangUpAsked(by=BORIS))
        await office.over()
        assert counts(office) == (1, 1)

    in_the_office(play)


@pytest.mark.feature("P10")
@pytest.mark.parametrize("who", ["first", "asker"])
def test_what_was_wished_in_a_consultation_holds_for_the_talk_that_comes_of_it(who: str) -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await consulting(office)
        anna = office.leg(ANNA)
        await office.ask(RecordAsked(by=ANNA, on=True))
        if who == "first":
            office.switch.leave(customer)
        else:
            await office.ask(CompleteTransferAsked(by=ANNA))
        await office.later(1)
        assert recorded(office) == [anna, anna if who == "first" else customer]
        await office.ask(HangUpAsked(by=BORIS))
        await office.over()
        assert counts(office) == (2, 2)

    in_the_office(play)


@pytest.mark.feature("P10")
def test_in_a_conference_all_that_the_caller_says_and_hears_is_recorded_and_paused() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await consulting(office)
        await office.ask(JoinAllAsked(by=ANNA))
        await office.ask(RecordAsked(by=BORIS, on=True))
        await office.ask(MuteRecordingAsked(by=ANNA, muted=True))
        assert [act.muted for act in office.switch.done if isinstance(act, MuteRecording)] == [True]
        await office.ask(RecordAsked(by=ANNA, on=False))
        await office.ask(RecordAsked(by=ANNA, on=True))
        await office.ask(HangUpAsked(by=ANNA))
        await office.later(1)
        office.switch.leave(customer)
        await office.over()
        assert recorded(office) == [customer] * 3  # anew after each stop, and when one of the first two has gone
        assert counts(office) == (3, 3)

    in_the_office(play)


@pytest.mark.feature("P10")
def test_the_code_begins_and_ends_it_in_each_form_of_a_talk_and_each_press_is_told_by_a_tone_of_its_own() -> None:
    async def play(office: Office) -> None:
        await office.phones()
        customer = await office.customer()
        anna = office.leg(ANNA)
        await presses(office, anna, "*1*1")
        assert counts(office) == (1, 1)
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        await presses(office, anna, "*1*1")
        assert counts(office) == (2, 2)
        await office.ask(JoinAllAsked(by=ANNA))
        await presses(office, office.leg(BORIS), "*1*1")
        assert counts(office) == (3, 3)
        assert recorded(office) == [customer, anna, customer]
        await office.ask(HangUpAsked(by=BORIS))
        await presses(office, anna, "*1*1")
        assert counts(office) == (4, 4)
        tones = [act.playback for act in office.switch.done if isinstance(act, Play)]
        assert len(tones) == len(set(tones)) == 8
        office.switch.leave(customer)
        await office.over()

    in_the_office(play)
