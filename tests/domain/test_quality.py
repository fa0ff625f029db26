"""What loss, jitter and delay come to for an ear, and what of a page's words is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.quality import Grade, Quality, Stream, grade_of, mos_of
from switchroom.engine.quality import FRESH_FOR, Heard
from switchroom.switch.asterisk.quality import quality_of

ANNA, CALL, LEG = UserId("anna"), StoryId("call1"), LegId("call1.1.ring.0")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def milliseconds(value: float) -> timedelta:
    return timedelta(milliseconds=value)


def heard(loss: float = 0.0, jitter: float = 0.0, round_trip: float = 0.0) -> Quality:
    return Quality(heard=Stream(loss=loss, jitter=milliseconds(jitter)), round_trip=milliseconds(round_trip))


@pytest.mark.feature("P11")
@pytest.mark.parametrize(("quality", "mos", "grade"), [
    (Quality(), 4.41, Grade.GOOD),
    (heard(), 4.4, Grade.GOOD),
    (heard(loss=0.01), 4.32, Grade.GOOD),
    (heard(loss=0.05), 3.91, Grade.FAIR),
    (heard(loss=0.2), 2.62, Grade.POOR),
    (heard(jitter=20, round_trip=100), 4.36, Grade.GOOD),
    (heard(jitter=60, round_trip=400), 3.53, Grade.POOR),
    (heard(loss=1.0, jitter=60_000), 1.0, Grade.POOR),
    (Quality(packets=0, told=Stream(loss=0, jitter=timedelta(0))), 1.0, Grade.POOR),
])
def test_an_opinion_follows_from_what_was_measured(quality: Quality, mos: float, grade: Grade) -> None:
    assert mos_of(quality) == pytest.approx(mos, abs=0.005)
    assert grade_of(mos_of(quality)) is grade


def test_the_worse_direction_counts() -> None:
    bad = Stream(loss=0.2, jitter=timedelta(0))
    good = Stream(loss=0, jitter=timedelta(0))
    assert mos_of(Quality(heard=good, told=bad)) == mos_of(Quality(heard=bad, told=good)) == mos_of(Quality(heard=bad))


TOLD = (
    "ssrc=1;themssrc=2;lp=49;rxjitter=0.004100;rxcount=330;txjitter=0.005875;txcount=400;rlp=8;rtt=0.064000;"
    "rxmes=80.000000;txmes=20.000000"
)


@pytest.mark.parametrize(("said", "quality"), [
    (TOLD, Quality(
        heard=Stream(loss=0.1293, jitter=milliseconds(5.9)), told=Stream(loss=0.02, jitter=milliseconds(4.1)),
        round_trip=milliseconds(64), packets=330,
    )),
    (TOLD.replace("rtt=0.064000", "rtt=0").replace("rxmes=80.000000", "rxmes=0"), Quality(
        heard=Stream(loss=0.1293, jitter=milliseconds(5.9)), packets=330,
    )),
    (TOLD.replace("rxcount=330", "rxcount=0"), Quality(
        told=Stream(loss=0.02, jitter=milliseconds(4.1)), round_trip=milliseconds(64), packets=0,
    )),
    (TOLD.replace("330", "40").replace("400", "49"), None),
    ("", None), ("ssrc", None), ("rxcount=nan;txcount=1", None), ("rxcount=100;txcount=inf", None),
    ("rxcount=100;txcount=100;lp=x;rlp=0;rtt=0;rxmes=0;rxjitter=0;txjitter=0", None),
])  # fmt: skip
def test_what_asterisk_says_of_an_ended_channel_is_understood(said: str, quality: Quality | None) -> None:
    assert quality_of(said) == quality


GOOD, FAIR, POOR = (Quality(told=Stream(loss=loss, jitter=timedelta(0))) for loss in (0.0, 0.05, 0.3))


def test_of_a_pages_words_only_what_changes_is_kept_and_not_too_often() -> None:
    pages = Heard()

    def say(quality: Quality, second: float, call: StoryId = CALL) -> Quality | None:
        fact = pages.say(call, LEG, ANNA, quality, NOON + timedelta(seconds=second))
        return fact.quality if fact else None

    assert [say(GOOD, second) for second in range(3)] == [None] * 3
    assert say(POOR, 3) == POOR
    assert [say(quality, 4) for quality in (GOOD, POOR, GOOD)] == [None] * 3
    assert say(GOOD, 9) == GOOD
    assert say(FAIR, 10) is None
    assert say(FAIR, 30) == FAIR
    assert say(GOOD, 31, StoryId("call2")) is None
    assert say(POOR, 32, StoryId("call2")) == POOR


def test_a_word_is_of_one_call_and_grows_old() -> None:
    pages = Heard()
    assert pages.now(ANNA, CALL, NOON) is None
    pages.say(CALL, LEG, ANNA, POOR, NOON)
    assert pages.now(ANNA, CALL, NOON) is Grade.POOR
    assert pages.now(ANNA, StoryId("call2"), NOON) is None
    assert pages.now(ANNA, CALL, NOON + FRESH_FOR) is None
