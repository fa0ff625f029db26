"""The borders of two figures: the norm of a queue, and the last ten minutes of an operator."""

from datetime import timedelta

import pytest

from switchroom.domain.facts.calls import LeftQueueWhy, QueueLeft
from switchroom.domain.identity import LegId, QueueId, StoryId, UserId
from switchroom.domain.load import followed, lately
from switchroom.domain.metrics import QueueFigures, told
from switchroom.domain.operators import Operator, Status
from tests.company import NOON

ANNA, SERVICE = UserId("anna"), QueueId("service")
MINUTE = timedelta(minutes=1)
TALKING = Operator(id=ANNA, signed_in=True, up=frozenset({LegId("x")}), status_since=NOON)
WRAP_UP = Operator(id=ANNA, signed_in=True, cards=frozenset({StoryId("d")}), status_since=NOON + 30 * MINUTE)
BREAK = Operator(id=ANNA, signed_in=True, break_kind="lunch", status_since=NOON + 32 * MINUTE)


@pytest.mark.feature("C7")
def test_of_a_long_talk_only_what_lies_in_the_last_ten_minutes_counts() -> None:
    recent = followed(followed((), TALKING, WRAP_UP), WRAP_UP, BREAK)
    figures = lately(recent, BREAK, NOON + 35 * MINUTE)
    assert figures.time == {Status.TALKING: 5 * MINUTE, Status.WRAP_UP: 2 * MINUTE, Status.BREAK: 3 * MINUTE}
    assert figures.occupancy == pytest.approx(0.7)
    assert lately(recent, BREAK, NOON + 60 * MINUTE).occupancy == 0


def test_what_ended_more_than_ten_minutes_ago_is_forgotten() -> None:
    recent = followed(followed((), TALKING, WRAP_UP), WRAP_UP, BREAK)
    later = Operator(id=ANNA, signed_in=True, status_since=NOON + 90 * MINUTE)
    assert [s.status for s in followed(recent, BREAK, later)] == [Status.BREAK]


@pytest.mark.parametrize(("waited", "in_norm"), [(20, 1), (20.001, 0)])
def test_answered_at_the_last_moment_of_the_norm_is_answered_within_it(waited: float, in_norm: int) -> None:
    wait = timedelta(seconds=waited)
    left = QueueLeft(call=StoryId("c"), queue=SERVICE, why=LeftQueueWhy.SERVED, waited=wait, operator=ANNA)
    ((_, figures),) = told(left, {SERVICE: timedelta(seconds=20)})
    assert isinstance(figures, QueueFigures)
    assert (figures.served, figures.in_norm) == (1, in_norm)
