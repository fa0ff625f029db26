"""The engine dies at every single await of every performer, and the story reads the same.

What was asked or pressed at that moment is lost with it: people do it once more. Beside `CallAdopted` the only other
trace of a death may be a phone that was about to ring: it is told as lost or given up, and another try follows.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

import pytest

from switchroom.domain.access import Right, Role
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import (
    CloseCardAsked,
    CompleteTransferAsked,
    ConsultAsked,
    DeviceReturned,
    FieldsTyped,
    HangUpAsked,
    HoldAsked,
    InviteAsked,
    MutePartyAsked,
    MuteRecordingAsked,
    RemovePartyAsked,
    SendOnAsked,
    ToggleAsked,
)
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import (
    CallAdopted,
    LegGone,
    LegRung,
    LegTaken,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.house import ModeThrown
from switchroom.domain.facts.operators import OperatorSignedIn
from switchroom.domain.groups import Group, GroupStrategy
from switchroom.domain.identity import DeviceId, LegId, UserId
from switchroom.domain.modes import Mode, Thrown
from switchroom.domain.operators import Status
from switchroom.domain.paging import Paging
from switchroom.domain.rooms import Room
from switchroom.domain.routes import Route
from switchroom.domain.scenario.effects import Effect
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.situations import conduct
from switchroom.domain.situations.conduct import Situation
from switchroom.domain.situations.scene import Scene, Turn
from switchroom.domain.trunks import Trunk, TrunkKind
from switchroom.domain.voicemail import Mailbox
from switchroom.engine.placed import Caller
from switchroom.switch.simulated.switch import Habit
from tests.crash.mortal import MortalWorld
from tests.stories.record import ORDER, configured
from tests.stories.world import in_a_world

ANNA, BORIS = UserId("anna"), UserId("boris")
PAGE, PAGE_OF_BORIS = DeviceId(browser_device("anna").id), DeviceId(browser_device("boris").id)
SOON, BY_ITSELF, NEVER = Habit(answers_after=timedelta(seconds=2)), Habit(answers_after=timedelta(seconds=0.3)), Habit()
CARRIER_TRUNK = Trunk(id="carrier", title="Carrier", kind=TrunkKind.PEER, username="carrier")
Play = Callable[[MortalWorld], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reads:
    """How the call and its cards read, and how many phones were rung for it."""

    stories: tuple[tuple[str, ...], ...]
    rings: int


async def _arrives(world: MortalWorld, key: str, then: str) -> LegId:
    caller = world.call()
    await world.until(lambda: world.has("CallAnswered"))
    await world.later(4)
    await world.does(lambda: world.switch.press(caller, key), lambda: world.has(then))
    return caller


async def _closes_card(world: MortalWorld) -> None:
    await world.until(lambda: world.status("anna") is Status.WRAP_UP)
    card = world.card()
    typed = FieldsTyped(by=ANNA, fields={"address": "x"}, revision=0)
    await world.asks(card, typed, lambda: "CardTyped" in world.told(card))
    closed = CloseCardAsked(by=ANNA, disposition="solved")
    await world.asks(card, closed, lambda: "CardClosed" in world.told(card))


async def served(world: MortalWorld) -> None:
    """Menu, queue, talk with hold and mute, card."""
    await world.at_work("anna", SOON)
    world.beware()
    await _arrives(world, "1", "QueueEntered")
    await world.until(lambda: world.has("TalkBegan"))
    call = world.story()
    for on in (True, False):
        await world.asks(
            call, MuteRecordingAsked(by=ANNA, muted=on),
            lambda on=on: world.has("RecordingMuted" if on else "RecordingUnmuted"),  # type: ignore[misc]  # a closure
        )  # fmt: skip
        await world.asks(
            call, HoldAsked(by=ANNA, on=on), lambda on=on: world.has("PutOnHold" if on else "TakenBack")  # type: ignore[misc]
        )
    await world.asks(call, HangUpAsked(by=ANNA), lambda: world.has("TalkEnded"))
    await _closes_card(world)


async def passed_on(world: MortalWorld) -> None:
    """An operator who does not answer, and one who does."""
    await world.at_work("anna", NEVER)
    world.beware()
    caller = await _arrives(world, "1", "QueueEntered")
    await world.until(lambda: world.has("OfferNotTaken"))
    world.switch.habits[DeviceId("boris-desk")] = SOON
    world.switch.plug(DeviceId("boris-desk"))
    signed_in = OperatorSignedIn(operator=BORIS, by=BORIS)
    await world.does(lambda: world.engine.tell(signed_in), lambda: world.status("boris") is not None)
    await world.until(lambda: world.has("TalkBegan"))
    await world.later(5)
    world.switch.leave(caller)


async def never_served(world: MortalWorld) -> None:
    """Nobody in time."""
    world.beware()
    await _arrives(world, "1", "QueueEntered")


async def abandoned(world: MortalWorld) -> None:
    """The caller gives up while a phone rings."""
    await world.at_work("anna", NEVER)
    world.beware()
    caller = await _arrives(world, "1", "LegRung")
    await world.later(5)
    world.switch.leave(caller)


async def typed_spoken_and_dialled(world: MortalWorld) -> None:
    """Digits, secret and not; numbers spoken; a user dialled."""
    await configured(world, scenarios={"main": ScenarioVersion(id="main", title="Main", graph=ORDER)})
    world.switch.habits[DeviceId("anna-desk")] = SOON
    world.switch.plug(DeviceId("anna-desk"))
    world.beware()
    caller = world.call()
    await world.until(lambda: world.has("CallAnswered"))
    for node, keys in (("pin", "4321"), ("order", "405#")):
        await world.does(lambda keys=keys: _presses(world, caller, keys), lambda node=node: _left(world, node))  # type: ignore[misc]
    await world.until(lambda: world.has("TalkBegan"))
    await world.later(5)
    world.switch.leave(caller)


def _presses(world: MortalWorld, caller: LegId, keys: str) -> None:
    for key in keys:
        world.switch.press(caller, key)


def _left(world: MortalWorld, node: str) -> bool:
    return any(getattr(f, "exit", None) and getattr(f, "node", None) == node for f in world.facts(world.story()))


async def not_at_home(world: MortalWorld) -> None:
    """A user who does not answer."""
    world.switch.habits[DeviceId("anna-desk")] = NEVER
    world.switch.plug(DeviceId("anna-desk"))
    world.beware()
    await _arrives(world, "2", "SentOn")


async def outside_in_vain(world: MortalWorld) -> None:
    """A number outside that nobody answers."""
    outside = {"number": "112", "trunks": ["carrier"]}
    nodes = {
        "dial": Node(kind="dial_outside", params=outside, exits={"no_answer": "sorry"}),
        "sorry": Node(kind="play", params={"prompts": ["sorry"]}),
    }
    scenario = ScenarioVersion(id="main", title="Main", graph=Graph(start="dial", nodes=nodes))
    await configured(world, scenarios={"main": scenario}, trunks={"carrier": CARRIER_TRUNK})
    world.beware()
    world.call()
    await world.until(lambda: world.has("CallEnded"))


async def _boris_at_102(world: MortalWorld) -> None:
    """A colleague who answers soon."""
    boris = Extension(number="102", target=Target(kind=TargetKind.USER, key="boris"))
    await configured(world, extensions={**world.setup.extensions, "102": boris})
    world.switch.habits[DeviceId("boris-desk")] = SOON
    world.switch.plug(DeviceId("boris-desk"))


async def sent_on(world: MortalWorld) -> None:
    """A customer whom the operator sends to a colleague."""
    await _boris_at_102(world)
    await world.at_work("anna", SOON)
    world.beware()
    caller = await _arrives(world, "1", "QueueEntered")
    await world.until(lambda: world.has("TalkBegan"))
    await world.asks(world.story(), SendOnAsked(by=ANNA, to="102"), lambda: world.has("SentOn"))
    await world.until(lambda: world.has("TalkBegan", 2))
    await world.later(5)
    world.switch.leave(caller)
    await _closes_card(world)


async def asked_and_brought_together(world: MortalWorld) -> None:
    """The operator asks a colleague, switches over and back, and brings the two together."""
    await _boris_at_102(world)
    await world.at_work("anna", SOON)
    caller = await _arrives(world, "1", "QueueEntered")
    await world.until(lambda: world.has("TalkBegan"))
    world.beware()
    call = world.story()
    await world.asks(call, ConsultAsked(by=ANNA, to="102"), lambda: world.has("ConsultationBegan"))
    await world.until(lambda: world.has("ConsultationAnswered"))
    await world.asks(call, ToggleAsked(by=ANNA), lambda: world.has("PutOnHold", 2))
    await world.asks(call, CompleteTransferAsked(by=ANNA), lambda: world.has("Transferred"))
    await world.later(5)
    assert len(world.switch.hears(caller)) == 1
    world.switch.leave(caller)
    await _closes_card(world)


async def sent_on_and_asked_by_keys(world: MortalWorld) -> None:
    """The operator keys in whom to ask, then parks the customer by keys; they come back, and are sent on by keys."""
    await _boris_at_102(world)
    await configured(world, extensions={**world.setup.extensions, **SERVICES})
    await world.at_work("anna", SOON)
    caller = await _arrives(world, "2", "TalkBegan")
    world.beware()
    await _keys_in(world, "*2", "102")
    await world.until(lambda: world.has("ConsultationAnswered"))
    await _keys(world, "*2", lambda: world.has("ConsultationEnded"))
    await _keys(world, "*5", lambda: world.has("CodePressed", 3))
    await world.until(lambda: world.has("CameBack") and world.has("TalkBegan", 2))
    await _keys_in(world, "*4", "102")
    await world.until(lambda: world.has("TalkBegan", 3))
    await world.later(5)
    assert len(world.switch.hears(caller)) == 1
    world.switch.leave(caller)


def _press(world: MortalWorld, keys: str) -> None:
    state = world.engine.state_of(world.story())
    leg = state.cast.leg_of(ANNA) if state else None
    for key in keys if leg else "":
        world.switch.press(leg.id if leg else LegId(""), key)


async def _keys(world: MortalWorld, keys: str, then: Callable[[], bool]) -> None:
    await world.does(lambda: _press(world, keys), then)


def _keyed(world: MortalWorld) -> str | None:
    """What is keyed in so far, if something is."""
    state = world.engine.state_of(world.story())
    keying = getattr(state.situation, "keying", None) if state else None
    return keying.number if keying else None


async def _keys_in(world: MortalWorld, code: str, number: str) -> None:
    """Key by key, looking at the display."""
    pressed = sum(type(kept.fact).__name__ == "CodePressed" for kept in world.kept) + 1
    await _keys(world, code, lambda: world.has("CodePressed", pressed))
    for n, key in enumerate(number, 1):
        await _keys(world, key, lambda n=n: _keyed(world) in (number[:n], None))  # type: ignore[misc]  # a closure


async def forwarded(world: MortalWorld) -> None:
    """The phone that rings sends the call on to a colleague."""
    await _boris_at_102(world)
    world.switch.habits[DeviceId("anna-desk")] = Habit(forwards_to="102")
    world.switch.plug(DeviceId("anna-desk"))
    await world.later(1)
    world.beware()
    caller = await _arrives(world, "2", "CallForwarded")
    await world.until(lambda: world.has("TalkBegan"))
    await world.later(5)
    world.switch.leave(caller)


async def talked_in_three(world: MortalWorld) -> None:
    """A colleague is called into the talk, muted, and taken out."""
    await _boris_at_102(world)
    await world.at_work("anna", SOON)
    caller = await _arrives(world, "1", "QueueEntered")
    await world.until(lambda: world.has("TalkBegan"))
    world.beware()
    call = world.story()
    await world.asks(call, InviteAsked(by=ANNA, to="102"), lambda: world.has("ConferenceInvited"))
    await world.until(lambda: world.has("ConferenceBegan"))
    state = world.engine.state_of(call)
    leg = state.cast.leg_of(BORIS) if state else None
    assert leg is not None
    await world.asks(call, MutePartyAsked(by=ANNA, leg=leg.id, on=True), lambda: world.has("PartyMuted"))
    await world.asks(call, RemovePartyAsked(by=ANNA, leg=leg.id), lambda: world.has("ConferenceEnded"))
    await world.later(5)
    assert len(world.switch.hears(caller)) == 1
    world.switch.leave(caller)
    await _closes_card(world)


SERVICES = {
    number: Extension(number=number, target=Target(kind=TargetKind.SERVICE, key=service))
    for number, service in (("701", "parking"), ("*8", "pick_up"))
}


async def parked_and_fetched(world: MortalWorld) -> None:
    """The operator parks the customer; a colleague fetches them."""
    await configured(world, extensions={**world.setup.extensions, **SERVICES})
    await world.at_work("anna", SOON)
    await world.at_work("boris", BY_ITSELF, PAGE_OF_BORIS)
    caller = await _arrives(world, "2", "TalkBegan")
    world.beware()
    call = world.story()
    await world.asks(call, SendOnAsked(by=ANNA, to="701"), lambda: world.has("CallParked"))
    await _calls(world, lambda boris: boris.call("701", None))
    await world.until(lambda: "CallRetrieved" in world.told(call))
    await world.later(5)
    assert len(world.switch.hears(caller)) == 1
    world.switch.leave(caller)


async def talked_in_a_room(world: MortalWorld) -> None:
    """A customer opens a conference room, a colleague comes in, and goes on alone."""
    number = Extension(number="800", target=Target(kind=TargetKind.ROOM, key="all"))
    to_room = Route(id="main", title="Main", target=Target(kind=TargetKind.EXTENSION, key="800"))
    extensions, rooms = {**world.setup.extensions, "800": number}, {"all": Room(id="all", title="All", record=True)}
    await configured(world, extensions=extensions, rooms=rooms, routes={"main": to_room})
    await world.at_work("boris", BY_ITSELF, PAGE_OF_BORIS)
    world.beware()
    caller = world.call()
    await world.until(lambda: world.has("RoomOpened"))
    call = world.story()
    await _calls(world, lambda boris: boris.call("800", None))
    await world.until(lambda: "TalkBegan" in world.told(call))
    await world.later(5)
    assert len(world.switch.hears(caller)) == 1
    mute = MutePartyAsked(by=BORIS, leg=caller, on=True)
    await world.asks(call, mute, lambda: "PartyMuted" in world.told(call))
    world.switch.leave(caller)
    await world.until(lambda: "TalkEnded" in world.told(call))
    await world.asks(call, HangUpAsked(by=BORIS), lambda: "CallEnded" in world.told(call))


async def picked_up(world: MortalWorld) -> None:
    """What rings at the operator is picked up by a colleague."""
    await configured(world, extensions={**world.setup.extensions, **SERVICES})
    await world.at_work("anna", NEVER)
    await world.at_work("boris", BY_ITSELF, PAGE_OF_BORIS)
    caller = await _arrives(world, "2", "LegRung")
    call = world.story()
    world.beware()
    await _calls(world, lambda boris: boris.call("*8101", None))
    await world.until(lambda: "TalkBegan" in world.told(call))
    await world.later(5)
    world.switch.leave(caller)


async def page_reloaded(world: MortalWorld) -> None:
    """The operator's page is lost and comes back."""
    await world.at_work("anna", BY_ITSELF, PAGE)
    world.beware()
    caller = await _arrives(world, "1", "QueueEntered")
    await world.until(lambda: world.has("TalkBegan"))
    (leg,) = [leg for leg in world.switch.legs() if leg.startswith(f"{world.story()}.")]
    world.switch.leave(leg, EndCause.NORMAL)
    await world.until(lambda: world.has("TalkInterrupted"))
    back = DeviceReturned(device=PAGE)
    await world.does(lambda: world.engine.phone_changed(back), lambda: world.has("TalkResumed"))
    await world.later(5)
    world.switch.leave(caller)
    await _closes_card(world)


async def _group_rings(world: MortalWorld, strategy: GroupStrategy) -> None:
    group = Group(id="masters", title="Masters", members=("anna", "boris"), strategy=strategy)
    nodes = {"group": Node(kind="ring_group", params={"group": "masters"})}
    scenario = ScenarioVersion(id="main", title="Main", graph=Graph(start="group", nodes=nodes))
    await configured(world, scenarios={"main": scenario}, groups={"masters": group})
    for user, habit in (("anna", NEVER), ("boris", SOON)):
        world.switch.habits[DeviceId(f"{user}-desk")] = habit
        world.switch.plug(DeviceId(f"{user}-desk"))
    await world.later(1)
    world.beware()
    caller = world.call()
    await world.until(lambda: world.has("TalkBegan"))
    await world.later(5)
    world.switch.leave(caller)


async def a_group_rings_in_order(world: MortalWorld) -> None:
    """One member after the other; the second takes it."""
    await _group_rings(world, GroupStrategy.IN_ORDER)


async def a_group_rings_together(world: MortalWorld) -> None:
    """All members; one takes it."""
    await _group_rings(world, GroupStrategy.ALL)


async def spoken_to_many(world: MortalWorld) -> None:
    """A caller is heard from one phone; another rings in vain; the speaker hangs up."""
    paging = Paging(id="shop", title="Shop", members=("anna", "boris", "clara"))
    nodes = {"page": Node(kind="paging", params={"paging": "shop"})}
    scenario = ScenarioVersion(id="main", title="Main", graph=Graph(start="page", nodes=nodes))
    await configured(world, scenarios={"main": scenario}, pagings={"shop": paging})
    for user, habit in (("anna", SOON), ("boris", NEVER)):
        world.switch.habits[DeviceId(f"{user}-desk")] = habit
        world.switch.plug(DeviceId(f"{user}-desk"))
    await world.later(1)
    world.beware()
    caller = world.call()
    await world.until(lambda: world.has("PagingReached"))
    await world.later(12)
    assert any(caller in heard for heard in map(world.switch.hears, world.switch.legs()))
    assert world.switch.hears(caller) == frozenset()
    world.switch.leave(caller)


async def _calls(world: MortalWorld, place: Callable[[Caller], Awaitable[object]]) -> None:
    """Boris places a call from his page."""

    async def placing() -> None:
        await place(Caller(world.engine, BORIS))

    await world.does(placing, lambda: bool(world.engine.living()) and world.has("CallPlaced"))


async def placed(world: MortalWorld) -> None:
    """One of us calls a colleague from a page, who hangs up."""
    await world.at_work("anna", SOON)
    await world.at_work("boris", BY_ITSELF, PAGE_OF_BORIS)
    world.beware()
    await _calls(world, lambda boris: boris.call("101", None))
    await world.until(lambda: world.has("TalkBegan"))
    await world.later(5)
    await world.asks(world.story(), HangUpAsked(by=ANNA), lambda: world.has("TalkEnded"))


async def heard_oneself(world: MortalWorld) -> None:
    """A test call."""
    await world.at_work("boris", BY_ITSELF, PAGE_OF_BORIS)
    world.beware()
    await _calls(world, lambda boris: boris.test_call(None))


async def listened_to(world: MortalWorld) -> None:
    """A supervisor listens to a talk until it ends."""
    await world.at_work("anna", SOON)
    await world.at_work("boris", BY_ITSELF, PAGE_OF_BORIS)
    customer = await _arrives(world, "1", "QueueEntered")
    await world.until(lambda: world.has("TalkBegan"))
    world.beware()
    talk = world.story()
    await _calls(world, lambda boris: boris.listen(talk, None))
    await world.until(lambda: "ListeningBegan" in world.told(talk))
    await world.later(5)
    world.switch.leave(customer)


async def switched_to_night(world: MortalWorld) -> None:
    """One of us begins the night by a code, and the code then looks at it; nothing of it is to be recorded."""
    nodes = {
        "quiet": Node(kind="set_recording", params={"recording": "dont_record"}, exits={"done": "throw"}),
        "throw": Node(kind="throw_mode", params={"mode": "office"}, exits={"night": "look", "day": "look"}),
        "look": Node(kind="day_night", params={"mode": "office"}, exits={"night": "sorry"}),
        "sorry": Node(kind="play", params={"prompts": ["sorry"]}),
    }
    scenario = ScenarioVersion(id="night", title="Night", graph=Graph(start="quiet", nodes=nodes))
    code = Extension(number="*28", target=Target(kind=TargetKind.SCENARIO, key="night"))
    chief = Role(id="chief", title="Chief", rights=frozenset({Right.CALL, Right.THROW_MODES}))
    await configured(
        world,
        scenarios={**world.setup.scenarios, "night": scenario}, modes={"office": Mode(id="office", title="Office")},
        extensions={**world.setup.extensions, "*28": code}, roles={**world.setup.roles, "chief": chief},
        users={**world.setup.users, "boris": world.setup.users["boris"].model_copy(update={"roles": ("chief",)})},
    )  # fmt: skip
    await world.at_work("boris", BY_ITSELF, PAGE_OF_BORIS)
    world.beware()
    await _calls(world, lambda boris: boris.call("*28", None))
    await world.until(lambda: world.has("CallEnded"))
    assert [kept.fact.to for kept in world.kept if isinstance(kept.fact, ModeThrown)] == [Thrown.NIGHT]


async def left_a_message(world: MortalWorld) -> None:
    """Nobody takes the call, and the caller speaks to the mailbox until they hang up."""
    boxed = world.setup.users["anna"].model_copy(update={"voicemail": Mailbox(no_answer=True)})
    to_anna = Route(id="main", title="Main", target=Target(kind=TargetKind.USER, key="anna"))
    await configured(world, users={**world.setup.users, "anna": boxed}, routes={"main": to_anna})
    await world.at_work("anna", NEVER)
    world.beware()
    caller = world.call()
    await world.until(lambda: world.has("MessageBegan"))
    world.switch.speak(caller)
    await world.later(20)
    world.switch.leave(caller)


async def nowhere(world: MortalWorld) -> None:
    """A number that leads nowhere."""
    await configured(world, routes={})
    world.beware()
    world.call()
    await world.until(lambda: world.has("CallEnded"))


PLAYS: tuple[Play, ...] = (
    served, passed_on, never_served, abandoned, typed_spoken_and_dialled, not_at_home, outside_in_vain, sent_on,
    page_reloaded, a_group_rings_in_order, a_group_rings_together, spoken_to_many, placed, heard_oneself, listened_to,
    switched_to_night, nowhere, asked_and_brought_together, sent_on_and_asked_by_keys, forwarded, talked_in_three,
    parked_and_fetched, talked_in_a_room, picked_up, left_a_message,
)  # fmt: skip


async def _whole(world: MortalWorld, play: Play) -> tuple[Reads, int]:
    """How everything reads in the end, and how many awaits it took."""
    await play(world)
    await world.until(lambda: world.has("CallEnded") and not world.engine.living())
    awaits = world.fate.passed
    await world.engine.say_alive()
    assert world.switch.legs() == {}
    assert world.ledger.living() == []
    assert not any(o.up or o.ringing or o.offered or o.cards for o in world.engine.desk.operators.values())
    call = world.story()
    stories = [call, *sorted({f.dialog for f in world.facts(call) if hasattr(f, "dialog")})]
    rings = sum(isinstance(fact, LegRung) for fact in world.facts(call))
    return Reads(tuple(_read(world.facts(story)) for story in stories), rings), awaits


def _read(facts: list[Fact]) -> tuple[str, ...]:
    """The names of the facts, without what only a death tells."""
    told = _without_lost_tries([fact for fact in facts if not isinstance(fact, CallAdopted)])
    return tuple(type(fact).__name__ for fact in told)


def _without_lost_tries(facts: list[Fact]) -> list[Fact]:
    """Without phones that never came to ring because we died; what was rung in vain anyway is left out alike."""
    rung = {fact.leg for fact in facts if isinstance(fact, LegRung)}
    taken = {fact.leg for fact in facts if isinstance(fact, LegTaken)}
    in_vain = {f.leg for f in facts if isinstance(f, LegGone) and f.cause in (EndCause.UNHEARD, EndCause.CANCELLED)}
    lost = in_vain & rung - taken
    return [fact for fact in facts if not (isinstance(fact, LegRung | LegGone) and fact.leg in lost)]


@pytest.mark.feature("Z3")
@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.__name__)
def test_the_story_reads_the_same_wherever_the_engine_dies(play: Play) -> None:
    undisturbed, awaits = in_a_world(lambda: MortalWorld(None), lambda world: _whole(world, play))
    assert awaits > 3
    wrong: dict[int, object] = {}
    for n in range(1, awaits + 1):
        try:
            told, _ = in_a_world(lambda n=n: MortalWorld(n), lambda world: _whole(world, play))  # type: ignore[misc]
        except (AssertionError, TimeoutError, StopIteration, RuntimeError) as why:
            wrong[n] = repr(why)
            continue
        if told.stories != undisturbed.stories or told.rings > undisturbed.rings + 2:
            wrong[n] = told
    assert wrong == {}, undisturbed


def test_every_effect_has_a_play_in_which_it_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    entered: set[type] = set()
    enter = conduct.enter

    def noting(scene: Scene, want: Effect) -> Turn[Situation]:
        entered.add(type(want))
        return enter(scene, want)

    monkeypatch.setattr(conduct, "enter", noting)
    for play in PLAYS:
        in_a_world(lambda: MortalWorld(None), lambda world, play=play: _whole(world, play))  # type: ignore[misc]
    assert entered == set(get_args(Effect))
