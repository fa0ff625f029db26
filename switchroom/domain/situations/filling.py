"""A card lies open before its holder: every field that is typed is kept; then wrap-up, then closed."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from switchroom.domain.cards import Card, fault_of, filled_in, missing
from switchroom.domain.events import CloseCardAsked, Event, FieldsTyped, TalkOver, TimePassed
from switchroom.domain.facts.cards import CardClosed, CardOpened, CardTyped, ClosedBy, WrapUpBegan
from switchroom.domain.people import Value
from switchroom.domain.refusals import CardIncomplete, FieldMisfit, NotFound, NotNow, Stale
from switchroom.domain.scenario.effects import CardFilled, FillCard
from switchroom.domain.shapes import Kind
from switchroom.domain.situations.scene import Scene, Turn
from switchroom.domain.titles import Title


class Filling(Kind, frozen=True, kw_only=True):
    """What has been typed so far; `wrap_up_since` once the talk is over."""

    values: dict[str, Any] = {}
    revision: int = 0
    disposition: str | None = None
    wrap_up_since: datetime | None = None
    closed: bool = False


def open_card(scene: Scene, want: FillCard) -> Turn[Filling]:
    """The card opens with what is known."""
    values = filled_in(_card(scene, want), dict(scene.variables))
    opened = CardOpened(
        dialog=scene.story,
        card=want.card,
        version=want.version,
        holder=want.holder,
        call=want.call,
        queue=want.queue,
    )
    return Turn(situation=Filling(values=values), facts=(opened,))


def open_again(scene: Scene, want: FillCard, situation: Filling) -> Turn[Filling]:
    """After a crash: all that was typed is there, and the wrap-up ends when it would have."""
    return Turn(situation=situation, wake=closes_at(want, situation))


def while_filling(scene: Scene, want: FillCard, situation: Filling, event: Event) -> Turn[Filling]:
    """Typing, the end of the talk, closing, and the limit of wrap-up."""
    match event:
        case FieldsTyped():
            return _type(scene, want, situation, event)
        case TalkOver() if situation.wrap_up_since is None:
            return _wrap_up(scene, want, situation)
        case CloseCardAsked(by=by, disposition=disposition):
            return _close_by_holder(scene, want, situation, by, disposition)
        case TimePassed() if (limit := closes_at(want, situation)) is not None and scene.now >= limit:
            return _close(scene, want, situation, ClosedBy.WRAP_UP_LIMIT)
        case _:
            return Turn(situation=situation, wake=closes_at(want, situation))


def _card(scene: Scene, want: FillCard) -> Card:
    card = scene.setup.cards.get(want.card)
    if card is None:
        raise NotFound(kind="card", key=want.card)
    return card


def closes_at(want: FillCard, situation: Filling) -> datetime | None:
    """The steady moment at which the card closes by the limit of wrap-up; None while nothing limits it."""
    if want.wrap_up_limit is None or situation.wrap_up_since is None:
        return None
    return situation.wrap_up_since + want.wrap_up_limit


def _type(scene: Scene, want: FillCard, situation: Filling, typed: FieldsTyped) -> Turn[Filling]:
    if typed.revision > situation.revision:
        raise Stale(kind="card", key=scene.story, current=situation.revision)
    card = _card(scene, want)
    fields = {f.key: f for f in card.fields}
    for key, value in typed.fields.items():
        _check(fields, key, value)
    situation = msgspec.structs.replace(
        situation,
        values={**situation.values, **typed.fields},
        revision=situation.revision + 1,
        disposition=_chosen(card, situation, typed.disposition),
    )
    told = (*sorted(typed.fields), *(() if typed.disposition is None else ("disposition",)))
    fact = CardTyped(dialog=scene.story, fields=told, revision=situation.revision, by=typed.by)
    return Turn(situation=situation, facts=(fact,), wake=closes_at(want, situation))


def _chosen(card: Card, situation: Filling, disposition: str | None) -> str | None:
    """The result of now: a new one of the card, none any more, or the one before."""
    if disposition is None:
        return situation.disposition
    if disposition and disposition not in {d.key for d in card.dispositions}:
        raise NotFound(kind="disposition", key=disposition)
    return disposition or None


def _check(fields: dict[str, Any], key: str, value: Value) -> None:
    if key not in fields:
        raise NotFound(kind="field", key=key)
    fault = fault_of(fields[key], value)
    if fault is not None:
        raise FieldMisfit(field=key, wanted=fault)


def _wrap_up(scene: Scene, want: FillCard, situation: Filling) -> Turn[Filling]:
    situation = msgspec.structs.replace(situation, wrap_up_since=scene.now)
    began = WrapUpBegan(dialog=scene.story, holder=want.holder, limit=want.wrap_up_limit, queue=want.queue)
    return Turn(situation=situation, facts=(began,), wake=closes_at(want, situation))


def _close_by_holder(
    scene: Scene, want: FillCard, situation: Filling, by: str, disposition: str | None
) -> Turn[Filling]:
    if by != want.holder:
        raise NotNow(what=Title("the card lies before somebody else", "карточка открыта у другого"))
    card = _card(scene, want)
    chosen = _chosen(card, situation, disposition)
    if lacking := missing(card, situation.values, chosen):
        raise CardIncomplete(fields=", ".join(lacking))
    return _close(scene, want, msgspec.structs.replace(situation, disposition=chosen), ClosedBy.HOLDER)


def _close(scene: Scene, want: FillCard, situation: Filling, by: ClosedBy) -> Turn[Filling]:
    wrapped_up = scene.now - situation.wrap_up_since if situation.wrap_up_since else timedelta(0)
    closed = CardClosed(
        dialog=scene.story,
        holder=want.holder,
        by=by,
        wrapped_up=wrapped_up,
        disposition=situation.disposition,
        queue=want.queue,
    )
    situation = msgspec.structs.replace(situation, closed=True)
    return Turn(situation=situation, facts=(closed,), outcome=CardFilled(disposition=situation.disposition))
