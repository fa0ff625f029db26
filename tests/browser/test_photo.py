"""A person's photo: given by an administrator, seen by a colleague, changed by the person, and taken away again."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.asterisk.real_house import RealHouse
from tests.browser.at_desk import RUSSIAN
from tests.browser.axe import barriers
from tests.browser.test_phone_page import at_the_phone, dials
from tests.browser.visitor import Visitors
from tests.media.pictures import a_picture, two_halves

pytestmark = pytest.mark.browser


def a_file(folder: Path, kind: str) -> Path:
    path = folder / f"photo.{kind}"
    path.write_bytes(a_picture(kind, two_halves(640, 480)))
    return path


async def choose(page: Page, file: Path) -> None:
    await page.get_by_test_id("photo file").set_input_files(file)


async def is_drawn(picture: Locator) -> bool:
    """The browser has it and can show it."""
    drawn: bool = await picture.evaluate("async image => { await image.decode(); return image.naturalWidth === 256 }")
    return drawn


@pytest.mark.feature("P1")
async def test_a_photo_is_given_seen_and_taken_away(house: RealHouse, people: Visitors, tmp_path: Path) -> None:
    admin = await people.come(**RUSSIAN)
    await admin.sign_in("admin", house.password("admin"))
    await admin.page.goto("/set-up/users/vera")
    form = admin.page.locator("form")
    text = tmp_path / "letter.png"
    text.write_text("no picture at all")
    await choose(admin.page, text)
    await expect(form.get_by_role("alert")).to_contain_text("letter.png не похож на изображение")
    await choose(admin.page, a_file(tmp_path, "jpeg"))
    await expect(form.get_by_role("alert")).to_be_hidden()
    assert await is_drawn(form.get_by_role("img", name="Фото: Вера Зайцева"))
    assert await barriers(admin.page) == []
    await admin.page.keyboard.press("Control+KeyS")

    gleb = await at_the_phone(people, house, "gleb", 700, **RUSSIAN)
    vera = await at_the_phone(people, house, "vera", 900, **RUSSIAN)
    colleague = gleb.page.get_by_role("button", name="Позвонить: Вера Зайцева").filter(has_text="Колл-центр")
    in_the_list = colleague.locator("img")
    assert await is_drawn(in_the_list)
    await dials(vera.page, "Глеб")
    await expect(gleb.page.get_by_role("button", name="Ответить")).to_be_visible()
    assert await is_drawn(gleb.page.locator("img[width='48']"))
    assert await barriers(gleb.page) == []
    await vera.page.keyboard.press("Alt+End")

    await form.get_by_role("button", name="Убрать").click()
    await admin.page.keyboard.press("Control+KeyS")
    await expect(in_the_list).to_be_hidden()
    await expect(colleague).to_contain_text("ВЗ")


@pytest.mark.feature("P1")
async def test_a_person_has_a_photo_of_their_own_choice(house: RealHouse, people: Visitors, tmp_path: Path) -> None:
    olga = await people.come(**RUSSIAN)
    await olga.sign_in("olga", house.password("olga"))
    own = olga.page.get_by_role("button", name="Меню: Ольга")
    await olga.page.goto("/calls")
    await own.click()
    menu = olga.page.get_by_role("menu")
    await choose(olga.page, a_file(tmp_path, "webp"))
    assert await is_drawn(own.locator("img"))
    await expect(menu.get_by_role("menuitem", name="Заменить своё фото")).to_be_visible()
    await menu.get_by_role("menuitem", name="Убрать своё фото").click()
    await expect(own.locator("img")).to_be_hidden()
    await olga.page.get_by_role("button", name="Отменить").click()
    assert await is_drawn(own.locator("img"))
    await own.click()
    await own.click()
    await menu.get_by_role("menuitem", name="Убрать своё фото").click()
    await expect(own.locator("img")).to_be_hidden()
