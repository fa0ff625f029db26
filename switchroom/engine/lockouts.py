"""Addresses that guess passwords are locked out, told of, and let in again by time or by hand."""

import asyncio
from contextlib import suppress

import structlog

from switchroom.domain.facts.house import AddressLocked, AddressReleased
from switchroom.domain.identity import UserId
from switchroom.domain.lockouts import Guesses, is_lockable
from switchroom.domain.refusals import NotFound
from switchroom.engine.engine import Engine
from switchroom.storage.lockouts import LockedRow
from switchroom.switch.port import Doorkeeper, SignInTry, SwitchLost

log = structlog.get_logger()
LOOK_EVERY = 5.0
"""Seconds between two looks at what is over; what is locked is locked again then, as the switch may have forgotten."""
HOUSE = UserId("house")


class Lockouts:
    """Of one house."""

    def __init__(self, engine: Engine, door: Doorkeeper, kept: tuple[LockedRow, ...] = ()) -> None:
        self._engine, self._door = engine, door
        self._locked = {one.address: one for one in kept}
        self._guesses = Guesses()

    def now(self) -> list[LockedRow]:
        """All that are locked out, the last first."""
        return sorted(self._locked.values(), key=lambda one: one.at, reverse=True)

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen(), name="sign-in tries")
            tasks.create_task(self._look(), name="lock-outs")

    async def release(self, address: str, by: UserId, door: str = "") -> None:
        """Let an address in again. Raises: NotFound."""
        if self._locked.pop(address, None) is None:
            raise NotFound(kind="lockout", key=address)
        self._guesses.right(address)
        await self._engine.tell(AddressReleased(address=address, by=by, door=door))
        with suppress(SwitchLost):
            await self._door.unlock(address)

    async def _listen(self) -> None:
        async for told in self._door.tries():
            await self._heard(told)

    async def _heard(self, told: SignInTry) -> None:
        rules, now = self._engine.setup.company.lockouts, self._engine.clock.wall()
        if told.right:
            self._guesses.right(told.address)
            return
        tries = self._guesses.wrong(told.address, now, rules)
        if not rules.on or tries <= rules.tries or told.address in self._locked or not self._may_lock(told.address):
            return
        locked = self._locked[told.address] = LockedRow(told.address, tries, now, now + rules.lasts)
        await self._engine.tell(AddressLocked(address=locked.address, tries=tries, until=locked.until))
        await self._lock(locked.address)

    async def _lock(self, address: str) -> None:
        """Tried again at the next look, if the switch is away."""
        try:
            await self._door.lock(address)
        except SwitchLost as why:
            log.warning("an address is not locked out yet", address=address, why=str(why))

    def _may_lock(self, address: str) -> bool:
        """Carriers are never locked out: their calls would stop."""
        return is_lockable(address) and address not in {trunk.host for trunk in self._engine.setup.trunks.values()}

    async def _look(self) -> None:
        while True:
            now = self._engine.clock.wall()
            for one in list(self._locked.values()):
                if one.until <= now:
                    await self.release(one.address, HOUSE)
                    continue
                await self._lock(one.address)
            await asyncio.sleep(LOOK_EVERY)
