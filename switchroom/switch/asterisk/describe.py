"""From the published configuration to what the switch has to know."""

from collections.abc import Iterator
from dataclasses import replace

from switchroom.domain.devices import Device as ConfiguredDevice
from switchroom.domain.devices import DeviceKind
from switchroom.domain.extensions import TargetKind
from switchroom.domain.people import Secret
from switchroom.domain.setup import Setup
from switchroom.domain.trunks import Dtmf as ConfiguredDtmf
from switchroom.domain.trunks import Trunk as ConfiguredTrunk
from switchroom.domain.trunks import TrunkKind as ConfiguredKind
from switchroom.switch.asterisk.description import (
    Device,
    Dtmf,
    Emergency,
    LastResort,
    StaticExtension,
    SwitchDescription,
    Trunk,
    TrunkKind,
    Way,
)

_DTMFS = {
    ConfiguredDtmf.AUTO: Dtmf.AUTO_INFO,
    ConfiguredDtmf.RFC4733: Dtmf.RFC4733,
    ConfiguredDtmf.INFO: Dtmf.INFO,
    ConfiguredDtmf.INBAND: Dtmf.INBAND,
}
_KINDS = {
    ConfiguredKind.REGISTERING: TrunkKind.REGISTERING,
    ConfiguredKind.BY_ADDRESS: TrunkKind.BY_IP,
    ConfiguredKind.PEER: TrunkKind.PEER,
}


def described(setup: Setup, base: SwitchDescription) -> SwitchDescription:
    """`base` has what is the machine's: folders, ports, addresses; all the rest comes from the picture.

    A phone or a trunk without a password is left out: nobody could sign in. Browsers' phones are made just in time.
    """
    return replace(
        base,
        devices=tuple(_devices(setup)),
        trunks=tuple(_trunks(setup)),
        extensions=tuple(_extensions(setup)),
        emergencies=tuple(_emergencies(setup)),
        last_resort=_last_resort(setup),
        language=setup.company.language,
        tone_zone="ru" if setup.company.country == "RU" else "us",
    )


def without_password(setup: Setup) -> list[str]:
    """Devices and trunks that can't sign in yet, as `device anna-desk`."""
    devices = [f"device {d.id}" for d in setup.devices.values() if d.kind is DeviceKind.SIP and not _password(setup, d)]
    return devices + [f"trunk {t.id}" for t in setup.trunks.values() if _needs(t) and not _password(setup, t)]


def _password(setup: Setup, thing: ConfiguredDevice | ConfiguredTrunk) -> str:
    kind = "trunk" if isinstance(thing, ConfiguredTrunk) else "device"
    return setup.passwords.get(f"{kind}:{thing.id}", Secret(None)).reveal() or ""


def _devices(setup: Setup) -> Iterator[Device]:
    for key, device in sorted(setup.devices.items()):
        password = _password(setup, device)
        if device.kind is DeviceKind.SIP and password:
            yield Device(name=key, password=password, max_contacts=device.most_contacts)


def _needs(trunk: ConfiguredTrunk) -> bool:
    return trunk.kind is not ConfiguredKind.BY_ADDRESS


def _trunks(setup: Setup) -> Iterator[Trunk]:
    for key, trunk in sorted(setup.trunks.items()):
        password = _password(setup, trunk)
        if _needs(trunk) and not password:
            continue
        yield Trunk(
            name=key,
            kind=_KINDS[trunk.kind],
            host=trunk.host or "",
            port=trunk.port,
            username=trunk.username or "",
            password=password,
            codecs=trunk.codecs,
            addresses=trunk.sources,
            proxy=trunk.proxy or "",
            most_channels=trunk.most_channels,
            dtmf=_DTMFS[trunk.dtmf],
            caller_id=trunk.caller_id or "",
        )


def _extensions(setup: Setup) -> Iterator[StaticExtension]:
    """Numbers that lead to somebody's phones, also by way of other numbers."""
    known = {device.name for device in _devices(setup)}
    phones_of: dict[str, list[str]] = {}
    for key, device in sorted(setup.devices.items()):
        phones_of.setdefault(device.user, []).extend([key] if key in known else [])
    for number in sorted(setup.extensions):
        phones = tuple(phone for user in _users_at(setup, number) for phone in phones_of.get(user, ()))
        if phones:
            yield StaticExtension(number=number, devices=phones)


def _users_at(setup: Setup, number: str) -> Iterator[str]:
    """The user at a number, or all members of a group."""
    target = setup.target_of(number)
    if target is None or target.kind not in (TargetKind.USER, TargetKind.GROUP):
        return
    group = setup.groups.get(target.key) if target.kind is TargetKind.GROUP else None
    yield from group.members if group else (target.key,)


def _emergencies(setup: Setup) -> Iterator[Emergency]:
    known = {trunk.name for trunk in _trunks(setup)}
    for emergency in setup.company.emergency:
        number = emergency.sent_as or emergency.number
        ways = tuple(Way(trunk, number) for trunk in emergency.trunks if trunk in known)
        if ways:
            yield Emergency(number=emergency.number, ways=ways)


def _last_resort(setup: Setup) -> LastResort:
    after = round(setup.company.held_before_last_resort.total_seconds())
    phones = next((e.devices for e in _extensions(setup) if e.number == setup.company.last_resort), ())
    return LastResort(target=phones[0] if phones else None, after_seconds=after)
