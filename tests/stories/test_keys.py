"""Codes on the keys of a desk phone during a talk: the same as at a page, and refused alike."""

from collections.abc import Callable

import pytest

from switchroom.domain.acts import Play, StartMusic, StopPlaying
from switchroom.domain.events import HangUpAsked, HoldAsked, ParkAsked
from switchroom.domain.facts.calls import PutOnHold, SentOn, TakenBack
from switchroom.domain.facts.talks import (
    CallParked,
    CodePressed,
    ConsultationBegan,
    ConsultationEnded,
    ConsultationOver,
)
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.media import Piece, Tone
from switchroom.domain.refusals import NotNow
from switchroom.domain.service_classes import ServiceClass
from switchroom.domain.situations.keyed import CLOSELY, FIRST_KEY
from switchroom.domain.situations.standing import Consulting, Talking, Together
from switchroom.domain.talk_keys import TalkKey, TalkKeys
from tests.stories.office import ANNA, BORIS, CALL, NEVER, OUTSIDE, SOON, Office, in_the_office


async def press(office: Office, keys: str, who: UserId = ANNA) -> None:
    """Keys, one after the other, as a person does."""
    for key in keys:
        office.switch.press(office.leg(who), key)
        await office.later(0.3)


async def talking(office: Office) -> tuple[LegId, LegId]:
    """The customer and Anna."""
    await office.phones()
    customer = await office.customer()
    return customer, office.leg(ANNA)


def heard(office: Office) -> list[object]:
    """What was played by keys, in order."""
    return [act.media[0] for act in office.switch.done if isinstance(act, Play)]


def codes(office: Office) -> list[tuple[TalkKey, bool]]:
    return [(f.code, f.granted) for f in office.facts(CALL) if isinstance(f, CodePressed)]


async def ends(office: Office) -> None:
    for leg in list(office.switch.legs()):
        office.switch.leave(leg)
    await office.over()


@pytest.mark.feature("P7")
def test_a_code_holds_and_takes_back_and_a_tone_says_so() -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        await press(office, "5*3")
        assert office.switch.hears(customer) == set()
        assert StartMusic(leg=customer) in office.switch.done
        await press(office, "*3")
        assert office.switch.hears(customer) == {anna}
        assert [type(f) for f in office.facts(CALL) if isinstance(f, PutOnHold | TakenBack)] == [PutOnHold, TakenBack]
        assert heard(office) == [Piece(name="beep")] * 2
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_what_is_pressed_slowly_or_by_a_customer_is_meant_for_the_other_side() -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        office.switch.press(anna, "*")
        await office.later(CLOSELY.total_seconds() + 1)
        await press(office, "3")
        office.switch.press(customer, "*")
        office.switch.press(customer, "3")
        office.switch.press(anna, "*")
        office.switch.press(customer, "3")
        await office.later(1)
        assert office.switch.hears(customer) == {anna}
        assert codes(office) == []
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("end", ["#", ""], ids=["hash", "a pause"])
def test_a_call_is_sent_on_by_keys(end: str) -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        await press(office, "*4")
        assert office.switch.hears(customer) == set()
        assert heard(office)[-1] == Tone(name="dial")
        await press(office, "10")
        assert any(isinstance(act, StopPlaying) for act in office.switch.done), "the dial tone stops at the first key"
        await press(office, "2" + end)
        await office.until(lambda: any(isinstance(f, SentOn) for f in office.facts(CALL)), within=5)
        assert anna not in office.switch.legs()
        await office.until(lambda: office.switch.hears(customer) == {office.leg(BORIS)})
        (sent,) = [f for f in office.facts(CALL) if isinstance(f, SentOn)]
        assert (sent.to, sent.by) == ("102", ANNA)
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_a_third_one_is_asked_by_keys_and_all_that_follows_is_asked_by_keys() -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        await press(office, "*2102#")
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        boris = office.leg(BORIS)
        await press(office, "*3")
        assert office.switch.hears(customer) == {anna}
        await press(office, "*3")
        assert office.switch.hears(boris) == {anna}
        await press(office, "*2")
        assert office.switch.hears(customer) == {anna}
        await press(office, "*2103#")
        await office.until(lambda: isinstance(office.standing(), Consulting))
        await office.until(lambda: office.told(CALL).count("ConsultationAnswered") == 2)
        await press(office, "*6")
        assert isinstance(office.standing(), Together)
        assert len(office.switch.hears(customer)) == 2
        over = [f.why for f in office.facts(CALL) if isinstance(f, ConsultationEnded)]
        assert over == [ConsultationOver.CANCELLED, ConsultationOver.JOINED]
        assert [key for key, granted in codes(office) if granted] == [
            TalkKey.CONSULT, TalkKey.HOLD, TalkKey.HOLD, TalkKey.CONSULT, TalkKey.CONSULT, TalkKey.JOIN,
        ]  # fmt: skip
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("answered", [True, False], ids=["answered", "ringing"])
def test_the_two_are_brought_together_by_the_code_of_transferring(answered: bool) -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        await press(office, "*2102#")
        if answered:
            await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        await press(office, "*4")
        await office.until(lambda: office.switch.hears(customer) == {office.leg(BORIS)})
        assert anna not in office.switch.legs()
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_only_who_asked_has_codes_in_a_consultation() -> None:
    async def play(office: Office) -> None:
        await talking(office)
        await press(office, "*2102#")
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        await press(office, "*4*2*3*6", BORIS)
        assert codes(office) == [(TalkKey.CONSULT, True)]
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_parking_by_keys_tells_the_place_and_takes_the_next_one_if_somebody_was_faster() -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        await press(office, "*5")
        told = [act for act in office.switch.done if isinstance(act, Play)][-1]
        assert told.leg == anna
        assert len(told.media) == 3, "seven, zero, one"
        other = office.call("second")
        await office.until(lambda: bool(office.switch.hears(other)), within=20)
        await office.ask(ParkAsked(by=ANNA), StoryId("call2"))
        await office.until(lambda: any(isinstance(f, CallParked) for f in office.facts(CALL)), within=20)
        (parked,) = [f for f in office.facts(CALL) if isinstance(f, CallParked)]
        assert (parked.place, parked.by) == ("702", ANNA)
        assert customer in office.switch.legs()
        assert anna not in office.switch.legs()
        for leg in list(office.switch.legs()):
            office.switch.leave(leg)
        await office.later(5)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("leaves", ["by hand", "by a page"])
def test_who_hangs_up_while_the_place_is_told_has_parked(leaves: str) -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        await press(office, "*5")
        if leaves == "by hand":
            office.switch.leave(anna)
        else:
            await office.ask(HangUpAsked(by=ANNA))
        await office.later(1)
        assert any(isinstance(f, CallParked) for f in office.facts(CALL))
        assert set(office.switch.legs()) == {customer}
        await office.until(lambda: "CameBack" in office.told(CALL))
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_without_a_free_place_nobody_is_parked() -> None:
    async def play(office: Office) -> None:
        extensions = {n: e for n, e in office.setup.extensions.items() if n not in ("701", "702")}
        object.__setattr__(office.setup, "extensions", extensions)
        customer, anna = await talking(office)
        await press(office, "*5")
        assert heard(office) == [Piece(name="beeperr")]
        assert codes(office) == [(TalkKey.PARK, False)]
        with pytest.raises(NotNow):
            await office.ask(ParkAsked(by=ANNA))
        assert office.switch.hears(customer) == {anna}
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("keys", ["*4#", "*4", "*2500#", "*2800#", "*2101#"])
def test_without_a_number_or_with_a_wrong_one_the_two_talk_again(keys: str) -> None:
    async def play(office: Office) -> None:
        customer, anna = await talking(office)
        await press(office, keys)
        await office.later(FIRST_KEY.total_seconds() + 1)
        assert office.switch.hears(customer) == {anna}
        assert (Piece(name="beeperr") in heard(office)) == (len(keys) > 3)
        assert isinstance(office.standing(), Talking)
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_a_number_outside_is_keyed_in_within_ones_class_of_service() -> None:
    async def play(office: Office) -> None:
        inside = ServiceClass(id="inside", title="Inside only", allowed=())
        boris = office.setup.users["boris"].model_copy(update={"service_class": "inside"})
        users = {**office.setup.users, "boris": boris}
        object.__setattr__(office.setup, "service_classes", {"inside": inside})
        object.__setattr__(office.setup, "users", users)
        await office.phones()
        office.switch.habits[DeviceId("carrier")] = SOON
        customer = await office.customer()
        await press(office, f"*2{OUTSIDE.removeprefix('+')}#")
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        (began,) = [f for f in office.facts(CALL) if isinstance(f, ConsultationBegan)]
        assert (began.to, began.outside is not None) == ("", True)
        await press(office, "*2")
        await press(office, "*4102#")
        await office.until(lambda: office.switch.hears(customer) == {office.leg(BORIS)})
        await press(office, f"*4{OUTSIDE.removeprefix('+')}#", BORIS)
        assert heard(office)[-1] == Piece(name="beeperr")
        assert office.switch.hears(customer) == {office.leg(BORIS)}
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize(
    "ends_by",
    [
        lambda office: office.ask(HoldAsked(by=ANNA, on=False)),
        lambda office: office.ask(HangUpAsked(by=ANNA)),
        lambda office: office.later(0),
    ],
    ids=["taken back at the page", "hung up at the page", "the customer leaves"],
)
def test_whatever_ends_the_waiting_ends_the_dial_tone(ends_by: Callable[[Office], object]) -> None:
    async def play(office: Office) -> None:
        customer, _ = await talking(office)
        await press(office, "*4")
        doing = ends_by(office)
        await doing  # type: ignore[misc]  # whatever it is, it is waited for
        if office.standing() is not None and not office.switch.hears(customer):
            office.switch.leave(customer)
        await office.later(1)
        dial = next(act for act in office.switch.done if isinstance(act, Play) and Tone(name="dial") in act.media)
        assert StopPlaying(playback=dial.playback) in office.switch.done
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_codes_are_configured_and_an_empty_one_is_none() -> None:
    async def play(office: Office) -> None:
        keys = TalkKeys(hold="*77", send_on="")
        object.__setattr__(office.setup, "company", office.setup.company.model_copy(update={"talk_keys": keys}))
        customer, anna = await talking(office)
        await press(office, "*3*4")
        assert office.switch.hears(customer) == {anna}
        await press(office, "*77")
        assert office.switch.hears(customer) == set()
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_a_number_that_is_keyed_in_survives_our_death() -> None:
    async def play(office: Office) -> None:
        customer, _ = await talking(office)
        await press(office, "*410")
        await office.kill()
        await office.start()
        await press(office, "2")
        await office.until(lambda: "TalkBegan" in office.told(CALL)[-2:], within=60)
        assert office.switch.hears(customer) == {office.leg(BORIS)}
        await ends(office)

    in_the_office(play)


def test_nobody_answers_and_the_call_is_back_at_who_keyed_it_in() -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=NEVER)
        customer = await office.customer()
        await press(office, "*4102#")
        await office.until(lambda: "CameBack" in office.told(CALL))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        await ends(office)

    in_the_office(play)
