"""The history and the story of a call: found, told, heard, and with the gap where the program was killed."""

import re

import pytest
from playwright.async_api import Page, expect

from demo.phone.sound import tone
from tests.asterisk.real_house import DID, RealHouse
from tests.browser.at_desk import RUSSIAN, customer
from tests.browser.pages import a_served_call
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser
NUMBER = "79167770011"


async def olga_at(people: Visitors, house: RealHouse, path: str) -> Page:
    """The supervisor, at this page."""
    olga = await people.come(**RUSSIAN)
    await olga.sign_in("olga", house.password("olga"))
    await olga.page.goto(path)
    return olga.page


@pytest.mark.feature("P11")
async def test_a_call_is_found_by_a_part_of_its_number_and_the_way_back_is_kept(
    house: RealHouse, people: Visitors
) -> None:
    call = await (await house.carrier(NUMBER)).dial(DID)
    page = await olga_at(people, house, "/calls")
    await expect(page.get_by_role("row").filter(has_text="идёт")).to_be_visible()
    await page.get_by_role("textbox", name="Номер").fill("777-00-11")
    await expect(page).to_have_url(re.compile("number=777-00-11"))
    row = page.get_by_role("row").filter(has_text="+7 916 777-00-11")
    await expect(row).to_have_count(1)
    await call.hang_up()
    await expect(row.filter(has_text="сброшен в меню")).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text="внутренний")).to_have_count(0)
    await page.get_by_role("textbox", name="Номер").press("Tab")
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Звонящий положил трубку в меню.")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("textbox", name="Номер")).to_have_value("777-00-11")
    await expect(row.get_by_role("link")).to_be_focused()
    await page.get_by_role("textbox", name="Номер").fill("000000000")
    await expect(page.get_by_text("Ничего не нашлось")).to_be_visible()
    await page.get_by_role("button", name="Сбросить").last.click()
    await expect(page).to_have_url(re.compile("/calls$"))


@pytest.mark.feature("P11")
@pytest.mark.feature("P10")
@pytest.mark.feature("C12")
async def test_a_story_is_told_in_words_and_its_recording_is_heard_from_any_step(
    house: RealHouse, people: Visitors
) -> None:
    call = await a_served_call(house)
    page = await olga_at(people, house, f"/calls/{call}")
    told = page.locator("main p").first
    await expect(told).to_contain_text("позвонил на +7 495 123-45-67, выбрал 1, ждал 0:0")
    await expect(told).to_contain_text("(Анна Соколова). Результат: вопрос решён.")
    await expect(page.get_by_role("img", name=re.compile("^Анна Соколова: разговор"))).to_be_visible()
    await expect(page.get_by_text("Почему Анна Соколова")).to_be_visible()
    await expect(page.get_by_role("img", name=re.compile("^Звук:"))).to_be_visible()
    assert await _loudest_column(page) > 10
    await page.get_by_role("button", name=re.compile("Отвечает Анна Соколова")).click()
    await page.keyboard.press("Space")
    await expect(page.get_by_role("button", name=re.compile("^Пауза"))).to_be_visible()
    began = await _position(page)
    await page.wait_for_function("(began) => +document.querySelector('[role=slider]').ariaValueNow > began", arg=began)
    await page.get_by_role("button", name="2×").click()
    await expect(page.get_by_role("button", name=re.compile("^Слушать"))).to_be_visible()  # it came to its end
    admin = await house.door("admin")
    await admin.becomes("audit?kind=recording", lambda lines: any(line["by"] == "olga" for line in lines))


async def _position(page: Page) -> float:
    return float(await page.get_by_role("slider").get_attribute("aria-valuenow") or 0)


async def _loudest_column(page: Page) -> int:
    """How high the wave form is drawn, in pixels; waits until it is there."""
    found = await page.wait_for_function(
        """() => {
          const canvas = document.querySelector('canvas'), paint = canvas?.getContext('2d');
          if (!canvas?.width) return 0;
          const {data, width, height} = paint.getImageData(0, 0, canvas.width, canvas.height);
          let most = 0;
          for (let x = 0; x < width; x++) {
            let drawn = 0;
            for (let y = 0; y < height / 2; y++) drawn += data[(y * width + x) * 4 + 3] > 0;
            most = Math.max(most, drawn);
          }
          return most > 10 ? most : 0;
        }"""
    )
    return int(await found.json_value())


@pytest.mark.feature("Z3")
@pytest.mark.feature("P11")
async def test_the_story_of_a_call_shows_the_gap_in_which_the_program_was_killed(
    house: RealHouse, people: Visitors
) -> None:
    desk, phone = await house.door("anna"), await house.phone("anna")
    await desk.begin_work()
    caller = await customer(house)
    ring = await phone.next_ring()
    await ring.answer()
    ring.repeat(tone(700))
    (line, *_) = (await desk.get("calls"))["items"]
    page = await olga_at(people, house, f"/calls/{line['id']}")
    await expect(page.get_by_text("сейчас говорит (Анна Соколова)")).to_be_visible()
    house.kill_serving()
    await expect(page.get_by_role("status").filter(has_text="Нет связи с сервером")).to_be_visible()
    assert await caller.hears(700)
    await house.ready()
    await expect(page.get_by_text(re.compile(r"Посреди звонка программы не было \d"))).to_be_visible()
    band = page.get_by_text(re.compile(r"^Программы не было \d+,?\d*\s*с$"))
    await expect(band).to_be_visible()
    steps = page.get_by_role("button").filter(has_text="звонок шёл дальше")
    await expect(steps).to_contain_text("взято обратно плеч: 2, не потеряно ни одного")
    await caller.hang_up()
    await expect(page.get_by_text("обслужен", exact=True)).to_be_visible()
