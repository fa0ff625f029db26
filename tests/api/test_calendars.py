"""The try box of calendars."""

import pytest

from tests.api.conftest import Doors

OFFICE = {
    "id": "office", "title": "Офис", "holidays_of": "RU",
    "week": {str(day): [{"begin": "09:00", "end": "18:00"}] for day in range(5)},
    "exceptions": [{"first": "2026-12-30", "last": "2026-12-30", "hours": [], "title": "Переезд"}],
}  # fmt: skip


@pytest.mark.feature("P6")
async def test_a_calendar_that_nobody_published_is_tried_and_says_what_holds_in_the_week(doors: Doors) -> None:
    anna = await doors.person("anna")
    told = (await anna.post("/api/calendars/-/try", json={"calendar": OFFICE, "at": "2026-12-29T17:30"})).json()
    assert (told["is_open"], told["why"]["ru"]) == (True, "часы недели, вторник")
    assert (told["at"], told["changes"]) == ("2026-12-29T17:30:00+03:00", "2026-12-29T15:00:00Z")
    assert [(day["day"][-2:], day["kind"], len(day["hours"])) for day in told["week"]] == [
        ("28", "ordinary", 1), ("29", "ordinary", 1), ("30", "exception", 0), ("31", "holiday", 0),
        ("01", "holiday", 0), ("02", "holiday", 0), ("03", "holiday", 0),
    ]  # fmt: skip
    assert told["special"][0]["name"] == {"en": "Переезд", "ru": "Переезд"}
    assert {"en": "Victory Day", "ru": "День Победы"} in [day["name"] for day in told["special"]]


async def test_a_weekend_that_is_worked_is_told_apart(doors: Doors) -> None:
    anna = await doors.person("anna")
    told = (await anna.post("/api/calendars/-/try", json={"calendar": OFFICE, "at": "2024-04-27T10:00"})).json()
    assert told["is_open"]
    assert told["week"][5]["kind"] == "moved"
    assert told["why"]["ru"] == "рабочий выходной, как понедельник"


async def test_hours_that_end_before_they_begin_are_told_beside_their_field(doors: Doors) -> None:
    anna = await doors.person("anna")
    wrong = {**OFFICE, "week": {"0": [{"begin": "18:00", "end": "09:00"}]}}
    answer = await anna.post("/api/calendars/-/try", json={"calendar": wrong})
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"].startswith("body.calendar.week.0.0")


async def test_the_countries_are_those_whose_holidays_are_known(doors: Doors) -> None:
    known = (await (await doors.person("anna")).get("/api/calendars/-/countries")).json()
    assert {"RU", "KZ", "DE", "US"} <= set(known)
    assert all(len(code) == 2 for code in known)
