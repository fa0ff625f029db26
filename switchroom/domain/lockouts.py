"""Brute force at the SIP door: addresses that guess passwords are locked out for a while."""

from collections import deque
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Annotated

from annotated_types import Ge, Le

from switchroom.domain.configured import Configured
from switchroom.domain.titles import Title


class LockoutRules(Configured):
    """How many wrong passwords in a row an address may give, and for how long it is locked out then."""

    on: Annotated[bool, Title("On", "Включена")] = True
    tries: Annotated[int, Ge(3), Le(1000), Title("Wrong tries at most", "Неверных попыток не больше")] = 20
    within: Annotated[
        timedelta, Ge(timedelta(minutes=1)), Le(timedelta(hours=24)), Title("Counted over", "Считать за")
    ] = timedelta(minutes=10)
    lasts: Annotated[
        timedelta, Ge(timedelta(minutes=1)), Le(timedelta(days=30)), Title("Locked out for", "Блокировать на")
    ] = timedelta(hours=1)


class Guesses:
    """The wrong tries of each address; a right one wipes them out: phones of one office share an address."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[datetime]] = {}

    def right(self, address: str) -> None:
        """Somebody there knew a password."""
        self._wrong.pop(address, None)

    def wrong(self, address: str, now: datetime, rules: LockoutRules) -> int:
        """One more; returns how many there were lately."""
        times = self._wrong.setdefault(address, deque(maxlen=rules.tries + 1))
        times.append(now)
        while now - times[0] > rules.within:
            times.popleft()
        return len(times)


def is_lockable(address: str) -> bool:
    """This machine itself is never locked out: the pages' phones come from there."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return str(found) not in ("127.0.0.1", "::1")
