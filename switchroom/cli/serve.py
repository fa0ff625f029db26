"""`switchroom serve`: the process that serves; `up` starts it, and starts it again."""

import asyncio
from dataclasses import replace

import structlog
import uvicorn
import uvloop

from demo.load import accounts
from demo.stage import Stage
from switchroom import house
from switchroom.api.app import make_app
from switchroom.api.deps import Rooms
from switchroom.cli import doors, processes
from switchroom.settings import Settings, SwitchKind
from switchroom.storage.certificates import Certificates, Pair
from switchroom.storage.ledger import TakenOver

log = structlog.get_logger()


def serve(settings: Settings) -> int:
    """Run the engine and the doors until SIGTERM; returns the exit code."""
    processes.die_with_keeper()
    return uvloop.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    built = house.build(settings)
    pair = doors.pair_of(settings)
    config = uvicorn.Config(
        make_app(_with_demo(_secured(built.rooms, settings, pair), settings)),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        ws="websockets-sansio",
        # A fact is encoded once for all; packing it for each viewer anew doubled its cost (5.5 to 11 µs a message).
        ws_per_message_deflate=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    door = processes.inherited_door()
    server = doors.SecureDoors(config, settings, doors.context_of(pair)) if pair else uvicorn.Server(config)
    processes.collect_garbage_seldom()
    running = asyncio.create_task(built.run(), name="house")
    serving = asyncio.create_task(server.serve(sockets=[door] if door else None), name="doors")
    try:
        await asyncio.wait((running, serving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        await asyncio.wait((serving,), timeout=5)
        running.cancel()
        done = await asyncio.gather(running, return_exceptions=True)
        await built.close()
    return _code(done[0])


def _secured(rooms: Rooms, settings: Settings, pair: Pair | None) -> Rooms:
    if pair is None:
        return rooms
    own = Certificates(settings.data)
    authority = own.authority.certificate if pair == own.leaf else None
    return replace(rooms, secure=True, hosts=(*rooms.hosts, *pair.names), authority=authority)


def _with_demo(rooms: Rooms, settings: Settings) -> Rooms:
    """Only a house that was furnished as a demo, and was started as one, lets visitors play with it."""
    if not settings.demo or settings.switch is not SwitchKind.PRIVATE or not accounts(settings.data):
        return rooms
    stage = Stage(
        settings.data, lambda: rooms.engine.setup, lambda: ("127.0.0.1", house.sip_port(settings)), processes.keeper()
    )
    return replace(rooms, demo=stage)


def _code(ended: BaseException | None) -> int:
    if ended is None or isinstance(ended, asyncio.CancelledError):
        return 0
    group = ended if isinstance(ended, BaseExceptionGroup) else BaseExceptionGroup("", [ended])
    if group.subgroup(TakenOver) is not None:
        log.error("another engine has taken the house over; this one stops")
        return 75
    log.error("the engine failed", exc_info=ended)
    return 1
