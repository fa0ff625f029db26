"""Whom somebody calls in the middle of a call: a user, a group, whoever serves a queue, or outside."""

from dataclasses import dataclass

from switchroom.domain.extensions import TargetKind
from switchroom.domain.identity import GroupId, PartyId, QueueId, UserId
from switchroom.domain.people import Party
from switchroom.domain.plans import Plan
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import RingGroup, RingOutside, RingUser, WaitForOperator
from switchroom.domain.scenario.interpreter import component_at
from switchroom.domain.situations.scene import Scene, device_of, traffic_around
from switchroom.domain.situations.standing import LASTS, Third
from switchroom.domain.titles import Title
from switchroom.domain.ways import way_of_dialled


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
        case TargetKind.QUEUE:
            return Whom(want=WaitForOperator(queue=QueueId(target.key)), to=to)
        case TargetKind.OUTSIDE:
            return _outside(scene, by, target.key)
        case _:
            raise NotNow(what=Title(
                f"{to} is no person: send the call on there", f"{to} — не человек: переведите звонок туда сразу",
            ))  # fmt: skip


def _not_here_yet(scene: Scene, user: UserId) -> None:
    if scene.cast.leg_of(user) is not None:
        raise NotNow(what=Title("they take part in this call already", "этот человек уже участвует в звонке"))


def _outside(scene: Scene, by: UserId, dialled: str) -> Whom:
    """A number outside, by the class of service of who asks."""
    way = way_of_dialled(scene.setup, by, dialled, traffic_around(scene.around), device_of(scene, by))
    if way.refused is not None:
        raise NotNow(what=Title(f"{dialled}: {way.refused.en}", f"{dialled}: {way.refused.ru}"))
    return Whom(want=_of_plan(scene, way.plan), to="" if way.outside else dialled, outside=way.outside)


def _of_plan(scene: Scene, plan: Plan) -> RingOutside:
    component = component_at(plan.graph, plan.graph.start)  # type: ignore[arg-type]  # a graph names its start as it likes
    _, want = component.start(scene.variables)
    if not isinstance(want, RingOutside):
        raise NotNow(what=Title("this number can't be called from a talk", "на этот номер из разговора не позвонить"))
    return want
