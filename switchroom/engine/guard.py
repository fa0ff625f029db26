"""The fraud guard at work: it remembers who called outside lately, by which phone, and what it has stopped.

The phone by which most of the suspicious calls were made is stopped alone: its owner goes on by the others. Where there
is no such phone, it is the person who is stopped.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from switchroom.domain.facts.calls import FraudStopped, LegGone, LegRung, LegTaken
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.house import OutgoingAllowed, OutgoingBlocked
from switchroom.domain.fraud import Made, gives_away, suspicion
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.regions import UNKNOWN
from switchroom.domain.setup import Setup
from switchroom.domain.stories import StoryState

_MOST_REMEMBERED = 2000
"""Calls of one person; more than anybody makes in the longest time that is counted over."""


@dataclass(frozen=True, slots=True)
class _Call:
    story: StoryId
    leg: LegId
    device: DeviceId | None
    made: Made


def fraud_legs(state: StoryState, blocked: OutgoingBlocked) -> Iterator[FraudStopped]:
    """What the guard ends in a story when it stops a phone, or a person."""
    for leg in state.cast.legs.values():
        theirs = leg.payer == blocked.user and blocked.device in (None, leg.by_device)
        if theirs and leg.outgoing and not leg.emergency:
            yield FraudStopped(
                call=state.id, leg=leg.id, user=blocked.user, device=blocked.device, why=blocked.why
            )


class Guard:
    """Of one house."""

    def __init__(
        self, setup: Callable[[], Setup], wall: Callable[[], datetime], blocked: Collection[UserId] = (),
        blocked_devices: Collection[DeviceId] = (),
    ) -> None:  # fmt: skip
        self._setup, self._wall = setup, wall
        self._blocked, self._devices = set(blocked), set(blocked_devices)
        self._calls: dict[UserId, list[_Call]] = {}
        self._owners: dict[LegId, UserId] = {}

    def blocked(self) -> AbstractSet[UserId]:
        """Who may call outside no more."""
        return self._blocked

    def blocked_devices(self) -> AbstractSet[DeviceId]:
        """By which phones nobody may."""
        return self._devices

    def follow(self, facts: Iterable[Fact]) -> list[OutgoingBlocked]:
        """Take in what a call told; what to stop for it."""
        touched: set[UserId] = set()
        for fact in facts:
            if isinstance(fact, LegRung) and fact.country is not None:
                if fact.payer is not None:
                    self._rung(fact.payer, fact)
                    touched.add(fact.payer)
            elif isinstance(fact, LegTaken | LegGone) and fact.leg in self._owners:
                touched.add(self._went_on(fact))
        return [stop for user in sorted(touched) for stop in self._suspected(user)]

    def tell(self, facts: Iterable[Fact]) -> None:
        """Take in what is on disk: what is stopped, and what is let call again, with nothing remembered."""
        for fact in facts:
            if isinstance(fact, OutgoingBlocked):
                self._block(fact)
            elif isinstance(fact, OutgoingAllowed) and fact.device is not None:
                self._devices.discard(fact.device)
                self._calls[fact.user] = [c for c in self._calls.get(fact.user, []) if c.device != fact.device]
            elif isinstance(fact, OutgoingAllowed):
                self._blocked.discard(fact.user)
                self._calls.pop(fact.user, None)

    def _block(self, fact: OutgoingBlocked) -> None:
        if fact.device is not None:
            self._devices.add(fact.device)
        else:
            self._blocked.add(fact.user)

    def _suspected(self, user: UserId) -> Iterator[OutgoingBlocked]:
        """As long as something is wrong with the calls by those phones that are not stopped."""
        rules, now = self._setup().company.fraud, self._wall()
        while user not in self._blocked:
            calls = [call for call in self._calls.get(user, []) if call.device not in self._devices]
            why = suspicion(rules, (call.made for call in calls), now)
            if why is None:
                return
            counted = [call.device for call in calls if gives_away(rules, why, call.made, now)]
            device, times = Counter(counted).most_common(1)[0]
            alone = device is not None and 2 * times > len(counted)
            stop = OutgoingBlocked(
                user=user, device=device if alone else None, why=why, calls=times if alone else len(counted)
            )
            self._block(stop)
            yield stop

    def _rung(self, user: UserId, fact: LegRung) -> None:
        company, now = self._setup().company, self._wall()
        calls = [call for call in self._calls.get(user, []) if self._matters(call, now)]
        if any(call.story == fact.call for call in calls):
            calls = [_by_another(call, fact.leg) if call.story == fact.call else call for call in calls]
        else:
            local = now.astimezone(company.tz).time()
            made = Made(at=now, local=local, abroad=fact.country not in (company.country, UNKNOWN))
            calls.append(_Call(fact.call, fact.leg, fact.by_device, made))
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
