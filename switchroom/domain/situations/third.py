"""A third one is called in the middle of a talk: by the same ways and the same ringing as any call.

For the ringing, whoever waits for the answer is the caller of a talk inside the talk; its legs belong to the call.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from switchroom.domain.acts import Act, Shown, StartRecording, StartRingback, StopRingback
from switchroom.domain.causes import EndCause
from switchroom.domain.events import Event
from switchroom.domain.extensions import TargetKind
from switchroom.domain.facts.calls import GroupLeft, LeftGroupWhy, RecordingBegan
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import GroupId, LegId, PartyId, UserId
from switchroom.domain.people import Party
from switchroom.domain.plans import Plan
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import Connected, NotReached, RingGroup, RingOutside, RingUser
from switchroom.domain.scenario.interpreter import component_at
from switchroom.domain.setup import number_of
from switchroom.domain.shapes import Value
from switchroom.domain.situations.grouping import ring_group, while_in_group
from switchroom.domain.situations.ringing import ring_outside, ring_user, while_ringing
from switchroom.domain.situations.scene import Parted, Scene, Turn, hang_up, traffic_around
from switchroom.domain.situations.standing import LASTS, Rung, Third
from switchroom.domain.titles import Title
from switchroom.domain.ways import way_of_dialled

_ENTER: dict[type, Any] = {RingUser: ring_user, RingGroup: ring_group, RingOutside: ring_outside}
_REACT: dict[type, Any] = {RingUser: while_ringing, RingGroup: while_in_group, RingOutside: while_ringing}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Who is to be called. `outside` is their number, if they are none of us."""

    want: Third
    to: str
    outside: str | None = None

    def party(self, scene: Scene, number: int) -> Party | None:
        """The personal value that facts point to."""
        key = PartyId(f"{scene.story}-third{scene.effect_no}-{number}")
        return Party(id=key, number=self.outside) if self.outside else None


class Rings(Value, frozen=True, kw_only=True):
    """What follows for the one who is called: `rung` goes on, or there is an outcome."""

    rung: Rung
    acts: tuple[Act, ...] = ()
    facts: tuple[Fact, ...] = ()
    outcome: Connected | NotReached | None = None


def shown_of(scene: Scene, leg: LegId) -> Shown:
    """What a phone shows of whoever is at this leg."""
    if leg == scene.cast.caller:
        return scene.shown
    known = scene.cast.legs.get(leg)
    if known is not None and known.user is not None:
        return shown_of_user(scene, known.user)
    return Shown(number=str(scene.variables.get("dialled") or ""))


def shown_of_user(scene: Scene, user: UserId) -> Shown:
    """What a phone shows of one of us."""
    found = scene.setup.users.get(user)
    return Shown(number=number_of(scene.setup, user), name=found.name if found else "")


def whom(scene: Scene, by: UserId, to: str) -> Whom:
    """Who is called when one of us dials this in a talk. Raises: NotNow."""
    target = scene.setup.target_of(to)
    if target is None:
        return _outside(scene, by, to)
    match target.kind:
        case TargetKind.USER:
            _not_here_yet(scene, UserId(target.key))
            return Whom(want=RingUser(user=UserId(target.key), ring_for=LASTS), to=to)
        case TargetKind.GROUP:
            return Whom(want=RingGroup(group=GroupId(target.key)), to=to)
        case _:
            raise NotNow(what=Title(
                f"{to} is no person: send the call on there", f"{to} — не человек: переведите звонок туда сразу",
            ))  # fmt: skip


def _not_here_yet(scene: Scene, user: UserId) -> None:
    if scene.cast.leg_of(user) is not None:
        raise NotNow(what=Title("they take part in this call already", "этот человек уже участвует в звонке"))


def _outside(scene: Scene, by: UserId, dialled: str) -> Whom:
    """A number outside, by the class of service of who asks."""
    way = way_of_dialled(scene.setup, by, dialled, traffic_around(scene.around))
    if way.refused is not None:
        raise NotNow(what=Title(f"{dialled}: {way.refused.en}", f"{dialled}: {way.refused.ru}"))
    return Whom(want=_of_plan(scene, way.plan), to="" if way.outside else dialled, outside=way.outside)


def _of_plan(scene: Scene, plan: Plan) -> RingOutside:
    component = component_at(plan.graph, plan.graph.start)  # type: ignore[arg-type]  # a graph names its start as it likes
    _, want = component.start(scene.variables)
    if not isinstance(want, RingOutside):
        raise NotNow(what=Title("this number can't be called from a talk", "на этот номер из разговора не позвонить"))
    return want


def ring_third(scene: Scene, whom: Whom, by: UserId, number: int, waits: LegId) -> Rings:
    """Ring them, for the one who waits for the answer: that is whom their phone shows."""
    inside = _inside(scene, number, waits, scene.now)
    turn = _ENTER[type(whom.want)](inside, whom.want)
    party = whom.party(scene, number)
    rung = Rung(
        number=number, by=by, to=whom.to, outside=party.id if party else None, dialled=whom.outside or "",
        want=whom.want, began=scene.now, ringing=turn.situation,
    )  # fmt: skip
    return _rings(rung, turn)


def while_third_rings(scene: Scene, rung: Rung, waits: LegId, event: Event) -> Rings:
    """Take in what happens while they ring."""
    inside = _inside(scene, rung.number, waits, rung.began)
    turn = _REACT[type(rung.want)](inside, rung.want, rung.ringing, event)
    return _rings(replace(rung, ringing=turn.situation), turn)


def _rings(rung: Rung, turn: Turn[Any]) -> Rings:
    """What is recorded is decided by the talk, not by how the third one was called."""
    acts = tuple(act for act in turn.acts if not isinstance(act, StartRecording))
    facts = tuple(fact for fact in turn.facts if not isinstance(fact, RecordingBegan))
    outcome = turn.outcome if isinstance(turn.outcome, Connected | NotReached) else None
    return Rings(rung=rung, acts=acts, facts=facts, outcome=outcome)


def withdrawn(scene: Scene, rung: Rung | None) -> Parted:
    """Ring the third one no longer."""
    if rung is None:
        return Parted()
    ended = hang_up(scene, rung.ringing.legs, EndCause.CANCELLED)
    if not isinstance(rung.want, RingGroup):
        return ended
    rang = scene.now - rung.began
    return ended + Parted((), (GroupLeft(
        call=scene.story, group=rung.want.group, why=LeftGroupWhy.CALLER_LEFT, rang=rang,
    ),))  # fmt: skip


def _inside(scene: Scene, number: int, waits: LegId, began: datetime) -> Scene:
    cast = replace(
        scene.cast, caller=waits, callee=None, bridge=None, talk_began=None, recording=None, ours=False
    )
    return replace(scene, cast=cast, began=began, prefix=f"third{number}-", shown=shown_of(scene, waits))


def without_ringback(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Nobody waits in silence for the answer: they talk on meanwhile."""
    return tuple(act for act in acts if not isinstance(act, StartRingback | StopRingback))
