"""What a phone is told so that it can sign in: where the switch is, its name, and all of it in the form of Linphone."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from switchroom.domain.titles import Title

REALM = "switchroom"
"""What digest passwords are good for, as the switch says it."""
TRANSPORTS = ("udp", "tcp")
_LIVES_FOR = 600
ONLY_HERE = Title(
    "Only programs on this machine can reach the switch. Start Switchroom with --sip-bind 0.0.0.0 for other phones.",
    "До коммутатора доходят только программы этой машины. Для других телефонов запустите Switchroom с "
    "--sip-bind 0.0.0.0.",
)
OPENED_HERE = Title(
    "You opened this page by an address that only this machine understands. Open it as the phone will reach it.",
    "Вы открыли эту страницу по адресу, который понятен только этой машине. Откройте её так, как её увидит телефон.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SipDoor:
    """Where phones reach the switch: what it listens at, and how it is seen from beyond a NAT."""

    bind: str
    port: int
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """What a phone has to be told; `remark` if it will not do for every phone."""

    host: str
    port: int
    remark: Title | None = None


def server_of(door: SipDoor, asked_at: str) -> Server:
    """`asked_at` is the host by which the administrator's page was reached."""
    if _is_here(door.bind):
        return Server(door.bind, door.port, ONLY_HERE)
    if door.outside:
        return Server(door.outside, door.port)
    if door.bind not in ("0.0.0.0", "::"):
        return Server(door.bind, door.port)
    return Server(asked_at, door.port, OPENED_HERE if _is_here(asked_at) else None)


def is_out_of_reach(host: str) -> Title | None:
    """Why a phone will not find a page at this host; None if it may."""
    return OPENED_HERE if _is_here(host) else None


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One phone at the switch."""

    user: str
    name: str
    server: Server


def for_linphone(account: Account, password: str) -> str:
    """The account as Linphone takes it by remote provisioning."""
    host = f"[{account.server.host}]" if ":" in account.server.host else account.server.host
    signs_in = {"username": account.user, "passwd": password, "realm": REALM, "domain": host}
    shown = "".join(c for c in account.name if c not in '"\\<>')
    proxy = {
        "reg_proxy": f"<sip:{host}:{account.server.port};transport={TRANSPORTS[0]}>",
        "reg_identity": f'"{shown}" <sip:{account.user}@{host}>', "reg_expires": str(_LIVES_FOR),
        "reg_sendregister": "1", "publish": "0", "realm": REALM,
    }  # fmt: skip
    sections = {"sip": {"default_proxy": "0"}, "auth_info_0": signs_in, "proxy_0": proxy}
    body = "".join(_section(name, entries) for name, entries in sections.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">\n{body}</config>\n'
    )


def _section(name: str, entries: Mapping[str, str]) -> str:
    entry = '    <entry name="{}" overwrite="true">{}</entry>\n'
    lines = "".join(entry.format(key, escape(value)) for key, value in entries.items())
    return f'  <section name="{name}">\n{lines}  </section>\n'
