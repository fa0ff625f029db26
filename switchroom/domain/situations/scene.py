"""What a situation is decided on, and what a decision consists of."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Generic, TypeVar

from switchroom.domain.acts import Act, AtDevice, Dissolve, HangUp, Ring, Shown, StopPlaying, StopRecording
from switchroom.domain.cast import Cast
from switchroom.domain.causes import EndCause
from switchroom.domain.devices import browser_device
from switchroom.domain.events import LegEnded, TakeInAsked
from switchroom.domain.facts.calls import LegGone, LegRung, RecordingEnded, TalkEnded, Whose
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import CardId, DeviceId, LegId, QueueId, StoryId, UserId, name_in_switch
from switchroom.domain.limits import NOBODY, SpentBy
from switchroom.domain.modes import Thrown
from switchroom.domain.operators import Operator
from switchroom.domain.people import Party, Variables
from switchroom.domain.scenario.effects import Outcome
from switchroom.domain.setup import Setup
from switchroom.domain.shapes import Kind, Value
from switchroom.domain.ways import Traffic

S = TypeVar("S")
CALL_HEADER = "X-Switchroom"
NOWHERE = "switchroom.invalid"
"""The host of a number in a header that no machine is to call."""


ALOUD = {
    "Call-Info": f"<sip:{NOWHERE}>;answer-after=0",
    "Alert-Info": f"<http://{NOWHERE}>;info=alert-autoanswer;delay=0",
}
"""How desk phones are asked to take a call by themselves: some makers heed the one, some the other."""


class NewDialog(Value, frozen=True, kw_only=True):
    """A card to be opened: its story begins in the same transaction."""

    story: StoryId
    card: CardId
    holder: UserId
    queue: QueueId | None


class Asking(Value, frozen=True, kw_only=True):
    """Another story is asked to take our leg in, once this decision is saved."""

    story: StoryId
    event: TakeInAsked


class Taking(Value, frozen=True, kw_only=True):
    """A leg of another story comes to this one in the same transaction, and that one ends."""

    giver: StoryId
    leg: LegId


class Surroundings(Value, frozen=True, kw_only=True):
    """What is around all stories at one moment.

    `now` is steady: a jump of the wall clock does not touch it. `wall` is for calendars and for speaking of time.
    `waiting` counts the callers in each queue.
    """

    now: datetime
    wall: datetime
    setup: Setup
    waiting: Mapping[str, int] = {}
    reachable: AbstractSet[DeviceId] = frozenset()
    """Devices that could be rung now, as far as the switch tells."""
    lines: Mapping[str, int] = {}
    """How many channels of each trunk are in use."""
    operators: Mapping[UserId, Operator] = {}
    """What everybody does, by the facts of the house."""
    outside: Mapping[UserId, int] = {}
    """How many calls outside each user has now."""
    outgoing: Mapping[str, int] = {}
    """How many channels of each trunk carry calls from us."""
    spent: SpentBy = NOBODY
    """What has been called outside."""
    blocked: AbstractSet[UserId] = frozenset()
    """Whom the fraud guard has stopped."""
    blocked_devices: AbstractSet[DeviceId] = frozenset()
    """Phones that it has stopped."""
    down: AbstractSet[str] = frozenset()
    """Trunks whose other side is known not to answer."""
    thrown: Mapping[str, Thrown] = {}
    """The modes that somebody has thrown, by key."""
    parked: Mapping[str, StoryId] = {}
    """Which call waits at each parking place."""
    rooms: Mapping[str, StoryId] = {}
    """In which call each conference room lives that somebody is in."""
    ringing: Mapping[StoryId, tuple[UserId, ...]] = {}
    """At whom of us each call rings that can be picked up, the oldest call first."""


def traffic_around(around: Surroundings) -> Traffic:
    """What the look for a way must know of this moment."""
    return Traffic(
        moment=around.wall, lines=around.lines, outgoing=around.outgoing, outside=around.outside, spent=around.spent,
        blocked=around.blocked, blocked_devices=around.blocked_devices, down=around.down, thrown=around.thrown,
    )  # fmt: skip


class Scene(Value, frozen=True, kw_only=True):
    """All that a decision may know. `began` is the steady moment at which the effect began."""

    story: StoryId
    effect_no: int
    began: datetime
    around: Surroundings
    cast: Cast
    language: str
    shown: Shown
    variables: Variables
    prefix: str = ""
    """Before the purpose of whatever is made: a talk inside the talk has names of its own."""

    @property
    def now(self) -> datetime:
        """The steady time."""
        return self.around.now

    @property
    def setup(self) -> Setup:
        """The published configuration."""
        return self.around.setup

    def named(self, purpose: str, attempt: int = 0) -> str:
        """A name for something that this effect makes in the switch."""
        return name_in_switch(self.story, self.effect_no, self.prefix + purpose, attempt)

    def dialog(self) -> StoryId:
        """The story of a card that this effect opens."""
        inside = f"-{self.prefix.rstrip('-')}" if self.prefix else ""
        return StoryId(f"{self.story}-card{self.effect_no}{inside}")

    def is_caller(self, user: UserId) -> bool:
        """Whether it is this one of us who calls."""
        caller = self.cast.legs.get(self.cast.caller) if self.cast.caller else None
        return caller is not None and caller.user == user

    def caller(self) -> LegId:
        """The caller's leg."""
        if self.cast.caller is None:
            raise ValueError(f"The story {self.story} has no caller.")
        return self.cast.caller


class AtOnce(Kind, frozen=True, kw_only=True):
    """An effect that takes no time has no middle."""


class Turn(Value, Generic[S], frozen=True, kw_only=True):
    """A decision: the facts and the situation are saved, then the acts are done.

    `wake` is the steady moment at which TimePassed is wanted; an `outcome` ends the effect.
    """

    situation: S
    acts: tuple[Act, ...] = ()
    facts: tuple[Fact, ...] = ()
    outcome: Outcome | None = None
    wake: datetime | None = None
    opens: tuple[NewDialog, ...] = ()
    shown: Shown | None = None
    """Whose call it is from now on, for whoever is rung."""
    parties: tuple[Party, ...] = ()
    """People outside to whom the facts point."""
    asks: tuple[Asking, ...] = ()
    takes: tuple[Taking, ...] = ()


class Parted(Value, frozen=True):
    """How a talk or a try is taken apart."""

    acts: tuple[Act, ...] = ()
    facts: tuple[Fact, ...] = ()

    def __add__(self, other: "Parted") -> "Parted":
        return Parted(self.acts + other.acts, self.facts + other.facts)


def gone(scene: Scene, event: LegEnded) -> LegGone:
    """The fact that a leg is no more."""
    leg = scene.cast.legs.get(event.leg)
    user = leg.user if leg else None
    charge = leg.charge(scene.now) if leg else None
    return LegGone(
        call=scene.story, leg=event.leg, cause=event.cause, user=user, ordered=event.ordered, charge=charge
    )


def devices_to_ring(scene: Scene, user: UserId) -> tuple[DeviceId, ...]:
    """All phones of a user; the one in the browser if it is open."""
    browser = DeviceId(browser_device(user).id)
    configured = tuple(DeviceId(device.id) for device in scene.setup.devices_of(user))
    return (*configured, browser) if browser in scene.around.reachable else configured


def ring(
    scene: Scene,
    devices: tuple[DeviceId, ...],
    user: UserId,
    at_most: timedelta,
    first: int,
    *,
    by_itself: bool = False,
    shown: Shown | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Parted:
    """Ring these devices of a user together; their legs are named from try `first` on.

    A page in the browser learns by the header which call it is, and whether to take it `by_itself`. `shown` stands
    in place of who calls; `more` are other headers.
    """
    named = [(LegId(scene.named("ring", first + n)), device) for n, device in enumerate(devices)]
    headers = {CALL_HEADER: f"call={scene.story}" + (";answer=auto" if by_itself else ""), **more}
    acts = tuple(
        Ring(leg=leg, to=AtDevice(device=device), shown=shown or scene.shown, at_most=at_most, headers=headers)
        for leg, device in named
    )
    facts = tuple(LegRung(call=scene.story, leg=leg, user=user, device=device) for leg, device in named)
    return Parted(acts, facts)


def diverted(number: str, host: str = NOWHERE) -> dict[str, str]:
    """The headers by which who is rung knows at which number of ours the call was before; none without a number."""
    dialled = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    by = f"<sip:{dialled}@{host}>"
    told = {"Diversion": f"{by};reason=unconditional;privacy=off;counter=1", "History-Info": f"{by};index=1"}
    return told if dialled else {}


def rung_once_more(
    scene: Scene, event: LegEnded, until: datetime, tries: int, shown: Shown | None = None, *, by_itself: bool = False,
    more: Mapping[str, str] = MappingProxyType({}),
) -> tuple[LegId, Parted] | None:
    """A phone whose ringing was lost with us, perhaps before it began, rings once more, by another leg.

    None if that is not so, or there is no time left.
    """
    leg = scene.cast.legs.get(event.leg)
    if event.cause is not EndCause.UNHEARD or leg is None or leg.device is None or leg.user is None or leg.up:
        return None
    if scene.now >= until:
        return None
    at_most = max(timedelta(seconds=1), until - scene.now)
    rung = ring(scene, (leg.device,), leg.user, at_most, first=tries, by_itself=by_itself, more=more, shown=shown)
    made = LegId(scene.named("ring", tries))
    return made, Parted((), (gone(scene, event),)) + rung


def device_of(scene: Scene, user: UserId) -> DeviceId | None:
    """The phone by which this user takes part."""
    leg = scene.cast.leg_of(user)
    return leg.device if leg else None


def hang_up(scene: Scene, legs: tuple[LegId, ...], cause: EndCause) -> Parted:
    """End these legs by our own order; only those that are still there are told of."""
    there = [scene.cast.legs[leg] for leg in legs if leg in scene.cast.legs]
    acts = tuple(HangUp(leg=leg.id, cause=cause) for leg in there)
    facts = tuple(
        LegGone(
            call=scene.story, leg=leg.id, cause=cause, user=leg.user, ordered=True, charge=leg.charge(scene.now)
        )
        for leg in there
    )
    return Parted(acts, facts)


def end_talk(scene: Scene, by: Whose) -> Parted:
    """Take the bridge and the recording apart, and tell how long they talked."""
    cast = scene.cast
    if cast.bridge is None or cast.talk_began is None:
        return Parted()
    callee = cast.legs.get(cast.callee) if cast.callee else None
    user = callee.user if callee else cast.served_by
    talked = TalkEnded(call=scene.story, by=by, talked=scene.now - cast.talk_began, user=user, queue=cast.queue)
    parted = Parted((Dissolve(bridge=cast.bridge),), (talked,))
    return _end_recording(scene) + parted


def _end_recording(scene: Scene) -> Parted:
    recording = scene.cast.recording
    if recording is None:
        return Parted(tuple(StopPlaying(playback=playback) for playback in scene.cast.announcing))
    return Parted((StopRecording(recording=recording),), (RecordingEnded(call=scene.story, recording=recording),))


def whose(cause: EndCause) -> Whose:
    """Whose doing it is that a caller's leg ended with this cause."""
    if cause is EndCause.LOST:
        return Whose.US
    return Whose.CARRIER if cause in (EndCause.CONGESTION, EndCause.UNREACHABLE) else Whose.CUSTOMER
