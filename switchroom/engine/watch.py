"""Looks every so often how our signing in at the carriers stands: the switch does not tell it by itself."""

import asyncio

from switchroom.engine.engine import Engine
from switchroom.switch.port import Looks, SwitchLost

EVERY = 15.0
"""Seconds between two looks."""


class Watch:
    """Of one house."""

    def __init__(self, engine: Engine, looks: Looks) -> None:
        self._engine = engine
        self._looks = looks

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Once, now; while the switch is away, what was known stays."""
        trunks = self._engine.setup.trunks
        try:
            found = await self._looks.registrations(trunks.values())
        except SwitchLost:
            return
        await self._engine.tell(*self._engine.trunks.signed_in(found))
