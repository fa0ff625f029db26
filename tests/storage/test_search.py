"""Whatever is looked for: the index finds the calls that fit, all of them and no others, page by page."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, delete, text

from switchroom.domain.facts.calls import (
    CallArrived,
    CallEnded,
    LegRung,
    OperatorConnected,
    QueueEntered,
    RecordingBegan,
    Whose,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import LegId, PartyId, QueueId, RecordingId, StoryId, TrunkId, UserId
from switchroom.domain.people import Party
from switchroom.domain.search import Wanted, fits
from switchroom.storage import calls as book
from switchroom.storage.calls import CallBook, Calls, Found, list_all
from switchroom.storage.ledger import Change, Ledger
from switchroom.storage.tables import PARTIES

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NAMES = ("Иван Петров", "Пётр Иванов", "IVAN & Sons", "", "Ян")
QUEUES = ("service", "sales", None)


class House:
    """A ledger with the book of calls."""

    def __init__(self, database: Engine) -> None:
        self.ledger = Ledger(database, "test", inline=True)
        self.book = CallBook(database)
        self.calls = Calls(database)

    async def tell(self, at: datetime, *facts: Fact, parties: tuple[Party, ...] = ()) -> None:
        change = Change(at=at, facts=facts, parties=parties)
        await self.ledger.save(replace(change, also=tuple(self.book(change))))

    async def call(self, n: int, chance: random.Random, *, lives: bool = False) -> None:
        """One call of made-up people; several begin in the same millisecond, and some eras have none."""
        at = NOON + timedelta(days=40 * (n // 60), milliseconds=n // 3)
        call, party = StoryId(f"call{n}"), PartyId(f"call{n}-caller")
        who = Party(id=party, number=f"+7916{chance.randrange(10**7):07}", name=chance.choice(NAMES))
        trunk = TrunkId(chance.choice(("one", "two")))
        arrived = CallArrived(call=call, leg=LegId(f"in{n}"), caller=party, dialled="74951234567", trunk=trunk)
        await self.tell(at, arrived, parties=(who,))
        await self.tell(at, *_middle(call, chance))
        if not lives:
            result = chance.choice(("served", "lost"))
            ended = CallEnded(call=call, disposition=result, whose=Whose.US, lasted=timedelta(seconds=9))
            await self.tell(at + timedelta(seconds=9), ended)

    def everything(self, wanted: Wanted, most: int = 7) -> list[Found]:
        """All pages."""
        found, page = [], self.calls.search(wanted, most=most)
        while True:
            assert len(page.found) <= most
            found += page.found
            if page.next is None:
                return found
            page = self.calls.search(wanted, page.next, most)


def _middle(call: StoryId, chance: random.Random) -> Iterator[Fact]:
    if queue := chance.choice(QUEUES):
        yield QueueEntered(call=call, queue=QueueId(queue))
    user = UserId(chance.choice(("anna", "boris")))
    yield LegRung(call=call, leg=LegId("x"), user=user)
    if queue and chance.random() < 0.5:
        taken = timedelta(seconds=5)
        yield OperatorConnected(call=call, queue=QueueId(queue), operator=user, leg=LegId("x"), waited=taken)
    if chance.random() < 0.3:
        yield RecordingBegan(call=call, recording=RecordingId(f"{call}-r"), leg=LegId("x"))


LOOKED_FOR: Sequence[dict[str, object]] = (
    {}, {"number": "916"}, {"number": "+7 (916)"}, {"number": "12"}, {"number": "4951234"}, {"number": "%"},
    {"name": "иван"}, {"name": "Петр"}, {"name": "иванов ПЕТР"}, {"name": "ян"}, {"name": "& s"}, {"trunk": "two"},
    {"queue": "sales"}, {"queue": "none of ours"}, {"user": "anna"}, {"recorded": True}, {"recorded": False},
    {"direction": "inbound"}, {"direction": "outbound"}, {"disposition": "lost"}, {"living": True}, {"living": False},
    {"queues": frozenset({"service"})}, {"queues": frozenset[str]()},
    {"since": NOON + timedelta(days=40)}, {"until": NOON + timedelta(milliseconds=10)},
    {"since": NOON + timedelta(milliseconds=7), "until": NOON + timedelta(days=41)},
)  # fmt: skip


PAIRS = 80


async def a_history(database: Engine) -> House:
    house = House(database)
    await house.ledger.open(NOON)
    house.book.open()
    chance = random.Random(7)
    for n in range(180):
        await house.call(n, chance, lives=n % 17 == 0)
    return house


@pytest.mark.feature("P11")
async def test_each_search_finds_what_fits_and_nothing_else_the_newest_first(database: Engine) -> None:
    house = await a_history(database)
    every = house.everything(Wanted())
    assert len(every) == len({found.call.id for found in every}) == 180
    assert [f.call.began for f in every] == sorted((f.call.began for f in every), reverse=True)
    hit = set[int]()
    for n, (one, other) in enumerate(random.Random(5).sample(list(product(LOOKED_FOR, repeat=2)), PAIRS)):
        wanted = Wanted(**{**one, **other})  # type: ignore[arg-type]  # any field can be asked for
        fit = [found.call.id for found in every if fits(wanted, found.call, found.caller)]
        assert [found.call.id for found in house.everything(wanted)] == fit, wanted
        hit |= {n} if fit else set()
    assert len(hit) > PAIRS / 2


async def test_little_is_looked_through_at_a_time_and_the_next_page_goes_on(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await a_history(database)
    wanted = Wanted(number="77", name="ян")
    whole = [found.call.id for found in house.everything(wanted)]
    monkeypatch.setattr(book, "MOST_LOOKED_AT", 10)
    first = house.calls.search(wanted, most=10)
    assert len(first.found) < len(whole)
    assert first.next is not None
    assert [found.call.id for found in house.everything(wanted, most=10)] == whole


async def test_who_was_erased_is_found_by_no_word_of_theirs(database: Engine) -> None:
    house = await a_history(database)
    found = house.everything(Wanted(name="sons"))
    assert found
    with database.begin() as connection:
        connection.execute(delete(PARTIES).where(PARTIES.c.name == "IVAN & Sons"))
    assert house.everything(Wanted(name="sons")) == []
    assert house.calls.find(found[0].call.id) is not None


async def test_calls_of_before_are_listed_anew(database: Engine) -> None:
    house = await a_history(database)
    wanted = Wanted(user="anna", disposition="served")
    known = [found.call.id for found in house.everything(wanted)]
    empty = "INSERT INTO call_words (call_words) VALUES ('delete-all')"
    with database.begin() as connection:
        connection.execute(text(empty if connection.dialect.name == "sqlite" else "DELETE FROM call_words"))
    assert house.everything(wanted) == []
    with database.begin() as connection:
        list_all(connection)
    assert [found.call.id for found in house.everything(wanted)] == known
