"""Examples of what the doors take and give, where a model has none beside it: all of one made-up company."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from switchroom.domain.configured import ThingKind
from switchroom.domain.publishing import SHAPES

_CALL, _AT = "20261124T120000123-7f3kq2ab", "2026-11-24T12:00:00Z"
_TITLE = {"en": "What happened", "ru": "Что случилось"}
_FACT = {
    "seq": 93, "at": _AT, "fact": {"kind": "NodeLeft", "call": _CALL, "node": "menu", "exit": "1"},
}  # fmt: skip
THINGS: dict[ThingKind, dict[str, Any]] = {
    ThingKind.COMPANY: {
        "name": "Тёплый дом", "language": "ru", "zone": "Europe/Moscow", "country": "RU", "last_resort": "101",
        "emergency": [{"number": "112", "trunks": ["carrier"]}], "held_before_last_resort": 20.0,
        "recordings_kept_for": 15552000.0, "traces_kept_for": 2592000.0,
    },
    ThingKind.PROJECT: {"id": "repair", "title": "Ремонт"},
    ThingKind.ROLE: {"id": "quality", "title": "Контроль качества", "rights": ["see_calls", "hear_recordings"]},
    ThingKind.USER: {
        "id": "anna", "name": "Анна Соколова", "language": "ru", "roles": ["operator"], "department": "Колл-центр",
        "position": "Оператор",
    },
    ThingKind.DEVICE: {"id": "anna-desk", "user": "anna", "title": "Настольный телефон", "kind": "sip"},
    ThingKind.TRUNK: {
        "id": "carrier", "title": "Оператор связи", "kind": "registering", "host": "sip.example.com",
        "username": "74951234567", "most_channels": 30, "caller_id": "74951234567",
    },
    ThingKind.PROMPT: {"id": "welcome", "title": "Приветствие", "words": {"ru": "Здравствуйте!", "en": "Hello!"}},
    ThingKind.CARD: {
        "id": "request", "title": "Заявка", "fields": [{"key": "trouble", "title": _TITLE, "required": True}],
        "dispositions": [{"key": "solved", "title": {"en": "Solved", "ru": "Решено"}, "success": True}],
    },
    ThingKind.QUEUE: {
        "id": "service", "title": "Вызов мастера", "operators": ["anna", "boris"], "strategy": "longest_idle",
        "ring_for": 20.0, "give_up_after": 600.0, "card": "request", "norm": {"within": 20.0, "share": 0.8},
    },
    ThingKind.GROUP: {"id": "masters", "title": "Мастера", "members": ["gleb", "denis"], "ring_for": 60.0},
    ThingKind.PAGING: {"id": "shop", "title": "Торговый зал", "members": ["gleb", "denis"], "at_most": 60.0},
    ThingKind.ROOM: {"id": "planning", "title": "Планёрка", "asks_pin": True, "most": 12},
    ThingKind.SCENARIO: {
        "id": "main", "title": "Главное меню", "graph": {"start": "answer", "nodes": {
            "answer": {"kind": "answer", "exits": {"done": "queue"}},
            "queue": {"kind": "queue", "params": {"queue": "service"}}}},
    },
    ThingKind.EXTENSION: {"number": "101", "target": {"kind": "user", "key": "anna"}},
    ThingKind.ROUTE: {
        "id": "main", "title": "Все входящие", "trunk": "carrier", "number": "7495*",
        "target": {"kind": "scenario", "key": "main"},
    },
    ThingKind.OUTBOUND_ROUTE: {"id": "city", "title": "По России", "numbers": ["+7*"], "trunks": ["carrier"]},
    ThingKind.SERVICE_CLASS: {"id": "country", "title": "По России", "allowed": ["+7*"]},
    ThingKind.TARIFF: {
        "id": "carrier", "title": "Оператор связи",
        "rates": [{"prefix": "7495", "title": "Москва", "per_minute": "1.50", "per_call": "0"}],
    },
    ThingKind.CONTACT_LIST: {
        "id": "clients", "title": "Клиенты", "fields": [
            {"key": "status", "title": {"en": "Status", "ru": "Статус"}, "kind": "list", "choices": [
                {"key": "vip", "title": {"en": "Important", "ru": "Важный"}},
            ]},
        ],
    },
    ThingKind.CALLER_LIST: {"id": "vip", "title": "Важные клиенты", "numbers": ["+79161234567", "+7495123*"]},
    ThingKind.MODE: {"id": "office", "title": "Офис", "calendar": "office"},
    ThingKind.RECORDING_RULE: {
        "id": "service", "title": "Вызов мастера", "directions": ["inbound"], "queues": ["service"], "format": "ogg",
    },
    ThingKind.CALENDAR: {
        "id": "office", "title": "Офис", "zone": "Europe/Moscow", "holidays_of": "RU",
        "week": {"0": [{"begin": "09:00:00", "end": "18:00:00"}]},
    },
}  # fmt: skip
"""One of each kind."""

_QUEUE_BODY = THINGS[ThingKind.QUEUE]
_TOKEN = {
    "id": "9f86d081884c7d65", "title": "CRM", "rights": ["see_calls"], "projects": None, "made": _AT,
    "until": "2027-11-24T12:00:00Z", "used": None,
}  # fmt: skip
_DAY = {
    "day": "2026-11-24", "kind": "ordinary", "name": {"en": "Tuesday", "ru": "вторник"},
    "hours": [{"begin": "09:00:00", "end": "18:00:00"}],
}  # fmt: skip
OTHERS: dict[str, Any] = {
    "AuditLine": {
        "number": 17, "at": _AT, "by": "admin", "what": "changed", "kind": "queue", "key": "service",
        "before": {"weight": 10}, "after": {"weight": 20}, "door": "192.0.2.7",
    },
    "Body_read_price_list": {"table": "(prices.csv)"},
    "Body_keep_photo": {"photo": "(anna.jpg)"},
    "Body_set_own_photo": {"photo": "(anna.jpg)"},
    "Body_put_prompt_sound": {"sound": "(welcome.wav)"},
    "BuiltInOut": {"name": "vm-goodbye", "languages": ["ru", "en"], "words": "Goodbye"},
    "CallsOut": {
        "direction": "inbound", "ended": 240, "answered": 221, "while_away": 0, "waited": 2910.0, "talked": 39820.0,
        "lasted": 45120.5, "dispositions": {"served": 221, "abandoned_in_queue": 19}, "whose": {"customer": 240},
    },
    "Checked": {"faults": [{"field": "nodes.menu.prompt", "en": "Field required", "ru": "Заполните это поле"}]},
    "ComponentOut": {
        "kind": "play", "family": "call", "title": {"en": "Play", "ru": "Проиграть"},
        "about": {"en": "Plays prompts to their end.", "ru": "Проигрывает подсказки до конца."},
        "parameters": [{
            "key": "prompts", "title": {"en": "Prompts", "ru": "Подсказки"}, "required": True, "names": "prompt"}],
        "params_schema": {"type": "object"}, "examples": [{"en": "A greeting", "ru": "Приветствие"}],
    },
    "DraftIn": {"body": _QUEUE_BODY, "edit": 4},
    "DraftOut": {"body": _QUEUE_BODY, "based_on": 2, "edit": 5, "at": _AT, "by": "admin"},
    "KilledOut": {"at": _AT, "process": 4711},
    "KindOut": {"kind": "project", "title": {"en": "project", "ru": "проект"}, "fields": []},
    "LetCallOut": {"operator": "anna"},
    "MadePassword": {"password": "Zr0vS2k1m8Qx4nPt"},
    "OneVersion": {"version": 2, "at": _AT, "by": "admin", "thing": _QUEUE_BODY},
    "QueueNow": {
        "queue": "service", "title": "Вызов мастера", "waiting": 3, "longest_waiting": 41.5,
        "norm": 20.0, "operators": {"ready": 0, "talking": 4},
    },
    "QueueOut": {
        "queue": "service", "entered": 240, "served": 221, "in_norm": 180, "abandoned": 17, "lost": 2, "refused": 0,
        "failed": 0, "service_level": 0.75, "mean_wait": 12.1, "longest_wait": 96.0, "talked": 39820.0,
        "wrapped_up": 6630.0, "mean_handling": 210.2,
    },
    "Reach": {"key": "anna-desk", "reachable": True, "why": None},
    "RecordingOut": {
        "id": f"{_CALL}.4.record.0", "call": _CALL, "queue": "service", "operator": "anna", "seconds": 140.0,
        "octets": 262144, "kept": "2026-11-24T12:03:12Z", "until": "2027-05-23T12:03:12Z", "format": "ogg",
        "erased": False,
    },
    "TokenOut": _TOKEN,
    "TokenMade": {"text": "sr_8Qx4nPt...", "token": _TOKEN},
    "TriedOut": {
        "at": _AT, "is_open": True, "why": {"en": "weekly hours, Tuesday", "ru": "часы недели, вторник"},
        "changes": "2026-11-24T15:00:00Z", "week": [_DAY], "special": [],
    },
    "Uploaded": {"version": 3, "seconds": 4.2, "remarks": []},
    "switchroom__api__figures__OperatorOut": {
        "operator": "anna", "offers": 62, "taken": 60, "missed": 2, "talks": 60, "talked": 9000.0,
        "wrapped_up": 1500.0, "signed_in": 28800.0, "occupancy": 0.36, "time": {"ready": 18000.0, "talking": 9000.0},
    },
}  # fmt: skip
"""By the name of the schema."""


def describe(app: FastAPI) -> None:
    """Let the application's description give an example of every body."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        told = plain()
        schemas: dict[str, dict[str, Any]] = told["components"]["schemas"]
        _name_keys_as_text(schemas)
        _give(schemas, {**_of_things(), **OTHERS, **_declared()})
        call = schemas["CallOut"]["example"]
        _give(schemas, {"CallPage": {"items": [call], "next": None}, "StoryOut": {"call": call, "facts": [_FACT]}})
        return told

    app.openapi = openapi  # type: ignore[method-assign]


def _give(schemas: dict[str, dict[str, Any]], examples: dict[str, Any]) -> None:
    for name, example in examples.items():
        for found in {name, f"{name}-Input", f"{name}-Output"} & schemas.keys():
            schemas[found]["example"] = _as_described(_whole(example, schemas[found]), schemas[found], schemas)


def _whole(example: Any, schema: dict[str, Any]) -> Any:
    """With nothing in the fields that the example says nothing of, where nothing can stand there."""
    if not isinstance(example, dict):
        return example
    unsaid = {key: field for key, field in schema.get("properties", {}).items() if key not in example}
    lists: dict[str, Any] = {key: [] for key, field in unsaid.items() if field.get("type") == "array"}
    nothing: dict[str, Any] = {key: None for key, field in unsaid.items() if {"type": "null"} in field.get("anyOf", ())}
    needed = schema.get("required", ())
    return {**example, **{key: value for key, value in {**lists, **nothing}.items() if key in needed}}


def _of_things() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind, body in THINGS.items():
        name = SHAPES[kind].__name__
        versioned = {"version": 3, "thing": body}
        found |= {name: body, f"Versioned_{name}_": versioned}
        found[f"Listed_{name}_"] = {"revision": 7, "items": [versioned]}
    return found


def _declared(model: type[BaseModel] = BaseModel) -> dict[str, Any]:
    """Those beside their models, whole: FastAPI leaves out what is null in them."""
    found: dict[str, Any] = {}
    for heir in model.__subclasses__():
        extra = heir.model_config.get("json_schema_extra")
        if isinstance(extra, dict) and "example" in extra and heir.__module__.startswith("switchroom."):
            told_apart = f"{heir.__module__.replace('.', '__')}__{heir.__name__}"
            found |= dict.fromkeys((heir.__name__, told_apart), extra["example"])
        found |= _declared(heir)
    return found


def _name_keys_as_text(schemas: dict[str, dict[str, Any]]) -> None:
    """Keys of JSON are text, also where they stand for numbers."""
    for schema in schemas.values():
        for field in schema.get("properties", {}).values():
            name = field.get("propertyNames", {}).get("$ref", "").rpartition("/")[2]
            if schemas.get(name, {}).get("type") == "integer":
                field["propertyNames"] = {"enum": [str(one) for one in schemas[name]["enum"]]}


def _as_described(example: Any, schema: dict[str, Any], schemas: dict[str, dict[str, Any]]) -> Any:
    """Durations are told as seconds, and described as texts where they are sent; both are taken."""
    if "$ref" in schema:
        return _as_described(example, schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for part in schema.get("anyOf", ()):
        if part.get("format") == "duration":
            return _as_described(example, part, schemas)
    if schema.get("format") == "duration" and isinstance(example, int | float):
        return f"PT{example:g}S"
    if isinstance(example, dict):
        fields = schema.get("properties", {})
        return {key: _as_described(value, fields.get(key, {}), schemas) for key, value in example.items()}
    if isinstance(example, list):
        return [_as_described(one, schema.get("items", {}), schemas) for one in example]
    return example
