"""Voicemail: who goes there, when a message ends, and that nothing of it is lost; in virtual time."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from switchroom.domain.acts import Play, StartRecording, StopRecording
from switchroom.domain.events import DigitsAsked, HangUpAsked, SendOnAsked
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import CallEnded
from switchroom.domain.facts.messages import MessageBegan, MessageEnded
from switchroom.domain.facts.talks import CallForwarded
from switchroom.domain.groups import Group
from switchroom.domain.identity import DeviceId, LegId, PromptId
from switchroom.domain.media import Piece, Prompt
from switchroom.domain.prompts import Prompt as Recorded
from switchroom.domain.situations.message import Speaking
from switchroom.domain.users import User
from switchroom.domain.voicemail import Mailbox
from switchroom.switch.simulated.switch import PROMPT_LASTS, Habit
from tests.stories.office import ANNA, BORIS, CALL, NEVER, REFUSES, Office, in_the_office

BOX = "601"
GREETED = 2 * PROMPT_LASTS
"""The greeting, and the tone; seconds."""


class Company(Office):
    """An office in which Anna has a mailbox, and a number that leads into it."""

    def box(self, **when: object) -> None:
        """Anna's calls go there then."""
        anna = User(id="anna", name="Anna", department="Office", voicemail=Mailbox.model_validate(when))
        object.__setattr__(self.setup, "users", {**self.setup.users, "anna": anna})

    def messages(self) -> list[MessageEnded]:
        return [fact for fact in self.facts(CALL) if isinstance(fact, MessageEnded)]

    async def spoken_to(self) -> None:
        """The tone was heard."""
        await self.until(lambda: isinstance(self.standing(), Speaking))

    async def let_go(self) -> None:
        """The call ends by our doing: the caller's leg goes last."""
        await self.until(lambda: self.engine.state_of(CALL) is None and not self.switch.legs())

    def disposition(self) -> str:
        return next(fact.disposition for fact in self.facts(CALL) if isinstance(fact, CallEnded))


def in_company(play: Callable[[Company], Awaitable[None]], **when: object) -> None:
    """Run a play in one; `when` calls go to Anna's voicemail."""

    async def prepared(office: Office) -> None:
        assert isinstance(office, Company)
        office.box(**when)
        number = Extension(number=BOX, target=Target(kind=TargetKind.VOICEMAIL, key="anna"))
        object.__setattr__(office.setup, "extensions", {**office.setup.extensions, BOX: number})
        await play(office)

    in_the_office(prepared, Company)


@pytest.mark.feature("P8")
@pytest.mark.parametrize(("when", "anna"), [("no_answer", NEVER), ("busy", REFUSES), ("unreachable", None)])
def test_who_does_not_reach_her_is_greeted_and_speaks_after_the_tone(when: str, anna: Habit | None) -> None:
    async def play(office: Company) -> None:
        await office.phones(anna=anna or NEVER)
        if anna is None:
            office.switch.plug(DeviceId("anna-desk"), reachable=False)
        caller = office.call()
        await office.spoken_to()
        played = [act.media for act in office.switch.done if isinstance(act, Play)]
        assert played == [(Piece(name="vm-intro"),), (Piece(name="beep"),)]
        (began,) = [fact for fact in office.facts(CALL) if isinstance(fact, MessageBegan)]
        assert (began.user, began.leg) == (ANNA, caller)
        assert StartRecording(recording=began.message, leg=caller) in office.switch.done
        office.switch.speak(caller)
        await office.later(20)
        office.switch.leave(caller)
        await office.over()
        (ended,) = office.messages()
        assert (ended.message, ended.user, ended.lasted.seconds) == (began.message, ANNA, 20)
        assert StopRecording(recording=began.message) in office.switch.done
        assert office.disposition() == "left_message"

    in_company(play, **{when: True})


@pytest.mark.feature("P8")
def test_only_what_was_asked_for_goes_to_voicemail() -> None:
    async def play(office: Company) -> None:
        await office.phones(anna=NEVER)
        office.call()
        await office.let_go()
        assert not office.messages()

    in_company(play, busy=True, unreachable=True)


@pytest.mark.feature("P8")
def test_all_calls_at_once_ring_nowhere() -> None:
    async def play(office: Company) -> None:
        await office.phones()
        caller = office.call()
        await office.spoken_to()
        assert "LegRung" not in office.told(CALL)
        office.switch.leave(caller)
        await office.over()

    in_company(play, always=True)


@pytest.mark.feature("P1")
def test_a_number_leads_to_a_mailbox_for_a_colleague_too() -> None:
    async def play(office: Company) -> None:
        await office.phones()
        boris = office.dial(BORIS, BOX, "b1")
        await office.spoken_to()
        office.switch.speak(boris)
        await office.later(4)
        await office.ask(DigitsAsked(by=BORIS, digits="#"))
        await office.let_go()
        (ended,) = office.messages()
        assert (ended.user, ended.lasted.seconds) == (ANNA, 4)

    in_company(play)


@pytest.mark.feature("P1")
def test_a_colleague_may_hang_up_by_the_page() -> None:
    async def play(office: Company) -> None:
        await office.phones()
        office.dial(BORIS, BOX, "b1")
        await office.spoken_to()
        await office.later(3)
        await office.ask(HangUpAsked(by=BORIS))
        await office.let_go()
        assert len(office.messages()) == 1

    in_company(play)


@pytest.mark.feature("P8")
def test_a_talk_is_sent_on_to_the_mailbox() -> None:
    async def play(office: Company) -> None:
        await office.phones()
        customer = await office.customer()
        await office.ask(SendOnAsked(by=ANNA, to=BOX))
        await office.spoken_to()
        office.switch.leave(customer)
        await office.over()
        assert (len(office.messages()), office.disposition()) == (1, "served")

    in_company(play)


@pytest.mark.feature("P8")
def test_a_group_that_nobody_takes_flows_over_into_the_mailbox() -> None:
    async def play(office: Company) -> None:
        group = Group(id="sales", title="Sales", members=("clara",), overflow=BOX)
        object.__setattr__(office.setup, "groups", {"sales": group})
        await office.phones(clara=NEVER)
        boris = office.dial(BORIS, "200", "b1")
        await office.spoken_to()
        office.switch.leave(boris)
        await office.over()
        assert len(office.messages()) == 1

    in_company(play)


@pytest.mark.feature("P8")
def test_a_phone_may_send_its_call_to_the_mailbox() -> None:
    async def play(office: Company) -> None:
        await office.phones(anna=Habit(forwards_to=BOX))
        caller = office.call()
        await office.spoken_to()
        assert [fact.to for fact in office.facts(CALL) if isinstance(fact, CallForwarded)] == [BOX]
        office.switch.leave(caller)
        await office.over()

    in_company(play)


@pytest.mark.feature("P8")
def test_a_route_leads_to_a_mailbox_with_her_own_greeting() -> None:
    async def play(office: Company) -> None:
        office.box(greeting="anna-away")
        prompt = Recorded(id="anna-away", title="Anna is away", words={"ru": "Меня нет", "en": "I am away"})
        object.__setattr__(office.setup, "prompts", {"anna-away": prompt})
        to_box = office.setup.routes["main"].model_copy(
            update={"target": Target(kind=TargetKind.VOICEMAIL, key="anna")}
        )
        object.__setattr__(office.setup, "routes", {"main": to_box})
        caller = office.call()
        await office.spoken_to()
        first = next(act.media for act in office.switch.done if isinstance(act, Play))
        assert first == (Prompt(prompt=PromptId("anna-away")),)
        office.switch.leave(caller)
        await office.over()

    in_company(play)


@pytest.mark.feature("P8")
def test_silence_ends_it_and_speech_keeps_it_open() -> None:
    async def play(office: Company) -> None:
        caller = await _speaking(office)
        await office.later(30)
        assert not office.messages()
        office.switch.speak(caller, on=False)
        await office.later(7)
        office.switch.speak(caller)
        await office.later(10)
        office.switch.speak(caller, on=False)
        await office.later(7)
        assert not office.messages()
        await office.let_go()
        assert office.messages()[0].lasted.seconds == 55

    in_company(play, always=True)


@pytest.mark.feature("P8")
def test_who_says_nothing_is_let_go_after_the_same_silence() -> None:
    async def play(office: Company) -> None:
        office.call()
        await office.let_go()
        assert office.messages()[0].lasted == timedelta(seconds=8)

    in_company(play, always=True)


@pytest.mark.feature("P8")
def test_the_longest_message_comes_to_its_end() -> None:
    async def play(office: Company) -> None:
        await _speaking(office)
        await office.let_go()
        assert office.messages()[0].lasted == timedelta(minutes=3)

    in_company(play, always=True)


@pytest.mark.feature("P8")
def test_the_end_key_skips_the_greeting_and_ends_the_message() -> None:
    async def play(office: Company) -> None:
        caller = office.call()
        await office.until(lambda: office.standing() is not None)
        office.switch.press(caller, "5")
        office.switch.press(caller, "#")
        await office.later(PROMPT_LASTS - 1)
        assert not isinstance(office.standing(), Speaking)
        await office.spoken_to()
        office.switch.speak(caller)
        await office.later(5)
        office.switch.press(caller, "5")
        await office.later(1)
        assert not office.messages()
        office.switch.press(caller, "#")
        await office.let_go()
        assert len(office.messages()) == 1

    in_company(play, always=True)


@pytest.mark.feature("P8")
def test_who_hangs_up_before_the_tone_leaves_no_message() -> None:
    async def play(office: Company) -> None:
        caller = office.call()
        await office.later(PROMPT_LASTS)
        office.switch.leave(caller)
        await office.over()
        assert (office.messages(), office.disposition()) == ([], "abandoned_in_menu")

    in_company(play, always=True)


@pytest.mark.feature("P8")
@pytest.mark.parametrize("leaves", ["while we are away", "afterwards"])
def test_a_dead_engine_loses_nothing_of_a_message(leaves: str) -> None:
    async def play(office: Company) -> None:
        caller = await _speaking(office)
        await office.later(5)
        await office.kill()
        await office.later(20)
        if leaves == "while we are away":
            office.switch.leave(caller)
        await office.start()
        await office.later(30)
        if leaves == "afterwards":
            assert not office.messages()
            office.switch.leave(caller)
        await office.over()
        (ended,) = office.messages()
        assert ended.lasted >= timedelta(seconds=25)
        begun = [act for act in office.switch.done if isinstance(act, StartRecording)]
        assert {act.recording for act in begun} == {ended.message}

    in_company(play, always=True)


@pytest.mark.feature("P8")
def test_a_dead_engine_greets_anew() -> None:
    async def play(office: Company) -> None:
        caller = office.call()
        await office.later(1)
        await office.kill()
        await office.start()
        await office.spoken_to()
        office.switch.leave(caller)
        await office.over()
        assert len({act.playback for act in office.switch.done if isinstance(act, Play)}) == 3

    in_company(play, always=True)


async def _speaking(office: Company) -> LegId:
    caller = office.call()
    await office.spoken_to()
    office.switch.speak(caller)
    return caller
