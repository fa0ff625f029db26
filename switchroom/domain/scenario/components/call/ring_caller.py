"""Ring the caller: for calls that the house places for one of us, whose own phone is rung first."""

from datetime import timedelta
from typing import Annotated

from annotated_types import Interval, MinLen

from switchroom.domain.configured import Names, ThingKind
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.people import Variables
from switchroom.domain.scenario.component import DONE_EXIT, Component, Example, Exit, Leave, Move, Nothing, Params
from switchroom.domain.scenario.effects import Done, Outcome, RingCaller
from switchroom.domain.titles import Title


class RingCallerParams(Params):
    """Whose phones, which, and for how long."""

    user: Annotated[str, Title("User", "Пользователь"), Names(ThingKind.USER)]
    devices: Annotated[tuple[str, ...], MinLen(1), Title("Phones", "Телефоны")]
    ring_for: Annotated[
        timedelta, Interval(ge=timedelta(seconds=3), le=timedelta(minutes=5)), Title("Ring for", "Звонить")
    ] = timedelta(seconds=30)


class RingCallerFirst(Component[RingCallerParams, Nothing], kind="ring_caller"):
    """Rings whoever wants the call."""

    family = "house"
    title = Title("Ring the caller", "Позвонить звонящему")
    about = Title(
        "Begins a call that one of us wants: their own phone is rung first.",
        "Начинает звонок по желанию сотрудника: сначала звонит его телефон.",
    )
    Params = RingCallerParams
    State = Nothing
    examples = (
        Example(
            Title("Taken", "Трубку взяли"),
            params={"user": "anna", "devices": ["anna-desk"]},
            heard=(Done(),),
            leaves="done",
        ),
    )

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        p = self.params
        devices = tuple(DeviceId(device) for device in p.devices)
        return Nothing(), RingCaller(user=UserId(p.user), devices=devices, ring_for=p.ring_for)

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key)
