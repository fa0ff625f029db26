"""A made-up company: a service for heating. Configuration only; whoever loads it makes the passwords."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from switchroom.domain.cards import Card, Choice, Field, FieldKind
from switchroom.domain.company import Company, EmergencyNumber
from switchroom.domain.configured import Configured, ThingKind
from switchroom.domain.devices import Device
from switchroom.domain.dispositions import Disposition
from switchroom.domain.extensions import Extension, Service, Target, TargetKind
from switchroom.domain.projects import Project
from switchroom.domain.prompts import Prompt
from switchroom.domain.queues import Norm, Queue
from switchroom.domain.routes import Route
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.titles import Title
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.domain.users import User

TRUNK = "demo"
DID = "74951234567"
OPERATORS = ("anna", "boris", "vera")
DIRECT = dict(zip(OPERATORS, ("74951234561", "74951234562", "74951234563"), strict=True))
"""Who calls one of these comes to the same menu, and then to this operator first."""
CARD_FIELDS = {"address": "ул. Садовая, 5, кв. 12", "trouble": "no_heat", "words": "Не греет батарея"}


@dataclass(frozen=True, slots=True)
class Furniture:
    """One thing to be published."""

    kind: ThingKind
    body: Configured


def furniture() -> Iterator[Furniture]:
    """Everything, in an order in which it can be looked at."""
    for kind, bodies in (
        (ThingKind.PROJECT, _projects()),
        (ThingKind.USER, _users()),
        (ThingKind.DEVICE, _devices()),
        (ThingKind.TRUNK, (_trunk(),)),
        (ThingKind.PROMPT, _prompts()),
        (ThingKind.CARD, (_card(),)),
        (ThingKind.QUEUE, _queues()),
        (ThingKind.SCENARIO, (_scenario(),)),
        (ThingKind.EXTENSION, _extensions()),
        (ThingKind.ROUTE, (_route(),)),
        (ThingKind.COMPANY, (_company(),)),
    ):
        yield from (Furniture(kind, body) for body in bodies)


def sounds() -> dict[str, dict[str, str]]:
    """Which file of demo/sounds each prompt has in each language."""
    keys = ("welcome", "wait", "nobody", "goodbye")
    return {key: {language: f"{key}-{language}.ogg" for language in ("ru", "en")} for key in keys}


def _company() -> Company:
    return Company(
        name="Тёплый дом",
        emergency=(EmergencyNumber(number="112", trunks=(TRUNK,)),),
        last_resort="101",
        held_before_last_resort=timedelta(seconds=15),
    )


def _projects() -> tuple[Project, ...]:
    return (Project(id="main", title="Сервис"),)


def _users() -> tuple[User, ...]:
    return (
        User(id="admin", name="Администратор", roles=("administrator",), department="ИТ"),
        User(id="olga", name="Ольга Лебедева", roles=("supervisor",), department="Колл-центр", position="Супервизор"),
        User(id="anna", name="Анна Соколова", roles=("operator",), department="Колл-центр", position="Оператор"),
        User(id="boris", name="Борис Волков", roles=("operator",), department="Колл-центр", position="Оператор"),
        User(id="vera", name="Вера Зайцева", roles=("operator",), department="Колл-центр", position="Оператор"),
        User(id="gleb", name="Глеб Орлов", department="Мастера", position="Мастер"),
    )


def _devices() -> tuple[Device, ...]:
    people = (*OPERATORS, "olga", "gleb")
    return tuple(Device(id=f"{person}-desk", user=person, title="Настольный телефон") for person in people)


def _trunk() -> Trunk:
    return Trunk(id=TRUNK, title="Демонстрационная линия", kind=TrunkKind.PEER, username="demo-carrier", caller_id=DID)


def _prompts() -> tuple[Prompt, ...]:
    return (
        Prompt(id="welcome", title="Приветствие и меню"),
        Prompt(id="wait", title="Перед ожиданием"),
        Prompt(id="nobody", title="Некому ответить"),
        Prompt(id="goodbye", title="Прощание"),
    )


def _card() -> Card:
    troubles = (
        Choice(key="no_heat", title=Title("No heating", "Нет отопления")),
        Choice(key="leak", title=Title("Leak", "Протечка")),
        Choice(key="boiler", title=Title("Boiler", "Котёл")),
        Choice(key="other", title=Title("Other", "Другое")),
    )
    return Card(
        id="request",
        title="Заявка на мастера",
        script="Здравствуйте, меня зовут {operator}, компания «Тёплый дом». Чем могу помочь?\n\n"
        "Уточните адрес и что случилось. Назовите время прихода мастера.",
        fields=(
            Field(key="name", title=Title("Name", "Имя"), filled_from="caller_name"),
            Field(key="phone", title=Title("Phone", "Телефон"), kind=FieldKind.PHONE, filled_from="caller_number"),
            Field(key="address", title=Title("Address", "Адрес"), required=True),
            Field(key="trouble", title=Title("What happened", "Что случилось"), kind=FieldKind.LIST, choices=troubles,
                  required=True),
            Field(key="words", title=Title("In the customer's words", "Словами клиента"), kind=FieldKind.LONG_TEXT),
            Field(key="urgent", title=Title("Urgent", "Срочно"), kind=FieldKind.CHECK_BOX),
            Field(key="visit", title=Title("Day of the visit", "День визита"), kind=FieldKind.DATE),
        ),
        dispositions=(
            Disposition(key="visit_agreed", title=Title("Visit agreed", "Визит назначен"), success=True),
            Disposition(key="answered", title=Title("Question answered", "Вопрос решён"), success=True),
            Disposition(key="refused", title=Title("Customer refused", "Клиент отказался")),
        ),
        disposition_required=True,
    )  # fmt: skip


def _queues() -> tuple[Queue, ...]:
    return (
        Queue(id="service", title="Вызов мастера", operators=OPERATORS, card="request",
              ring_for=timedelta(seconds=15), give_up_after=timedelta(minutes=3),
              wrap_up_limit=timedelta(seconds=60), norm=Norm(within=timedelta(seconds=20), share=0.8)),
        Queue(id="requests", title="Вопросы по заявкам", operators=("vera", "boris"), card="request", weight=5,
              ring_for=timedelta(seconds=15), give_up_after=timedelta(minutes=5)),
    )  # fmt: skip


def _scenario() -> ScenarioVersion:
    menu = {"prompt": "welcome", "tries": 2, "wait": 5.0}
    nodes = {
        "answer": Node(kind="answer", exits={"done": "whose"}),
        "whose": Node(kind="set_variable", params={"variable": "personal_operator", "value": _whose()}, exits={
            "done": "menu"}),
        "menu": Node(kind="menu", params={**menu, "keys": ["1", "2", "9"]}, exits={
            "1": "wait", "2": "wait_requests", "9": "english", "no_choice": "wait"}),
        "english": Node(kind="set_variable", params={"variable": "language", "value": '"en"'}, exits={
            "done": "english_menu"}),
        "english_menu": Node(kind="menu", params={**menu, "keys": ["1", "2"]}, exits={
            "1": "wait", "2": "wait_requests", "no_choice": "wait"}),
        "wait": Node(kind="play", params={"prompts": ["wait"]}, exits={"done": "service"}),
        "service": Node(kind="queue", params={"queue": "service"}, exits={
            "served": "goodbye", "waited_too_long": "nobody", "refused": "nobody"}),
        "wait_requests": Node(kind="play", params={"prompts": ["wait"]}, exits={"done": "requests"}),
        "requests": Node(kind="queue", params={"queue": "requests"}, exits={
            "served": "goodbye", "waited_too_long": "nobody", "refused": "nobody"}),
        "nobody": Node(kind="play", params={"prompts": ["nobody"]}, exits={"done": "end"}),
        "goodbye": Node(kind="play", params={"prompts": ["goodbye"]}, exits={"done": "end"}),
        "end": Node(kind="hang_up"),
    }  # fmt: skip
    return ScenarioVersion(id="main", title="Главное меню", graph=Graph(start="answer", nodes=nodes))


def _whose() -> str:
    """Whose direct number was dialled; empty for the others."""
    return "".join(f'vars.dialled == "{number}" ? "{user}" : ' for user, number in DIRECT.items()) + '""'


def _extensions() -> tuple[Extension, ...]:
    people = dict(zip(("101", "102", "103", "110", "120"), (*OPERATORS, "olga", "gleb"), strict=True))
    to_people = [Extension(number=n, target=Target(kind=TargetKind.USER, key=user)) for n, user in people.items()]
    return (
        *to_people,
        Extension(number="400", target=Target(kind=TargetKind.QUEUE, key="service")),
        Extension(number="500", target=Target(kind=TargetKind.SCENARIO, key="main")),
        *(Extension(number=n, target=Target(kind=TargetKind.SERVICE, key=Service.PARKING)) for n in ("701", "702")),
        Extension(number="*8", target=Target(kind=TargetKind.SERVICE, key=Service.PICK_UP)),
    )


def _route() -> Route:
    target = Target(kind=TargetKind.SCENARIO, key="main")
    return Route(id="main", title="Все входящие", trunk=TRUNK, target=target)
