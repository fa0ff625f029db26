"""What stories heard: a call is copied as a test while its events are kept, and they go when their time is over."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from switchroom.domain.as_test import Case, NoTrace, as_test
from switchroom.domain.configured import ThingKind
from switchroom.domain.identity import StoryId
from switchroom.domain.refusals import NotFound
from switchroom.domain.release import RELEASE
from switchroom.domain.replay import StoredStory
from switchroom.domain.scenario.graph import Graph, ScenarioVersion
from switchroom.domain.setup import Setup
from switchroom.domain.traces import Begun
from switchroom.engine.engine import Engine
from switchroom.storage.agenda import Due, later
from switchroom.storage.ledger import Change, Ledger, Write
from switchroom.storage.setup import SetupStore
from switchroom.storage.traces import Traces, erased_before

FORGET = "forget traces"
FORGET_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Copier:
    """Makes tests of real calls. Synchronous: called in a thread."""

    ledger: Ledger
    store: SetupStore
    traces: Traces

    def as_test(self, story: StoryId, setup: Setup) -> StoredStory:
        """A call, or one of its cards, as a stored story. Raises: NotFound, NoTrace."""
        told = tuple(kept.fact for kept in self.ledger.facts_of(story))
        if not told:
            raise NotFound(kind="call", key=story)
        trace = self.traces.of(story)
        if not trace or not isinstance(trace[0].event, Begun):
            raise NoTrace(call=story, days=setup.company.traces_kept_for.days)
        graph = self._graph(trace[0].event)
        return as_test(Case(story=story, trace=trace, told=told, graph=graph, setup=setup, release=RELEASE))

    def _graph(self, begun: Begun) -> Graph:
        if begun.graph is not None:
            return begun.graph
        scenario = self.store.version_of(ThingKind.SCENARIO, begun.scenario, begun.version)
        assert isinstance(scenario, ScenarioVersion)
        return scenario.graph


class Forgetting:
    """Erases what was kept for long enough."""

    def __init__(self, engine: Engine, ledger: Ledger, traces: Traces) -> None:
        self._engine, self._ledger, self._traces = engine, ledger, traces
        self.jobs = {FORGET: self.forget_overdue}

    async def forget_overdue(self, job: Due) -> None:
        """Part by part, between the saves of calls; then the job is put on the agenda anew."""
        now = self._engine.clock.wall()
        border = now - self._engine.setup.company.traces_kept_for
        while await asyncio.to_thread(self._traces.has_older_than, border):
            await self._ledger.save(Change(at=now, also=(erased_before(border),)))
        await self._ledger.save(Change(at=now, also=(next_forgetting(now + FORGET_EVERY),)))


def next_forgetting(due: datetime) -> Write:
    """There is one such job, named by its hour."""
    return later(Due(id=f"{FORGET} {due:%Y-%m-%dT%H}", kind=FORGET, due=due, body={}))
