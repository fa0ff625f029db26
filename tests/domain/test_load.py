"""The borders of two figures: the norm of a queue, and the last ten minutes of an operator."""

from datetime import timedelta

import pytest

from switchroom.domain.facts.calls import LeftQueueWhy, QueueLeft
from switchroom.domain.facts.operators import ReadyWished
from switchroom.domain.identity import QueueId, StoryId, UserId
from switchroom.domain.load import lately, strip
from switchroom.domain.metrics import QueueFigures, told
from switchroom.domain.operators import Operator, Status, Stretch, after
from tests.company import NOON

ANNA, SERVICE = UserId("anna"), QueueId("service")
MINUTE = timedelta(minutes=1)
TALK = Stretch(status=Status.TALKING, since=NOON, until=NOON + 30 * MINUTE)
WRAPPED = Stretch(status=Status.WRAP_UP, since=NOON + 30 * MINUTE, until=NOON + 32 * MINUTE)
AT_LUNCH = Operator(
    id=ANNA, signed_in=True, break_kind="lunch", status_since=NOON + 32 * MINUTE, recent=(TALK, WRAPPED)
)


@pytest.mark.feature("C7")
def test_of_a_long_talk_only_what_lies_in_the_last_ten_minutes_counts() -> None:
    figures = lately(AT_LUNCH, NOON + 35 * MINUTE)
    assert figures.time == {Status.TALKING: 5 * MINUTE, Status.WRAP_UP: 2 * MINUTE, Status.BREAK: 3 * MINUTE}
    assert figures.occupancy == pytest.approx(0.7)
    assert lately(AT_LUNCH, NOON + 60 * MINUTE).occupancy == 0


@pytest.mark.feature("C7")
def test_the_strip_of_the_last_ten_minutes_has_the_statuses_in_their_order() -> None:
    assert strip(AT_LUNCH, NOON + 35 * MINUTE) == [
        (Status.TALKING, 5 * MINUTE), (Status.WRAP_UP, 2 * MINUTE), (Status.BREAK, 3 * MINUTE),
    ]  # fmt: skip
    assert strip(Operator(id=ANNA), NOON) == []


def test_what_ended_more_than_ten_minutes_ago_is_forgotten() -> None:
    back = after(AT_LUNCH, ReadyWished(operator=ANNA, by=ANNA), NOON + 90 * MINUTE)
    assert [s.status for s in back.recent] == [Status.BREAK]


@pytest.mark.parametrize(("waited", "in_norm"), [(20, 1), (20.001, 0)])
def test_answered_at_the_last_moment_of_the_norm_is_answered_within_it(waited: float, in_norm: int) -> None:
    wait = timedelta(seconds=waited)
    left = QueueLeft(call=StoryId("c"), queue=SERVICE, why=LeftQueueWhy.SERVED, waited=wait, operator=ANNA)
    ((_, figures),) = told(left, {SERVICE: timedelta(seconds=20)})
    assert isinstance(figures, QueueFigures)
    assert (figures.served, figures.in_norm) == (1, in_norm)
