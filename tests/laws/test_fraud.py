"""The fraud guard: a thief's calls are stopped within a minute, and a busy day of 500 people is not disturbed."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import merge

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from switchroom.domain.causes import EndCause
from switchroom.domain.facts.calls import LegGone, LegRung, LegTaken
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.house import OutgoingAllowed, OutgoingBlocked
from switchroom.domain.identity import DeviceId, LegId, StoryId, TrunkId, UserId
from switchroom.engine.guard import Guard
from tests.company import a_company

MIDNIGHT = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)  # of Moscow
PEOPLE = 500


@dataclass(frozen=True, order=True, slots=True)
class Step:
    """Something of a call outside happens; ordered by its moment."""

    at: datetime
    number: int
    what: int
    user: str
    country: str
    device: str | None = None


class Watched:
    """A guard that is told of calls by a clock that the test moves."""

    def __init__(self) -> None:
        self.now = MIDNIGHT
        self.setup = a_company()
        self.guard = Guard(lambda: self.setup, lambda: self.now)
        self.stopped: list[tuple[datetime, OutgoingBlocked]] = []

    def hears(self, steps: Iterable[Step]) -> "Watched":
        """Take them in, in order; whoever is stopped makes no more calls."""
        for step in steps:
            self.now = step.at
            if step.what == 0 and self.stops(step):
                continue
            for found in self.guard.follow((_fact(step),)):
                self.guard.tell((found,))
                self.stopped.append((step.at, found))
        return self

    def stops(self, step: Step) -> bool:
        """Whether this call is not let out any more."""
        return UserId(step.user) in self.guard.blocked() or step.device in self.guard.blocked_devices()


def _fact(step: Step) -> Fact:
    story, leg = StoryId(f"call{step.number}"), LegId(f"call{step.number}.1.outside.0")
    match step.what:
        case 0:
            phone = DeviceId(step.device) if step.device else None
            return LegRung(
                call=story, leg=leg, trunk=TrunkId("t"), country=step.country, payer=UserId(step.user), by_device=phone
            )
        case 1:
            return LegTaken(call=story, leg=leg)
        case _:
            return LegGone(call=story, leg=leg, cause=EndCause.NORMAL)


def a_call(
    number: int, at: datetime, user: str, *, country: str = "RU", rings: float = 4, talks: float | None = 60,
    device: str | None = None,
) -> list[Step]:  # fmt: skip
    """One call outside; `talks` None: nobody took it."""
    taken = at + timedelta(seconds=rings)
    over = taken + timedelta(seconds=talks or 0)
    moments = ((at, 0), (taken, 1), (over, 2))
    return [
        Step(moment, number, what, user, country, device) for moment, what in moments if what != 1 or talks is not None
    ]


@dataclass(frozen=True, slots=True)
class Thief:
    """How somebody calls with a stolen phone: so many seconds between calls, so long each, to where."""

    every: float
    talks: float
    country: str
    hour: int


THIEVES = st.one_of(
    st.builds(Thief, st.floats(0.5, 8), st.floats(1, 3600), st.sampled_from(["CU", "001", "DE"]), st.integers(0, 23)),
    st.builds(Thief, st.floats(0.5, 12), st.floats(60, 3600), st.just("RU"), st.integers(0, 23)),
    st.builds(Thief, st.floats(0.5, 2.5), st.floats(0.1, 1), st.just("RU"), st.integers(0, 23)),
    st.builds(Thief, st.floats(0.5, 6), st.floats(1, 20), st.just("RU"), st.integers(0, 5)),
)


@pytest.mark.feature("P5")
@settings(max_examples=150, deadline=None)
@given(THIEVES)
def test_a_thief_is_stopped_within_a_minute(thief: Thief) -> None:
    begin = MIDNIGHT + timedelta(hours=thief.hour)
    calls = [
        a_call(
            n, begin + timedelta(seconds=n * thief.every), "anna", country=thief.country, rings=0.2, talks=thief.talks
        )
        for n in range(int(120 / thief.every) + 1)
    ]
    watched = Watched().hears(merge(*calls))
    assert watched.stopped, thief
    assert watched.stopped[0][0] - begin <= timedelta(minutes=1)
    assert {found.user for _, found in watched.stopped} == {"anna"}


@pytest.mark.feature("P5")
@settings(max_examples=80, deadline=None)
@given(THIEVES, st.floats(60, 600))
def test_a_stolen_phone_is_stopped_alone_and_its_owner_goes_on_by_another(thief: Thief, pause: float) -> None:
    begin = MIDNIGHT + timedelta(hours=thief.hour)
    stolen = [
        a_call(
            n, begin + timedelta(seconds=n * thief.every), "anna", country=thief.country, rings=0.2,
            talks=thief.talks, device="desk",
        )
        for n in range(int(120 / thief.every) + 1)
    ]  # fmt: skip
    own = [
        a_call(1000 + n, begin + timedelta(seconds=n * pause), "anna", talks=20, device="mobile")
        for n in range(int(120 / pause) + 1)
    ]
    watched = Watched().hears(merge(*stolen, *own))
    assert [(found.user, found.device) for _, found in watched.stopped] == [("anna", "desk")]
    assert watched.stopped[0][0] - begin <= timedelta(minutes=1)
    assert watched.guard.blocked() == set()


@pytest.mark.feature("P5")
def test_a_person_is_stopped_whose_phones_together_call_too_often_though_none_of_them_does() -> None:
    begin = MIDNIGHT + timedelta(hours=12)
    calls = [
        a_call(n, begin + timedelta(seconds=3 * n), "anna", country="CU", talks=1, device=f"phone{n % 3}")
        for n in range(12)
    ]
    watched = Watched().hears(merge(*calls))
    assert [(found.user, found.device, found.calls) for _, found in watched.stopped] == [("anna", None, 6)]


@pytest.mark.feature("P5")
def test_a_phone_that_is_let_call_again_is_not_stopped_for_what_was() -> None:
    begin, user, phone = MIDNIGHT + timedelta(hours=12), UserId("anna"), DeviceId("desk")
    calls = [a_call(n, begin + timedelta(seconds=n), user, country="CU", device=phone) for n in range(10)]
    watched = Watched().hears(merge(*calls))
    assert watched.guard.blocked_devices() == {phone}
    watched.guard.tell((OutgoingAllowed(user=user, device=phone, by=UserId("admin")),))
    watched.hears(a_call(99, begin + timedelta(minutes=1), user, country="CU", device=phone))
    assert len(watched.stopped) == 1
    assert watched.guard.blocked_devices() == set()


@pytest.mark.feature("P5")
@pytest.mark.parametrize("seed", range(3))
def test_a_busy_day_of_five_hundred_people_is_not_disturbed(seed: int) -> None:
    watched = Watched().hears(_a_busy_day(random.Random(seed)))
    assert watched.stopped == []


def _a_busy_day(dice: random.Random) -> Iterator[Step]:
    """Ordinary people, sellers who call all day, a few who deal with other countries, a small night shift."""
    number, calls = 0, []
    for person in range(PEOPLE):
        sells, abroad, by_night = person % 10 == 0, person % 25 == 1, person % 50 == 2
        begin, lasting = (21, 10) if by_night else (9, 9)
        at = MIDNIGHT + timedelta(hours=begin, minutes=dice.uniform(0, 30))
        end = at + timedelta(hours=lasting)
        while at < end:
            pause = dice.expovariate(1 / (120 if sells else 900))
            at += timedelta(seconds=20 + pause)
            number += 1
            country = "DE" if dice.random() < (0.3 if abroad else 0.01) else "RU"
            talks = None if dice.random() < 0.35 else dice.lognormvariate(4, 1.1)
            calls.append(a_call(number, at, f"user{person}", country=country, rings=dice.uniform(3, 25), talks=talks))
            at += timedelta(seconds=25 + (talks or 0))
    return merge(*calls)


@pytest.mark.feature("P5")
def test_whoever_is_let_call_again_is_not_stopped_for_what_was() -> None:
    begin = MIDNIGHT + timedelta(hours=12)
    calls = [a_call(n, begin + timedelta(seconds=n), "anna", country="CU") for n in range(10)]
    watched = Watched().hears(merge(*calls))
    assert len(watched.stopped) == 1
    watched.guard.tell((OutgoingAllowed(user=UserId("anna"), by=UserId("admin")),))
    assert UserId("anna") not in watched.guard.blocked()
    watched.hears(a_call(99, begin + timedelta(minutes=1), "anna", country="CU"))
    assert len(watched.stopped) == 1


@pytest.mark.feature("P5")
def test_a_guard_that_is_off_stops_nobody_and_an_emergency_is_never_counted() -> None:
    watched = Watched()
    rules = watched.setup.company.fraud.model_copy(update={"on": False})
    watched.setup = replace(watched.setup, company=watched.setup.company.model_copy(update={"fraud": rules}))
    calls = [a_call(n, MIDNIGHT + timedelta(seconds=n), "anna", country="CU") for n in range(50)]
    assert watched.hears(merge(*calls)).stopped == []
    told = [
        LegRung(call=StoryId(f"e{n}"), leg=LegId(f"e{n}"), trunk=TrunkId("t"), payer=UserId("anna")) for n in range(50)
    ]
    assert Watched().guard.follow(told) == []
