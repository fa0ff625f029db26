"""Price lists as carriers send them: nothing is lost, and what is wrong is told by its line."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchroom.domain.price_lists import read_price_list
from switchroom.domain.tariffs import Price, Rate, Tariff, cost_of

RUSSIAN = """Направление;Код;Цена, руб./мин;Соединение
Москва;7495, 7499;1,50;0
Россия, мобильные;7910-7912;2,10 руб.;0,30
Германия;;2,10;0
Куба;53;дорого;
;;;
Москва, повтор;7495;9,99;0
"""


@pytest.mark.feature("P5")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_price_list_is_read_in_whatever_it_was_written_and_bad_lines_are_told(encoding: str) -> None:
    found = read_price_list(RUSSIAN.encode(encoding))
    assert [(r.prefix, r.title, r.per_minute, r.per_call) for r in found.rates] == [
        ("7495", "Москва", Decimal("1.50"), Decimal(0)),
        ("7499", "Москва", Decimal("1.50"), Decimal(0)),
        ("7910", "Россия, мобильные", Decimal("2.10"), Decimal("0.30")),
        ("7911", "Россия, мобильные", Decimal("2.10"), Decimal("0.30")),
        ("7912", "Россия, мобильные", Decimal("2.10"), Decimal("0.30")),
    ]
    assert [(bad.line, bad.why.ru) for bad in found.bad] == [
        (4, "нет начала номера"), (5, "нет цены"), (7, "7495 уже есть в строке 2"),
    ]  # fmt: skip
    assert found.bad[1].text == "Куба;53;дорого;"


@pytest.mark.feature("P5")
@pytest.mark.parametrize(
    "text",
    [
        "prefix,destination,rate\n49,Germany,0.5\n", "49\tGermany\t0.5\n", "+49|Germany|0.5\n", "49;0,5\n",
        '"49","X","$0.5"',
    ],
)  # fmt: skip
def test_other_separators_and_lists_without_a_head_are_read_too(text: str) -> None:
    found = read_price_list(text.encode())
    assert [(r.prefix, r.per_minute) for r in found.rates] == [("49", Decimal("0.5"))]
    assert found.bad == ()


CELLS = st.text(st.characters(codec="cp1251", exclude_characters="\r\n\x85\x1c\x1d\x1e\x0b\x0c"), max_size=12)


@pytest.mark.feature("P5")
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5).map(";".join), max_size=20))
def test_every_line_of_anything_becomes_prices_or_is_told(lines: list[str]) -> None:
    found = read_price_list("\n".join(["code;title;price", *lines]).encode("cp1251"))
    told = {bad.line for bad in found.bad}
    assert len(told) == len(found.bad)
    assert all(2 <= line <= len(lines) + 1 for line in told)
    assert len({rate.prefix for rate in found.rates}) == len(found.rates)


@given(st.binary(max_size=400))
def test_no_file_breaks_it(octets: bytes) -> None:
    found = read_price_list(octets)
    assert all(rate.prefix.isdigit() for rate in found.rates)


@pytest.mark.feature("P3")
@pytest.mark.parametrize(
    ("number", "title"), [("+74951234567", "Москва"), ("+79161234567", "Россия"), ("+4930901820", None), ("112", None)]
)
def test_the_longest_prefix_decides(number: str, title: str | None) -> None:
    rates = (
        Rate(prefix="7", title="Россия", per_minute=Decimal(3)),
        Rate(prefix="7495", title="Москва", per_minute=Decimal(1)),
    )
    found = Tariff(id="t", title="T", rates=rates).rate_of(number)
    assert (found.title if found else None) == title


@pytest.mark.feature("P5")
@pytest.mark.parametrize(
    ("seconds", "first", "step", "cost"),
    [(0, 60, 60, "0"), (1, 60, 60, "3.3000"), (61, 60, 60, "6.3000"), (61, 60, 1, "3.3500"), (7, 1, 1, "0.6500")],
)
def test_a_talk_is_charged_by_whole_steps_and_nothing_for_no_talk(
    seconds: int, first: int, step: int, cost: str
) -> None:
    price = Price(
        per_minute=Decimal(3), per_call=Decimal("0.3"), first=timedelta(seconds=first), step=timedelta(seconds=step)
    )
    assert cost_of(price, timedelta(seconds=seconds)) == Decimal(cost)
