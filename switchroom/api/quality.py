"""How well a call was heard, as it is answered."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from switchroom.domain.facts.calls import QualityMeasured
from switchroom.domain.quality import Grade, Stream, grade_of, mos_of


class StreamOut(BaseModel):
    """Sound in one direction. `loss` from 0 to 1."""

    loss: float
    jitter_ms: float


class QualityOut(BaseModel):
    """How well one side was heard. `user` null: the side outside; `by_page`: told by the page while it changed.

    `heard`: what came from that side; `told`: what went to it, as it says; null: not known. `packets` 0: nothing came
    from it at all. `mos`: the opinion that people would have of it, from 1 to 5.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "anna", "by_page": False, "at": "2026-11-24T12:03:10Z", "mos": 4.31, "grade": "good",
                "packets": 7010, "heard": {"loss": 0.004, "jitter_ms": 6.5},
                "told": {"loss": 0.0, "jitter_ms": 4.0}, "round_trip_ms": 41.0,
            }
        }
    )  # fmt: skip

    user: str | None
    by_page: bool
    at: datetime
    mos: float
    grade: Grade
    packets: int | None
    heard: StreamOut | None
    told: StreamOut | None
    round_trip_ms: float | None


def quality_out(at: datetime, fact: QualityMeasured) -> QualityOut:
    """A measurement, answered."""
    quality, mos = fact.quality, mos_of(fact.quality)
    return QualityOut(
        user=fact.user, by_page=fact.by_page, at=at, mos=mos, grade=grade_of(mos), packets=quality.packets,
        heard=_stream(quality.heard), told=_stream(quality.told), round_trip_ms=_milliseconds(quality.round_trip),
    )  # fmt: skip


def _stream(stream: Stream | None) -> StreamOut | None:
    return StreamOut(loss=stream.loss, jitter_ms=_milliseconds(stream.jitter) or 0.0) if stream else None


def _milliseconds(lasting: timedelta | None) -> float | None:
    return round(lasting / timedelta(milliseconds=1), 1) if lasting is not None else None
