"""Publishing: the picture is checked and written, then the engine has it, then the switch takes it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import structlog

from switchroom.domain.access import Right, Scope
from switchroom.domain.facts.house import SetupPublished
from switchroom.domain.identity import UserId
from switchroom.domain.publishing import SetPassword, Wish
from switchroom.domain.setup import Setup
from switchroom.engine.engine import Engine
from switchroom.storage.setup import SetupStore
from switchroom.switch.port import SwitchLost

log = structlog.get_logger()
RETRY_AFTER = 5.0


class Configuration(Protocol):
    """The switch's side of it."""

    def check(self, setup: Setup) -> None:
        """Raises whatever tells a person why the switch could not take this picture."""

    async def configure(self, setup: Setup) -> None:
        """Raises: SwitchLost."""


class Administration:
    """The one door to changes of the configuration."""

    def __init__(self, store: SetupStore, engine: Engine, switch: Configuration, wall: Callable[[], datetime]) -> None:
        self.store = store
        self._engine = engine
        self._switch = switch
        self._wall = wall
        self._publishing = asyncio.Lock()
        self._retry: asyncio.Task[None] | None = None
        self.switch_is_behind = False
        """The switch has not yet taken the newest picture."""

    async def publish(self, scope: Scope, wishes: Sequence[Wish], door: str = "") -> Setup:
        """All of these changes, or none; returns the new picture.

        Raises: NotAllowed, Stale, NotFound, StillUsed, NotPublishable; DescriptionRefused.
        """
        scope.need(Right.ADMINISTER)
        return await self.publish_as(scope.user, wishes, door)

    async def publish_as(self, by: UserId, wishes: Sequence[Wish], door: str = "") -> Setup:
        """The same for the house itself, which needs no right."""
        async with self._publishing:
            picture = await asyncio.to_thread(
                self.store.publish, wishes, by, self._wall(), door, agree=self._switch.check
            )
            await self._engine.take_setup(picture)
            changed = tuple(f"{wish.kind}:{wish.key}" for wish in wishes if not isinstance(wish, SetPassword))
            await self._engine.tell(SetupPublished(revision=picture.revision, by=by, changed=changed))
            await self.bring_switch_up()
        return picture

    async def bring_switch_up(self) -> None:
        """Let the switch take the picture; when it is lost, again later."""
        try:
            await self._switch.configure(self._engine.setup)
        except SwitchLost as why:
            self.switch_is_behind = True
            log.warning("the switch could not take the configuration", why=str(why))
            if self._retry is None or self._retry.done():
                self._retry = asyncio.create_task(self._later(), name="configure again")
        else:
            self.switch_is_behind = False

    async def _later(self) -> None:
        while self.switch_is_behind:
            await asyncio.sleep(RETRY_AFTER)
            try:
                await self._switch.configure(self._engine.setup)
                self.switch_is_behind = False
            except SwitchLost:
                continue

    async def close(self) -> None:
        """Stop trying."""
        if self._retry is not None:
            self._retry.cancel()
            await asyncio.gather(self._retry, return_exceptions=True)
