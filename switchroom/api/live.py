"""Phones and trunks as the switch sees them at this moment: where they are, how soon they answer, why not."""

from collections.abc import Collection, Mapping
from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House, Me, Rooms
from switchroom.api.errors import PROBLEMS
from switchroom.api.words import Why, why
from switchroom.domain.access import Right
from switchroom.domain.devices import Device, DeviceKind, browser_device
from switchroom.domain.people import Secret
from switchroom.domain.trunks import TrunkKind
from switchroom.switch.port import Contact, SwitchLost

router = APIRouter(prefix="/api", responses=PROBLEMS)


class ContactOut(BaseModel):
    """Where it signed in from. `answers` null: it is not asked; `until`: forgotten then, unless it signs in again."""

    address: str
    agent: str
    answers: bool | None
    latency_ms: float | None
    until: datetime | None


class DeviceLive(BaseModel):
    """One phone. `reachable`: it would ring now. A browser's address is that of our own doors, so it is left out."""

    device: str
    user: str
    title: str
    kind: DeviceKind
    reachable: bool
    has_password: bool
    contacts: list[ContactOut]


class DevicesLive(BaseModel):
    """`switch_up` false: the switch can't be asked, and nothing is known."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "now": "2026-11-24T12:00:00Z", "switch_up": True,
                "devices": [
                    {
                        "device": "anna-desk", "user": "anna", "title": "Стол", "kind": "sip", "reachable": True,
                        "has_password": True,
                        "contacts": [
                            {
                                "address": "192.0.2.40:5060", "agent": "Yealink SIP-T46U 108.86.0.118",
                                "answers": True, "latency_ms": 1.6, "until": "2026-11-24T12:41:10Z",
                            }
                        ],
                    }
                ],
            }
        }
    )  # fmt: skip

    now: datetime
    switch_up: bool
    devices: list[DeviceLive]


class TrunkLive(BaseModel):
    """One trunk. `up` null: not known yet. `contact` is the other side where it signs in to us, or answers us."""

    trunk: str
    title: str
    kind: TrunkKind
    up: bool | None
    since: datetime | None
    why: Why | None
    has_password: bool
    busy: int
    most: int
    contact: ContactOut | None


class TrunksLive(BaseModel):
    """`switch_up` false: the switch can't be asked, and what is told is of before."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "now": "2026-11-24T12:00:00Z", "switch_up": True,
                "trunks": [
                    {
                        "trunk": "carrier", "title": "Оператор связи", "kind": "registering", "up": False,
                        "since": "2026-11-24T11:40:02Z",
                        "why": {
                            "code": "wrong_password",
                            "en": "sip.example.com does not accept the name 74951234567 with this password. "
                            "Set the one that the carrier gave you.",
                            "ru": "sip.example.com не принимает имя 74951234567 с этим паролем. "
                            "Задайте пароль, который дал оператор связи.",
                        },
                        "has_password": True, "busy": 0, "most": 30, "contact": None,
                    }
                ],
            }
        }
    )  # fmt: skip

    now: datetime
    switch_up: bool
    trunks: list[TrunkLive]


@router.get("/devices/live", operation_id="devices_live", tags=["devices"], summary="All phones at this moment")
async def devices_live(house: House, me: Me) -> DevicesLive:
    """Needs `administer`. Asked of the switch now: registered or not, from where, with what, how soon it answers."""
    me.scope.need(Right.ADMINISTER)
    setup = house.engine.setup
    devices = [*setup.devices.values(), *(d for u in setup.users if (d := setup.device(browser_device(u).id)))]
    contacts = await _contacts(house, [device.id for device in devices])
    return DevicesLive(
        now=house.wall(),
        switch_up=contacts is not None,
        devices=[_device(house, device, (contacts or {}).get(device.id, ())) for device in devices],
    )


@router.get("/trunks/live", operation_id="trunks_live", tags=["trunks"], summary="All trunks at this moment")
async def trunks_live(house: House, me: Me) -> TrunksLive:
    """Needs `administer`. Asked of the switch now: up or not, since when, and why not, in words."""
    me.scope.need(Right.ADMINISTER)
    await house.watch.look()
    contacts = await _contacts(house, [trunk.signs_in_as for trunk in house.engine.setup.trunks.values()])
    trunks = house.engine.setup.trunks
    return TrunksLive(
        now=house.wall(),
        switch_up=contacts is not None,
        trunks=[_trunk(house, key, contacts or {}) for key in sorted(trunks)],
    )


async def _contacts(house: Rooms, names: Collection[str]) -> Mapping[str, tuple[Contact, ...]] | None:
    """None while the switch can't be asked."""
    try:
        return await house.looks.contacts(names)
    except SwitchLost:
        return None


def _device(house: Rooms, device: Device, contacts: tuple[Contact, ...]) -> DeviceLive:
    shown = house.engine.desk.shown.get(device.user)  # type: ignore[call-overload]  # its key
    browser = device.kind is DeviceKind.BROWSER
    return DeviceLive(
        device=device.id,
        user=device.user,
        title=device.title,
        kind=device.kind,
        reachable=shown is not None and device.id in shown.devices,
        has_password=browser or _has_password(house, f"device:{device.id}"),
        contacts=[_contact(contact, hidden=browser) for contact in contacts],
    )


def _trunk(house: Rooms, key: str, contacts: Mapping[str, tuple[Contact, ...]]) -> TrunkLive:
    trunk, now = house.engine.setup.trunks[key], house.engine.trunks.now(key)
    there = next((c for c in contacts.get(trunk.signs_in_as, ()) if c.answers is not False), None)
    return TrunkLive(
        trunk=key,
        title=trunk.title,
        kind=trunk.kind,
        up=now.standing.up,
        since=now.since,
        why=why(now.standing.why) if now.standing.why else None,
        has_password=_has_password(house, f"trunk:{key}"),
        busy=house.engine.lines.used().get(key, 0),
        most=trunk.most_channels,
        contact=_contact(there) if there else None,
    )


def _has_password(house: Rooms, name: str) -> bool:
    return bool(house.engine.setup.passwords.get(name, Secret(None)).reveal())


def _contact(contact: Contact, *, hidden: bool = False) -> ContactOut:
    return ContactOut(
        address="" if hidden else contact.address,
        agent=contact.agent,
        answers=contact.answers,
        latency_ms=round(contact.latency.total_seconds() * 1000, 1) if contact.latency is not None else None,
        until=contact.until,
    )
