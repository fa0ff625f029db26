"""Two and more people ask for anything in their talks, hang up, reload pages, and engines die, at any moment.

In the end each leg is connected to somebody, waits by somebody's wish, or is gone; and the facts are whole.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from switchroom.domain.acts import Ring
from switchroom.domain.devices import browser_device
from switchroom.domain.events import (
    CancelConsultationAsked,
    CompleteTransferAsked,
    ConsultAsked,
    DeviceReturned,
    HangUpAsked,
    HoldAsked,
    InviteAsked,
    JoinAllAsked,
    MutePartyAsked,
    ParkAsked,
    RemovePartyAsked,
    Request,
    SendOnAsked,
    ToggleAsked,
)
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.identity import DeviceId, LegId, UserId
from switchroom.domain.refusals import Refusal
from switchroom.domain.situations.parking import Parked
from switchroom.domain.situations.standing import Consulting, Talking, Together
from switchroom.domain.stories import StoryState
from switchroom.switch.simulated.switch import Habit
from tests.stories.office import (
    ANNA,
    BORIS,
    CLARA,
    DIMA,
    GROUP,
    NEVER,
    OUTSIDE,
    REFUSES,
    ROOM,
    SMALL,
    SOON,
    Office,
)
from tests.stories.world import in_a_world

QUEUE = "400"
PEOPLE = (ANNA, BORIS, CLARA, DIMA)
PAGE = DeviceId(browser_device("anna").id)
FORWARDS = (Habit(forwards_to="102"), Habit(forwards_to="103"))
HABITS = (SOON, SOON, Habit(answers_after=timedelta(seconds=7)), REFUSES, NEVER, *FORWARDS)
PAUSES = (0.0, 0.0, 0.05, 0.5, 3.0, 9.0, 40.0)
NUMBERS = ("101", "102", "103", "104", GROUP, OUTSIDE, "999", "701", "701", "702", "*8", "*8101", ROOM, ROOM, SMALL,
           QUEUE, QUEUE, QUEUE)  # fmt: skip
KEYS = ("*1", "*2", "*3", "*3", "*4", "*5", "*6", "*", "#", "102#", "*2103#", "*2104", "*4103#", "*4701", f"*4{GROUP}#",
        f"*2{QUEUE}#")  # fmt: skip
PAIRS = (
    ("TalkBegan", "TalkEnded"), ("ConsultationBegan", "ConsultationEnded"), ("ConferenceBegan", "ConferenceEnded"),
    ("GroupRung", "GroupLeft"), ("RecordingBegan", "RecordingEnded"),
    ("CallParked", "CallRetrieved", "ParkingEnded"), ("RoomOpened", "RoomClosed"),
    ("QueueEntered", "QueueLeft"), ("OperatorOffered", "OfferNotTaken", "OperatorConnected"),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Somebody does something, to or with somebody; then so much time passes. `keys` are pressed at their phone."""

    what: str
    who: UserId
    to: str
    which: int
    pause: float
    keys: str = ""


STEPS = st.builds(
    Step,
    what=st.sampled_from((
        "consult", "consult", "consult", "complete", "cancel", "toggle", "join", "invite", "hang_up", "leave",
        "leave", "hold", "take_back", "send_on", "mute", "remove", "reload", "call", "customer", "park",
        "press", "press", "press", "press",
    )),
    who=st.sampled_from(PEOPLE),
    to=st.sampled_from(NUMBERS),
    which=st.integers(0, 5),
    pause=st.sampled_from(PAUSES),
    keys=st.sampled_from(KEYS),
)  # fmt: skip


class WithQueue(Office):
    """All four serve a queue, with a card."""

    def __init__(self) -> None:
        super().__init__()
        queue = self.setup.queues["service"].model_copy(update={
            "operators": PEOPLE, "give_up_after": timedelta(minutes=1), "wrap_up_limit": timedelta(seconds=20),
            "missed_call_takes_out": False,
        })  # fmt: skip
        object.__setattr__(self.setup, "queues", {"service": queue})

    async def phones(self, **habits: Habit) -> None:
        """They have signed in, too."""
        await super().phones(**habits)
        await self.engine.tell(*(OperatorSignedIn(operator=user, by=user) for user in PEOPLE))


class Life:
    """Plays steps in an office."""

    def __init__(self, office: Office) -> None:
        self.office, self.dialled = office, 0

    async def play(self, steps: Sequence[Step], *, deaths: frozenset[int] = frozenset()) -> None:
        for at, step in enumerate(steps):
            if at in deaths:
                await self.office.kill()
                await self.office.start()
            await self.do(step)
            await self.office.later(step.pause)
        await self.office.later(400)  # whatever rings has been taken or given up; pages are waited for no longer
        self.nobody_is_alone()
        self.office.switch.plug(PAGE, reachable=False)  # else it would take the place of a leg alone in a room
        for leg in list(self.office.switch.legs()):
            self.office.switch.leave(leg)
        await self.office.later(60)
        assert self.office.engine.living() == []
        assert self.office.switch.legs() == {}
        self.books_are_whole()

    async def do(self, step: Step) -> None:
        match step.what:
            case "leave":
                self._leave(step.which)
            case "reload":
                await self._reload()
            case "press":
                await self._press(step)
            case "customer" if self.dialled < 6:
                self.dialled += 1
                self.office.call(f"c{self.dialled}")
            case "call" if self.dialled < 6 and self.office.engine.desk.operators.get(step.who) is not None:
                self.dialled += 1
                self.office.dial(step.who, step.to, f"d{self.dialled}")
            case _:
                await self._ask(step)

    def _leave(self, which: int) -> None:
        legs = sorted(self.office.switch.legs())
        if legs:
            self.office.switch.leave(legs[which % len(legs)])

    async def _press(self, step: Step) -> None:
        calls = [s for s in self.office.engine.living() if s.cast.leg_of(step.who) is not None]
        if calls:
            leg = calls[step.which % len(calls)].cast.leg_of(step.who)
            assert leg is not None
            for key in step.keys:
                self.office.switch.press(leg.id, key)
                await self.office.later(0.1)

    async def _reload(self) -> None:
        for state in self.office.engine.living():
            for leg in state.cast.legs.values():
                if leg.device == PAGE and leg.up:
                    self.office.switch.leave(leg.id)
        self.office.engine.phone_changed(DeviceReturned(device=PAGE))

    async def _ask(self, step: Step) -> None:
        calls = [s for s in self.office.engine.living() if s.cast.leg_of(step.who) is not None]
        if not calls:
            return
        state = calls[step.which % len(calls)]
        legs = sorted(state.cast.legs)
        request = self._request(step, legs[step.which % len(legs)])
        if request is None:
            return
        try:
            await self.office.ask(request, state.id)
        except Refusal:
            return  # what can't be done now is refused, and nothing is broken by asking

    def _request(self, step: Step, leg: LegId) -> Request | None:
        who = step.who
        wishes: dict[str, Request] = {
            "consult": ConsultAsked(by=who, to=step.to), "complete": CompleteTransferAsked(by=who),
            "cancel": CancelConsultationAsked(by=who), "toggle": ToggleAsked(by=who), "join": JoinAllAsked(by=who),
            "invite": InviteAsked(by=who, to=step.to), "hang_up": HangUpAsked(by=who),
            "hold": HoldAsked(by=who, on=True), "take_back": HoldAsked(by=who, on=False),
            "send_on": SendOnAsked(by=who, to=step.to), "park": ParkAsked(by=who),
            "remove": RemovePartyAsked(by=who, leg=leg),
            "mute": MutePartyAsked(by=who, leg=leg, on=step.which % 2 == 0),
        }  # fmt: skip
        return wishes.get(step.what)

    def nobody_is_alone(self) -> None:
        """Each leg hears somebody, or is heard, or waits by somebody's wish."""
        switch = self.office.switch
        heard = {other for leg in switch.legs() for other in switch.hears(leg)}
        waits = {leg for state in self.office.engine.living() for leg in _waiting(state)}
        alone = [leg for leg in switch.legs() if leg not in heard and not switch.hears(leg) and leg not in waits]
        assert alone == [], {state.id: state.situation for state in self.office.engine.living()}
        owned = Counter(leg for state in self.office.engine.living() for leg in state.cast.legs)
        assert set(owned) == set(switch.legs())
        assert not owned or max(owned.values()) == 1

    def books_are_whole(self) -> None:
        office = self.office
        rung = [act.leg for act in office.switch.done if isinstance(act, Ring)]
        assert len(rung) == len(set(rung)), "no phone is rung twice under one name"
        for n in range(1, 60):
            told = office.told(f"call{n}")
            if not told:
                continue
            names = Counter(told)
            assert told[-1] == "CallEnded", told
            for began, *ended in PAIRS:
                assert names[began] == sum(names[one] for one in ended), (began, told)
            in_room = Counter(told[told.index("RoomOpened"):]) if "RoomOpened" in told else Counter[str]()
            assert in_room["ConferenceJoined"] == in_room["ConferenceLeft"], told
            facts = office.facts(f"call{n}")
            came = ("LegRung", "CallArrived", "LegJoined")
            legs = {getattr(f, "leg", None) for f in facts if type(f).__name__ in came}
            gone = Counter(getattr(f, "leg", None) for f in facts if type(f).__name__ in ("LegGone", "JoinedInto"))
            assert gone == Counter(legs), f"every leg of call{n} is gone once"


def _waiting(state: StoryState) -> set[LegId | None]:
    match state.situation:
        case Talking(held=held) if held is not None:
            return {state.cast.caller, state.cast.callee}  # who is held, and who holds
        case Consulting() as consulting:
            return {consulting.waits}
        case Parked():
            return {state.cast.caller}
        case Together(members=members) as together:
            waits: set[LegId | None] = {one.leg for one in members if one.muted}
            return waits.union(together.there) if together.room and len(together.there) == 1 else waits
        case _:
            return set()


def live(steps: Sequence[Step], habits: Sequence[Habit], deaths: frozenset[int] = frozenset()) -> None:
    async def play(office: Office) -> None:
        await office.phones(**dict(zip(PEOPLE, habits, strict=True)))
        office.switch.habits[DeviceId("carrier")] = habits[0]
        office.switch.habits[PAGE] = Habit(answers_after=timedelta(seconds=1))
        office.switch.plug(PAGE)
        await office.later(1)
        office.call("c0")
        await office.later(4)
        await Life(office).play(steps, deaths=deaths)

    in_a_world(WithQueue, play)


LIVES = {"steps": st.lists(STEPS, max_size=14), "habits": st.tuples(*[st.sampled_from(HABITS)] * 4)}
QUIET = settings(
    deadline=None, max_examples=settings().max_examples * 2 // 5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@pytest.mark.feature("P7")
@QUIET
@given(**LIVES)
def test_whatever_people_ask_for_in_their_talks_nobody_is_left_alone(
    steps: list[Step], habits: tuple[Habit, ...]
) -> None:
    live(steps, habits)


@pytest.mark.feature("P7")
@pytest.mark.feature("Z3")
@QUIET
@given(**LIVES, deaths=st.frozensets(st.integers(0, 13), max_size=3))
def test_the_same_with_an_engine_that_dies_meanwhile(
    steps: list[Step], habits: tuple[Habit, ...], deaths: frozenset[int]
) -> None:
    live(steps, habits, deaths)
