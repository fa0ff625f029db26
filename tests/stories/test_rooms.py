"""Conference rooms: who calls one talks with all who are there; whoever leaves, it goes on for the others."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from switchroom.domain.acts import MuteLeg, Play, StartMusic, StopMusic, TellTransfer
from switchroom.domain.devices import browser_device
from switchroom.domain.events import (
    DeviceReturned,
    DigitsAsked,
    HangUpAsked,
    HoldAsked,
    InviteAsked,
    MutePartyAsked,
    RecordAsked,
    RemovePartyAsked,
    SendOnAsked,
)
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import LegGone
from switchroom.domain.facts.talks import (
    CallerChanged,
    ConferenceJoined,
    ConferenceLeft,
    JoinedInto,
    RoomClosed,
    RoomNotEntered,
    RoomReached,
)
from switchroom.domain.identity import DeviceId, LegId, StoryId
from switchroom.domain.people import Secret
from switchroom.domain.refusals import NotNow
from switchroom.domain.rooms import NotLetInWhy, Room
from switchroom.domain.routes import Route
from switchroom.domain.situations.standing import Together
from switchroom.storage.traces import Traces
from tests.stories.office import ANNA, BORIS, CALL, CLARA, DIMA, OUTSIDE, ROOM, SMALL, SOON, Office
from tests.stories.world import in_a_world

SECOND, THIRD, FOURTH = StoryId("call2"), StoryId("call3"), StoryId("call4")
LOCKED = "802"


class Rooms(Office):
    """The office, with one more room that asks for a PIN and is recorded; customers come to the room for all."""

    def __init__(self) -> None:
        super().__init__()
        locked = Room(id="locked", title="Locked", asks_pin=True, record=True)
        number = Extension(number=LOCKED, target=Target(kind=TargetKind.ROOM, key="locked"))
        leads = Route(id="main", title="Main", target=Target(kind=TargetKind.ROOM, key="all"))
        for name, value in {
            "rooms": {**self.setup.rooms, "locked": locked}, "extensions": {**self.setup.extensions, LOCKED: number},
            "routes": {"main": leads}, "passwords": {"room:locked": Secret("2580")},
        }.items():  # fmt: skip
            object.__setattr__(self.setup, name, value)

    def music(self, leg: LegId) -> bool:
        """Whether this leg hears music."""
        asked = [act for act in self.switch.done if isinstance(act, StartMusic | StopMusic) and act.leg == leg]
        return bool(asked) and isinstance(asked[-1], StartMusic)

    def hear_each_other(self, *legs: LegId) -> bool:
        """Each of these hears all the others, and nobody else."""
        return all(self.switch.hears(leg) == set(legs) - {leg} for leg in legs)

    def everything_kept(self) -> bytes:
        """All that was written down."""
        with self.database.connect() as connection:
            tables = ("facts", "stories", "heard", "parties")
            return repr([connection.execute(text(f"SELECT * FROM {name}")).all() for name in tables]).encode()

    async def three(self) -> tuple[LegId, LegId, LegId]:
        """A customer came first, then Anna, then Boris."""
        await self.phones()
        customer = self.call()
        await self.until(lambda: "RoomOpened" in self.told(CALL))
        anna, boris = self.dial(ANNA, ROOM, "a1"), self.dial(BORIS, ROOM, "b1")
        await self.until(lambda: self.hear_each_other(customer, anna, boris))
        return customer, anna, boris


def in_rooms(play: Callable[[Rooms], Awaitable[None]]) -> None:
    """Run a play in an office with rooms."""
    in_a_world(Rooms, play)


@pytest.mark.feature("P1")
@pytest.mark.feature("P9")
def test_whoever_calls_the_room_talks_with_all_others_and_each_may_leave_first() -> None:
    async def play(office: Rooms) -> None:
        customer, anna, boris = await office.three()
        assert len(office.engine.living()) == 1
        reached = next(f for f in office.facts(SECOND) if isinstance(f, RoomReached))
        joined = next(f for f in office.facts(SECOND) if isinstance(f, JoinedInto))
        assert (reached.room, reached.user, joined.into, joined.leg) == ("all", ANNA, CALL, anna)
        assert office.told(SECOND)[-1] == "CallEnded"
        looked_at = [heard.seen.rooms for heard in Traces(office.database).of(SECOND)]
        assert {"all": CALL} in looked_at, "told again, the story finds the room where it was"

        office.switch.leave(customer)
        await office.until(lambda: "CallerChanged" in office.told(CALL))
        assert office.hear_each_other(anna, boris)
        changed = next(f for f in office.facts(CALL) if isinstance(f, CallerChanged))
        assert (changed.leg, changed.user) == (anna, ANNA)

        office.switch.leave(anna)
        await office.until(lambda: office.music(boris))
        assert office.switch.hears(boris) == set()
        clara = office.dial(CLARA, ROOM, "c9")
        await office.until(lambda: office.hear_each_other(boris, clara))
        assert not office.music(boris)

        office.switch.leave(boris)
        await office.until(lambda: office.music(clara))
        await office.ask(HangUpAsked(by=CLARA))
        await office.over()
        who = [f.user for f in office.facts(CALL) if isinstance(f, ConferenceJoined)]
        assert who == [None, ANNA, BORIS, CLARA]
        assert len([f for f in office.facts(CALL) if isinstance(f, ConferenceLeft)]) == 4
        assert any(isinstance(f, RoomClosed) for f in office.facts(CALL))
        talks = office.told(CALL)
        assert talks.count("TalkBegan") == talks.count("TalkEnded") == 3

    in_rooms(play)


@pytest.mark.feature("P9")
def test_who_is_alone_hears_so_and_then_music() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        anna = office.dial(ANNA, ROOM, "a1")
        await office.until(lambda: "RoomOpened" in office.told(CALL))
        (said,) = [act for act in office.switch.done if isinstance(act, Play)]
        assert (said.leg, [getattr(one, "name", "") for one in said.media]) == (anna, ["conf-onlyperson"])
        assert not office.music(anna)
        await office.until(lambda: office.music(anna))
        await office.later(3600)
        assert isinstance(office.standing(), Together), "a room has no end of its own"
        office.switch.leave(anna)
        await office.over()
        ended = office.facts(CALL)[-1]
        assert getattr(ended, "disposition", None) == "served"

    in_rooms(play)


@pytest.mark.feature("P9")
def test_of_two_who_come_at_the_same_moment_one_opens_the_room_and_the_other_joins() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        anna, boris, clara = (office.dial(u, ROOM, f"{u}1") for u in (ANNA, BORIS, CLARA))
        await office.until(lambda: office.hear_each_other(anna, boris, clara))
        assert len(office.engine.living()) == 1
        assert sum(office.told(call).count("RoomOpened") for call in (CALL, SECOND, THIRD)) == 1

    in_rooms(play)


@pytest.mark.feature("P9")
def test_who_comes_just_when_the_last_one_leaves_opens_the_room_anew() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        anna = office.dial(ANNA, ROOM, "a1")
        await office.until(lambda: "RoomOpened" in office.told(CALL))
        office.switch.leave(anna)
        boris = office.dial(BORIS, ROOM, "b1")
        await office.until(lambda: office.engine.state_of(CALL) is None and "RoomOpened" in office.told(SECOND))
        clara = office.dial(CLARA, ROOM, "c1")
        await office.until(lambda: office.hear_each_other(boris, clara))

    in_rooms(play)


@pytest.mark.feature("P9")
def test_who_hangs_up_at_any_moment_of_coming_in_is_not_kept_in_the_room() -> None:
    """The word that a leg ended may lie with the call that gives it away, just when the room takes it."""

    async def play(office: Rooms) -> None:
        await office.phones()
        anna = office.dial(ANNA, ROOM, "a1")
        await office.until(lambda: office.music(anna))
        for moment in range(40):
            boris = office.dial(BORIS, ROOM, f"b{moment}")
            for _ in range(moment):
                await asyncio.sleep(0)
            office.switch.leave(boris)
            await office.later(1)
            room = office.standing()
            assert isinstance(room, Together)
            assert room.there == (anna,), moment
            assert len(office.engine.living()) == 1
            assert office.music(anna)

    in_rooms(play)


@pytest.mark.feature("P9")
def test_a_full_room_says_so_and_takes_the_next_one_once_somebody_left() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        anna, boris = office.dial(ANNA, SMALL, "a1"), office.dial(BORIS, SMALL, "b1")
        await office.until(lambda: office.hear_each_other(anna, boris))
        clara = office.dial(CLARA, SMALL, "c1")
        await office.until(lambda: clara not in office.switch.legs())
        (refused,) = [f for f in office.facts(THIRD) if isinstance(f, RoomNotEntered)]
        assert (refused.room, refused.why) == ("small", NotLetInWhy.FULL)
        assert "conf-full" in str(office.switch.done)
        with pytest.raises(NotNow, match="2 are in it"):
            await office.ask(InviteAsked(by=ANNA, to="104"))
        office.switch.leave(anna)
        dima = office.dial(DIMA, SMALL, "d1")
        await office.until(lambda: office.hear_each_other(boris, dima))

    in_rooms(play)


@pytest.mark.feature("P9")
def test_the_pin_is_asked_for_and_three_wrong_ones_end_the_call() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        anna = office.dial(ANNA, LOCKED, "a1")
        for pin in ("1111", "2222", "2580"):
            await office.later(1)
            for digit in f"{pin}#":
                office.switch.press(anna, digit)
        await office.until(lambda: "RoomOpened" in office.told(CALL))
        boris = office.dial(BORIS, LOCKED, "b1")
        for _ in range(3):
            await office.later(1)
            await office.ask(DigitsAsked(by=BORIS, digits="0000#"), SECOND)
        await office.until(lambda: boris not in office.switch.legs())
        (refused,) = [f for f in office.facts(SECOND) if isinstance(f, RoomNotEntered)]
        assert refused.why is NotLetInWhy.WRONG_PIN
        assert b"2580" not in office.everything_kept()
        clara = office.dial(CLARA, LOCKED, "c1")
        await office.later(1)
        for digit in "2580#":
            office.switch.press(clara, digit)
        await office.until(lambda: office.hear_each_other(anna, clara))
        assert office.told(CALL).count("RecordingBegan") == 1, "the room is recorded as soon as two talk"
        with pytest.raises(NotNow, match="by a rule"):
            await office.ask(RecordAsked(by=ANNA, on=False))

    in_rooms(play)


@pytest.mark.feature("P9")
@pytest.mark.feature("Z3")
def test_a_pin_half_keyed_in_when_the_engine_died_is_asked_for_again() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        anna = office.dial(ANNA, LOCKED, "a1")
        await office.later(1)
        for digit in "25":
            office.switch.press(anna, digit)
        await office.later(1)
        await office.kill()
        await office.start()
        await office.later(1)
        for digit in "2580#":
            office.switch.press(anna, digit)
        await office.until(lambda: "RoomOpened" in office.told(CALL))

    in_rooms(play)


@pytest.mark.feature("P9")
def test_a_room_without_its_pin_lets_nobody_in() -> None:
    async def play(office: Rooms) -> None:
        object.__setattr__(office.setup, "passwords", {})
        await office.phones()
        anna = office.dial(ANNA, LOCKED, "a1")
        await office.until(lambda: anna not in office.switch.legs())
        assert [f.why for f in office.facts(CALL) if isinstance(f, RoomNotEntered)] == [NotLetInWhy.WRONG_PIN]

    in_rooms(play)


@pytest.mark.feature("P9")
@pytest.mark.feature("P7")
def test_those_of_us_in_it_mute_remove_and_invite_and_nobody_is_put_on_hold() -> None:
    async def play(office: Rooms) -> None:
        customer, anna, boris = await office.three()
        await office.ask(MutePartyAsked(by=ANNA, leg=customer, on=True))
        assert MuteLeg(leg=customer, on=True) in office.switch.done
        await office.ask(MutePartyAsked(by=BORIS, leg=customer, on=False))
        for request in (HoldAsked(by=ANNA, on=True), SendOnAsked(by=ANNA, to="104")):
            with pytest.raises(NotNow, match="conference room"):
                await office.ask(request)
        with pytest.raises(NotNow):
            await office.ask(HoldAsked(by=DIMA, on=True))
        await office.ask(InviteAsked(by=BORIS, to="103"))
        await office.until(lambda: office.hear_each_other(customer, anna, boris, office.leg(CLARA)))
        await office.ask(RemovePartyAsked(by=CLARA, leg=anna))
        await office.until(lambda: anna not in office.switch.legs())
        await office.ask(HangUpAsked(by=BORIS))
        office.switch.leave(customer)
        await office.until(lambda: office.music(office.leg(CLARA)))
        await office.ask(InviteAsked(by=CLARA, to="104"))
        await office.until(lambda: office.hear_each_other(office.leg(CLARA), office.leg(DIMA)))

    in_rooms(play)


@pytest.mark.feature("P9")
def test_a_caller_is_sent_on_into_the_room() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        anna = office.dial(ANNA, "102", "a1")
        await office.until(lambda: bool(office.switch.hears(anna)))
        clara = office.dial(CLARA, ROOM, "c1")
        await office.until(lambda: "RoomOpened" in office.told(SECOND))
        await office.ask(SendOnAsked(by=BORIS, to=ROOM))
        await office.until(lambda: office.hear_each_other(anna, clara))
        assert office.told(CALL)[-1] == "CallEnded"

    in_rooms(play)


@pytest.mark.feature("P9")
@pytest.mark.feature("P5")
def test_somebody_called_outside_and_sent_into_the_room_is_charged_from_when_they_answered() -> None:
    async def play(office: Rooms) -> None:
        await office.phones()
        office.switch.habits[DeviceId("carrier")] = SOON
        clara = office.dial(CLARA, ROOM, "c1")
        await office.until(lambda: "RoomOpened" in office.told(CALL))
        anna = office.dial(ANNA, OUTSIDE, "a1")
        await office.until(lambda: bool(office.switch.hears(anna)))
        (outside,) = office.switch.hears(anna)
        await office.later(60)
        await office.ask(SendOnAsked(by=ANNA, to=ROOM), SECOND)
        await office.until(lambda: office.hear_each_other(clara, outside))
        assert office.engine.lines.outgoing() == {"carrier": 1}
        await office.later(60)
        office.switch.leave(outside)
        await office.until(lambda: office.music(clara))
        charge = next(f.charge for f in office.facts(CALL) if isinstance(f, LegGone) and f.leg == outside)
        assert charge is not None
        assert (charge.trunk, charge.user, round(charge.lasted.total_seconds())) == ("carrier", ANNA, 120)
        assert office.engine.lines.outgoing()["carrier"] == 0

    in_rooms(play)


@pytest.mark.feature("P9")
@pytest.mark.feature("P7")
def test_a_phone_takes_nobody_out_of_the_room_by_transfer() -> None:
    async def play(office: Rooms) -> None:
        customer, anna, boris = await office.three()
        second = office.dial(ANNA, "103", "a2")
        await office.until(lambda: bool(office.switch.hears(second)))
        for leg, to, consulted in ((second, "", anna), (anna, "", second), (anna, "104", None)):
            office.switch.refer(leg, to, consulted)
            await office.later(1)
            assert office.switch.done[-1] == TellTransfer(leg=leg, granted=False)
        assert office.hear_each_other(customer, anna, boris)

    in_rooms(play)


@pytest.mark.feature("P9")
@pytest.mark.parametrize("comes_back", [True, False], ids=["comes back", "stays away"])
def test_a_page_that_reloads_is_waited_for_even_if_nobody_else_is_there(comes_back: bool) -> None:
    async def play(office: Rooms) -> None:
        page = DeviceId(browser_device("anna").id)
        await office.phones()
        office.switch.habits[page] = office.switch.habits[DeviceId("anna-desk")]
        office.switch.plug(page)
        await office.later(1)
        office.switch.dial(LegId("a1"), page, ROOM)
        await office.until(lambda: office.music(LegId("a1")))
        if not comes_back:
            office.switch.plug(page, reachable=False)
            await office.later(1)
        office.switch.leave(LegId("a1"))
        await office.later(1)
        boris = office.dial(BORIS, ROOM, "b1")
        await office.until(lambda: office.music(boris))
        if comes_back:
            office.engine.phone_changed(DeviceReturned(device=page))
            await office.until(lambda: office.hear_each_other(office.leg(ANNA), boris))
        else:
            await office.later(40)
            assert office.music(boris)
        office.switch.leave(boris)
        if comes_back:
            await office.until(lambda: office.music(office.leg(ANNA)))
            await office.ask(HangUpAsked(by=ANNA))
        await office.over()

    in_rooms(play)


@pytest.mark.feature("P9")
@pytest.mark.feature("Z3")
def test_after_a_death_of_the_engine_the_room_goes_on_without_those_who_left_meanwhile() -> None:
    async def play(office: Rooms) -> None:
        customer, anna, boris = await office.three()
        await office.kill()
        office.switch.leave(customer)
        clara = office.dial(CLARA, ROOM, "c1")
        await office.start()
        await office.until(lambda: office.hear_each_other(anna, boris, clara))
        assert len(office.engine.living()) == 1
        await office.kill()
        for leg in (anna, clara):
            office.switch.leave(leg)
        await office.start()
        await office.until(lambda: office.music(boris))
        office.switch.leave(boris)
        await office.over()

    in_rooms(play)
