"""The published configuration: one immutable, versioned picture, swapped whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from switchroom.domain.access import BUILT_IN_ROLES, Role
from switchroom.domain.calendars import Calendar
from switchroom.domain.caller_lists import CallerList
from switchroom.domain.cards import Card
from switchroom.domain.company import Company
from switchroom.domain.contacts import ContactList
from switchroom.domain.devices import Device, browser_device, user_in_browser
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.groups import Group
from switchroom.domain.modes import Mode
from switchroom.domain.outbound import Dialling, OutboundRoute, TriedOutbound, dialling_of, tried, way_out
from switchroom.domain.paging import Paging
from switchroom.domain.people import Secret
from switchroom.domain.projects import Project
from switchroom.domain.prompts import Prompt
from switchroom.domain.queues import Queue
from switchroom.domain.recording_rules import RecordingRule
from switchroom.domain.rooms import Room
from switchroom.domain.routes import Arriving, Known, Route, Tried
from switchroom.domain.scenario.graph import ScenarioVersion
from switchroom.domain.service_classes import ServiceClass
from switchroom.domain.tariffs import Price, Tariff
from switchroom.domain.trunks import Trunk
from switchroom.domain.users import User

T = TypeVar("T")


def number_of(setup: "Setup", user: str) -> str:
    """The first extension that leads to this user; empty if none does."""
    for number, extension in sorted(setup.extensions.items()):
        if extension.target.kind is TargetKind.USER and extension.target.key == user:
            return number
    return ""


def colleagues(setup: "Setup", me: str | None) -> frozenset[str]:
    """Those with whom this user shares a group or a department: what rings at one, another may pick up."""
    mine = setup.users.get(me or "")
    department = mine.department if mine else ""
    same = {key for key, user in setup.users.items() if department and user.department == department}
    groups = (set(group.members) for group in setup.groups.values() if me in group.members)
    return frozenset(same.union(*groups) - {me or ""})


def _none() -> Mapping[str, T]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Everything configured, by key, as of one revision. Scenarios and cards by (key, version) for running calls."""

    revision: int = 0
    company: Company = field(default_factory=Company)
    projects: Mapping[str, Project] = field(default_factory=_none)
    roles: Mapping[str, Role] = field(default_factory=lambda: {r.id: r for r in BUILT_IN_ROLES})
    users: Mapping[str, User] = field(default_factory=_none)
    devices: Mapping[str, Device] = field(default_factory=_none)
    trunks: Mapping[str, Trunk] = field(default_factory=_none)
    extensions: Mapping[str, Extension] = field(default_factory=_none)
    calendars: Mapping[str, Calendar] = field(default_factory=_none)
    routes: Mapping[str, Route] = field(default_factory=_none)
    outbound_routes: Mapping[str, OutboundRoute] = field(default_factory=_none)
    service_classes: Mapping[str, ServiceClass] = field(default_factory=_none)
    caller_lists: Mapping[str, CallerList] = field(default_factory=_none)
    contact_lists: Mapping[str, ContactList] = field(default_factory=_none)
    modes: Mapping[str, Mode] = field(default_factory=_none)
    tariffs: Mapping[str, Tariff] = field(default_factory=_none)
    recording_rules: Mapping[str, RecordingRule] = field(default_factory=_none)
    groups: Mapping[str, Group] = field(default_factory=_none)
    pagings: Mapping[str, Paging] = field(default_factory=_none)
    rooms: Mapping[str, Room] = field(default_factory=_none)
    queues: Mapping[str, Queue] = field(default_factory=_none)
    cards: Mapping[str, Card] = field(default_factory=_none)
    prompts: Mapping[str, Prompt] = field(default_factory=_none)
    scenarios: Mapping[str, ScenarioVersion] = field(default_factory=_none)
    passwords: Mapping[str, Secret] = field(default_factory=_none)
    """What devices and trunks sign in with, by `device:KEY` and `trunk:KEY`; PINs of rooms by `room:KEY`."""
    versions: Mapping[str, int] = field(default_factory=_none)
    """The version of each published thing, by `kind:KEY`."""

    def devices_of(self, user: str) -> tuple[Device, ...]:
        """Where this user can be rung, in the order of their keys."""
        return tuple(d for _, d in sorted(self.devices.items()) if d.user == user)

    def device(self, key: str) -> Device | None:
        """A configured device, or the phone in the browser of a user who may have one."""
        user = self.users.get(user_in_browser(key) or "")
        if user is None:
            return self.devices.get(key)
        return browser_device(user.id) if user.active and user.calls_in_browser else None

    def every_device(self) -> Iterator[str]:
        """Keys of all devices, those in browsers too."""
        yield from self.devices
        yield from (browser_device(user).id for user in self.users if self.device(browser_device(user).id))

    def language_of(self, user: str) -> str:
        """The language that this user reads."""
        found = self.users.get(user)
        return (found.language if found else None) or self.company.language

    def version(self, kind: str, key: str) -> int:
        """The published version of a thing; 0 for what is built in."""
        return self.versions.get(f"{kind}:{key}", 0)

    def route_of(self, arriving: Arriving) -> Route | None:
        """The first inbound route that matches."""
        known = self.known_to_routes()
        return next((route for route in self.routes_in_order() if route.refusal(arriving, known) is None), None)

    def tried_routes(self, arriving: Arriving) -> Iterator[Tried]:
        """Every route in its order, and why it matches, or does not."""
        known = self.known_to_routes()
        for route in self.routes_in_order():
            refusal = route.refusal(arriving, known)
            yield Tried(route, refusal is None, refusal or route.match(arriving, known))

    def routes_in_order(self) -> list[Route]:
        """The inbound routes as they are tried."""
        return sorted(self.routes.values(), key=lambda r: (r.order, r.id))

    def known_to_routes(self) -> Known:
        """What inbound routes name."""
        titles = {key: trunk.title for key, trunk in self.trunks.items()}
        return Known(
            trunks=titles, calendars=self.calendars, modes=self.modes, lists=self.caller_lists,
            contact_lists=self.contact_lists,
        )  # fmt: skip

    def dialling_of(self, user: str | None, dialled: str, moment: datetime, calls: int = 0) -> Dialling:
        """A call outside by this user, or by the house itself; `calls` counts their other calls outside."""
        found = self.users.get(user or "")
        service_class = self.service_classes.get(found.service_class or "") if found else None
        return dialling_of(dialled, self.company.country, service_class, moment, calls)

    def tried_outbound(self, dialling: Dialling) -> Iterator[TriedOutbound]:
        """Every outbound route in its order, and why it does not match, if it does not."""
        return tried(self.outbound_routes, self.calendars, dialling)

    def way_out(self, number: str) -> OutboundRoute | None:
        """The outbound route by which the house itself calls this number, whoever else may and when."""
        return way_out(self.outbound_routes, self.company.country, number)

    def price_of(self, trunk: str, number: str) -> Price | None:
        """What a call to an E.164 number costs by this trunk; None where no tariff says it."""
        found = self.trunks.get(trunk)
        tariff = self.tariffs.get(found.tariff or "") if found else None
        return tariff.price_of(number) if tariff else None

    def target_of(self, number: str) -> Target | None:
        """Where an extension leads; chains of extensions are followed, a loop leads nowhere."""
        seen: set[str] = set()
        while number not in seen and number in self.extensions:
            seen.add(number)
            target = self.extensions[number].target
            if target.kind is not TargetKind.EXTENSION:
                return target
            number = target.key
        return None
