"""A decision remembers what it looked at, and nothing else."""

from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.noticing import Noticing, Seen
from switchroom.domain.operators import Operator
from switchroom.domain.situations.scene import Surroundings
from tests.company import NOON, a_company

ANNA = UserId("anna")
AROUND = Surroundings(
    now=NOON,
    wall=NOON,
    setup=a_company(),
    waiting={"service": 3, "other": 9},
    reachable=frozenset({DeviceId("web.anna"), DeviceId("web.boris")}),
    lines={"carrier": 2},
    operators={ANNA: Operator(id=ANNA)},
    outside={ANNA: 1},
)


def test_only_what_was_asked_for_is_seen() -> None:
    looking = Noticing(AROUND)
    around = looking.around
    assert looking.seen() == Seen()
    assert (around.waiting.get("service", 0), around.waiting.get("nowhere", 0)) == (3, 0)
    assert DeviceId("web.anna") in around.reachable
    assert DeviceId("none") not in around.reachable
    assert looking.seen() == Seen(waiting={"service": 3}, reachable=(DeviceId("web.anna"),))
    assert (around.lines["carrier"], around.outside.get(ANNA)) == (2, 1)
    assert around.operators[ANNA].id == ANNA
    seen = looking.seen()
    assert (seen.lines, seen.outside, set(seen.operators)) == ({"carrier": 2}, {ANNA: 1}, {ANNA})


def test_whoever_looks_through_all_has_seen_all() -> None:
    looking = Noticing(AROUND)
    assert sorted(looking.around.waiting) == ["other", "service"]
    assert len(list(looking.around.reachable)) == 2
    assert looking.seen() == Seen(
        waiting={"service": 3, "other": 9}, reachable=(DeviceId("web.anna"), DeviceId("web.boris"))
    )
