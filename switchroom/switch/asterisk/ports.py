"""Ports for an instance: the ones asked for, or free ones that are kept for its next start."""

import random
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec

from switchroom.switch.asterisk.description import Ports
from switchroom.switch.asterisk.troubles import PortTaken
from switchroom.switch.asterisk.writer import replace

# Below 32768, where systems take ports for outgoing connections.
_SIP, _HTTP, _RTP = range(15060, 17000, 2), range(17000, 19000, 2), range(19000, 32000, 100)
_TRIES = 200


def is_free(address: str, port: int, kind: socket.SocketKind) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def ports_for(
    folder: Path, *, bind: str = "127.0.0.1", sip: int | None = None, http: int | None = None,
    rtp: tuple[int, int] | None = None, rtp_count: int = 2000, running: bool = False,
) -> Ports:
    """The ports of the instance in `folder`, which remembers them.

    Ports that are given are taken as they are; others are those of the last time if still free (or, with `running`,
    in any case), else free ones by chance: two instances that choose at once then hardly choose the same.
    Raises: PortTaken if a given port is in use by another.
    """
    kept = _kept(folder)
    if running and kept is not None:
        return kept
    first, last = rtp or _sound_ports(bind, kept, rtp_count)
    chosen = Ports(
        sip=_port("SIP", sip, kept.sip if kept else None, _SIP, lambda port: _sip_free(bind, port)),
        http=_port("HTTP", http, kept.http if kept else None, _HTTP, lambda port: _tcp_free("127.0.0.1", port)),
        rtp_first=first, rtp_last=last,
    )
    if chosen != kept:
        folder.mkdir(parents=True, exist_ok=True)
        replace(folder / "ports.json", msgspec.json.encode(chosen).decode())
    return chosen


def _kept(folder: Path) -> Ports | None:
    try:
        return msgspec.json.decode((folder / "ports.json").read_bytes(), type=Ports)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _tcp_free(address: str, port: int) -> bool:
    return is_free(address, port, socket.SOCK_STREAM)


def _sip_free(address: str, port: int) -> bool:
    return is_free(address, port, socket.SOCK_DGRAM) and is_free(address, port, socket.SOCK_STREAM)


def _port(purpose: str, given: int | None, kept: int | None, among: range, free: Callable[[int], bool]) -> int:
    if given is not None:
        if not free(given):
            raise PortTaken(port=given, purpose=purpose)
        return given
    if kept is not None and free(kept):
        return kept
    for _ in range(_TRIES):
        if free(port := random.choice(among)):
            return port
    raise PortTaken(port=f"{among.start}-{among.stop}", purpose=purpose)


def _sound_ports(bind: str, kept: Ports | None, count: int) -> tuple[int, int]:
    """A stretch for RTP. Asterisk passes over single ports that are taken, so a sample of it is enough."""
    if kept is not None:
        return kept.rtp_first, kept.rtp_last
    for _ in range(_TRIES):
        first = random.choice(_RTP)
        sample = range(first, first + count, max(2, count // 20))
        if first + count < 32768 and all(is_free(bind, port, socket.SOCK_DGRAM) for port in sample):
            break
    return first, first + count - 1
