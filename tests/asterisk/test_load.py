"""200 customers talk with 200 operators for five minutes: no sound is lost that bare Asterisk would carry."""

import pytest

from bench.media_load import CALLS, SECONDS, run

pytestmark = [pytest.mark.asterisk, pytest.mark.load, pytest.mark.timeout(1500)]
FEW = 0.001
"""The share of packets that nobody hears missing."""


def test_two_hundred_talks_at_once_lose_no_more_sound_than_on_bare_asterisk() -> None:
    ours, bare = run(CALLS, SECONDS)
    print(ours, bare, sep="\n")  # the figures belong to the result
    for side in (ours, bare):
        assert side.talks == side.placed.served == CALLS
        assert side.sent > CALLS * SECONDS * 50 * 2 * 0.9, "the sound itself was not sent in time"
    assert ours.lost <= max(FEW, bare.lost * 1.5)
