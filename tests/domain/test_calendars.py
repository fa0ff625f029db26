"""Calendars and routes by time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from switchroom.domain.calendars import Calendar, Day, Hours, SpecialDays, next_change, opening
from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.routes import Arriving, Route, When
from switchroom.domain.setup import Setup

OFFICE = (Hours(begin=time(9), end=time(18)),)
RUSSIAN = Calendar(
    id="office", title="Office", holidays_of="RU",
    week={day: OFFICE for day in Day if day < Day.SATURDAY},
    exceptions=(SpecialDays(first="2026-12-30", last="2026-12-31", hours=(Hours(begin=time(9), end=time(14)),),
                            title="Сокращённые дни"),),
)  # fmt: skip


def at(text: str, zone: str = "Europe/Moscow") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.feature("P6")
@pytest.mark.parametrize(("moment", "is_open", "why"), [
    ("2026-11-24T10:00", True, "weekly hours, Tuesday"), ("2026-11-24T18:00", False, "weekly hours, Tuesday"),
    ("2026-11-21T10:00", False, "weekly hours, Saturday"),
    ("2024-04-27T10:00", True, "a weekend that is worked, as on "),
    ("2026-11-04T10:00", False, "holiday: Unity Day"), ("2026-12-31T15:00", False, "exception: "),
    ("2026-12-31T13:59", True, "exception: "),
])
def test_hours_holidays_moved_days_and_exceptions_decide_and_say_why(moment: str, is_open: bool, why: str) -> None:
    found = opening(RUSSIAN, at(moment))
    assert (found.is_open, found.en.startswith(why)) == (is_open, True), found


@pytest.mark.feature("P6")
@settings(max_examples=40, deadline=None)
@given(
    begin=st.times(max_value=time(12)), lasting=st.integers(1, 11 * 60), zone=st.sampled_from(["Europe/Berlin", "UTC"]),
    after=st.integers(0, 3 * 1440),
)  # fmt: skip
def test_the_next_change_is_the_first_minute_at_which_it_is_otherwise(
    begin: time, lasting: int, zone: str, after: int
) -> None:
    begin = begin.replace(second=0, microsecond=0)
    moment = datetime(2026, 3, 27, tzinfo=UTC) + timedelta(minutes=after)  # clocks move on the 29th
    end = (datetime.combine(moment, begin) + timedelta(minutes=lasting)).time()
    hours = (Hours(begin=begin, end=end),)
    calendar = Calendar(id="c", title="C", zone=zone, week=dict.fromkeys((Day.SATURDAY, Day.SUNDAY), hours))
    now = opening(calendar, moment).is_open
    minutes = (moment + timedelta(minutes=n) for n in range(1, 4 * 1440))
    slowly = next((minute for minute in minutes if opening(calendar, minute).is_open is not now), None)
    quickly = next_change(calendar, moment)
    assert slowly is None or quickly == slowly


def test_wrong_calendars_are_refused_in_words() -> None:
    for wrong in ({"zone": "Mars/Base"}, {"holidays_of": "ZZ"}, {"week": {0: [{"begin": "18:00", "end": "09:00"}]}},
                  {"exceptions": [{"first": "2026-01-02", "last": "2026-01-01"}]}):  # fmt: skip
        with pytest.raises(ValidationError):
            Calendar.model_validate({"id": "c", "title": "C", **wrong})


@pytest.mark.feature("P4")
def test_a_route_holds_in_its_hours_and_for_its_callers_and_says_why_not() -> None:
    to = Target(kind=TargetKind.QUEUE, key="service")
    routes = (
        Route(id="vip", title="VIP", caller="+7916*", target=to, order=1),
        Route(id="day", title="Day", calendar="office", when=When.OPEN, target=to, order=2),
        Route(id="night", title="Night", target=to, order=3),
    )
    setup = Setup(calendars={"office": RUSSIAN}, routes={route.id: route for route in routes})

    def found(caller: str, moment: str) -> str:
        route = setup.route_of(Arriving(trunk="t", dialled="7495", caller=caller, moment=at(moment)))
        return route.id if route else ""

    assert found("+79160000000", "2026-11-24T03:00") == "vip"
    assert found("+74950000000", "2026-11-24T10:00") == "day"
    assert found("+74950000000", "2026-11-24T19:00") == "night"
    tried = list(setup.tried_routes(Arriving(trunk="t", dialled="1", caller="2", moment=at("2026-11-24T19:00"))))
    assert [(t.matched, t.why.en) for t in tried] == [
        (False, "only for the caller +7916*"), (False, "closed then: weekly hours, Tuesday"),
        (True, "any line, any number"),
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        Route(id="x", title="X", when=When.OPEN, target=to)


@pytest.mark.parametrize("field", ["begin", "end"])
def test_hours_are_told_without_a_zone_of_their_own(field: str) -> None:
    told = {"begin": "09:00", "end": "18:00"}
    with pytest.raises(ValidationError, match="without a zone"):
        Hours.model_validate({**told, field: f"{told[field]}Z"})
    assert Hours.model_validate(told).holds(time(12))
