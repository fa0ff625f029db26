"""Searches of a long history, each beside a bound of the database itself: `python -m bench.history_search`.

Made-up calls of a year are written straight into the tables (`--calls`, ten million if not said otherwise) of SQLite
and, where the tests' PostgreSQL is, of that. Each kind of search is asked for its first page; shown are the median and
the slowest of several different ones, beside the time to read one call by its key and to count all calls. Aim: each
search under a second. It takes an hour and 25 GB in a temporary folder, which is taken away in the end.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, event, func, select, text

from switchroom.domain.facts.calls import Whose
from switchroom.domain.history import CallSummary, Direction
from switchroom.domain.identity import PartyId, QueueId, RecordingId, StoryId, TrunkId, UserId
from switchroom.domain.people import Party
from switchroom.domain.search import Wanted, words_of
from switchroom.storage.calls import CALLS, Calls, row_of
from switchroom.storage.database import open_database
from switchroom.storage.search import kept_as
from tests.storage.conftest import a_postgres

FIRST, YEAR = datetime(2025, 11, 1, tzinfo=UTC), timedelta(days=365)
COLUMNS = ", ".join(f'"{column.name}"' for column in CALLS.columns)
"""In their order `row_of` gives them."""
AT_ONCE, RUNS, AIM = 20_000, 7, 1.0
QUEUES = [*(f"queue{n}" for n in range(40)), None]
PEOPLE = [f"user{n}" for n in range(500)]
GIVEN = ("Иван", "Пётр", "Анна", "Мария", "Олег", "Ольга", "Сергей", "Елена", "Дмитрий", "Наталья", "Алексей", "Юлия")
SURNAMES = ("Иванов", "Петров", "Смирнов", "Кузнецов", "Попов", "Соколов", "Лебедев", "Козлов", "Новиков", "Волков")
ENDINGS = ("", "ский", "енко", "ич", "ян", "швили", "цев", "кин", "ов", "аев")
T = TypeVar("T")
RARE = "Щербацкая-Юхновец"


class Made:
    """Calls of a year, one after another; the same for the same seed. 12 % are lost, one queue was closed in May."""

    def __init__(self, calls: int) -> None:
        self.calls = calls
        self.chance = random.Random(1)

    def one(self, n: int) -> tuple[CallSummary, Party]:
        """A call and who was outside."""
        chance, began = self.chance, FIRST + YEAR * (n / self.calls)
        party = Party(id=PartyId(f"c{n}-caller"), number=f"+{number_of(n)}", name=self._name(n))
        inbound, queue = chance.random() < 0.75, chance.choice(QUEUES)
        if queue == "queue7" and n > self.calls / 2:
            queue = None
        served = chance.random() < 0.88
        operator = UserId(chance.choice(PEOPLE)) if served else None
        talked = timedelta(seconds=int(chance.expovariate(1 / 150))) if served else timedelta(0)
        waited = timedelta(milliseconds=int(chance.expovariate(1 / 20_000)))
        return CallSummary(
            id=StoryId(f"c{n}"), began=began, ended=began + waited + talked, lasted=waited + talked,
            direction=Direction.INBOUND if inbound else Direction.OUTBOUND, caller=party.id,
            dialled=chance.choice(("74951234567", "74951234568", "78001002030")) if inbound else party.number[1:],
            trunk=TrunkId(chance.choice(("one", "two", "three"))), queue=QueueId(queue) if inbound and queue else None,
            operator=operator, rung=operator, answered=served, talked=talked, waited=waited,
            recordings=(RecordingId(f"c{n}-r"),) if served and n % 2 else (),
            disposition="served" if served else "abandoned_in_queue", whose=Whose.CUSTOMER,
        ), party  # fmt: skip

    def _name(self, n: int) -> str:
        if n % 5 == 0:
            return ""
        if n % (self.calls // 20) == 1:
            return f"Анна {RARE}"
        return f"{self.chance.choice(GIVEN)} {self.chance.choice(SURNAMES)}{self.chance.choice(ENDINGS)}"


def fill(database: Engine, calls: int) -> None:
    """Write the history in the order of time."""
    made, begun = Made(calls), time.perf_counter()
    with _index_put_off(database):
        for start in range(0, calls, AT_ONCE):
            with database.begin() as connection:
                _write(connection, [made.one(n) for n in range(start, min(start + AT_ONCE, calls))])
            if start and start % 1_000_000 == 0:
                print(f"  {start:,} after {time.perf_counter() - begun:,.0f} s", flush=True)
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.dialect.name == "sqlite" else "VACUUM ANALYZE"))


@contextmanager
def _index_put_off(database: Engine) -> Iterator[None]:
    """PostgreSQL builds the index of words at the end, which is what an hour of single entries comes to."""
    if database.dialect.name == "sqlite":
        yield
        return
    with database.begin() as connection:
        asked = text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_call_words_words'")
        made = connection.execute(asked).scalar_one()
        connection.execute(text("DROP INDEX ix_call_words_words"))
    yield
    with database.begin() as connection:
        connection.execute(text("SET maintenance_work_mem = '1GB'"))
        connection.execute(text(made))


def _write(connection: Connection, calls: Sequence[tuple[CallSummary, Party]]) -> None:
    numbered = [(int(call.began.timestamp() * 1000), call, party) for call, party in calls]
    dialect = connection.dialect.name
    rows: list[tuple[str, list[tuple[object, ...]]]] = [
        ("parties (id, number, name)", [(p.id, p.number, p.name) for _, _, p in numbered]),
        (f"calls ({COLUMNS})", [tuple(row_of(call, no).values()) for no, call, _ in numbered]),
        (f"call_words ({'rowid' if dialect == 'sqlite' else 'no'}, words)",
         [(no, kept_as(dialect, no, words_of(call, party))) for no, call, party in numbered]),
    ]  # fmt: skip
    for target, values in rows:
        _put(connection, target, values)


def _put(connection: Connection, target: str, values: list[tuple[object, ...]]) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    if connection.dialect.name == "sqlite":
        raw.executemany(f"INSERT INTO {target} VALUES ({', '.join('?' * len(values[0]))})", values)
        return
    with raw.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def number_of(n: int) -> str:
    """Who called then; everybody calls four times."""
    return f"79{(n % 2_500_000 + 11) * 123_456_791 % 10**9:09}"


def searches(calls: int, seed: int) -> Iterator[tuple[str, Wanted]]:
    """Kinds of searches, made by chance, the same for the same seed."""
    c, middle = random.Random(seed), FIRST + YEAR / 2
    queue, user, surname = f"queue{c.randrange(40)}", c.choice(PEOPLE), c.choice(SURNAMES)
    four = f"{c.randrange(10**4):04}"
    yield "newest", Wanted()
    yield "a day", _day(c.randrange(360))
    yield "whole number that called", Wanted(number=number_of(c.randrange(calls)))
    yield "whole number that did not", Wanted(number=f"78{c.randrange(10**9):09}")
    yield "6 digits of a number", Wanted(number=f"{c.randrange(10**6):06}")
    yield "4 digits of a number", Wanted(number=four)
    yield "3 digits of a number", Wanted(number=f"{c.randrange(10**3):03}")
    yield "2 digits of a number", Wanted(number=f"{c.randrange(10**2):02}")
    yield "7 times one digit", Wanted(number=str(c.randrange(10)) * 7)
    yield "surname", Wanted(name=surname)
    yield "surname and given name", Wanted(name=f"{surname}ский {c.choice(GIVEN)}")
    yield "rare surname", Wanted(name=RARE)
    yield "name that nobody has", Wanted(name=f"Ывуыпщ{c.randrange(99)}")
    yield "part of a name", Wanted(name=c.choice(("швили", "нко", "ола", "ьга куз")))
    yield "2 letters of a name", Wanted(name=c.choice(("ов", "ян", "щх")))
    yield "person", Wanted(user=user)
    yield "person, lost (never)", Wanted(user=user, disposition="abandoned_in_queue")
    yield "queue", Wanted(queue=queue)
    yield "queue closed half a year ago", Wanted(queue="queue7")
    yield "trunk", Wanted(trunk=c.choice(("one", "two", "three")))
    yield "direction", Wanted(direction="outbound")
    yield "result", Wanted(disposition="abandoned_in_queue")
    yield "result that never was", Wanted(disposition="lost")
    yield "queue, person, result, recorded", Wanted(queue=queue, user=user, disposition="served", recorded=True)
    yield "outbound in a queue (never)", Wanted(direction="outbound", queue=queue)
    yield "outbound in any of 20 queues", Wanted(direction="outbound", queues=frozenset(q for q in QUEUES[:20] if q))
    yield "recorded but lost (never)", Wanted(recorded=True, disposition="abandoned_in_queue")
    yield "not recorded, person", Wanted(recorded=False, user=user)
    yield "4 digits in a month", Wanted(number=four, since=middle, until=middle + timedelta(days=30))
    yield "surname, of two queues", Wanted(name=surname, queues=frozenset({"queue1", "queue2"}))
    yield "one's own, 4 digits", Wanted(user=user, number=four)
    yield "one's own, surname, long ago", Wanted(user=user, name=surname, until=middle)


def _day(nth: int) -> Wanted:
    since = FIRST + timedelta(days=nth)
    return Wanted(since=since, until=since + timedelta(days=1))


def measure(database: Engine, calls: int) -> Iterator[tuple[str, list[float], int]]:
    """What was asked, the seconds that each run of it took, and how many calls the last one found."""
    keys = random.Random(3).sample(range(calls), RUNS)
    yield "bound: one call by its key", [_timed(partial(_by_key, database, key))[0] for key in keys], 1
    yield "bound: all calls counted", [_timed(partial(_count, database))[0]], calls
    book = Calls(database)
    rounds = [list(searches(calls, seed)) for seed in range(RUNS)]
    for kind in zip(*rounds, strict=True):
        times, pages = zip(*(_timed(partial(book.search, wanted)) for _, wanted in kind), strict=True)
        yield kind[0][0], list(times), len(pages[-1].found)


def _timed(ask: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    answer = ask()
    return time.perf_counter() - begun, answer


def _by_key(database: Engine, n: int) -> object:
    with database.connect() as connection:
        return connection.execute(select(CALLS).where(CALLS.c.id == f"c{n}")).one()


def _count(database: Engine) -> object:
    with database.connect() as connection:
        return connection.execute(select(func.count()).select_from(CALLS)).scalar_one()


def _careless(raw: object, _: object) -> None:
    """Only the filling: what is lost by a crash of the machine is made anew."""
    raw.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]  # the driver's own


def _open(name: str, folder: Path, stack: ExitStack) -> Engine:
    if name == "postgresql":
        return open_database(stack.enter_context(a_postgres(folder / "pg")))
    database = open_database(f"sqlite:///{folder}/house.db")
    event.listen(database, "connect", _careless)
    database.dispose()
    return database


def run(name: str, calls: int) -> bool:
    """Print the times on one database; whether all are within the aim."""
    with tempfile.TemporaryDirectory(prefix="history-") as folder, ExitStack() as stack:
        database = _open(name, Path(folder), stack)
        print(f"{name}: writing {calls:,} calls", flush=True)
        fill(database, calls)
        print(f"{name}, {calls:,} calls: {_size(Path(folder)):,.1f} GB", flush=True)
        worst = 0.0
        for title, times, found in measure(database, calls):
            middle, most = statistics.median(times) * 1000, max(times) * 1000
            print(f"  {title:36} {middle:9.1f} ms  slowest {most:9.1f} ms   found {found:,}", flush=True)
            worst = worst if title.startswith("bound") else max(worst, *times)
        database.dispose()
        print(f"  slowest search {worst:.2f} s; aim {AIM:.0f} s", flush=True)
        return worst < AIM


def _size(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e9


def main() -> None:
    """Both databases, or one."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--calls", type=int, default=10_000_000)
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    given = asked.parse_args()
    held = [run(name, given.calls) for name in ("sqlite", "postgresql") if given.only in (None, name)]
    raise SystemExit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
