"""A phone that rings says by 302 where its call is to go: a wish of its user, by their rights, never in a circle."""

from collections.abc import Callable

import pytest

from switchroom.domain.acts import AtTrunk, Ring
from switchroom.domain.causes import EndCause
from switchroom.domain.events import ConsultAsked, InviteAsked
from switchroom.domain.facts.calls import CalleeNotReached, LegRung
from switchroom.domain.facts.talks import CallForwarded, ForwardRefused, ForwardRefusedWhy
from switchroom.domain.identity import DeviceId, LegId, PartyId
from switchroom.domain.service_classes import ServiceClass
from switchroom.domain.situations.standing import Talking
from switchroom.switch.simulated.switch import Habit
from tests.stories.office import ANNA, BORIS, CALL, CLARA, DIMA, GROUP, NEVER, OUTSIDE, SOON, Office, in_the_office


def to(number: str) -> Habit:
    return Habit(forwards_to=number)


def forwards(office: Office) -> list[tuple[str, str]]:
    return [(f.by, f.to) for f in office.facts(CALL) if isinstance(f, CallForwarded)]


def refusals(office: Office) -> list[tuple[str, ForwardRefusedWhy]]:
    return [(f.by, f.why) for f in office.facts(CALL) if isinstance(f, ForwardRefused)]


def rings(office: Office, user: str) -> list[Ring]:
    rung = [act for act in office.switch.done if isinstance(act, Ring)]
    return [act for act in rung if getattr(act.to, "device", "") == f"{user}-desk"]


async def ends(office: Office) -> None:
    for leg in list(office.switch.legs()):
        office.switch.leave(leg)
    await office.over()


async def calls(office: Office) -> LegId:
    """A customer calls Anna, and talks with somebody."""
    caller = office.call()
    await office.until(lambda: bool(office.switch.hears(caller)), within=60)
    return caller


@pytest.mark.feature("P7")
def test_a_call_rings_where_the_phone_says_and_the_caller_stays_who_they_are() -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to("102"))
        caller = await calls(office)
        assert office.switch.hears(caller) == {office.leg(BORIS)}
        assert forwards(office) == [("anna", "102")]
        (ring,) = rings(office, "boris")
        assert ring.shown.number == "+79161234567"
        assert ring.headers["Diversion"].startswith("<sip:101@")
        assert ring.headers["History-Info"] == "<sip:101@switchroom.invalid>;index=1"
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_phones_that_send_a_call_on_to_each_other_are_found_out() -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to("102"), boris=to("103"), clara=to("101"))
        office.dial(DIMA, "101", "d1")
        await office.until(lambda: "CallEnded" in office.told(CALL), within=60)
        assert forwards(office) == [("anna", "102"), ("boris", "103")]
        assert refusals(office) == [("clara", ForwardRefusedWhy.LOOP)]
        (missed,) = [f for f in office.facts(CALL) if isinstance(f, CalleeNotReached)]
        assert (missed.user, missed.cause) == (CLARA, EndCause.MOVED)
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("there", ["101", "701", "*8"])
def test_what_makes_no_sense_is_refused_and_the_scenario_goes_on(there: str) -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to(there))
        office.call()
        await office.until(lambda: "CallEnded" in office.told(CALL), within=60)
        assert forwards(office) == []
        assert [who for who, _ in refusals(office)] == ["anna"]
        await office.over()

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.feature("P5")
def test_a_call_goes_outside_by_the_rights_and_at_the_cost_of_whose_phone_it_was() -> None:
    async def play(office: Office) -> None:
        users = {**office.setup.users}
        users["anna"] = users["anna"].model_copy(update={"outside_number": "74951112233"})
        users["boris"] = users["boris"].model_copy(update={"service_class": "inside"})
        object.__setattr__(office.setup, "users", users)
        inside = ServiceClass(id="inside", title="Inside only", allowed=())
        object.__setattr__(office.setup, "service_classes", {"inside": inside})
        await office.phones(anna=to(OUTSIDE), boris=to(OUTSIDE))
        office.switch.habits[DeviceId("carrier")] = SOON
        await calls(office)
        (told,) = [f for f in office.facts(CALL) if isinstance(f, CallForwarded)]
        assert (told.to, told.outside) == ("", PartyId("call1-forwarded1"))
        party = office.ledger.party(PartyId("call1-forwarded1"))
        assert party is not None
        assert party.number == OUTSIDE
        rung = [f for f in office.facts(CALL) if isinstance(f, LegRung) and f.trunk is not None]
        assert [f.payer for f in rung] == [ANNA]
        (ring,) = [act for act in office.switch.done if isinstance(act, Ring) and isinstance(act.to, AtTrunk)]
        assert ring.headers["Diversion"].startswith("<sip:74951112233@")
        await ends(office)
        office.dial(CLARA, "102", "d1")
        await office.until(lambda: "CallEnded" in office.told("call2"), within=60)
        (refused,) = [f for f in office.facts("call2") if isinstance(f, ForwardRefused)]
        assert (refused.by, refused.to, refused.why) == (BORIS, "", ForwardRefusedWhy.NOT_POSSIBLE)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("there", ["400", "500"], ids=["a queue", "a scenario"])
def test_a_queue_or_a_scenario_takes_the_call_over(there: str) -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to(there))
        office.call()
        await office.until(lambda: office.told(CALL).count("ScenarioBegan") == 2, within=60)
        assert forwards(office) == [("anna", there)]
        assert "SentOn" not in office.told(CALL)
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_a_group_rings_for_who_is_not_there() -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to(GROUP), clara=NEVER)
        caller = await calls(office)
        assert office.switch.hears(caller) == {office.leg(DIMA)}
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_in_a_group_a_phone_that_wants_its_call_elsewhere_has_not_taken_it() -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to(GROUP), clara=to("102"))
        caller = await calls(office)
        assert office.switch.hears(caller) == {office.leg(DIMA)}
        assert rings(office, "boris") == []
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.parametrize("there", ["103", OUTSIDE], ids=["a colleague", "outside"])
@pytest.mark.parametrize("ask", [ConsultAsked, InviteAsked], ids=["asked", "invited"])
def test_who_is_called_into_a_talk_is_reached_where_their_phone_says(
    there: str, ask: Callable[..., ConsultAsked | InviteAsked]
) -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=to(there))
        office.switch.habits[DeviceId("carrier")] = SOON
        await office.customer()
        anna = office.leg(ANNA)
        await office.ask(ask(by=ANNA, to="102"))
        answered = "ConsultationAnswered" if ask is ConsultAsked else "ConferenceBegan"
        await office.until(lambda: answered in office.told(CALL), within=60)
        assert len(office.switch.hears(anna)) == (1 if ask is ConsultAsked else 2)
        (told,) = [f for f in office.facts(CALL) if isinstance(f, CallForwarded)]
        assert (told.by, told.to) == (BORIS, "103" if there == "103" else "")
        if told.outside is not None:
            party = office.ledger.party(told.outside)
            assert party is not None
            assert party.number == OUTSIDE
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_who_is_asked_and_forwards_in_a_circle_is_not_reached() -> None:
    async def play(office: Office) -> None:
        await office.phones(boris=to("103"), clara=to("102"))
        customer = await office.customer()
        await office.ask(ConsultAsked(by=ANNA, to="102"))
        await office.until(lambda: "ConsultationEnded" in office.told(CALL), within=60)
        assert refusals(office) == [("clara", ForwardRefusedWhy.LOOP)]
        assert office.switch.hears(customer) == {office.leg(ANNA)}
        assert isinstance(office.standing(), Talking)
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
def test_after_a_talk_a_phone_may_send_the_call_on_once_more() -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to("102"))
        caller = await calls(office)
        office.switch.refer(office.leg(BORIS), to="101")
        await office.until(lambda: len(forwards(office)) == 2, within=60)
        await office.until(lambda: office.told(CALL).count("TalkBegan") == 2, within=60)
        assert office.switch.hears(caller) == {office.leg(BORIS)}
        await ends(office)

    in_the_office(play)


@pytest.mark.feature("P7")
@pytest.mark.feature("Z3")
@pytest.mark.parametrize("after", [0.2, 0.6, 1.5])
def test_a_call_that_is_sent_on_survives_our_death(after: float) -> None:
    async def play(office: Office) -> None:
        await office.phones(anna=to("102"))
        caller = office.call()
        await office.later(after)
        await office.kill()
        await office.start()
        await office.until(lambda: bool(office.switch.hears(caller)), within=60)
        assert forwards(office) == [("anna", "102")]
        await ends(office)

    in_the_office(play)
