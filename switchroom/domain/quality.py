"""How well a call can be heard: what was lost and how unevenly it came, and what that comes to for an ear."""

from datetime import timedelta
from enum import StrEnum

from switchroom.domain.shapes import Shape

_BEST = 93.2
_LOSS_BORNE = 25.1
"""Of G.711 whose gaps are filled by the phone. Source: ITU-T G.113, appendix I."""
_DELAY_FELT = 177.3
_OUR_DELAY = 10.0
"""Milliseconds for packing and unpacking."""


class Stream(Shape, frozen=True, kw_only=True):
    """Sound in one direction. `loss` from 0 to 1."""

    loss: float
    jitter: timedelta


class Quality(Shape, frozen=True, kw_only=True):
    """One leg, as measured. What is None was not measured, or nobody told it."""

    heard: Stream | None = None
    """What came from the leg."""
    told: Stream | None = None
    """What went to it, as its side says."""
    round_trip: timedelta | None = None
    packets: int | None = None
    """How many came from it; 0: nothing was heard of it at all."""


class Grade(StrEnum):
    """How it is felt. Source: ITU-T G.109."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


def mos_of(quality: Quality) -> float:
    """The opinion that people would have of it, from 1 to 5: of the worse direction. Source: ITU-T G.107."""
    if quality.packets == 0:
        return 1.0
    streams = [stream for stream in (quality.heard, quality.told) if stream is not None]
    return min((_opinion(stream, quality.round_trip or timedelta(0)) for stream in streams), default=_mos(_BEST))


def grade_of(mos: float) -> Grade:
    """What an opinion means."""
    return Grade.GOOD if mos >= 4.0 else Grade.FAIR if mos >= 3.6 else Grade.POOR


def _opinion(stream: Stream, round_trip: timedelta) -> float:
    delay = (round_trip / 2 + 2 * stream.jitter) / timedelta(milliseconds=1) + _OUR_DELAY
    by_delay = 0.024 * delay + 0.11 * max(0.0, delay - _DELAY_FELT)
    lost = 100 * stream.loss
    return _mos(_BEST - by_delay - 95 * lost / (lost + _LOSS_BORNE))


def _mos(rating: float) -> float:
    if rating <= 0:
        return 1.0
    return round(max(1.0, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating)), 2)
