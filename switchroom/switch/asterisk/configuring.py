"""What the house asks of a private Asterisk: take the published picture, and tell of calls served without us."""

import asyncio
from datetime import timedelta

from switchroom.domain.setup import Setup
from switchroom.switch.asterisk.ari import AriClient, AriError
from switchroom.switch.asterisk.away import AwayRecord, AwayRule, away_records, claim
from switchroom.switch.asterisk.describe import described
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.writer import apply, render
from switchroom.switch.port import ServedWhileAway, SwitchLost

_ANSWERED = "ANSWER"


class PrivateConfiguration:
    """Implements `Configurable`. `base` has what is the machine's own."""

    def __init__(self, base: SwitchDescription, ari: AriClient) -> None:
        self._base = base
        self._ari = ari
        self._one_at_a_time = asyncio.Lock()

    def check(self, setup: Setup) -> None:
        """Whether the switch could take this picture. Raises: DescriptionRefused."""
        render(described(setup, self._base))

    async def configure(self, setup: Setup) -> None:
        """Write and reload just what changed; no call is dropped. Raises: DescriptionRefused; SwitchLost."""
        async with self._one_at_a_time:
            try:
                await apply(await asyncio.to_thread(described, setup, self._base), self._ari)
            except AriError as why:
                raise SwitchLost(str(why)) from why

    async def served_while_away(self) -> list[ServedWhileAway]:
        """All that was noted and not forgotten, in the order of their ends."""
        return await asyncio.to_thread(self._served)

    async def forget_served(self, keys: list[str]) -> None:
        """Files whose records are all among these are removed; a crash before leaves them to be told again."""
        await asyncio.to_thread(self._forget, frozenset(keys))

    def _served(self) -> list[ServedWhileAway]:
        return [_told(record) for path in claim(self._base.away_file) for record in away_records(path)]

    def _forget(self, keys: frozenset[str]) -> None:
        for path in sorted(self._base.away_file.parent.glob(f"{self._base.away_file.name}.[0-9]*")):
            if {record.key for record in away_records(path)} <= keys:
                path.unlink()


def _told(record: AwayRecord) -> ServedWhileAway:
    return ServedWhileAway(
        key=record.key,
        by_trunk=record.by_trunk,
        via=record.via,
        number=record.number,
        name=record.name,
        dialled=record.dialled,
        began=record.began,
        ended=record.ended,
        rule=record.rule.value,
        talked=record.talked,
        taken=_was_taken(record),
    )


def _was_taken(record: AwayRecord) -> bool:
    """Whether somebody talked with the caller; one who was only held was not."""
    return record.rule is not AwayRule.HELD and record.dial_status == _ANSWERED and record.talked > timedelta(0)
