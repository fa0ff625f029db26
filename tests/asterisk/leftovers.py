"""What must not be left once everybody has hung up: neither in the switch, nor on its disk, nor in the books."""

import asyncio
from pathlib import Path
from typing import Any

from switchroom import house
from switchroom.settings import Settings
from switchroom.storage.ledger import Ledger
from switchroom.switch.asterisk.ari import AriClient


async def left_behind(settings: Settings, ari: AriClient) -> dict[str, Any]:
    """All that is there of calls and of recordings that were not yet taken home, by kind; empty if nothing is."""
    found = {
        "channels": [channel["id"] for channel in await _asked(ari, "channels")],
        "bridges": [bridge["id"] for bridge in await _asked(ari, "bridges")],
        "recordings": [recording["name"] for recording in await _asked(ari, "recordings", "stored")],
        "files": await asyncio.to_thread(_files, settings.data / "switch/spool/recording"),
        "half written": await asyncio.to_thread(_half_written, settings.data),
        "stories": await asyncio.to_thread(_living, settings),
    }
    return {kind: things for kind, things in found.items() if things}


async def nothing_is_left(settings: Settings, within: float = 30) -> None:
    """Poll until nothing is; says what stays."""
    ari = AriClient(house.access_to_switch(settings), connections=1)
    left: dict[str, Any] = {}
    try:
        async with asyncio.timeout(within):
            while left := await left_behind(settings, ari):
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise AssertionError(f"left behind: {left}") from None
    finally:
        ari.close()


async def _asked(ari: AriClient, *path: str) -> list[dict[str, Any]]:
    told = await ari.get(*path)
    assert isinstance(told, list)
    return told  # type: ignore[return-value]  # objects, by ARI's description


def _living(settings: Settings) -> list[str]:
    with house.open_ground(settings) as ground:
        return [f"{state.id} in {type(state.effect).__name__}" for state in Ledger(ground.database, "").living()]


def _files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def _half_written(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.new")]
