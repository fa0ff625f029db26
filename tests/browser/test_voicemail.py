"""Voicemail in the browser: a new message is counted at once, heard, called back, and thrown away with a way back."""

import pytest
from playwright.async_api import expect

from demo.phone.sound import tone
from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.axe import barriers
from tests.browser.test_phone_page import IN_THE_HAND, at_the_phone
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser
SPEECH = 440


async def leaves(house: RealHouse) -> None:
    """Vera speaks to Gleb's voicemail for three seconds."""
    phone = await house.phone("vera")
    call = await phone.dial("690")
    vera = await house.door("vera")
    (line,) = [one for one in (await vera.get("calls?most=5"))["items"] if one["ended"] is None]
    begun = "MessageBegan"
    await vera.becomes(f"calls/{line['id']}", lambda told: begun in [fact["fact"]["kind"] for fact in told["facts"]])
    call.say(tone(SPEECH, 3.0))
    await call.said()
    await call.hang_up()


@pytest.mark.feature("P13")
@pytest.mark.feature("P8")
async def test_a_message_is_counted_heard_called_back_and_thrown_away_with_undo(
    house: RealHouse, people: Visitors
) -> None:
    admin = await house.door("admin")
    await admin.do("PUT", "extensions/690", {"number": "690", "target": {"kind": "voicemail", "key": "gleb"}})
    gleb = await at_the_phone(people, house, "gleb", 700, **RUSSIAN)
    page = gleb.page
    await expect(page.get_by_text("Пропущенные")).to_be_visible()
    await leaves(house)
    new = page.get_by_role("link", name="Голосовая почта, новых: 1")
    await new.click(timeout=40_000)
    await expect(page.get_by_role("img", name="Новое сообщение")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("button", name="Слушать: Вера Зайцева").click()
    await expect(page.get_by_role("button", name="Пауза: Вера Зайцева")).to_be_visible()
    place = page.get_by_role("slider", name="Место в сообщении: Вера Зайцева")
    await expect(place).not_to_have_attribute("aria-valuenow", "0")
    await expect(new).to_be_hidden()
    await expect(page.get_by_role("img", name="Новое сообщение")).to_be_hidden()
    await expect(page.get_by_role("button", name="Слушать: Вера Зайцева")).to_be_visible(timeout=20_000)
    await page.get_by_role("button", name="Удалить сообщение: Вера Зайцева").click()
    await expect(page.get_by_text("Сообщений нет")).to_be_visible()
    await page.get_by_role("button", name="Вернуть").click()
    await page.get_by_role("button", name="Отметить новым: Вера Зайцева").click()
    await expect(new).to_be_visible()
    vera = await at_the_phone(people, house, "vera", 900, **IN_THE_HAND)
    await page.get_by_role("button", name="Перезвонить: Вера Зайцева").click()
    await vera.page.get_by_role("button", name="Ответить").click()
    assert await gleb.hears(900)
    await page.keyboard.press("Alt+End")
    for message in (await (door := await house.door("gleb")).get("voicemail"))["items"]:
        await door.do("DELETE", f"voicemail/{message['id']}")
    await admin.do("DELETE", "extensions/690")
