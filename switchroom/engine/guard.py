"""The fraud guard at work: it remembers what each person called outside lately, and whom it has stopped."""

from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from switchroom.domain.facts.calls import LegGone, LegRung, LegTaken
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.house import OutgoingAllowed, OutgoingBlocked
from switchroom.domain.fraud import Made, suspicion
from switchroom.domain.identity import LegId, StoryId, UserId
from switchroom.domain.regions import UNKNOWN
from switchroom.domain.setup import Setup

_MOST_REMEMBERED = 2000
"""Calls of one person; more than anybody makes in the longest time that is counted over."""


@dataclass(frozen=True, slots=True)
class _Call:
    story: StoryId
    leg: LegId
    made: Made


class Guard:
    """Of one house."""

    def __init__(
        self, setup: Callable[[], Setup], wall: Callable[[], datetime], blocked: Collection[UserId] = ()
    ) -> None:
        self._setup, self._wall = setup, wall
        self._blocked = set(blocked)
        self._calls: dict[UserId, list[_Call]] = {}
        self._owners: dict[LegId, UserId] = {}

    def blocked(self) -> AbstractSet[UserId]:
        """Who may call outside no more."""
        return self._blocked

    def follow(self, facts: Iterable[Fact]) -> list[OutgoingBlocked]:
        """Take in what a call told; whom to stop for it."""
        touched: set[UserId] = set()
        for fact in facts:
            if isinstance(fact, LegRung) and fact.country is not None:
                if fact.payer is not None:
                    self._rung(fact.payer, fact)
                    touched.add(fact.payer)
            elif isinstance(fact, LegTaken | LegGone) and fact.leg in self._owners:
                touched.add(self._went_on(fact))
        return [stop for user in sorted(touched) if (stop := self._suspected(user)) is not None]

    def tell(self, facts: Iterable[Fact]) -> None:
        """Take in what is on disk: who is stopped, and who is let call again, with nothing remembered."""
        for fact in facts:
            if isinstance(fact, OutgoingBlocked):
                self._blocked.add(fact.user)
            elif isinstance(fact, OutgoingAllowed):
                self._blocked.discard(fact.user)
                self._calls.pop(fact.user, None)

    def _suspected(self, user: UserId) -> OutgoingBlocked | None:
        calls = self._calls.get(user, [])
        if user in self._blocked or not calls:
            return None
        why = suspicion(self._setup().company.fraud, [call.made for call in calls], self._wall())
        if why is None:
            return None
        self._blocked.add(user)
        return OutgoingBlocked(user=user, why=why, calls=len(calls))

    def _rung(self, user: UserId, fact: LegRung) -> None:
        company, now = self._setup().company, self._wall()
        calls = [call for call in self._calls.get(user, []) if self._matters(call, now)]
        if any(call.story == fact.call for call in calls):
            calls = [_by_another(call, fact.leg) if call.story == fact.call else call for call in calls]
        else:
            local = now.astimezone(company.tz).time()
            made = Made(at=now, local=local, abroad=fact.country not in (company.country, UNKNOWN))
            calls.append(_Call(fact.call, fact.leg, made))
        self._calls[user] = calls[-_MOST_REMEMBERED:]
        self._owners[fact.leg] = user

    def _matters(self, call: _Call, now: datetime) -> bool:
        return call.made.over is None or now - call.made.at <= self._setup().company.fraud.within

    def _went_on(self, fact: LegTaken | LegGone) -> UserId:
        user, now = self._owners[fact.leg], self._wall()
        calls = self._calls.get(user, [])
        for at, call in enumerate(calls):
            if call.leg == fact.leg:
                taken = isinstance(fact, LegTaken)
                made = replace(call.made, taken=now) if taken else replace(call.made, over=now)
                calls[at] = replace(call, made=made)
        if isinstance(fact, LegGone):
            del self._owners[fact.leg]
        return user


def _by_another(call: _Call, leg: LegId) -> _Call:
    """The same call, tried by the next trunk."""
    return replace(call, leg=leg, made=replace(call.made, over=None))
