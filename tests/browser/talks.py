"""An operator at the desk in a browser, and a customer who calls them: both ends of a talk that can be heard."""

from dataclasses import dataclass

from playwright.async_api import expect

from demo.company import DIRECT
from demo.phone.phone import Call
from demo.phone.sound import tone
from tests.asterisk.real_house import Door, RealHouse
from tests.browser.visitor import Visitor, Visitors

OPERATOR, CUSTOMER = 700.0, 1300.0
"""Their voices, in hertz."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody of us at a browser, and who called them."""

    operator: Visitor
    door: Door
    customer: Call
    voices: tuple[float, float] = (OPERATOR, CUSTOMER)

    async def is_heard(self, within: float = 20.0) -> None:
        """Each hears the other."""
        ours, theirs = self.voices
        assert await self.customer.hears(ours, within), "the customer does not hear the operator"
        assert await self.operator.hears(theirs, within), "the operator does not hear the customer"


async def at_desk(house: RealHouse, people: Visitors, user: str, voice: float = OPERATOR, codec: str = "") -> Visitor:
    """Signed in, at the desk, at work, and ready."""
    visitor = await people.come(voice=voice, codec=codec, locale="ru-RU", viewport={"width": 1280, "height": 800})
    await visitor.sign_in(user, house.password(user))
    await visitor.page.goto("/")
    await (await house.door(user)).begin_work()
    return visitor


async def talking(
    house: RealHouse, people: Visitors, user: str = "anna", voices: tuple[float, float] = (OPERATOR, CUSTOMER),
    codec: str = "",
) -> Talk:
    """A customer called, the operator answered at the desk by the space bar, and they hear each other."""
    operator, door = await at_desk(house, people, user, voices[0], codec), await house.door(user)
    customer = await (await house.carrier()).dial(DIRECT[user])
    customer.repeat(tone(voices[1]))
    assert await _listens(customer)
    customer.press("1")
    await expect(operator.page.get_by_role("button", name="Ответить").first).to_be_visible(timeout=30_000)
    await operator.page.keyboard.press("Space")
    await door.is_now("talking")
    talk = Talk(operator, door, customer, voices)
    await talk.is_heard()
    return talk


async def _listens(call: Call) -> bool:
    """The menu speaks to the caller: keys are heard now."""
    return await call._poll(lambda: call.sound.received > 50, 10)
