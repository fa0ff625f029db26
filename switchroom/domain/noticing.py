"""What a decision looked at around it: only that is kept in the trace, and given back when the story is told again."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from msgspec.structs import replace

from switchroom.domain.identity import DeviceId, StoryId, UserId
from switchroom.domain.limits import Spent, SpentBy
from switchroom.domain.modes import Thrown
from switchroom.domain.operators import Operator
from switchroom.domain.shapes import Shape
from switchroom.domain.situations.scene import Surroundings

K = TypeVar("K")
V = TypeVar("V")


class Seen(Shape, frozen=True, kw_only=True):
    """The parts of the surroundings that were asked for, see `scene.Surroundings`; what was not there is left out."""

    waiting: dict[str, int] = {}
    reachable: tuple[DeviceId, ...] = ()
    lines: dict[str, int] = {}
    operators: dict[UserId, Operator] = {}
    outside: dict[UserId, int] = {}
    thrown: dict[str, Thrown] = {}
    outgoing: dict[str, int] = {}
    blocked: tuple[UserId, ...] = ()
    blocked_devices: tuple[DeviceId, ...] = ()
    down: tuple[str, ...] = ()
    spent_by_users: dict[str, Spent] = {}
    spent_by_trunks: dict[str, Spent] = {}
    parked: dict[str, StoryId] = {}
    rooms: dict[str, StoryId] = {}
    ringing: dict[StoryId, tuple[UserId, ...]] = {}


_NOTHING = Seen()


class Noticing:
    """Surroundings that remember what was asked of them."""

    def __init__(self, around: Surroundings) -> None:
        self._waiting = _Noted(around.waiting)
        self._reachable = _NotedSet(around.reachable)
        self._lines = _Noted(around.lines)
        self._operators = _Noted(around.operators)
        self._outside = _Noted(around.outside)
        self._outgoing = _Noted(around.outgoing)
        self._blocked = _NotedSet(around.blocked)
        self._blocked_devices = _NotedSet(around.blocked_devices)
        self._down = _NotedSet(around.down)
        self._by_users = _Noted(around.spent.users)
        self._by_trunks = _Noted(around.spent.trunks)
        self._thrown = _Noted(around.thrown)
        self._parked = _Noted(around.parked)
        self._rooms = _Noted(around.rooms)
        self._ringing = _Noted(around.ringing)
        self.around = replace(
            around,
            waiting=self._waiting,
            reachable=self._reachable,
            lines=self._lines,
            operators=self._operators,
            outside=self._outside,
            thrown=self._thrown,
            outgoing=self._outgoing,
            blocked=self._blocked,
            blocked_devices=self._blocked_devices,
            down=self._down,
            spent=SpentBy(self._by_users, self._by_trunks),
            parked=self._parked,
            rooms=self._rooms,
            ringing=self._ringing,
        )

        self._all = (
            self._waiting, self._reachable, self._lines, self._operators, self._outside, self._outgoing, self._blocked,
            self._blocked_devices, self._down, self._by_users, self._by_trunks, self._thrown, self._parked,
            self._rooms, self._ringing,
        )  # fmt: skip

    def seen(self) -> Seen:
        """What was asked for so far."""
        if not any(noted.seen for noted in self._all):
            return _NOTHING
        return Seen(
            waiting=self._waiting.seen,
            reachable=tuple(sorted(self._reachable.seen)),
            lines=self._lines.seen,
            operators=self._operators.seen,
            outside=self._outside.seen,
            thrown=self._thrown.seen,
            outgoing=self._outgoing.seen,
            blocked=tuple(sorted(self._blocked.seen)),
            blocked_devices=tuple(sorted(self._blocked_devices.seen)),
            down=tuple(sorted(self._down.seen)),
            spent_by_users=self._by_users.seen,
            spent_by_trunks=self._by_trunks.seen,
            parked=self._parked.seen,
            rooms=self._rooms.seen,
            ringing=self._ringing.seen,
        )


class _Noted(Mapping[K, V]):
    __slots__ = ("_of", "seen")

    def __init__(self, of: Mapping[K, V]) -> None:
        self._of = of
        self.seen: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        value = self.seen[key] = self._of[key]
        return value

    def __iter__(self) -> Iterator[K]:
        self.seen.update(self._of)
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


class _NotedSet(AbstractSet[K]):
    __slots__ = ("_of", "seen")

    def __init__(self, of: AbstractSet[K]) -> None:
        self._of = of
        self.seen: set[K] = set()

    def __contains__(self, one: object) -> bool:
        if one not in self._of:
            return False
        self.seen.add(one)  # type: ignore[arg-type]  # whatever is in the set is of its kind
        return True

    def __iter__(self) -> Iterator[K]:
        self.seen.update(self._of)
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)
