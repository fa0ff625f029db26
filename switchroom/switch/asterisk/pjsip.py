"""Devices and trunks as PJSIP objects: for the configuration file, and for objects made through ARI just in time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from switchroom.switch.asterisk.description import Device, SwitchDescription, Transport, Trunk, TrunkKind
from switchroom.switch.asterisk.sections import Section, Value, section

VIA = "SWITCHROOM_VIA"
"""The channel variable with the name of the device or trunk that a leg belongs to."""
# A REFER of a phone is then told to us and moves nothing by itself.
_TRANSFERS = "PJSIP_TRANSFER_HANDLING()=ari-only"
FROM_DEVICE, FROM_TRUNK = "from-device", "from-trunk"
Fields = Mapping[str, Value | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PjsipObject:
    """An `endpoint`, `auth`, `aor`, `identify` or `registration`."""

    kind: str
    name: str
    fields: Fields

    def section(self) -> Section:
        """The object in pjsip.conf."""
        return section(self.name, {"type": self.kind, **self.fields})

    def attributes(self) -> list[dict[str, str]]:
        """The object as the body of `PUT asterisk/config/dynamic/res_pjsip/{kind}/{name}`."""
        return [{"attribute": key, "value": value} for key, value in self.section().lines if key != "type"]


_NOBODY = PjsipObject("endpoint", "house.nobody", {"context": FROM_TRUNK, "identify_by": "ip", "allow": "alaw"})
"""In a new house there is no phone yet, and Asterisk refuses to tell about phones while there is not one of them.

No address is told to be its own, it has no contacts, and no configured thing can have its name.
"""


def pjsip_sections(description: SwitchDescription) -> Iterator[Section]:
    """All of pjsip.conf."""
    yield from _frame(description)
    if not description.devices and not description.trunks:
        yield _NOBODY.section()
    for device in description.devices:
        yield from (made.section() for made in device_objects(device, description))
    for trunk in description.trunks:
        yield from (made.section() for made in _trunk_objects(trunk, description))


def _frame(description: SwitchDescription) -> Iterator[Section]:
    # No `anonymous` identifier is loaded at all: who is neither known nor proves a password reaches no dialplan.
    yield section("global", {
        "type": "global", "user_agent": "Switchroom",
        "endpoint_identifier_order": "username,auth_username,ip,anonymous", "default_realm": "switchroom",
        "max_initial_qualify_time": 2, "keep_alive_interval": 60,
    })
    yield section("system", {"type": "system"})
    outside = description.outside_address
    for transport in Transport:
        port = "" if transport is Transport.WS else f":{description.ports.sip}"
        yield section(transport, {
            "type": "transport", "protocol": transport, "bind": f"{description.bind}{port}",
            "external_media_address": outside, "external_signaling_address": outside,
            "local_net": description.local_networks if outside else (),
        })


def device_objects(device: Device, description: SwitchDescription) -> list[PjsipObject]:
    """The three objects of a device. A browser's can be made through ARI, live at once, lost with the process."""
    number = next((ext.number for ext in description.extensions if device.name in ext.devices), "")
    endpoint: dict[str, Value | tuple[str, ...]] = {
        **_every_endpoint(description, device.name, device.codecs),
        "context": FROM_DEVICE, "auth": device.name, "aors": device.name, "identify_by": "username",
        "callerid": f"<{number}>" if number else "", "dtmf_mode": "auto_info", "rewrite_contact": not device.browser,
        "transport": "" if len(device.transports) > 1 or device.browser else "".join(device.transports),
    }
    if device.browser:
        endpoint |= {"webrtc": True, "dtmf_mode": "auto", "rtp_timeout": 6, "rtp_timeout_hold": 300}
    elif device.silence_ends_after:
        endpoint |= {"rtp_timeout": device.silence_ends_after, "rtp_timeout_hold": 600}
    return [
        PjsipObject("auth", device.name, _auth(device.username or device.name, device.password)),
        PjsipObject("aor", device.name, _registered(device)),
        PjsipObject("endpoint", device.name, endpoint),
    ]


def _every_endpoint(description: SwitchDescription, via: str, codecs: tuple[str, ...]) -> Fields:
    return {
        "disallow": "all", "allow": ",".join(codecs), "direct_media": False, "rtp_symmetric": True, "force_rport": True,
        "allow_subscribe": False, "tos_audio": "ef", "language": description.language,
        "tone_zone": description.tone_zone, "set_var": (f"{VIA}={via}", _TRANSFERS), **_media_address(description),
    }


def _media_address(description: SwitchDescription) -> Fields:
    everywhere = description.bind in ("0.0.0.0", "::")
    return {} if everywhere else {"media_address": description.bind, "bind_rtp_to_media_address": True}


def _auth(username: str, password: str) -> Fields:
    return {"auth_type": "digest", "username": username, "password": password}


def _registered(device: Device) -> Fields:
    qualify: Fields = {} if device.browser else {"qualify_frequency": 30, "qualify_timeout": "3.0"}
    return {
        "max_contacts": device.max_contacts, "remove_existing": True, "remove_unavailable": True,
        "support_path": False, "minimum_expiration": 30, "default_expiration": 60 if device.browser else 120,
        "maximum_expiration": 60 if device.browser else 3600, **qualify,
    }


def _trunk_objects(trunk: Trunk, description: SwitchDescription) -> Iterator[PjsipObject]:
    endpoint = _trunk_endpoint(trunk, description)
    yield PjsipObject("endpoint", trunk.name, endpoint)
    yield PjsipObject("aor", _aor_name(trunk), _trunk_aor(trunk))
    if trunk.username:
        yield PjsipObject("auth", trunk.name, _auth(trunk.username, trunk.password))
    if trunk.kind is TrunkKind.PEER and trunk.username != trunk.name:
        # Who signs in is looked up by the name in the request, so the same endpoint exists under that name, too.
        yield PjsipObject("endpoint", trunk.username, endpoint)
    matched = (*trunk.addresses, *((trunk.host,) if trunk.kind is TrunkKind.BY_IP else ()))
    if matched and trunk.kind is not TrunkKind.PEER:
        match: Fields = {"endpoint": trunk.name, "match": tuple(dict.fromkeys(matched)), "srv_lookups": False}
        yield PjsipObject("identify", trunk.name, match)
    if trunk.kind is TrunkKind.REGISTERING:
        yield PjsipObject("registration", trunk.name, _registration(trunk))


def _trunk_endpoint(trunk: Trunk, description: SwitchDescription) -> Fields:
    peer = trunk.kind is TrunkKind.PEER
    own_name = trunk.username if trunk.kind is TrunkKind.REGISTERING else ""
    return {
        **_every_endpoint(description, trunk.name, trunk.codecs),
        "context": FROM_TRUNK, "aors": _aor_name(trunk), "dtmf_mode": trunk.dtmf, "allow_transfer": False,
        "transport": trunk.transport, "trust_id_inbound": True, "send_pai": True,
        "identify_by": "username,auth_username" if peer else "ip", "auth": trunk.name if peer else "",
        "outbound_auth": trunk.name if trunk.username and trunk.host else "", "from_user": own_name,
        "from_domain": trunk.host if own_name else "", **_proxy(trunk),
    }


def _proxy(trunk: Trunk) -> Fields:
    return {"outbound_proxy": f"sip:{trunk.proxy}\\;lr"} if trunk.proxy else {}


def _aor_name(trunk: Trunk) -> str:
    """A peer may register, and does so by the name that it signs in with."""
    return trunk.username if trunk.kind is TrunkKind.PEER else trunk.name


def _trunk_aor(trunk: Trunk) -> Fields:
    if not trunk.host:
        return {"max_contacts": 1, "remove_existing": True, "qualify_frequency": trunk.qualify_seconds}
    contact = f"sip:{_address(trunk)}"
    return {
        "contact": contact, "qualify_frequency": trunk.qualify_seconds, "qualify_timeout": "3.0", **_proxy(trunk),
    }


def _address(trunk: Trunk) -> str:
    host = f"[{trunk.host}]" if ":" in trunk.host else trunk.host
    return f"{host}:{trunk.port}" + ("" if trunk.transport is Transport.UDP else f"\\;transport={trunk.transport}")


def _registration(trunk: Trunk) -> Fields:
    address = _address(trunk)
    return {
        "server_uri": f"sip:{address}", "client_uri": f"sip:{trunk.username}@{address}",
        "contact_user": trunk.username, "outbound_auth": trunk.name, "transport": trunk.transport, "line": True,
        "endpoint": trunk.name, "expiration": 300, "retry_interval": 20, "max_retries": 100_000,
        # A wrong password is tried again seldom: carriers lock out whoever hammers.
        "auth_rejection_permanent": False, "forbidden_retry_interval": 300, "fatal_retry_interval": 300,
        **_proxy(trunk),
    }
