"""A call through the whole house in virtual time: from the trunk to a saved card."""

from datetime import timedelta

import pytest

from switchroom.domain.acts import StartRecording, StopRecording
from switchroom.domain.events import CloseCardAsked, FieldsTyped, HangUpAsked
from switchroom.domain.facts.calls import CallEnded, OfferNotTaken, OperatorConnected, QueueLeft, TalkEnded
from switchroom.domain.facts.cards import CardClosed, CardTyped, ClosedBy
from switchroom.domain.identity import DeviceId, StoryId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.refusals import CardIncomplete, NotFound
from switchroom.switch.simulated.switch import Habit
from tests.stories.world import World, in_virtual_time

ANNA = UserId("anna")
CARD = StoryId("call1-card4")
AFTER_2_S = Habit(answers_after=timedelta(seconds=2))


async def talking(world: World) -> None:
    """A customer has chosen 1 and talks to Anna."""
    await world.at_work("anna", AFTER_2_S)
    caller = world.call()
    await world.later(4)
    world.switch.press(caller, "1")
    await world.until(lambda: bool(world.switch.hears(caller)))


def dialogs(world: World) -> list[StoryId]:
    return [state.id for state in world.engine.living() if "-card" in state.id]


@pytest.mark.feature("C7")
@pytest.mark.parametrize("signs_out_first", [False, True])
def test_a_phone_that_hangs_up_and_signs_out_at_one_moment_leaves_nobody_talking(signs_out_first: bool) -> None:
    """Both are saved beside each other: what is shown and kept is what came of both."""

    async def play(world: World) -> None:
        await talking(world)
        leg = next(leg for leg in world.switch.legs() if leg != "in1")
        if signs_out_first:
            world.switch.plug(DeviceId("anna-desk"), reachable=False)
        world.switch.leave(leg)
        if not signs_out_first:
            world.switch.plug(DeviceId("anna-desk"), reachable=False)
        await world.later(1)
        assert world.engine.desk.shown[ANNA].status is Status.WRAP_UP
        await world.kill()
        await world.start()
        assert world.status("anna") is Status.WRAP_UP

    in_virtual_time(play)


@pytest.mark.feature("P4")
@pytest.mark.feature("C5")
def test_a_customer_is_served_and_the_operator_is_ready_again_when_the_card_is_closed() -> None:
    async def play(world: World) -> None:
        await talking(world)
        assert world.status("anna") is Status.TALKING
        (card,) = dialogs(world)
        await world.engine.ask(card, FieldsTyped(by=ANNA, fields={"address": "Lenina 5"}, revision=0))
        await world.later(60)
        await world.engine.ask(StoryId("call1"), HangUpAsked(by=ANNA))
        await world.until(lambda: world.status("anna") is Status.WRAP_UP)
        await world.engine.ask(card, CloseCardAsked(by=ANNA, disposition="solved"))
        assert world.status("anna") is Status.READY
        await world.until(lambda: "CallEnded" in world.told("call1"))
        assert world.switch.legs() == {}
        closed = [f for f in world.facts(card) if isinstance(f, CardClosed)]
        assert [(f.by, f.disposition) for f in closed] == [(ClosedBy.HOLDER, "solved")]
        talked = next(f for f in world.facts("call1") if isinstance(f, TalkEnded)).talked
        assert timedelta(seconds=59) < talked < timedelta(seconds=62)
        kinds = [type(act) for act in world.switch.done]
        assert kinds.count(StartRecording) == kinds.count(StopRecording) == 1

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_card_with_something_missing_is_not_closed_and_the_wrap_up_limit_closes_it() -> None:
    async def play(world: World) -> None:
        await talking(world)
        (card,) = dialogs(world)
        with pytest.raises(CardIncomplete):
            await world.engine.ask(card, CloseCardAsked(by=ANNA, disposition=None))
        with pytest.raises(NotFound):
            await world.engine.ask(card, FieldsTyped(by=ANNA, fields={"nowhere": "x"}, revision=0))
        await world.engine.ask(StoryId("call1"), HangUpAsked(by=ANNA))
        await world.until(lambda: world.status("anna") is Status.READY)
        (closed,) = [f for f in world.facts(card) if isinstance(f, CardClosed)]
        assert closed.by is ClosedBy.WRAP_UP_LIMIT
        assert closed.wrapped_up == timedelta(minutes=3)

    in_virtual_time(play)


@pytest.mark.feature("C5")
def test_a_result_that_was_chosen_in_the_talk_is_in_the_card_that_the_wrap_up_limit_closes() -> None:
    async def play(world: World) -> None:
        await talking(world)
        (card,) = dialogs(world)
        with pytest.raises(NotFound):
            await world.engine.ask(card, FieldsTyped(by=ANNA, revision=0, disposition="nonsense"))
        await world.engine.ask(card, FieldsTyped(by=ANNA, revision=0, disposition="solved"))
        await world.engine.ask(card, FieldsTyped(by=ANNA, revision=1, fields={"address": "Lenina 5"}))
        typed = [f.fields for f in world.facts(card) if isinstance(f, CardTyped)]
        assert typed == [("disposition",), ("address",)]
        await world.engine.ask(StoryId("call1"), HangUpAsked(by=ANNA))
        await world.until(lambda: world.status("anna") is Status.READY)
        (closed,) = [f for f in world.facts(card) if isinstance(f, CardClosed)]
        assert (closed.by, closed.disposition) == (ClosedBy.WRAP_UP_LIMIT, "solved")

    in_virtual_time(play)


@pytest.mark.feature("C5")
@pytest.mark.parametrize(("chosen", "closed_with"), [(("solved",), "solved"), (("solved", ""), None)])
def test_a_card_is_closed_with_the_result_chosen_last(chosen: tuple[str, ...], closed_with: str | None) -> None:
    async def play(world: World) -> None:
        await talking(world)
        (card,) = dialogs(world)
        for result in chosen:
            await world.engine.ask(card, FieldsTyped(by=ANNA, revision=0, disposition=result))
        await world.engine.ask(card, FieldsTyped(by=ANNA, revision=0, fields={"address": "Lenina 5"}))
        await world.engine.ask(card, CloseCardAsked(by=ANNA, disposition=None))
        assert [f.disposition for f in world.facts(card) if isinstance(f, CardClosed)] == [closed_with]

    in_virtual_time(play)


@pytest.mark.feature("C2")
def test_a_silent_operator_is_passed_over_and_taken_out_of_ready() -> None:
    async def play(world: World) -> None:
        await world.at_work("anna", Habit())
        await world.later(10)
        await world.at_work("boris", AFTER_2_S)
        caller = world.call()
        await world.later(4)
        world.switch.press(caller, "1")
        await world.until(lambda: bool(world.switch.hears(caller)))
        connected = next(f for f in world.facts("call1") if isinstance(f, OperatorConnected))
        assert connected.operator == "boris"
        assert connected.waited == timedelta(seconds=22)
        missed = [f for f in world.facts("call1") if isinstance(f, OfferNotTaken)]
        assert [f.operator for f in missed] == ["anna"]
        assert world.status("anna") is Status.BREAK

    in_virtual_time(play)


def test_the_longest_waiting_caller_gets_the_next_operator() -> None:
    async def play(world: World) -> None:
        for n in range(3):
            caller = world.call(f"in{n}")
            await world.later(4)
            world.switch.press(caller, "1")
        await world.at_work("anna", AFTER_2_S)
        await world.later(10)
        served = [n for n in range(3) if "OperatorConnected" in world.told(f"call{n + 1}")]
        assert served == [0]

    in_virtual_time(play)


def test_nobody_hears_anybody_else_and_an_unknown_number_leads_nowhere() -> None:
    async def play(world: World) -> None:
        await talking(world)
        other = world.call("in2")
        await world.later(1)
        assert world.switch.hears(other) == frozenset()
        object.__setattr__(world.setup, "routes", {})
        lost = world.call("in3")
        await world.until(lambda: lost not in world.switch.legs())
        refused = world.facts("call3")[-1]
        assert isinstance(refused, CallEnded)
        assert refused.disposition == "refused"

    in_virtual_time(play)


def test_a_caller_name_with_control_characters_is_cleaned() -> None:
    async def play(world: World) -> None:
        world.call()
        await world.until(lambda: bool(world.told("call1")))
        party = world.ledger.party("call1-caller")
        assert party is not None
        assert party.name == "Иван<b>"

    in_virtual_time(play)


def test_a_caller_who_leaves_while_it_rings_is_abandoned_and_the_operator_ready() -> None:
    async def play(world: World) -> None:
        await world.at_work("anna", Habit())
        caller = world.call()
        await world.later(4)
        world.switch.press(caller, "1")
        await world.until(lambda: world.status("anna") is Status.RINGING)
        world.switch.leave(caller)
        await world.until(lambda: world.status("anna") is Status.READY)
        (left,) = [f for f in world.facts("call1") if isinstance(f, QueueLeft)]
        assert left.why == "abandoned"
        (ended,) = [f for f in world.facts("call1") if isinstance(f, CallEnded)]
        assert ended.disposition == "abandoned_in_queue"

    in_virtual_time(play)


def test_every_typed_field_is_kept_as_a_fact_without_its_value() -> None:
    async def play(world: World) -> None:
        await talking(world)
        (card,) = dialogs(world)
        await world.engine.ask(card, FieldsTyped(by=ANNA, fields={"address": "secret street"}, revision=0))
        typed = [f for f in world.facts(card) if isinstance(f, CardTyped)]
        assert [f.fields for f in typed] == [("address",)]
        assert "secret street" not in repr(world.facts(card))

    in_virtual_time(play)
