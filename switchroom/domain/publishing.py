"""May this picture be published? Everything that is wrong with it at once, each at its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pydantic import ValidationError

from switchroom.domain.access import Right, Role
from switchroom.domain.calendars import Calendar
from switchroom.domain.caller_lists import CallerList
from switchroom.domain.cards import Card
from switchroom.domain.company import Company
from switchroom.domain.configured import Configured, Reference, ThingKind, references
from switchroom.domain.contacts import ContactIs, ContactList
from switchroom.domain.devices import Device
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.groups import Group
from switchroom.domain.modes import Mode
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.paging import Paging
from switchroom.domain.people import Secret
from switchroom.domain.projects import Project
from switchroom.domain.prompts import Prompt
from switchroom.domain.queues import Queue
from switchroom.domain.recording_rules import RecordingRule
from switchroom.domain.refusals import Refusal
from switchroom.domain.rooms import Room
from switchroom.domain.routes import Route
from switchroom.domain.scenario.graph import ScenarioKind, ScenarioVersion
from switchroom.domain.scenario.registry import COMPONENTS
from switchroom.domain.scenario.validation import problems
from switchroom.domain.service_classes import ServiceClass
from switchroom.domain.setup import Setup
from switchroom.domain.tariffs import Tariff
from switchroom.domain.titles import Title
from switchroom.domain.trunks import Trunk
from switchroom.domain.users import User

THE_COMPANY = "company"
"""The key of the one company."""

SHAPES: Mapping[ThingKind, type[Configured]] = {
    ThingKind.COMPANY: Company,
    ThingKind.PROJECT: Project,
    ThingKind.ROLE: Role,
    ThingKind.USER: User,
    ThingKind.DEVICE: Device,
    ThingKind.TRUNK: Trunk,
    ThingKind.PROMPT: Prompt,
    ThingKind.CARD: Card,
    ThingKind.GROUP: Group,
    ThingKind.PAGING: Paging,
    ThingKind.ROOM: Room,
    ThingKind.QUEUE: Queue,
    ThingKind.SCENARIO: ScenarioVersion,
    ThingKind.EXTENSION: Extension,
    ThingKind.ROUTE: Route,
    ThingKind.CALENDAR: Calendar,
    ThingKind.OUTBOUND_ROUTE: OutboundRoute,
    ThingKind.SERVICE_CLASS: ServiceClass,
    ThingKind.CALLER_LIST: CallerList,
    ThingKind.CONTACT_LIST: ContactList,
    ThingKind.MODE: Mode,
    ThingKind.TARIFF: Tariff,
    ThingKind.RECORDING_RULE: RecordingRule,
}
_SHELVES: Mapping[ThingKind, str] = {
    ThingKind.PROJECT: "projects",
    ThingKind.ROLE: "roles",
    ThingKind.USER: "users",
    ThingKind.DEVICE: "devices",
    ThingKind.TRUNK: "trunks",
    ThingKind.PROMPT: "prompts",
    ThingKind.CARD: "cards",
    ThingKind.GROUP: "groups",
    ThingKind.PAGING: "pagings",
    ThingKind.ROOM: "rooms",
    ThingKind.QUEUE: "queues",
    ThingKind.SCENARIO: "scenarios",
    ThingKind.EXTENSION: "extensions",
    ThingKind.ROUTE: "routes",
    ThingKind.CALENDAR: "calendars",
    ThingKind.OUTBOUND_ROUTE: "outbound_routes",
    ThingKind.SERVICE_CLASS: "service_classes",
    ThingKind.CALLER_LIST: "caller_lists",
    ThingKind.CONTACT_LIST: "contact_lists",
    ThingKind.MODE: "modes",
    ThingKind.TARIFF: "tariffs",
    ThingKind.RECORDING_RULE: "recording_rules",
}
TITLES: Mapping[ThingKind, Title] = {
    ThingKind.COMPANY: Title("company", "компания"),
    ThingKind.PROJECT: Title("project", "проект"),
    ThingKind.ROLE: Title("role", "роль"),
    ThingKind.USER: Title("user", "пользователь"),
    ThingKind.DEVICE: Title("device", "устройство"),
    ThingKind.TRUNK: Title("trunk", "линия"),
    ThingKind.PROMPT: Title("prompt", "подсказка"),
    ThingKind.CARD: Title("card", "карточка"),
    ThingKind.GROUP: Title("group", "группа"),
    ThingKind.PAGING: Title("paging", "громкая связь"),
    ThingKind.ROOM: Title("conference room", "комната конференций"),
    ThingKind.QUEUE: Title("queue", "очередь"),
    ThingKind.SCENARIO: Title("scenario", "сценарий"),
    ThingKind.EXTENSION: Title("extension", "внутренний номер"),
    ThingKind.ROUTE: Title("route", "маршрут"),
    ThingKind.CALENDAR: Title("calendar", "календарь"),
    ThingKind.OUTBOUND_ROUTE: Title("outbound route", "исходящий маршрут"),
    ThingKind.SERVICE_CLASS: Title("class of service", "класс обслуживания"),
    ThingKind.CALLER_LIST: Title("list of callers", "список звонящих"),
    ThingKind.CONTACT_LIST: Title("list of contacts", "список контактов"),
    ThingKind.MODE: Title("day and night", "день и ночь"),
    ThingKind.TARIFF: Title("tariff", "тариф"),
    ThingKind.RECORDING_RULE: Title("rule of recording", "правило записи"),
}


class NotPublishable(Refusal):
    """The picture would not hold together; `faults` are all that is wrong."""

    code = "setup.not_publishable"
    status = 422
    en = "This cannot be published yet: {faults}"
    ru = "Пока нельзя опубликовать: {faults}"

    def __init__(self, faults: Iterable["Fault"]) -> None:
        self.all = tuple(faults)
        super().__init__(faults=Title(*("; ".join(f.told_in(language) for f in self.all) for language in ("en", "ru"))))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: of which thing, at which field, in words."""

    kind: ThingKind
    key: str
    path: str
    title: Title

    def told_in(self, language: str) -> str:
        """What is wrong, and where."""
        place = " ".join(filter(None, (TITLES[self.kind].in_(language), self.key, self.path)))
        return f"{place}: {self.title.in_(language)}"


@dataclass(frozen=True, slots=True)
class Put:
    """Make a thing or change it. `based_on` is the version that was looked at; None does not care."""

    kind: ThingKind
    body: Configured
    based_on: int | None = None

    @property
    def key(self) -> str:
        """Of the thing."""
        return key_of(self.kind, self.body)


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a thing away; refused while others name it."""

    kind: ThingKind
    key: str
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class SetPassword:
    """What a device or a trunk signs in with; the PIN of a room."""

    kind: ThingKind
    key: str
    password: Secret


Wish = Put | Remove | SetPassword


def key_of(kind: ThingKind, body: Configured) -> str:
    """The key of a thing; there is one company only."""
    return THE_COMPANY if kind is ThingKind.COMPANY else str(body.id)  # type: ignore[attr-defined]  # all others have one


def shelf(setup: Setup, kind: ThingKind) -> Mapping[str, Configured]:
    """All things of a kind, by key."""
    if kind is ThingKind.COMPANY:
        return {THE_COMPANY: setup.company}
    things: Mapping[str, Configured] = getattr(setup, _SHELVES[kind])
    return things


def with_thing(setup: Setup, kind: ThingKind, key: str, body: Configured | None) -> Setup:
    """The picture with this thing put in, or taken out."""
    if kind is ThingKind.COMPANY:
        return replace(setup, company=body if isinstance(body, Company) else Company())
    things = {k: thing for k, thing in shelf(setup, kind).items() if k != key}
    if body is not None:
        things[key] = body
    return replace(setup, **{_SHELVES[kind]: MappingProxyType(things)})  # type: ignore[arg-type]  # a shelf of its kind


def with_things(setup: Setup, things: Iterable[tuple[ThingKind, str, Configured | None]]) -> Setup:
    """The same for many at once."""
    shelves: dict[ThingKind, dict[str, Configured]] = {}
    for kind, key, body in things:
        if kind is ThingKind.COMPANY:
            setup = with_thing(setup, kind, key, body)
            continue
        things_of_kind = shelves.setdefault(kind, dict(shelf(setup, kind)))
        if body is None:
            things_of_kind.pop(key, None)
        else:
            things_of_kind[key] = body
    changed = {_SHELVES[kind]: MappingProxyType(found) for kind, found in shelves.items()}
    return replace(setup, **changed)  # type: ignore[arg-type]  # each a shelf of its kind


def named_by(kind: ThingKind, body: Configured) -> Iterator[Reference]:
    """Everything that a thing names."""
    yield from references(body)
    if isinstance(body, Extension | Route):
        yield from _target(body.target)
    if isinstance(body, ScenarioVersion):
        yield from _named_by_nodes(body)


def users_of(setup: Setup, kind: ThingKind, key: str) -> list[str]:
    """Who names this thing, as `queue service`."""
    return [
        f"{other} {name}"
        for other in SHAPES
        for name, body in sorted(shelf(setup, other).items())
        if any(r.kind is kind and r.key == key for r in named_by(other, body)) and (other, name) != (kind, key)
    ]


def faults_of(setup: Setup, before: Setup) -> list[Fault]:
    """Everything that is wrong with a picture that is to come after another."""
    things = [(kind, key, body) for kind in SHAPES for key, body in shelf(setup, kind).items()]
    found = [fault for kind, key, body in things for fault in _of_thing(setup, kind, key, body)]
    of_all = (_of_extensions(setup), _of_overflows(setup), _of_sources(setup), _of_administrators(setup, before))
    return found + [fault for faults in of_all for fault in faults]


def _target(target: Target) -> Iterator[Reference]:
    if target.kind is TargetKind.VOICEMAIL:
        yield Reference(ThingKind.USER, target.key, "target.key")
    if target.kind.value in set(ThingKind):  # the house itself and the world outside are always there
        yield Reference(ThingKind(target.kind.value), target.key, "target.key")


def _named_by_nodes(scenario: ScenarioVersion) -> Iterator[Reference]:
    for key, node in scenario.graph.nodes.items():
        made = COMPONENTS.get(node.kind)
        if made is None:
            continue
        try:
            params = made.Params.model_validate(node.params)
        except ValidationError:
            continue  # told as a problem of the graph
        yield from references(params, f"graph.nodes.{key}.params")


def _of_thing(setup: Setup, kind: ThingKind, key: str, body: Configured) -> Iterator[Fault]:
    for reference in named_by(kind, body):
        if reference.key not in shelf(setup, reference.kind) and not _is_built_in(reference):
            yield Fault(kind, key, reference.path, _nothing(reference))
    if isinstance(body, Extension | Route) and _is_of_cards(setup, body.target):
        yield Fault(kind, key, "target.key", _OF_CARDS)
    if isinstance(body, Extension | Route) and _is_out_of_reach(setup, body.target):
        yield Fault(kind, key, "target.key", _OUT_OF_REACH)
    if isinstance(body, Route) and body.contact is not None:
        yield from _of_contact(setup, key, body.contact)
    if isinstance(body, ScenarioVersion):
        for problem in problems(body.graph, body.kind):
            yield Fault(kind, key, f"graph.nodes.{problem.node}.{problem.field}", problem.title)


def _of_contact(setup: Setup, key: str, wanted: ContactIs) -> Iterator[Fault]:
    of = setup.contact_lists.get(wanted.list)
    if of is not None and wanted.field is not None and of.field(wanted.field) is None:
        en, ru = f"“{of.title}” has no field {wanted.field}", f"в «{of.title}» нет поля {wanted.field}"
        yield Fault(ThingKind.ROUTE, key, "contact.field", Title(en, ru))


_OF_CARDS = Title("this scenario is one of cards and takes no calls", "это сценарий карточки, звонки он не принимает")


def _is_of_cards(setup: Setup, target: Target) -> bool:
    scenario = setup.scenarios.get(target.key) if target.kind is TargetKind.SCENARIO else None
    return scenario is not None and scenario.kind is not ScenarioKind.CALL


_OUT_OF_REACH = Title("no outbound route has this number", "ни один исходящий маршрут этот номер не берёт")


def _is_out_of_reach(setup: Setup, target: Target) -> bool:
    return target.kind is TargetKind.OUTSIDE and setup.way_out(target.key) is None


def _is_built_in(reference: Reference) -> bool:
    """The project `main` is always there."""
    return reference.kind is ThingKind.PROJECT and reference.key == "main"


def _nothing(reference: Reference) -> Title:
    title = TITLES[reference.kind]
    return Title(f"there is no {title.en} {reference.key}", f"нет такого: {title.ru} {reference.key}")


def _of_extensions(setup: Setup) -> Iterator[Fault]:
    for number, extension in setup.extensions.items():
        leads_on = extension.target.kind is TargetKind.EXTENSION and extension.target.key in setup.extensions
        if leads_on and setup.target_of(number) is None:
            circle = Title("leads in a circle, or to nothing", "ведёт по кругу или в никуда")
            yield Fault(ThingKind.EXTENSION, number, "target", circle)


def _of_overflows(setup: Setup) -> Iterator[Fault]:
    """A caller whom nobody takes must come to an end, not go round for ever."""
    for key in setup.groups:
        if _goes_round(setup, key):
            circle = Title("the overflow leads in a circle", "переполнение ведёт по кругу")
            yield Fault(ThingKind.GROUP, key, "overflow", circle)


def _goes_round(setup: Setup, key: str) -> bool:
    seen: set[str] = set()
    following: str | None = key
    while following is not None and following not in seen:
        seen.add(following)
        target = setup.target_of(setup.groups[following].overflow or "")
        following = target.key if target and target.kind is TargetKind.GROUP and target.key in setup.groups else None
    return following == key


def _of_sources(setup: Setup) -> Iterator[Fault]:
    """A call is known by where it comes from: an address can't stand for two carriers."""
    for key, trunk in setup.trunks.items():
        for place, source in enumerate(trunk.sources):
            for other in setup.trunks.values():
                if other.id != key and other.takes_calls_from(source):
                    yield Fault(ThingKind.TRUNK, key, f"sources.{place}", _taken(source, other))


def _taken(source: str, by: Trunk) -> Title:
    return Title(
        f"calls from {source} are taken for calls of “{by.title}”",
        f"звонки с {source} считаются звонками линии «{by.title}»",
    )


def _of_administrators(setup: Setup, before: Setup) -> Iterator[Fault]:
    """The last one who can administer the others stays."""
    if administrators(before) and not administrators(setup):
        nobody = Title("nobody could administer any more", "не останется ни одного администратора")
        yield Fault(ThingKind.USER, "", "roles", nobody)


def administrators(setup: Setup) -> list[User]:
    """Who can administer, and sign in."""
    return [user for user in setup.users.values() if _administers(setup, user)]


def _administers(setup: Setup, user: User) -> bool:
    roles = (setup.roles[key] for key in user.roles if key in setup.roles)
    return user.active and any(Right.ADMINISTER in role.rights for role in roles)
