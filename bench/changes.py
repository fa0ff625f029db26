"""How soon a change of a big configuration holds: 2,000 users, 50 groups, 30 routes, 10 trunks.

`python -m bench.changes` makes such a company in memory, then changes one thing of it again and again, as an
administrator who presses *Save* does: check, write, give it to the engine. What the switch does with it is measured by
`tests/asterisk/test_writer.py` and told in ASTERISK.md.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from switchroom.domain.configured import ThingKind
from switchroom.domain.devices import Device
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.groups import Group
from switchroom.domain.identity import UserId
from switchroom.domain.outbound import OutboundRoute
from switchroom.domain.publishing import Put, Wish
from switchroom.domain.routes import Arriving, Route
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.domain.users import User
from switchroom.storage.database import open_database
from switchroom.storage.secrets import SecretBox
from switchroom.storage.setup import SetupStore

USERS, GROUPS, ROUTES, TRUNKS = 2000, 50, 30, 10
BY = UserId("admin")


def company() -> Iterator[Wish]:
    """All of it, as wishes of one publication."""
    yield Put(ThingKind.USER, User(id="admin", name="Admin", roles=("administrator",)))
    yield from (*people(), *lines())


def people() -> Iterator[Wish]:
    """Users with a phone and an extension each, and groups of ten."""
    for n in range(USERS):
        user, number = f"user{n}", str(10000 + n)
        yield Put(ThingKind.USER, User(id=user, name=f"User {n}", department=f"Office {n % 7}"))
        yield Put(ThingKind.DEVICE, Device(id=f"{user}-desk", user=user))
        yield Put(ThingKind.EXTENSION, Extension(number=number, target=Target(kind=TargetKind.USER, key=user)))
    for n in range(GROUPS):
        members = tuple(f"user{(n * 10 + one) % USERS}" for one in range(10))
        yield Put(ThingKind.GROUP, Group(id=f"group{n}", title=f"Group {n}", members=members))
        target = Target(kind=TargetKind.GROUP, key=f"group{n}")
        yield Put(ThingKind.EXTENSION, Extension(number=str(20000 + n), target=target))


def lines() -> Iterator[Wish]:
    """Trunks, and routes in both directions."""
    for n in range(TRUNKS):
        host = f"203.0.113.{n + 1}"
        yield Put(ThingKind.TRUNK, Trunk(id=f"trunk{n}", title=f"T {n}", kind=TrunkKind.BY_ADDRESS, host=host))
    for n in range(ROUTES):
        target = Target(kind=TargetKind.GROUP, key=f"group{n}")
        yield Put(ThingKind.ROUTE, Route(id=f"route{n}", title=f"R {n}", number=f"7495000{n:04}", target=target))
        trunks = tuple(f"trunk{(n + one) % TRUNKS}" for one in range(3))
        out = OutboundRoute(id=f"out{n}", title=f"O {n}", numbers=(f"+7{n:02}*",), trunks=trunks)
        yield Put(ThingKind.OUTBOUND_ROUTE, out)


def one_change(n: int) -> Wish:
    """Another name for somebody."""
    return Put(ThingKind.USER, User(id=f"user{n % USERS}", name=f"Renamed {n}"))


def measured(changes: int) -> list[float]:
    """Seconds from each wish to the new picture with its first decision made."""
    store = SetupStore(open_database("sqlite://"), SecretBox(bytes(32)))
    store.publish(list(company()), BY, datetime.now(UTC))
    took = []
    for n in range(changes):
        began = time.perf_counter()
        picture = store.publish([one_change(n)], BY, datetime.now(UTC))
        route = picture.route_of(Arriving(trunk="trunk0", dialled="74950000029", caller="", moment=datetime.now(UTC)))
        took.append(time.perf_counter() - began)
        assert route is not None
        assert picture.users[f"user{n % USERS}"].name == f"Renamed {n}"
    return took


def told(took: Sequence[float]) -> str:
    """In one line."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{len(took)} changes of a company of {USERS} users, {GROUPS} groups, {ROUTES} routes each way, "
        f"{TRUNKS} trunks: median {statistics.median(took) * 1000:.0f} ms, worst {max(took) * 1000:.0f} ms; "
        f"{memory:.0f} MB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=30)
    print(told(measured(parser.parse_args().changes)))
