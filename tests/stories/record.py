"""Stories that are kept as files, and told again by every later release.

`python -m tests.stories.record` plays those that have no file yet and writes them. A file is never written anew: it is
how that release told the story.
"""

import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from switchroom.domain import replay
from switchroom.domain.as_test import Case, as_test
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import (
    CloseCardAsked,
    DeviceReturned,
    Event,
    FieldsTyped,
    HangUpAsked,
    HoldAsked,
    MuteRecordingAsked,
    SendOnAsked,
)
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.identity import DeviceId, LegId, StoryId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.release import RELEASE
from switchroom.domain.replay import StoredStory
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.traces import Begun
from switchroom.storage.traces import Traces
from switchroom.switch.simulated.switch import Habit
from tests.company import a_company
from tests.stories.world import World, in_virtual_time

FOLDER = Path(__file__).parent / "stored"
ANNA, BORIS, CALL = UserId("anna"), UserId("boris"), StoryId("call1")
SOON, NEVER = Habit(answers_after=timedelta(seconds=2)), Habit()
Play = Callable[[World], Awaitable[None]]

ORDER = Graph(
    start="answer",
    nodes={
        "answer": Node(kind="answer", exits={"done": "pin"}),
        "pin": Node(kind="collect", exits={"collected": "order", "nothing": "end"}, params={
            "prompt": "pin", "variable": "pin", "secret": True, "least": 4, "most": 4}),
        "order": Node(kind="collect", exits={"collected": "say", "nothing": "end"}, params={
            "prompt": "order", "variable": "order", "least": 3, "most": 6}),
        "say": Node(kind="say", params={"value": "vars.order", "say_as": "digits"}, exits={"done": "count"}),
        "count": Node(kind="set_variable", params={"variable": "left", "value": "21"}, exits={"done": "left"}),
        "left": Node(kind="say", exits={"done": "which"}, params={
            "value": "vars.left", "thing": "minute", "case": "genitive"}),
        "which": Node(kind="condition", params={"when": "vars.left > 20"}, exits={"yes": "card", "no": "end"}),
        "card": Node(kind="show_card", params={"card": "repair"}, exits={"done": "anna"}),
        "anna": Node(kind="dial", params={"user": "anna", "ring_for": 9.0, "record": True}, exits={
            "talked": "end", "busy": "end", "no_answer": "sorry", "unreachable": "sorry"}),
        "sorry": Node(kind="play", params={"prompts": ["sorry", "goodbye"]}, exits={"done": "end"}),
        "end": Node(kind="hang_up"),
    },
)  # fmt: skip
PLAYS: dict[str, Play] = {}
"""Every story that is kept, by its name: what happens to the last call, and to its cards."""


def kept(play: Play) -> Play:
    """Keep this one."""
    PLAYS[play.__name__.replace("_", "-")] = play
    return play


def stored(name: str) -> dict[str, StoredStory]:
    """The stories of a play, by the names of their files."""

    async def run(world: World) -> dict[str, StoredStory]:
        await PLAYS[name](world)
        await world.until(lambda: not world.engine.living())
        return dict(stories_of(world, name))

    return in_virtual_time(run)


def stories_of(world: World, name: str) -> Iterator[tuple[str, StoredStory]]:
    release, traces = RELEASE, Traces(world.database)
    call = max(kept.story for kept in world.ledger.facts_since(0) if kept.story and "-" not in kept.story)
    for number in range(20):
        story = StoryId(f"{call}-card{number}") if number else call
        trace = traces.of(story)
        if trace:
            case = Case(
                story=story, trace=trace, told=tuple(world.facts(story)), graph=_graph(world, trace[0].event),
                setup=world.setup, release=release,
            )  # fmt: skip
            yield f"{release}-{name}{'-card' if number else ''}.json", as_test(case)


def _graph(world: World, begun: Begun | Event) -> Graph:
    assert isinstance(begun, Begun)
    return begun.graph or world.setup.scenarios[begun.scenario].graph


async def configured(world: World, **changed: object) -> None:
    """Another configuration."""
    world.setup = replace(world.setup, **changed)  # type: ignore[arg-type]  # each a shelf
    await world.engine.take_setup(world.setup)


async def _at_menu(world: World, key: str = "1") -> LegId:
    caller = world.call()
    await world.later(4)
    world.switch.press(caller, key)
    return caller


async def _talking(world: World, device: DeviceId | None = None) -> LegId:
    await world.at_work("anna", SOON, device)
    caller = await _at_menu(world)
    await world.until(lambda: bool(world.switch.hears(caller)))
    return caller


async def _close_card(world: World) -> None:
    (card,) = [state.id for state in world.engine.living() if "-card" in state.id]
    typed = {"address": "ул. Садовая, 5", "number": "+79161234567"}
    await world.engine.ask(card, FieldsTyped(by=ANNA, fields=typed, revision=0))
    await world.engine.ask(card, CloseCardAsked(by=ANNA, disposition="solved"))


@kept
async def served_and_carded(world: World) -> None:
    await _talking(world)
    await world.later(60)
    await world.engine.ask(CALL, HangUpAsked(by=ANNA))
    await world.until(lambda: world.status("anna") is Status.WRAP_UP)
    await _close_card(world)


@kept
async def wrap_up_limit(world: World) -> None:
    caller = await _talking(world)
    await world.later(20)
    world.switch.leave(caller)


@kept
async def left_in_the_menu(world: World) -> None:
    caller = world.call()
    await world.later(1)
    world.switch.leave(caller)


@kept
async def wrong_keys_and_silence(world: World) -> None:
    await _at_menu(world, "7")


@kept
async def abandoned_while_it_rings(world: World) -> None:
    await world.at_work("anna", NEVER)
    caller = await _at_menu(world)
    await world.later(5)
    world.switch.leave(caller)


@kept
async def passed_on_to_the_next(world: World) -> None:
    await world.at_work("anna", NEVER)
    caller = await _at_menu(world)
    await world.later(3)
    await world.at_work("boris", SOON)
    await world.until(lambda: bool(world.switch.hears(caller)))
    world.switch.leave(caller)


@kept
async def nobody_in_time(world: World) -> None:
    await _at_menu(world)


@kept
async def a_full_queue(world: World) -> None:
    await configured(world, queues=a_company(most_waiting=1, give_up_after=timedelta(seconds=30)).queues)
    world.call("before")
    await world.until(lambda: bool(world.told("call1")))
    world.switch.press(LegId("before"), "1")
    await world.until(lambda: "QueueEntered" in world.told("call1"))
    caller = world.call("in2")
    await world.later(4)
    world.switch.press(caller, "1")


@kept
async def page_reloaded(world: World) -> None:
    page = DeviceId(browser_device("anna").id)
    caller = await _talking(world, page)
    (leg,) = [leg for leg in world.switch.legs() if leg.startswith("call1.")]
    await world.later(10)
    world.switch.leave(leg)
    await world.later(0.3)
    world.engine.phone_changed(DeviceReturned(device=page))
    await world.until(lambda: bool(world.switch.hears(caller)))
    await world.later(10)
    world.switch.leave(caller)


@kept
async def held_muted_and_sent_on(world: World) -> None:
    boris = Extension(number="102", target=Target(kind=TargetKind.USER, key="boris"))
    await configured(world, extensions={**world.setup.extensions, "102": boris})
    await _talking(world)
    await world.engine.ask(CALL, MuteRecordingAsked(by=ANNA, muted=True))
    await world.later(5)
    await world.engine.ask(CALL, MuteRecordingAsked(by=ANNA, muted=False))
    await world.engine.ask(CALL, HoldAsked(by=ANNA, on=True))
    await world.later(5)
    await world.engine.ask(CALL, HoldAsked(by=ANNA, on=False))
    world.switch.habits[DeviceId("boris-desk")] = SOON
    world.switch.plug(DeviceId("boris-desk"))
    await world.engine.ask(CALL, SendOnAsked(by=ANNA, to="102"))
    await world.until(lambda: world.told("call1").count("TalkBegan") == 2)
    await world.later(5)
    await world.engine.ask(CALL, HangUpAsked(by=BORIS))


@kept
async def secrets_numbers_and_a_user(world: World) -> None:
    """Everything that a scenario can do without a queue."""
    await configured(world, scenarios={"main": ScenarioVersion(id="main", title="Main", graph=ORDER)})
    world.switch.habits[DeviceId("anna-desk")] = SOON
    world.switch.plug(DeviceId("anna-desk"))
    caller = world.call()
    await world.later(4)
    for key in "4321":
        world.switch.press(caller, key)
    await world.later(4)
    for key in "405#":
        world.switch.press(caller, key)
    await world.until(lambda: bool(world.switch.hears(caller)))
    await world.later(30)
    world.switch.leave(caller)


@kept
async def nobody_at_home(world: World) -> None:
    world.switch.habits[DeviceId("anna-desk")] = NEVER
    world.switch.plug(DeviceId("anna-desk"))
    await _at_menu(world, "2")


@kept
async def a_number_that_leads_nowhere(world: World) -> None:
    await configured(world, routes={})
    world.call()
    await world.until(lambda: "CallEnded" in world.told("call1"))


@kept
async def the_engine_dies_again_and_again(world: World) -> None:
    await world.at_work("anna", Habit(answers_after=timedelta(seconds=6)))
    caller = world.call()
    await _die(world, after=1)
    await world.later(4)
    world.switch.press(caller, "1")
    await _die(world, after=3)
    await world.until(lambda: bool(world.switch.hears(caller)))
    await _die(world, after=20)
    world.switch.leave(caller)
    await world.until(lambda: world.status("anna") is Status.WRAP_UP)
    await _die(world, after=5)
    await _close_card(world)


async def _die(world: World, after: float) -> None:
    await world.later(after)
    await world.kill()
    await world.later(1)
    await world.start()


@kept
async def the_switch_forgets_a_talk(world: World) -> None:
    caller = await _talking(world)
    await world.later(10)
    for leg in (caller, *world.switch.legs()):
        world.switch.leave(leg, EndCause.LOST)


def main() -> None:
    """Write what is not there yet."""
    FOLDER.mkdir(exist_ok=True)
    for name in PLAYS:
        for file, story in stored(name).items():
            if not (FOLDER / file).exists():
                (FOLDER / file).write_bytes(replay.write(story))
                sys.stderr.write(f"{file}: {len(story.heard)} events, {len(story.told)} facts\n")


if __name__ == "__main__":
    main()
