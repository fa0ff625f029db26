"""Calls that one of us places from a page: which of their phones is rung, where the call goes, and what forbids it."""

from collections.abc import Callable
from dataclasses import replace

from switchroom.domain import placing
from switchroom.domain.devices import browser_device
from switchroom.domain.ears import Ear, ear_on
from switchroom.domain.identity import DeviceId, StoryId, UserId
from switchroom.domain.placing import Placed, Placing
from switchroom.domain.refusals import NotFound, NotNow, Refusal
from switchroom.domain.setup import colleagues, number_of
from switchroom.domain.situations.scene import Surroundings, traffic_around
from switchroom.domain.titles import Title
from switchroom.domain.ways import way_of_dialled
from switchroom.engine.engine import Engine


class NoPhoneReady(Refusal):
    """Nothing of theirs can be rung."""

    code = "phone.not_ready"
    en = "None of your phones can be rung now. Open the page with your phone, or switch another one on."
    ru = "Ни один ваш телефон сейчас не на связи. Откройте страницу с телефоном или включите другой."


class NoWayThere(Refusal):
    """The number leads nowhere, or not for them."""

    code = "call.no_way"
    en = "{to} can't be called: {why}. Check the number, or ask an administrator."
    ru = "Позвонить на {to} нельзя: {why}. Проверьте номер или обратитесь к администратору."


class Caller:
    """One of us, at a page."""

    def __init__(self, engine: Engine, user: UserId) -> None:
        self._engine, self._user = engine, user

    async def call(self, dialled: str, device: str | None, known_as: str = "") -> StoryId:
        """Ring their own phone, then whom they dialled; returns once it is on disk. A phone that the fraud guard has
        stopped is not rung for a call outside.

        `known_as` is what they may see of a number that they have not dialled themselves.

        Raises: NoPhoneReady, NoWayThere, NotFound, NotNow.
        """

        def begun(wish: Placing, around: Surroundings) -> Placed:
            stopped = around.blocked_devices
            allowed = tuple(phone for phone in wish.devices if phone not in stopped) or wish.devices
            way = way_of_dialled(around.setup, self._user, dialled, traffic_around(around), allowed[0])
            if way.refused is not None:
                raise NoWayThere(to=known_as or dialled, why=way.refused)
            return placing.call(replace(wish, devices=allowed) if way.outside else wish, way, around.setup)

        return await self._place(begun, device, dialled)

    async def test_call(self, device: str | None) -> StoryId:
        """Let them hear themselves. Raises: NoPhoneReady, NotFound, NotNow."""
        return await self._place(lambda wish, around: placing.test_call(wish, around.setup), device)

    async def listen(self, call: StoryId, device: str | None) -> StoryId:
        """Let them hear a talk. Raises: NoPhoneReady, NotFound, NotNow."""
        ear = self._ear(call)
        return await self._place(lambda wish, around: placing.listening(wish, ear, around.setup), device)

    async def pick_up(self, call: StoryId, device: str | None) -> StoryId:
        """Ring their own phone, and give them the call that rings at a colleague.

        Raises: NoPhoneReady, NotFound, NotNow: nobody else gets it who was a moment too late.
        """
        rings_at = self._engine.places.ringing().get(call, ())
        if not colleagues(self._engine.setup, self._user) & set(rings_at):
            raise NotNow(what=Title("it does not ring at a colleague any more", "у коллеги это уже не звонит"))
        return await self._place(lambda wish, around: placing.picking_up(wish, call, around.setup), device)

    def _ear(self, call: StoryId) -> Ear:
        state = self._engine.state_of(call)
        if state is None:
            raise NotFound(kind="call", key=call)
        ear = ear_on(state)
        if ear is None:
            raise NotNow(what=Title("nobody talks in this call", "в этом звонке никто не говорит"))
        return ear

    async def _place(
        self, make: Callable[[Placing, Surroundings], Placed], device: str | None, dialled: str = ""
    ) -> StoryId:
        if self._engine.switch_lost is not False:
            raise NotNow(what=Title("the switch does not answer", "коммутатор не отвечает"))
        devices = self._free(self._phones(device))
        number = number_of(self._engine.setup, self._user)

        def begun(story: StoryId, around: Surroundings) -> Placed:
            wish = Placing(story=story, user=self._user, number=number, devices=devices, dialled=dialled)
            return make(wish, around)

        return await self._engine.place(begun)

    def _phones(self, device: str | None) -> tuple[DeviceId, ...]:
        """The one that was named; else the page; else all that can be rung."""
        known = self._engine.desk.shown.get(self._user)
        ready = known.devices if known else frozenset()
        if device is not None:
            found = self._engine.setup.device(device)
            if found is None or found.user != self._user:
                raise NotFound(kind="device", key=device)
        wanted = DeviceId(device or browser_device(self._user).id)
        chosen = (wanted,) if wanted in ready else tuple(sorted(ready)) if device is None else ()
        if not chosen:
            raise NoPhoneReady
        return chosen

    def _free(self, devices: tuple[DeviceId, ...]) -> tuple[DeviceId, ...]:
        busy = {leg.device for state in self._engine.living() for leg in state.cast.legs.values()}
        free = tuple(device for device in devices if device not in busy)
        if not free:
            raise NotNow(what=Title("your phone is in a call already", "ваш телефон уже занят звонком"))
        return free
