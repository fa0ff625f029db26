"""The operator's desk: all that one's own page shows, at one moment; enough by itself after a reload."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from switchroom.api.board import today_of
from switchroom.api.deps import House, Me, Rooms, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.api.people import OtherOut, by_wall, masked, name_of, other_of, other_out, seconds
from switchroom.api.words import Why, Words, why, words
from switchroom.domain import load
from switchroom.domain.access import Right
from switchroom.domain.cards import Card, missing
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import QueueId, StoryId, UserId, story_of
from switchroom.domain.operators import Operator, Status
from switchroom.domain.parts import Can, Hold, Part, Party, Stage, part_of
from switchroom.domain.reasons import Came, how_it_came, reason_of, why_passed_over
from switchroom.domain.scenario.effects import FillCard
from switchroom.domain.scripts import said
from switchroom.domain.setup import number_of
from switchroom.domain.situations.filling import Filling, closes_at
from switchroom.domain.stories import StoryState

router = APIRouter(prefix="/api/desk", tags=["desk"], responses=PROBLEMS)


class DeskState(BaseModel):
    """`after`: what follows once the present work is done. `strip`: statuses of the last ten minutes with seconds."""

    status: Status
    since: datetime | None
    reason: Why | None
    after: Status
    break_kind: str | None
    signed_in: bool
    devices: list[str]
    strip: list[tuple[Status, float]]
    load: float | None


class DeskBreak(BaseModel):
    """A kind of break; `limit` in seconds."""

    key: str
    title: Words
    limit: float | None


class DeskQueue(BaseModel):
    """A queue that you serve. `ready` counts operators, `norm_within` seconds."""

    queue: str
    title: str
    waiting: int
    longest_since: datetime | None
    norm_within: float
    ready: int


class PassedOver(BaseModel):
    """Who could have got the call, and why they did not."""

    user: str
    name: str
    why: Why


class Interrupted(BaseModel):
    """The page of one side is away: the other one hears music until it is back, at most until `until`."""

    user: str
    mine: bool
    since: datetime
    until: datetime


class DeskConsultation(BaseModel):
    """You ask a third one. `with_first`: you talk with the first one meanwhile, and the third hears music.

    `queue_title`: you asked for whoever takes the call from this queue, and wait there until somebody has.
    """

    other: OtherOut
    answered: bool
    with_first: bool
    queue_title: str | None


class DeskParty(BaseModel):
    """One of a conference, or somebody whom it calls (`ringing`). `away`: their page is waited for."""

    leg: str
    other: OtherOut
    mine: bool
    ringing: bool
    muted: bool
    speaking: bool
    away: bool


class DeskCall(BaseModel):
    """A call of yours. `waited` in seconds, in the queue before you. `can`: what may be asked for now.

    `rang_as`: the call that your phone was told of when it rang; another one if you came from there, for instance into
    a conference room.
    """

    id: str
    rang_as: str
    stage: Stage
    since: datetime
    until: datetime | None
    other: OtherOut
    dialled: str
    queue: str | None
    queue_title: str | None
    waited: float | None
    why: Why
    considered: int | None
    passed_over: list[PassedOver]
    hold: Hold | None
    recorded: bool
    recording_muted: bool
    interrupted: Interrupted | None
    device: str | None
    can: list[Can]
    consultation: DeskConsultation | None
    together: list[DeskParty]


class DeskCard(BaseModel):
    """A card that lies open before you. `closes_at`: by the limit of wrap-up; null while you talk, or without one.
    `disposition`: the result, as far as it is chosen."""

    id: str
    card: str
    version: int
    call: str | None
    queue: str | None
    opened: datetime
    values: dict[str, Any]
    disposition: str | None
    revision: int
    missing: list[str]
    wrap_up_since: datetime | None
    closes_at: datetime | None
    script: str
    definition: Card | None


class DeskToday(BaseModel):
    """Your own figures since midnight; durations in seconds."""

    offers: int
    taken: int
    missed: int
    talks: int
    talked: float
    mean_handling: float | None
    signed_in: float
    occupancy: float | None
    time: dict[Status, float]


class DeskOut(BaseModel):
    """Everything at the moment `now`; `seq` is the number of the last fact in it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "now": "2026-11-24T12:00:00Z", "seq": 118, "user": "anna", "name": "Анна Соколова", "number": "101",
                "switch_up": True,
                "state": {
                    "status": "talking", "since": "2026-11-24T11:58:10Z", "reason": None, "after": "ready",
                    "break_kind": None, "signed_in": True, "devices": ["web.anna"],
                    "strip": [["ready", 490.0], ["talking", 110.0]], "load": 0.183,
                },
                "breaks": [{"key": "lunch", "title": {"en": "Lunch", "ru": "Обед"}, "limit": 2700.0}],
                "queues": [
                    {
                        "queue": "service", "title": "Вызов мастера", "waiting": 1,
                        "longest_since": "2026-11-24T11:59:40Z", "norm_within": 20.0, "ready": 2,
                    }
                ],
                "calls": [
                    {
                        "id": "20261124T115750-7f3kq2", "rang_as": "20261124T115750-7f3kq2",
                        "stage": "talking", "since": "2026-11-24T11:58:10Z",
                        "until": None, "other": {"user": None, "name": "Иван Петров", "number": "+79161234567"},
                        "dialled": "74951234567", "queue": "service", "queue_title": "Вызов мастера", "waited": 12.0,
                        "why": {
                            "code": "longest_idle", "en": "You have been free for the longest time.",
                            "ru": "Вы дольше всех свободны.",
                        },
                        "considered": 3,
                        "passed_over": [
                            {
                                "user": "boris", "name": "Борис Волков",
                                "why": {"code": "break", "en": "on a break", "ru": "перерыв"},
                            }
                        ],
                        "hold": None, "recorded": True, "recording_muted": False, "interrupted": None,
                        "device": "web.anna",
                        "can": ["consult", "digits", "hang_up", "hold", "invite", "mute_recording", "send_on"],
                        "consultation": None, "together": [],
                    }
                ],
                "cards": [
                    {
                        "id": "20261124T115750-7f3kq2-card4", "card": "request", "version": 1,
                        "call": "20261124T115750-7f3kq2", "queue": "service", "opened": "2026-11-24T11:58:10Z",
                        "values": {"phone": "+79161234567"}, "disposition": None,
                        "revision": 0, "missing": ["address", "disposition"],
                        "wrap_up_since": None, "closes_at": None, "script": "Здравствуйте…", "definition": None,
                    }
                ],
                "today": {
                    "offers": 14, "taken": 12, "missed": 1, "talks": 12, "talked": 2100.0, "mean_handling": 185.0,
                    "signed_in": 9000.0, "occupancy": 0.72, "time": {"ready": 2500.0, "talking": 2100.0},
                },
            }
        }
    )  # fmt: skip

    now: datetime
    seq: int
    user: str
    name: str
    number: str
    switch_up: bool
    state: DeskState
    breaks: list[DeskBreak]
    queues: list[DeskQueue]
    calls: list[DeskCall]
    cards: list[DeskCard]
    today: DeskToday


@router.get("", operation_id="get_desk", summary="Your own desk at this moment")
async def get_desk(house: House, me: Me) -> DeskOut:
    """Needs `serve` or `call`. Ask again whenever the feed tells a fact of yours."""
    if not me.scope.may(Right.SERVE):
        me.scope.need(Right.CALL)
    parts = [part for state in house.engine.living() if (part := part_of(state, me.user)) is not None]
    told = {part.call: await asyncio.to_thread(_facts_of, house, part.call) for part in parts}
    return _desk(house, me, told)


def _facts_of(house: Rooms, call: StoryId) -> list[Fact]:
    return [kept.fact for kept in house.ledger.facts_of(call)]


def _desk(house: Rooms, me: Visitor, told: dict[StoryId, list[Fact]]) -> DeskOut:
    """All of one moment: nothing is waited for in here."""
    living = house.engine.living()
    operator = house.engine.desk.shown.get(me.user) or Operator(id=me.user)
    parts = [part for state in living if (part := part_of(state, me.user)) is not None]
    return DeskOut(
        now=house.wall(),
        seq=house.feed.last,
        user=me.user,
        name=name_of(house, me.user),
        number=number_of(house.engine.setup, me.user),
        switch_up=house.engine.switch_lost is False,
        state=_state(house, operator),
        breaks=[
            DeskBreak(key=kind.key, title=words(kind.title), limit=seconds(kind.limit))
            for kind in house.engine.setup.company.breaks
        ],
        queues=_queues(house, me.user),
        calls=[_call(house, me, part, told.get(part.call, [])) for part in sorted(parts, key=_order)],
        cards=[card for state in living if (card := _card(house, me.user, state)) is not None],
        today=_today(house, operator),
    )


def _order(part: Part) -> tuple[bool, datetime]:
    """A talk first."""
    return part.stage is not Stage.TALKING, part.since


def _state(house: Rooms, operator: Operator) -> DeskState:
    now = house.engine.clock.now()
    reason = reason_of(operator, house.engine.setup.company, lambda user: name_of(house, user))
    return DeskState(
        status=operator.status,
        since=by_wall(house, operator.status_since) if operator.status_since else None,
        reason=why(reason) if reason else None,
        after=operator.resting,
        break_kind=operator.break_kind,
        signed_in=operator.signed_in,
        devices=sorted(operator.devices),
        strip=[(status, round(lasting.total_seconds(), 1)) for status, lasting in load.strip(operator, now)],
        load=load.lately(operator, now).occupancy,
    )


def _queues(house: Rooms, user: UserId) -> list[DeskQueue]:
    engine, found = house.engine, []
    for key, queue in sorted(engine.setup.queues.items()):
        if user not in queue.operators:
            continue
        since = [place.request.since for place in engine.waiting.places() if place.request.queue == key]
        states = [engine.desk.shown[o].status for o in map(UserId, queue.operators) if o in engine.desk.shown]
        found.append(
            DeskQueue(
                queue=key,
                title=queue.title,
                waiting=len(since),
                longest_since=by_wall(house, min(since)) if since else None,
                norm_within=queue.norm.within.total_seconds(),
                ready=states.count(Status.READY),
            )
        )
    return found


def _call(house: Rooms, me: Visitor, part: Part, told: Sequence[Fact]) -> DeskCall:
    came = how_it_came(told, me.user, lambda user: name_of(house, user))
    return DeskCall(
        id=part.call,
        rang_as=(story_of(part.leg) if part.leg else None) or part.call,
        stage=part.stage,
        since=by_wall(house, part.since),
        until=by_wall(house, part.until) if part.until else None,
        other=other_of(house, me, part),
        dialled=masked(me, part.dialled) if part.dialled == part.other.number else part.dialled,
        queue=part.queue,
        queue_title=_title_of(house, part.queue),
        waited=seconds(came.offered.waited) if came.offered else None,
        why=why(came.reason),
        considered=came.offered.considered if came.offered else None,
        passed_over=_passed_over(house, came),
        hold=part.hold,
        recorded=part.recorded,
        recording_muted=part.muted,
        interrupted=_interrupted(house, me, part),
        device=part.device,
        can=sorted(part.can),
        consultation=_consultation(house, me, part),
        together=[_party(house, me, one) for one in part.together],
    )


def _title_of(house: Rooms, key: QueueId | None) -> str | None:
    queue = house.engine.setup.queues.get(key) if key else None
    return queue.title if queue else None


def _consultation(house: Rooms, me: Visitor, part: Part) -> DeskConsultation | None:
    asked = part.consultation
    if asked is None:
        return None
    return DeskConsultation(
        other=other_out(house, me, asked.other), answered=asked.answered, with_first=asked.with_first,
        queue_title=_title_of(house, asked.queue),
    )  # fmt: skip


def _party(house: Rooms, me: Visitor, one: Party) -> DeskParty:
    return DeskParty(
        leg=one.leg, other=other_out(house, me, one.other), mine=one.mine, ringing=one.ringing, muted=one.muted,
        speaking=one.speaking, away=one.away,
    )  # fmt: skip


def _passed_over(house: Rooms, came: Came) -> list[PassedOver]:
    passed = came.offered.passed_over if came.offered else ()
    return [
        PassedOver(user=user, name=name_of(house, user), why=why(why_passed_over(code))) for user, code in passed
    ]


def _interrupted(house: Rooms, me: Visitor, part: Part) -> Interrupted | None:
    lost = part.lost
    if lost is None:
        return None
    return Interrupted(
        user=lost.user, mine=lost.user == me.user, since=by_wall(house, lost.since), until=by_wall(house, lost.until)
    )


def _card(house: Rooms, user: UserId, state: StoryState) -> DeskCard | None:
    want, filling = state.effect, state.situation
    if not isinstance(want, FillCard) or not isinstance(filling, Filling) or want.holder != user:
        return None
    card = house.engine.setup.cards.get(want.card)
    closes = closes_at(want, filling)
    return DeskCard(
        id=state.id,
        card=want.card,
        version=want.version,
        call=want.call,
        queue=want.queue,
        opened=by_wall(house, state.born),
        values=filling.values,
        disposition=filling.disposition,
        revision=filling.revision,
        missing=missing(card, filling.values, filling.disposition) if card else [],
        wrap_up_since=by_wall(house, filling.wrap_up_since) if filling.wrap_up_since else None,
        closes_at=by_wall(house, closes) if closes else None,
        script=said(card.script, {**state.variables, "operator": name_of(house, user)}) if card else "",
        definition=card,
    )


def _today(house: Rooms, operator: Operator) -> DeskToday:
    figures = today_of(house, operator)
    return DeskToday(
        offers=figures.offers,
        taken=figures.taken,
        missed=figures.missed,
        talks=figures.talks,
        talked=figures.talked.total_seconds(),
        mean_handling=seconds(figures.mean_handling),
        signed_in=figures.signed_in.total_seconds(),
        occupancy=figures.occupancy,
        time={status: spent.total_seconds() for status, spent in figures.time.items()},
    )
