"""An office's own exchange beside the demo company: something of each kind, so that no page of the set-up is empty."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from demo.company import DID, TRUNK
from tests.asterisk.real_house import Door, RealHouse

_NEW_YEAR = {"first": "2026-12-31", "last": "2026-12-31", "hours": [{"begin": "09:00", "end": "14:00"}]}
_TO_MASTERS = {"kind": "group", "key": "masters"}
_CITY = {"en": "City", "ru": "Город"}
_STATUS = {"key": "status", "title": {"en": "Status", "ru": "Статус"}, "kind": "list", "choices": [
    {"key": "vip", "title": {"en": "Important", "ru": "Важный"}},
    {"key": "usual", "title": {"en": "Usual", "ru": "Обычный"}},
]}  # fmt: skip
_RATES = (("7495", "Москва", "0.6"), ("79", "Мобильные", "1.9"), ("7", "Россия", "1.4"), ("49", "Германия", "9.5"))
_THINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("calendar", {"id": "office", "title": "Офис", "holidays_of": "RU",
                  "week": {**{str(day): [{"begin": "09:00", "end": "13:00"}, {"begin": "14:00", "end": "18:00"}]
                              for day in range(5)}, "5": [{"begin": "10:00", "end": "15:00"}]},
                  "exceptions": [{**_NEW_YEAR, "title": "Короткий день"}]}),
    ("mode", {"id": "day_night", "title": "День и ночь", "calendar": "office"}),
    ("group", {"id": "masters", "title": "Мастера", "members": ["gleb", "vera", "boris"], "strategy": "in_turn",
               "overflow": "400"}),
    ("room", {"id": "planning", "title": "Планёрка", "most": 12, "record": True}),
    ("paging", {"id": "store", "title": "Склад", "members": ["olga", "gleb"]}),
    ("caller_list", {"id": "unwanted", "title": "Нежелательные", "numbers": ["+74950000*", "+78001234567"]}),
    ("contact_list", {"id": "clients", "title": "Клиенты", "fields": [_STATUS, {"key": "city", "title": _CITY}]}),
    ("tariff", {"id": "carrier", "title": "Прайс оператора связи", "rates": [
        {"prefix": prefix, "title": title, "per_minute": price} for prefix, title, price in _RATES]}),
    ("service_class", {"id": "city", "title": "Город и область", "allowed": ["+7495*", "+7499*", "+7496*"],
                       "denied": ["+7495100*"], "each": {"calls": 2, "minutes_a_day": 120}}),
    ("outbound_route", {"id": "city", "title": "Город", "numbers": ["+7495*", "+7499*"], "trunks": [TRUNK],
                        "caller_id": DID, "order": 1}),
    ("outbound_route", {"id": "abroad", "title": "За границу в часы работы", "numbers": ["+*"], "trunks": [TRUNK],
                        "calendar": "office", "when": "open", "sharing": "cheapest", "order": 2}),
    ("recording_rule", {"id": "inside", "title": "Внутренние не записываем", "record": False,
                        "directions": ["internal"], "order": 1}),
    ("recording_rule", {"id": "service", "title": "Вызов мастера", "queues": ["service"], "announcement": "welcome",
                        "kept_for": "P180D", "order": 2}),
    ("route", {"id": "important", "title": "Важные клиенты", "target": {"kind": "user", "key": "gleb"}, "order": 1,
               "contact": {"list": "clients", "field": "status", "values": ["vip"]}}),
    ("route", {"id": "night", "title": "Ночью", "mode": "day_night", "mode_says": "night", "target": _TO_MASTERS,
               "order": 2}),
    ("extension", {"number": "300", "target": _TO_MASTERS}),
    ("extension", {"number": "800", "target": {"kind": "room", "key": "planning"}}),
    ("extension", {"number": "810", "target": {"kind": "paging", "key": "store"}}),
    ("extension", {"number": "*21", "target": {"kind": "mode", "key": "day_night"}}),
)  # fmt: skip
_CONTACTS = (
    ("Ирина Волкова", "+79161234567", "vip", "Тула"), ("Олег Ким", "+79161234568", "usual", "Москва"),
    ("ООО «Ромашка»", "+74951112233", "vip", "Химки"), ("Alice Johnson", "+442071838750", "usual", "London"),
)  # fmt: skip


@asynccontextmanager
async def an_office(house: RealHouse) -> AsyncIterator[None]:
    """It stands meanwhile, and is taken away again."""
    admin = await house.door("admin")
    await _publish(admin, [{"kind": kind, "key": _key(body), "thing": body} for kind, body in _THINGS])
    contacts = [await _contact(admin, *one) for one in _CONTACTS]
    try:
        yield
    finally:
        for contact in contacts:
            await admin.do("DELETE", f"contact-lists/clients/contacts/{contact}")
        await _publish(admin, [{"kind": kind, "key": _key(body), "thing": None} for kind, body in _THINGS])


def _key(body: dict[str, Any]) -> str:
    return str(body.get("id") or body["number"])


async def _publish(admin: Door, changes: list[dict[str, Any]]) -> None:
    await admin.do("POST", "publications", {"changes": changes})


async def _contact(admin: Door, name: str, number: str, status: str, city: str) -> str:
    body = {"name": name, "numbers": [number], "values": {"status": status, "city": city}}
    made = await admin.do("POST", "contact-lists/clients/contacts", body)
    return str(made["id"])
