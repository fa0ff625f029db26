"""What things are called: for those who read of them and need not configure them."""

from collections.abc import Mapping
from typing import Protocol

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me, Visitor
from switchroom.api.errors import PROBLEMS
from switchroom.api.words import Words, words
from switchroom.domain.scenario.registry import COMPONENTS

router = APIRouter(prefix="/api/names", tags=["names"], responses=PROBLEMS)


class Titled(Protocol):
    """Whatever is called something."""

    @property
    def title(self) -> str:
        """What it is called."""


class NamesOut(BaseModel):
    """Titles by key. A thing that was removed is not in it; show its key."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "users": {"anna": "Анна Соколова"}, "photos": {"anna": "3f0c9a5d1be24c7f86a2d94e07b1c358"},
                "queues": {"service": "Вызов мастера"},
                "groups": {"sales": "Продажи"}, "rooms": {"planning": "Планёрка"},
                "pagings": {"shop": "Торговый зал"},
                "trunks": {"carrier": "Ростелеком"},
                "devices": {"anna-desk": "Настольный телефон"},
                "cards": {"request": "Заявка"}, "scenarios": {"main": "Главное меню"},
                "prompts": {"welcome": "Приветствие"}, "routes": {"main": "Все входящие"}, "modes": {"office": "Офис"},
                "components": {"menu": {"en": "Voice menu", "ru": "Голосовое меню"}},
                "breaks": {"lunch": {"en": "Lunch", "ru": "Обед"}},
                "results": {"request": {"visit_agreed": {"en": "Visit agreed", "ru": "Визит назначен"}}},
            }
        }
    )  # fmt: skip

    users: dict[str, str]
    photos: dict[str, str]
    """Of those users who have one: what `/api/photos` knows it by."""
    queues: dict[str, str]
    groups: dict[str, str]
    pagings: dict[str, str]
    rooms: dict[str, str]
    """Conference rooms."""
    trunks: dict[str, str]
    devices: dict[str, str]
    cards: dict[str, str]
    scenarios: dict[str, str]
    prompts: dict[str, str]
    routes: dict[str, str]
    """Inbound and outbound ones."""
    modes: dict[str, str]
    """Switches between day and night."""
    components: dict[str, Words]
    """What scenarios are made of."""
    breaks: dict[str, Words]
    results: dict[str, dict[str, Words]]
    """What an operator can choose at the end of a card, by card."""


@router.get("", operation_id="names", summary="What things are called")
async def names(house: House, me: Me) -> NamesOut:
    """Of the projects that you see."""
    setup = house.engine.setup
    return NamesOut(
        users={key: user.name for key, user in setup.users.items()},
        photos={key: user.photo for key, user in setup.users.items() if user.photo},
        queues=_titles(me, setup.queues),
        groups=_titles(me, setup.groups),
        pagings=_titles(me, setup.pagings),
        rooms=_titles(me, setup.rooms),
        trunks=_titles(me, setup.trunks),
        devices=_titles(me, setup.devices),
        cards=_titles(me, setup.cards),
        scenarios=_titles(me, setup.scenarios),
        prompts=_titles(me, setup.prompts),
        routes=_titles(me, setup.outbound_routes) | _titles(me, setup.routes),
        modes=_titles(me, setup.modes),
        components={kind: words(component.title) for kind, component in COMPONENTS.items()},
        breaks={kind.key: words(kind.title) for kind in setup.company.breaks},
        results={
            key: {result.key: words(result.title) for result in card.dispositions}
            for key, card in setup.cards.items()
            if me.scope.sees(card.project)
        },
    )


def _titles(me: Visitor, shelf: Mapping[str, Titled]) -> dict[str, str]:
    return {key: thing.title for key, thing in shelf.items() if _seen(me, getattr(thing, "project", None))}


def _seen(me: Visitor, project: str | None) -> bool:
    return project is None or me.scope.sees(project)
