"""Rules of recording, and the test box: would a talk like this be recorded, and why?"""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from switchroom.api.configured import resource
from switchroom.api.deps import House, Me
from switchroom.api.words import Words, words
from switchroom.domain import numbers
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.history import Direction
from switchroom.domain.recording_rules import RecordingRule, SoundFormat, TalkToRecord, TriedRule, first_of, tried
from switchroom.domain.titles import Title

router = resource(ThingKind.RECORDING_RULE, RecordingRule, "recording-rules", drafted=True)


class ConsideredRule(BaseModel):
    """A rule that was looked at, in the order of looking."""

    rule: str
    title: str
    matched: bool
    why: Words


class TestedRecording(BaseModel):
    """What would happen. `record` null: no rule fits, and the queue, the group or the scenario decides by itself.

    `share`: of so many talks of a hundred like this.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "record": True, "rule": "service", "share": 100, "announcement": "recorded", "format": "ogg",
                "kept_days": 180.0,
                "considered": [
                    {"rule": "service", "title": "Вызов мастера", "matched": True,
                     "why": {"en": "fits", "ru": "подходит"}}
                ],
            }
        }
    )  # fmt: skip

    record: bool | None
    rule: str | None
    share: int | None
    announcement: str | None
    format: SoundFormat | None
    kept_days: float | None
    considered: list[ConsideredRule]


class AskedTalk(BaseModel):
    """A talk as the rules look at it."""

    model_config = ConfigDict(extra="forbid")

    direction: Direction = Direction.INBOUND
    number: Annotated[str, Field(max_length=40, description="Of the person outside; among us, what is dialled")] = ""
    user: Annotated[str | None, Field(max_length=48, description="Who of us talks")] = None
    queue: Annotated[str | None, Field(max_length=48)] = None


@router.get("/-/test", operation_id="test_recording_rules", summary="Would a talk like this be recorded?")
async def would_it_be_recorded(asked: Annotated[AskedTalk, Query()], house: House, me: Me) -> TestedRecording:
    """Every rule that is considered, until one fits, each with the reason in words. A rule for a share fits."""
    me.scope.need(Right.ADMINISTER)
    setup = house.engine.setup
    number = numbers.to_e164(asked.number, setup.company.country) or asked.number
    talk = TalkToRecord(
        call="", direction=asked.direction, number=number, queue=asked.queue,
        users=frozenset({asked.user} if asked.user else ()),
    )  # fmt: skip
    whole = {key: rule.model_copy(update={"share": 100}) for key, rule in setup.recording_rules.items()}
    found = list(tried(whole, talk))
    fitting = first_of(found)
    rule = setup.recording_rules[fitting.id] if fitting else None
    kept_for = rule.kept_for or setup.company.recordings_kept_for if rule and rule.record else None
    return TestedRecording(
        record=rule.record if rule else None, rule=rule.id if rule else None, share=rule.share if rule else None,
        announcement=rule.announcement if rule and rule.record else None,
        format=rule.format if rule and rule.record else None,
        kept_days=kept_for.total_seconds() / 86_400 if kept_for else None,
        considered=[_considered(one) for one in found],
    )  # fmt: skip


def _considered(one: TriedRule) -> ConsideredRule:
    why = one.refusal or Title("fits", "подходит")
    return ConsideredRule(rule=one.rule.id, title=one.rule.title, matched=one.refusal is None, why=words(why))
