"""An operator asks whoever serves another queue: they wait there for their customer, who hears music meanwhile."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from switchroom.domain.acts import StartMusic, StopMusic
from switchroom.domain.devices import browser_device
from switchroom.domain.events import (
    CancelConsultationAsked,
    CloseCardAsked,
    CompleteTransferAsked,
    ConsultAsked,
    DeviceReturned,
    FieldsTyped,
    HangUpAsked,
    InviteAsked,
    JoinAllAsked,
    ToggleAsked,
)
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import CallEnded, LeftQueueWhy, QueueEntered, QueueLeft, TalkBegan, TalkEnded
from switchroom.domain.facts.talks import ConsultationEnded, ConsultationOver
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.queues import Queue
from switchroom.domain.refusals import NotNow
from switchroom.domain.routes import Route
from switchroom.domain.scenario.effects import FillCard
from switchroom.domain.situations.standing import Consulting, Talking
from switchroom.switch.simulated.switch import Habit
from tests.stories.office import ANNA, BORIS, CALL, CLARA, REFUSES, SOON, Office
from tests.stories.world import in_a_world

EXPERTS = "450"
LATER = Habit(answers_after=timedelta(seconds=12))


class Helpdesk(Office):
    """Customers wait for Anna; behind her stand experts: Boris, then Clara. All have cards."""

    def __init__(self) -> None:
        super().__init__()
        experts = Queue(
            id="experts", title="Experts", operators=("boris", "clara"), card="repair", missed_call_takes_out=False,
            give_up_after=timedelta(minutes=2), wrap_up_limit=timedelta(minutes=1), ring_for=timedelta(seconds=20),
        )  # fmt: skip
        leads = Route(id="main", title="Main", target=Target(kind=TargetKind.QUEUE, key="service"))
        number = Extension(number=EXPERTS, target=Target(kind=TargetKind.QUEUE, key="experts"))
        for name, value in {
            "queues": {**self.setup.queues, "experts": experts}, "routes": {"main": leads},
            "extensions": {**self.setup.extensions, EXPERTS: number},
        }.items():  # fmt: skip
            object.__setattr__(self.setup, name, value)

    def music(self, leg: LegId) -> bool:
        """Whether this leg hears music."""
        asked = [act for act in self.switch.done if isinstance(act, StartMusic | StopMusic) and act.leg == leg]
        return bool(asked) and isinstance(asked[-1], StartMusic)

    def card_of(self, user: UserId) -> StoryId | None:
        """The card that lies open before them."""
        cards = {s.effect.holder: s.id for s in self.engine.living() if isinstance(s.effect, FillCard)}
        return cards.get(user)

    def of_queue(self, kind: type[QueueEntered] | type[QueueLeft]) -> list[QueueEntered | QueueLeft]:
        """What is told of the experts' queue."""
        return [fact for fact in self.facts(CALL) if isinstance(fact, kind) and fact.queue == "experts"]

    async def asking(self) -> LegId:
        """Anna serves a customer, and waits for an expert."""
        await self.phones()
        await self.at_work("anna", SOON)
        customer = await self.customer()
        await self.ask(ConsultAsked(by=ANNA, to=EXPERTS))
        return customer

    async def asked(self) -> LegId:
        """Boris has taken it: Anna talks with him, and the customer hears music."""
        customer = await self.asking()
        await self.at_work("boris", SOON)
        await self.until(lambda: "ConsultationAnswered" in self.told(CALL))
        await self.later(1)
        return customer


def at_the_helpdesk(play: Callable[[Helpdesk], Awaitable[None]]) -> None:
    """Run a play there."""
    in_a_world(Helpdesk, play)


def why_over(office: Office) -> ConsultationOver | None:
    """How the consultation ended."""
    return next((f.why for f in office.facts(CALL) if isinstance(f, ConsultationEnded)), None)


@pytest.mark.feature("P7")
@pytest.mark.feature("C2")
def test_who_asks_waits_with_music_and_the_expert_gets_the_customer_and_a_card_of_their_own() -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asking()
        anna = office.leg(ANNA)
        assert office.music(anna)
        assert office.music(customer)
        assert office.engine.waiting.lengths() == {"service": 0, "experts": 1}
        await office.at_work("boris", SOON)
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        await office.later(1)
        boris, card = office.leg(BORIS), office.card_of(BORIS)
        assert card is not None
        assert office.switch.hears(anna) == {boris}
        assert office.switch.hears(customer) == set()
        assert not office.music(anna)
        assert [f.by for f in (*office.of_queue(QueueEntered), *office.of_queue(QueueLeft))] == [ANNA, ANNA]
        await office.ask(FieldsTyped(by=BORIS, fields={"address": "Lenina 5"}, revision=0), card)

        await office.ask(CompleteTransferAsked(by=ANNA))
        await office.until(lambda: office.switch.hears(customer) == {boris})
        assert why_over(office) is ConsultationOver.TRANSFERRED
        assert [f.queue for f in office.facts(CALL) if isinstance(f, TalkBegan)] == ["service", "experts"]
        await office.later(100)
        assert "WrapUpBegan" not in office.told(card), "Boris talks on; his card is not in wrap-up"
        mine = office.card_of(ANNA)
        assert mine is not None
        assert "WrapUpBegan" in office.told(mine), "Anna has left the call"
        await office.ask(HangUpAsked(by=BORIS))
        await office.until(lambda: office.status(BORIS) is Status.WRAP_UP)
        await office.ask(CloseCardAsked(by=BORIS, disposition="solved"), card)
        await office.until(lambda: office.status(BORIS) is Status.READY)
        (ended,) = [f for f in office.facts(CALL) if isinstance(f, CallEnded)]
        assert ended.disposition == "served"
        assert [f.queue for f in office.facts(CALL) if isinstance(f, TalkEnded)] == ["service", "experts"]

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
def test_whoever_asks_no_longer_is_back_with_the_customer_and_the_place_is_free() -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asking()
        await office.later(5)
        await office.ask(CancelConsultationAsked(by=ANNA))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        assert not office.music(office.leg(ANNA))
        assert not office.music(customer)
        (left,) = office.of_queue(QueueLeft)
        assert isinstance(left, QueueLeft)
        assert (left.why, left.by) == (LeftQueueWhy.ABANDONED, ANNA)
        assert office.engine.waiting.lengths()["experts"] == 0
        await office.at_work("boris", SOON)
        await office.later(30)
        assert office.status(BORIS) is Status.READY, "nobody is rung for a place that was given back"

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("while_it_rings", [False, True])
def test_completed_while_waiting_the_customer_keeps_the_place(while_it_rings: bool) -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asking()
        await office.later(30)
        if while_it_rings:
            await office.at_work("boris", SOON)
            await office.until(lambda: office.told(CALL).count("OperatorOffered") == 2)
        await office.ask(CompleteTransferAsked(by=ANNA))
        assert office.music(customer)
        assert office.engine.waiting.lengths()["experts"] == 1
        if not while_it_rings:
            await office.at_work("boris", SOON)
        await office.until(lambda: bool(office.switch.hears(customer)))
        assert office.switch.hears(customer) == {office.leg(BORIS)}
        assert isinstance(office.standing(), Talking)
        (left,) = office.of_queue(QueueLeft)
        assert isinstance(left, QueueLeft)
        assert left.by is None
        assert left.waited >= timedelta(seconds=30)
        assert office.card_of(BORIS) is not None
        office.switch.leave(customer)
        await office.until(lambda: office.status(BORIS) is Status.WRAP_UP)

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("handed_over", [False, True])
def test_if_nobody_comes_in_time_the_two_talk_on_or_it_rings_at_who_sent_it_on(handed_over: bool) -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asking()
        if handed_over:
            await office.ask(CompleteTransferAsked(by=ANNA))
        await office.later(125)
        if not handed_over:
            assert why_over(office) is ConsultationOver.NOT_TAKEN
        else:
            assert "CameBack" in office.told(CALL)
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        (left,) = office.of_queue(QueueLeft)
        assert isinstance(left, QueueLeft)
        assert left.why is LeftQueueWhy.WAITED_TOO_LONG
        assert office.engine.waiting.lengths()["experts"] == 0

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("how", ["cancelled", "the expert left"])
def test_an_expert_who_was_only_asked_goes_on_with_their_card(how: str) -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asked()
        if how == "cancelled":
            await office.ask(CancelConsultationAsked(by=ANNA))
        else:
            office.switch.leave(office.leg(BORIS))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        await office.until(lambda: office.status(BORIS) is Status.WRAP_UP)
        mine = office.card_of(ANNA)
        assert mine is not None
        assert "WrapUpBegan" not in office.told(mine), "Anna still serves the customer"
        await office.later(61)
        assert office.status(BORIS) is Status.READY, "the limit of wrap-up holds"

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
def test_an_expert_who_does_not_take_it_is_passed_over_and_the_next_one_asked() -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asking()
        await office.at_work("boris", REFUSES)
        await office.until(lambda: "OfferNotTaken" in office.told(CALL))
        await office.at_work("clara", SOON)
        await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
        await office.ask(ToggleAsked(by=ANNA))
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA)})
        await office.ask(JoinAllAsked(by=ANNA))
        clara = office.leg(CLARA)
        await office.until(lambda: office.switch.hears(customer) == {office.leg(ANNA), clara})
        office.switch.leave(office.leg(ANNA))
        await office.until(lambda: office.switch.hears(customer) == {clara})
        card = office.card_of(CLARA)
        assert card is not None
        assert "WrapUpBegan" not in office.told(card)

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
def test_a_customer_who_hangs_up_leaves_the_two_who_talk_about_them() -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asked()
        office.switch.leave(customer)
        anna, boris = office.leg(ANNA), office.leg(BORIS)
        await office.until(lambda: "TalkEnded" in office.told(CALL))
        await office.later(5)
        assert office.switch.hears(anna) == {boris}
        await office.ask(HangUpAsked(by=ANNA))
        await office.until(lambda: office.status(BORIS) is Status.WRAP_UP)

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
def test_a_customer_who_hangs_up_meanwhile_leaves_who_asks_waiting_and_nobody_is_kept() -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asking()
        office.switch.leave(customer)
        await office.until(lambda: "TalkEnded" in office.told(CALL))
        await office.ask(HangUpAsked(by=ANNA))
        await office.until(lambda: office.engine.state_of(CALL) is None)
        assert office.engine.waiting.lengths()["experts"] == 0

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
def test_a_queue_is_not_called_into_a_conference_and_a_full_one_is_not_asked() -> None:
    async def play(office: Helpdesk) -> None:
        await office.phones()
        await office.at_work("anna", SOON)
        await office.customer()
        with pytest.raises(NotNow, match="queue"):
            await office.ask(InviteAsked(by=ANNA, to=EXPERTS))
        full = office.setup.queues["experts"].model_copy(update={"most_waiting": 1})
        object.__setattr__(office.setup, "queues", {**office.setup.queues, "experts": full})
        other = office.dial(CLARA, EXPERTS, "c1")
        await office.until(lambda: office.engine.waiting.lengths()["experts"] == 1)
        with pytest.raises(NotNow):
            await office.ask(ConsultAsked(by=ANNA, to=EXPERTS))
        assert isinstance(office.standing(), Talking)
        office.switch.leave(other)

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
@pytest.mark.feature("Z3")
@pytest.mark.parametrize("when", ["waits", "rings", "asked", "handed over"])
def test_the_engine_may_die_at_each_stage(when: str) -> None:
    async def play(office: Helpdesk) -> None:
        customer = await office.asking()
        await office.later(10)
        if when == "handed over":
            await office.ask(CompleteTransferAsked(by=ANNA))
        if when in ("rings", "asked"):
            await office.at_work("boris", SOON if when == "asked" else LATER)
            wanted = "ConsultationAnswered" if when == "asked" else "OperatorOffered"
            await office.until(lambda: office.told(CALL).count(wanted) == (1 if when == "asked" else 2))
        await office.later(1)
        await office.kill()
        await office.later(4)
        await office.start()
        await office.later(1)
        if when == "asked":
            assert office.switch.hears(office.leg(ANNA)) == {office.leg(BORIS)}
        else:
            assert office.engine.waiting.lengths()["experts"] == 1
        if when in ("waits", "handed over"):
            await office.at_work("boris", SOON)
        if when != "handed over":
            await office.until(lambda: "ConsultationAnswered" in office.told(CALL))
            await office.ask(CompleteTransferAsked(by=ANNA))
        await office.until(lambda: bool(office.switch.hears(customer)))
        assert office.switch.hears(customer) == {office.leg(BORIS)}
        card = office.card_of(BORIS)
        assert card is not None
        assert "WrapUpBegan" not in office.told(card)
        left = office.of_queue(QueueLeft)
        assert [one.waited >= timedelta(seconds=10) for one in left if isinstance(one, QueueLeft)] == [True]

    at_the_helpdesk(play)


@pytest.mark.feature("P7")
def test_a_page_that_reloads_while_its_operator_waits_for_an_expert_hears_the_music_again() -> None:
    async def play(office: Helpdesk) -> None:
        page = DeviceId(browser_device("anna").id)
        await office.at_work("anna", SOON, page)
        customer = await office.customer()
        await office.ask(ConsultAsked(by=ANNA, to=EXPERTS))
        before = office.leg(ANNA)
        office.switch.leave(before)
        office.engine.phone_changed(DeviceReturned(device=page))
        await office.until(lambda: "TalkResumed" in office.told(CALL))
        again = office.leg(ANNA)
        assert again != before
        assert office.music(again)
        assert isinstance(office.standing(), Consulting)
        await office.ask(CancelConsultationAsked(by=ANNA))
        await office.until(lambda: office.switch.hears(customer) == {again})

    at_the_helpdesk(play)
