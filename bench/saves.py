"""Saves a second of the ledger against bare SQLite with the same group commit, side by side: `python -m bench.saves`.

A save is a fact and a state. The bare side is one thread that writes the same octets in the same pragmas, as many as
wait in one commit; it encodes nothing and knows nothing. Aim: half of it.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import msgspec

from switchroom.domain.facts.calls import NodeEntered
from switchroom.domain.facts.every import Kept
from switchroom.domain.identity import NodeId, StoryId
from switchroom.domain.shapes import dump
from switchroom.domain.stories import StoryState, begin
from switchroom.storage.database import open_database
from switchroom.storage.ledger import MOST_IN_ONE_COMMIT, Change, Ledger
from tests.company import a_caller, a_company, around

SECONDS, RUNS, AIM = 2.0, 3, 0.5
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def a_state(story: StoryId) -> StoryState:
    """A call in the menu."""
    setup = a_company()
    state = begin(replace(a_caller(setup), story=story), around(setup)).state
    return msgspec.structs.replace(state, id=story)


async def ours(folder: Path, stories: int) -> float:
    """Saves a second."""
    ledger = Ledger(open_database(f"sqlite:///{folder}/ours.db"), "bench")
    await ledger.open(NOW)
    until = time.perf_counter() + SECONDS

    async def story(number: int) -> int:
        key, saved = StoryId(f"call{number}"), 0
        state, fact = a_state(key), NodeEntered(call=key, node=NodeId("menu"), component="menu")
        while time.perf_counter() < until:
            await ledger.save(Change(at=NOW, facts=(fact,), states=(state,)))
            saved += 1
        return saved

    saved = await asyncio.gather(*(story(n) for n in range(stories)))
    await ledger.close()
    return sum(saved) / SECONDS


class Bare:
    """The peer: nothing but SQLite."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._path, self._loop = folder / "bare.db", loop
        self._asked: SimpleQueue[tuple[str, bytes, bytes, asyncio.Future[None]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    async def save(self, key: str, fact: bytes, state: bytes) -> None:
        """Return once it is on disk."""
        saved: asyncio.Future[None] = self._loop.create_future()
        self._asked.put((key, fact, state, saved))
        await saved

    def close(self) -> None:
        """End the thread."""
        self._asked.put(None)
        self._thread.join()

    def _write(self) -> None:
        base = sqlite3.connect(self._path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            base.execute(f"PRAGMA {pragma}")
        base.execute("CREATE TABLE facts (seq INTEGER PRIMARY KEY, at REAL, story TEXT, body BLOB)")
        base.execute("CREATE INDEX by_story ON facts (story)")
        base.execute("CREATE TABLE stories (id TEXT PRIMARY KEY, over INTEGER, body BLOB)")
        while (first := self._asked.get()) is not None:
            batch = [first]
            while len(batch) < MOST_IN_ONE_COMMIT and not self._asked.empty():
                following = self._asked.get()
                if following is None:
                    self._asked.put(None)
                    break
                batch.append(following)
            base.execute("BEGIN")
            base.executemany("INSERT INTO facts (at, story, body) VALUES (0, ?, ?)", [(k, f) for k, f, _, _ in batch])
            base.executemany("INSERT OR REPLACE INTO stories VALUES (?, 0, ?)", [(k, s) for k, _, s, _ in batch])
            base.execute("COMMIT")
            self._loop.call_soon_threadsafe(_done, batch)
        base.close()


def _done(batch: list[tuple[str, bytes, bytes, asyncio.Future[None]]]) -> None:
    for *_, saved in batch:
        saved.set_result(None)


async def bare(folder: Path, stories: int) -> float:
    """Saves a second."""
    peer = Bare(folder, asyncio.get_running_loop())
    until = time.perf_counter() + SECONDS

    async def story(number: int) -> int:
        key, saved = StoryId(f"call{number}"), 0
        fact = NodeEntered(call=key, node=NodeId("menu"), component="menu")
        body, state = dump(Kept(seq=1, at=NOW, story=key, fact=fact)), dump(a_state(key))
        while time.perf_counter() < until:
            await peer.save(key, body, state)
            saved += 1
        return saved

    saved = await asyncio.gather(*(story(n) for n in range(stories)))
    peer.close()
    return sum(saved) / SECONDS


def main() -> None:
    """Print both sides, and the ratio of the medians."""
    for stories in (1, 200):
        rates: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(RUNS):
            for name, side in (("ours", ours), ("bare", bare)):
                with tempfile.TemporaryDirectory() as folder:
                    rates[name].append(asyncio.run(side(Path(folder), stories)))
        ratio = statistics.median(rates["ours"]) / statistics.median(rates["bare"])
        shown = {name: f"{statistics.median(r):,.0f} ({min(r):,.0f} to {max(r):,.0f})" for name, r in rates.items()}
        sys.stdout.write(
            f"{stories} stories at once: ours {shown['ours']}/s, bare SQLite {shown['bare']}/s, "
            f"ratio {ratio:.2f} (aim {AIM})\n"
        )


if __name__ == "__main__":
    main()
